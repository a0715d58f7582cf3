// Builders for the ops of consent rounds (codesign/core/ops/consent.py). Twin of codesign/sync/expected_consent.py.

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {"agree" | "reserve" | "object" | "aside"} Said */

/** @param {{id: string, proposal: string, board: string, shown?: "at_once" | "at_close", leads?: boolean, after?: string, round?: number}} consent @param {{now: number}} author @returns {Asked} */
export function openConsent({ round = 1, ...consent }, { now }) {
  const { id, proposal, board, shown = "at_once", leads, after } = consent;
  const told = { ...(leads ? { leads } : {}), ...(after ? { after } : {}) };
  const item = /** @type {Item} */ ({ id, kind: "consent", proposal, board, shown, state: "open", opened: now, round, ...told });
  return { op: { type: "open_consent", id, proposal, board, shown, ...told }, changes: [{ put: item }] };
}

/** @param {string} id @returns {Asked} */
export function closeConsent(id) {
  return { op: { type: "close_consent", id }, changes: [{ patch: id, fields: { state: "closed" } }] };
}

/** Of my inbox; no answer takes mine back. @param {string} consent @param {Said | null} answer @param {string} words @returns {Asked} */
export function answerConsent(consent, answer, words) {
  const fields = { [`answer/${consent}`]: answer, [`reason/${consent}`]: words || null };
  return { op: { type: "answer_consent", consent, answer, words }, changes: [{ stream: { fields } }] };
}

/** For somebody without a device. @param {string} consent @param {string} person @param {Said} answer @param {string} words @returns {Asked} */
export function answerFor(consent, person, answer, words) {
  return { op: { type: "answer_for", consent, person, answer, words }, changes: [] };
}

/** @type {Record<string, (op: any, view: unknown, author: {now: number}) => Asked>} */
export const CONSENT_BUILDERS = {
  open_consent: (op, _, author) => openConsent(op, author),
  close_consent: (op) => closeConsent(op.id),
  answer_consent: (op) => answerConsent(op.consent, op.answer, op.words ?? ""),
};
