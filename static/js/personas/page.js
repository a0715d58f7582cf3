/**
 * The personas of a programme on screen: the set with its check, the sheet of the one that is chosen, two side by side.
 * It follows the programme's register as a board follows its own stream, and the board it was opened from, which says
 * what is for whom.
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { Acts } from "./acts.js";
import { sideBySide, toCsv } from "./compare.js";
import { sheetOf } from "./computed.js";
import { Controls } from "./controls.js";
import { FIELDS } from "./fields.js";
import { Names } from "./names.js";
import { cards, servedBy, serves, setCheck, warningsOf } from "./set.js";
import { PersonaSheet } from "./sheet.js";
import { Writing } from "./writing.js";

/** @typedef {import("../board/model.js").Item} Item */

/**
 * @typedef {{
 *   root: HTMLElement, sync: import("../board/sync.js").Sync, presence: import("../board/presence.js").Presence,
 *   register: string, workshop: string, board: string, me: string, lang: string, languages: {tag: string, name: string}[],
 *   say: (words: string) => void, alert: (words: string) => void,
 * }} Given
 */
export class Personas {
  /** @type {string | null} */
  chosen = location.hash.slice(1) || null;
  /** @type {string | null} the one beside it */
  #beside = null;
  #sure = false;
  #frame = 0;
  #over = false;

