/**
 * Rings round a service: how near somebody stands to it. The ring is what the record says of itself; round the ring cards
 * lie by kind of actor, so that those who belong together are side by side. Pure: records in, places out.
 *
 * @typedef {import("../model.js").Item} Item
 */

/** From the inside out, as a record says them (`nearness`). */
export const NEARNESS = /** @type {const} */ (["service", "users", "organisation", "surroundings"]);
/** Where rings begin, of the radius; the last one ends at the edge. */
export const EDGES = [0, 0.26, 0.52, 0.77];
const MIDDLES = [0.1, 0.39, 0.645, 0.885];
/** Below, each ring's name stays free: cards stand on the rest of it, from the lower left round to the lower right. */
const FREE = 1.3;
const SPAN = 2 * Math.PI - FREE;
const FIRST = Math.PI / 2 + FREE / 2;

/** @param {Item} record @returns {typeof NEARNESS[number] | null} */
export function ringOf(record) {
  return NEARNESS.find((one) => one === record.nearness) ?? null;
}

/** @param {{x: number, y: number}} point 0 to 1 on each axis */
export function ringAt({ x, y }) {
  const radius = Math.hypot(x * 2 - 1, y * 2 - 1);
  return NEARNESS[EDGES.findLastIndex((edge) => radius >= edge)];
}

/** Empty rings: whom nobody has thought of. @param {readonly Item[]} records */
export function emptyRings(records) {
  const filled = new Set(records.map(ringOf));
  return NEARNESS.filter((one) => !filled.has(one));
}

/** Those for whom somebody else speaks and who are not in the room themselves. @param {readonly Item[]} records */
export function onlyByOthers(records) {
  return records.filter((one) => one.surrogate && !one.in_the_room);
}

/** @param {readonly Item[]} records @returns {Map<string, {x: number, y: number}>} 0 to 1 on each axis */
export function spots(records) {
  /** @type {Map<string, {x: number, y: number}>} */
  const found = new Map();
  NEARNESS.forEach((ring, r) => {
    const inside = records.filter((one) => ringOf(one) === ring).sort(bySector);
    inside.forEach((one, i) => {
      const angle = FIRST + ((i + 0.5) / inside.length) * SPAN;
      const far = inside.length === 1 && r === 0 ? 0 : MIDDLES[r];
      found.set(one.id, { x: (far * Math.cos(angle) + 1) / 2, y: (far * Math.sin(angle) + 1) / 2 });
    });
  });
  return found;
}

/** @param {Item} a @param {Item} b */
function bySector(a, b) {
  return String(a.sector ?? "").localeCompare(String(b.sector ?? ""), "en") || (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1);
}
