// Builders for the ops of a desk and of a workshop that runs (codesign/core/ops/desk.py, running.py). Twin of
// codesign/sync/expected_steps.py.

/** @typedef {import("./changes.js").Fields} Fields */
/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {import("./ops.js").View} View */
/**
 * @typedef {{title?: string, question?: string | null, minutes?: number, mode?: string, board?: string | null, stage?: string,
 *   stage_minutes?: number | null, at_zero?: string | null, anonymous?: boolean, pause?: boolean, skipped?: boolean,
 *   note?: string | null, may?: Record<string, boolean>}} StepFields
 */

const DEFAULTS = { title: "", minutes: 10, mode: "plenary", stage: "open" };
const SWITCHES = new Set(["anonymous", "pause", "skipped"]);

/** @param {{id: string, order: string} & StepFields} step @returns {Asked} */
export function addStep({ id, order, ...rest }) {
  const fields = Object.fromEntries(Object.entries(held(rest)).filter(([, value]) => value !== null));
  const item = /** @type {Item} */ ({ id, kind: "step", order, ...DEFAULTS, ...fields });
  return { op: { type: "add_step", id, order, ...rest }, changes: [{ put: item }] };
}

/** @param {string} id @param {StepFields} fields only what is to change; null takes away @returns {Asked} */
export function editStep(id, fields) {
  return { op: { type: "edit_step", id, ...fields }, changes: [{ patch: id, fields: held(fields) }] };
}

/** @param {string} id @param {string} order @returns {Asked} */
export function moveStep(id, order) {
  return { op: { type: "move_step", id, order }, changes: [{ patch: id, fields: { order } }] };
}

/** @param {{id: string, of: string, order: string}} copy @param {View} view @returns {Asked} */
export function copyStep({ id, of, order }, view) {
  const { skipped: _, ...step } = /** @type {Record<string, any>} */ (view.items.get(of) ?? {});
  const put = /** @type {any} */ ({ ...step, id, order });
  return { op: { type: "copy_step", id, of, order }, changes: "kind" in step ? [{ put }] : [] };
}

/** @param {string} id @returns {Asked} */
export function deleteStep(id) {
  return { op: { type: "delete_step", id }, changes: [{ drop: id }] };
}

/** @param {{starts?: number | null, ends?: number | null, lang?: string, languages?: Record<string, boolean>}} desk @returns {Asked} */
export function setDesk(desk) {
  const { languages = {}, ...fields } = desk;
  const switched = Object.entries(languages).map(([lang, on]) => [`language/${lang}`, on || null]);
  return { op: { type: "set_desk", ...desk }, changes: [{ stream: { fields: { ...fields, ...Object.fromEntries(switched) } } }] };
}

/** Who waits at the door comes in. @param {string[]} people @returns {Asked} */
export function admitPeople(people) {
  return { op: { type: "admit_people", people }, changes: people.map((id) => ({ drop: id })) };
}

/** @param {string[]} people @returns {Asked} */
export function turnAway(people) {
  return { op: { type: "turn_away", people }, changes: people.map((id) => ({ patch: id, fields: { refused: true } })) };
}

/** What becomes of it is seen when it has: others are taken along. @param {string} step @param {string | null} from @param {boolean} [back] @returns {Asked} */
export function startStep(step, from, back = false) {
  return { op: { type: "start_step", step, from, ...(back ? { back } : {}) }, changes: [] };
}

/** Where the timer ends up, in ms of the server. @param {{ends_at?: number, left?: number, of?: number, table?: string}} timer @returns {Asked} */
export function setTimer({ table, ...timer }) {
  const of = table === undefined ? "" : `/${table}`;
  const fields = {
    [`timer_ends${of}`]: timer.ends_at ?? null, [`timer_left${of}`]: timer.left ?? null, [`timer_of${of}`]: timer.of ?? null,
    ...(of ? {} : { notice: null, notice_at: null }),
  };
  return { op: { type: "set_timer", ...timer, ...(table === undefined ? {} : { table }) }, changes: [{ stream: { fields } }] };
}

/** @param {number} noticeAt @returns {Asked} */
export function stopNotice(noticeAt) {
  return { op: { type: "stop_notice", notice_at: noticeAt }, changes: [{ stream: { fields: { notice: null, notice_at: null } } }] };
}

/** What it ends with, others decide as well: it is seen when it is so. @returns {Asked} */
export function endWorkshop() {
  return { op: { type: "end_workshop" }, changes: [] };
}

/** @type {Record<string, (op: any, view: View) => Asked>} */
export const STEP_BUILDERS = {
  add_step: (op) => addStep(op),
  edit_step: ({ id, ...fields }) => editStep(id, fields),
  move_step: (op) => moveStep(op.id, op.order),
  copy_step: (op, view) => copyStep(op, view),
  delete_step: (op) => deleteStep(op.id),
  set_desk: (op) => setDesk(op),
  admit_people: (op) => admitPeople(op.people),
  turn_away: (op) => turnAway(op.people),
  start_step: (op) => startStep(op.step, op.from, op.back),
  set_timer: (op) => setTimer(op),
  stop_notice: (op) => stopNotice(op.notice_at),
  end_workshop: () => endWorkshop(),
};

/** As the item holds them: a switch that is off, empty words and a wish for nothing are absent. @param {StepFields} step @returns {Fields} */
function held({ may = {}, ...fields }) {
  /** @type {Record<string, any>} */
  const found = { ...fields };
  for (const [key, value] of Object.entries(fields)) {
    const empty = (SWITCHES.has(key) && value === false) || (key === "at_zero" && value === "nothing");
    if (empty || ((key === "question" || key === "note") && value === "")) found[key] = null;
    if (value === null) found[key] = /** @type {Record<string, any>} */ (DEFAULTS)[key] ?? null;
  }
  for (const [one, on] of Object.entries(may)) found[`may/${one}`] = on || null;
  return found;
}
