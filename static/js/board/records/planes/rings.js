// The map of actors: three rings round a change, cut into sectors.

import { html, svg } from "lit-html";
import { mark } from "../../../lib/dom.js";
import { t } from "../../../lib/words.js";
import { cellAt, cellOf, EDGES, fieldsAt, RINGS as NAMES, SECTORS, spokes, spots } from "../../layouts/rings.js";
import { className, PAPERS, ringName, sectorName } from "../words.js";

/** Room for the word of a relation (px). */
const WORD = 30;

/** @type {import("./planes.js").Plane} */
export const RINGS = {
  label: () => t("Map of actors"),
  empty: () => t("Who is missing from this map?"),
  gap: WORD,
  lines: true,
  has: (record) => cellOf(record) !== null,
  spots: (records) => new Map([...spots(records)].map(([id, { x, y }]) => [id, { x: (x + 1) / 2, y: (y + 1) / 2 }])),
  at: (record, { x, y }) => ({ fields: fieldsAt(record, cellAt({ x: x * 2 - 1, y: y * 2 - 1 })) }),
  groups: () => NAMES.map((code) => ({ code, title: className(code) })),
  group: (record) => cellOf(record)?.ring ?? "",
  says: (record) => (record.class ? ringName(record.class) : ""),
  beneath() {
    const ends = [1, EDGES[2], EDGES[1]];
    return html`<svg class="rings" viewBox="-1 -1 2 2" preserveAspectRatio="none" aria-hidden="true">
        ${ends.map((r, i) => svg`<ellipse class="ring ring--${NAMES[2 - i]}" rx=${r} ry=${r}></ellipse>`)}
        ${spokes().map(({ x, y }) => svg`<line class="spoke" x1=${x * EDGES[1]} y1=${y * EDGES[1]} x2=${x} y2=${y}></line>`)}</svg>
      ${SECTORS.map((s) => html`<h3 class="sector sector--${s} h3"><span class="composer__sw c-${PAPERS[s]}">${mark(PAPERS[s])}</span>${sectorName(s)}</h3>`)}
      ${NAMES.map((r) => html`<span class="ring__n ring__n--${r}">${ringName(r)}</span>`)}`;
  },
  chooser(record, { put }) {
    const at = cellOf(record);
    const sector = at?.sector ?? "state";
    const ring = at?.ring ?? "primary";
    const to = (/** @type {{ring: string, sector: string}} */ cell) => () => put({ fields: fieldsAt(record, cell) });
    return html`<p class="small strong">${t("Move to")}</p>
      <div class="ringbs" role="group" aria-label=${t("Ring")}>${NAMES.map((one) => html`<button type="button" class="btn btn--s ringb" title=${className(one)} aria-pressed=${at?.ring === one} @click=${to({ ring: one, sector })}>${ringName(one)}</button>`)}</div>
      <div class="ringbs" role="group" aria-label=${t("Sector")}>${SECTORS.map((one) => html`<button type="button" class="btn btn--s ringb" aria-pressed=${at?.sector === one} @click=${to({ ring, sector: one })}><span class="composer__sw c-${PAPERS[one]}">${mark(PAPERS[one])}</span>${sectorName(one)}</button>`)}</div>`;
  },
  code(record) {
    const cell = cellOf(record);
    return cell ? `${cell.ring}.${cell.sector}` : "";
  },
  then(record, code) {
    const [ring, sector] = code.split(".");
    return { ...record, ...fieldsAt(record, { ring, sector }) };
  },
};
