/**
 * Layout `cards`: a card for each record, with what the method shows of it; one press opens the whole sheet to write in.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("./board.js").DeclaredBoard} Board
 * @typedef {import("./shape.js").Shape} Shape
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../../lib/dom.js";
import { t } from "../../../lib/words.js";
import { isMissing } from "../cells.js";
import { titleOf } from "../kinds.js";
import { emptyBoard } from "../record_board.js";
import { factsOf } from "./entries.js";

/** @param {Board} board */
export function sheets(board) {
  const shape = /** @type {Shape} */ (board.shape);
  const shown = shape.kinds.flatMap((kind) => shape.records(kind));
  if (!shown.length) return emptyBoard(shape.told.prompts.join(" "));
  return html`${board.prompts}<ul class="pcards">${repeat(shown, (one) => one.id, (one) => card(board, shape, one))}</ul>`;
}

/** @param {Board} board @param {Shape} shape @param {Item} record */
function card(board, shape, record) {
  const { tools } = board;
  const kind = /** @type {import("./shape.js").Kind} */ (shape.kind(record.kind));
  const asked = kind.fields.filter((one) => one.required && (!one.closed || tools.registers.model.leads));
  const open = asked.filter((one) => isMissing(tools, record, one));
  const share = asked.length ? Math.round((1 - open.length / asked.length) * 100) : 100;
  const facts = factsOf(board, shape, record);
  return html`<li class="pcard decl__card" data-entry=${record.id}>
    <button type="button" class="pcard__open decl__open" aria-haspopup="dialog" @click=${(/** @type {Event} */ e) => board.open(record.id, e)}><span class="pcard__who"><b dir="auto">${titleOf(record)}</b>${shape.kinds.length > 1 ? html`<span class="small muted">${kind.label}</span>` : nothing}</span></button>
    ${facts.length ? html`<dl class="decl__dl">${facts.map(([label, words]) => html`<div><dt class="small muted">${label}</dt><dd dir="auto">${words}</dd></div>`)}</dl>` : nothing}
    <div class="pcard__figs"><p class="small"><b class="num">${share} %</b> ${t("filled")}</p><span class="bar" aria-hidden="true"><i class="w-${Math.round(share / 5) * 5}"></i></span>
      ${open.length ? html`<p class="small muted" dir="auto">${t("Still missing: {list}", { list: open.slice(0, 4).map((one) => one.label).join(", ") + (open.length > 4 ? " …" : "") })}</p>` : nothing}</div>
    ${board.may ? html`<button type="button" class="tool pcard__off" aria-label=${t("Take {name} off this board", { name: titleOf(record) })} @click=${() => board.off(record)}>${icon("eyeoff", "i--16")}</button>` : nothing}</li>`;
}
