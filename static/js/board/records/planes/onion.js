// The onion: four rings round a service, for people beyond the usual list.

import { html, svg } from "lit-html";
import { t } from "../../../lib/words.js";
import { EDGES, NEARNESS, ringAt, ringOf, spots } from "../../layouts/onion.js";
import { nearnessName } from "../words.js";

/** @type {import("./planes.js").Plane} */
export const ONION = {
  label: () => t("Onion of those concerned"),
  empty: () => t("Who is touched by the service, and who speaks for those who cannot be here?"),
  lines: false,
  has: (record) => ringOf(record) !== null,
  spots,
  at: (_, point) => ({ fields: { nearness: ringAt(point) } }),
  groups: () => NEARNESS.map((code) => ({ code, title: nearnessName(code) })),
  group: (record) => ringOf(record) ?? "",
  says: (record) => nearnessName(record.nearness),
  tags: (record) => (record.surrogate && !record.in_the_room ? [t("others speak for them")] : []),
  beneath: () => html`<svg class="rings" viewBox="-1 -1 2 2" preserveAspectRatio="none" aria-hidden="true">
      ${[1, ...EDGES.slice(1).reverse()].map((r, i) => svg`<ellipse class="ring" rx=${r} ry=${r}></ellipse>`)}</svg>
    ${NEARNESS.map((one, i) => html`<span class="ring__n onion__n onion__n--${i}">${nearnessName(one)}</span>`)}`,
  chooser: (record, { put }) => html`<p class="small strong">${t("Move to")}</p>
    <div class="ringbs ringbs--col" role="group" aria-label=${t("Ring")}>${NEARNESS.map((one) => html`<button type="button" class="btn btn--s ringb" aria-pressed=${record.nearness === one} @click=${() => put({ fields: { nearness: one } })}>${nearnessName(one)}</button>`)}</div>`,
  code: (record) => ringOf(record) ?? "",
  then: (record, code) => ({ ...record, nearness: code }),
};
