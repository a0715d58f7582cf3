// Who else is here and what they are about (protocol 8): told and forgotten. No DOM: the surface
// asks for `people` and listens for changes.

/** @typedef {import("./sync.js").Sync} Sync */
/** @typedef {import("./sync.js").Message} Message */
/**
 * @typedef {object} Shown
 * @property {readonly [number, number] | null} [cursor] in 1/100 px of the board
 * @property {readonly string[] | null} [selection]
 * @property {{id: string | null, field: string} | null} [writing]
 * @property {{ids: readonly string[], x: number, y: number} | null} [drag]
 * @property {import("./viewpoint.js").View | null} [view]
 * @property {{reaction: string, n: number} | null} [cheer]
 * @property {number | null} [leads] of a workshop, as the two below: since when they lead the view of all
 * @property {string | null} [at] the board they are on
 * @property {string | null} [follows] whose view they follow
 */

/** At most ten messages a second go out (P8.1). */
const LEAST_GAP_MS = 100;

export class Presence {
  #sync;
  #stream;
  #now;
  #later;
  /** @type {Shown} all that I show */
  #mine = {};
  /** @type {Shown} what of it has not been told */
  #untold = {};
  #toldAt = -Infinity;
  #isWaiting = false;
  /** @type {Set<(changed: ReadonlySet<string>) => void>} */
  #listeners = new Set();
  /** @type {Map<string, Shown>} the others by person; never me */
  people = new Map();
  /** How many people are here, me included. */
  here = 0;

  /**
   * @param {Sync} sync
   * @param {string} stream
   * @param {{now?: () => number, later?: (act: () => void, ms: number) => unknown}} [options]
   */
  constructor(sync, stream, { now = Date.now, later = (act, ms) => setTimeout(act, ms) } = {}) {
    this.#sync = sync;
    this.#stream = stream;
    this.#now = now;
    this.#later = later;
    sync.on("presence", (/** @type {Message} */ message) => this.#receive(message));
    sync.on("status", ({ online }) => this.#line(online));
  }

  /** @param {(changed: ReadonlySet<string>) => void} listener hears whose presence changed */
  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What I am about now; what is left out stays as it was. @param {Shown} shown */
  show(shown) {
    for (const [key, value] of Object.entries(shown)) {
      const known = /** @type {Record<string, unknown>} */ (this.#mine)[key] ?? null;
      if (JSON.stringify(known) === JSON.stringify(value ?? null)) continue;
      this.#mine = { ...this.#mine, [key]: value };
      this.#untold = { ...this.#untold, [key]: value };
    }
    this.#tell();
  }

  #tell() {
    if (this.#isWaiting || !Object.keys(this.#untold).length) return;
    const wait = this.#toldAt + LEAST_GAP_MS - this.#now();
    if (wait > 0) {
      this.#isWaiting = true;
      this.#later(() => {
        this.#isWaiting = false;
        this.#tell();
      }, wait);
      return;
    }
    if (!this.#sync.show(this.#stream, this.#untold)) return;
    this.#toldAt = this.#now();
    this.#untold = {};
  }

  #isOnline = false;

  /** A status is told for other reasons, too; only a change of the line matters here. @param {boolean} online */
  #line(online) {
    if (online === this.#isOnline) return;
    this.#isOnline = online;
    if (online) this.#again();
    else this.#clear();
  }

  /** The server has forgotten me with the old socket. */
  #again() {
    this.#untold = Object.fromEntries(Object.entries(this.#mine).filter(([, value]) => value !== null));
    this.#tell();
  }

  #clear() {
    const gone = new Set(this.people.keys());
    this.people.clear();
    this.here = 0;
    this.#changed(gone);
  }

  /** @param {Message} message */
  #receive({ stream, here, people }) {
    if (stream !== this.#stream) return;
    this.here = here;
    const changed = new Set();
    for (const [person, shown] of Object.entries(/** @type {Record<string, Shown | null>} */ (people))) {
      if (person === this.#sync.me) continue;
      if (shown) this.people.set(person, shown);
      else this.people.delete(person);
      changed.add(person);
    }
    this.#changed(changed);
  }

  /** @param {ReadonlySet<string>} changed */
  #changed(changed) {
    for (const listener of this.#listeners) listener(changed);
  }
}
