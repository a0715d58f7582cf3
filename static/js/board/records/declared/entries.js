/**
 * One record as a slip of paper: its words written in place, what else is said of it, and what can be done with it.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("./board.js").DeclaredBoard} Board
 * @typedef {import("./shape.js").Shape} Shape
 */
import { html, nothing } from "lit-html";
import { icon, mark } from "../../../lib/dom.js";
import { t } from "../../../lib/words.js";
import { isBlank, sayMoney, sayMonth, valueOf } from "../cells.js";
import { titleOf } from "../kinds.js";

/** @param {Board} board @param {Shape} shape @param {Item} record @param {{field?: string, after?: unknown, walked?: number}} [how] `field`: its words, where they are not its first; `walked`: where arrows go, its place in the order of Tab */
export function entry(board, shape, record, { field: name, after = nothing, walked } = {}) {
  const { names, writers } = board.tools;
  const kind = shape.kind(record.kind);
  const first = kind?.fields.find((one) => one.name === name) ?? kind?.fields[0];
  if (!kind || !first) return nothing;
  const may = names.may("edit_text");
  const paper = names.paper(record.by);
  const facts = factsOf(board, shape, record).map(([label, words]) => html`<span class="decl__fact"><span class="decl__label">${label}</span> <span dir="auto">${words}</span></span>`);
  const isEntry = kind.fields.some((one) => one.name === "confidence");
  return html`<li class="em__entry c-${paper}" data-entry=${record.id} tabindex=${walked ?? nothing} aria-label=${walked === undefined ? nothing : titleOf(record)}>
    <textarea class="em__words" rows="1" dir="auto" data-text=${first.name} data-id=${record.id} aria-label="${first.label}, ${names.name(record.by)}" placeholder=${name ? titleOf(record) : ""} ?readonly=${!may}></textarea>
    ${facts.length ? html`<div class="decl__facts">${facts}</div>` : nothing}
    <div class="em__foot"><span class="em__by">${mark(paper)}<span dir="auto">${names.name(record.by)}</span></span>${isEntry ? known(board, record, may) : nothing}${after}
      <button type="button" class="em__more" aria-haspopup="true" aria-label=${t("More: {words}", { words: titleOf(record) })} @click=${(/** @type {Event} */ e) => menu(board, shape, record, /** @type {HTMLElement} */ (e.currentTarget))}>${icon("more", "i--16")}</button></div>
    ${writers(record.id, first.name).map((who) => html`<span class="em__writer">${who}</span>`)}</li>`;
}

/** @param {Board} board @param {Item} record @param {boolean} may */
function known(board, record, may) {
  const is = record.confidence === "known";
  const turn = () => board.tools.acts.set(record, { confidence: is ? null : "known" }, is ? t("Guessed") : t("Known"));
  return html`<button type="button" class="em__known" aria-pressed=${is} aria-label=${is ? t("Known, not guessed") : t("A guess: press when it is known")} ?disabled=${!may} @click=${turn}>${icon(is ? "check" : "help", "i--16")}${is ? t("Known") : t("Guess")}</button>`;
}

