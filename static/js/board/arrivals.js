// Our own ops on their way back: acked, and waiting for the entry that brings them (P6.6).

import { BadSplice } from "./text.js";
import { Touched } from "./replica.js";

/** @typedef {import("./changes.js").Entry} Entry */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./pending.js").Pending} Pending */
/** @typedef {import("./replica.js").Replica} Replica */
/** @typedef {import("./replica.js").Spot} Spot */

export class Arrivals {
  /** @type {Map<string, Pending[]>} by the entry that will bring them */
  #coming = new Map();
  #forget;

  /** @param {(pending: Pending, touch: Touched) => void} forget takes an answered op's expectation away */
  constructor(forget) {
    this.#forget = forget;
  }

  /** Acked; entry `seq` is still to come. @param {Pending} pending @param {number} seq */
  expect(pending, seq) {
    const key = keyOf(pending.stream, seq);
    this.#coming.set(key, [...(this.#coming.get(key) ?? []), pending]);
  }

  clear() {
    this.#coming.clear();
  }

  /**
   * Applies those entries that are new. Throws `BadSplice` when one is missing or does not fit.
   * @param {string} stream
   * @param {Replica} replica
   * @param {{from: number, entries: readonly Entry[]}} message
   * @param {Touched} touch
   */
  apply(stream, replica, { from, entries }, touch) {
    if (from > replica.seq + 1) throw new BadSplice();
    for (const entry of entries) {
      if (entry.seq > replica.seq) this.#applyOne(stream, replica, entry, touch);
    }
  }

  /**
   * What is in a snapshot of `seq` needs no expectation any more.
   * @param {string} stream
   * @param {number} seq
   * @param {readonly Pending[]} all
   * @returns {Spot[]} the texts it settles
   */
  settleUpTo(stream, seq, all) {
    /** @type {Spot[]} */
    const settled = [];
    for (const pending of all) {
      if (pending.stream !== stream || pending.acked === null || pending.acked > seq) continue;
      this.#coming.delete(keyOf(stream, pending.acked));
      this.#forget(pending, new Touched());
      if (pending.spot && pending.isLaid) settled.push(pending.spot);
    }
    return settled;
  }

  /** @param {string} stream @param {Replica} replica @param {Entry} entry @param {Touched} touch */
  #applyOne(stream, replica, entry, touch) {
    if (entry.seq !== replica.seq + 1) throw new BadSplice();
    const key = keyOf(stream, entry.seq);
    const own = this.#coming.get(key) ?? [];
    this.#coming.delete(key);
    replica.apply(entry, own.find(({ spot }) => spot)?.spot ?? null, touch);
    for (const pending of own) {
      this.#forget(pending, touch);
      if (pending.spot) replica.settle(pending.spot, touch);
    }
  }
}

/** @param {string} stream @param {number} seq */
function keyOf(stream, seq) {
  return `${stream} ${seq}`;
}
