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

/** Layouts of which any further method opens from its data alone. */
export const FROM_DATA = ["cards", "canvas", "table", "tree"];

/** @param {Record<string, any>} fields of a board @returns {string} nothing where it shows no records */
export function methodOf(fields) {
  const known = METHODS[fields.layout] ?? [];
  if (known.includes(fields.method) || (fields.method && FROM_DATA.includes(fields.layout))) return fields.method;
  return PLAIN.has(fields.layout) ? "" : (known[0] ?? "");
}

/** Whether a board shows what its method's data says. @param {Record<string, any>} fields of a board */
export function isFromData(fields) {
  const method = methodOf(fields);
  return Boolean(method) && FROM_DATA.includes(fields.layout) && !(METHODS[fields.layout] ?? []).includes(method);
}

/** Which records come in on the boards of a method. @type {Record<string, string>} */
const KINDS = { ...Object.fromEntries(ACTORS.map((one) => [one, "stakeholder"])), persona: "persona", "action-plan": "action", "impact-effort": "idea", "criteria-matrix": "idea" };

/** The kind of record that comes in here; nothing where notes do. @param {Record<string, any>} fields of the board */
export function kindHere(fields) {
  return KINDS[methodOf(fields)] ?? "";
}
