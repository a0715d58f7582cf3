/**
 * A table brought in by somebody who has one: a file from a spreadsheet, or what another board gives out as CSV. The
 * server reads it, the person says what each column is and sees what will come, and all of it comes as one act, or
 * nothing does.
 *
 * @typedef {import("./matching.js").Row} Row
 * @typedef {import("./targets.js").Target} Target
 * @typedef {{title: string, rows: Row[]}} Sheet
 * @typedef {{asked: import("../ops.js").Asked[], n: number, here: number, wrong: string[], without: number[], zones: string[], actors: string[]}} Ready `n`: rows that come in
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { all, inMessages } from "../ops.js";
import { createRecord } from "../ops_records.js";
import { kindName, titleOf } from "../records/kinds.js";
import { kindHere } from "../records/methods.js";
import { Registers } from "../records/registers.js";
import { asksFor } from "./asking.js";
import { chosen, guessed, hasHead, widthOf } from "./matching.js";
import { alike, readNotes, short } from "./notes.js";
import { readRecords } from "./records.js";
import { noteTargets, recordTargets } from "./targets.js";

const MOST_BYTES = 5 * 1024 * 1024;
const MOST_OPS = 500;
const SHOWN_ROWS = 4;
const SHOWN_WRONG = 20;

export class BringIn {
  /** @type {Sheet[]} */
  #sheets = [];
  #sheet = 0;
  #name = "";
  #isHeaded = true;
  /** @type {string[]} */
  #columns = [];
  /** @type {string | null} */
  #into = null;
  #again = false;

  /**
   * @param {{
   *   dialog: HTMLDialogElement, model: import("../model.js").Model, url: string, formToken: string, tell: (words: string) => void,
   *   offer: (words: string, label: string, act: () => void) => void, region: () => string | null, spots: (n: number) => {x: number, y: number}[],
   *   bounds: () => {x: number, y: number, w: number, h: number} | null, fit: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.model;
    this.registers = new Registers(parts.model);
    parts.dialog.addEventListener("click", (e) => e.target === parts.dialog && parts.dialog.close());
  }

  get #holdsNotes() {
    return this.model.flows || this.model.layout === "free";
  }

  /** The kind of record that comes in here; nothing for notes. */
  get #kind() {
    return this.#holdsNotes ? "" : kindHere(this.model.fields);
  }

  /** Let the person choose a file. */
  choose() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".csv,.txt,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    input.addEventListener("change", () => input.files?.[0] && void this.take(input.files[0]));
    input.click();
  }

  /** @param {File} file */
  async take(file) {
    const { url, formToken, tell } = this.parts;
    if (file.size > MOST_BYTES) return tell(t("The table is too large: 5 MB at most."));
    tell(t("Reading the table…"));
    try {
      const answer = await fetch(url, { method: "POST", body: file, headers: { "x-form-token": formToken } });
      const told = await answer.json().catch(() => ({}));
      if (!answer.ok || !told.sheets) return tell(told.text ?? t("The table could not be read."));
      this.open(told.sheets, file.name);
    } catch {
      tell(t("The table could not be sent: there is no connection."));
    }
  }

  /** @param {Sheet[]} sheets @param {string} name of the file */
  open(sheets, name) {
    const { dialog, region } = this.parts;
    this.#sheets = sheets;
    this.#name = name;
    this.#again = false;
    this.#into = region();
    this.#choose(sheets.findIndex(({ rows }) => hasHead(rows, this.#targets)));
    dialog.setAttribute("aria-labelledby", "bring-in-title");
    this.#render();
    if (!dialog.open) dialog.showModal();
  }

  /** Another sheet. @param {number} at */
  #choose(at) {
    this.#sheet = Math.max(0, at);
    this.#head(hasHead(this.#rows, this.#targets));
  }

  /** @param {boolean} isHeaded */
  #head(isHeaded) {
    this.#isHeaded = isHeaded;
    this.#columns = guessed(this.#rows, this.#targets, isHeaded);
  }

  /** @returns {Target[]} */
  get #targets() {
    return this.#kind ? recordTargets(this.#kind) : noteTargets({ flows: this.model.flows, mayGroup: !this.model.hides && this.model.may("cluster") });
  }

  get #rows() {
    return this.#sheets[this.#sheet]?.rows ?? [];
  }

  get #body() {
    return this.#rows.slice(this.#isHeaded ? 1 : 0);
  }

  // What would come

  /** @returns {Ready} */
  get #ready() {
    return this.#kind ? this.#records() : this.#notes();
  }

  /** @returns {Ready} */
  #notes() {
    const { model } = this;
    const zones = new Map(model.regions.flatMap((one) => [one.title, model.words(one, "title")].map((title) => /** @type {[string, string]} */ ([alike(String(title ?? "")), String(one.title)]))));
    const here = new Set([...model.items.values()].filter((one) => one.kind === "note").map((one) => alike(String(one.text ?? ""))));
    const read = readNotes(this.#body, this.#columns, { zones, mayAddZones: model.leads && !model.hides, here, again: this.#again });
    const author = { me: model.me, now: Date.now(), colour: model.myPaper };
    const asked = asksFor(read.notes, read.zones, { model, author, into: this.#into, spots: this.parts.spots, bounds: this.parts.bounds() });
    return { asked, n: read.notes.length, here: read.here, wrong: read.wrong, without: read.without, zones: read.zones, actors: [] };
  }

  /** @returns {Ready} */
  #records() {
    const { registers, model } = this;
    /** @type {Map<string, Map<string, string>>} */
    const byTitle = new Map();
    const titles = (/** @type {string} */ kind) => {
      const known = byTitle.get(kind) ?? new Map(registers.of(kind).map((one) => [alike(titleOf(one)), one.id]));
      byTitle.set(kind, known);
      return known;
    };
    const read = readRecords(this.#body, this.#columns, { kind: this.#kind, targets: this.#targets, find: (kind, title) => titles(kind).get(title), here: new Set(titles(this.#kind).keys()), again: this.#again });
    const author = { me: model.me, now: Date.now(), colour: model.myPaper };
    const asked = read.records.map((one) => createRecord(one, author));
    return { asked, n: read.titles.length, here: read.here, wrong: read.wrong, without: read.without, zones: [], actors: read.actors };
  }

  /** Why it cannot come in as one act. @param {Ready} ready */
  #tooMuch({ asked }) {
    if (!asked.length || (asked.length <= MOST_OPS && inMessages(all(asked).op)?.length === 1)) return "";
    return t("This is more than comes in at once. Please bring the table in in parts, of 200 rows or so.");
  }

  /** @param {Event} event */
  #take(event) {
    event.preventDefault();
    const ready = this.#ready;
    const { dialog, offer, fit } = this.parts;
    if (!ready.n || ready.wrong.length || this.#tooMuch(ready)) return this.#render();
    const stream = this.#kind ? this.registers.register : this.model.who.board;
    const n = this.model.sync.ask(stream, all(ready.asked));
    dialog.close();
    offer(this.#cameIn(ready.n), t("Undo"), () => this.model.sync.undo(n));
    if (this.model.layout === "free") requestAnimationFrame(() => fit());
  }

  /** @param {number} n */
  #cameIn(n) {
    return this.#kind ? tn("{n} entry came in.", "{n} entries came in.", n) : tn("{n} note came in.", "{n} notes came in.", n);
  }

  // What is seen

  #render() {
    render(this.#content(), this.parts.dialog);
  }

  #content() {
    const ready = this.#ready;
    const tooMuch = this.#tooMuch(ready);
    const isStuck = !ready.n || ready.wrong.length > 0 || Boolean(tooMuch);
    const words = this.#kind ? tn("Bring in {n} entry", "Bring in {n} entries", ready.n) : tn("Bring in {n} note", "Bring in {n} notes", ready.n);
    return html`<form class="dialog__body bi" @submit=${(/** @type {Event} */ e) => this.#take(e)}>
      <div class="row dialog__head"><h2 class="h3 grow" id="bring-in-title">${t("Bring in a table")} <span class="small muted bi__file" dir="auto">${this.#name}</span></h2><button type="button" class="tool" aria-label=${t("Close")} @click=${() => this.parts.dialog.close()}>${icon("x")}</button></div>
      <p>${this.#kind ? t("Every row becomes one entry: {kind}. Say what stands in each column.", { kind: kindName(this.#kind) }) : t("Every row becomes a note. Say what stands in each column.")}</p>
      ${this.#sheetChoice()}
      <label class="tickrow"><input type="checkbox" .checked=${this.#isHeaded} @change=${(/** @type {Event} */ e) => { this.#head(/** @type {HTMLInputElement} */ (e.target).checked); this.#render(); }}>${t("The first row holds the names of the columns")}</label>
      ${this.#table()} ${this.#zoneChoice()}
      <div class="bi__says" role="status">${this.#says(ready)}${tooMuch ? html`<p class="bi__stop">${icon("help", "i--16")} ${tooMuch}</p>` : nothing}</div>
      ${this.#wrong(ready.wrong)} ${this.#here(ready)}
      <div class="bi__acts"><button type="button" class="btn" @click=${() => this.choose()}>${t("Another file")}</button><button class="btn btn--primary" aria-disabled=${String(isStuck)}>${words}</button></div></form>`;
  }

  #sheetChoice() {
    if (this.#sheets.length < 2) return nothing;
    const turn = (/** @type {Event} */ e) => { this.#choose(/** @type {HTMLSelectElement} */ (e.target).selectedIndex); this.#render(); };
    return html`<label class="field"><span class="field__label">${t("Sheet")}</span><select class="input" @change=${turn}>${this.#sheets.map(({ title }, i) => html`<option ?selected=${i === this.#sheet}>${title}</option>`)}</select></label>`;
  }

  /** What says no zone goes there. */
  #zoneChoice() {
    const { regions } = this.model;
    if (this.#kind || !regions.length) return nothing;
    const turn = (/** @type {Event} */ e) => { this.#into = /** @type {HTMLSelectElement} */ (e.target).value; this.#render(); };
    const label = this.#columns.includes("zone") ? t("Rows without a zone go to") : t("The notes go to");
    return html`<label class="field"><span class="field__label">${label}</span><select class="input" @change=${turn}>${regions.map((one) => html`<option value=${one.id} ?selected=${one.id === this.#into}>${this.model.words(one, "title")}</option>`)}</select></label>`;
  }

  /** The first rows, with what each column is on top. */
  #table() {
    const shown = this.#body.slice(0, SHOWN_ROWS);
    const left = this.#body.length - shown.length;
    const width = widthOf(this.#rows);
    const names = this.#isHeaded ? this.#rows[0].cells : [];
    return html`<div class="bi__scroll" tabindex="0" role="group" aria-label=${t("The first rows of the table")}><table class="bi__table">
      <thead><tr><td></td>${Array.from({ length: width }, (_, at) => html`<th scope="col">${this.#column(at, names[at] ?? "")}</th>`)}</tr></thead>
      <tbody>${shown.map(({ number, cells }) => html`<tr><th scope="row" class="num muted">${number}</th>${Array.from({ length: width }, (_, at) => html`<td dir="auto" class=${this.#columns[at] ? "" : "is-out"}>${short(cells[at] ?? "")}</td>`)}</tr>`)}</tbody></table></div>
      ${left > 0 ? html`<p class="small muted">${tn("and {n} row more", "and {n} rows more", left)}</p>` : nothing}`;
  }

  /** @param {number} at @param {string} name */
  #column(at, name) {
    const label = name || t("Column {n}", { n: at + 1 });
    const turn = (/** @type {Event} */ e) => {
      this.#columns = chosen(this.#columns, at, /** @type {HTMLSelectElement} */ (e.target).value);
      this.#render();
    };
    return html`<span class="bi__name small" dir="auto">${label}</span><select class="input bi__as" aria-label=${t("{column} is", { column: label })} @change=${turn}>
      <option value="" ?selected=${!this.#columns[at]} .selected=${!this.#columns[at]}>${t("left out")}</option>
      ${this.#targets.map((one) => html`<option value=${one.key} .selected=${this.#columns[at] === one.key}>${one.label}</option>`)}</select>`;
  }

  /** @param {Ready} ready */
  #says({ n, here, without, zones, actors, wrong }) {
    const rows = without.slice(0, SHOWN_WRONG).join(", ") + (without.length > SHOWN_WRONG ? ", …" : "");
    return html`<p class="strong">${wrong.length ? t("Nothing comes in yet: there are rows that are not understood.") : this.#willCome(n, here)}</p>
      ${zones.length ? html`<p class="small">${tn("{n} zone is made for it: {titles}", "{n} zones are made for it: {titles}", zones.length, { titles: zones.join(", ") })}</p>` : nothing}
      ${actors.length ? html`<p class="small" dir="auto">${tn("{n} actor comes in beside: {names}", "{n} actors come in beside: {names}", actors.length, { names: actors.join(", ") })}</p>` : nothing}
      ${without.length ? html`<p class="small muted">${tn("{n} row has no words and is left out: {rows}", "{n} rows have no words and are left out: {rows}", without.length, { rows })}</p>` : nothing}`;
  }

  /** @param {number} n @param {number} here */
  #willCome(n, here) {
    if (!n) return here ? t("Everything in this table is here already.") : t("There is nothing to bring in.");
    return this.#kind ? tn("{n} entry will come in.", "{n} entries will come in.", n) : tn("{n} note will come in.", "{n} notes will come in.", n);
  }

  /** Everything that is wrong, at once: nobody mends a table line by line. @param {string[]} wrong */
  #wrong(wrong) {
    if (!wrong.length) return nothing;
    const left = wrong.length - SHOWN_WRONG;
    return html`<p class="small">${t("Please mend this in the table, or say what the columns are, and bring it in once more:")}</p>
      <ul class="wronglist">${wrong.slice(0, SHOWN_WRONG).map((words) => html`<li dir="auto">${words}</li>`)}${left > 0 ? html`<li>${tn("and {n} more", "and {n} more", left)}</li>` : nothing}</ul>`;
  }

  /** The same table twice says so. @param {Ready} ready */
  #here({ here }) {
    if (!here) return nothing;
    const turn = (/** @type {Event} */ e) => { this.#again = /** @type {HTMLInputElement} */ (e.target).checked; this.#render(); };
    const words = this.#kind ? tn("{n} row is here already.", "{n} rows are here already.", here) : tn("{n} note with the same words is on the board already.", "{n} notes with the same words are on the board already.", here);
    return html`<div class="bi__here"><p class="small">${words}</p><label class="tickrow"><input type="checkbox" .checked=${this.#again} @change=${turn}>${t("Bring them in once more")}</label></div>`;
  }
}
