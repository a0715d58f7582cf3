/**
 * Actions on a line of time: a bar from its first month to its last for each, in the order they begin. Bars are drawings;
 * what they say stands beside them as words.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, svg } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { sayMonth } from "./cells.js";
import { fieldOf, optionName, titleOf } from "./kinds.js";
import { monthAfter, monthsBetween, timeline } from "./plans.js";

/** Drawn in tenths of a month, so that all numbers are whole. */
const UNIT = 10;

/**
 * @param {import("./record_board.js").Tools} tools @param {Item[]} actions
 * @param {{today: string, late: ReadonlySet<string>, pressed: (id: string, back: HTMLElement) => void}} how
 */
export function timelineOf(tools, actions, { today, late, pressed }) {
  const spans = timeline(actions);
  const undated = actions.filter((one) => !spans.some((span) => span.id === one.id));
  if (!spans.length) return html`<p class="plan__none">${t("No action has its months yet.")}</p>`;
  const first = spans[0].start;
  const last = spans.reduce((most, one) => (one.end > most ? one.end : most), first);
  const months = monthsBetween(first, last) + 1;
  const now = monthsBetween(first, today.slice(0, 7)) * UNIT + Math.floor((Number(today.slice(8)) / 31) * UNIT);
  const status = fieldOf("action", "status");
  const marks = Array.from({ length: months + 1 }, (_, i) => i).filter((i) => months <= 18 || i % 3 === 0);
  const grid = svg`${marks.map((i) => svg`<path class="tl__mark" d="M${i * UNIT} 0V10"></path>`)}${now >= 0 && now <= months * UNIT ? svg`<path class="tl__now" d="M${now} 0V10"></path>` : nothing}`;
  const picture = (/** @type {unknown} */ inside) => html`<svg class="tl__bar" viewBox="0 0 ${months * UNIT} 10" preserveAspectRatio="none" aria-hidden="true">${grid}${inside}</svg>`;
  const byId = new Map(actions.map((one) => [one.id, one]));
  const row = (/** @type {{id: string, start: string, end: string}} */ span) => {
    const action = /** @type {Item} */ (byId.get(span.id));
    const lead = titleOf(tools.registers.record(action.lead));
    const from = monthsBetween(first, span.start) * UNIT;
    const width = (monthsBetween(span.start, span.end) + 1) * UNIT;
    const state = optionName(status, action.status);
    return html`<li data-row=${action.id}><button type="button" class="tl__name" @click=${(/** @type {Event} */ e) => pressed(action.id, /** @type {HTMLElement} */ (e.currentTarget))}><b dir="auto">${titleOf(action)}</b><span class="small muted" dir="auto">${[lead, state].filter(Boolean).join(" · ")}</span></button>
      <div class="tl__time">${picture(svg`<rect class="tl__span tl__span--${action.status ?? "not_started"}" x=${from} y="2" width=${width} height="6"></rect>`)}
      <span class="tl__words small">${sayMonth(span.start)}${span.end === span.start ? "" : ` – ${sayMonth(span.end)}`}${late.has(action.id) ? html`<span class="chip chip--danger">${icon("clock", "i--16")}${t("Overdue")}</span>` : nothing}</span></div></li>`;
  };
  return html`<div class="tl"><div class="tl__head small muted"><span>${t("Action")}</span><span class="tl__ends"><span>${sayMonth(first)}</span><span>${sayMonth(monthAfter(first, Math.floor(months / 2)))}</span><span>${sayMonth(last)}</span></span></div>
    <ol class="tl__rows">${repeat(spans, (one) => one.id, row)}</ol>
    ${undated.length ? html`<p class="plan__none small muted" dir="auto">${tn("{n} action has no months yet: {names}", "{n} actions have no months yet: {names}", undated.length, { names: undated.map(titleOf).join(", ") })}</p>` : nothing}</div>`;
}
