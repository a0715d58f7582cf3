/**
 * Impact and effort, from 0 to 100 each: quarters, and what brings most for its effort. Pure.
 * Twin of codesign/core/computed/grids.py.
 *
 * @typedef {import("./grid2.js").Place} Place x effort, y impact
 */

const CUT = 50;
/** Top row first, as one reads. */
export const QUARTERS = /** @type {const} */ (["quick_wins", "big_projects", "fill_ins", "think_again"]);

/** @param {Place} place @returns {typeof QUARTERS[number]} */
export function quarterOf({ x, y }) {
  if (y >= CUT) return x >= CUT ? "big_projects" : "quick_wins";
  return x >= CUT ? "think_again" : "fill_ins";
}

/** By impact for each piece of effort; what costs none costs one. Equals share the better rank: 1, 1, 3. @param {ReadonlyMap<string, Place>} places @returns {Map<string, number>} */
export function effectRanks(places) {
  const worth = new Map([...places].map(([id, { x, y }]) => [id, Math.round((1000 * y) / Math.max(x, 1))]));
  const all = [...worth.values()];
  return new Map([...worth].map(([id, own]) => [id, 1 + all.filter((other) => other > own).length]));
}
