/** The step that is chosen: its words in each language, its minutes, what people do in it and what happens at the end. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { activity, lasting } from "../board/plan.js";
import { ICONS } from "./plans.js";

/** @typedef {import("../board/model.js").Item} Step */
const STILL_MS = 900;
const SILENT_MINUTES = 8;

export class Panel {
  /** The language whose words are being written; empty: those the agenda is written in. */
  #lang = "";
  #later = 0;
  /** @type {(() => void) | null} what is typed and not asked yet */
  #due = null;

  /** @param {import("./agenda.js").Agenda} agenda */
  constructor(agenda) {
    this.agenda = agenda;
  }

  /** Another step is chosen. */
  begin() {
    this.#settle();
    this.#lang = "";
  }

  /** @param {Step[]} steps */
  draw(steps) {
    const step = steps.find((s) => s.id === this.agenda.chosen);
    if (!step) return nothing;
    return html`<aside class="ag__r" aria-label=${this.agenda.titleOf(step)}>
      <div class="row"><span class="ag__ic ag__ic--${activity(step)}">${icon(ICONS[activity(step)])}</span><h2 class="h2 grow" dir="auto">${this.agenda.titleOf(step)}</h2>
        <button type="button" class="btn btn--quiet btn--icon" aria-label=${t("Close")} @click=${() => this.agenda.choose(null)}>${icon("x")}</button></div>
      ${this.#words(step)} ${this.#minutes(step)} ${this.#doing(step)} ${this.#end(step)} ${this.#where(step)} ${this.#more(step)}
      <div class="btn-row ag__acts">
        <button type="button" class="btn btn--s" @click=${() => this.agenda.copy(step.id)}>${icon("copy", "i--16")}${t("Copy")}</button>
        <button type="button" class="btn btn--s" aria-pressed=${Boolean(step.skipped)} @click=${() => this.#set(step, { skipped: !step.skipped })}>${icon("right", "i--16")}${t("Skip")}</button>
        <button type="button" class="btn btn--s btn--danger" @click=${() => this.agenda.remove(step)}>${icon("trash", "i--16")}${t("Delete")}</button></div>
    </aside>`;
  }

  /** @param {Step} step */
  #words(step) {
    const { agenda } = this;
    const lang = this.#lang;
    const key = (/** @type {string} */ field) => (lang ? `${field}/${lang}` : field);
    const tags = [agenda.base, ...agenda.languagesInUse];
    const others = agenda.given.languages.filter((l) => !tags.includes(l.tag));
    return html`<label class="field"><span class="field__label">${t("Name of the step")}</span><input class="input" name="title" dir="auto" lang=${lang || agenda.base} maxlength="300" placeholder=${lang ? step.title : ""} .value=${step[key("title")] ?? ""} @input=${(/** @type {Event} */ e) => this.#typed(step, "title", e)} @change=${() => this.#settle()}></label>
      <label class="field"><span class="field__label">${t("Question on the screen")}</span><textarea class="input ag__q" name="question" rows="3" dir="auto" lang=${lang || agenda.base} maxlength="800" placeholder=${lang ? (step.question ?? "") : ""} .value=${step[key("question")] ?? ""} @input=${(/** @type {Event} */ e) => this.#typed(step, "question", e)} @change=${() => this.#settle()}></textarea></label>
      <div class="ag__langs" role="group" aria-label=${t("Language")}>
        ${tags.map((tag) => this.#language(step, tag))}
        ${others.length ? html`<label><span class="sr">${t("One more language")}</span><select class="input ag__lang" @change=${(/** @type {Event} */ e) => this.#addLanguage(/** @type {HTMLSelectElement} */ (e.target))}><option value="">+</option>${others.map((l) => html`<option value=${l.tag}>${l.name}</option>`)}</select></label>` : nothing}</div>`;
  }

