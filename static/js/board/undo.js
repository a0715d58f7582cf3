// What this page can take back and do again: the numbers of its own ops (P4.9), newest last.
// Edits of one text in one go are one step.

/** @typedef {import("./changes.js").Change} Change */
/**
 * @typedef {object} Step
 * @property {string} stream
 * @property {number[]} ns in the order asked
 * @property {string | null} burst the text a burst of typing goes into
 * @property {number} at
 * @property {readonly Change[]} changes what the ops were expected to do
 * @property {readonly Change[]} inverse what would take that back
 */

/** A pause longer than this begins a new step. */
const BURST_MS = 2_000;
const MOST_STEPS = 200;

export class UndoStack {
  /** @type {Step[]} */
  #done = [];
  /** @type {Step[]} */
  #undone = [];

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** A new op of this person. What was undone before can no longer be done again. @param {Step} step */
  add(step) {
    this.#undone = [];
    const last = this.#done.at(-1);
    if (last && step.burst !== null && last.burst === step.burst && step.at - last.at < BURST_MS) {
      last.ns.push(...step.ns);
      last.at = step.at;
      return;
    }
    this.#done.push(step);
    if (this.#done.length > MOST_STEPS) this.#done.shift();
  }

  /** The step to take back, off the stack. */
  popDone() {
    return this.#done.pop();
  }

  /** The step to do again, off the stack. */
  popUndone() {
    return this.#undone.pop();
  }

  /** @param {Step} step it was redone: it can be undone again */
  pushDone(step) {
    this.#done.push(step);
  }

  /** @param {Step} step it was undone: it can be redone */
  pushUndone(step) {
    this.#undone.push(step);
  }

  /** An op that was refused changed nothing that could be taken back. @param {number} n */
  forget(n) {
    for (const stack of [this.#done, this.#undone]) {
      const at = stack.findLastIndex((step) => step.ns.includes(n));
      if (at < 0) continue;
      stack[at].ns = stack[at].ns.filter((other) => other !== n);
      if (!stack[at].ns.length) stack.splice(at, 1);
    }
  }

  clear() {
    this.#done = [];
    this.#undone = [];
  }
}
