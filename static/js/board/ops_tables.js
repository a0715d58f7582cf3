// Builders for the ops of tables (codesign/core/ops/tables.py). Twin of codesign/sync/expected_tables.py: what follows
// from most of them is seen when it has, for others are moved by it.

/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {{rule: string, seed: number, by?: string, like?: string, rest?: boolean}} Dealing */

/** @param {{id: string, template: string, tables: {id: string, board: string, title?: string}[], late?: string, choose?: boolean, cap?: number}} made @returns {Asked} */
export function makeTables(made) {
  return { op: { type: "make_tables", ...made }, changes: [] };
}

/** @param {string} id @param {{late?: string, choose?: boolean, cap?: number | null}} fields @returns {Asked} */
export function setSeating(id, fields) {
  return { op: { type: "set_seating", id, ...fields }, changes: [] };
}

/** @param {string} id @param {{title?: string, shown?: boolean}} fields @returns {Asked} */
export function editTable(id, fields) {
  return { op: { type: "edit_table", id, ...fields }, changes: [] };
}

/** Where people end up; null: at no table. @param {string} id @param {Record<string, string | null>} sits @returns {Asked} */
export function seatPeople(id, sits) {
  const fields = Object.fromEntries(Object.entries(sits).map(([person, table]) => [`sits/${person}`, table]));
  return { op: { type: "seat_people", id, sits }, changes: [{ patch: id, fields }] };
}

/** @param {string} id @param {string | null} table @returns {Asked} */
export function takeSeat(id, table) {
  return { op: { type: "take_seat", id, table }, changes: [] };
}

/** @param {string} id @param {Dealing} how @returns {Asked} */
export function dealSeats(id, how) {
  return { op: { type: "deal_seats", id, ...how }, changes: [] };
}

/** @param {string} id @param {{id: string, name: string, table: string | null}[]} people @returns {Asked} */
export function expectPeople(id, people) {
  return { op: { type: "expect_people", id, people }, changes: [] };
}

/** @param {string} id @returns {Asked} */
export function openTables(id) {
  return { op: { type: "open_tables", id }, changes: [] };
}

/** @param {string} id @param {number | null} at ms of the server @returns {Asked} */
export function recallTables(id, at) {
  return { op: { type: "recall_tables", id, at }, changes: [{ patch: id, fields: { recall: at } }] };
}

/** @param {string} id @returns {Asked} */
export function closeTables(id) {
  return { op: { type: "close_tables", id }, changes: [] };
}

/** @param {string} id @param {string} board @returns {Asked} */
export function gatherTables(id, board) {
  return { op: { type: "gather_tables", id, board }, changes: [] };
}

/** @param {string | null} call @returns {Asked} */
export function setCall(call) {
  return { op: { type: "set_call", call }, changes: [{ stream: { fields: { call } } }] };
}

/** @type {Record<string, (op: any) => Asked>} those that are expected to become something */
export const TABLE_BUILDERS = {
  seat_people: ({ id, sits }) => seatPeople(id, sits),
  recall_tables: ({ id, at }) => recallTables(id, at),
  set_call: ({ call }) => setCall(call),
};
