/**
 * Layout `tree`: what hangs on what. A tree of one kind has its core in the middle, what follows from it above and what
 * causes it below, as problems or turned into aims; a tree of several kinds hangs each on the one before, and shows the last
 * as a table as well. As a list, and on a phone, it is indented lines.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("./board.js").DeclaredBoard} Board
 * @typedef {import("./shape.js").Kind} Kind
 * @typedef {import("./shape.js").Shape} Shape
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../../lib/dom.js";
import { t } from "../../../lib/words.js";
import { titleOf } from "../kinds.js";
import { emptyBoard } from "../record_board.js";
import { entry } from "./entries.js";
import { tableOf } from "./rows.js";
import { beside, grown } from "./shape.js";

/** @param {Board} board @param {{isPhone: boolean, isList: boolean}} how */
export function tree(board, { isPhone, isList }) {
  const shape = /** @type {Shape} */ (board.shape);
  const self = shape.kinds.find((one) => one.parent);
  if (!shape.kinds.some((kind) => shape.records(kind).length)) return emptyBoard(shape.told.prompts.join(" "));
  if (self) return html`${board.prompts}${turns(board, t("Problems"), t("Aims"))}${ofProblems(board, shape, self, isList)}`;
  const [first] = shape.told.kinds;
  const joins = shape.kinds.filter((one) => one.joins);
  return html`${board.prompts}${turns(board, t("Tree"), t("Table"))}${board.second ? tableOf(board, shape, first, isPhone) : ofSeveral(board, shape)}
    ${joins.map((one) => tableOf(board, shape, one, isPhone))}`;
}

/** Arrows go from what hangs to what it hangs on, Enter into its words, Escape out of them. @param {Board} board @param {KeyboardEvent} event @param {import("./shape.js").Grown} tree @param {"down" | "in"} grows */
function walk(board, event, tree, grows) {
  const target = /** @type {HTMLElement} */ (event.target);
  const entry = /** @type {HTMLElement | null} */ (target.closest("[data-entry]"));
  if (!entry || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const isWriting = target.matches("textarea");
  if (isWriting ? event.key !== "Escape" : target !== entry) return;
  const id = entry.dataset.entry ?? "";
  const to = isWriting || event.key === "Enter" ? id : beside(tree, id, event.key, grows);
  const next = event.key === "Enter" ? entry.querySelector("textarea") : nodeOf(event, to);
  if (!next) return;
  board.walkTo(to);
  next.focus();
  event.preventDefault();
  event.stopPropagation();
}

/** @param {Event} event @param {string} id */
function nodeOf(event, id) {
  return id ? /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.currentTarget).querySelector(`[data-entry="${id}"]`)) : null;
}

/** @param {Board} board @param {string} one @param {string} other */
function turns(board, one, other) {
  return html`<div class="plan__head"><div class="seg" role="group" aria-label=${t("Show")}><button type="button" aria-pressed=${!board.second} @click=${() => board.turn(false, one)}>${one}</button><button type="button" aria-pressed=${board.second} @click=${() => board.turn(true, other)}>${other}</button></div></div>`;
}