/** @param {Board} board @param {Shape} shape @param {Item} record @param {HTMLElement} anchor */
function menu(board, shape, record, anchor) {
  const { popover, acts, names, registers } = board.tools;
  if (popover.isFor(anchor)) return popover.close();
  const kind = shape.kind(record.kind);
  const close = (/** @type {() => void} */ then) => () => {
    popover.close(false);
    then();
  };
  const item = (/** @type {string} */ name, /** @type {string} */ words, /** @type {() => void} */ then, danger = "") => html`<button type="button" class="menu__item ${danger}" role="menuitem" @click=${close(then)}>${name ? icon(name) : nothing}<span class="grow" dir="auto">${words}</span></button>`;
  const move = (/** @type {import("./shape.js").Region} */ to) => () => acts.set(record, { [kind?.place ?? ""]: to.id }, `${t("Moved")}: ${to.title}`);
  const gone = () => {
    registers.hide(record.id);
    acts.drop(record, titleOf(record));
  };
  const mayMove = names.may("edit_text");
  const others = kind?.place && mayMove ? shape.told.regions.filter((one) => !one.kind && one.id !== shape.regionOf(record)) : [];
  const hung = kind && mayMove ? hangers(board, shape, record, kind) : [];
  const hang = (/** @type {Item} */ to) => () => {
    /** @type {import("../../ops_records.js").RecordFields} */
    const fields = { [kind?.parent || kind?.under || ""]: to.id };
    if (kind?.parent && to.side && to.side !== "core") fields.side = to.side;
    acts.set(record, fields, `${t("Moved")}: ${titleOf(to)}`);
  };
  const isOfBoard = record.kind === "canvas_entry" || Boolean(kind?.parent);
  popover.open(anchor, html`${item("edit", t("Everything about it"), () => board.tools.edit(record.id, anchor))}
    ${others.length ? html`<div class="menu__sep"></div><div class="menu__head">${t("Move to…")}</div>${others.map((one) => item("", one.title, move(one)))}` : nothing}
    ${hung.length ? html`<div class="menu__sep"></div><div class="menu__head">${t("Hang it below…")}</div>${hung.map((one) => item("", titleOf(one), hang(one)))}` : nothing}
    ${mayMove ? html`<div class="menu__sep"></div>` : nothing}
    ${isOfBoard ? (names.may("delete") ? item("trash", t("Delete"), gone, "btn--danger") : nothing) : mayMove ? item("eyeoff", t("Take off this board"), () => board.off(record)) : nothing}`, { label: titleOf(record) });
}

/** What it may hang on: nothing has to be dragged, and nothing hangs on itself. @param {Board} board @param {Shape} shape @param {Item} record @param {import("./shape.js").Kind} kind */
function hangers(board, shape, record, kind) {
  const name = kind.parent || kind.under;
  const field = kind.fields.find((one) => one.name === name);
  if (!field || shape.told.layout !== "tree" || record.side === "core") return [];
  const all = shape.kinds.filter((one) => (field.of ?? "").split("|").includes(one.name)).flatMap((one) => shape.records(one));
  const below = new Set([record.id]);
  for (let before = 0; before !== below.size; ) {
    before = below.size;
    for (const one of all) if (below.has(one[name])) below.add(one.id);
  }
  const now = board.tools.registers.record(record[name])?.id;
  return all.filter((one) => !below.has(one.id) && one.id !== now);
}

/** What is said of it beside its name: label and words. @param {Board} board @param {Shape} shape @param {Item} record @returns {[string, string][]} */
export function factsOf(board, shape, record) {
  const kind = shape.kind(record.kind);
  if (!kind) return [];
  const fields = shape.columns(kind).slice(1).filter((one) => one.name !== kind.place && !["side", "aim", "confidence", kind.parent, kind.under].includes(one.name));
  return fields.map((one) => /** @type {[string, string]} */ ([one.label, saidOf(board, record, one)])).filter(([, words]) => words);
}

/** A field in words. @param {Board} board @param {Item} record @param {import("../kinds.js").Field} field */
export function saidOf({ tools }, record, field) {
  const value = valueOf(tools, record, field);
  if (isBlank(value)) return "";
  const option = (/** @type {any} */ code) => field.options?.find(([one]) => one === code)?.[1] ?? String(code);
  switch (field.type) {
    case "ref":
      return titleOf(tools.registers.record(value));
    case "refs":
      return value.map((/** @type {string} */ id) => titleOf(tools.registers.record(id))).join(", ");
    case "multi":
      return value.map(option).join(", ");
    case "tags":
      return value.map((/** @type {string} */ key) => record[key]).join(", ");
    case "list":
      return value.map((/** @type {Item} */ line) => line.text).join("; ");
    case "money":
      return sayMoney(value, record[`${field.name}/currency`]);
    case "month":
      return sayMonth(value);
    case "bool":
      return value ? t("yes") : t("no");
  }
  return field.options ? option(value) : String(value);
}
