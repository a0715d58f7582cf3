/**
 * The map as text, for the list and for phones: each factor with what it makes more and less of, every link as a
 * sentence, the loops, levers and ways. Everything the drawing lets people do is a button here.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { matches } from "../../lib/fold.js";
import { t, tn } from "../../lib/words.js";
import { factorLine } from "./form.js";
import { called, linkSays, namesOf, SIGNS } from "./words.js";

export class MapText {
  /**
   * @param {{
   *   model: import("../model.js").Model, analysis: import("./analysis.js").Analysis, lit: import("./light.js").Lit, panel: import("./panel.js").MapPanel,
   *   menus: import("./menus.js").MapMenus, selection: import("../selection.js").Selection, form: (id: string) => void,
   *   more: (anchor: HTMLElement, id: string) => void, whole: (anchor: HTMLElement) => void, waiting: (id: string) => boolean,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** Ways to its parts, for the column beside the list. */
  nav() {
    const { analysis } = this.parts;
    const rows = [["factors", t("Factors"), analysis.factors.length], ["links", t("Links"), analysis.causes.length], ["loops", t("Loops"), analysis.loops.listed.length], ["levers", t("Levers"), ""], ["ways", t("Ways"), ""]];
    const go = (/** @type {Event} */ e, /** @type {string} */ key) => /** @type {Element} */ (e.currentTarget).closest(".lv")?.querySelector(`[data-zone=${key}]`)?.scrollIntoView({ block: "start" });
    return html`<nav class="lv__nav" aria-label=${t("Parts of the map")}>${rows.map(([key, words, n]) => html`<button type="button" class="lv__link" @click=${(/** @type {Event} */ e) => go(e, String(key))}><span class="grow">${words}</span><span class="num small">${n}</span></button>`)}</nav>`;
  }

  /** @param {string} [query] only what holds these words */
  main(query = "") {
    const { analysis, panel, model, whole } = this.parts;
    const holds = (/** @type {Item} */ one) => !query || matches(one.label ?? linkSays(one, (id) => model.item(id)), query);
    const factors = analysis.factors.filter(holds);
    const links = analysis.causes.filter(holds);
    if (query && !factors.length && !links.length) return html`<p class="lv__empty">${t("Nothing with “{query}”.", { query })}</p>`;
    return html`<div class="maptext">
      <div class="lv__zone"><h2 data-zone="factors">${t("Factors")}<span class="zone__n">${tn("{n} factor", "{n} factors", factors.length)}</span></h2>
        <button type="button" class="tool" aria-haspopup="true" aria-label=${t("Arrange, bring in, take home")} @click=${press(whole)}>${icon("more")}</button></div>
      ${factors.length ? html`<ul>${repeat(factors, (one) => one.id, (one) => this.#factor(one))}</ul>` : html`<p class="lv__empty">${t("Name something that can rise or fall. What drives it?")}</p>`}
      <h2 data-zone="links">${t("Links")}<span class="zone__n">${tn("{n} link", "{n} links", links.length)}</span></h2>
      ${links.length ? html`<ul>${repeat(links, (one) => one.id, (one) => this.#link(one))}</ul>` : html`<p class="lv__empty">${t("No link yet. If this rises, what rises or falls next?")}</p>`}
      ${query ? nothing : html`<h2 data-zone="loops">${t("Loops")}</h2><div class="maptext__part">${panel.loops()}</div>
      <h2 data-zone="levers">${t("Levers")}</h2><div class="maptext__part">${panel.levers()}</div>
      <h2 data-zone="ways">${t("Ways")}</h2><div class="maptext__part">${panel.ways()}</div>`}</div>`;
  }

  /** @param {Item} factor */
  #factor(factor) {
    const { model, analysis, menus, form } = this.parts;
    const { id } = factor;
    const [first, second] = namesOf(factor.label ?? "");
    const out = analysis.causes.filter((one) => one.from === id);
    const line = factorLine(factor);
    return html`<li class="li li--factor ${this.#marks(id)}" tabindex="-1" data-id=${id}><span class="swl swl--group">${icon("system")}</span>
      <div class="li__words"><p dir="auto" lang=${factor.lang ?? nothing}><b class="strong">${first || t("something without a name")}</b>${second ? html` <span class="muted">${second}</span>` : nothing}</p>
        ${line ? html`<p class="small muted" dir="auto">${line}</p>` : nothing}
        ${out.map((one) => html`<p class="small" dir="auto"><span class="cause__sign cause__sign--s" data-sign=${one.polarity} aria-hidden="true">${SIGNS[one.polarity]}</span> <span class="sr">${linkSays(one, (other) => model.item(other))}</span><span aria-hidden="true">${called(model.item(one.to))}</span></p>`)}${this.#waits(id)}</div>
      <span class="by" dir="auto">${factor.by === model.me ? t("You") : model.name(factor.by)}</span>
      <span class="li__acts">${model.may("connect", factor) ? html`<button type="button" class="btn btn--s" data-link aria-haspopup="true" @click=${press((a) => menus.linkTo(a, id, "+"))}>${t("Link to…")}</button>` : nothing}
        ${this.#acts(factor, form)}</span></li>`;
  }

  /** @param {Item} link */
  #link(link) {
    const { model, menus, form, lit, analysis } = this.parts;
    const { id } = link;
    const loops = analysis.loops.listed.filter((one) => one.links.includes(id)).slice(0, 4);
    return html`<li class="li li--cause ${this.#marks(id)}" tabindex="-1" data-id=${id}><span class="cause__sign" data-sign=${link.polarity} aria-hidden="true">${SIGNS[link.polarity]}</span>
      <div class="li__words"><p dir="auto">${linkSays(link, (other) => model.item(other))}</p>${link.why ? html`<p class="small muted" dir="auto">${link.why}</p>` : nothing}
        ${loops.length ? html`<p class="maptext__in">${loops.map((one) => html`<button type="button" class="btn btn--s" aria-label=${t("Show loop {name}", { name: one.name })} @click=${() => lit.show({ kind: "loop", name: one.name })}>${one.name}</button> `)}</p>` : nothing}${this.#waits(id)}</div>
      <span class="by" dir="auto">${link.by === model.me ? t("You") : model.name(link.by)}</span>
      <span class="li__acts">${model.may("edit_text", link) ? html`<button type="button" class="btn btn--s" @click=${() => menus.parts.acts.turnSign(link)}>${t("Turn the sign")}</button>` : nothing}${this.#acts(link, form)}</span></li>`;
  }

  /** @param {Item} item @param {(id: string) => void} form */
  #acts(item, form) {
    const { model, more } = this.parts;
    return html`${model.may("edit_text", item) ? html`<button type="button" class="btn btn--s" @click=${() => form(item.id)}>${t("Edit")}</button>` : nothing}
      <button type="button" class="tool" data-more aria-haspopup="true" aria-label=${t("More")} @click=${press((a) => more(a, item.id))}>${icon("more")}</button>`;
  }

  /** @param {string} id */
  #marks(id) {
    const { selection, lit } = this.parts;
    return `${selection.has(id) ? "is-selected" : ""} ${lit.isOn ? (lit.ids.has(id) ? "is-lit" : "is-dim") : ""}`;
  }

  /** @param {string} id */
  #waits(id) {
    return this.parts.waiting(id) ? html`<p class="li__state">${icon("offline", "i--16")}${t("Will be sent when you are back")}</p>` : nothing;
  }
}

/** @param {(anchor: HTMLElement) => void} act @returns {(event: Event) => void} */
function press(act) {
  return (event) => act(/** @type {HTMLElement} */ (event.currentTarget));
}
