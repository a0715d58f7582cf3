// Salience: power, legitimacy and urgency, each asked on its own; three circles that overlap.

import { html, svg } from "lit-html";
import { t } from "../../../lib/words.js";
import { CIRCLES, classOf, fieldsAt, RADIUS, spots, zoneAt, ZONES, zoneOf } from "../../layouts/salience.js";
import { claimName, salienceClass, salienceKind, zoneName } from "../words.js";

/** @type {[string, string][]} */
const TICKS = [["has_power", "p"], ["is_legitimate", "l"], ["is_urgent", "u"]];

/** @type {import("./planes.js").Plane} */
export const SALIENCE = {
  label: () => t("Power, legitimacy and urgency"),
  empty: () => t("Who makes a claim here? Ask of each: have they power, is it fair, can it wait?"),
  gap: 4,
  lines: false,
  has: (record) => zoneOf(record) !== null,
  spots,
  at: (_, point) => ({ fields: fieldsAt(zoneAt(point)) }),
  groups: () => ZONES.map((code) => ({ code, title: zoneName(code) })),
  group: (record) => zoneOf(record) ?? "",
  says(record) {
    const zone = zoneOf(record);
    return zone ? [zoneName(zone), salienceClass(classOf(zone))].filter(Boolean).join(", ") : "";
  },
  beneath: () => html`<svg class="rings" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true"><rect class="circles__all" width="1" height="1" rx=".02" ry=".03"></rect>
      ${Object.entries(CIRCLES).map(([letter, { x, y }]) => svg`<ellipse class="circle circle--${letter}" cx=${x} cy=${y} rx=${RADIUS.x} ry=${RADIUS.y}></ellipse>`)}</svg>
    ${Object.keys(CIRCLES).map((letter) => html`<h3 class="h3 circle__n circle__n--${letter}">${claimName(letter)}</h3>`)}
    ${ZONES.map((zone) => html`<span class="tiny zone__c zone__c--${zone}" aria-hidden="true">${zone === "none" ? zoneName(zone) : salienceKind(zone)}</span>`)}`,
  chooser(record, { put }) {
    const said = zoneOf(record) !== null;
    const set = (/** @type {string} */ name, /** @type {boolean} */ on) => {
      // The first answer answers all three, so that everyone has a place at once.
      const before = Object.fromEntries(TICKS.map(([field]) => [field, record[field] === true]));
      put({ fields: { ...(said ? {} : before), [name]: on } });
    };
    return html`<fieldset class="claims"><legend class="small strong">${t("What holds of their claim")}</legend>
        ${TICKS.map(([name, letter]) => html`<label class="tickrow"><input type="checkbox" .checked=${record[name] === true} @change=${(/** @type {Event} */ e) => set(name, /** @type {HTMLInputElement} */ (e.target).checked)}>${claimName(letter)}</label>`)}</fieldset>
      <button type="button" class="btn btn--s" aria-pressed=${zoneOf(record) === "none"} @click=${() => put({ fields: fieldsAt("none") })}>${zoneName("none")}</button>`;
  },
  code: (record) => zoneOf(record) ?? "",
  then: (record, code) => ({ ...record, ...fieldsAt(code) }),
};
