/**
 * What this person is shown beneath notes: what they say in the reader's own language, while the reader wants that. It is
 * a choice of the reader, kept on this device, and changes nothing for anybody else.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./translations.js").Translation} Translation
 */
import { keep, kept } from "../lib/keep.js";
import { translationFor } from "./translations.js";

export class Reading {
  #on;
  /** Items are replaced, never changed. @type {WeakMap<Item, Translation | null>} */
  #known = new WeakMap();

  /** @param {string} lang that is read here */
  constructor(lang) {
    this.lang = lang;
    this.#on = kept("translations") === "1";
  }

  get isOn() {
    return this.#on;
  }

  /** @param {boolean} on */
  turn(on) {
    this.#on = on;
    keep("translations", on ? "1" : "0");
  }

  /** What stands beneath this note. @param {Item} item @returns {Translation | null} */
  beneath(item) {
    if (!this.#on || item.kind !== "note") return null;
    let said = this.#known.get(item);
    if (said === undefined) this.#known.set(item, (said = translationFor(/** @type {any} */ (item), this.lang)));
    return said;
  }

  /** Does something else stand beneath it now? @param {Item | undefined} was @param {Item | undefined} now */
  differs(was, now) {
    const [before, after] = [was, now].map((item) => (item ? this.beneath(item) : null));
    return before?.words !== after?.words || before?.byMachine !== after?.byMachine || before?.isOutdated !== after?.isOutdated;
  }
}
