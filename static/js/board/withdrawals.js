// Taking back what was expected of an op: it is answered, or refused, and with a refused create
// everything that was asked of the item that will never be.

import { isOnlyOf, madeBy } from "./pending.js";
import { Touched } from "./replica.js";
import { applySplices } from "./text.js";

/** @typedef {import("./follows.js").Follows} Follows */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./pending.js").Pending} Pending */
/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {import("./undo.js").Undo} Undo */

export class Withdrawals {
  #outbox;
  #follows;
  #texts;
  #undo;

  /** @param {{outbox: Outbox, follows: Follows, texts: Texts, undo: Undo}} parts */
  constructor({ outbox, follows, texts, undo }) {
    this.#outbox = outbox;
    this.#follows = follows;
    this.#texts = texts;
    this.#undo = undo;
  }

  /** An op is answered: its expectation goes. @param {Pending} pending @param {Touched} touch */
  forget(pending, touch) {
    this.#outbox.remove(pending);
    this.#texts.forget(pending);
    if (pending.isLaid) this.#follows.find(pending.stream)?.replica.lift(pending.expected, touch);
  }

  /**
   * Takes back what a refused op expected, and what was asked of items that will never be.
   * @param {Pending} pending
   * @returns {Touched}
   */
  giveUp(pending) {
    const { stream, spot, isLaid } = pending;
    const touch = new Touched();
    this.#undo.forget(pending.n);
    this.forget(pending, touch);
    if (spot && isLaid) this.#texts.abandon(stream, spot, touch);
    this.#giveUpAllOf(stream, madeBy(pending), touch);
    return touch;
  }

  /** The latest words of what was refused, to be offered back. @param {Pending} pending @returns {string} */
  wordsOf(pending) {
    const { replica } = this.#follows.get(pending.stream);
    const { spot, isLaid, op } = pending;
    if (spot) {
      const shown = isLaid && replica.writing(spot.id, spot.field)?.shown;
      return shown || textAfter(pending);
    }
    if (op.type === "translate_note") return op.words;
    const words = [...madeBy(pending)].map((id) => {
      const item = replica.view.items.get(id);
      return String(item?.text ?? item?.title ?? item?.name ?? item?.label ?? "");
    });
    return words.filter(Boolean).join("\n");
  }

  /** The words of an op that was never laid over the view, with what was typed into them since. @param {Pending} pending @returns {string} */
  wordsAsked({ stream, changes }) {
    const puts = changes.flatMap((change) => ("put" in change ? [change.put] : []));
    const words = new Map(puts.map((item) => [item.id, String(item.text ?? "")]));
    for (const edit of this.#outbox.all) {
      const id = edit.spot?.id ?? "";
      if (words.has(id) && edit.stream === stream) words.set(id, textAfter(edit));
    }
    return [...words.values()].filter(Boolean).join("\n");
  }

  /** Its item was asked before it, and is unanswered too. @param {Pending} pending */
  waitsForCreate(pending) {
    for (const other of this.#outbox.all) {
      if (other === pending) return false;
      if (other.stream === pending.stream && other.acked === null && isOnlyOf(pending, madeBy(other))) return true;
    }
    return false;
  }

  /** @param {string} stream @param {ReadonlySet<string>} never @param {Touched} touch */
  #giveUpAllOf(stream, never, touch) {
    if (!never.size) return;
    for (const other of this.#outbox.all) {
      if (other.stream !== stream || other.acked !== null || !isOnlyOf(other, never)) continue;
      this.#undo.forget(other.n);
      this.forget(other, touch);
    }
    for (const [spot] of [...this.#follows.get(stream).replica.writings()]) {
      if (spot.id !== null && never.has(spot.id)) this.#texts.abandon(stream, spot, touch);
    }
  }
}

/** The text that an edit was to make; what it put in, where its note is gone and the text with it. @param {Pending} edit @returns {string} */
function textAfter({ from, op }) {
  try {
    return applySplices(from, op.splices);
  } catch {
    return op.splices.map((/** @type {any} */ splice) => splice[2]).join("");
  }
}
