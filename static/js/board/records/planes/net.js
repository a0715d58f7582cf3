// The net-map: actors stand where people draw them; lines say what flows, towers how strongly each can change the outcome.

import { html } from "lit-html";
import { icon } from "../../../lib/dom.js";
import { t } from "../../../lib/words.js";
import { SIDE, spotAt, spots, TALLEST } from "../../layouts/net.js";
import { placeChooser } from "../place_chooser.js";

/** Room for the word of a flow (px). */
const WORD = 34;

/** @type {import("./planes.js").Plane} */
export const NET = {
  label: () => t("Net of what flows"),
  empty: () => t("Who gives what to whom?"),
  gap: WORD,
  lines: true,
  isFree: true,
  has: () => true,
  spots: (records, { placement }) => spots(records, placement),
  at: (_, point) => ({ spot: point }),
  groups: () => [{ code: "net", title: t("On the map") }],
  group: () => "net",
  says: (record) => (typeof record.tower === "number" ? t("influence {tower} of 8", { tower: record.tower }) : ""),
  tags: (record) => (record.tower ? [`▮ ${record.tower}`] : []),
  beneath: () => html`<div class="net"></div>`,
  chooser(record, { placement, put }) {
    const at = placement(record.id);
    const place = typeof at?.x === "number" ? { x: at.x / (SIDE / 100), y: 100 - at.y / (SIDE / 100) } : null;
    const tower = record.tower ?? 0;
    const build = (/** @type {number} */ to) => () => put({ fields: { tower: to } });
    return html`<div class="stepper stepper--row" role="group" aria-label=${t("Influence, 0 to 8")}><b class="small strong">${t("Influence, 0 to 8")}</b>
        <span class="row"><button type="button" class="btn btn--icon" aria-label=${t("Lower tower")} ?disabled=${tower <= 0} @click=${build(tower - 1)}>${icon("minus")}</button><span class="num" aria-live="polite">${record.tower ?? "–"}</span><button type="button" class="btn btn--icon" aria-label=${t("Higher tower")} ?disabled=${tower >= TALLEST} @click=${build(tower + 1)}>${icon("plus")}</button></span></div>
      ${placeChooser(place, ({ x, y }) => put({ spot: { x: x / 100, y: 1 - y / 100 } }), {
        label: t("Place on the map"),
        x: { name: t("Across"), more: t("Further right"), less: t("Further left") },
        y: { name: t("Up"), more: t("Further up"), less: t("Further down") },
        cell: (x, y) => t("Column {x} of 4, row {y} of 4 from below", { x, y }),
      })}`;
  },
  code(record, { placement }) {
    const at = placement(record.id);
    return typeof at?.x === "number" ? `${at.x}.${at.y}` : "";
  },
  then(record, code) {
    const [x, y] = code.split(".").map(Number);
    return { ...record, x, y };
  },
};

/** As a placement keeps it. */
export { spotAt };
