/**
 * The journal of a board as something to move through: the state at any moment, and how long it takes to be played when
 * nobody wants to sit through a lunch break. No DOM.
 *
 * @typedef {import("../changes.js").Change} Change
 * @typedef {{seq?: number, at: number, changes: Change[]}} Told
 */
import { applyChanges, State } from "../changes.js";

/** A pause is played no longer than this (ms). */
export const LONGEST_PAUSE = 4_000;
/** Between two moments that are kept. */
const KEPT_EVERY = 400;

export class Timeline {
  /** When each entry is played, from the first one on. @type {number[]} */
  #played = [];
  /** @type {State[]} */
  #kept = [new State()];

  /** @param {readonly Told[]} entries */
  constructor(entries) {
    this.entries = entries;
    let played = 0;
    let state = new State();
    entries.forEach((entry, i) => {
      if (i) played += Math.min(Math.max(0, entry.at - entries[i - 1].at), LONGEST_PAUSE);
      this.#played.push(played);
      applyChanges(state, entry.changes);
      if ((i + 1) % KEPT_EVERY) return;
      this.#kept.push(state);
      state = copyOf(state);
    });
  }

  /** How many entries there are; moments are counted from 0, before all of them. */
  get length() {
    return this.entries.length;
  }

  /** How long all of it is played at its own speed (ms). */
  get duration() {
    return this.#played.at(-1) ?? 0;
  }

  /** The board after so many entries: a state of its own. @param {number} index */
  stateAt(index) {
    const kept = Math.floor(Math.min(index, this.length) / KEPT_EVERY);
    const state = copyOf(this.#kept[kept]);
    for (const { changes } of this.entries.slice(kept * KEPT_EVERY, index)) applyChanges(state, changes);
    return state;
  }

  /** When the moment is played (ms). @param {number} index */
  playedAt(index) {
    return index > 0 ? this.#played[Math.min(index, this.length) - 1] : 0;
  }

  /** The last moment that has been played then. @param {number} played */
  indexAt(played) {
    return last(this.#played, played);
  }

  /** The moment at a time of day. @param {number} at */
  indexAtTime(at) {
    return last(this.entries.map((one) => one.at), at);
  }

  /** Its time of day; none before the first. @param {number} index */
  timeAt(index) {
    return this.entries[index - 1]?.at ?? null;
  }

  /** Its number in the journal, for those who may restore it. @param {number} index */
  seqAt(index) {
    return this.entries[index - 1]?.seq ?? null;
  }
}

/** How many of the numbers, which grow, are not beyond. @param {readonly number[]} numbers @param {number} most */
function last(numbers, most) {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {State} state */
function copyOf(state) {
  return new State(state.fields, state.items.values());
}
