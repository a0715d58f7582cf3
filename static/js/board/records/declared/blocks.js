/**
 * Layout `canvas`: the blocks of a method, each with its entries (of a lotus, eight around their centre); rows split a block where the method has them. Who says a
 * number of a block says it in its head.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("./board.js").DeclaredBoard} Board
 * @typedef {import("./shape.js").Region} Region
 * @typedef {import("./shape.js").Shape} Shape
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../../lib/dom.js";
import { t } from "../../../lib/words.js";
import { entry } from "./entries.js";

/** @param {Board} board */
export function blocks(board) {
  const shape = /** @type {Shape} */ (board.shape);
  const { regions } = shape.told;
  const known = new Set(regions.map((one) => one.id));
  const lost = shape.kinds.flatMap((kind) => shape.records(kind)).filter((one) => !known.has(shape.regionOf(one)));
  const isFlower = regions.length === 9 && regions[0].id === "centre";
  return html`${board.prompts}<div class="em__blocks decl__blocks decl__blocks--${isFlower ? "flower" : Math.min(regions.length, 5)}">${regions.map((one) => block(board, shape, one, shape.inside(one.id)))}${lost.length ? block(board, shape, { id: "", title: t("No place yet"), kind: "" }, lost) : nothing}</div>`;
}

/** @param {Board} board @param {Shape} shape @param {Region} region @param {Item[]} inside */
function block(board, shape, region, inside) {
  const rows = shape.told.rows.filter((row) => row.kind);
  const kinds = shape.kindsIn(region.id);
  const list = (/** @type {Item[]} */ some) => (some.length ? html`<ul>${repeat(some, (one) => one.id, (one) => entry(board, shape, one))}</ul>` : nothing);
  const add = (/** @type {string} */ kind, /** @type {string} */ words) => (board.may && region.id ? html`<button type="button" class="tool" aria-label=${t("Add: {field}", { field: words })} @click=${() => board.aim({ region: region.id, kind })}>${icon("plus")}</button>` : nothing);
  return html`<section class="em__block ${region.id && region.id === board.region ? "is-on" : ""}" data-block=${region.id} aria-labelledby="block-${region.id || "none"}">
    <div class="em__title"><h3 class="strong grow" id="block-${region.id || "none"}" dir="auto">${region.title} <span class="zone__n">${inside.length}</span></h3>${rows.length ? nothing : add(kinds[0]?.name ?? "", region.title)}</div>
    ${shape.each.filter((kind) => kind.each === "region" && region.id).map((kind) => number(board, shape, kind, region))}
    ${rows.length ? rows.map((row) => html`<div class="decl__row"><div class="em__title"><h4 class="small strong grow">${row.title}</h4>${add(row.kind, `${region.title}, ${row.title}`)}</div>${list(inside.filter((one) => one.kind === row.kind))}</div>`) : list(inside)}</section>`;
}

/** @param {Board} board @param {Shape} shape @param {import("./shape.js").Kind} kind @param {Region} region */
function number(board, shape, kind, region) {
  const said = shape.said(kind, region.id);
  const mine = said.find((one) => one.by === board.tools.registers.model.me);
  const field = kind.fields.find((one) => one.name === kind.value);
  const label = `${kind.label}, ${region.title}`;
  const pick = (/** @type {Event} */ e) => board.say(kind, { [kind.place]: region.id }, mine, /** @type {HTMLSelectElement} */ (e.target).value, label);
  return html`<label class="decl__number"><span class="small muted grow">${kind.label}</span><select class="plan__in num" aria-label=${label} ?disabled=${!board.may} @change=${pick}><option value="" .selected=${!mine}>–</option>${field?.options?.map(([code, words]) => html`<option value=${code} .selected=${mine?.[kind.value] === code}>${words}</option>`)}</select></label>`;
}