  /** @param {Step} step @param {string} tag */
  #language(step, tag) {
    const { agenda } = this;
    const isBase = tag === agenda.base;
    const lacks = !isBase && agenda.missing(step).includes(tag);
    const on = (isBase ? "" : tag) === this.#lang;
    const look = lacks ? "chip--amber" : "chip--pine";
    return html`<button type="button" class="chip chip--btn ${look}" aria-pressed=${on} @click=${() => { this.#settle(); this.#lang = isBase ? "" : tag; agenda.draw(); }}>${icon(lacks ? "warn" : "check")}<span lang=${tag}>${agenda.languageName(tag)}</span>${lacks ? html` ${t("missing")}` : nothing}</button>`;
  }

  /** @param {HTMLSelectElement} select */
  #addLanguage(select) {
    const tag = select.value;
    select.value = "";
    if (!tag) return;
    this.#settle();
    this.#lang = tag;
    this.agenda.setDesk({ languages: { [tag]: true } });
  }

  /** @param {Step} step */
  #minutes(step) {
    const by = (/** @type {number} */ n) => this.#set(step, lasting(step, Math.max(0, Math.min(1440, step.minutes + n))));
    return html`<div class="field"><span class="field__label" id="ag-min">${t("Minutes")}</span><span class="row">
      <button type="button" class="btn btn--icon" aria-label=${t("Five minutes less")} @click=${() => by(-5)}>${icon("minus")}</button>
      <input class="input num ag__n" type="number" inputmode="numeric" min="0" max="1440" aria-labelledby="ag-min" .value=${String(step.minutes)} @change=${(/** @type {Event} */ e) => this.agenda.setMinutes(step, /** @type {HTMLInputElement} */ (e.target))}>
      <button type="button" class="btn btn--icon" aria-label=${t("Five minutes more")} @click=${() => by(5)}>${icon("plus")}</button></span></div>`;
  }

  /** @param {Step} step */
  #doing(step) {
    const choices = [
      ["silent", t("Write privately, then show")], ["open", t("Write, everyone sees it at once")], ["cluster", t("Move and group notes")],
      ["vote", t("Vote")], ["locked", t("Look and listen")],
    ];
    return html`<label class="field"><span class="field__label">${t("What people do")}</span><select class="input" name="stage" @change=${(/** @type {Event} */ e) => this.#setStage(step, /** @type {HTMLSelectElement} */ (e.target).value)}>
      ${choices.map(([stage, words]) => html`<option value=${stage} .selected=${stage === step.stage}>${words}</option>`)}</select></label>
      ${step.stage === "silent" ? this.#silent(step) : nothing} ${step.stage === "open" ? this.#rights(step) : nothing}`;
  }

  /** @param {Step} step */
  #silent(step) {
    return html`<label class="field"><span class="field__label">${t("Of these, minutes of private writing")}</span><input class="input num ag__n" type="number" min="1" max="1440" .value=${String(step.stage_minutes ?? step.minutes)} @change=${(/** @type {Event} */ e) => this.#setSilence(step, /** @type {HTMLInputElement} */ (e.target))}></label>
      <button type="button" class="switch" role="switch" aria-checked=${Boolean(step.anonymous)} @click=${() => this.#set(step, { anonymous: !step.anonymous })}><span class="grow">${t("Without names: nobody can tell who wrote what, now or later")}</span><span class="switch__track"></span></button>`;
  }

  /** @param {Step} step */
  #rights(step) {
    const rights = [["add", t("add notes")], ["edit_own", t("change their own notes")], ["edit_all", t("change each other’s notes")], ["move", t("move and group")], ["connect", t("connect notes")]];
    const usual = ["add", "edit_own", "move", "connect"];
    const said = rights.some(([one]) => step[`may/${one}`]);
    const has = (/** @type {string} */ one) => (said ? Boolean(step[`may/${one}`]) : usual.includes(one));
    const turn = (/** @type {string} */ one) => {
      const may = Object.fromEntries(rights.map(([each]) => [each, each === one ? !has(each) : has(each)]));
      // The usual is said by saying nothing; and nobody may nothing by being locked out instead.
      const isUsual = rights.every(([each]) => may[each] === usual.includes(each));
      this.#set(step, { may: isUsual ? Object.fromEntries(rights.map(([each]) => [each, false])) : may });
    };
    return html`<details class="fold ag__rights"><summary>${t("What people may do")}</summary><div class="ag__checks">
      ${rights.map(([one, words]) => html`<label><input type="checkbox" .checked=${has(one)} ?disabled=${has(one) && rights.filter(([each]) => has(each)).length === 1} @change=${() => turn(one)}><span>${words}</span></label>`)}</div></details>`;
  }

  /** @param {Step} step */
  #end(step) {
    const now = step.at_zero ?? "nothing";
    const choices = [["nothing", t("Nothing: people finish their sentence")], ["lock", t("The board is locked")]];
    if (step.stage === "silent") choices.push(["reveal", t("The notes are shown to everyone")]);
    return html`<label class="field"><span class="field__label">${t("When the time is up")}</span><select class="input" name="at_zero" @change=${(/** @type {Event} */ e) => this.#set(step, { at_zero: /** @type {HTMLSelectElement} */ (e.target).value })}>
      ${choices.map(([value, words]) => html`<option value=${value} .selected=${value === now}>${words}</option>`)}</select>
      ${now === "nothing" ? nothing : html`<span class="field__hint">${t("Everyone is told ten seconds before, and you can stop it.")}</span>`}</label>`;
  }

  /** @param {Step} step */
  #where(step) {
    const boards = this.agenda.ofKind("board");
    const modes = [["plenary", t("All together")], ["breakout", t("At tables")], ["individual", t("Each alone")], ["async", t("In one’s own time")]];
    return html`<fieldset class="field ag__mode"><legend class="field__label">${t("How people work")}</legend><div class="seg">
      ${modes.map(([mode, words]) => html`<button type="button" aria-pressed=${step.mode === mode} @click=${() => this.#set(step, { mode })}>${words}</button>`)}</div></fieldset>
      ${boards.length > 1 ? html`<label class="field"><span class="field__label">${t("Board")}</span><select class="input" name="board" @change=${(/** @type {Event} */ e) => this.#set(step, { board: /** @type {HTMLSelectElement} */ (e.target).value || null })}>
        <option value="" .selected=${!step.board}>${t("Stay on the same board")}</option>${boards.map((b) => html`<option value=${b.id} .selected=${b.id === step.board}>${b.title}</option>`)}</select></label>` : nothing}`;
  }

  /** @param {Step} step */
  #more(step) {
    return html`<button type="button" class="switch" role="switch" aria-checked=${Boolean(step.pause)} @click=${() => this.#set(step, { pause: !step.pause })}><span class="grow">${t("This is a pause")}</span><span class="switch__track"></span></button>
      <label class="field"><span class="field__label">${t("Note for facilitators")}</span><textarea class="input ag__q" name="note" rows="2" dir="auto" maxlength="4000" .value=${step.note ?? ""} @input=${(/** @type {Event} */ e) => this.#typed(step, "note", e)} @change=${() => this.#settle()}></textarea></label>`;
  }

  /** @param {Step} step @param {string} stage */
  #setStage(step, stage) {
    const silent = stage === "silent";
    const at_zero = silent ? "reveal" : step.at_zero === "reveal" ? null : undefined;
    /** @type {import("../board/ops_steps.js").StepFields} */
    const fields = { stage };
    if (silent) fields.stage_minutes = Math.min(SILENT_MINUTES, step.minutes) || SILENT_MINUTES;
    else if (step.stage_minutes) fields.stage_minutes = null;
    if (at_zero !== undefined) fields.at_zero = at_zero;
    this.#set(step, fields);
  }

  /** @param {Step} step @param {HTMLInputElement} field */
  #setSilence(step, field) {
    const minutes = Number(field.value);
    if (Number.isInteger(minutes) && minutes >= 1 && minutes <= Math.max(1, step.minutes)) this.#set(step, { stage_minutes: minutes });
    else field.value = String(step.stage_minutes ?? step.minutes);
  }

  /** @param {Step} step @param {import("../board/ops_steps.js").StepFields} fields */
  #set(step, fields) {
    this.#settle();
    this.agenda.edit(step.id, fields);
  }

  /** Words are asked when somebody rests or goes on: others see them appear, and one stroke is not one entry. @param {Step} step @param {"title" | "question" | "note"} field @param {Event} event */
  #typed(step, field, event) {
    const words = /** @type {HTMLInputElement} */ (event.target).value.replace(/\s*\n\s*/g, field === "note" ? "\n" : " ");
    const lang = this.#lang;
    this.#due = () => {
      if (lang && field !== "note") this.agenda.ask(translated(step.id, field, lang, words.trim()));
      else this.agenda.edit(step.id, { [field]: words.trim() });
    };
    clearTimeout(this.#later);
    this.#later = window.setTimeout(() => this.#settle(), STILL_MS);
  }

  #settle() {
    clearTimeout(this.#later);
    const due = this.#due;
    this.#due = null;
    due?.();
  }
}

/** @param {string} id @param {"title" | "question"} field @param {string} lang @param {string} words @returns {import("../board/ops.js").Asked} */
function translated(id, field, lang, words) {
  return { op: { type: "translate", id, field, lang, words }, changes: [{ patch: id, fields: { [`${field}/${lang}`]: words || null } }] };
}
