/** Opening a vote: the question, what it is about, how many dots, secret or open. Everything has an answer before it is asked. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { dotsEach, MOST_DOTS, wrongDots } from "../ranking.js";

const MOST_OPTIONS = 200;
const CAP = 2;

/** @typedef {import("../model.js").Model} Model */
/** @typedef {{question: string, options: string[], dots: number, cap: number, secret: boolean, leads: boolean, locks: boolean, after?: string}} Chosen */
/** @typedef {"all" | "zone" | "groups" | "singles" | "picked" | "best"} Scope */

export class VoteSetup {
  question = "";
  /** @type {Scope} */
  scope = "all";
  zone = "";
  /** null: what the number of options makes of it. @type {number | null} */
  dots = null;
  /** @type {number | null} */
  cap = null;
  secret = true;
  leads = false;
  locks = true;
  /** The round before, and what of it goes on. @type {{vote: string, options: string[]} | null} */
  best = null;
  #wrong = "";

  /** @param {{box: HTMLDialogElement, model: Model, picked: () => string[], open: (chosen: Chosen) => void}} parts */
  constructor(parts) {
    this.parts = parts;
    parts.box.addEventListener("click", (e) => e.target === parts.box && parts.box.close());
  }

  /** @param {string} question @param {{vote: string, options: string[]} | null} [best] */
  show(question, best = null) {
    const { model, box } = this.parts;
    Object.assign(this, { question, best, dots: null, cap: null });
    this.zone = model.regions[0]?.id ?? "";
    this.scope = best ? "best" : this.#picked.length > 1 ? "picked" : model.clusters.length > 1 ? "singles" : "all";
    this.#wrong = "";
    this.draw();
    box.setAttribute("aria-labelledby", "vote-setup-title");
    if (!box.open) box.showModal();
    /** @type {HTMLElement | null} */ (box.querySelector("textarea, input"))?.focus();
  }

  /** What is voted on, in the order it is read. @returns {string[]} */
  get options() {
    return this.#optionsOf(this.scope);
  }

