/**
 * Layout `table` of the action plan: who does what by when with which money. Rows are the actions of the programme, written
 * in place by several people at once; on a phone each is a form. The same on a line of time. What is overdue, what waits in
 * a circle, and what no money stands behind is named while people work.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("./kinds.js").Field} Field
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { fold } from "../../lib/fold.js";
import { t, tn } from "../../lib/words.js";
import { cell, isMissing, namesList, sayMoney, valueOf } from "./cells.js";
import { fieldOf, fieldsOf, titleOf } from "./kinds.js";
import { circles, fundingGap, load, overdue, risk, waitsFor } from "./plans.js";
import { emptyTable } from "./record_board.js";
import { timelineOf } from "./timeline.js";

/** What stands in the table; all else is one press away. */
const COLUMNS = ["next_step", "lead", "start", "end", "cost", "funding_status", "indicator", "status"];
/** What a phone asks for, first what the plan cannot do without. */
const ASKED = ["title", "lead", "start", "end", "status", "funding_status", "indicator", "next_step", "next_step_by", "cost", "cost_basis", "depends_on"];
/** From so many open actions on, a lead has much to do. */
const MUCH = 4;

export class ActionPlan {
  #asTime = false;

  /** @param {import("./record_board.js").Tools} tools */
  constructor(tools) {
    this.tools = tools;
  }

  get label() {
    return t("Action plan");
  }

