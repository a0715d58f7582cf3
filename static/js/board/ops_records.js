// Builders for the ops of a register, and of the placements by which boards show its records
// (codesign/core/ops/records.py). Twin of codesign/sync/expected_records.py.

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {import("./ops.js").Author} Author */
/** @typedef {import("./ops.js").View} View */
/** @typedef {Record<string, string | number | boolean | null>} RecordFields */

/** @param {{id: string, kind: string, fields: RecordFields}} record @param {Author} author @returns {Asked} */
export function createRecord({ id, kind, fields }, { me, now }) {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const put = /** @type {Item} */ ({ id, kind, ...given, by: me, at: now });
  return { op: { type: "create_record", id, kind, fields }, changes: [{ put }] };
}

/** @param {string} id @param {RecordFields} fields only what is to change; null takes away @returns {Asked} */
export function editRecord(id, fields) {
  return { op: { type: "edit_record", id, fields }, changes: [{ patch: id, fields }] };
}

/** Of the closed side: the first thing said there brings the record into it. @param {Item} record as the open side has it @param {RecordFields} fields @param {View} closed @returns {Asked} */
export function editClosed(record, fields, closed) {
  const { op, changes } = editRecord(record.id, fields);
  if (closed.items.has(record.id)) return { op, changes };
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  return { op, changes: [{ put: /** @type {Item} */ ({ id: record.id, kind: record.kind, ...given }) }] };
}

/** @param {string} id @param {string} into @returns {Asked} */
export function mergeRecords(id, into) {
  return { op: { type: "merge_records", id, into }, changes: [{ patch: id, fields: { merged: into } }] };
}

/** @param {string} id @param {boolean} force @param {View} view @returns {Asked} */
export function deleteRecord(id, force, view) {
  const gone = [...view.items.values()].filter((item) => (item.kind === "relation" && (item.from === id || item.to === id)) || (item.kind === "line" && item.of === id) || (item.kind === "engagement" && item.stakeholder === id) || (item.kind === "score" && (item.item === id || item.criterion === id)));
  return { op: { type: "delete_record", id, ...(force ? { force } : {}) }, changes: [...gone.map((item) => ({ drop: item.id })), { drop: id }] };
}

/** @param {{id: string, record: string}} placement @param {Author} author @returns {Asked} */
export function createPlacement({ id, record }, { me, now }) {
  const put = /** @type {Item} */ ({ id, kind: "placement", record, by: me, at: now });
  return { op: { type: "create_placement", id, record }, changes: [{ put }] };
}

/** How records stand now, kept under a title. @param {{id: string, title: string, stood: Record<string, string>}} kept @param {Author} author @returns {Asked} */
export function keepArrangement({ id, title, stood }, { me, now }) {
  const places = Object.fromEntries(Object.entries(stood).map(([record, code]) => [`stood/${record}`, code]));
  const put = /** @type {Item} */ ({ id, kind: "arrangement", title, ...places, by: me, at: now });
  return { op: { type: "keep_arrangement", id, title, stood }, changes: [{ put }] };
}

/**
 * Where I would put it myself; null takes it back. A lane holds no placements: there it is a field of the lane (P15.3).
 * @param {string} id @param {number | null} x @param {number | null} y @param {Pick<Author, "me">} author @param {View} view @returns {Asked}
 */
export function readPlace(id, x, y, { me }, view) {
  const op = { type: "read_place", id, x, y };
  if (!view.items.has(id)) return { op, changes: [{ stream: { fields: { [`x/${id}`]: x, [`y/${id}`]: y } } }] };
  return { op, changes: [{ patch: id, fields: { [`x/${me}`]: x, [`y/${me}`]: y } }] };
}

/** @type {Record<string, (op: any, view: View, author: Author) => Asked>} */
export const RECORD_BUILDERS = {
  create_record: (op, _, author) => createRecord(op, author),
  edit_record: (op) => editRecord(op.id, op.fields),
  merge_records: (op) => mergeRecords(op.id, op.into),
  delete_record: (op, view) => deleteRecord(op.id, op.force ?? false, view),
  create_placement: (op, _, author) => createPlacement(op, author),
  keep_arrangement: (op, _, author) => keepArrangement(op, author),
  read_place: (op, view, author) => readPlace(op.id, op.x, op.y, author, view),
};
