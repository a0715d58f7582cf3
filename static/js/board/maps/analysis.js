/**
 * What the map says of itself, worked out beside the typing: the search for loops runs in turns of a few milliseconds and
 * begins anew when the map changes. What is read while it runs is what was found last.
 *
 * @typedef {import("./loops.js").Loops} Loops
 */
import { leverCandidates, measures, searched } from "./loops.js";

/** A turn may take so long (ms) before others have theirs. */
const TURN_MS = 6;
/** People who draw change many things at once: wait until they pause. */
const PAUSE_MS = 120;

export class Analysis extends EventTarget {
  /** @type {Loops} */
  loops = { listed: [], more: false };
  /** @type {ReturnType<typeof measures>} */
  measures = new Map();
  /** @type {string[]} */
  levers = [];
  #key = "";
  #timer = 0;

  /** @param {import("../model.js").Model} model */
  constructor(model) {
    super();
    this.model = model;
  }

  /** The map may be another one: look, unless nothing that counts has changed. */
  look() {
    const { factors, causes } = this;
    const key = JSON.stringify([factors.map((f) => [f.id, f.role, f.controllable]), causes.map((l) => [l.id, l.from, l.to, l.polarity, l.delay])]);
    if (key === this.#key) return;
    this.#key = key;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#begin(factors, causes), this.loops.listed.length ? PAUSE_MS : 0);
  }

  get factors() {
    return this.model.factors;
  }

  /** In the order they were drawn, so that loops keep their names. */
  get causes() {
    return [...this.model.causes].sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1));
  }

  /** @param {readonly import("../model.js").Item[]} factors @param {readonly import("../model.js").Item[]} causes */
  #begin(factors, causes) {
    const links = /** @type {import("./loops.js").Link[]} */ (/** @type {unknown} */ (causes));
    const search = searched(factors, links);
    const turn = () => {
      const until = performance.now() + TURN_MS;
      for (;;) {
        const { done, value } = search.next();
        if (done) return this.#found(/** @type {Loops} */ (value), factors, links);
        if (performance.now() > until) break;
      }
      this.#timer = window.setTimeout(turn, 0);
    };
    turn();
  }

  /** @param {Loops} loops @param {readonly import("../model.js").Item[]} factors @param {readonly import("./loops.js").Link[]} links */
  #found(loops, factors, links) {
    this.loops = loops;
    this.measures = measures(factors, links);
    this.levers = leverCandidates(factors, links);
    this.dispatchEvent(new Event("change"));
  }
}
