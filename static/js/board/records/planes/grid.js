// Power and interest: two axes, four quarters, and where each of several people would put an actor.

import { html } from "lit-html";
import { t } from "../../../lib/words.js";
import { fieldsAt, isBorderline, placeOf, QUADRANTS, quadrantOf, whole } from "../../layouts/grid2.js";
import { placeChooser } from "../place_chooser.js";
import { quadrantMeans, quadrantName } from "../words.js";

/** @type {import("./planes.js").Plane} */
export const GRID = {
  label: () => t("Grid of power and interest"),
  empty: () => t("Who is missing from this map?"),
  lines: false, // they would hide the actors
  isRead: true,
  has: (record) => placeOf(record) !== null,
  spots: (records, { standing }) => new Map(records.map((one) => {
    const at = standing(one) ?? { x: 0, y: 0 };
    return [one.id, { x: at.x / 100, y: 1 - at.y / 100 }];
  })),
  at: (_, { x, y }) => ({ place: { x: whole(x * 100), y: whole((1 - y) * 100) } }),
  groups: () => QUADRANTS.map((code) => ({ code, title: quadrantName(code) })),
  group(record) {
    const at = placeOf(record);
    return at ? quadrantOf(at) : "";
  },
  says(record, { standing }) {
    const at = standing(record);
    return at ? t("power {power} of 100, interest {interest} of 100", { power: at.y, interest: at.x }) : "";
  },
  tags(record) {
    const at = placeOf(record);
    return at && isBorderline(at) ? [t("on the line")] : [];
  },
  beneath: () => html`<div class="quarters">${QUADRANTS.map((q) => html`<div class="quarter quarter--${q}"><h3 class="h3">${quadrantName(q)}</h3><p class="small">${quadrantMeans(q)}</p></div>`)}</div>
    <p class="axis axis--x"><span>${t("less interest")}</span><i></i><span>${t("more interest")}</span></p>
    <p class="axis axis--y"><span>${t("less power")}</span><i></i><span>${t("more power")}</span></p>`,
  chooser: (record, { standing, put }) => placeChooser(standing(record), (place) => put({ place }), {
    label: t("Power and interest"),
    x: { name: t("Interest"), more: t("More interest"), less: t("Less interest") },
    y: { name: t("Power"), more: t("More power"), less: t("Less power") },
    cell: (x, y) => t("Power {power} of 4, interest {interest} of 4", { power: y, interest: x }),
  }),
  code(record) {
    const at = placeOf(record);
    return at ? `${at.x}.${at.y}` : "";
  },
  then(record, code) {
    const [x, y] = code.split(".").map(Number);
    return { ...record, ...fieldsAt({ x, y }) };
  },
};
