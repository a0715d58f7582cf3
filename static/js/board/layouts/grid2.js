/**
 * Two axes from 0 to 100. Where a record stands is what it says itself: a place is written into its fields, so that every
 * board shows the same. Pure: records in, places out. Twin of codesign/core/computed/grids.py.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {{x: number, y: number}} Place x to the right, y up
 * @typedef {{x: number, y: number, spread: number, people: number}} Position where several people together put it
 */

const CUT = 50;
const BORDER = 5;
const SPREAD = 25;
const AFFECTED = 2;
/** Cells in which one chooses without dragging: the middle of each. */
export const CELLS = [13, 38, 63, 88];
/** Top row first, as one reads. */
export const QUADRANTS = /** @type {const} */ (["keep_satisfied", "manage_closely", "monitor", "keep_informed"]);

/** @param {Item} record @returns {Place | null} */
export function placeOf(record) {
  const { interest: x, power: y } = record;
  return typeof x === "number" && typeof y === "number" ? { x, y } : null;
}

/** The fields that say so. @param {Place} place */
export function fieldsAt({ x, y }) {
  return { interest: whole(x), power: whole(y) };
}

/** @param {Place} place @returns {typeof QUADRANTS[number]} */
export function quadrantOf({ x, y }) {
  if (y >= CUT) return x >= CUT ? "manage_closely" : "keep_satisfied";
  return x >= CUT ? "keep_informed" : "monitor";
}

/** @param {Place} place */
export function isBorderline({ x, y }) {
  return Math.min(Math.abs(x - CUT), Math.abs(y - CUT)) <= BORDER;
}

/** Much affected and with little power: a voice to be strengthened, never a low priority. @param {Item} record */
export function hasVoiceGap({ affected, power }) {
  return typeof affected === "number" && typeof power === "number" && affected >= AFFECTED && power < CUT;
}

/** What each person would say, by person. @param {Item} placement @returns {Map<string, Place>} */
export function readings(placement) {
  /** @type {Map<string, Place>} */
  const found = new Map();
  for (const [key, x] of Object.entries(placement)) {
    const person = key.startsWith("x/") ? key.slice(2) : "";
    const y = person ? placement[`y/${person}`] : undefined;
    if (person && typeof x === "number" && typeof y === "number") found.set(person, { x, y });
  }
  return found;
}

/** The median on each axis, and the widest distance between two people. @param {Iterable<Place>} places @returns {Position | null} */
export function position(places) {
  const all = [...places];
  if (!all.length) return null;
  const xs = all.map((p) => p.x);
  const ys = all.map((p) => p.y);
  return { x: median(xs), y: median(ys), spread: Math.max(width(xs), width(ys)), people: all.length };
}

/** People so far apart should talk. @param {Position | null} position */
export function shouldBeDiscussed(position) {
  return position !== null && position.spread > SPREAD;
}

/** Which of four cells a value lies in. @param {number} value */
export function cellOf(value) {
  return Math.min(3, Math.floor(value / 25));
}

/** @param {number} value */
export function whole(value) {
  return Math.min(100, Math.max(0, Math.round(value)));
}

/** @param {number[]} values */
function width(values) {
  return Math.max(...values) - Math.min(...values);
}

/** @param {number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
