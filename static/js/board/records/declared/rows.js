/**
 * Layout `table`: a row for each record and a column for each field the method shows, written in place; on a phone each row
 * is a form. Where the method's rows are fields, records stand side by side. Numbers that each person says have a column for
 * each region, mine or together.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("../kinds.js").Field} Field
 * @typedef {import("./board.js").DeclaredBoard} Board
 * @typedef {import("./shape.js").Kind} Kind
 * @typedef {import("./shape.js").Shape} Shape
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../../lib/dom.js";
import { t } from "../../../lib/words.js";
import { cell, isMissing } from "../cells.js";
import { titleOf } from "../kinds.js";
import { emptyTable } from "../record_board.js";
import { liesAcross } from "./shape.js";

/** @param {Board} board @param {{isPhone: boolean}} how */
export function rows(board, { isPhone }) {
  const shape = /** @type {Shape} */ (board.shape);
  if (!shape.kinds.some((kind) => shape.records(kind).length)) return emptyTable(labelsOf(shape), shape.told.prompts.join(" "), isPhone);
  return html`${board.prompts}${shape.each.length ? turns(board) : nothing}
    <div class="plan__rows">${shape.kinds.map((kind) => tableOf(board, shape, kind, isPhone))}</div>`;
}

/** What a table of the first kind asks for. @param {Shape} shape */
function labelsOf(shape) {
  const [kind] = shape.kinds;
  const titles = new Map(shape.told.rows.map((one) => [one.id, one.title]));
  const numbers = shape.each.some((one) => one.each === kind.name) ? shape.told.regions.map((one) => one.title) : [];
  return [...shape.columns(kind).map((one) => titles.get(one.name) ?? one.label), ...numbers];
}

/** The table of one kind, with its name where there are several. @param {Board} board @param {Shape} shape @param {Kind} kind @param {boolean} isPhone */
export function tableOf(board, shape, kind, isPhone) {
  const records = shape.records(kind);
  if (!records.length) return nothing;
  const across = liesAcross(shape.told) && kind === shape.told.kinds[0];
  const content = isPhone ? forms(board, shape, kind, records) : across ? sideBySide(board, shape, kind, records) : table(board, shape, kind, records);
  return html`<section class="decl__table">${shape.kinds.length > 1 ? html`<h2 class="h3 decl__kind">${kind.label} <span class="zone__n">${records.length}</span></h2>` : nothing}${content}</section>`;
}

/** @param {Board} board */
function turns(board) {
  const turn = (/** @type {boolean} */ second) => () => board.turn(second, second ? t("Together") : t("My scores"));
  return html`<div class="plan__head"><div class="seg" role="group" aria-label=${t("Show")}><button type="button" aria-pressed=${!board.second} @click=${turn(false)}>${icon("person", "i--16")}${t("My scores")}</button><button type="button" aria-pressed=${board.second} @click=${turn(true)}>${icon("people", "i--16")}${t("Together")}</button></div></div>`;
}

/** @param {Board} board @param {Shape} shape @param {Kind} kind @param {Item[]} records */
function table(board, shape, kind, records) {
  const [first, ...columns] = shape.columns(kind);
  const each = shape.each.filter((one) => one.each === kind.name);
  return html`<table class="plan__table decl__grid"><thead><tr><th scope="col">${first.label}</th>${columns.map((one) => html`<th scope="col">${one.closed ? icon("lock", "i--16") : nothing}${one.label}</th>`)}${each.flatMap(() => shape.told.regions.map((one) => html`<th scope="col">${one.title}</th>`))}<th scope="col"><span class="sr">${t("More")}</span></th></tr></thead>
    <tbody>${repeat(records, (one) => one.id, (one) => html`<tr data-row=${one.id}><th scope="row">${cell(board.tools, one, first)}</th>${columns.map((field) => html`<td class=${look(board, one, field)}>${cell(board.tools, one, field)}</td>`)}${each.flatMap((by) => shape.told.regions.map((region) => html`<td>${number(board, shape, by, one, region)}</td>`))}<td class="plan__off">${more(board, one)}</td></tr>`)}</tbody></table>`;
}

