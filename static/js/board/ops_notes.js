// Builders for the ops by which notes are made sense of: whom they are for, what they are merged into, what is said of
// them (codesign/core/ops/board.py). Twin of codesign/sync/expected_notes.py.

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {import("./ops.js").Author} Author */
/** @typedef {import("./ops.js").View} View */

/** The note is for this persona of the programme, or no longer. @param {string} id @param {string} persona @param {boolean} on @returns {Asked} */
export function servePersona(id, persona, on) {
  return { op: { type: "serve_persona", id, persona, on }, changes: [{ patch: id, fields: { [`serves/${persona}`]: on ? true : null } }] };
}

/**
 * It says the same as another note, which stands for both from now on; null: it stands for itself again. What was merged
 * into it comes along.
 * @param {string} id @param {string | null} into @param {View} view @returns {Asked}
 */
export function mergeNote(id, into, view) {
  const op = { type: "merge_note", id, into };
  if (into === null) return { op, changes: [{ patch: id, fields: { within: null } }] };
  const root = String(view.items.get(into)?.within ?? "");
  const within = view.items.has(root) ? root : into;
  const along = [...view.items.values()].filter((item) => item.within === id).map((item) => item.id).sort();
  return { op, changes: [id, ...along].map((each) => ({ patch: each, fields: { within } })) };
}

/** Something said of an item, beside it. @param {{id: string, about: string, text: string, mentions?: string[]}} comment @param {Author} author @returns {Asked} */
export function addComment({ id, about, text, mentions = [] }, { me, now }) {
  const named = Object.fromEntries(mentions.map((person) => [`mention/${person}`, true]));
  const put = /** @type {Item} */ ({ id, kind: "comment", about, text, ...named, by: me, at: now });
  return { op: { type: "add_comment", id, about, text, ...(mentions.length ? { mentions } : {}) }, changes: [{ put }] };
}

/** @type {Record<string, (op: any, view: View, author: Author) => Asked>} */
export const NOTE_BUILDERS = {
  serve_persona: (op) => servePersona(op.id, op.persona, op.on),
  add_comment: (op, _, author) => addComment(op, author),
  merge_note: (op, view) => mergeNote(op.id, op.into, view),
};
