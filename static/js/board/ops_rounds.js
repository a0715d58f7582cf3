// Builders for the ops of rounds (codesign/core/ops/rounds.py). Whose turn a sheet is, and until when, is the server's to say.

/** @typedef {import("./ops.js").Asked} Asked */

/** This round is on from now; 0: none yet, one more than there are: all are over. @param {number} round @returns {Asked} */
export function setRound(round) {
  return { op: { type: "set_round", round }, changes: [{ stream: { fields: { round: round || null } } }] };
}

/** A sheet of one's own. @returns {Asked} */
export function takeSheet() {
  return { op: { type: "take_sheet" }, changes: [] };
}

/** @type {Record<string, (op: any) => Asked>} */
export const ROUND_BUILDERS = {
  set_round: (op) => setRound(op.round),
  take_sheet: () => takeSheet(),
};
