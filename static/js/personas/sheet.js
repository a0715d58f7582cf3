/**
 * One persona as a sheet: facts and words on the left, the story in the middle, means on the right, and above it how
 * complete it is and how much rests on more than a guess. Every field can be written by anyone, several at once.
 */
import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { avatar } from "./avatar.js";
import { gathered, groundOf, isFilled } from "./computed.js";
import { BY_NAME, EVIDENCE, FACTS, FIELDS, fieldName, groundName, labelName, MEANS, optionName, questionOf, STORY } from "./fields.js";

/** @typedef {import("../board/model.js").Item} Item */
/** @typedef {import("./computed.js").Sheet} Figures */

export class PersonaSheet {
  /** The field whose ground is being said. */
  #open = "";
  /** @type {Record<string, any>} the persona with one value for each field */
  #read = {};

  /**
   * @param {{
   *   acts: import("./acts.js").Acts, names: import("./names.js").Names, controls: import("./controls.js").Controls,
   *   writers: (id: string, field: string) => string[], draw: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {Item} persona @param {Figures} figures */
  draw(persona, figures) {
    const may = this.parts.names.may("edit_text");
    this.#read = gathered(FIELDS, persona, /** @type {Iterable<Item>} */ (this.parts.acts.view.items.values()));
    return keyed(persona.id, html`<article class="pe" aria-labelledby="pe-name" data-persona=${persona.id}>
      ${this.#figures(persona, figures)}
      <div class="pe__cols">
        <div class="pe__col">${this.#head(persona, may)} ${FACTS.map((name) => this.#field(persona, name, may))} ${this.#quote(persona, may)}</div>
        <div class="pe__col">${STORY.map((name) => this.#field(persona, name, may))}</div>
        <div class="pe__col">${MEANS.map((name) => this.#field(persona, name, may))}</div>
      </div></article>`);
  }

