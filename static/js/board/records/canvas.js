/**
 * Layout `canvas`: the empathy map of one persona at a time, over the same record as its sheet. Each block is a list of the
 * persona, each entry a line of its own, so that several people write at once; each says whether it is known or guessed.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { fold } from "../../lib/fold.js";
import { t } from "../../lib/words.js";
import { avatar } from "../../personas/avatar.js";
import { sheetOf } from "../../personas/computed.js";
import { EMPATHY, FIELDS, fieldName, labelName, optionName, questionOf, skillName } from "../../personas/fields.js";
import { personasUrl } from "../panels/serving.js";
import { emptyBoard } from "./record_board.js";

export class CanvasView {
  /** @type {string | null} the persona that is shown */
  #chosen = null;
  #block = EMPATHY[0];
  /** The bar names a new persona. */
  #naming = false;

  /** @param {import("./record_board.js").Tools} tools */
  constructor(tools) {
    this.tools = tools;
  }

  get label() {
    return t("Empathy map");
  }

  get #personas() {
    return this.tools.registers.of("persona");
  }

  get #persona() {
    const all = this.#personas;
    return all.find((p) => p.id === this.#chosen) ?? all.find((p) => this.tools.registers.placements.has(p.id)) ?? all[0];
  }

  /** @param {string} persona @param {string} block */
  #entries(persona, block) {
    return this.tools.acts.lines(persona, block);
  }

  /** @param {{isList: boolean, isPhone: boolean}} how */
  main({ isList }) {
    const persona = this.#persona;
    if (!persona) return html`<div class="em">${emptyBoard(t("Whose day is it? Name a persona to begin."))}</div>`;
    return html`<div class="em ${isList ? "is-text" : ""}">${this.#who(persona)}
      <div class="em__blocks">${EMPATHY.map((block) => this.#section(persona, block))}</div></div>`;
  }

  /** @param {Item} persona */
  #who(persona) {
    const all = this.#personas;
    const facts = [optionName("age_band", persona.age_band ?? ""), optionName("place_type", persona.place_type ?? ""), persona.livelihood].filter(Boolean).join(" · ");
    const entries = EMPATHY.map((block) => this.#entries(persona.id, block));
    const empty = EMPATHY.filter((_, at) => !entries[at].length);
    const written = entries.flat();
    const guesses = written.filter((e) => e.confidence !== "known").length;
    const { evidence, label } = sheetOf(FIELDS, persona, this.tools.registers.of("line"));
    return html`<aside class="em__who" aria-label=${t("Who")}>
      ${all.length > 1 ? html`<label class="field"><span class="field__label small">${t("Whose day")}</span><select class="input" name="whose" @change=${(/** @type {Event} */ e) => this.#choose(/** @type {HTMLSelectElement} */ (e.target).value)}>${all.map((p) => html`<option value=${p.id} .selected=${p.id === persona.id}>${p.name}</option>`)}</select></label>` : nothing}
      <div class="em__head">${avatar(persona, "pa--m")}<div class="em__name"><h2 class="h3" dir="auto">${persona.name}</h2>${facts ? html`<p class="small muted" dir="auto">${facts}</p>` : nothing}</div></div>
      ${persona.digital_skill ? html`<p class="small">${skillName(persona.digital_skill)}</p>` : nothing}
      ${persona.quote ? html`<p class="em__quote" dir="auto">${persona.quote}</p>` : nothing}
      <p class="small"><b class="num">${Math.round(evidence * 100)} %</b> ${labelName(label)}</p>
      <p class="small" data-guesses>${written.length ? t("{n} of {all} entries are guesses", { n: guesses, all: written.length }) : t("Nothing written yet")}</p>
      ${empty.length && written.length ? html`<p class="small" data-blanks>${t("Still empty: {blocks}", { blocks: empty.map(fieldName).join(", ") })}</p>` : nothing}
      <p class="em__ways"><a class="btn btn--s" href="${personasUrl()}#${persona.id}">${icon("persona", "i--16")}${t("Open the sheet")}</a>
      ${this.tools.names.may("add", "own") ? html`<button type="button" class="btn btn--s" @click=${() => this.#name()}>${icon("plus", "i--16")}${t("New persona")}</button>` : nothing}</p></aside>`;
  }

  /** @param {string} id */
  #choose(id) {
    this.#chosen = id;
    this.tools.say(t("Empathy map of {name}", { name: this.#persona?.name ?? "" }));
    this.tools.draw();
  }

  #name() {
    this.#naming = true;
    this.tools.draw();
    requestAnimationFrame(() => this.tools.focusBar());
  }

  /** @param {Item} persona @param {string} block */
  #section(persona, block) {
    const entries = this.#entries(persona.id, block);
    const may = this.tools.names.may("add", "own");
    const write = () => {
      this.#block = block;
      this.#naming = false;
      this.tools.draw();
      requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector("#record-form .composer__in"))?.focus());
    };
    return html`<section class="em__block ${block === this.#block ? "is-on" : ""}" data-block=${block} aria-labelledby="em-${block}">
      <div class="em__title"><h3 class="strong grow" id="em-${block}">${fieldName(block)} <span class="zone__n">${entries.length}</span></h3>
        ${may ? html`<button type="button" class="tool" aria-label=${t("Add: {field}", { field: fieldName(block) })} @click=${write}>${icon("plus")}</button>` : nothing}</div>
      ${entries.length ? html`<ul>${repeat(entries, (e) => e.id, (e) => this.#entry(persona, e))}</ul>` : html`<p class="small muted">${questionOf(block)}</p>`}</section>`;
  }

  /** @param {Item} persona @param {Item} entry */
  #entry(persona, entry) {
    const { names, acts, writers } = this.tools;
    const may = names.may("edit_text");
    const paper = names.paper(entry.by);
    const known = entry.confidence === "known";
    const turn = () => acts.set(entry, { confidence: known ? null : "known" }, known ? t("Guessed") : t("Known"));
    const blank = () => {
      const now = acts.view.items.get(entry.id);
      if (now && !String(now.text).trim()) acts.removeLine(now);
    };
    return html`<li class="em__entry c-${paper}" data-entry=${entry.id}>
      <textarea class="em__words" rows="1" dir="auto" data-text="text" data-id=${entry.id} aria-label="${fieldName(entry.field)}, ${names.name(entry.by)}" ?readonly=${!may} @blur=${blank}></textarea>
      <div class="em__foot"><span class="em__by">${mark(paper)}<span dir="auto">${names.name(entry.by)}</span></span>
        <button type="button" class="em__known" aria-pressed=${known} aria-label=${known ? t("Known, not guessed") : t("A guess: press when it is known")} ?disabled=${!may} @click=${turn}>${icon(known ? "check" : "help", "i--16")}${known ? t("Known") : t("Guess")}</button>
        ${may ? html`<button type="button" class="em__more" aria-haspopup="true" aria-label=${t("More: {words}", { words: entry.text })} @click=${(/** @type {Event} */ e) => this.#menu(/** @type {HTMLElement} */ (e.currentTarget), persona, entry)}>${icon("more", "i--16")}</button>` : nothing}</div>
      ${writers(entry.id, "text").map((who) => html`<span class="em__writer">${who}</span>`)}</li>`;
  }

  /** @param {HTMLElement} anchor @param {Item} persona @param {Item} entry */
  #menu(anchor, persona, entry) {
    const { popover, acts, say } = this.tools;
    if (popover.isFor(anchor)) return popover.close();
    const move = (/** @type {string} */ block) => {
      popover.close(false);
      acts.moveTo(entry, block);
      say(`${t("Moved")}: ${fieldName(block)}`);
    };
    const remove = () => {
      popover.close(false);
      acts.removeLine(entry);
    };
    popover.open(anchor, html`<div class="menu__head">${t("Move to…")}</div>
      ${EMPATHY.filter((block) => block !== entry.field).map((block) => html`<button type="button" class="menu__item" role="menuitem" @click=${() => move(block)}><span class="grow">${fieldName(block)}</span></button>`)}
      <div class="menu__sep"></div><button type="button" class="menu__item btn--danger" role="menuitem" @click=${remove}>${icon("trash")}<span class="grow">${t("Delete")}</span></button>`, { label: entry.text });
  }

  bar() {
    const persona = this.#persona;
    const may = this.tools.names.may("add", "own");
    const naming = this.#naming || !persona;
    const words = naming ? t("An invented name") : t("{block}: write about {name}", { block: fieldName(this.#block), name: persona.name });
    const pick = (/** @type {Event} */ e) => {
      this.#block = /** @type {HTMLSelectElement} */ (e.target).value;
      this.tools.draw();
    };
    return html`${naming ? nothing : html`<label class="sr" for="em-block">${t("Block")}</label><select id="em-block" class="composer__zone actors__sector" @change=${pick}>${EMPATHY.map((one) => html`<option value=${one} .selected=${one === this.#block}>${fieldName(one)}</option>`)}</select>`}
      <input class="composer__in" name="words" maxlength=${naming ? 120 : 280} autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? words : t("The board is locked")} aria-label=${words} ?readonly=${!may}>
      <button class="btn btn--primary composer__add" aria-label=${naming ? t("Add persona") : t("Add")}><span class="composer__word">${naming ? t("Add persona") : t("Add")}</span>${icon("send", "on-phone")}</button>`;
  }

  /** @param {HTMLFormElement} form */
  submit(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("words"));
    const words = field.value.trim();
    const persona = this.#persona;
    if (!words) return field.focus();
    if (this.#naming || !persona) this.#named(words);
    else {
      this.tools.registers.show(persona.id);
      this.tools.acts.addLine(persona, this.#block, words);
    }
    field.value = "";
    field.focus();
  }

  /** @param {string} name */
  #named(name) {
    const { registers, acts, names, tell } = this.tools;
    const known = this.#personas.find((p) => fold(p.name) === fold(name));
    this.#chosen = known ? known.id : acts.add(name);
    registers.show(this.#chosen);
    this.#naming = false;
    if (!known && names.isSomebodys(name)) tell(t("Somebody here has this name. Invent another one, so that nobody is meant."));
  }
}