  /** @param {Given} given */
  constructor(given) {
    const { root, sync, presence, register, me, say } = given;
    this.given = given;
    this.names = new Names(sync, given);
    this.acts = new Acts(sync, { register, me }, say);
    const writers = (/** @type {string} */ id, /** @type {string} */ field) => this.#writers(id, field);
    const controls = new Controls(this.acts, this.names, writers);
    this.sheet = new PersonaSheet({ acts: this.acts, names: this.names, controls, writers, draw: () => this.draw() });
    this.writing = new Writing(root, sync, register, presence);
    presence.onChange(() => this.draw());
    sync.on("change", () => this.draw());
    sync.on("loaded", () => this.draw());
    sync.on("status", () => this.draw());
    sync.on("refused", (e) => given.alert(refusal(e.code)));
    root.addEventListener("full", () => given.alert(t("No more words fit here.")));
    addEventListener("keydown", (e) => this.#keys(e));
    addEventListener("hashchange", () => this.choose(location.hash.slice(1)));
  }

  // What is read

  get records() {
    return /** @type {Item[]} */ ([...this.given.sync.view(this.given.register).items.values()]);
  }

  get personas() {
    return this.records.filter((i) => i.kind === "persona" && !i.merged).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  get lines() {
    return this.records.filter((i) => i.kind === "line");
  }

  /** Who else writes in this field, by name. @param {string} id @param {string} field */
  #writers(id, field) {
    const { people } = this.given.presence;
    return [...people].filter(([, shown]) => shown.writing?.id === id && shown.writing.field === field).map(([person]) => this.names.name(person));
  }

  // What is done

  /** @param {string | null} id */
  choose(id) {
    if (id === this.chosen) return;
    this.chosen = id;
    this.#beside = null;
    this.#sure = false;
    history.replaceState(null, "", id ? `#${id}` : location.pathname);
    this.draw();
  }

  draw() {
    if (!this.#frame && !this.#over) this.#frame = requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    this.#frame = 0;
    const { root, sync, register } = this.given;
    if (!sync.isLoaded(register)) return;
    render(this.#page(), root);
    this.writing.attach();
    root.dataset.unsent = String(sync.unsent ?? 0);
    root.dataset.ready = "";
  }

  /** The page may not go on. */
  end() {
    this.#over = true;
    render(html`<p class="notice notice--danger">${t("This page can no longer be kept up to date. Load it again.")}</p>`, this.given.root);
  }

  #page() {
    const { personas, lines } = this;
    const persona = personas.find((p) => p.id === this.chosen) ?? (this.chosen ? undefined : personas[0]);
    const items = /** @type {Item[]} */ ([...this.given.sync.view(this.given.board).items.values()]);
    const served = new Map(personas.map((one) => [one.id, servedBy(one, items, this.records)]));
    const unserved = new Set([...served].filter(([, found]) => !found.length).map(([id]) => id));
    return html`<div class="ps__top">${this.#add()}${personas.length ? html`<button type="button" class="btn" @click=${() => this.#export()}>${icon("download")}${t("Take home as a table")}</button>` : nothing}
        <button type="button" class="btn btn--icon" aria-label=${t("Undo")} @click=${() => this.#undo()}>${icon("undo")}</button></div>
      ${personas.length ? html`${cards(personas, lines, persona?.id ?? null, (id) => this.choose(id), unserved)}${setCheck(warningsOf(personas, lines, this.names.languages))}` : html`<p class="empty">${t("No persona yet. Two are a good beginning: one typical, one likely to be left out.")}</p>`}
      ${persona ? this.#one(persona, personas, served.get(persona.id) ?? []) : personas.length ? html`<p class="notice">${t("This persona is gone.")}</p>` : nothing}
      <datalist id="languages-own">${this.given.languages.map((l) => html`<option value=${l.name}></option>`)}</datalist>`;
  }

  #add() {
    if (!this.names.may("add", "own")) return html`<p class="grow muted">${t("In this step personas are only read.")}</p>`;
    const add = (/** @type {SubmitEvent} */ e) => {
      e.preventDefault();
      const input = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (e.target).elements.namedItem("name"));
      const name = input.value.trim();
      if (!name) return input.focus();
      input.value = "";
      this.choose(this.acts.add(name));
    };
    return html`<form class="ps__add grow" @submit=${add}><input class="input" name="name" dir="auto" maxlength="120" autocomplete="off" placeholder=${t("An invented name")} aria-label=${t("An invented name")}><button class="btn btn--primary">${icon("plus")}${t("Add persona")}</button></form>`;
  }

  /** @param {Item} persona @param {Item[]} personas @param {Item[]} served */
  #one(persona, personas, served) {
    const { lines } = this;
    const others = personas.filter((p) => p.id !== persona.id);
    const beside = others.find((p) => p.id === this.#beside);
    const origin = personas.find((p) => p.id === persona.origin);
    const pick = (/** @type {Event} */ e) => {
      this.#beside = /** @type {HTMLSelectElement} */ (e.target).value || null;
      this.draw();
    };
    return html`<div class="ps__acts">
        ${others.length ? html`<label class="ps__beside"><span>${t("Beside")}</span><select class="input" @change=${pick}><option value="" .selected=${!beside}>–</option>${others.map((p) => html`<option value=${p.id} .selected=${p.id === this.#beside}>${p.name}</option>`)}</select></label>` : nothing}
        ${this.names.may("add", "own") ? html`<button type="button" class="btn btn--s" @click=${() => this.choose(this.acts.copy(persona))}>${icon("copy", "i--16")}${t("Copy")}</button>` : nothing}
        ${this.names.may("delete") ? this.#remove(persona) : nothing}
        <p class="small muted grow">${origin ? html`${t("Copied from {name}.", { name: origin.name })} ` : nothing}${t("Every workshop of this programme shows the same personas.")}</p></div>
      ${serves(persona, served)}
      ${beside ? sideBySide(persona, beside, lines) : this.sheet.draw(persona, sheetOf(FIELDS, persona, lines))}`;
  }

  /** Deleting what is used asks once more, and says where. @param {Item} persona */
  #remove(persona) {
    const { boards, records } = this.acts.uses(persona);
    const gone = () => {
      this.acts.remove(persona);
      this.choose(null);
    };
    const ask = () => {
      this.#sure = true;
      this.given.say(t("Really delete?"));
      this.draw();
    };
    if (!this.#sure) return html`<button type="button" class="btn btn--s btn--danger" @click=${boards + records ? ask : gone}>${icon("trash", "i--16")}${t("Delete")}</button>`;
    const where = [boards ? tn("on {n} board", "on {n} boards", boards) : "", records ? tn("named by {n} record", "named by {n} records", records) : ""].filter(Boolean).join(", ");
    return html`<span class="notice notice--danger">${t("{name} is used: {where}.", { name: persona.name, where })}</span><button type="button" class="btn btn--s btn--danger" @click=${gone}>${t("Delete anyway")}</button><button type="button" class="btn btn--s" @click=${() => { this.#sure = false; this.draw(); }}>${t("Keep")}</button>`;
  }

  #undo() {
    this.given.say(this.given.sync.undo() ? t("Taken back") : t("Nothing to take back"));
  }

  #export() {
    const blob = new Blob([toCsv(this.personas, this.lines)], { type: "text/csv" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: `${t("Personas")}.csv` });
    link.click();
    URL.revokeObjectURL(link.href);
    this.given.say(t("The table is among your downloads"));
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      const was = this.sheet.close();
      if (!was) return;
      this.drawNow();
      /** @type {HTMLElement | null} */ (this.given.root.querySelector(`[data-field="${was}"] .pe__ev`))?.focus();
    } else if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !/** @type {HTMLElement} */ (event.target).closest("input, textarea")) {
      event.preventDefault();
      if (event.shiftKey) this.given.sync.redo();
      else this.#undo();
    }
  }
}

/** @param {string} code */
function refusal(code) {
  if (code === "stage") return t("In this step personas are only read.");
  if (code === "conflict") return t("Somebody else changed this just now. It stays as they left it.");
  if (code === "unknown") return t("This is gone meanwhile.");
  return t("This was not kept.");
}
