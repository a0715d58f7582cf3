// One stream as this page knows it: the confirmed state, the expectations of unanswered ops laid
// over it, and the texts being written. What people see (`view`) is recomputed only for the items
// a message touches; their objects are replaced, never mutated.

import { State, applyChanges, patched, touched } from "./changes.js";
import { BadSplice } from "./text.js";
import { Writing } from "./writing.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./changes.js").Entry} Entry */
/** @typedef {import("./changes.js").Fields} Fields */
/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./text.js").Splices} Splices */
/** @typedef {{seq: number, fields: Fields, items: Map<string, Item>}} View */
/** @typedef {{id: string | null, field: string}} Spot a text: of an item, or of the stream itself */
/** @typedef {{id: string | null, field: string, before: string, splices: Splices}} TextMove */
/** @typedef {{id: string | null, changes: Change[]}} Expected */

/** What changed in a view. `ids` holds the items; `texts` how the texts on screen moved, in order. */
export class Touched {
  /** @type {Set<string>} */
  ids = new Set();
  fields = false;
  /** @type {TextMove[]} */
  texts = [];

  /** @param {string | null} id */
  add(id) {
    if (id === null) this.fields = true;
    else this.ids.add(id);
  }

  get isEmpty() {
    return !this.ids.size && !this.fields;
  }
}

export class Replica {
  #confirmed = new State();
  /** @type {Map<string | null, {changes: Change[]}[]>} expectations by item, in the order asked */
  #laid = new Map();
  /** @type {Map<string | null, Map<string, Writing>>} */
  #writings = new Map();
  /** @type {View} */
  view = { seq: 0, fields: {}, items: new Map() };

  get seq() {
    return this.view.seq;
  }

  get confirmed() {
    return this.#confirmed;
  }

  // What is confirmed

