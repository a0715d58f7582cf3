// The four kinds of change, and what they make of a state (P3.1 to P3.6).
// Twin of codesign/core/changes.py; tests/vectors/changes.json holds the two together.

import { applySplices, invert } from "./text.js";

/** @typedef {import("./text.js").Splice} Splice */
/** @typedef {import("./text.js").Splices} Splices */
/** @typedef {string | number | boolean} Value */
/** @typedef {{readonly [key: string]: Value}} Fields */
/** @typedef {{readonly id: string, readonly kind: string, readonly [key: string]: Value}} Item flat; replaced, never mutated */
/** @typedef {{readonly [key: string]: Value | null}} FieldPatch null takes a field away */
/** @typedef {{readonly [key: string]: Splices}} TextPatch */
/** @typedef {{readonly fields?: FieldPatch, readonly text?: TextPatch}} Patch */
/** @typedef {{readonly put: Item}} PutItem */
/** @typedef {{readonly patch: string} & Patch} PatchItem */
/** @typedef {{readonly drop: string}} DropItem */
/** @typedef {{readonly stream: Patch}} PatchStream */
/** @typedef {PutItem | PatchItem | DropItem | PatchStream} Change */
/** @typedef {{readonly seq: number, readonly by?: string, readonly at: number, readonly changes: readonly Change[]}} Entry */

/** What the entries of a stream add up to. Items are replaced, never mutated. */
export class State {
  /**
   * @param {Fields} [fields]
   * @param {Iterable<Item>} [items]
   */
  constructor(fields = {}, items = []) {
    this.fields = fields;
    /** @type {Map<string, Item>} */
    this.items = new Map();
    for (const item of items) this.items.set(item.id, item);
  }
}

/**
 * Makes the changes true. A patch or drop of an item that is not there does nothing (P3.6).
 * @param {State} state
 * @param {readonly Change[]} changes
 */
export function applyChanges(state, changes) {
  for (const change of changes) {
    if ("put" in change) {
      state.items.set(change.put.id, change.put);
    } else if ("patch" in change) {
      const item = state.items.get(change.patch);
      if (item) state.items.set(item.id, /** @type {Item} */ (patched(item, change)));
    } else if ("drop" in change) {
      state.items.delete(change.drop);
    } else {
      state.fields = patched(state.fields, change.stream);
    }
  }
}

/**
 * What would take the changes back, as `state` stands before them. In the order to apply.
 * @param {State} state
 * @param {readonly Change[]} changes
 * @returns {Change[]}
 */
export function inverseOf(state, changes) {
  const draft = new State(state.fields);
  for (const id of changes.map(touched)) {
    const item = id === null ? undefined : state.items.get(id);
    if (item) draft.items.set(item.id, item);
  }
  /** @type {Change[]} */
  const back = [];
  for (const change of changes) {
    back.unshift(...inverseOfOne(draft, change));
    applyChanges(draft, [change]);
  }
  return back;
}

/**
 * The ids a change touches; null stands for the stream's own fields.
 * @param {Change} change
 * @returns {string | null}
 */
export function touched(change) {
  if ("put" in change) return change.put.id;
  if ("patch" in change) return change.patch;
  if ("drop" in change) return change.drop;
  return null;
}

/**
 * The fields after a patch, as a new object.
 * @param {Fields} old
 * @param {Patch} patch
 * @returns {Fields}
 */
export function patched(old, { fields = {}, text = {} }) {
  /** @type {Record<string, Value>} */
  const fresh = { ...old };
  for (const [key, value] of Object.entries(fields)) {
    if (value === null) delete fresh[key];
    else fresh[key] = value;
  }
  for (const [key, splices] of Object.entries(text)) {
    fresh[key] = applySplices(String(fresh[key] ?? ""), splices);
  }
  return fresh;
}

/**
 * @param {State} state
 * @param {Change} change
 * @returns {Change[]}
 */
function inverseOfOne(state, change) {
  if ("put" in change) {
    const old = state.items.get(change.put.id);
    return [old ? { put: old } : { drop: change.put.id }];
  }
  if ("drop" in change) {
    const old = state.items.get(change.drop);
    return old ? [{ put: old }] : [];
  }
  if ("patch" in change) {
    const old = state.items.get(change.patch);
    return old ? [{ patch: change.patch, ...inversePatch(old, change) }] : [];
  }
  return [{ stream: inversePatch(state.fields, change.stream) }];
}

/**
 * @param {Fields} old
 * @param {Patch} patch
 * @returns {Patch}
 */
function inversePatch(old, { fields, text }) {
  /** @type {{fields?: Record<string, Value | null>, text?: Record<string, Splices>}} */
  const back = {};
  if (fields) {
    back.fields = {};
    for (const key of Object.keys(fields)) back.fields[key] = old[key] ?? null;
  }
  if (text) {
    back.text = {};
    for (const [key, splices] of Object.entries(text)) back.text[key] = invert(splices);
  }
  return back;
}
