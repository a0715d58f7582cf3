// One builder for each op of codesign/core/ops/ that a board asks: the op, and the changes we
// expect of it. Author and time are set as the server will, so the view is right at once.

import { CONSENT_BUILDERS } from "./ops_consent.js";
import { DEVICE_BUILDERS } from "./ops_devices.js";
import { MAP_BUILDERS } from "./ops_maps.js";
import { NOTE_BUILDERS } from "./ops_notes.js";
import { RECORD_BUILDERS } from "./ops_records.js";
import { ROUND_BUILDERS } from "./ops_rounds.js";
import { STEP_BUILDERS } from "./ops_steps.js";
import { TABLE_BUILDERS } from "./ops_tables.js";
import { TOGETHER_BUILDERS } from "./ops_together.js";
import { VOTE_BUILDERS } from "./ops_votes.js";
import { splicesBetween } from "./text.js";
import { fieldsOf } from "./translations.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./changes.js").Fields} Fields */
/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./changes.js").Value} Value */
/** @typedef {{readonly type: string, readonly [key: string]: any}} Op */
/** @typedef {{op: Op, changes: Change[]}} Asked */
/** @typedef {{me: string, now: number, colour?: string, shared?: number}} Author `colour`: the paper of my city; `shared`: how many we are at this device */
/** @typedef {{region?: string, order?: string, x?: number, y?: number}} Place */
/** @typedef {{fields: Fields, items: ReadonlyMap<string, Item>}} View */

/** A message has at most 64 KiB; this much of it is for the op. */
export const OP_BYTES = 64 * 1024 - 512;
/** The most ops in one `all`. */
export const OPS_PER_BATCH = 500;

const encoder = new TextEncoder();

/** @param {{id: string, text: string, colour?: string, lang?: string, cluster?: string, entered?: boolean, author?: string, card?: string, round?: number} & Place} note @param {Author} author @returns {Asked} */
export function createNote(note, { me, now, colour = "stone", shared }) {
  const { entered, author, ...rest } = given(note);
  const whose = entered ? { by: author, entered: me } : { by: me, shared };
  return create("create_note", note, { kind: "note", colour, ...rest, ...whose, at: now });
}

/**
 * @param {{id: string, name?: string} & Place} cluster
 * @param {Author} author
 * @returns {Asked}
 */
export function createCluster(cluster, { me }) {
  return create("create_cluster", cluster, { kind: "cluster", name: "", ...given(cluster), by: me });
}

/** @param {{id: string, title: string, order: string}} region @returns {Asked} */
export function createRegion(region) {
  return create("create_region", region, { kind: "region", ...region, protected: true });
}

/** To another place among the regions. @param {string} id @param {string} order @returns {Asked} */
export function moveRegion(id, order) {
  return { op: { type: "move_region", id, order }, changes: [{ patch: id, fields: { order } }] };
}

/**
 * @param {{id: string, title: string, x: number, y: number, w: number, h: number}} frame
 * @param {Author} author
 * @returns {Asked}
 */
export function createFrame(frame, { me }) {
  return create("create_frame", frame, { kind: "frame", ...frame, protected: true, by: me });
}

/**
 * @param {{id: string, text: string} & Place} heading
 * @param {Author} author
 * @returns {Asked}
 */
export function createHeading(heading, { me }) {
  return create("create_heading", heading, { kind: "heading", ...given(heading), protected: true, by: me });
}

/**
 * @param {{id: string, from: string, to: string, label?: string}} connector
 * @param {Author} author
 * @returns {Asked}
 */
export function createConnector(connector, { me }) {
  return create("create_connector", connector, { kind: "connector", label: "", ...given(connector), by: me });
}

/**
 * @param {{id: string, file: string, alt?: string, w: number, h: number} & Place} image
 * @param {Author} author
 * @returns {Asked}
 */
export function createImage(image, { me, now }) {
  return create("create_image", image, { kind: "image", alt: "", ...given(image), by: me, at: now });
}

