// What this page can take back and do again: the numbers of its own ops (P4.9), newest last.
// Edits of one text in one go are one step. What a step changed is taken back on screen at once
// where that is simple; the server has the last word.

import { inverseOf, State, touched } from "./changes.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {{fields: import("./changes.js").Fields, items: Map<string, import("./changes.js").Item>}} View */
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

export class Undo {
  /** @type {Step[]} */
  #done = [];
  /** @type {Step[]} */
  #undone = [];
  /** @type {Map<string, Step>} steps to take back once their typing has got its number */
  #soon = new Map();
  #ask;
  #viewOf;
  #isTyping;

  /**
   * @param {object} options
   * @param {(stream: string, n: number, changes: readonly Change[]) => number} options.ask asks the undo of `n`
   * @param {(stream: string) => View} options.viewOf
   * @param {(stream: string, burst: string) => boolean} options.isTyping this text has typing without a number
   */
  constructor({ ask, viewOf, isTyping }) {
    this.#ask = ask;
    this.#viewOf = viewOf;
    this.#isTyping = isTyping;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** What would take these changes back, to be found before they are laid. @param {string} stream @param {readonly Change[]} changes */
  inverse(stream, changes) {
    return inverseOf(stateOf(this.#viewOf(stream)), changes);
  }

  /** A new op of this person. What was undone before can no longer be done again. @param {Step} step */
  did(step) {
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

  /** Typing got its number. @param {string} burst @param {Step} step */
  typed(burst, step) {
    const waiting = this.#soon.get(burst);
    if (!waiting) return this.did(step);
    this.#soon.delete(burst);
    waiting.ns.push(...step.ns);
    this.#undone.push(this.#takeBack(waiting));
  }

  /** Takes back the last step, or the one that op `n` belongs to. Whether there was any. @param {number | null} [n] */
  undo(n = null) {
    const at = n === null ? this.#done.length - 1 : this.#done.findLastIndex(({ ns }) => ns.includes(n));
    if (at < 0) return false;
    const [step] = this.#done.splice(at, 1);
    if (step.burst !== null && this.#isTyping(step.stream, step.burst)) this.#soon.set(step.burst, step);
    else this.#undone.push(this.#takeBack(step));
    return true;
  }

  /** Does it again: takes the undo back. */
  redo() {
    const step = this.#undone.pop();
    if (!step) return false;
    this.#done.push(this.#takeBack(step));
    return true;
  }

  /** The op has another number now. @param {number} n @param {number} now */
  renumber(n, now) {
    for (const { ns } of [...this.#done, ...this.#undone]) {
      if (ns.includes(n)) ns.splice(ns.indexOf(n), 1, now);
    }
  }

  /** An op that was refused changed nothing that could be taken back. @param {number} n */
  forget(n) {
    for (const stack of [this.#done, this.#undone]) {
      const at = stack.findLastIndex(({ ns }) => ns.includes(n));
      if (at < 0) continue;
      stack[at].ns = stack[at].ns.filter((other) => other !== n);
      if (!stack[at].ns.length) stack.splice(at, 1);
    }
  }

  /** What was done in one stream is in another now, and is taken back there. @param {string} from @param {string} to */
  carry(from, to) {
    /** @param {string | null} burst */
    const carried = (burst) => burst && burst.replace(`text ${from} `, `text ${to} `);
    for (const step of [...this.#done, ...this.#undone, ...this.#soon.values()]) {
      if (step.stream === from) Object.assign(step, { stream: to, burst: carried(step.burst) });
    }
    this.#soon = new Map([...this.#soon].map(([burst, step]) => [/** @type {string} */ (carried(burst)), step]));
  }

  clear() {
    this.#done = [];
    this.#undone = [];
    this.#soon.clear();
  }

  /** @param {Step} step @returns {Step} what takes this back in turn */
  #takeBack({ stream, ns, burst, changes, inverse }) {
    const expected = stillMine(this.#viewOf(stream), changes, inverse);
    const back = this.inverse(stream, expected);
    const undos = ns.toReversed().map((n) => this.#ask(stream, n, n === ns[0] ? expected : []));
    return { stream, ns: undos, burst, at: 0, changes: expected, inverse: back };
  }
}

/** @param {View} view @returns {State} */
function stateOf({ fields, items }) {
  const state = new State(fields);
  state.items = items;
  return state;
}

/**
 * Of what would take an op back, the part that stands as the op left it; the rest someone else
 * has changed since, and the server will skip it. Texts wait for the server.
 * @param {View} view
 * @param {readonly Change[]} changes
 * @param {readonly Change[]} inverse
 * @returns {Change[]}
 */
function stillMine(view, changes, inverse) {
  const left = leftBy(changes);
  return inverse.flatMap(
    /** @returns {Change[]} */ (change) => {
      const id = touched(change);
      const now = id === null ? view.fields : view.items.get(id);
      if ("put" in change) return now ? [] : [change];
      if (!now) return [];
      if ("drop" in change) return [change];
      const fields = Object.entries(("stream" in change ? change.stream : change).fields ?? {});
      const mine = fields.filter(([key]) => (now[key] ?? null) === (left.get(id)?.[key] ?? null));
      if (!mine.length) return [];
      const patch = { fields: Object.fromEntries(mine) };
      return "stream" in change ? [{ stream: patch }] : [{ patch: change.patch, ...patch }];
    },
  );
}

/** The fields as the changes left them, by item. @param {readonly Change[]} changes */
function leftBy(changes) {
  /** @type {Map<string | null, Record<string, unknown>>} */
  const left = new Map();
  for (const change of changes) {
    if ("drop" in change) continue;
    const fields = "put" in change ? change.put : ("stream" in change ? change.stream : change).fields;
    const id = touched(change);
    left.set(id, { ...left.get(id), ...fields });
  }
  return left;
}
