/**
 * Layout `table`: the engagement plan. A row says how one actor is worked with, over the same actors as the maps; cells are
 * written in place, several people at once. On a phone each row is a form. What is on the closed side is in columns that
 * only those who lead have.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("./kinds.js").Field} Field
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { fold } from "../../lib/fold.js";
import { newId } from "../../lib/ids.js";
import { t, tn } from "../../lib/words.js";
import { placeOf, quadrantOf } from "../layouts/grid2.js";
import { cell, isMissing } from "./cells.js";
import { overdueContacts, withoutARow } from "./plan.js";
import { emptyTable } from "./record_board.js";
import { PAPERS, quadrantName, sectorName } from "./words.js";

export class TableView {
  /** @param {import("./record_board.js").Tools} tools */
  constructor(tools) {
    this.tools = tools;
  }

  get label() {
    return t("Engagement plan");
  }

  /** Rows in the order of their actors. */
  get #rows() {
    const { registers } = this.tools;
    const order = new Map(registers.stakeholders.map((r, at) => [r.id, at]));
    const at = (/** @type {Item} */ row) => order.get(registers.record(row.stakeholder)?.id ?? "") ?? Infinity;
    return registers.of("engagement").sort((a, b) => at(a) - at(b) || a.at - b.at);
  }

  get #columns() {
    return columns().filter((c) => !c.closed || this.tools.registers.model.leads);
  }

  /** @param {{isPhone: boolean}} how */
  main({ isPhone }) {
    const rows = this.#rows;
    const { registers } = this.tools;
    if (!rows.length && !registers.stakeholders.length) return emptyTable([t("Actor"), ...this.#columns.map((one) => one.label)], t("Nobody is named yet. Name an actor to begin the plan."), isPhone);
    const today = new Date().toLocaleDateString("sv");
    const late = new Set(overdueContacts(rows, today));
    const content = isPhone ? this.#forms(rows, late) : this.#table(rows, late);
    return html`<div class="plan ${isPhone ? "is-forms" : ""}"><div class="plan__rows">${rows.length ? content : html`<p class="plan__none">${t("No row yet. Whom do you talk to first?")}</p>`}${this.#without(rows)}</div>${this.#foot(rows, late)}</div>`;
  }

  /** @param {Item[]} rows @param {ReadonlySet<string>} late */
  #table(rows, late) {
    const { registers } = this.tools;
    return html`<table class="plan__table"><thead><tr><th scope="col">${t("Actor")}</th>${this.#columns.map((c) => html`<th scope="col" class="plan__h--${c.name}">${c.closed ? icon("lock", "i--16") : nothing}${c.label}</th>`)}<th scope="col"><span class="sr">${t("Delete")}</span></th></tr></thead>
      <tbody>${repeat(rows, (row) => row.id, (row) => html`<tr data-row=${row.id}><th scope="row">${this.#actor(registers.record(row.stakeholder))}</th>${this.#columns.map((c) => html`<td class=${this.#look(row, c)}>${this.#cell(row, c, late.has(row.id))}</td>`)}<td class="plan__off">${this.#remove(row)}</td></tr>`)}</tbody></table>`;
  }

  /** @param {Item[]} rows @param {ReadonlySet<string>} late */
  #forms(rows, late) {
    const { registers } = this.tools;
    return html`<ul class="plan__forms">${repeat(rows, (row) => row.id, (row) => html`<li data-row=${row.id}><div class="row"><h2 class="h3 grow">${this.#actor(registers.record(row.stakeholder))}</h2>${this.#remove(row)}</div>
      ${this.#columns.map((c) => html`<div class="plan__field ${this.#look(row, c)}"><span class="small muted" aria-hidden="true">${c.closed ? icon("lock", "i--16") : nothing}${c.label}</span>${this.#cell(row, c, late.has(row.id))}</div>`)}</li>`)}</ul>`;
  }

  /** @param {Item | undefined} actor */
  #actor(actor) {
    const paper = PAPERS[actor?.sector] ?? "stone";
    const at = actor && placeOf(actor);
    const means = [actor ? sectorName(actor.sector) : "", at ? quadrantName(quadrantOf(at)) : ""].filter(Boolean).join(" · ");
    return html`<span class="plan__actor"><span class="composer__sw c-${paper}">${mark(paper)}</span><span><b dir="auto">${actor?.name ?? ""}</b>${means ? html`<span class="small muted">${means}</span>` : nothing}</span></span>`;
  }

  /** @param {Item} row @param {Field} column */
  #look(row, column) {
    return isMissing(this.tools, row, column) ? "is-missing" : "";
  }

  /** @param {Item} row @param {Field} column @param {boolean} late */
  #cell(row, column, late) {
    const title = this.tools.registers.record(row.stakeholder)?.name ?? "";
    const after = late && column.name === "next" ? html`<span class="chip chip--danger plan__late">${icon("clock", "i--16")}${t("Overdue")}</span>` : nothing;
    return cell(this.tools, row, column, { title, after });
  }

  /** @param {Item} row */
  #remove(row) {
    const { registers, names, acts } = this.tools;
    const name = registers.record(row.stakeholder)?.name ?? "";
    if (!names.may("delete")) return nothing;
    return html`<button type="button" class="tool" aria-label=${t("Delete the row of {name}", { name })} @click=${() => acts.removeRow(row, t("Row deleted"))}>${icon("trash", "i--16")}</button>`;
  }

  /** Actors nobody is to talk to yet; those one cannot do without come first. @param {Item[]} rows */
  #without(rows) {
    const { registers, names } = this.tools;
    const actors = registers.stakeholders.map((r) => /** @type {Item} */ ({ ...r, veto: registers.kept(r.id).veto }));
    const planned = new Set(rows.map((row) => registers.record(row.stakeholder)?.id));
    const needed = new Set(withoutARow(actors, rows.map((row) => ({ ...row, stakeholder: registers.record(row.stakeholder)?.id }))));
    const rest = actors.filter((r) => !planned.has(r.id)).sort((a, b) => Number(needed.has(b.id)) - Number(needed.has(a.id)));
    if (!rest.length || !names.may("add", "own")) return nothing;
    return html`<section class="plan__without"><h2 class="small strong">${t("Without a row")}</h2><ul>${rest.map((r) => html`<li><button type="button" class="btn btn--s ${needed.has(r.id) ? "plan__needed" : ""}" @click=${() => this.#add(r)}>${icon("plus", "i--16")}<span dir="auto">${r.name}</span>${needed.has(r.id) ? html`<span class="small">${t("needed")}</span>` : nothing}</button></li>`)}</ul></section>`;
  }

  /** @param {Item[]} rows @param {ReadonlySet<string>} late */
  #foot(rows, late) {
    const open = rows.reduce((sum, row) => sum + this.#columns.filter((c) => this.#look(row, c)).length, 0);
    return html`<p class="plan__foot"><span class="grow small muted">${t("The same actors as on the maps. What you write here is one plan for all boards.")}</span>${late.size ? html`<span class="chip chip--danger">${icon("clock", "i--16")}${tn("{n} contact is overdue", "{n} contacts are overdue", late.size)}</span>` : nothing}${open ? html`<span class="chip chip--amber">${icon("warn", "i--16")}${tn("{n} cell to fill", "{n} cells to fill", open)}</span>` : nothing}</p>`;
  }

  /** @param {Item} actor */
  #add(actor) {
    const id = newId();
    this.tools.acts.addRow(id, actor.id, t("{name}: row added", { name: actor.name }));
    this.tools.draw();
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(`[data-row="${id}"] .plan__in`))?.focus());
  }

  bar() {
    const may = this.tools.names.may("add", "own");
    return html`<input class="composer__in" name="actor" list="plan-actors" maxlength="240" autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? t("Name an actor") : t("The board is locked")} aria-label=${t("Name an actor")} ?readonly=${!may}>
      <datalist id="plan-actors">${this.tools.registers.stakeholders.map((r) => html`<option value=${r.name}></option>`)}</datalist>
      <button class="btn btn--primary composer__add" aria-label=${t("Add row")}><span class="composer__word">${t("Add row")}</span>${icon("send", "on-phone")}</button>`;
  }

  /** @param {HTMLFormElement} form */
  submit(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("actor"));
    const name = field.value.trim();
    if (!name) return field.focus();
    const { registers, acts, say } = this.tools;
    const known = registers.stakeholders.find((r) => fold(r.name) === fold(name));
    const actor = known?.id ?? acts.addActor(name);
    acts.addRow(newId(), actor, "");
    say(t("{name}: row added", { name: known?.name ?? name }));
    field.value = "";
    field.focus();
  }
}

/** @returns {Field[]} */
function columns() {
  /** @type {[number, string][]} */
  const stances = [[-2, t("−2 against")], [-1, "−1"], [0, "0"], [1, "+1"], [2, t("+2 for")]];
  return [
    { name: "level", label: t("How"), type: "enum", required: true, options: [["inform", t("Inform")], ["consult", t("Ask")], ["involve", t("Involve")], ["work_together", t("Work together")], ["decide", t("Let decide")]] },
    { name: "message", label: t("What we say"), type: "text" },
    { name: "channel", label: t("By what way"), type: "text", required: true },
    { name: "language", label: t("Language"), type: "text" },
    { name: "how_often", label: t("How often"), type: "text" },
    { name: "responsible", label: t("Who"), type: "text", required: true },
    { name: "next", label: t("Next contact"), type: "date" },
    { name: "stance_now", label: t("Stands now"), type: "enum", options: stances, closed: true },
    { name: "stance_wanted", label: t("Should stand"), type: "enum", options: stances, closed: true },
  ];
}
