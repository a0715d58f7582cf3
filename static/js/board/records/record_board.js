/**
 * A board whose records are read and written in place: sheets of personas, the blocks of an empathy map, the rows of a
 * plan, a grid to choose from. It draws what the board's method says, lets several people write in one field, and opens
 * everything about one record. Each method's view is a module of its own, with its own list view.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("lit-html").TemplateResult} Template
 * @typedef {{
 *   label: string, main: (how: {isPhone: boolean, isList: boolean}) => Template, bar: () => Template, submit: (form: HTMLFormElement) => void,
 *   drawn?: (box: HTMLElement) => void, keys?: (event: KeyboardEvent) => boolean,
 * }} View `drawn`: after each drawing; `keys`: whether a key meant something
 */
import { html, render } from "lit-html";
import { isWriting } from "../../lib/dom.js";
import { kept } from "../../lib/keep.js";
import { t, tn } from "../../lib/words.js";
import { Acts } from "../../personas/acts.js";
import { Names } from "../../personas/names.js";
import { Writing } from "../../personas/writing.js";
import { Presence } from "../presence.js";
import { CanvasView } from "./canvas.js";
import { ActionPlan } from "./action_plan.js";
import { CardsView } from "./cards.js";
import { ChoiceGrid } from "./choice_grid.js";
import { DeclaredBoard } from "./declared/board.js";
import { RecordHost } from "./host.js";
import { CriteriaMatrix } from "./criteria_matrix.js";
import { titleOf } from "./kinds.js";
import { RecordForm } from "./record_form.js";
import { ANY, Registers } from "./registers.js";
import { TableView } from "./table.js";

const VIEWS = { persona: CardsView, empathy: CanvasView, "engagement-plan": TableView, "impact-effort": ChoiceGrid, "action-plan": ActionPlan, "criteria-matrix": CriteriaMatrix };

export class RecordBoard {
  /** @type {View | null} */
  #view = null;
  /** @type {RecordForm | null} */
  #form = null;
  /** @type {Writing | null} */
  #writing = null;
  /** @type {Presence | null} */
  #presence = null;

  /**
   * @param {{
   *   main: HTMLElement, box: HTMLElement, form: HTMLFormElement, dialog: HTMLDialogElement, model: import("../model.js").Model, popover: import("../panels/popover.js").Popover,
   *   languages: {tag: string, name: string}[], say: (words: string) => void, tell: (words: string) => void, undo: () => void, redo: () => void, toggleList: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { model, box, form, say } = parts;
    const registers = (this.registers = new Registers(model, new Set([...Object.keys(VIEWS), ANY])));
    const where = { get register() { return registers.register; }, me: model.me };
    this.acts = new Acts(model.sync, where, say);
    this.names = new Names(model.sync, { workshop: model.who.workshop, me: model.me, lang: model.who.lang, languages: parts.languages });
    form.addEventListener("submit", (e) => this.#submit(e));
    form.addEventListener("focusin", () => this.#writing?.attach());
    box.addEventListener("keydown", (e) => this.#keys(e));
    document.addEventListener("keydown", (e) => e.target === document.body && registers.isOn && this.#keys(e));
    box.addEventListener("full", () => parts.tell(t("No more words fit here.")));
    this.host = new RecordHost({ ...parts, registers }, { flag: "is-records", drawn: () => this.#drawn(), followed: () => this.#listen(), telling: (heard) => this.#telling(heard) });
  }

  draw() {
    this.host.draw();
  }

  #drawn() {
    const { main, box, form } = this.parts;
    this.#view ??= this.#made();
    const { classList } = main;
    const isPhone = classList.contains("is-phone") && !classList.contains("is-list");
    box.setAttribute("aria-label", this.#view.label);
    render(this.#view.main({ isPhone, isList: isPhone || classList.contains("is-list") }), box);
    render(this.#view.bar(), form);
    this.#view.drawn?.(box);
    this.#writing?.attach();
    this.#form?.draw();
  }

  /** @returns {View} */
  #made() {
    const View = VIEWS[/** @type {keyof typeof VIEWS} */ (this.registers.method)] ?? DeclaredBoard;
    const { say, tell, popover, dialog } = this.parts;
    /** @type {Tools} */
    const tools = {
      registers: this.registers, acts: this.acts, names: this.names, say, tell, popover, draw: () => this.draw(), drawNow: () => this.host.drawNow(),
      writers: (id, field) => this.#writers(id, field), focusBar: () => this.#focusBar(), edit: (id, back) => this.#form?.open(id, back),
    };
    this.#form = new RecordForm({ dialog, tools, presence: () => this.#presence });
    return new View(tools);
  }

  /** To who else writes in the register. */
  #listen() {
    const { register, model } = this.registers;
    if (this.#writing) return;
    this.#presence = new Presence(model.sync, register);
    this.#presence.onChange(() => this.draw());
    this.#writing = new Writing(this.parts.box, model.sync, register, this.#presence);
  }

  /** Who else writes in this field, by name. @param {string} id @param {string} field */
  #writers(id, field) {
    const shown = [...(this.#presence?.people ?? [])];
    return shown.filter(([, one]) => one.writing?.id === id && one.writing.field === field).map(([person]) => this.names.name(person));
  }

  #focusBar() {
    const field = /** @type {HTMLElement | null} */ (this.parts.form.querySelector(".composer__in"));
    field?.focus();
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    if (!this.names.may("add", "own")) return this.parts.tell(t("The board is locked. Your words stay in the field."));
    this.#view?.submit(this.parts.form);
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing || isWriting(event.target)) return;
    if (this.host.undoes(event) || this.host.turnsList(event)) return;
    if (this.#view?.keys?.(event)) return event.preventDefault();
    if (event.code !== "KeyN" || kept("singles", "1") !== "1" || event.ctrlKey || event.metaKey || event.altKey) return;
    this.#focusBar();
    event.preventDefault();
    event.stopPropagation();
  }

  /** What others did. @param {[string, string][]} heard */
  #telling(heard) {
    const titles = new Set(heard.map(([id]) => this.#title(id)).filter(Boolean));
    if (titles.size > 1) return tn("{n} thing changed by others", "{n} things changed by others", titles.size);
    const [title] = titles;
    return title ? t("{name} works on {title}", { name: this.names.name(heard[0][1]), title }) : "";
  }

  /** What a record is known by here: a line by what it is of, a row of a plan by its actor. @param {string} id */
  #title(id) {
    const item = this.registers.record(id);
    return titleOf(this.registers.record(item?.of ?? item?.stakeholder ?? item?.item ?? id));
  }
}

/**
 * What each view is handed.
 * @typedef {{
 *   registers: Registers, acts: Acts, names: Names, say: (words: string) => void, tell: (words: string) => void, popover: import("../panels/popover.js").Popover,
 *   draw: () => void, drawNow: () => void, edit: (id: string, back?: HTMLElement | null) => void, writers: (id: string, field: string) => string[], focusBar: () => void,
 * }} Tools
 */

/** Nobody yet: said in the middle of the board. @param {string} words */
export function emptyBoard(words) {
  return html`<p class="rec__empty">${words}</p>`;
}

/** Nothing in a table yet: what it asks for stands above the question; on a phone, in a line below it. @param {readonly string[]} labels @param {string} words @param {boolean} isPhone */
export function emptyTable(labels, words, isPhone) {
  if (isPhone) return html`${emptyBoard(words)}<p class="rec__asks small muted">${labels.join(" · ")}</p>`;
  return html`<div class="rec__none"><table class="plan__table decl__grid"><thead><tr>${labels.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead></table>${emptyBoard(words)}</div>`;
}
