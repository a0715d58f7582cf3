/**
 * What can be done to a factor or a link, by toolbar, menu and key: making links by choosing from a list or by pressing
 * the other factor, turning a sign, lighting what leads where.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { matches } from "../../lib/fold.js";
import { t } from "../../lib/words.js";
import { tool } from "../panels/bars.js";
import { called, delayName, namesOf, POLARITIES, polarityName, SIGNS, strengthName } from "./words.js";

export class MapMenus {
  #query = "";

  /**
   * @param {{
   *   model: import("../model.js").Model, acts: import("./acts.js").MapActs, lit: import("./light.js").Lit, popover: import("../panels/popover.js").Popover,
   *   picking: import("../picking.js").Picking, edit: (id: string) => void, form: (id: string) => void, more: (anchor: HTMLElement, id: string) => void,
   *   linked: (id: string) => void, back: (id: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.model;
  }

  /** Of one item that is selected. @param {Item} item */
  toolbar(item) {
    const { model } = this;
    const { edit, form, more } = this.parts;
    const may = model.may("edit_text", item);
    const rest = html`<button type="button" class="tool" aria-haspopup="true" aria-label=${t("More")} data-tip=${t("More")} @click=${press((a) => more(a, item.id))}>${icon("more")}</button>`;
    if (item.kind === "factor") {
      return html`${model.may("connect", item) ? html`<button type="button" class="tool tool--label tool--more" data-link aria-haspopup="true" @click=${press((a) => this.linkTo(a, item.id, "+"))}>${icon("plus")}${t("Makes more")}</button>
        <button type="button" class="tool tool--label tool--less" aria-haspopup="true" @click=${press((a) => this.linkTo(a, item.id, "-"))}>${icon("minus")}${t("Makes less")}</button>` : nothing}
        ${may ? tool("edit", t("Edit"), () => edit(item.id)) : nothing}${rest}`;
    }
    return html`${may ? html`<span class="seg seg--signs" role="group" aria-label=${t("Sign of the link")}>${POLARITIES.map((sign) => html`<button type="button" aria-pressed=${item.polarity === sign} aria-label=${polarityName(sign)} data-tip=${polarityName(sign)} @click=${() => this.parts.acts.edit(item.id, { polarity: sign })}>${SIGNS[sign]}</button>`)}</span>
        <button type="button" class="tool tool--label" aria-label=${t("Delay: {delay}", { delay: delayName(item.delay) })} @click=${() => this.parts.acts.turnDelay(item)}>${icon("clock")}${delayName(item.delay)}</button>
        <button type="button" class="tool tool--label" aria-label=${t("Strength: {strength}", { strength: strengthName(item.strength ?? 2) })} @click=${() => this.parts.acts.turnStrength(item)}>${icon("sliders")}${strengthName(item.strength ?? 2)}</button>
        ${tool("edit", t("Edit"), () => form(item.id))}` : nothing}${rest}`;
  }

  /** Rows of the menu of one item, before those that every item has. @param {Item} item @param {HTMLElement} anchor @param {(icon: string, label: string, key: string, act: () => void) => unknown} row */
  rows(item, anchor, row) {
    const { model } = this;
    const { acts, lit, form } = this.parts;
    const { id } = item;
    const may = model.may("edit_text", item);
    if (item.kind === "causal_link") {
      return html`${may ? html`${row("shuffle", t("Turn the sign"), "S", () => acts.turnSign(item))}${row("clock", t("Change the delay"), "D", () => acts.turnDelay(item))}${row("sliders", t("Change the strength"), "T", () => acts.turnStrength(item))}` : nothing}
        ${row("edit", may ? t("Everything about this link") : t("Read what is said of this link"), "", () => form(id))}`;
    }
    return html`${model.may("connect", item) ? row("link", t("Link to…"), "C", () => this.linkTo(anchor, id, "+")) : nothing}
      ${row("edit", may ? t("Everything about this factor") : t("Read what is said of this factor"), "", () => form(id))}
      ${row("arrow", t("Show what it moves"), "D", () => lit.show({ kind: "down", id, steps: Infinity }))}
      ${row("back", t("Show what moves it"), "U", () => lit.show({ kind: "up", id, steps: Infinity }))}
      ${row("system", t("Show its neighbours, three links on"), "", () => lit.show({ kind: "down", id, steps: 3 }))}
      ${may ? row("pin", item.pinned ? t("Let it be moved by arrangements") : t("Keep it where it is"), "P", () => acts.pin(item)) : nothing}`;
  }

  /** What a key does to the item that has the focus; whether it does. @param {string} what @param {string | null} id */
  key(what, id) {
    const { acts, lit } = this.parts;
    if (what === "loop") return done(lit.step(1));
    const item = id ? this.model.item(id) : undefined;
    if (!item || !["factor", "causal_link"].includes(item.kind)) return false;
    const may = this.model.may("edit_text", item);
    if (item.kind === "factor") {
      if (what === "delay") return done(lit.show({ kind: "down", id: item.id, steps: Infinity }));
      if (what === "upstream") return done(lit.show({ kind: "up", id: item.id, steps: Infinity }));
      return what === "pin" && may && done(acts.pin(item));
    }
    switch (may && what) {
      case "sign": return done(acts.turnSign(item));
      case "delay": return done(acts.turnDelay(item));
      case "strength": return done(acts.turnStrength(item));
      default: return false;
    }
  }

  /** Choose from the list what it leads to; or press it on the map meanwhile. @param {HTMLElement} anchor @param {string} from @param {string} sign */
  linkTo(anchor, from, sign) {
    const { popover, picking } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    this.#query = "";
    picking.start(from, sign === "-" ? "less" : "more");
    const draw = () => this.#choices(from, sign, (next) => { sign = next; picking.start(from, sign === "-" ? "less" : "more"); popover.show(draw()); }, () => popover.show(draw()));
    popover.open(anchor, draw(), { label: t("Link to…"), role: "dialog", className: "popover--link", focus: "input" });
  }

  /** @param {string} from @param {string} sign @param {(sign: string) => void} turn @param {() => void} again */
  #choices(from, sign, turn, again) {
    const { acts, picking, popover, linked } = this.parts;
    const others = this.model.factors.filter((one) => one.id !== from && (!this.#query || matches(one.label ?? "", this.#query)));
    const choose = (/** @type {string} */ to) => {
      picking.stop();
      popover.close(false);
      const id = acts.link(from, to, sign);
      if (id) linked(id);
    };
    const typed = (/** @type {Event} */ e) => { this.#query = /** @type {HTMLInputElement} */ (e.target).value; again(); };
    const enter = (/** @type {KeyboardEvent} */ e) => {
      if (e.key !== "Enter" || !others.length) return;
      e.preventDefault();
      choose(others[0].id);
    };
    const escape = (/** @type {KeyboardEvent} */ e) => e.key === "Escape" && picking.stop();
    return html`<div class="linkto" @keydown=${escape}><div class="menu__head">${t("More “{from}”", { from: called(this.model.item(from)) })}</div>
      <div class="seg seg--signs" role="group" aria-label=${t("Sign of the link")}>${POLARITIES.filter((one) => one !== "mixed").map((one) => html`<button type="button" aria-pressed=${one === sign} @click=${() => turn(one)}><span aria-hidden="true">${SIGNS[one]}</span> ${polarityName(one)}</button>`)}</div>
      <input class="input linkto__find" type="search" placeholder=${t("Find a factor")} aria-label=${t("Find a factor")} .value=${this.#query} @input=${typed} @keydown=${enter}>
      <div class="linkto__all">${others.map((one) => html`<button type="button" class="menu__item" @click=${() => choose(one.id)}><span class="grow" dir="auto">${namesOf(one.label ?? "")[0]}${namesOf(one.label ?? "")[1] ? html`<br><span class="tiny muted">${namesOf(one.label ?? "")[1]}</span>` : nothing}</span>${acts.between(from, one.id) ? html`<span class="tiny muted">${t("linked already")}</span>` : nothing}</button>`)}
      ${others.length ? nothing : html`<p class="small muted menu__head">${t("No factor is called that.")}</p>`}</div>
      <p class="tiny muted menu__head">${t("Or press the factor on the map.")}</p></div>`;
  }
}

/** @param {(anchor: HTMLElement) => void} act @returns {(event: Event) => void} */
function press(act) {
  return (event) => act(/** @type {HTMLElement} */ (event.currentTarget));
}

/** @param {unknown} _nothing */
function done(_nothing) {
  return true;
}