  /** @param {Item} persona @param {boolean} may */
  #head(persona, may) {
    const { controls, names, acts } = this.parts;
    const drawings = BY_NAME.get("drawing")?.options ?? [];
    const pick = (/** @type {string} */ one) => acts.set(persona, { drawing: one }, `${fieldName("drawing")}: ${optionName("drawing", one)}`);
    return html`<div class="pe__head">${avatar(persona, "pa--l")}<div class="grow"><h2 class="sr" id="pe-name" dir="auto">${persona.name}</h2>
      ${this.#label(persona, "name", may)}${controls.text(persona, "name", may, "pe__name")}${this.#ground(persona, "name", may)}
      ${names.isSomebodys(persona.name ?? "") ? html`<p class="notice notice--amber pe__hint">${icon("warn", "i--16")}${t("Somebody here has this name. Invent another one, so that nobody is meant.")}</p>` : nothing}</div></div>
      ${may ? html`<details class="fold pe__draw"><summary>${t("Drawing")}</summary><div class="pe__drawings" role="group" aria-label=${t("Drawing")}>${drawings.map(
        (one) => html`<button type="button" class="pe__drawing" aria-label=${optionName("drawing", one)} aria-pressed=${(persona.drawing ?? "initials") === one} @click=${() => pick(one)}>${avatar({ ...persona, drawing: one })}</button>`,
      )}</div></details>` : nothing}`;
  }

  /** @param {Item} persona @param {boolean} may */
  #quote(persona, may) {
    return html`<section class="pe__quote">${this.#label(persona, "quote", may)}${this.parts.controls.text(persona, "quote", may)}${this.#ground(persona, "quote", may)}</section>`;
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #field(persona, name, may) {
    return html`<section class="pe__field pe__field--${name}" data-field=${name}>${this.#label(persona, name, may)}${this.#ground(persona, name, may)}${this.parts.controls.draw(persona, name, may)}</section>`;
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #label(persona, name, may) {
    const ground = groundOf(persona, name);
    const source = persona[`source/${name}`];
    const isOpen = this.#open === name;
    const words = t("{field} rests on: {ground}", { field: fieldName(name), ground: groundName(ground) });
    const look = ground === "assumption" ? "chip--line" : "chip--pine";
    return html`<div class="pe__label"><span class="pe__title">${fieldName(name)}${BY_NAME.get(name)?.required ? html`<span class="pe__must" title=${t("counts for completeness")} aria-hidden="true">•</span>` : nothing}</span>
      ${this.parts.writers(persona.id, name).map((who) => html`<span class="pe__who">${t("{name} is writing here", { name: who })}</span>`)}<span class="grow"></span>
      ${isFilled(this.#read[name]) || ground !== "assumption" ? html`<button type="button" class="chip chip--btn ${look} pe__ev" aria-expanded=${isOpen} aria-label=${source ? `${words}, ${source}` : words} title=${source ?? nothing} ?disabled=${!may} @click=${() => this.#toggle(name)}>${icon(ground === "assumption" ? "help" : "check", "i--16")}${groundName(ground)}</button>` : nothing}</div>`;
  }

  /** @param {string} name */
  #toggle(name) {
    this.#open = this.#open === name ? "" : name;
    this.parts.draw();
  }

  /** Close what is open. Whether anything was. */
  close() {
    const was = this.#open;
    this.#open = "";
    return was;
  }

  /** How do you know? @param {Item} persona @param {string} name @param {boolean} may */
  #ground(persona, name, may) {
    if (this.#open !== name || !may) return nothing;
    const { acts } = this.parts;
    const now = groundOf(persona, name);
    return html`<div class="pe__ground" data-ground=${name}><p class="small strong" id="pe-how">${t("How do you know?")}</p>
      <div class="pe__picks" role="group" aria-labelledby="pe-how">${EVIDENCE.map((one) => html`<button type="button" class="pe__pick" aria-pressed=${one === now} @click=${() => acts.ground(persona, name, one)}>${groundName(one)}</button>`)}</div>
      <label class="field"><span class="field__label small">${t("Where is that from?")}</span><input class="input" dir="auto" maxlength="300" placeholder=${t("An interview, a figure, a note on the board")} .value=${persona[`source/${name}`] ?? ""}
        @change=${(/** @type {Event} */ e) => acts.ground(persona, name, now, /** @type {HTMLInputElement} */ (e.target).value)}></label></div>`;
  }

  /** @param {Item} persona @param {Figures} figures */
  #figures(persona, { filled, missing, share, evidence, label, assumed, toAsk }) {
    const all = filled.length + missing.length;
    const [next] = toAsk;
    return html`<section class="pe__figures" aria-label=${t("How sure we are")}>
      <div class="pe__fig"><p><b class="num" data-figure="complete">${Math.round(share * 100)} %</b> ${t("complete")} <span class="small muted">${t("{n} of {all} fields", { n: filled.length, all })}</span></p><span class="bar" aria-hidden="true"><i class=${width(share)}></i></span></div>
      <div class="pe__fig"><p><b class="num" data-figure="evidence">${Math.round(evidence * 100)} %</b> ${labelName(label)}</p><span class="bar" aria-hidden="true"><i class=${width(evidence)}></i></span></div>
      <details class="pe__fig pe__next fold"><summary>${next ? html`<span>${t("Ask next: {field}", { field: fieldName(next) })}</span>` : t("Nothing left to ask")}</summary>
        <ul class="pe__ask">${missing.map((name) => this.#ask(name, t("missing")))}${assumed.map((name) => this.#ask(name, t("still assumed")))}</ul></details>
      <p class="sr" role="status">${tn("{n} field is still assumed", "{n} fields are still assumed", assumed.length)}</p></section>`;
  }

  /** @param {string} name @param {string} why */
  #ask(name, why) {
    return html`<li><button type="button" class="pe__goto" @click=${(/** @type {Event} */ e) => goTo(/** @type {HTMLElement} */ (e.target), name)}><b>${fieldName(name)}</b> <span class="small muted">${why}</span>${questionOf(name) ? html`<span class="small pe__q">${questionOf(name)}</span>` : nothing}</button></li>`;
  }
}

/** Bars are drawn in steps of five, by class: the page allows no style of its own. @param {number} share */
function width(share) {
  return `w-${Math.round(share * 20) * 5}`;
}

/** @param {HTMLElement} from @param {string} name */
function goTo(from, name) {
  const sheet = from.closest(".pe");
  const there = sheet?.querySelector(`[data-field="${name}"] :is(input, textarea, select, .pe__pick), [data-text="${name}"]`);
  /** @type {HTMLElement | null | undefined} */ (there)?.focus();
}
