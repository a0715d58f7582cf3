// Builders for the ops that keep a room together (codesign/core/ops/together.py). Twin of
// codesign/sync/expected_together.py: what moves or tells others is seen when it has.

/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {{x: number, y: number, w: number, h: number}} View 1/100 px */
/** @typedef {{words: string} | {quick: string}} Said */

/** @param {{board: string | null, table?: string, region?: string} & Partial<View>} to @returns {Asked} */
export function bringPeople(to) {
  return { op: { type: "bring_people", ...to }, changes: [] };
}

/** @param {string | null} id @returns {Asked} */
export function spotlightItem(id) {
  return { op: { type: "spotlight_item", id }, changes: [] };
}

/** @param {boolean} on @returns {Asked} */
export function allowCheers(on) {
  return { op: { type: "allow_cheers", on }, changes: [{ stream: { fields: { cheers_off: on ? null : true } } }] };
}

/** @param {boolean} on @param {string | undefined} step the one that is on @param {string} me @returns {Asked} */
export function sayFinished(on, step, me) {
  return { op: { type: "say_finished", on, ...(step ? { step } : {}) }, changes: [{ stream: { fields: { [`finished/${me}`]: on || null } } }] };
}

/** @param {boolean} on @param {string | undefined} step @param {string} person @param {{me: string, now: number}} author @returns {Asked} */
export function raiseHand(on, step, person, { me, now }) {
  const op = { type: "raise_hand", on, ...(step ? { step } : {}), ...(person === me ? {} : { person }) };
  return { op, changes: [{ stream: { fields: { [`hand/${person}`]: on ? now : null } } }] };
}

/** @param {boolean} on @param {string} board @param {number} now @returns {Asked} */
export function askHelp(on, board, now) {
  return { op: { type: "ask_help", on, ...(board ? { board } : {}) }, changes: [{ stream: { fields: { help: on ? now : null, help_by: null, helped_at: null } } }] };
}

/** @param {string} person @returns {Asked} */
export function takeHelp(person) {
  return { op: { type: "take_help", person }, changes: [] };
}

/** @param {Said} said @param {string} [to] one person, of the desk @returns {Asked} */
export function sendMessage(said, to) {
  return { op: { type: "send_message", ...said, ...(to ? { to } : {}) }, changes: [] };
}

/** @type {Record<string, (op: any, author: {me: string, now: number}) => Asked>} those that are expected to become something */
export const TOGETHER_BUILDERS = {
  allow_cheers: ({ on }) => allowCheers(on),
  say_finished: ({ on, step }, { me }) => sayFinished(on, step, me),
  raise_hand: ({ on, step, person }, author) => raiseHand(on, step, person ?? author.me, author),
  ask_help: ({ on, board }, { now }) => askHelp(on, board, now),
};
