/**
 * Which methods have a board that shows records, by layout; the first is meant where a board does not say its method.
 * Twin of codesign/core/record_boards.py.
 */

/** @type {Record<string, readonly string[]>} */
export const METHODS = {
  rings: ["actor-map"],
  grid2: ["power-interest", "impact-effort"],
  cards: ["persona"],
  canvas: ["empathy"],
  table: ["engagement-plan", "action-plan", "criteria-matrix"],
};

/** @param {Record<string, any>} fields of a board @returns {string} nothing where it shows no records */
export function methodOf(fields) {
  const known = METHODS[fields.layout] ?? [];
  return known.includes(fields.method) ? fields.method : (known[0] ?? "");
}