/**
 * The fields that are given are set; `cluster: null` takes a note out of its cluster, and so does
 * moving it to another region.
 * @param {{id: string, w?: number, h?: number, cluster?: string | null} & Place} move
 * @param {Item} [item] as it is seen now
 * @returns {Asked}
 */
export function moveItem(move, item) {
  const { id, ...fields } = given(move);
  if (move.cluster === null) fields.cluster = null;
  const leaves = move.region !== undefined && item && move.region !== item.region && "cluster" in item;
  const expected = leaves && !("cluster" in fields) ? { ...fields, cluster: null } : fields;
  return {
    op: { type: "move_item", id, ...fields },
    changes: [{ patch: move.id, fields: /** @type {Record<string, Value | null>} */ (expected) }],
  };
}

/**
 * Splices in a text; `sync.editText` finds them from what the field holds.
 * @param {string | null} id null: the board's own question
 * @param {string} field
 * @param {string} before
 * @param {string} after
 * @returns {Asked}
 */
export function editText(id, field, before, after) {
  const splices = splicesBetween(before, after);
  const text = { [field]: splices };
  return {
    op: { type: "edit_text", id, field, splices },
    changes: [id === null ? { stream: { text } } : { patch: id, text }],
  };
}

/** @param {string} id @param {string} colour @returns {Asked} */
export function recolour(id, colour) {
  return { op: { type: "recolour", id, colour }, changes: [{ patch: id, fields: { colour } }] };
}

/**
 * @param {string} id
 * @param {string} reaction
 * @param {boolean} on
 * @param {{me: string}} author
 * @returns {Asked}
 */
export function react(id, reaction, on, { me }) {
  const fields = { [`reaction/${reaction}/${me}`]: on ? true : null };
  return { op: { type: "react", id, reaction, on }, changes: [{ patch: id, fields }] };
}

/** @param {string} id @param {boolean} on @returns {Asked} */
export function protectItem(id, on) {
  return {
    op: { type: "protect_item", id, on },
    changes: [{ patch: id, fields: { protected: on ? true : null } }],
  };
}

/** What is protected is everybody's for the time being. @param {boolean} on @returns {Asked} */
export function openLayer(on) {
  return { op: { type: "open_layer", on }, changes: [{ stream: { fields: { layer_open: on ? true : null } } }] };
}

/**
 * Takes the connectors that end at the item along; a cluster lets its notes go.
 * @param {string} id
 * @param {View} view
 * @returns {Asked}
 */
export function deleteItem(id, view) {
  return { op: { type: "delete_item", id }, changes: withoutItems(new Set([id]), view) };
}

/**
 * A translation of what the facilitator set up; no words take it away.
 * @param {string | null} id
 * @param {string} field
 * @param {string} lang
 * @param {string} words
 * @returns {Asked}
 */
export function translate(id, field, lang, words) {
  const fields = { [`${field}/${lang}`]: words || null };
  return {
    op: { type: "translate", id, field, lang, words },
    changes: [id === null ? { stream: { fields } } : { patch: id, fields }],
  };
}

/** The language a note is in. @param {string} id @param {string} lang @returns {Asked} */
export function setLanguage(id, lang) {
  return { op: { type: "set_language", id, lang }, changes: [{ patch: id, fields: { lang } }] };
}

/**
 * What a note says in another language; no words take it away. Of a note without a name no name is kept.
 * @param {{id: string, lang: string, words: string, made_of?: string, by_machine?: boolean}} said
 * @param {Item | undefined} note as it is seen now
 * @param {{me: string}} author
 * @returns {Asked}
 */
export function translateNote(said, note, { me }) {
  const { id, lang, words, made_of: madeOf, by_machine: byMachine } = said;
  const fields = fieldsOf(lang, words, { translator: note && "by" in note ? me : undefined, madeOf, byMachine });
  return { op: { type: "translate_note", ...given(said) }, changes: [{ patch: id, fields }] };
}

/**
 * Several ops as one: all or nothing, one undo (P4.5).
 * @param {readonly Asked[]} asked
 * @returns {Asked}
 */
