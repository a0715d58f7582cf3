// One text field under this person's hands (P5): the confirmed text, one unanswered edit, what was
// typed since, and what is seen. Others' edits move through all of them, as the server will do.

import { applySplices, compose, invert, rebase, splicesBetween } from "./text.js";

/** @typedef {import("./text.js").Splices} Splices */
/** @typedef {{from: string, splices: Splices}} Kept splices and the text they speak of, as a queue keeps them */

/** The most splices one edit may have; beyond it they are drawn together into one. */
export const SPLICES_PER_EDIT = 200;

export class Writing {
  /** The text as the journal has it. */
  #from;
  /** @type {Splices | null} the unanswered edit, in terms of the confirmed text */
  #sent = null;
  /** @type {Splices} typed since, in terms of the text after the unanswered edit */
  #later = [];
  /** @type {{typed: Splices, held: Splices} | null} while composing: the words typed, and others' that wait */
  #composing = null;
  /** What the person sees. */
  #shown;
  /** The next edit waits until this entry was applied. */
  waitFor = 0;

  /** @param {string} text as confirmed */
  constructor(text) {
    this.#from = text;
    this.#shown = text;
  }

  get from() {
    return this.#from;
  }

  get shown() {
    return this.#shown;
  }

  get sent() {
    return this.#sent;
  }

  get hasLater() {
    return this.#later.length > 0;
  }

  /** What the field would hold with this edit of what is seen. @param {Splices} splices */
  shownWith(splices) {
    return applySplices(this.#shown, splices);
  }

  /** Nothing of it differs from what is confirmed. */
  get isIdle() {
    return this.#sent === null && !this.#later.length && this.#composing === null;
  }

  get isComposing() {
    return this.#composing !== null;
  }

  // What the person does

  /** @param {string} text what the field holds now */
  type(text) {
    const typed = splicesBetween(this.#shown, text);
    if (this.#composing) this.#composing.typed = compose(this.#composing.typed, typed);
    else this.#later = this.#few(compose(this.#later, typed));
    this.#shown = text;
  }

  /**
   * While someone composes (an input method, Android), others' words wait outside the field.
   * @param {boolean} on
   * @returns {Splices} what changed in the text that is seen
   */
  compose(on) {
    if (on === (this.#composing !== null)) return [];
    if (on) {
      this.#composing = { typed: [], held: [] };
      return [];
    }
    const { typed, held } = /** @type {{typed: Splices, held: Splices}} */ (this.#composing);
    this.#composing = null;
    this.#later = this.#few(compose(this.#later, rebase(typed, held)));
    return this.#show(rebase(held, typed, { earlier: true }));
  }

  // What is asked and answered

  /**
   * Takes what was typed as the edit to ask now; null when there is nothing, or one unanswered.
   * @returns {Splices | null}
   */
  take() {
    if (this.#sent !== null || !this.#later.length) return null;
    this.#sent = this.#later;
    this.#later = [];
    return this.#sent;
  }

  /** Folds what was typed into the edit at hand, which nobody has been sent yet. */
  fold() {
    if (this.#sent === null) return;
    const both = compose(this.#sent, this.#later);
    this.#sent = both.length > SPLICES_PER_EDIT ? splicesBetween(this.#from, this.#seen()) : both;
    this.#later = [];
  }

  /** The edit at hand becomes typing again, to be asked anew. */
  untake() {
    if (this.#sent === null) return;
    this.#later = compose(this.#sent, this.#later);
    this.#sent = null;
    this.#later = this.#few(this.#later);
  }

  /**
   * The answer: our edit is in the journal, and the confirmed text is now this.
   * @param {string} text
   * @returns {Splices} what changed in the text that is seen
   */
  settle(text) {
    const expected = this.#middle();
    this.#from = text;
    this.#sent = null;
    return this.#underneath(splicesBetween(expected, text));
  }

  /**
   * The edit at hand was refused, or turned out to be in the confirmed text already.
   * @returns {Splices} what changed in the text that is seen
   */
  withdraw() {
    if (this.#sent === null) return [];
    const back = invert(this.#sent);
    this.#sent = null;
    return this.#underneath(back);
  }

  /**
   * Gives up everything that is not confirmed.
   * @returns {Splices} what changed in the text that is seen
   */
  abandon() {
    const change = splicesBetween(this.#shown, this.#from);
    this.#sent = null;
    this.#later = [];
    this.#composing = null;
    this.#shown = this.#from;
    return change;
  }

  // What others do

  /**
   * Someone else's edit of the confirmed text.
   * @param {Splices} splices
   * @returns {Splices} what changed in the text that is seen
   */
  incoming(splices) {
    this.#from = applySplices(this.#from, splices);
    if (this.#sent === null) return this.#underneath(splices);
    const above = rebase(splices, this.#sent, { earlier: true });
    this.#sent = rebase(this.#sent, splices);
    return this.#underneath(above);
  }

  /**
   * The confirmed text is another one now: a fresh snapshot, or an item put again.
   * @param {string} text
   * @returns {Splices} what changed in the text that is seen
   */
  retarget(text) {
    return this.incoming(splicesBetween(this.#from, text));
  }

  // What a queue keeps

  /** @returns {Kept | null} */
  get laterKept() {
    const { typed, held } = this.#composing ?? { typed: [], held: [] };
    const splices = compose(this.#later, rebase(typed, held));
    return splices.length ? { from: this.#middle(), splices } : null;
  }

  /**
   * Lays an edit of a queue over the confirmed text, which may have moved on since.
   * @param {Kept} kept
   * @returns {Splices} what changed in the text that is seen
   */
  resume({ from, splices }) {
    const sent = rebase(splices, splicesBetween(from, this.#from));
    const seen = this.#underneath(sent);
    this.#sent = sent;
    return seen;
  }

  /**
   * The same for what was typed after it.
   * @param {Kept} kept
   * @returns {Splices} what changed in the text that is seen
   */
  resumeLater({ from, splices }) {
    const typed = rebase(splices, splicesBetween(from, this.#seen()));
    this.#later = this.#few(compose(this.#later, typed));
    if (!this.#composing) return this.#show(typed);
    this.#composing.held = compose(this.#composing.held, typed);
    return [];
  }

  // Inside

  /** The text after the edit at hand. */
  #middle() {
    return this.#sent === null ? this.#from : applySplices(this.#from, this.#sent);
  }

  /** The text with everything but what is being composed. */
  #seen() {
    return applySplices(this.#middle(), this.#later);
  }

  /** @param {Splices} splices a change of the text below what was typed since */
  #underneath(splices) {
    const above = rebase(splices, this.#later, { earlier: true });
    this.#later = rebase(this.#later, splices);
    if (!this.#composing) return this.#show(above);
    this.#composing.held = compose(this.#composing.held, above);
    return [];
  }

  /** @param {Splices} splices */
  #show(splices) {
    this.#shown = applySplices(this.#shown, splices);
    return splices;
  }

  /** @param {Splices} later */
  #few(later) {
    if (later.length <= SPLICES_PER_EDIT) return later;
    const middle = this.#middle();
    return splicesBetween(middle, applySplices(middle, later));
  }
}
