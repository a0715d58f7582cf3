/**
 * A board as it was, to everything on the page the sync engine: nothing can be asked of it, and it is moved from moment to
 * moment instead of being told. The workshop's people and cities are those of today; nobody leads here, and no step is on.
 */
import { Sync } from "../sync.js";

/** @typedef {import("../changes.js").Item} Item */
/** @typedef {import("../replica.js").View} View */

/** Of the workshop, for a page on which nothing is going on. */
const STAYS = ["title", "lang", "programme"];
const KINDS = new Set(["person", "city", "board"]);

export class Past extends Sync {
  #board;
  #workshop;
  /** @type {View} */
  #seen = { seq: 0, fields: {}, items: new Map() };
  /** @type {View | null} */
  #people = null;
  /** @type {Set<(event: any) => void>} */
  #listeners = new Set();

  /** @param {{me: string, board: string, workshop: string, fetchSnapshot: (stream: string) => Promise<any>}} parts */
  constructor({ me, board, workshop, fetchSnapshot }) {
    super({ me, fetchSnapshot });
    this.#board = board;
    this.#workshop = workshop;
    super.on("change", (event) => {
      if (event.stream === workshop) this.#people = null;
      this.#tellAll(event);
    });
  }

  /** To another moment. @param {import("../changes.js").State} state @param {number} index @param {boolean} first everything is drawn anew */
  go(state, index, first) {
    const before = this.#seen;
    this.#seen = { seq: index, fields: state.fields, items: state.items };
    const ids = first ? null : differing(before.items, state.items);
    const fields = before.fields !== state.fields;
    if (!ids || ids.size || fields) this.#tellAll({ stream: this.#board, ids, fields, texts: [], entries: null });
  }

  /** @param {string} stream @returns {View} */
  view(stream) {
    if (stream === this.#board) return this.#seen;
    if (stream !== this.#workshop) return super.view(stream);
    this.#people ??= this.#calm(super.view(stream));
    return this.#people;
  }

  /** The workshop as it really is, for the titles of steps. */
  get today() {
    return super.view(this.#workshop);
  }

  /** Nothing waits here, and nothing is away. @param {string} type @param {(event: any) => void} listener */
  on(type, listener) {
    if (type === "status") return () => {};
    if (type !== "change") return super.on(type, listener);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {string} stream */
  follow(stream) {
    if (stream !== this.#board && !stream.startsWith("desk:")) super.follow(stream);
  }

  ask() {
    return 0;
  }

  editText() {
    return null;
  }

  composing() {}

  /** @param {View} view @returns {View} */
  #calm({ seq, fields, items }) {
    const kept = Object.fromEntries(STAYS.filter((key) => key in fields).map((key) => [key, fields[key]]));
    const people = [...items].filter(([, item]) => KINDS.has(item.kind));
    return { seq, fields: { ...kept, stage: "open" }, items: new Map(people.map(([id, item]) => [id, id === this.me ? { ...item, role: "observer" } : item])) };
  }

  /** @param {any} event */
  #tellAll(event) {
    for (const listener of this.#listeners) listener(event);
  }
}

/** Items are replaced, never mutated: what is another object has changed. @param {Map<string, Item>} before @param {Map<string, Item>} after */
export function differing(before, after) {
  const ids = new Set();
  for (const [id, item] of after) if (before.get(id) !== item) ids.add(id);
  for (const id of before.keys()) if (!after.has(id)) ids.add(id);
  return ids;
}