export function all(asked) {
  if (asked.length === 1) return asked[0];
  return {
    op: { type: "all", ops: asked.map(({ op }) => op) },
    changes: asked.flatMap(({ changes }) => changes),
  };
}

// The workshop's own ops

/**
 * What becomes of notes that are hidden is the server's to say.
 * @param {"silent" | "open" | "cluster" | "vote" | "locked"} stage
 * @param {boolean} [anonymous] of `silent`: no name is kept
 * @returns {Asked}
 */
export function setStage(stage, anonymous) {
  return { op: { type: "set_stage", ...given({ stage, anonymous }) }, changes: [{ stream: { fields: { stage } } }] };
}

/** My own notes so far are for everyone. @returns {Asked} */
export function releaseLane() {
  return { op: { type: "release_lane" }, changes: [] };
}

/** @param {"open" | "closed" | "passphrase" | "approve"} door @returns {Asked} */
export function setDoor(door) {
  return { op: { type: "set_door", door }, changes: [{ stream: { fields: { door } } }] };
}

/** @param {{title?: string, question?: string, lang?: string}} fields @returns {Asked} */
export function setWorkshop(fields) {
  return { op: { type: "set_workshop", ...given(fields) }, changes: [{ stream: { fields: given(fields) } }] };
}

/** The name may come back with a suffix: nothing is expected. @param {string} person @param {string} name @returns {Asked} */
export function renamePerson(person, name) {
  return { op: { type: "rename_person", person, name }, changes: [] };
}

/** @param {string} person @param {string | null} city @returns {Asked} */
export function changeCity(person, city) {
  return { op: { type: "change_city", person, city }, changes: [{ patch: person, fields: { city } }] };
}

/** @param {{id: string, name?: string, colour?: string, zone?: string}} city @returns {Asked} */
export function editCity({ id, ...fields }) {
  return { op: { type: "edit_city", id, ...given(fields) }, changes: [{ patch: id, fields: given(fields) }] };
}

/** @param {string} person @param {string} role @returns {Asked} */
export function setRole(person, role) {
  return { op: { type: "set_role", person, role }, changes: [{ patch: person, fields: { role } }] };
}

/** @param {string} person @returns {Asked} */
export function removePerson(person) {
  return { op: { type: "remove_person", person }, changes: [{ patch: person, fields: { gone: true } }] };
}

/** @param {string} person @returns {Asked} */
export function readmitPerson(person) {
  return { op: { type: "readmit_person", person }, changes: [{ patch: person, fields: { gone: null } }] };
}

/**
 * What is expected of an op that came without its changes.
 * @param {Op} op
 * @param {View} view
 * @param {Author} author
 * @returns {Asked}
 */
export function asked(op, view, author) {
  return { op, changes: expectedOf(op, view, author) };
}

/**
 * The same as ops that each fit a message: an `all` in parts, if need be. Null when one never will.
 * @param {Op} op
 * @returns {Op[] | null}
 */
export function inMessages(op) {
  if (op.type !== "all") return sizeOf(op) <= OP_BYTES ? [op] : null;
  /** @type {Op[][]} */
  const parts = [];
  let left = 0;
  for (const each of op.ops) {
    const size = sizeOf(each) + 1;
    if (size > OP_BYTES - 64) return null;
    left -= size;
    if (left < 0 || /** @type {Op[]} */ (parts.at(-1)).length === OPS_PER_BATCH) {
      parts.push([]);
      left = OP_BYTES - 64 - size;
    }
    /** @type {Op[]} */ (parts.at(-1)).push(each);
  }
  return parts.length === 1 ? [op] : parts.map((ops) => ({ type: "all", ops }));
}

/** @param {Op} op */
function sizeOf(op) {
  return encoder.encode(JSON.stringify(op)).length;
}

