/**
 * What people do to a system map, said once for pointer, keys, menus, list and phone. Each act is one op and one undo,
 * and says in words what it did.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../ops_maps.js").MapFields} MapFields
 */
import { newId } from "../../lib/ids.js";
import { t } from "../../lib/words.js";
import { MOST_AT_ONCE } from "../acts.js";
import { all, deleteItem, inMessages, moveItem } from "../ops.js";
import { createCausalLink, createFactor, editItem } from "../ops_maps.js";
import { called, delayName, linkSays, polarityName, strengthName } from "./words.js";

/** @type {Record<string, string>} what the sign becomes by its key */
const NEXT_SIGN = { "+": "-", "-": "mixed", mixed: "unknown", unknown: "+" };
/** @type {Record<string, string | null>} */
const NEXT_DELAY = { none: "months", months: "years", years: null };

export class MapActs {
  /** @param {import("../model.js").Model} model @param {(words: string) => void} say */
  constructor(model, say) {
    this.model = model;
    this.say = say;
  }

  /** @param {string} label @param {{x: number, y: number}} place @param {string | undefined} lang */
  addFactor(label, place, lang) {
    const id = newId();
    this.#ask([createFactor({ id, label, lang, ...place }, this.#author)]);
    this.say(t("“{label}” is on the map", { label }));
    return id;
  }

  /** @param {string[]} labels @param {{x: number, y: number}[]} places @param {string | undefined} lang @returns {string[]} */
  addFactors(labels, places, lang) {
    const ids = labels.map(() => newId());
    this.#ask(labels.map((label, i) => createFactor({ id: ids[i], label, lang, ...places[i] }, this.#author)));
    return ids;
  }

  /** One link leads from one factor to another: where it is there already, it gets this sign. @param {string} from @param {string} to @param {string} polarity @returns {string | null} */
  link(from, to, polarity) {
    if (from === to) {
      this.say(t("A factor cannot be linked to itself. What lies between?"));
      return null;
    }
    const there = this.between(from, to);
    const id = there?.id ?? newId();
    if (!there) this.#ask([createCausalLink({ id, from, to, polarity }, this.#author)]);
    else if (there.polarity !== polarity) this.#ask([editItem(id, { polarity })]);
    this.say(linkSays({ ...there, id, kind: "causal_link", from, to, polarity }, (one) => this.model.item(one)));
    return id;
  }

  /** @param {string} from @param {string} to */
  between(from, to) {
    return this.model.causes.find((link) => link.from === from && link.to === to);
  }

  /** @param {string} id @param {MapFields} fields */
  edit(id, fields) {
    this.#ask([editItem(id, fields)]);
  }

  /** @param {Item} link */
  turnSign(link) {
    const polarity = NEXT_SIGN[link.polarity] ?? "+";
    this.edit(link.id, { polarity });
    this.say(polarityName(polarity));
  }

  /** @param {Item} link */
  turnDelay(link) {
    const delay = NEXT_DELAY[link.delay ?? "none"] ?? null;
    this.edit(link.id, { delay });
    this.say(delayName(delay ?? "none"));
  }

  /** @param {Item} link */
  turnStrength(link) {
    const strength = ((link.strength ?? 2) % 3) + 1;
    this.edit(link.id, { strength });
    this.say(strengthName(strength));
  }

  /** @param {Item} factor */
  pin(factor) {
    this.edit(factor.id, { pinned: factor.pinned ? null : true });
    this.say(factor.pinned ? t("“{label}” may be moved again by an arrangement", { label: called(factor) }) : t("“{label}” stays where it is", { label: called(factor) }));
  }

  /** To new places at once: one act, one undo. @param {Map<string, {x: number, y: number}>} places in hundredths of a pixel @param {string} words */
  arrange(places, words) {
    const moves = [...places].flatMap(([id, place]) => {
      const item = this.model.item(id);
      return item && (item.x !== place.x || item.y !== place.y) && this.model.may("move", item) ? [moveItem({ id, ...place }, item)] : [];
    });
    if (moves.length > MOST_AT_ONCE) return this.say(t("At most {n} things can be moved at once.", { n: MOST_AT_ONCE }));
    this.#ask(moves);
    this.say(words);
  }

  /**
   * A map from elsewhere in one act: what has a name that is here already is that factor, and is left as it is. Null when
   * it is more than one act can hold.
   * @param {{label: string, fields: MapFields, x: number, y: number}[]} factors
   * @param {{from: number, to: number, polarity: string, fields: MapFields}[]} links by the place of their ends in `factors`
   * @returns {{n: number, added: number, linked: number} | null}
   */
  bringIn(factors, links) {
    const known = new Map(this.model.factors.map((one) => [String(one.label ?? "").toLowerCase(), one.id]));
    const ids = factors.map(({ label }) => known.get(label.toLowerCase()) ?? newId());
    const added = factors.flatMap((one, i) => (known.has(one.label.toLowerCase()) ? [] : [createFactor({ id: ids[i], ...one }, this.#author)]));
    const linked = links.flatMap(({ from, to, ...rest }) => (this.between(ids[from], ids[to]) ? [] : [createCausalLink({ id: newId(), from: ids[from], to: ids[to], ...rest }, this.#author)]));
    const asked = [...added, ...linked];
    if (asked.length > MOST_AT_ONCE || (asked.length && inMessages(all(asked).op)?.length !== 1)) return null;
    return { n: this.#ask(asked), added: added.length, linked: linked.length };
  }

  /** @param {string} id */
  remove(id) {
    const view = this.model.sync.view(this.model.who.board);
    return this.#ask([deleteItem(id, view)]);
  }

  get #author() {
    return { me: this.model.me, now: Date.now() };
  }

  /** @param {import("../ops.js").Asked[]} asked */
  #ask(asked) {
    return asked.length ? this.model.sync.ask(this.model.who.board, all(asked)) : 0;
  }
}