/** @param {Board} board @param {Shape} shape @param {Kind} kind @param {boolean} isList */
function ofProblems(board, shape, kind, isList) {
  const all = shape.records(kind);
  const core = all.find((one) => one.side === "core");
  const parentOf = (/** @type {Item} */ one) => (one.side === "core" ? "" : (board.tools.registers.record(one[kind.parent])?.id ?? ""));
  const { roots, children } = grown(all, parentOf);
  const of = (/** @type {string} */ side) => (core ? (children.get(core.id) ?? []).filter((one) => (one.side === "effects" ? "effects" : "causes") === side) : []);
  const loose = roots.filter((one) => one !== core);
  const [, , , ends, aim, means] = shape.told.regions.map((one) => one.title);
  const [effects, middle, causes] = board.second ? [ends, aim, means] : shape.told.regions.map((one) => one.title);
  const node = (/** @type {Item} */ one, /** @type {string} */ side) => branch(board, shape, one, children, side);
  const whole = { roots: [...(core ? [core] : []), ...loose], children, turned: new Set(isList ? [] : all.filter((one) => one.side === "effects").map((one) => one.id)), core: core?.id };
  board.walkable(whole);
  const add = (/** @type {string} */ region, /** @type {string} */ words) => (board.may && core && !board.second ? html`<button type="button" class="btn btn--s" @click=${() => board.aim({ kind: kind.name, region, parent: core.id })}>${icon("plus", "i--16")}${words}</button>` : nothing);
  return html`<div class="decl__tree" @keydown=${(/** @type {KeyboardEvent} */ e) => walk(board, e, whole, isList ? "in" : "down")}>
    <section aria-label=${effects}><h2 class="small strong">${effects} ${add("effects", t("Add an effect"))}</h2><ul class="decl__kids decl__kids--up">${repeat(of("effects"), (one) => one.id, (one) => node(one, "effects"))}</ul></section>
    <section aria-label=${middle} class="decl__core"><h2 class="small strong">${middle}</h2>${core ? html`<ul class="decl__kids">${entry(board, shape, core, { field: board.second ? "aim" : undefined, walked: board.walked(core.id) })}</ul>` : nothing}</section>
    <section aria-label=${causes}><h2 class="small strong">${causes} ${add("causes", t("Add a cause"))}</h2><ul class="decl__kids">${repeat(of("causes"), (one) => one.id, (one) => node(one, "causes"))}</ul></section>
    ${loose.length ? html`<section aria-label=${t("Not tied to the core problem")}><h2 class="small strong">${t("Not tied to the core problem")}</h2><ul class="decl__kids">${repeat(loose, (one) => one.id, (one) => node(one, "causes"))}</ul></section>` : nothing}</div>`;
}

/** A node, and what hangs on it. @param {Board} board @param {Shape} shape @param {Item} record @param {Map<string, Item[]>} children @param {string} region @returns {unknown} */
function branch(board, shape, record, children, region) {
  const below = children.get(record.id) ?? [];
  const kind = /** @type {Kind} */ (shape.kind(record.kind));
  const next = kind.parent ? kind : shape.kinds.find((one) => one.under && !one.joins && one.fields.find((field) => field.name === one.under)?.of === kind.name);
  const add = board.may && next && !(kind.parent && board.second) ? html`<button type="button" class="em__more" aria-label=${t("Add below {name}", { name: titleOf(record) })} @click=${() => board.aim({ kind: next.name, region, parent: record.id })}>${icon("plus", "i--16")}</button>` : nothing;
  return html`<li class="decl__branch" data-node=${record.id}><ul class="decl__node">${entry(board, shape, record, { field: kind.parent && board.second ? "aim" : undefined, after: add, walked: board.walked(record.id) })}</ul>
    ${below.length ? html`<ul class="decl__kids ${region === "effects" ? "decl__kids--up" : ""}">${repeat(below, (one) => one.id, (one) => branch(board, shape, one, children, region))}</ul>` : nothing}</li>`;
}

/** Each kind hangs on the one before: axes, objectives, projects. @param {Board} board @param {Shape} shape */
function ofSeveral(board, shape) {
  const kinds = shape.kinds.filter((one) => !one.joins);
  const all = kinds.flatMap((kind) => shape.records(kind));
  const parentOf = (/** @type {Item} */ one) => board.tools.registers.record(one[shape.kind(one.kind)?.under ?? ""])?.id ?? "";
  const { roots, children } = grown(all, parentOf);
  const order = new Map(shape.told.regions.map((one, at) => [one.kind, at]));
  roots.sort((a, b) => (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0));
  const whole = { roots, children };
  board.walkable(whole);
  return html`<ul class="decl__outline" @keydown=${(/** @type {KeyboardEvent} */ e) => walk(board, e, whole, "in")}>${repeat(roots, (one) => one.id, (one) => branch(board, shape, one, children, ""))}</ul>`;
}
