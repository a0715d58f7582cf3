/**
 * Rings round a change, cut into sectors. Ring and sector are what the record says of itself; within its cell it is
 * placed so that cards do not lie on each other. Pure. Twin of codesign/core/computed/actors.py.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {{ring: string, sector: string}} Cell
 */

export const RINGS = /** @type {const} */ (["key", "primary", "secondary"]);
/** Clockwise from above. */
export const SECTORS = /** @type {const} */ (["state", "private", "international", "civil_society"]);
/** Sectors without one of their own on the map. @type {Record<string, string>} */
const SITS_WITH = { academia: "civil_society", media: "civil_society" };
/** Where rings begin, of the radius; the last one ends at the edge. */
export const EDGES = [0, 0.34, 0.67];
const MIDDLES = [0.21, 0.52, 0.84];
const SPAN = (2 * Math.PI) / SECTORS.length;
const FIRST = -Math.PI / 2 - SPAN / 2;

/** @param {string | undefined} sector of a record */
export function drawnSector(sector) {
  return SITS_WITH[sector ?? ""] ?? sector ?? "";
}

/** @param {Item} record @returns {Cell | null} */
export function cellOf(record) {
  const ring = record.class;
  const sector = drawnSector(record.sector);
  return RINGS.includes(ring) && SECTORS.includes(/** @type {any} */ (sector)) ? { ring, sector } : null;
}

/** Which cell a point lies in, -1 to 1 from the middle to the edge. @param {{x: number, y: number}} point */
export function cellAt({ x, y }) {
  const radius = Math.hypot(x, y);
  const ring = RINGS[EDGES.findLastIndex((edge) => radius >= edge)];
  const turned = (Math.atan2(y, x) - FIRST + 4 * Math.PI) % (2 * Math.PI);
  return { ring, sector: SECTORS[Math.min(SECTORS.length - 1, Math.floor(turned / SPAN))] };
}

/** What changes when a record is put there: who sits with a sector stays what they are. @param {Item} record @param {Cell} cell */
export function fieldsAt(record, { ring, sector }) {
  return drawnSector(record.sector) === sector ? { class: ring } : { class: ring, sector };
}

/** Where records stand, -1 to 1. @param {readonly Item[]} records in a steady order @returns {Map<string, {x: number, y: number}>} */
export function spots(records) {
  /** @type {Map<string, string[]>} */
  const cells = new Map();
  for (const record of records) {
    const cell = cellOf(record);
    if (!cell) continue;
    const key = `${RINGS.indexOf(/** @type {any} */ (cell.ring))} ${SECTORS.indexOf(/** @type {any} */ (cell.sector))}`;
    cells.set(key, [...(cells.get(key) ?? []), record.id]);
  }
  /** @type {Map<string, {x: number, y: number}>} */
  const found = new Map();
  for (const [key, ids] of cells) {
    const [ring, sector] = key.split(" ").map(Number);
    ids.forEach((id, i) => {
      const angle = FIRST + sector * SPAN + ((i + 0.5) / ids.length) * SPAN;
      found.set(id, { x: MIDDLES[ring] * Math.cos(angle), y: MIDDLES[ring] * Math.sin(angle) });
    });
  }
  return found;
}

/** Lines between sectors, -1 to 1, from the edge of the inner ring. */
export function spokes() {
  return SECTORS.map((_, i) => {
    const angle = FIRST + i * SPAN;
    return { x: Math.cos(angle), y: Math.sin(angle) };
  });
}