  /**
   * Starts again from a snapshot. Expectations stay laid over it.
   * @param {number} seq
   * @param {State} state
   * @param {Spot[]} settled texts of ours whose edit is in the snapshot
   * @returns {TextMove[]}
   */
  reset(seq, state, settled) {
    this.#confirmed = state;
    this.view.seq = seq;
    const touch = new Touched();
    for (const spot of settled) this.settle(spot, touch);
    for (const [spot] of this.writings()) this.#retarget(spot.id, spot.field, touch);
    this.view.fields = this.#see(null) ?? {};
    this.view.items.clear();
    for (const id of state.items.keys()) this.#refresh(id);
    for (const id of this.#laid.keys()) if (id !== null) this.#refresh(id);
    return touch.texts;
  }

  /**
   * Applies the next entry. `own` is the text of ours that it answers, if any.
   * Throws `BadSplice` when our copy cannot be right any more.
   * @param {Entry} entry
   * @param {Spot | null} own
   * @param {Touched} touch
   */
  apply(entry, own, touch) {
    for (const change of entry.changes) {
      const id = touched(change);
      const patch = "stream" in change ? change.stream : "patch" in change ? change : null;
      const before = this.#texts(id, Object.keys(patch?.text ?? {}));
      applyChanges(this.#confirmed, [change]);
      for (const [field, splices] of Object.entries(patch?.text ?? {})) {
        if (own?.id === id && own.field === field) continue;
        this.#moveText({ id, field, before: before[field], splices }, touch);
      }
      for (const field of this.#replacedTexts(change, id)) this.#retarget(id, field, touch);
      touch.add(id);
    }
    this.view.seq = entry.seq;
  }

  /**
   * Our edit of this text is in the journal.
   * @param {Spot} spot
   * @param {Touched} touch
   */
  settle({ id, field }, touch) {
    const writing = this.writing(id, field);
    if (!writing) return;
    this.#note({ id, field }, writing.shown, writing.settle(this.#confirmedText(id, field)), touch);
  }

  /** Brings the view of what was touched up to date. @param {Touched} touch */
  refresh(touch) {
    if (touch.fields) this.view.fields = this.#see(null) ?? {};
    for (const id of touch.ids) this.#refresh(id);
  }

  // What is expected

  /** @param {Iterable<Expected>} expected @param {Touched} touch */
  lay(expected, touch) {
    for (const layer of expected) {
      const layers = this.#laid.get(layer.id);
      if (layers) layers.push(layer);
      else this.#laid.set(layer.id, [layer]);
      touch.add(layer.id);
    }
  }

  /** @param {Iterable<Expected>} expected @param {Touched} touch */
  lift(expected, touch) {
    for (const layer of expected) {
      const left = (this.#laid.get(layer.id) ?? []).filter((other) => other !== layer);
      if (left.length) this.#laid.set(layer.id, left);
      else this.#laid.delete(layer.id);
      touch.add(layer.id);
    }
  }

  // What is being written

  /** @param {string | null} id @param {string} field */
  writing(id, field) {
    return this.#writings.get(id)?.get(field);
  }

  /**
   * The writing of a text, begun if need be. Where the item itself is only expected yet, the edit
   * speaks of the words it was asked with.
   * @param {string | null} id
   * @param {string} field
   */
  write(id, field) {
    let writing = this.writing(id, field);
    if (!writing) {
      writing = new Writing(this.#textBelow(id, field));
      const fields = this.#writings.get(id);
      if (fields) fields.set(field, writing);
      else this.#writings.set(id, new Map([[field, writing]]));
    }
    return writing;
  }

  /** All that is being written. @returns {Iterable<[Spot, Writing]>} */
  *writings() {
    for (const [id, fields] of this.#writings) {
      for (const [field, writing] of fields) yield [{ id, field }, writing];
    }
  }

  /** Forgets writings with nothing left to say. @param {Spot} spot */
  rest({ id, field }) {
    const fields = this.#writings.get(id);
    if (!fields?.get(field)?.isIdle) return;
    fields.delete(field);
    if (!fields.size) this.#writings.delete(id);
  }

  /**
   * Notes that a text on screen moved.
   * @param {Spot} spot
   * @param {string} before
   * @param {Splices} splices
   * @param {Touched} touch
   */
  moved(spot, before, splices, touch) {
    this.#note(spot, before, splices, touch);
  }

  // Inside

  /** @param {TextMove} move @param {Touched} touch */
  #moveText(move, touch) {
    const writing = this.writing(move.id, move.field);
    if (!writing) touch.texts.push(move);
    else this.#note(move, writing.shown, writing.incoming(move.splices), touch);
  }

  /** @param {string | null} id @param {string} field @param {Touched} touch */
  #retarget(id, field, touch) {
    const writing = this.writing(id, field);
    if (!writing || (id !== null && !this.#confirmed.items.has(id))) return;
    this.#note({ id, field }, writing.shown, writing.retarget(this.#confirmedText(id, field)), touch);
  }

  /** @param {Spot} spot @param {string} before @param {Splices} splices @param {Touched} touch */
  #note({ id, field }, before, splices, touch) {
    if (splices.length) touch.texts.push({ id, field, before, splices });
    this.rest({ id, field });
    touch.add(id);
  }

  /** Texts being written that the change replaces whole. @param {Change} change @param {string | null} id */
  #replacedTexts(change, id) {
    const written = this.#writings.get(id);
    if (!written || "drop" in change) return [];
    if ("put" in change) return [...written.keys()];
    const fields = ("stream" in change ? change.stream : change).fields ?? {};
    return [...written.keys()].filter((field) => field in fields);
  }

  /** @param {string | null} id @param {string[]} fields @returns {Record<string, string>} */
  #texts(id, fields) {
    return Object.fromEntries(fields.map((field) => [field, this.#confirmedText(id, field)]));
  }

  /** @param {string | null} id @param {string} field */
  #confirmedText(id, field) {
    const owner = id === null ? this.#confirmed.fields : this.#confirmed.items.get(id);
    return String(owner?.[field] ?? "");
  }

  /** @param {string | null} id @param {string} field */
  #textBelow(id, field) {
    if (id === null || this.#confirmed.items.has(id)) return this.#confirmedText(id, field);
    return String(this.#expect(id)?.[field] ?? "");
  }

  /** @param {string} id */
  #refresh(id) {
    const item = /** @type {Item | undefined} */ (this.#see(id));
    if (item) this.view.items.set(id, item);
    else this.view.items.delete(id);
  }

  /** What is to be seen of an item, or of the stream's fields. @param {string | null} id */
  #see(id) {
    const below = this.#expect(id);
    const written = this.#writings.get(id);
    if (!below || !written) return below;
    let fields = below;
    for (const [field, writing] of written) {
      if (fields[field] !== writing.shown) fields = { ...fields, [field]: writing.shown };
    }
    return fields;
  }

  /** @param {string | null} id @returns {Fields | undefined} */
  #expect(id) {
    /** @type {Fields | undefined} */
    const confirmed = id === null ? this.#confirmed.fields : this.#confirmed.items.get(id);
    let fields = confirmed;
    for (const layer of this.#laid.get(id) ?? []) {
      for (const change of layer.changes) fields = expected(fields, change, confirmed);
    }
    return fields;
  }
}

/**
 * What a change would make of one item (or of the stream's fields). An expectation that no longer
 * fits is no error: the answer will tell. An item that we dropped and put back, both unanswered, is
 * as it is confirmed: its words are those that others have meanwhile written.
 * @param {Fields | undefined} fields
 * @param {Change} change
 * @param {Fields | undefined} confirmed
 * @returns {Fields | undefined}
 */
function expected(fields, change, confirmed) {
  if ("put" in change) return fields ?? confirmed ?? change.put;
  if ("drop" in change || !fields) return undefined;
  try {
    return patched(fields, "stream" in change ? change.stream : change);
  } catch (error) {
    if (error instanceof BadSplice) return fields;
    throw error;
  }
}
