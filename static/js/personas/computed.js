// What is computed of personas while people write: what is filled, how much of it rests on more than a guess, what to ask
// next, and whom a set of personas leaves out. Twin of codesign/core/computed/{completeness,personas,sheets}.py.

/** @typedef {import("../board/model.js").Item} Item */
/** @typedef {{name: string, type: string, options: readonly string[], required: boolean}} Field */
/** @typedef {{filled: string[], missing: string[], share: number, evidence: number, label: string, assumed: string[], toAsk: string[]}} Sheet */

const PARTLY = 0.3;
const EVIDENCED = 0.7;
const RARELY_ONLINE = 4;

/**
 * A record with one value for each field; `lines` may be those of the whole register.
 * @param {readonly Field[]} fields @param {Item} record @param {Iterable<Item>} lines @returns {Record<string, any>}
 */
export function gathered(fields, record, lines) {
  const own = [...lines].filter((l) => l.kind === "line" && l.of === record.id && l.text.trim()).sort(inOrder);
  /** @type {Record<string, any>} */
  const found = { id: record.id, kind: record.kind };
  for (const field of fields) {
    const value = valueOf(field, record, own);
    if (value !== undefined && !(Array.isArray(value) && !value.length)) found[field.name] = value;
  }
  return found;
}

/** @param {Item} a @param {Item} b */
export function inOrder(a, b) {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** @param {Field} field @param {Item} record @param {Item[]} lines */
function valueOf({ name, type, options }, record, lines) {
  if (type === "list") return lines.filter((l) => l.field === name).map((l) => l.text);
  if (type === "multi") return options.filter((one) => `${name}/${one}` in record);
  if (type === "tags") return held(record, name).map((key) => record[key]);
  if (type === "refs") return held(record, name).map((key) => key.slice(name.length + 1));
  return record[name];
}

/** @param {Item} record @param {string} name */
function held(record, name) {
  return Object.keys(record).filter((key) => key.startsWith(`${name}/`)).sort();
}

/** Zero and false are answers; blanks are none. @param {unknown} value */
export function isFilled(value) {
  if (typeof value === "string") return value.trim() !== "";
  return value !== undefined && value !== null && !(Array.isArray(value) && !value.length);
}

/**
 * @param {readonly Field[]} fields @param {Item} record @param {Iterable<Item>} lines @returns {Sheet}
 */
export function sheetOf(fields, record, lines) {
  const values = gathered(fields, record, lines);
  const required = fields.filter((f) => f.required).map((f) => f.name);
  const filled = required.filter((name) => isFilled(values[name]));
  const missing = required.filter((name) => !filled.includes(name));
  const assumed = filled.filter((name) => groundOf(record, name) === "assumption");
  const evidence = filled.length ? 1 - assumed.length / filled.length : 0;
  const share = required.length ? filled.length / required.length : 1;
  return { filled, missing, share, evidence, label: labelOf(evidence), assumed, toAsk: [...missing, ...assumed] };
}

/** What a field rests on; nothing said is an assumption. @param {Item} record @param {string} field @returns {string} */
export function groundOf(record, field) {
  return record[`evidence/${field}`] ?? "assumption";
}

/** @param {number} share */
function labelOf(share) {
  if (share < PARTLY) return "mostly_assumed";
  return share < EVIDENCED ? "partly_evidenced" : "evidenced";
}

/**
 * What is missing in the set: [code, detail].
 * @param {readonly Record<string, any>[]} personas as `gathered` reads them @param {Iterable<string>} languages
 * @returns {[string, string][]}
 */
export function setWarnings(personas, languages) {
  /** @type {[string, string][]} */
  const found = [];
  if (!personas.some((p) => Number.isInteger(p.digital_skill) && p.digital_skill <= RARELY_ONLINE)) found.push(["nobody_rarely_online", ""]);
  if (!personas.some((p) => (p.access_needs ?? []).some((/** @type {string} */ need) => need !== "none_known"))) found.push(["nobody_with_access_need", ""]);
  const spoken = new Set(personas.flatMap((p) => p.languages ?? []));
  for (const one of languages) if (!spoken.has(one)) found.push(["no_speaker", one]);
  return found;
}
