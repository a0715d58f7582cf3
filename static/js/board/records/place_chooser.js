/**
 * A place on two axes, chosen without dragging: sixteen cells, and steps for those who want it finer. In a popover of
 * the plane, of the list and of the phone.
 */
import { html } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { cellOf, CELLS, whole } from "../layouts/grid2.js";

const STEP = 5;

/**
 * @typedef {{name: string, more: string, less: string}} AxisWords
 * @typedef {{x: number, y: number}} Place
 */

/**
 * @param {Place | null} at
 * @param {(place: Place) => void} put
 * @param {{label: string, x: AxisWords, y: AxisWords, cell: (x: number, y: number) => string}} words `cell`: of a cell, 1 to 4 on each axis
 */
export function placeChooser(at, put, words) {
  const by = (/** @type {"x" | "y"} */ axis, /** @type {number} */ step) => {
    const from = at ?? { x: 50, y: 50 };
    put({ ...from, [axis]: whole(from[axis] + step) });
  };
  const stepper = (/** @type {"x" | "y"} */ axis) => html`<div class="stepper" role="group" aria-label=${words[axis].name}><b class="small strong">${words[axis].name}</b>
    <span class="row"><button type="button" class="btn btn--icon" aria-label=${words[axis].less} @click=${() => by(axis, -STEP)}>${icon("minus")}</button><span class="num" aria-live="polite">${at ? Math.round(at[axis]) : "–"}</span><button type="button" class="btn btn--icon" aria-label=${words[axis].more} @click=${() => by(axis, STEP)}>${icon("plus")}</button></span></div>`;
  return html`<div class="actor__place"><div><p class="small strong">${t("Place")}</p><div class="cells" role="group" aria-label=${words.label}>
      ${CELLS.toReversed().map((y) => CELLS.map((x) => {
        const on = at !== null && cellOf(at.x) === cellOf(x) && cellOf(at.y) === cellOf(y);
        return html`<button type="button" class="cellb ${on ? "is-on" : ""}" aria-pressed=${on} aria-label=${words.cell(cellOf(x) + 1, cellOf(y) + 1)} @click=${() => put({ x, y })}></button>`;
      }))}</div></div>
    <div>${stepper("y")}${stepper("x")}</div></div>`;
}
