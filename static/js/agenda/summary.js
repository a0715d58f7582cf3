/** What the agenda adds up to: when, how long, whether it fits, together or apart, and what it means in other cities. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { editCity } from "../board/ops.js";
import { MINUTE, activity, counted, minutesOf, shares } from "../board/plan.js";
import { fromField, toField } from "./times.js";

/** @typedef {import("../board/model.js").Item} Step */
const LONGER = 1.25;
const SHORTER = 0.8;

export class Summary {
  /** @param {import("./agenda.js").Agenda} agenda */
  constructor(agenda) {
    this.agenda = agenda;
  }

  /** @param {Step[]} steps @param {import("../board/plan.js").Warning[]} found */
  draw(steps, found) {
    return html`<section class="ag__sum" aria-label=${t("Plan")}>${this.#when()} ${steps.length ? this.#facts(steps, found) : nothing} ${steps.length ? this.#bar(steps) : nothing}
      <div class="ag__folds">${this.#tools(steps)} ${this.#cities()}</div></section>`;
  }

  #when() {
    const { agenda } = this;
    const { starts, ends } = agenda.fields;
    const set = (/** @type {"starts" | "ends"} */ key) => (/** @type {Event} */ e) => agenda.setDesk({ [key]: fromField(/** @type {HTMLInputElement} */ (e.target).value) });
    return html`<div class="ag__when">
      <label><span class="small muted">${t("Begins")}</span><input class="input" type="datetime-local" .value=${toField(starts)} @change=${(/** @type {Event} */ e) => this.#begins(e)}></label>
      <label><span class="small muted">${t("Ends")}</span><input class="input" type="datetime-local" .value=${toField(ends)} @change=${set("ends")}></label></div>`;
  }

  /** Moving the beginning moves the end along. @param {Event} event */
  #begins(event) {
    const { starts, ends } = this.agenda.fields;
    const at = fromField(/** @type {HTMLInputElement} */ (event.target).value);
    const moved = at !== null && starts !== undefined && ends !== undefined ? { ends: ends + at - starts } : {};
    this.agenda.setDesk({ starts: at, ...moved });
  }

  /** @param {Step[]} steps @param {import("../board/plan.js").Warning[]} found */
  #facts(steps, found) {
    const { starts, ends } = this.agenda.fields;
    const planned = minutesOf(steps);
    const { together, tables, alone } = shares(steps);
    const over = starts !== undefined && ends !== undefined ? planned - Math.round((ends - starts) / MINUTE) : null;
    return html`<p class="ag__facts small">
      ${starts === undefined ? nothing : html`<span><b class="strong num">${this.agenda.times.at(starts, 0)} – ${this.agenda.times.at(starts, planned)}</b></span>`}
      <span class="num">${t("{time} planned", { time: lengthWords(planned) })}</span>
      ${over === null ? nothing : over > 0
        ? html`<span class="ag__over">${icon("warn", "i--16")}${tn("{n} minute too long", "{n} minutes too long", over)}</span>`
        : html`<span class="ag__fits">${icon("check", "i--16")}${over === 0 ? t("Fits") : tn("Fits, {n} minute to spare", "Fits, {n} minutes to spare", -over)}</span>`}
      ${share("together", t("together {n} min", { n: together }), together)} ${share("tables", t("at tables {n} min", { n: tables }), tables)} ${share("alone", t("alone {n} min", { n: alone }), alone)}
      ${found.length ? html`<span class="ag__over">${icon("warn", "i--16")}${tn("{n} thing to look at", "{n} things to look at", found.length)}</span>` : nothing}</p>`;
  }

  /** Steps to scale; the words beside it say the same. @param {Step[]} steps */
  #bar(steps) {
    return html`<div class="ag__bar" aria-hidden="true">${counted(steps).map((s) => html`<i class="ag__part ag__part--${activity(s)}" .style=${`flex:${Math.max(1, s.minutes)}`}></i>`)}</div>`;
  }

  /** @param {Step[]} steps */
  #tools(steps) {
    if (!steps.length) return nothing;
    const { agenda } = this;
    return html`<div class="btn-row"><button type="button" class="btn btn--s" @click=${() => agenda.stretch(LONGER)}>${icon("plus", "i--16")}${t("25 % longer")}</button>
      <button type="button" class="btn btn--s" @click=${() => agenda.stretch(SHORTER)}>${icon("minus", "i--16")}${t("20 % shorter")}</button>
      ${this.#zoneChoice()}</div>`;
  }

  /** Whose time the list shows. */
  #zoneChoice() {
    const { agenda } = this;
    const cities = agenda.ofKind("city").filter((c) => c.zone && agenda.times.knows(c.zone));
    if (!cities.length || agenda.fields.starts === undefined) return nothing;
    return html`<label class="ag__whose"><span class="small muted">${t("Times for")}</span><select class="input" @change=${(/** @type {Event} */ e) => { agenda.times.zone = /** @type {HTMLSelectElement} */ (e.target).value; agenda.draw(); }}>
      <option value="">${t("here")}</option>${cities.map((c) => html`<option value=${c.zone} .selected=${agenda.times.zone === c.zone}>${c.name}</option>`)}</select></label>`;
  }

  #cities() {
    const { agenda } = this;
    const cities = agenda.ofKind("city").sort((a, b) => (a.order < b.order ? -1 : 1));
    if (!cities.length) return nothing;
    const { starts } = agenda.fields;
    const zones = agenda.times.zones;
    return html`<details class="fold ag__cities"><summary>${t("Local times")}</summary>
      <ul class="ag__zones">${cities.map((c) => html`<li><span class="chip chip--c c-${c.colour}" dir="auto">${c.name}</span>
        <span class="num grow">${starts !== undefined && c.zone && agenda.times.knows(c.zone) ? html`<b class="strong">${agenda.times.time(starts, c.zone)}</b> <span class="muted">${agenda.times.day(starts, c.zone)}</span>` : nothing}</span>
        <label><span class="sr">${t("Time zone of {city}", { city: c.name })}</span><select class="input" @change=${(/** @type {Event} */ e) => this.#setZone(c, /** @type {HTMLSelectElement} */ (e.target).value)}>
          <option value="" .selected=${!c.zone} disabled>${t("Time zone…")}</option>${zones.map((z) => html`<option value=${z} .selected=${z === c.zone}>${z.replaceAll("_", " ")}</option>`)}</select></label></li>`)}</ul></details>`;
  }

  /** @param {Step} city @param {string} zone */
  #setZone(city, zone) {
    this.agenda.sync.ask(this.agenda.given.workshop, editCity({ id: city.id, zone }));
  }
}

/** @param {string} kind @param {string} words @param {number} minutes */
function share(kind, words, minutes) {
  return minutes ? html`<span class="ag__share"><i class="ag__part--${kind}"></i>${words}</span>` : nothing;
}

/** @param {number} minutes */
export function lengthWords(minutes) {
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  if (!h) return t("{m} min", { m });
  return m ? t("{h} h {m} min", { h, m }) : t("{h} h", { h });
}
