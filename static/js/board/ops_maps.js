// Builders for the ops of a system map (codesign/core/ops/maps.py). Twin of codesign/sync/expected_maps.py.

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {import("./ops.js").Author} Author */
/** @typedef {import("./ops.js").View} View */
/** @typedef {Record<string, string | number | boolean | null>} MapFields */

/** @param {{id: string, label: string, x: number, y: number, lang?: string, fields?: MapFields}} factor @param {Author} author @returns {Asked} */
export function createFactor(factor, author) {
  return created("factor", factor, author);
}

/** @param {{id: string, from: string, to: string, polarity: string, fields?: MapFields}} link @param {Author} author @returns {Asked} */
export function createCausalLink(link, author) {
  return created("causal_link", link, author);
}

/** @param {string} id @param {MapFields} fields only what is to change; null takes away @returns {Asked} */
export function editItem(id, fields) {
  return { op: { type: "edit_item", id, fields }, changes: [{ patch: id, fields }] };
}

/** @param {string} kind @param {Record<string, any>} given @param {Author} author @returns {Asked} */
function created(kind, given, { me, now }) {
  const { fields = {}, ...rest } = said(given);
  const put = /** @type {Item} */ (said({ ...rest, ...fields, kind, by: me, at: now }));
  return { op: { type: `create_${kind}`, ...rest, ...(Object.keys(fields).length ? { fields } : {}) }, changes: [{ put }] };
}

/** Without what is undefined or null. @param {Record<string, any>} fields @returns {Record<string, any>} */
function said(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}

/** @type {Record<string, (op: any, view: View, author: Author) => Asked>} */
export const MAP_BUILDERS = {
  create_factor: (op, _, author) => createFactor(op, author),
  create_causal_link: (op, _, author) => createCausalLink(op, author),
  edit_item: (op) => editItem(op.id, op.fields),
};
