/**
 * Waiting for a second item: the next one that is pressed, or chosen with Enter, is connected to the first, or put
 * together with it.
 *
 * @typedef {"connect" | "group" | "merge" | "more" | "less"} Purpose
 */
import { t } from "../lib/words.js";

export class Picking extends EventTarget {
  /** @type {{from: string, purpose: Purpose} | null} */
  #wait = null;

  /** @param {Record<Purpose, (from: string, to: string) => void> & {say: (words: string) => void, focus: (id: string) => void}} parts */
  constructor(parts) {
    super();
    this.parts = parts;
  }

  get from() {
    return this.#wait?.from ?? null;
  }

  get words() {
    switch (this.#wait?.purpose) {
      case "connect": return t("Choose what to connect to. Esc stops.");
      case "group": return t("Choose the note to group it with. Esc stops.");
      case "merge": return t("Choose the note that says the same. Esc stops.");
      case "more": return t("Choose what it makes more of. Esc stops.");
      case "less": return t("Choose what it makes less of. Esc stops.");
      default: return "";
    }
  }

  /** @param {string} from @param {Purpose} purpose */
  start(from, purpose) {
    this.#become({ from, purpose });
    // Whoever began it from a bar is on the board now: Esc stops it, arrows go to the second. A map still asks for the sign.
    if (purpose !== "more" && purpose !== "less") this.parts.focus(from);
    this.parts.say(this.words);
  }

  /** @param {string} id @returns {boolean} whether somebody was waiting */
  pick(id) {
    const wait = this.#wait;
    if (!wait) return false;
    this.#become(null);
    if (wait.from !== id) this.parts[wait.purpose](wait.from, id);
    return true;
  }

  stop() {
    if (!this.#wait) return false;
    this.#become(null);
    return true;
  }

  /** @param {{from: string, purpose: Purpose} | null} wait */
  #become(wait) {
    this.#wait = wait;
    this.dispatchEvent(new Event("change"));
  }
}
