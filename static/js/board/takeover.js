// Another page may take this one's queue over while this one sleeps, and sends what was kept in it
// (queue.js). Then this page begins anew under another name. Words that came after the lease had
// run out may be in no queue that anybody looks into: they are given back to the person.

import { madeBy } from "./pending.js";
import { Touched } from "./replica.js";
import { Withdrawals } from "./withdrawals.js";

/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./follows.js").Follows} Follows */
/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {import("./undo.js").Undo} Undo */
/** @typedef {{stream: string, n: number, op: null, code: "unavailable", data: {id?: string}, text: string}} GivenBack `id`: what the words were written in */

export class Takeover {
  #parts;
  #withdrawals;
  #show;
  /** Until when the queue was certainly ours (ms). A page that never asked for a lease keeps its queue. */
  #until = Infinity;

  /**
   * @param {{outbox: Outbox, follows: Follows, texts: Texts, undo: Undo}} parts
   * @param {(stream: string, touch: Touched) => void} show
   */
  constructor(parts, show) {
    this.#parts = parts;
    this.#withdrawals = new Withdrawals(parts);
    this.#show = show;
  }

  /** @param {number} until */
  held(until) {
    this.#until = until;
  }

  /** Begins anew as `client`. @param {string} client @returns {GivenBack[]} what came too late to be kept */
  happened(client) {
    const { outbox, follows, texts, undo } = this.#parts;
    const late = this.#late();
    const left = outbox.all.filter(({ isLaid }) => isLaid);
    outbox.beginAnew(client);
    texts.beginAnew();
    undo.clear();
    for (const [stream, { replica }] of follows.all) {
      const touch = new Touched();
      for (const pending of left) if (pending.stream === stream) replica.lift(pending.expected, touch);
      for (const [spot] of [...replica.writings()]) texts.abandon(stream, spot, touch);
      this.#show(stream, touch);
    }
    return late;
  }

  #late() {
    /** @type {GivenBack[]} */
    const late = [];
    /** @type {Set<string | null>} */
    const made = new Set();
    const give = (/** @type {string} */ stream, /** @type {string} */ text, /** @type {string | null} */ id = null) => {
      if (text) late.push({ stream, n: 0, op: null, code: "unavailable", data: id === null ? {} : { id }, text });
    };
    for (const pending of this.#parts.outbox.all) {
      if (pending.spot || pending.acked !== null || pending.keptAt < this.#until) continue;
      give(pending.stream, this.#withdrawals.wordsOf(pending));
      for (const id of madeBy(pending)) made.add(id);
    }
    for (const { stream, spot, text } of this.#parts.texts.typedSince(this.#until)) {
      if (!made.has(spot.id)) give(stream, text, spot.id);
    }
    return late;
  }
}
