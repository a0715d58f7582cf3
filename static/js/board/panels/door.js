/** Who waits at the door, in the cockpit of those who lead: each by name, city and role, with what to do. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { admitPeople, turnAway } from "../ops_steps.js";

/** @typedef {import("../model.js").Item} Item */
/**
 * @typedef {{
 *   model: import("../model.js").Model, desk: string, alert: (words: string) => void,
 *   changed: () => void, offer: (words: string, label: string, act: () => void) => void, isSeen: () => boolean, show: () => void,
 * }} Parts
 */

export class Door {
  #count = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** Those who wait, who came first first. @returns {Item[]} */
  get waiting() {
    const { model, desk } = this.parts;
    if (!model.leads) return [];
    const items = /** @type {Iterable<Item>} */ (model.sync.view(desk).items.values());
    const found = [...items].filter((item) => item.kind === "knock" && !item.refused && !model.workshop.items.has(item.id));
    return found.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  /** Somebody has come, or was let in: the first one is said; a crowd that comes all at once must not be said one by one. */
  look() {
    const { waiting } = this;
    const { alert, changed, offer, isSeen, show } = this.parts;
    if (waiting.length && !this.#count) {
      alert(this.#words(waiting));
      if (!isSeen()) offer(this.#words(waiting), t("See who"), show);
    }
    if (waiting.length !== this.#count) changed();
    this.#count = waiting.length;
  }

  /** @param {Item[]} waiting */
  #words(waiting) {
    if (waiting.length > 1) return tn("{n} person is at the door", "{n} people are at the door", waiting.length);
    const [one] = waiting;
    const city = this.#city(one);
    return city ? t("{name} from {city} is at the door", { name: one.name, city }) : t("{name} is at the door", { name: one.name });
  }

  /** What stands in the cockpit. */
  section() {
    const { waiting } = this;
    if (!waiting.length) return nothing;
    return html`<section class="cockpit__sec door" aria-label=${t("At the door")}><h3 class="cockpit__h">${this.#words(waiting)}</h3>
      <ul class="door__list">${waiting.map((one) => html`<li class="door__one"><span class="grow"><b dir="auto" lang=${one.lang ?? ""}>${one.name}</b><span class="small">${[this.#city(one), this.#role(one)].filter(Boolean).join(" · ")}</span></span>
        <button type="button" class="btn btn--s" aria-label=${`${t("Let in")}: ${one.name}`} @click=${() => this.#admit([one])}>${t("Let in")}</button>
        <button type="button" class="btn btn--icon btn--quiet" aria-label=${t("Send {name} away", { name: one.name })} data-tip=${t("Send {name} away", { name: one.name })} @click=${() => this.#turnAway(one)}>${icon("x")}</button></li>`)}</ul>
      ${waiting.length > 1 ? html`<button type="button" class="btn btn--room door__all" @click=${() => this.#admit(waiting)}>${t("Let everyone in")}</button>` : nothing}</section>`;
  }

  /** @param {Item} one */
  #city(one) {
    return this.parts.model.workshop.items.get(one.city)?.name ?? "";
  }

  /** What their link would make of them, where that is not what everybody is. @param {Item} one */
  #role(one) {
    switch (one.role) {
      case "co-facilitator": return t("facilitator");
      case "host": return t("host");
      case "expert": return t("expert");
      case "observer": return t("observer");
      default: return "";
    }
  }

  /** @param {Item[]} people those who are seen: nobody is let in whom nobody has looked at */
  #admit(people) {
    this.#ask(admitPeople(people.map((one) => one.id)));
  }

  /** @param {Item} one */
  #turnAway(one) {
    this.#ask(turnAway([one.id]));
  }

  /** @param {import("../ops.js").Asked} asked */
  #ask(asked) {
    this.parts.model.sync.ask(this.parts.desk, asked);
  }
}
