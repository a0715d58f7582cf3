/** Who is who in the workshop, what I may do with its records, and the languages people here speak. Reads, and no more. */
import { fold } from "../lib/fold.js";
import { t } from "../lib/words.js";
import { may, stepOf } from "../board/rights.js";

/** @typedef {import("../board/model.js").Item} Item */

export class Names {
  /**
   * @param {import("../board/sync.js").Sync} sync @param {{workshop: string, me: string, lang: string, languages: {tag: string, name: string}[]}} who
   */
  constructor(sync, who) {
    this.sync = sync;
    this.who = who;
  }

  get #workshop() {
    return /** @type {{fields: Record<string, any>, items: Map<string, Item>}} */ (this.sync.view(this.who.workshop));
  }

  /** @param {string} action @param {import("../board/rights.js").Whose} [whose] */
  may(action, whose = "shared") {
    const { fields, items } = this.#workshop;
    const role = items.get(this.who.me)?.role ?? "observer";
    return may(role, action, fields.stage ?? "open", whose, stepOf(fields));
  }

  /** @param {string | undefined} id */
  name(id) {
    return id === this.who.me ? t("You") : String(this.#workshop.items.get(id ?? "")?.name ?? t("Somebody"));
  }

  /** The paper of somebody's city. @param {string | undefined} id */
  paper(id) {
    const city = this.#workshop.items.get(id ?? "")?.city;
    return String(this.#workshop.items.get(city ?? "")?.colour ?? "stone");
  }

  /** @param {string | undefined} id */
  lang(id) {
    return this.#workshop.items.get(id ?? "")?.lang;
  }

  /** Is somebody here called like this? @param {string} name */
  isSomebodys(name) {
    const sought = fold(name.trim());
    return sought !== "" && [...this.#workshop.items.values()].some((i) => i.kind === "person" && !i.gone && fold(String(i.name).trim()) === sought);
  }

  /** The languages of the people here, each with the words by which a persona may say that it speaks it. */
  get languages() {
    /** @type {Map<string, {name: string, words: Set<string>}>} */
    const found = new Map();
    for (const person of this.#workshop.items.values()) {
      if (person.kind !== "person" || person.gone || !person.lang) continue;
      const base = String(person.lang).split("-")[0];
      if (!found.has(base)) found.set(base, this.#named(base));
    }
    return [...found.values()];
  }

  /** @param {string} base */
  #named(base) {
    const own = this.who.languages.filter((l) => l.tag.split("-")[0] === base).map((l) => l.name);
    const named = [this.who.lang, "en"].map((lang) => new Intl.DisplayNames([lang], { type: "language" }).of(base) ?? base);
    return { name: own[0] ?? named[0], words: new Set([...own, ...named, base].map(fold)) };
  }
}
