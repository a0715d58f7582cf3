/**
 * Which items this person has selected, and which one has the board's single tab stop. Knows no DOM.
 */

export class Selection extends EventTarget {
  /** @type {Set<string>} */
  #ids = new Set();
  /** @type {string | null} */
  #current = null;

  /** Selected ids, in the order they were chosen. */
  get ids() {
    return [...this.#ids];
  }

  get size() {
    return this.#ids.size;
  }

  /** The item that arrow keys start from, selected or not. */
  get current() {
    return this.#current;
  }

  /** The one selected item, when there is exactly one. */
  get only() {
    return this.#ids.size === 1 ? this.ids[0] : null;
  }

  /** @param {string} id */
  has(id) {
    return this.#ids.has(id);
  }

  /** Select just these. @param {Iterable<string>} ids @param {string | null} [current] */
  set(ids, current) {
    const next = new Set(ids);
    const last = [...next].at(-1) ?? null;
    this.#become(next, current === undefined ? (last ?? this.#current) : current);
  }

  /** Add to the selection, or take out. @param {string} id */
  toggle(id) {
    const next = new Set(this.#ids);
    if (!next.delete(id)) next.add(id);
    this.#become(next, id);
  }

  /** @param {Iterable<string>} ids */
  add(ids) {
    const more = [...ids];
    this.#become(new Set([...this.#ids, ...more]), more.at(-1) ?? this.#current);
  }

  clear() {
    this.#become(new Set(), this.#current);
  }

  /** Move the tab stop without selecting. @param {string | null} id */
  focus(id) {
    this.#become(this.#ids, id);
  }

  /**
   * Forget what is gone. The tab stop goes to `heir`, so that the keyboard never loses its place.
   * @param {(id: string) => boolean} exists
   * @param {string | null} heir
   */
  prune(exists, heir) {
    const next = new Set(this.ids.filter(exists));
    const current = this.#current && !exists(this.#current) ? heir : this.#current;
    if (next.size !== this.#ids.size || current !== this.#current) this.#become(next, current);
  }

  /** @param {Set<string>} ids @param {string | null} current */
  #become(ids, current) {
    const same = ids.size === this.#ids.size && [...ids].every((id) => this.#ids.has(id));
    if (same && current === this.#current) return;
    this.#ids = ids;
    this.#current = current;
    this.dispatchEvent(new Event("change"));
  }
}