  get #actions() {
    return this.tools.registers.of("action");
  }

  /** @param {{isPhone: boolean}} how */
  main({ isPhone }) {
    const actions = this.#actions;
    if (!actions.length) return emptyTable(["title", ...COLUMNS].map((name) => fieldOf("action", name).label), t("No action yet. What is the first thing that somebody will do?"), isPhone);
    const today = new Date().toLocaleDateString("sv");
    const found = { late: new Set(overdue(actions, today)), circles: circles(actions) };
    const content = this.#asTime ? timelineOf(this.tools, actions, { today, late: found.late, pressed: (id, back) => this.tools.edit(id, back) }) : isPhone ? this.#forms(actions, found) : this.#table(actions, found);
    return html`<div class="plan actionplan ${isPhone ? "is-forms" : ""}">${this.#head()}<div class="plan__rows">${content}${namesList(this.tools, "stakeholder")}</div>${this.#foot(actions, found)}</div>`;
  }

  #head() {
    const turn = (/** @type {boolean} */ asTime) => () => {
      this.#asTime = asTime;
      this.tools.say(asTime ? t("On a line of time") : t("As a table"));
      this.tools.draw();
    };
    return html`<div class="plan__head"><div class="seg" role="group" aria-label=${t("Show")}><button type="button" aria-pressed=${!this.#asTime} @click=${turn(false)}>${icon("table", "i--16")}${t("Table")}</button><button type="button" aria-pressed=${this.#asTime} @click=${turn(true)}>${icon("calendar", "i--16")}${t("Timeline")}</button></div></div>`;
  }

  /** @param {Item[]} actions @param {Found} found */
  #table(actions, found) {
    const fields = fieldsOf("action");
    const [title, ...columns] = ["title", ...COLUMNS].map((name) => /** @type {Field} */ (fields.find((one) => one.name === name)));
    return html`<table class="plan__table"><thead><tr><th scope="col">${title.label}</th>${columns.map((c) => html`<th scope="col" class="plan__h--${c.name}">${c.label}</th>`)}<th scope="col"><span class="sr">${t("More")}</span></th></tr></thead>
      <tbody>${repeat(actions, (one) => one.id, (one) => html`<tr data-row=${one.id}><th scope="row">${cell(this.tools, one, title)}${this.#marks(one, found)}</th>${columns.map((c) => html`<td class=${this.#look(one, c)}>${cell(this.tools, one, c)}</td>`)}<td class="plan__off">${this.#more(one)}</td></tr>`)}</tbody></table>`;
  }

  /** @param {Item[]} actions @param {Found} found */
  #forms(actions, found) {
    const fields = ASKED.map((name) => /** @type {Field} */ (fieldsOf("action").find((one) => one.name === name)));
    return html`<ul class="plan__forms">${repeat(actions, (one) => one.id, (one) => html`<li data-row=${one.id}><div class="row"><h2 class="h3 grow" dir="auto">${titleOf(one)}</h2>${this.#more(one)}</div>${this.#marks(one, found)}
      ${fields.map((c) => html`<div class="plan__field ${this.#look(one, c)}"><span class="small muted" aria-hidden="true">${c.label}</span>${cell(this.tools, one, c)}</div>`)}</li>`)}</ul>`;
  }

  /** @param {Item} action @param {Field} field */
  #look(action, field) {
    return isMissing(this.tools, action, field) ? "is-missing" : "";
  }

  /** What stands out about it, in words. @param {Item} action @param {Found} found */
  #marks(action, { late, circles: all }) {
    const { registers } = this.tools;
    const after = waitsFor(action).map((id) => titleOf(registers.record(id))).filter(Boolean);
    const rated = risk(action);
    const marks = [
      late.has(action.id) ? html`<span class="chip chip--danger">${icon("clock", "i--16")}${t("Overdue")}</span>` : nothing,
      all.some((one) => one.includes(action.id)) ? html`<span class="chip chip--danger">${icon("recycle", "i--16")}${t("In a circle")}</span>` : nothing,
      rated?.red ? html`<span class="chip chip--danger">${icon("warn", "i--16")}${t("High risk: {n}", { n: rated.product })}</span>` : nothing,
      after.length ? html`<span class="small muted" dir="auto">${t("after: {names}", { names: after.join(", ") })}</span>` : nothing,
    ].filter((one) => one !== nothing);
    return marks.length ? html`<span class="plan__marks">${marks}</span>` : nothing;
  }

  /** @param {Item} action */
  #more(action) {
    return html`<button type="button" class="tool" aria-haspopup="dialog" aria-label=${t("Everything about {name}", { name: titleOf(action) })} @click=${(/** @type {Event} */ e) => this.tools.edit(action.id, /** @type {HTMLElement} */ (e.currentTarget))}>${icon("more", "i--16")}</button>`;
  }

  /** Sums, and what is to be mended. @param {Item[]} actions @param {Found} found */
  #foot(actions, found) {
    const { registers } = this.tools;
    const required = fieldsOf("action").filter((one) => one.required);
    const open = actions.reduce((sum, one) => sum + required.filter((field) => isMissing(this.tools, one, field)).length, 0);
    const gap = [...fundingGap(actions)].filter(([, amount]) => amount > 0).map(([currency, amount]) => sayMoney(amount, currency));
    const baseless = actions.filter((one) => valueOf(this.tools, one, { name: "cost", label: "", type: "money" }) !== undefined && !one.cost_basis);
    const busy = [...load(actions)].filter(([id, n]) => n >= MUCH && registers.record(id));
    const name = (/** @type {string} */ id) => titleOf(registers.record(id));
    return html`<div class="plan__sums">${found.circles.map((one) => html`<p class="small plan__circle">${icon("recycle", "i--16")}<span dir="auto">${t("These wait for each other: {names}", { names: [...one, one[0]].map(name).join(" → ") })}</span></p>`)}
      <p class="plan__foot"><span class="grow small muted">${gap.length ? t("No secured money yet: {sums}", { sums: gap.join(", ") }) : t("What you write here is one plan for all boards.")}${busy.length ? html` <span dir="auto">${busy.map(([id, n]) => tn("{name} leads {n} action.", "{name} leads {n} actions.", n, { name: name(id) })).join(" ")}</span>` : nothing}</span>
      ${found.late.size ? html`<span class="chip chip--danger">${icon("clock", "i--16")}${tn("{n} action is overdue", "{n} actions are overdue", found.late.size)}</span>` : nothing}
      ${baseless.length ? html`<span class="chip chip--amber">${icon("warn", "i--16")}${tn("{n} cost says not what it rests on", "{n} costs say not what they rest on", baseless.length)}</span>` : nothing}
      ${open ? html`<span class="chip chip--amber">${icon("warn", "i--16")}${tn("{n} cell to fill", "{n} cells to fill", open)}</span>` : nothing}</p></div>`;
  }

  bar() {
    const may = this.tools.names.may("add", "own");
    const words = t("Name an action");
    return html`<input class="composer__in" name="title" maxlength="240" autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? words : t("The board is locked")} aria-label=${words} ?readonly=${!may}>
      <button class="btn btn--primary composer__add" aria-label=${t("Add action")}><span class="composer__word">${t("Add action")}</span>${icon("send", "on-phone")}</button>`;
  }

  /** @param {HTMLFormElement} form */
  submit(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("title"));
    const title = field.value.trim();
    if (!title) return field.focus();
    const { acts, tell } = this.tools;
    const known = this.#actions.find((one) => fold(titleOf(one)) === fold(title));
    if (known) tell(t("{name} is there already. It is one thing on all boards.", { name: titleOf(known) }));
    else acts.create("action", { title }, t("{name} added", { name: title }));
    field.value = "";
    field.focus();
  }
}

/** @typedef {{late: ReadonlySet<string>, circles: string[][]}} Found */
