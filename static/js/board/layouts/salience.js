/**
 * Three circles that overlap: power, legitimacy, urgency. In which of them somebody stands is what the record says.
 * Pure. Twin of `salience` and `zone_of` in codesign/core/computed/grids.py (Mitchell, Agle and Wood, 1997).
 *
 * @typedef {import("../model.js").Item} Item
 */

/** What is in a zone of its own, from all three to none. */
export const ZONES = /** @type {const} */ (["plu", "pl", "pu", "lu", "p", "l", "u", "none"]);
/** @type {Record<string, string>} */
const FIELDS = { p: "has_power", l: "is_legitimate", u: "is_urgent" };
/** Centres on the plane, 0 to 1 on each axis. @type {Record<string, {x: number, y: number}>} */
export const CIRCLES = { p: { x: 0.34, y: 0.36 }, l: { x: 0.66, y: 0.36 }, u: { x: 0.5, y: 0.66 } };
export const RADIUS = { x: 0.28, y: 0.34 };
/** The middle of each zone. @type {Record<string, {x: number, y: number}>} */
const MIDDLES = {
  plu: { x: 0.5, y: 0.45 }, pl: { x: 0.5, y: 0.19 }, pu: { x: 0.34, y: 0.58 }, lu: { x: 0.66, y: 0.58 },
  p: { x: 0.18, y: 0.28 }, l: { x: 0.82, y: 0.28 }, u: { x: 0.5, y: 0.86 }, none: { x: 0.1, y: 0.88 },
};

/** @param {Item} record @returns {typeof ZONES[number] | null} null where nobody has said anything yet */
export function zoneOf(record) {
  const holds = Object.entries(FIELDS).filter(([, name]) => record[name]).map(([letter]) => letter).join("");
  if (holds) return /** @type {typeof ZONES[number]} */ (holds);
  return Object.values(FIELDS).some((name) => record[name] === false) ? "none" : null;
}

/** @param {{x: number, y: number}} point 0 to 1 on each axis @returns {typeof ZONES[number]} */
export function zoneAt({ x, y }) {
  const within = Object.entries(CIRCLES).filter(([, c]) => Math.hypot((x - c.x) / RADIUS.x, (y - c.y) / RADIUS.y) <= 1);
  return /** @type {typeof ZONES[number]} */ (within.map(([letter]) => letter).join("") || "none");
}

/** What a record says when it is put there: all three, so that "none" is said as well. @param {string} zone */
export function fieldsAt(zone) {
  return Object.fromEntries(Object.entries(FIELDS).map(([letter, name]) => [name, zone !== "none" && zone.includes(letter)]));
}

/** How many of the three hold. @param {string} zone @returns {"latent" | "expectant" | "definitive" | null} */
export function classOf(zone) {
  return zone === "none" ? null : (/** @type {const} */ (["latent", "expectant", "definitive"])[zone.length - 1] ?? null);
}

/** @param {readonly Item[]} records @returns {Map<string, {x: number, y: number}>} 0 to 1 on each axis */
export function spots(records) {
  /** @type {Map<string, {x: number, y: number}>} */
  const found = new Map();
  /** @type {Map<string, number>} */
  const there = new Map();
  for (const one of records) {
    const zone = zoneOf(one);
    if (!zone) continue;
    const n = there.get(zone) ?? 0;
    there.set(zone, n + 1);
    // Two on one spot move apart; a hair's breadth says which of them is the upper one.
    found.set(one.id, { x: MIDDLES[zone].x, y: MIDDLES[zone].y + n / 1000 });
  }
  return found;
}