/** @param {Board} board @param {Shape} shape @param {Kind} kind @param {Item[]} records */
function forms(board, shape, kind, records) {
  const columns = shape.columns(kind);
  const each = shape.each.filter((one) => one.each === kind.name);
  return html`<ul class="plan__forms">${repeat(records, (one) => one.id, (one) => html`<li data-row=${one.id}><div class="row"><h2 class="h3 grow" dir="auto">${titleOf(one)}</h2>${more(board, one)}</div>
    ${columns.map((field) => html`<div class="plan__field ${look(board, one, field)}"><span class="small muted" aria-hidden="true">${field.label}</span>${cell(board.tools, one, field)}</div>`)}
    ${each.flatMap((by) => shape.told.regions.map((region) => html`<div class="plan__field"><span class="small muted" aria-hidden="true">${region.title}</span>${number(board, shape, by, one, region)}</div>`))}</li>`)}</ul>`;
}

/** Records as columns, in the order their number says. @param {Board} board @param {Shape} shape @param {Kind} kind @param {Item[]} records */
function sideBySide(board, shape, kind, records) {
  const [first, ...fields] = shape.columns(kind);
  const sorted = [...records].sort((a, b) => rank(a) - rank(b));
  const titles = new Map(shape.told.rows.map((one) => [one.id, one.title]));
  return html`<table class="plan__table decl__across"><thead><tr><th scope="col">${kind.label}</th>${repeat(sorted, (one) => one.id, (one) => html`<th scope="col" data-row=${one.id}><span class="decl__head">${cell(board.tools, one, first)}${more(board, one)}</span></th>`)}</tr></thead>
    <tbody>${fields.map((field) => html`<tr><th scope="row">${titles.get(field.name) ?? field.label}</th>${repeat(sorted, (one) => one.id, (one) => html`<td class="${look(board, one, field)} ${field.name === "feeling" ? `decl__felt decl__felt--${felt(one)}` : ""}">${cell(board.tools, one, field)}</td>`)}</tr>`)}</tbody></table>`;
}

/** Today before what should be, person by person. @param {Item} record */
function rank(record) {
  return (record.journey === "to_be" ? 10_000 : 0) + (record.number ?? 1000);
}

/** @param {Item} record */
function felt(record) {
  return record.feeling === undefined ? "none" : record.feeling < 0 ? "low" : record.feeling > 0 ? "high" : "even";
}

/** @param {Board} board @param {Item} record @param {Field} field */
function look(board, record, field) {
  return isMissing(board.tools, record, field) ? "is-missing" : "";
}

/** @param {Board} board @param {Item} record */
function more(board, record) {
  return html`<button type="button" class="tool" aria-haspopup="dialog" aria-label=${t("Everything about {name}", { name: titleOf(record) })} @click=${(/** @type {Event} */ e) => board.open(record.id, e)}>${icon("more", "i--16")}</button>`;
}

/** @param {Board} board @param {Shape} shape @param {Kind} kind @param {Item} record @param {import("./shape.js").Region} region */
function number(board, shape, kind, record, region) {
  const said = shape.said(kind, region.id, record.id);
  const label = `${region.title}, ${titleOf(record)}`;
  if (board.second) {
    const values = said.map((one) => one[kind.value]).filter((one) => one !== undefined);
    const mean = values.length ? values.reduce((sum, one) => sum + one, 0) / values.length : null;
    const apart = values.length ? Math.max(...values) - Math.min(...values) : 0;
    const words = mean === null ? "–" : mean.toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: 1 });
    return html`<span class="matrix__v" aria-label="${label}: ${words}${apart ? `, ${t("{n} apart", { n: apart })}` : ""}"><b class="num">${words}</b>${apart > 2 ? html`<span class="chip chip--amber">↔ ${apart}</span>` : nothing}</span>`;
  }
  const mine = said.find((one) => one.by === board.tools.registers.model.me);
  const field = kind.fields.find((one) => one.name === kind.value);
  const pick = (/** @type {Event} */ e) => board.say(kind, { [kind.fields[0].name]: record.id, [kind.place]: region.id }, mine, /** @type {HTMLSelectElement} */ (e.target).value, label);
  return html`<select class="plan__in num" aria-label=${label} ?disabled=${!board.may} @change=${pick}><option value="" .selected=${!mine}>–</option>${field?.options?.map(([code, words]) => html`<option value=${code} .selected=${mine?.[kind.value] === code}>${words}</option>`)}</select>`;
}
