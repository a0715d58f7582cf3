/**
 * A board of actors: the grid of power and interest, or the map with its rings. What is not placed yet and what stands
 * out are beside it; list view and phone show the same as text. Adding, placing, relating by hand, by key and by menu.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { fieldsAt, placeOf, position, QUADRANTS, quadrantOf, readings, whole } from "../layouts/grid2.js";
import { cellOf, RINGS } from "../layouts/rings.js";
import { findings } from "./findings.js";
import { ActorForm } from "./form.js";
import { RecordHost } from "./host.js";
import { ActorMenus } from "./menus.js";
import { Plot } from "./plot.js";
import { Registers } from "./registers.js";
import { className, PAPERS, quadrantName, relationSays, SECTORS, sectorName } from "./words.js";

const STEP = 2;

export class Actors {
  #sector = "state";
  #tab = "waiting";
  #own = false;
  /** All relations, or only those of the actor that is chosen: on a map all, on a grid they would hide the actors. @type {boolean | null} */
  #lines = null;
  /** @type {string | null} */
  #selected = null;

  /**
   * @param {{
   *   main: HTMLElement, box: HTMLElement, form: HTMLFormElement, dialog: HTMLDialogElement, model: import("../model.js").Model,
   *   popover: import("../panels/popover.js").Popover, say: (words: string) => void, tell: (words: string) => void,
   *   undo: () => void, redo: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { model, popover, say, box, form } = parts;
    const registers = (this.registers = new Registers(model));
    const isOwn = () => this.#own;
    this.menus = new ActorMenus({ registers, popover, isOwn, say, put: (id, to) => this.#put(id, to), edit: (id) => this.form.open(id), isPhone: () => this.host.isPhone });
    this.form = new ActorForm({ dialog: parts.dialog, registers, say, closed: (id) => this.#focus(id) });
    render(html`<aside class="actors__side" aria-label=${t("Beside the map")}></aside><div class="actors__plane" role="group"></div><div class="actors__list"></div>`, box);
    const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(name));
    this.side = find(".actors__side");
    this.list = find(".actors__list");
    this.plot = new Plot({
      box: find(".actors__plane"), registers, isOwn, lines: () => this.#showsLines, selected: () => this.#selected,
      pressed: (id, node) => this.#pressed(id, node), relation: (relation, node) => this.menus.relation(relation, node), moved: (id, to) => this.#put(id, to),
    });
    this.plot.listen(this.side);
    box.addEventListener("keydown", (e) => this.#keys(e));
    form.addEventListener("submit", (e) => this.#submit(e));
    this.host = new RecordHost({ ...parts, registers }, { flag: "is-actors", drawn: () => this.#drawn(), telling: (heard) => this.#telling(heard) });
  }

  get #showsLines() {
    return this.#lines ?? !this.plot.isGrid;
  }

  draw() {
    this.host.draw();
  }

  get #isList() {
    return this.host.isList;
  }

  #drawn() {
    const { box } = this.parts;
    box.classList.toggle("is-text", this.#isList);
    box.setAttribute("aria-label", this.plot.isGrid ? t("Grid of power and interest") : t("Map of actors"));
    this.#drawForm();
    if (this.#isList) {
      render(html`${this.#listView()}`, this.list);
    } else {
      render(html``, this.list);
      this.plot.draw();
    }
    this.#drawSide();
    this.form.draw();
  }

  // Beside the plane

  #drawSide() {
    const { registers } = this;
    const { waiting } = registers;
    const found = findings(registers);
    const tabs = [["waiting", t("Not placed yet"), waiting.length], ["findings", t("What stands out"), found.length]];
    const content = this.#tab === "waiting" ? this.#waiting(waiting) : this.#findings(found);
    render(html`${this.#isList ? nothing : html`<div class="seg" role="group" aria-label=${t("Show")}>${tabs.map(([id, words, n]) => html`<button type="button" aria-pressed=${this.#tab === id} @click=${() => { this.#tab = String(id); this.draw(); }}>${words} <span class="num">${n}</span></button>`)}</div>`}
      ${this.#isList ? html`<h2 class="h3">${t("What stands out")}</h2>${this.#findings(found)}` : html`<div class="actors__tab">${content}</div>${this.#switches()}`}`, this.side);
  }

  #switches() {
    const turn = (/** @type {() => void} */ act) => () => { act(); this.draw(); };
    const row = (/** @type {string} */ label, /** @type {boolean} */ on, /** @type {() => void} */ act) => html`<button type="button" class="switch menu__switch" role="switch" aria-checked=${on} @click=${turn(act)}><span class="grow">${label}</span><span class="switch__track"></span></button>`;
    return html`<div class="actors__switches">
      ${this.plot.isGrid ? row(t("Only how I see it"), this.#own, () => { this.#own = !this.#own; }) : nothing}
      ${row(t("All relations"), this.#showsLines, () => { this.#lines = !this.#showsLines; })}
      <ul class="legend">${SECTORS.map((s) => html`<li><span class="composer__sw c-${PAPERS[s]}">${mark(PAPERS[s])}</span>${sectorName(s)}</li>`)}</ul></div>`;
  }

  /** @param {Item[]} waiting */
  #waiting(waiting) {
    if (!waiting.length) return html`<p class="small muted">${this.registers.stakeholders.length ? t("Everybody has a place.") : t("Who is missing from this map?")}</p>`;
    return html`<ul class="tray">${repeat(waiting, (r) => r.id, (r) => html`<li>${this.plot.card(r, false, "is-flow")}</li>`)}</ul><p class="small muted">${t("Drag onto the map, or press an actor and choose a place.")}</p>`;
  }

  /** @param {import("./findings.js").Finding[]} found */
  #findings(found) {
    if (!found.length) return html`<p class="small muted">${t("Nothing stands out yet.")}</p>`;
    return html`${found.map((f) => html`<section class="finding"><h3 class="small strong">${f.title}</h3><ul>${f.words.map((words, i) => html`<li class="small" dir="auto">${f.ids ? html`<button type="button" class="linkish" @click=${() => this.#show(/** @type {string[]} */ (f.ids)[i])}>${words}</button>` : words}</li>`)}</ul></section>`)}`;
  }

  // The same as text

  #listView() {
    const { registers } = this;
    const { placed, waiting } = registers;
    const groups = this.plot.isGrid
      ? QUADRANTS.map((q) => ({ title: quadrantName(q), records: placed.filter((r) => quadrantOf(placeOf(r) ?? { x: 0, y: 0 }) === q) }))
      : RINGS.map((ring) => ({ title: className(ring), records: placed.filter((r) => cellOf(r)?.ring === ring) }));
    return html`${[...groups, { title: t("Not placed yet"), records: waiting }].map(
      ({ title, records }) => html`<section class="al"><h2 class="h3">${title} <span class="zone__n">${records.length}</span></h2>
        ${records.length ? html`<ul>${repeat(records, (r) => r.id, (r) => this.#row(r))}</ul>` : html`<p class="small muted">${t("Nobody here yet.")}</p>`}</section>`,
    )}`;
  }

  /** @param {Item} record */
  #row(record) {
    const { registers } = this;
    const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
    const relations = registers.relations.filter((r) => r.from === record.id || r.to === record.id);
    const paper = PAPERS[record.sector] ?? "stone";
    const placement = registers.placements.get(record.id);
    const spread = placement ? position(readings(placement).values()) : null;
    return html`<li class="li al__row" data-id=${record.id} data-paper=${paper}><span class="swl c-${paper}">${mark(paper)}</span>
      <div class="li__words"><p dir="auto">${record.name}</p><p class="small muted">${[sectorName(record.sector), this.plot.placeSays(record)].filter(Boolean).join(" · ")}</p>
        ${spread ? html`<p class="small muted">${tn("{n} person placed it; {spread} apart", "{n} people placed it; {spread} apart", spread.people, { spread: spread.spread })}</p>` : nothing}
        ${relations.map((r) => html`<p class="small" dir="auto">${relationSays(r, nameOf)}</p>`)}</div>
      <span class="li__acts"><button type="button" class="btn btn--s" data-place=${record.id} aria-haspopup="dialog" @click=${(/** @type {Event} */ e) => this.menus.open(/** @type {HTMLElement} */ (e.currentTarget), record.id)}>${t("Move to")}${icon("down", "i--16")}</button>
        <button type="button" class="btn btn--s" @click=${() => this.form.open(record.id)}>${t("Edit")}</button></span></li>`;
  }

  // Adding

  #drawForm() {
    const { form } = this.parts;
    const { model } = this.registers;
    const may = model.may("add");
    render(html`<label class="sr" for="actor-sector">${t("Kind of actor")}</label><select id="actor-sector" class="composer__zone actors__sector" @change=${(/** @type {Event} */ e) => { this.#sector = /** @type {HTMLSelectElement} */ (e.target).value; }}>${SECTORS.map((s) => html`<option value=${s} ?selected=${s === this.#sector}>${sectorName(s)}</option>`)}</select>
      <input id="actor-name" class="composer__in" maxlength="240" autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? t("Name an actor") : t("The board is locked")} aria-label=${t("Name an actor")} ?readonly=${!may}>
      <button class="btn btn--primary composer__add" aria-label=${t("Add actor")}><span class="composer__word">${t("Add actor")}</span>${icon("send", "on-phone")}</button>`, form);
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const field = /** @type {HTMLInputElement | null} */ (this.parts.form.querySelector("#actor-name"));
    const name = field?.value.trim() ?? "";
    if (!field || !name) return field?.focus();
    if (!this.registers.model.may("add")) return this.parts.tell(t("The board is locked. Your words stay in the field."));
    const known = this.registers.stakeholders.find((r) => r.name.toLocaleLowerCase() === name.toLocaleLowerCase());
    if (known) {
      this.registers.show(known.id);
      this.parts.tell(t("{name} is there already. It is one actor on all boards.", { name: known.name }));
    } else {
      this.registers.add(name, this.#sector);
      this.#tab = "waiting";
      this.parts.say(t("{name} added. It has no place yet.", { name }));
    }
    field.value = "";
    field.focus();
    this.draw();
  }

  // Placing

  /** @param {string} id @param {{place?: {x: number, y: number}, fields?: Record<string, any>}} to */
  #put(id, { place, fields }) {
    if (!this.registers.model.may("move")) return this.parts.tell(t("The board is locked"));
    if (place && this.#own) this.registers.read(id, place);
    else this.registers.put(id, place ? fieldsAt(place) : (fields ?? {}));
    const record = this.registers.record(id);
    if (record) this.parts.say(`${record.name}: ${place ? quadrantName(quadrantOf(place)) : className(record.class)}`);
    this.host.drawNow();
  }

  /** @param {string} id @param {HTMLElement} node */
  #pressed(id, node) {
    this.#selected = id;
    this.host.drawNow();
    this.menus.open(node, id);
  }

  /** @param {string} id */
  #show(id) {
    this.#selected = id;
    this.host.drawNow();
    this.#focus(id);
  }

  /** @param {string} id */
  #focus(id) {
    /** @type {HTMLElement | null} */ (this.parts.box.querySelector(this.#isList ? `[data-place="${id}"]` : `.actor[data-id="${id}"]`))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (this.host.undoes(event)) return;
    const node = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".actor"));
    const id = node?.dataset.id;
    if (!node || !id || event.ctrlKey || event.metaKey) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way && event.altKey) this.#nudge(id, way, event.shiftKey ? STEP * 5 : STEP);
    else if (way) this.#walk(id, way);
    else if (event.code === "KeyM") this.menus.open(node, id);
    else if (event.code === "KeyE") this.form.open(id);
    else if (event.code === "KeyC") {
      const record = this.registers.record(id);
      this.menus.open(node, id);
      if (record) this.menus.relate(record);
    } else if (event.key === "Delete") this.registers.hide(id);
    else return;
    event.preventDefault();
  }

  /** @param {string} id @param {number[]} way @param {number} by */
  #nudge(id, [dx, dy], by) {
    const record = this.registers.record(id);
    const at = record && placeOf(record);
    if (!at || !this.plot.isGrid) return;
    this.#put(id, { place: { x: whole(at.x + dx * by), y: whole(at.y + dy * by) } });
    this.#focus(id);
  }

  /** To the nearest card that way. @param {string} id @param {number[]} way */
  #walk(id, [dx, dy]) {
    const from = this.plot.cards.get(id);
    if (!from) return;
    let best = "";
    let least = Infinity;
    for (const [other, at] of this.plot.cards) {
      const ahead = (at.x - from.x) * dx - (at.y - from.y) * dy;
      const aside = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
      if (other === id || ahead <= 0 || ahead + 2 * aside >= least) continue;
      least = ahead + 2 * aside;
      best = other;
    }
    if (!best) return;
    this.#selected = best;
    this.host.drawNow();
    this.#focus(best);
  }

  /** What others did to actors. @param {[string, string][]} all */
  #telling(all) {
    const heard = all.filter(([id]) => this.registers.record(id)?.kind === "stakeholder");
    if (heard.length > 1) return tn("{n} actor changed by others", "{n} actors changed by others", heard.length);
    const record = this.registers.record(heard[0]?.[0]);
    if (!record) return "";
    const at = this.plot.isGrid ? placeOf(record) : null;
    return t("{name} changed {actor}: {place}", { name: this.registers.model.name(heard[0][1]), actor: record.name, place: at ? quadrantName(quadrantOf(at)) : className(record.class) });
  }
}
