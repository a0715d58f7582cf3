// Builders for the ops about votes (codesign/core/ops/voting.py). Twin of codesign/sync/expected_votes.py. Ballots are no
// ops: ballots.js.

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */
/**
 * @typedef {{id: string, question: string, board: string, options: readonly string[], dots: number, cap: number,
 *   secret?: boolean, leads?: boolean, after?: string}} NewVote
 */

/** @param {NewVote} vote @param {{now: number}} author @returns {Asked} */
export function openVote(vote, { now }) {
  const { id, question, board, options, dots, cap, secret = true, leads, after } = vote;
  const item = {
    id, kind: "vote", question, board, dots, cap, secret, state: "open", opened: now, cast: 0,
    ...(leads ? { leads } : {}), ...(after ? { after } : {}),
    ...Object.fromEntries(options.map((option, at) => [`option/${option}`, at])),
  };
  const given = Object.fromEntries(Object.entries(vote).filter(([, value]) => value != null));
  return { op: { type: "open_vote", ...given }, changes: [{ put: /** @type {Item} */ (item) }] };
}

/** Ballots on their way still count until it is counted. @param {string} id @returns {Asked} */
export function closeVote(id) {
  return { op: { type: "close_vote", id }, changes: [{ patch: id, fields: { state: "counting" } }] };
}

/** @param {string} id @returns {Asked} */
export function cancelVote(id) {
  return { op: { type: "cancel_vote", id }, changes: [{ patch: id, fields: { state: "cancelled" } }] };
}

/** @type {Record<string, (op: any, author: {now: number}) => Asked>} */
export const VOTE_BUILDERS = {
  open_vote: (op, author) => openVote(op, author),
  close_vote: (op) => closeVote(op.id),
  cancel_vote: (op) => cancelVote(op.id),
};
