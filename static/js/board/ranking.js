// What votes add up to, as codesign/core/computed/ranking.py has it: ranks with ties, the cut line, dots for each person.
// tests/vectors/ranking.json holds the two together.

/** Fewer ballots than this are not told of a secret vote, nor of a city. */
export const LEAST_VOTERS = 3;

/** @typedef {{id: string, total: number, voters: number, rank: number}} Ranked */

/** How many dots each person gets by default: a third of the options, at least 3, at most 8. @param {number} options */
export function dotsEach(options) {
  return Math.min(8, Math.max(3, Math.ceil(options / 3)));
}

/** So many dots each, and no more. */
export const MOST_DOTS = 99;

/**
 * What is wrong with the numbers of a vote: too many or too few dots each, or at most on one; empty: nothing.
 * @param {number} dots @param {number} cap @returns {"" | "dots" | "cap"}
 */
export function wrongDots(dots, cap) {
  const isWithin = (/** @type {number} */ n, /** @type {number} */ most) => Number.isInteger(n) && n >= 1 && n <= most;
  return !isWithin(dots, MOST_DOTS) ? "dots" : !isWithin(cap, dots) ? "cap" : "";
}

/**
 * Competition ranking (1, 1, 3), best first; equals in the order of the options.
 * @param {readonly string[]} options
 * @param {(id: string) => number} totalOf
 * @param {(id: string) => number} votersOf
 * @returns {Ranked[]}
 */
export function ranked(options, totalOf, votersOf) {
  const totals = options.map(totalOf);
  const rows = options.map((id, at) => ({
    id, total: totals[at], voters: votersOf(id), rank: 1 + totals.filter((other) => other > totals[at]).length,
  }));
  return rows.sort((a, b) => a.rank - b.rank);
}

/**
 * Where the list is cut after the first `count`: what is in, and whose tie lies across the line. A tie is put to the
 * group, never broken silently; what nobody chose never gets in.
 * @param {readonly Ranked[]} results best first
 * @param {number} count
 * @returns {{inside: string[], tied: string[]}}
 */
export function cut(results, count) {
  const chosen = results.filter((one) => one.total > 0);
  if (chosen.length <= count) return { inside: chosen.map((one) => one.id), tied: [] };
  const atTheLine = chosen[count].total;
  const inside = chosen.slice(0, count).filter((one) => one.total > atTheLine).map((one) => one.id);
  const tied = chosen.filter((one) => one.total === atTheLine).map((one) => one.id);
  return { inside, tied: inside.length === count ? [] : tied };
}
