/**
 * Writing what notes say in another language: one note, or one after the other by keyboard, for whoever helps a room to
 * understand itself. Enter keeps the words and opens the next note that still lacks the language.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../translations.js").Translation} Translation
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { keep, kept } from "../../lib/keep.js";
import { t, tn } from "../../lib/words.js";
import { kindOf } from "../items/beneath.js";
import { choices, languageName } from "../languages.js";
import { isSame, lacks, translationIn } from "../translations.js";
import { whatOf, whyOf } from "./why.js";

const ROWS = 60;
const DRAFTS = 50;

export class Translating {
  /** @type {string | null} */
  #id = null;
  #lang = "";
  #byMachine = false;
  #wrong = "";
  #asking = false;
  /** What was just done: nothing outside a dialog is heard while it is open. */
  #said = "";
  /** What was begun and not kept yet, by note and language. @type {Map<string, string>} */
  #drafts;

  /**
   * @param {{
   *   box: HTMLDialogElement, model: import("../model.js").Model, acts: import("../acts.js").Acts, order: () => readonly string[],
   *   suggesting: import("../suggesting.js").Suggesting | null, back: (id: string | null) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.model;
    this.#drafts = new Map(readDrafts(kept(this.#key)));
    parts.box.addEventListener("click", (e) => e.target === parts.box && parts.box.close());
    parts.box.addEventListener("close", () => this.#closed());
    this.model.sync.on("refused", (refused) => this.#refused(refused));
  }

  get isOpen() {
    return this.parts.box.open;
  }

  /** @param {string | null} [id] a note to begin with; else the first that lacks the language */
  open(id = null) {
    const { box } = this.parts;
    const note = id ? this.model.item(id) : undefined;
    this.#lang = this.#wanted(note);
    this.#said = "";
    this.#go((note?.kind === "note" ? note.id : this.#waiting[0]?.id) ?? null);
    box.setAttribute("aria-labelledby", "translating-title");
    if (!box.open) box.showModal();
    this.#focus();
  }

  /** The board has changed: what stands in the field stays. */
  draw() {
    if (this.isOpen) this.#render();
  }

  // What there is

  /** Notes that whoever reads the language cannot read yet, as they are read. @returns {Item[]} */
  get #waiting() {
    const notes = this.parts.order().map((id) => this.model.item(id));
    return notes.filter((note) => note !== undefined && lacks(/** @type {any} */ (note), this.#lang) && this.model.may("translate", note)).map((note) => /** @type {Item} */ (note));
  }

  get #note() {
    return this.#id ? this.model.item(this.#id) : undefined;
  }

  /** Into which language: the one chosen before, that of the workshop, one's own; not the one the note is in. @param {Item | undefined} note */
  #wanted(note) {
    const { workshop, who } = this.model;
    const wishes = [kept(`into.${who.workshop}`), workshop.fields.lang, who.lang, ...this.#spoken(), "en", "de"];
    return wishes.find((tag) => tag && !(note?.lang && isSame(note.lang, tag))) ?? who.lang;
  }

  /** The languages of those who are here, and of what they wrote. */
  #spoken() {
    const { model } = this;
    const tags = [model.workshop.fields.lang, model.who.lang, ...model.people.map((p) => p.lang), ...[...model.items.values()].map((i) => (i.kind === "note" ? i.lang : ""))];
    return new Set(/** @type {string[]} */ (tags.filter(Boolean)));
  }

  // What is seen

  #content() {
    const waiting = this.#waiting;
    const note = this.#note;
    const language = languageName(this.#lang);
    return html`<form class="dialog__body tl" novalidate @submit=${(/** @type {Event} */ e) => this.#submit(e)} @keydown=${(/** @type {KeyboardEvent} */ e) => this.#keys(e)}>
      <div class="row dialog__head"><h2 class="h2 grow" id="translating-title">${t("Translate notes")}</h2>
        <button type="button" class="tool" aria-label=${t("Close")} @click=${() => this.parts.box.close()}>${icon("x")}</button></div>
      <div class="tl__into"><label class="field"><span class="field__label">${t("Into")}</span>${this.#select(this.#lang, (lang) => this.#choose(lang))}</label>${this.#working()}</div>
      <p class="tl__left" role="status">${this.#said ? `${this.#said} ` : ""}${waiting.length ? tn("{n} note cannot be read in {language} yet.", "{n} notes cannot be read in {language} yet.", waiting.length, { language }) : t("Every note here can be read in {language}.", { language })}</p>
      ${note ? this.#one(note, language) : nothing}
      ${waiting.length > 1 || (waiting.length === 1 && waiting[0].id !== this.#id) ? this.#rows(waiting) : nothing}${this.#elsewhere()}</form>`;
  }

  /** All boards in one list, on a page of its own. */
  #elsewhere() {
    const { model } = this;
    const boards = [...model.workshop.items.values()].filter((item) => item.kind === "board" && (model.leads || !item.table));
    if (boards.length < 2) return nothing;
    const here = location.pathname.indexOf("/b/");
    const address = `${location.pathname.slice(0, here)}/w/${model.who.workshop.slice("workshop:".length)}/translations`;
    return html`<p><a class="btn" href=${address}>${icon("list")}${t("Notes of all boards in one list")}</a></p>`;
  }

  /** @param {Item} note @param {string} language */
  #one(note, language) {
    const said = translationIn(/** @type {any} */ (note), this.#lang);
    const own = note.lang && isSame(note.lang, this.#lang);
    return html`<article class="tl__note c-${this.model.paper(note)}"><p class="tl__text" lang=${note.lang ?? nothing} dir="auto">${note.text || t("Empty note")}</p>
        <div class="tl__of">${this.#from(note)}</div></article>
      ${own ? html`<p>${t("This note is in {language}. Choose another language to translate it into.", { language })}</p>` : this.#writing(note, said, language)}`;
  }

  /** The language the note is in: guessed, and corrected by whoever may change its words. @param {Item} note */
  #from(note) {
    if (!this.model.may("edit_text", note)) return html`<span>${note.lang ? html`<bdi>${languageName(note.lang)}</bdi>` : t("Nobody has said which language this is.")}</span>`;
    return html`<label>${t("Written in")} ${this.#select(note.lang ?? "", (lang) => this.#correct(note.id, lang))}</label>`;
  }

  /** @param {Item} note @param {Translation | null} said @param {string} language */
  #writing(note, said, language) {
    const may = this.model.may("translate", note);
    return html`${said ? html`<p class="small muted">${this.#madeBy(said)}</p>` : nothing}
      <label class="field"><span class="field__label">${t("In {language}", { language })}</span><textarea class="input tl__in" rows="3" dir="auto" lang=${this.#lang} ?readonly=${!may} aria-describedby="translating-keys"
        @input=${(/** @type {any} */ e) => this.#typed(e.target.value)}></textarea></label>
      ${this.#wrong ? html`<p class="field__wrong" role="alert">${icon("warn")}${this.#wrong}</p>` : nothing}
      <button type="button" class="switch" role="switch" aria-checked=${this.#byMachine} @click=${() => this.#machine(!this.#byMachine)}><span class="grow">${t("A machine wrote this")}</span><span class="switch__track"></span></button>
      <p class="btn-row tl__acts"><button class="btn btn--primary" ?disabled=${!may}>${icon("enter")}${t("Keep, and go on")}</button>
        ${this.#suggest(note, may)}<button type="button" class="btn" @click=${() => this.#step(1)}>${t("Skip")}</button>
        ${said && may ? html`<button type="button" class="btn btn--danger" @click=${() => this.#remove()}>${icon("trash")}${t("Take it away")}</button>` : nothing}</p>
      <p class="small muted" id="translating-keys">${t("Enter keeps it and opens the next.")}</p>`;
  }

  /** A note that is hidden is on no board, and goes to nobody. @param {Item} note @param {boolean} may */
  #suggest(note, may) {
    const { suggesting } = this.parts;
    if (!suggesting || !may || this.model.isHidden(note.id)) return nothing;
    const words = this.#asking ? t("One moment…") : t("Suggest one");
    return html`<button type="button" class="btn" aria-disabled=${this.#asking} title=${t("The words of this note go to {host} for it.", { host: suggesting.host })} @click=${() => void this.#askFor(note.id)}>${icon("translate")}${words}</button>`;
  }

  /** @param {Translation} said */
  #madeBy(said) {
    const name = this.model.name(said.by);
    const by = said.byMachine ? kindOf(said) : [name ? t("Translated by {name}", { name }) : t("Translated by hand"), kindOf(said)].filter(Boolean).join(", ");
    return said.byMachine && name ? t("{told}, kept by {name}", { told: by, name }) : by;
  }

  /** @param {Item[]} waiting */
  #rows(waiting) {
    const more = waiting.length - ROWS;
    return html`<ol class="tl__rows" aria-label=${t("Notes that wait for a translation")}>${waiting.slice(0, ROWS).map((note) => html`<li><button type="button" class="tl__row" lang=${note.lang ?? nothing} dir="auto" aria-current=${note.id === this.#id ? "true" : nothing}
      @click=${() => this.#begin(note.id)}>${note.text}</button></li>`)}</ol>${more > 0 ? html`<p class="small muted">${tn("{n} more", "{n} more", more)}</p>` : nothing}`;
  }

  /** The language that everyone here works in: those who lead say which it is. */
  #working() {
    const working = this.model.workshop.fields.lang;
    if (working === this.#lang) return html`<span class="chip">${icon("globe")}${t("The workshop’s language")}</span>`;
    if (!this.model.leads) return nothing;
    return html`<button type="button" class="btn btn--s btn--room-soft" @click=${() => this.parts.acts.setWorkshopLang(this.#lang)}>${t("Make it the workshop’s language")}</button>`;
  }

  /** @param {string} chosen @param {(lang: string) => void} choose */
  #select(chosen, choose) {
    const { here, others } = choices([...this.#spoken(), ...(chosen ? [chosen] : [])]);
    const option = (/** @type {string} */ tag) => html`<option value=${tag} ?selected=${tag === chosen}>${languageName(tag)}</option>`;
    return html`<select class="input" @change=${(/** @type {any} */ e) => choose(e.target.value)}>${chosen ? nothing : html`<option value="" selected></option>`}
      <optgroup label=${t("Spoken here")}>${here.map(option)}</optgroup><optgroup label=${t("Others")}>${others.map(option)}</optgroup></select>`;
  }

  // What is done

  /** @param {string} lang */
  #choose(lang) {
    this.#lang = lang;
    keep(`into.${this.model.who.workshop}`, lang);
    const note = this.#note;
    this.#go(note && !(note.lang && isSame(note.lang, lang)) ? note.id : (this.#waiting[0]?.id ?? note?.id ?? null));
  }

  /** @param {string} id @param {string} lang */
  #correct(id, lang) {
    if (!lang) return;
    this.parts.acts.setLanguage(id, lang);
    this.draw();
  }

  /** @param {string} words */
  #typed(words) {
    if (this.#byMachine) this.#machine(false);
    this.#remember(words);
    if (this.#wrong) this.#warn("");
  }

  /** @param {boolean} on */
  #machine(on) {
    this.#byMachine = on;
    this.draw();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const note = this.#note;
    const words = this.#area?.value.trim() ?? "";
    if (!note || !this.#area || this.#area.readOnly) return;
    if (!words) return this.#warn(t("Write what the note says in {language}.", { language: languageName(this.#lang) }));
    const next = this.#after(1);
    this.parts.acts.translate(note, this.#lang, words, this.#byMachine);
    this.#remember("");
    this.#said = t("Kept.");
    this.#go(next);
    this.#focus();
  }

  /** What a machine says stands in the field until a person keeps it; meanwhile they may have gone on. @param {string} id */
  async #askFor(id) {
    const { suggesting } = this.parts;
    if (!suggesting || this.#asking) return;
    const [spot, lang] = [this.#spot, this.#lang];
    this.#asking = true;
    this.#wrong = "";
    this.draw();
    const answer = await suggesting.ask(id, lang);
    this.#asking = false;
    if (!this.isOpen || this.#spot !== spot) return this.draw();
    if ("wrong" in answer) return this.#warn(answer.wrong);
    this.#keepDraft(spot, answer.words);
    this.#byMachine = true;
    this.#said = t("Suggested by a machine: please check it.");
    this.draw();
    if (this.#area) this.#area.value = answer.words;
    this.#focus();
  }

  #remove() {
    const note = this.#note;
    if (!note) return;
    this.parts.acts.translate(note, this.#lang, "", false);
    this.#remember("");
    this.#said = t("Translation taken away.");
    this.#go(note.id);
    this.#focus();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing || !(/** @type {Element} */ (event.target).matches("textarea"))) return;
    if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    const way = event.altKey ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : 0;
    if (way) event.preventDefault();
    if (way) this.#step(/** @type {1 | -1} */ (way));
  }

  /** To the one after or before that waits. @param {1 | -1} way */
  #step(way) {
    const next = this.#after(way);
    if (next) this.#begin(next);
  }

  /** @param {string} id */
  #begin(id) {
    this.#said = "";
    this.#go(id);
    this.#focus();
  }

  /** Round and round, in the order they are read. @param {1 | -1} way @returns {string | null} */
  #after(way) {
    const order = this.parts.order();
    const at = order.indexOf(this.#id ?? "");
    const others = this.#waiting.filter((note) => note.id !== this.#id).map((note) => note.id);
    if (way < 0) others.reverse();
    return others.find((id) => (order.indexOf(id) - at) * way > 0) ?? others[0] ?? null;
  }

  /** @param {string | null} id */
  #go(id) {
    this.#id = id;
    this.#wrong = "";
    const note = this.#note;
    const said = note ? translationIn(/** @type {any} */ (note), this.#lang) : null;
    this.#byMachine = said?.byMachine ?? false;
    this.#render();
    if (this.#area) this.#area.value = this.#words;
  }

  /** What was typed stays in the field; what stands on the board is shown until somebody types. */
  #render() {
    const before = this.#area;
    render(this.#content(), this.parts.box);
    const area = this.#area;
    if (area && (area !== before || !this.#drafts.has(this.#spot)) && area.value !== this.#words) area.value = this.#words;
  }

  /** What the field holds: words begun before, or what has been kept. */
  get #words() {
    const note = this.#note;
    return this.#drafts.get(this.#spot) ?? (note ? (translationIn(/** @type {any} */ (note), this.#lang)?.words ?? "") : "");
  }

  /** The words come back to the field they were written in. @param {import("./why.js").Refused} refused */
  #refused(refused) {
    const { op } = refused;
    if (op?.type !== "translate_note" && op?.type !== "set_language") return;
    if (op.words) this.#keepDraft(`${op.id} ${op.lang}`, op.words);
    if (!this.isOpen) return;
    this.#wrong = `${whatOf(refused, this.model)} ${whyOf(refused, this.model)}`;
    this.draw();
  }

  /** @param {string} words */
  #warn(words) {
    this.#wrong = words;
    this.draw();
    this.#area?.focus();
  }

  #focus() {
    const { box } = this.parts;
    /** @type {HTMLElement | null} */ (this.#area ?? box.querySelector("select"))?.focus();
    this.#area?.setSelectionRange(this.#area.value.length, this.#area.value.length);
    this.#area?.closest("form")?.scrollTo(0, 0);
  }

  #closed() {
    render(nothing, this.parts.box);
    this.parts.back(this.#id);
  }

  /** @returns {HTMLTextAreaElement | null} */
  get #area() {
    return this.parts.box.querySelector(".tl__in");
  }

  get #key() {
    return `translating.${this.model.me}.${this.model.who.board}`;
  }

  get #spot() {
    return `${this.#id} ${this.#lang}`;
  }

  /** Words that are not kept yet wait for whoever comes back. @param {string} words */
  #remember(words) {
    this.#keepDraft(this.#spot, words);
  }

  /** @param {string} spot @param {string} words */
  #keepDraft(spot, words) {
    if (words) this.#drafts.set(spot, words);
    else this.#drafts.delete(spot);
    keep(this.#key, JSON.stringify([...this.#drafts].slice(-DRAFTS)));
  }
}

/** @param {string} spelt @returns {[string, string][]} */
function readDrafts(spelt) {
  try {
    const found = JSON.parse(spelt || "[]");
    return Array.isArray(found) ? found.map(([spot, words]) => [String(spot), String(words)]) : [];
  } catch {
    return [];
  }
}