/** @type {Record<string, (op: any, view: View, author: Author) => Asked>} */
const BUILDERS = {
  create_note: (op, _, author) => createNote(op, author),
  create_cluster: (op, _, author) => createCluster(op, author),
  create_region: (op) => createRegion(op),
  move_region: (op) => moveRegion(op.id, op.order),
  create_frame: (op, _, author) => createFrame(op, author),
  create_heading: (op, _, author) => createHeading(op, author),
  create_connector: (op, _, author) => createConnector(op, author),
  create_image: (op, _, author) => createImage(op, author),
  move_item: (op, view) => moveItem(op, view.items.get(op.id)),
  recolour: (op) => recolour(op.id, op.colour),
  react: (op, _, author) => react(op.id, op.reaction, op.on, author),
  protect_item: (op) => protectItem(op.id, op.on),
  open_layer: (op) => openLayer(op.on),
  delete_item: (op, view) => deleteItem(op.id, view),
  translate: (op) => translate(op.id, op.field, op.lang, op.words),
  set_language: (op) => setLanguage(op.id, op.lang),
  translate_note: (op, view, author) => translateNote(op, view.items.get(op.id), author),
  set_stage: (op) => setStage(op.stage, op.anonymous),
  set_door: (op) => setDoor(op.door),
  set_workshop: (op) => setWorkshop(op),
  edit_city: (op) => editCity(op),
  change_city: (op) => changeCity(op.person, op.city),
  set_role: (op) => setRole(op.person, op.role),
  remove_person: (op) => removePerson(op.person),
  readmit_person: (op) => readmitPerson(op.person),
  ...CONSENT_BUILDERS,
  ...DEVICE_BUILDERS,
  ...NOTE_BUILDERS,
  ...MAP_BUILDERS,
  ...ROUND_BUILDERS,
  ...RECORD_BUILDERS,
  open_vote: (op, _, author) => VOTE_BUILDERS.open_vote(op, author),
  close_vote: (op, _, author) => VOTE_BUILDERS.close_vote(op, author),
  cancel_vote: (op, _, author) => VOTE_BUILDERS.cancel_vote(op, author),
  ...STEP_BUILDERS,
  ...TABLE_BUILDERS,
  say_finished: (op, _, author) => TOGETHER_BUILDERS.say_finished(op, author),
  raise_hand: (op, _, author) => TOGETHER_BUILDERS.raise_hand(op, author),
  ask_help: (op, _, author) => TOGETHER_BUILDERS.ask_help(op, author),
};

/** @param {Op} op @param {View} view @param {Author} author @returns {Change[]} */
function expectedOf(op, view, author) {
  const { type, ...rest } = op;
  if (type !== "all") return BUILDERS[type]?.(rest, view, author).changes ?? [];
  const ops = /** @type {Op[]} */ (op.ops);
  const gone = new Set(ops.filter(({ type }) => type === "delete_item").map(({ id }) => id));
  const others = ops.filter(({ type }) => type !== "delete_item");
  const changes = others.flatMap((each) => expectedOf(each, view, author));
  return gone.size ? [...changes, ...withoutItems(gone, view)] : changes;
}

/** One walk over the board, however many items go. @param {Set<string>} gone @param {View} view */
function withoutItems(gone, view) {
  /** @type {Change[]} */
  const changes = [];
  for (const item of view.items.values()) {
    const held = item.kind === "note" ? ["cluster", "within"].filter((field) => gone.has(String(item[field]))) : [];
    if (held.length) {
      changes.push({ patch: item.id, fields: Object.fromEntries(held.map((field) => [field, null])) });
    } else if (item.kind === "comment" && gone.has(String(item.about))) {
      changes.push({ drop: item.id });
    } else if ((item.kind === "connector" || item.kind === "causal_link") && (gone.has(String(item.from)) || gone.has(String(item.to)))) {
      changes.push({ drop: item.id });
    }
  }
  for (const id of gone) changes.push({ drop: id });
  return changes;
}

/**
 * @param {string} type
 * @param {Record<string, any>} fields of the op
 * @param {Record<string, any>} item as it will be
 * @returns {Asked}
 */
function create(type, fields, item) {
  return { op: { type, ...given(fields) }, changes: [{ put: /** @type {Item} */ (given(item)) }] };
}

/** Without what is undefined or null. @param {Record<string, any>} fields @returns {Record<string, any>} */
function given(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
