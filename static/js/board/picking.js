/** Waiting for a second item: the next one that is pressed, or chosen with Enter, is connected to the first. */
import { t } from "../lib/words.js";

export class Picking extends EventTarget {
  /** @type {string | null} */
  #from = null;

  /** @param {{connect: (from: string, to: string) => void, say: (words: string) => void}} parts */
  constructor(parts) {
    super();
    this.parts = parts;
  }

  get from() {
    return this.#from;
  }

  get words() {
    return this.#from ? t("Choose what to connect to. Esc stops.") : "";
  }

  /** @param {string} id */
  start(id) {
    this.#become(id);
    this.parts.say(this.words);
  }

  /** @param {string} id @returns {boolean} whether somebody was waiting */
  pick(id) {
    const from = this.#from;
    if (!from) return false;
    this.#become(null);
    if (from !== id) this.parts.connect(from, id);
    return true;
  }

  stop() {
    if (!this.#from) return false;
    this.#become(null);
    return true;
  }

  /** @param {string | null} id */
  #become(id) {
    this.#from = id;
    this.dispatchEvent(new Event("change"));
  }
}
