/**
 * Which methods have a board that shows records, by layout; the first is meant where a board does not say its method,
 * but for layouts that show notes or factors unless it does.
 * Twin of codesign/core/record_boards.py.
 */

/** @type {Record<string, readonly string[]>} */
export const METHODS = {
  rings: ["actor-map", "onion"],
  grid2: ["power-interest", "impact-effort"],
  cards: ["persona"],
  canvas: ["empathy"],
  table: ["engagement-plan", "action-plan", "criteria-matrix"],
  zones: ["salience"],
  graph: ["net-map"],
};
/** Methods whose boards show actors on a plane. */
export const ACTORS = ["actor-map", "power-interest", "onion", "salience", "net-map"];
const PLAIN = new Set(["zones", "graph"]);

/** @param {Record<string, any>} fields of a board @returns {string} nothing where it shows no records */
export function methodOf(fields) {
  const known = METHODS[fields.layout] ?? [];
  if (known.includes(fields.method)) return fields.method;
  return PLAIN.has(fields.layout) ? "" : (known[0] ?? "");
}