  /** @param {Scope} scope @returns {string[]} */
  #optionsOf(scope) {
    const { model } = this.parts;
    const all = model.flows ? model.regions.flatMap((r) => model.reading(r.id)) : model.loose.flatMap((i) => (i.kind === "cluster" ? [i, ...model.members(i.id)] : [i]));
    const notes = all.filter((i) => i.kind === "note" && !model.isHidden(i.id));
    switch (scope) {
      case "best": return this.best?.options ?? [];
      case "picked": return this.#picked;
      case "zone": return notes.filter((i) => model.regionOf(i) === this.zone).map((i) => i.id);
      case "groups": return all.filter((i) => i.kind === "cluster").map((i) => i.id);
      case "singles": return all.filter((i) => i.kind === "cluster" || (notes.includes(i) && !i.cluster)).map((i) => i.id);
      default: return notes.map((i) => i.id);
    }
  }

  get #picked() {
    const { model, picked } = this.parts;
    return picked().filter((id) => ["note", "cluster", "image"].includes(model.item(id)?.kind ?? "") && !model.isHidden(id));
  }

  get #dots() {
    return this.dots ?? dotsEach(this.options.length);
  }

  get #cap() {
    return this.cap ?? Math.min(CAP, this.#dots);
  }

  draw() {
    render(this.#content(), this.parts.box);
  }

  #content() {
    const n = this.options.length;
    return html`<form class="dialog__body vs" novalidate @submit=${(/** @type {Event} */ e) => this.#submit(e)}>
      <div class="row dialog__head"><h2 class="h2 grow" id="vote-setup-title">${this.best ? t("Vote again") : t("Open a vote")}</h2>
        <button type="button" class="tool" aria-label=${t("Close")} @click=${() => this.parts.box.close()}>${icon("x")}</button></div>
      <label class="field"><span class="field__label">${t("Question")}</span><textarea class="input" rows="2" maxlength="280" dir="auto" .value=${this.question} @input=${(/** @type {any} */ e) => this.#set({ question: e.target.value })}></textarea></label>
      ${this.#scopes()}
      <div class="vs__nums">${this.#number("dots", t("Dots each"), this.#dots, MOST_DOTS)}${this.#number("cap", t("At most on one"), this.#cap, this.#dots)}</div>
      ${this.#switch("secret", t("Secret until it closes"), this.secret ? t("Nobody sees who chose what, ever. How many have voted is told in steps of five.") : t("Everyone sees at once where the dots lie, but not whose they are."))}
      ${this.#switch("leads", t("Those who lead vote, too"))}
      ${this.#switch("locks", t("Nobody writes or moves notes meanwhile"))}
      <p class="vs__sum" role="status">${this.#wrong ? html`<span class="field__wrong">${icon("warn")}${this.#wrong}</span>` : tn("{n} option to vote on", "{n} options to vote on", n)}</p>
      <p class="btn-row dialog__acts"><button type="button" class="btn" @click=${() => this.parts.box.close()}>${t("Not yet")}</button><button class="btn btn--room">${icon("vote")}${t("Open it for everyone")}</button></p></form>`;
  }

  #scopes() {
    const { model } = this.parts;
    const groups = model.clusters.length;
    /** @type {[Scope, string, boolean][]} */
    const rows = [
      ["best", t("The best of the round before"), Boolean(this.best)],
      ["picked", t("What is selected"), this.#picked.length > 1],
      ["all", t("All notes"), true],
      ["singles", t("Groups, and notes in no group"), groups > 0],
      ["groups", t("Groups only"), groups > 1],
      ["zone", t("One zone"), model.regions.length > 1],
    ];
    const zones = this.scope === "zone"
      ? html`<select class="input" aria-label=${t("Zone")} @change=${(/** @type {any} */ e) => this.#set({ zone: e.target.value })}>${model.regions.map((r) => html`<option value=${r.id} ?selected=${r.id === this.zone}>${model.words(r, "title")}</option>`)}</select>` : nothing;
    return html`<fieldset class="vs__scopes"><legend class="field__label">${t("What is voted on")}</legend>
      ${rows.filter(([, , isThere]) => isThere).map(([scope, words]) => html`<label class="vs__scope"><input type="radio" name="scope" value=${scope} .checked=${this.scope === scope} @change=${() => this.#set({ scope })}><span class="grow">${words}</span><span class="num small muted">${this.#optionsOf(scope).length}</span></label>`)}${zones}</fieldset>`;
  }

  /** @param {"dots" | "cap"} name @param {string} label @param {number} value @param {number} most */
  #number(name, label, value, most) {
    return html`<label class="field grow"><span class="field__label">${label}</span><input class="input num" type="number" inputmode="numeric" min="1" max=${most} .value=${String(value)} @change=${(/** @type {any} */ e) => this.#set({ [name]: whole(e.target.value) })}></label>`;
  }

  /** @param {"secret" | "leads" | "locks"} name @param {string} label @param {string} [under] */
  #switch(name, label, under = "") {
    return html`<button type="button" class="switch" role="switch" aria-checked=${this[name]} @click=${() => this.#set({ [name]: !this[name] })}><span class="grow">${label}${under ? html`<br><span class="small muted">${under}</span>` : nothing}</span><span class="switch__track"></span></button>`;
  }

  /** @param {Partial<VoteSetup>} fields */
  #set(fields) {
    Object.assign(this, fields);
    this.#wrong = "";
    this.draw();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const { options } = this;
    const question = this.question.replace(/\s+/g, " ").trim();
    const wrong = wrongDots(this.#dots, this.#cap);
    if (!question) this.#wrong = t("Write the question first.");
    else if (wrong === "dots") this.#wrong = t("Everyone can have 1 to {n} dots.", { n: MOST_DOTS });
    else if (wrong === "cap") this.#wrong = t("At most on one: 1 to {n} dots.", { n: this.#dots });
    else if (options.length < 2) this.#wrong = t("There are fewer than two options. Choose something else to vote on.");
    else if (options.length > MOST_OPTIONS) this.#wrong = t("At most {n} options. Choose a zone, or groups.", { n: MOST_OPTIONS });
    if (this.#wrong) return this.draw();
    this.parts.box.close();
    const { secret, leads, locks } = this;
    this.parts.open({ question, options, dots: this.#dots, cap: this.#cap, secret, leads, locks, ...(this.best ? { after: this.best.vote } : {}) });
  }
}

/** A number as it was typed; nothing is no dot. What is too many is said, and not made fewer behind their back. @param {string} typed */
function whole(typed) {
  return Math.round(Number(typed)) || 0;
}
