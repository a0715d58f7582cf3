/** Who waits at the door, for those who lead: a line over the board with what to do, and the list of all who wait. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { admitPeople, turnAway } from "../ops_steps.js";

/** @typedef {import("../model.js").Item} Item */
/**
 * @typedef {{
 *   main: HTMLElement, model: import("../model.js").Model, desk: string, popover: import("./popover.js").Popover,
 *   alert: (words: string) => void, sized: () => void,
 * }} Parts
 */

export class Door {
  #box = document.createElement("div");
  #count = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.#box.className = "banner";
    this.#box.id = "door-notice";
    parts.main.querySelector("#said")?.prepend(this.#box);
  }

  /** Those who wait, who came first first. @returns {Item[]} */
  get waiting() {
    const { model, desk } = this.parts;
    if (!model.leads) return [];
    const items = /** @type {Iterable<Item>} */ (model.sync.view(desk).items.values());
    const found = [...items].filter((item) => item.kind === "knock" && !item.refused && !model.workshop.items.has(item.id));
    return found.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  draw() {
    const { waiting } = this;
    const { popover, alert, sized } = this.parts;
    const anchor = this.#anchor;
    if (anchor && popover.isFor(anchor)) {
      if (waiting.length > 1) popover.show(this.#list(waiting));
      else popover.close();
    }
    render(waiting.length ? this.#notice(waiting) : nothing, this.#box);
    // The first one is said; a crowd that comes all at once must not be said one by one.
    if (waiting.length && !this.#count) alert(this.#words(waiting));
    if (Boolean(waiting.length) !== Boolean(this.#count)) sized();
    this.#count = waiting.length;
  }

  /** @returns {HTMLElement | null} */
  get #anchor() {
    return this.#box.querySelector("[aria-haspopup]");
  }

  /** @param {Item[]} waiting */
  #words(waiting) {
    if (waiting.length > 1) return tn("{n} person is at the door", "{n} people are at the door", waiting.length);
    const [one] = waiting;
    const city = this.#city(one);
    return city ? t("{name} from {city} is at the door", { name: one.name, city }) : t("{name} is at the door", { name: one.name });
  }

  /** @param {Item[]} waiting */
  #notice(waiting) {
    const [one] = waiting;
    const many = waiting.length > 1;
    return html`<p class="notice notice--room notice--room-acts"><span dir="auto">${this.#words(waiting)}</span>
      ${many
        ? html`<button type="button" class="btn btn--s" aria-haspopup="true" aria-expanded="false" @click=${(/** @type {Event} */ e) => this.#open(/** @type {HTMLElement} */ (e.currentTarget))}>${t("See who")}</button><button type="button" class="btn btn--s" @click=${() => this.#admit(waiting)}>${t("Let everyone in")}</button>`
        : html`<button type="button" class="btn btn--s" @click=${() => this.#admit([one])}>${t("Let in")}</button><button type="button" class="btn btn--s" @click=${() => this.#turnAway(one)}>${t("Send away")}</button>`}</p>`;
  }

  /** @param {HTMLElement} anchor */
  #open(anchor) {
    this.parts.popover.open(anchor, this.#list(this.waiting), { label: t("At the door"), role: "dialog", className: "popover--door" });
  }

  /** @param {Item[]} waiting */
  #list(waiting) {
    return html`<div class="menu__head">${this.#words(waiting)}</div>
      <ul class="people">${waiting.map((one) => html`<li><span class="grow"><span dir="auto" lang=${one.lang ?? ""}>${one.name}</span><span class="people__s">${[this.#city(one), this.#role(one)].filter(Boolean).join(" · ")}</span></span>
        <button type="button" class="btn btn--s btn--room-soft" aria-label=${t("Let {name} in", { name: one.name })} @click=${() => this.#admit([one])}>${t("Let in")}</button>
        <button type="button" class="tool" aria-label=${t("Send {name} away", { name: one.name })} data-tip=${t("Send {name} away", { name: one.name })} @click=${() => this.#turnAway(one)}>${icon("x")}</button></li>`)}</ul>
      <div class="popover__foot"><button type="button" class="btn btn--primary" @click=${() => this.#admit(waiting)}>${t("Let everyone in")}</button></div>`;
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
