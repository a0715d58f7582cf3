/**
 * What is said aloud (design 15). Polite words about others are gathered over 5 s; words about what I just did are said
 * at once, politely; assertive only what the room or my own error demands. Levels: all, important, off.
 */
import { Happenings, gather, tell } from "./happenings.js";

const GATHER_MS = 5000;
const AT_ONCE_MS = 50;
const LOG_LENGTH = 60;
export const LEVELS = /** @type {const} */ (["all", "important", "off"]);
/** @typedef {typeof LEVELS[number]} Level */

export class Announcer extends EventTarget {
  /** @type {import("./happenings.js").Happening[]} */
  #waiting = [];
  #timer = 0;
  #happenings = new Happenings();
  /** @type {{at: number, words: string}[]} newest first */
  log = [];
  /** @type {Level} */
  #level = "all";

  /**
   * @param {{
   *   polite: {textContent: string | null}, assertive: {textContent: string | null}, names: import("./happenings.js").Names,
   *   me: string, now?: () => number, later?: (act: () => void, ms: number) => number, level?: Level,
   * }} parts
   */
  constructor({ polite, assertive, names, me, now = Date.now, later = (act, ms) => window.setTimeout(act, ms), level = "all" }) {
    super();
    this.polite = polite;
    this.assertive = assertive;
    this.names = names;
    this.me = me;
    this.now = now;
    this.later = later;
    this.#level = level;
  }

  get level() {
    return this.#level;
  }

  /** @param {Level} level */
  set level(level) {
    this.#level = level;
    if (level !== "all") this.#waiting = [];
    this.dispatchEvent(new Event("level"));
    this.dispatchEvent(new Event("log"));
  }

  /** What this person just did, or asked to know. @param {string} words */
  say(words) {
    if (this.#level !== "off") put(this.polite, words);
  }

  /** What cannot wait: my own error, a lock, a message of the facilitator. @param {string} words */
  alert(words) {
    const at = this.now();
    // Two at once, a step and its lock, are both heard: the second does not take the place of the first.
    const both = at - this.#alerted.at < AT_ONCE_MS && this.#alerted.words !== words ? joined(this.#alerted.words, words) : words;
    this.#alerted = { at, words: both };
    put(this.assertive, both);
    this.#note(words, at);
  }

  #alerted = { at: -Infinity, words: "" };

  /** @param {Iterable<{id: string, kind: string}>} items */
  start(items) {
    this.#happenings.start(items);
  }

  /** Entries as they came true, my own too. @param {readonly import("./changes.js").Entry[]} entries */
  heard(entries) {
    for (const entry of entries) {
      const found = this.#happenings.read(entry);
      // What everyone reveals at once is told by silence.js, in one sentence.
      if (entry.by === this.me || isReveal(entry)) continue;
      for (const h of found) this.#note(tell(h, this.names), entry.at, h.what === "edit" ? h.ids[0] : "");
      if (this.#level === "all") this.#waiting.push(...found);
    }
    if (this.#waiting.length && !this.#timer) this.#timer = this.later(() => this.#flush(), GATHER_MS);
  }

  #flush() {
    this.#timer = 0;
    const words = gather(this.#waiting, this.names);
    this.#waiting = [];
    if (this.#level === "all" && words.length) put(this.polite, words.join(". "));
  }

  #lastEdit = "";

  /** @param {string} words @param {number} at @param {string} [edit] typing makes one line of the log, not twenty */
  #note(words, at, edit = "") {
    if (edit && edit === this.#lastEdit) this.log[0] = { at, words };
    else this.log.unshift({ at, words });
    this.#lastEdit = edit;
    this.log.length = Math.min(this.log.length, LOG_LENGTH);
    this.dispatchEvent(new Event("log"));
  }
}

/** As two sentences. @param {string} first @param {string} second */
function joined(first, second) {
  return `${first}${/[.!?…]$/.test(first) ? "" : "."} ${second}`;
}

/** @param {import("./changes.js").Entry} entry */
function isReveal({ changes }) {
  return changes.some((change) => "stream" in change && change.stream.fields?.revealed !== undefined);
}

/** The same words twice must be heard twice. @param {{textContent: string | null}} node @param {string} words */
function put(node, words) {
  node.textContent = node.textContent === words ? `${words}\u00a0` : words;
}
