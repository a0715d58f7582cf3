// The tables from afar, for those who lead: their outlines, asked for every two seconds while they are looked at.

/**
 * @typedef {{notes: number, activity: number[], last?: number, call?: string,
 *   zones?: number[][], marks?: [number, number, number][]}} Outline
 */

const EVERY_MS = 2_000;

export class Outlines {
  /** By board. @type {Map<string, Outline>} */
  known = new Map();
  #seating = "";
  #version = 0;
  #timer = 0;

  /** @param {string} url the seating's id goes to its end @param {() => void} changed */
  constructor(url, changed) {
    this.url = url;
    this.changed = changed;
  }

  /** @param {string} seating nothing: nobody looks any more */
  watch(seating) {
    if (seating === this.#seating) return;
    this.#seating = seating;
    this.#version = 0;
    clearTimeout(this.#timer);
    if (seating) void this.#look(seating);
  }

  /** @param {string} seating */
  async #look(seating) {
    try {
      const answer = await fetch(`${this.url}${seating}?after=${this.#version}`, { credentials: "same-origin" });
      if (answer.ok && seating === this.#seating) this.#take(await answer.json());
    } catch {
      // The next look tells.
    }
    if (seating === this.#seating) this.#timer = window.setTimeout(() => void this.#look(seating), EVERY_MS);
  }

  /** @param {{version: number, boards: Record<string, Outline>}} told */
  #take({ version, boards }) {
    const news = Object.entries(boards ?? {});
    // A server that began anew counts from the beginning.
    this.#version = version ?? 0;
    for (const [board, outline] of news) this.known.set(board, outline);
    this.changed();
  }
}
