/**
 * What actors stood like before, laid beneath how they stand now: an arrangement that was kept, or how one city sees it.
 * On the plane a pale card and a line to where the actor is today; in words, who moved from where to where.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {{id: string, name: string, paper: string, at: import("./planes/planes.js").Point, was: string, now: string}} Ghost
 */
import { html, nothing } from "lit-html";
import { newId } from "../../lib/ids.js";
import { icon } from "../../lib/dom.js";
import { daysIn } from "../../lib/hours.js";
import { t } from "../../lib/words.js";
import { fieldsAt, placeOf, position, readings } from "../layouts/grid2.js";
import { PAPERS } from "./words.js";

const CITY = "city:";

export class Before {
  #shown = "";

  /**
   * @param {{
   *   registers: import("./registers.js").Registers, where: import("./planes/planes.js").Where, popover: import("../panels/popover.js").Popover,
   *   say: (words: string) => void, tell: (words: string) => void, draw: () => void, remove: (item: Item) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.registers = parts.registers;
  }

  /** The newest first. */
  get kept() {
    return [...this.registers.model.items.values()].filter((one) => one.kind === "arrangement").sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? -1 : 1));
  }

  /** Cities of which somebody has placed actors for themselves. @returns {{id: string, name: string}[]} */
  get cities() {
    const { plane, placements, model } = this.registers;
    if (!plane.isRead) return [];
    const people = new Set([...placements.values()].flatMap((one) => [...readings(one).keys()]));
    const ids = new Set([...people].map((id) => model.workshop.items.get(id)?.city));
    return model.cities.filter((city) => ids.has(city.id)).map((city) => ({ id: city.id, name: String(city.name) }));
  }

  /** Who stood elsewhere, and where. @returns {Ghost[]} */
  ghosts() {
    const { registers } = this;
    const { plane, placed } = registers;
    const { where } = this.parts;
    const codes = this.#codes();
    const then = placed.filter((one) => codes.has(one.id) && codes.get(one.id) !== plane.code(one, where)).map((one) => plane.then(one, codes.get(one.id) ?? ""));
    if (!then.length) return [];
    // In rings the others of that time share the room, so that each stood where people remember it.
    const all = placed.filter((one) => codes.has(one.id)).map((one) => plane.then(one, codes.get(one.id) ?? ""));
    const byId = new Map(all.map((one) => [one.id, one]));
    const past = { standing: placeOf, placement: (/** @type {string} */ id) => byId.get(id) };
    const points = plane.spots(all, past);
    return then.map((one) => {
      const record = /** @type {Item} */ (registers.record(one.id));
      return { id: one.id, name: record.name, paper: PAPERS[record.sector] ?? "stone", at: points.get(one.id) ?? { x: 0, y: 0 }, was: this.#said(one, past), now: this.#said(record, where) };
    });
  }

  /** A sentence for each who moved. @returns {import("./findings.js").Finding[]} */
  findings() {
    const ghosts = this.ghosts();
    if (!this.#shown) return [];
    const title = this.#shown.startsWith(CITY) ? t("Where {city} sees it otherwise", { city: this.#title }) : t("What moved since “{title}”", { title: this.#title });
    if (!ghosts.length) return [{ title, words: [t("Nothing.")] }];
    const words = ghosts.map((one) => (this.registers.plane.isFree ? one.name : t("{name}: {before} → {now}", { name: one.name, before: one.was, now: one.now })));
    return [{ title, words, ids: ghosts.map((one) => one.id) }];
  }

  /** What is compared with, and keeping how it is now. */
  template() {
    const { kept, cities } = this;
    const may = this.registers.model.may("add");
    const shown = kept.find((one) => one.id === this.#shown);
    const choose = (/** @type {Event} */ e) => this.#choose(/** @type {HTMLSelectElement} */ (e.target).value);
    return html`<div class="before">${kept.length || cities.length
      ? html`<label class="field"><span class="field__label">${t("Lay beneath")}</span><span class="row"><select class="input grow" @change=${choose}><option value="" ?selected=${!this.#shown}>${t("nothing")}</option>
          ${kept.map((one) => html`<option value=${one.id} ?selected=${one.id === this.#shown}>${t("as kept: {title}", { title: one.title })}</option>`)}
          ${cities.map((one) => html`<option value=${CITY + one.id} ?selected=${CITY + one.id === this.#shown}>${t("as {city} sees it", { city: one.name })}</option>`)}</select>
          ${shown && this.registers.model.may("delete", shown) ? html`<button type="button" class="tool" aria-label=${t("Delete “{title}”", { title: shown.title })} @click=${() => this.#delete(shown)}>${icon("trash")}</button>` : nothing}</span></label>` : nothing}
      ${may && this.registers.placed.length ? html`<button type="button" class="btn btn--s" aria-haspopup="dialog" @click=${(/** @type {Event} */ e) => this.#ask(/** @type {HTMLElement} */ (e.currentTarget))}>${icon("clock", "i--16")}${t("Keep how it is now")}</button>` : nothing}</div>`;
  }

  get #title() {
    if (this.#shown.startsWith(CITY)) return this.cities.find((one) => CITY + one.id === this.#shown)?.name ?? "";
    return String(this.registers.model.item(this.#shown)?.title ?? "");
  }

  /** Where each stood, as it was kept or as the city's people say together. @returns {Map<string, string>} */
  #codes() {
    const { registers } = this;
    const { plane } = registers;
    const kept = registers.model.item(this.#shown);
    /** @type {Map<string, string>} */
    const found = new Map();
    if (kept?.kind === "arrangement") {
      for (const [key, code] of Object.entries(kept)) {
        const record = key.startsWith("stood/") ? registers.record(key.slice(6)) : undefined;
        if (record) found.set(record.id, code);
      }
    }
    if (!this.#shown.startsWith(CITY) || !plane.isRead) return found;
    const city = this.#shown.slice(CITY.length);
    for (const [id, placement] of registers.placements) {
      const said = [...readings(placement)].filter(([person]) => registers.model.workshop.items.get(person)?.city === city);
      const at = position(said.map(([, place]) => place));
      const record = registers.record(id);
      if (at && record) found.set(id, plane.code({ ...record, ...fieldsAt(at) }, this.parts.where));
    }
    return found;
  }

  /** @param {Item} record @param {import("./planes/planes.js").Where} where */
  #said(record, where) {
    const { plane } = this.registers;
    return plane.says(record, where) || plane.groups().find((one) => one.code === plane.group(record))?.title || "";
  }

  /** @param {string} id */
  #choose(id) {
    this.#shown = id;
    this.parts.draw();
    const n = this.ghosts().length;
    this.parts.say(id ? t("Laid beneath: {title}. {n} stand elsewhere now.", { title: this.#title, n }) : t("Nothing is laid beneath."));
  }

  /** @param {Item} kept */
  #delete(kept) {
    this.#shown = "";
    this.parts.remove(kept);
    this.parts.say(t("“{title}” deleted", { title: kept.title }));
    this.parts.draw();
  }

  /** Under what name. @param {HTMLElement} anchor */
  #ask(anchor) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const title = daysIn(document.documentElement.lang, { day: "numeric", month: "long", year: "numeric" }).format();
    const take = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const said = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("title") ?? "").trim();
      popover.close();
      this.#keep(said || title);
    };
    popover.open(anchor, html`<form class="relform" @submit=${take}><label class="field"><span class="field__label">${t("Keep how it is now, as")}</span><input class="input" name="title" dir="auto" maxlength="120" .value=${title}></label>
      <p class="small muted">${t("Later it can be laid beneath, so that everybody sees what moved.")}</p><button class="btn btn--primary">${t("Keep")}</button></form>`, { label: t("Keep how it is now"), role: "dialog", className: "popover--actor", focus: "input" });
  }

  /** @param {string} title */
  #keep(title) {
    const { registers } = this;
    const { plane } = registers;
    const codes = registers.placed.map((one) => /** @type {const} */ ([one.id, plane.code(one, this.#agreed)])).filter(([, code]) => code);
    if (!codes.length) return this.parts.tell(t("Nobody has a place of their own yet."));
    registers.sync.ask(registers.model.who.board, { type: "keep_arrangement", id: newId(), title, stood: Object.fromEntries(codes.slice(0, 500)) });
    this.parts.say(t("Kept as “{title}”", { title }));
    this.parts.draw();
  }

  /** Never as one person sees it. */
  get #agreed() {
    return { standing: placeOf, placement: this.parts.where.placement };
  }
}
