// Builders for the ops about people without a device, and devices that several share (codesign/core/ops/devices.py).
// Twin of codesign/sync/expected_devices.py.

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */

/** @param {{person: string, name: string, city?: string, lang?: string}} who @param {{now: number}} author @returns {Asked} */
export function addPerson({ person, name, city, lang }, { now }) {
  const told = { ...(city ? { city } : {}), ...(lang ? { lang } : {}) };
  const item = /** @type {Item} */ ({ id: person, kind: "person", name, role: "participant", ...told, deviceless: now });
  return { op: { type: "add_person", person, name, ...told }, changes: [{ put: item }] };
}

/** So many people are at this person's device; null: they are alone at it. @param {string} person @param {number | null} people @returns {Asked} */
export function shareDevice(person, people) {
  return { op: { type: "share_device", person, people }, changes: [{ patch: person, fields: { shared: people } }] };
}

/** @type {Record<string, (op: any, view: unknown, author: {now: number}) => Asked>} */
export const DEVICE_BUILDERS = {
  add_person: (op, _, author) => addPerson(op, author),
  share_device: (op) => shareDevice(op.person, op.people),
};
