/**
 * A board of actors, on the plane of its method: a grid, rings, circles, a net. What is not placed yet and what stands out
 * are beside it; list view and phone show the same as text. Adding, placing, relating by hand, by key and by menu.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { fieldsAt, placeOf, position, readings, whole } from "../layouts/grid2.js";
import { Before } from "./before.js";
import { findings } from "./findings.js";
import { ActorForm } from "./form.js";
import { RecordHost } from "./host.js";
import { ActorMenus } from "./menus.js";
import { Plot } from "./plot.js";
import { Registers } from "./registers.js";
import { flowName, FLOWS, PAPERS, RELATION_TYPES, relationName, relationSays, SECTORS, sectorName } from "./words.js";

const STEP = 2;

export class Actors {
  #sector = "state";
  #tab = "waiting";
  #own = false;
  /** All relations, or only those of the actor that is chosen: on a map all, on a grid they would hide the actors. @type {boolean | null} */
  #lines = null;
  /** Of which type, or of what flows. */
  #kindOfLine = "";
  /** @type {string | null} */
  #selected = null;

  /**
   * @param {{
   *   main: HTMLElement, box: HTMLElement, form: HTMLFormElement, dialog: HTMLDialogElement, model: import("../model.js").Model,
   *   popover: import("../panels/popover.js").Popover, say: (words: string) => void, tell: (words: string) => void,
   *   undo: () => void, redo: () => void, toggleList: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { model, popover, say, box, form } = parts;
    const registers = (this.registers = new Registers(model));
    const where = { standing: (/** @type {Item} */ record) => this.#standing(record), placement: (/** @type {string} */ id) => registers.placements.get(id) };
    this.before = new Before({ registers, where, popover, say, tell: parts.tell, draw: () => this.draw(), remove: (item) => registers.take(item.id) });
    this.menus = new ActorMenus({ registers, popover, where, say, put: (id, to) => this.#put(id, to), edit: (id) => this.form.open(id), isPhone: () => this.host.isPhone });
    this.form = new ActorForm({ dialog: parts.dialog, registers, say, closed: (id) => this.#focus(id) });
    render(html`<aside class="actors__side" aria-label=${t("Beside the map")}></aside><div class="actors__plane" role="group"></div><div class="actors__list"></div>`, box);
    const find = (/** @type {string} */ name) => /** @type {HTMLElement} */ (box.querySelector(name));
    this.side = find(".actors__side");
    this.list = find(".actors__list");
    this.plot = new Plot({
      box: find(".actors__plane"), registers, where, shows: (relation) => this.#showsLine(relation), before: () => this.before.ghosts(), selected: () => this.#selected,
      pressed: (id, node) => this.#pressed(id, node), relation: (relation, node) => this.menus.relation(relation, node), moved: (id, to) => this.#put(id, to),
    });
    this.plot.listen(this.side);
    box.addEventListener("keydown", (e) => this.#keys(e));
    form.addEventListener("submit", (e) => this.#submit(e));
    this.host = new RecordHost({ ...parts, registers }, { flag: "is-actors", drawn: () => this.#drawn(), telling: (heard) => this.#telling(heard) });
  }

  get #showsLines() {
    return this.#lines ?? this.plot.plane.lines;
  }

  /** Do relations matter to the method? */
  get #isLinked() {
    return this.plot.plane.lines || this.plot.plane.isRead;
  }

  /** @param {Item} relation */
  #showsLine(relation) {
    const kind = this.#kindOfLine;
    if (kind && relation.type !== kind && !relation[`flow/${kind}`]) return false;
    return this.#showsLines || (this.#selected !== null && [relation.from, relation.to].includes(this.#selected));
  }

  /** Agreed, or as I see it. @param {Item} record */
  #standing(record) {
    const placement = this.registers.placements.get(record.id);
    const own = this.#own && placement ? readings(placement).get(this.registers.model.me) : undefined;
    return own ?? placeOf(record);
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
    box.setAttribute("aria-label", this.plot.plane.label());
    box.dataset.method = this.registers.method;
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
    const found = [...this.before.findings(), ...findings(registers)];
    /** @type {[string, string, number | null, () => unknown][]} */
    const tabs = [["waiting", t("Not placed yet"), waiting.length, () => this.#waiting(waiting)], ["findings", t("What stands out"), found.length, () => this.#findings(found)], ["shown", t("Show"), null, () => this.#switches()]];
    const content = tabs.find(([id]) => id === this.#tab)?.[3]();
    render(html`${this.#isList ? nothing : html`<div class="seg" role="group" aria-label=${t("Show")}>${tabs.map(([id, words, n]) => html`<button type="button" aria-pressed=${this.#tab === id} @click=${() => { this.#tab = String(id); this.draw(); }}>${words}${n === null ? nothing : html` <span class="num">${n}</span>`}</button>`)}</div>`}
      ${this.#isList ? html`<h2 class="h3">${t("What stands out")}</h2>${this.#findings(found)}${this.before.template()}` : html`<div class="actors__tab">${content}</div>${this.#legend()}`}`, this.side);
  }

  #switches() {
    const turn = (/** @type {() => void} */ act) => () => { act(); this.draw(); };
    const row = (/** @type {string} */ label, /** @type {boolean} */ on, /** @type {() => void} */ act) => html`<button type="button" class="switch menu__switch" role="switch" aria-checked=${on} @click=${turn(act)}><span class="grow">${label}</span><span class="switch__track"></span></button>`;
    return html`<div class="actors__switches">
      ${this.before.template()}
      ${this.plot.plane.isRead ? row(t("Only how I see it"), this.#own, () => { this.#own = !this.#own; }) : nothing}
      ${row(t("All relations"), this.#showsLines, () => { this.#lines = !this.#showsLines; })}
      ${this.#lineChoice()}</div>`;
  }

  #legend() {
    return html`<div class="actors__legend"><ul class="legend">${SECTORS.map((s) => html`<li><span class="composer__sw c-${PAPERS[s]}">${mark(PAPERS[s])}</span>${sectorName(s)}</li>`)}</ul></div>`;
  }

  /** One kind of line at a time, where there are several. */
  #lineChoice() {
    const { relations } = this.registers;
    const types = RELATION_TYPES.filter((one) => relations.some((r) => r.type === one)).map((one) => [one, relationName(one)]);
    const flows = FLOWS.filter((one) => relations.some((r) => r[`flow/${one}`])).map((one) => [one, flowName(one)]);
    if (types.length + flows.length < 2) return nothing;
    const choose = (/** @type {Event} */ e) => {
      this.#kindOfLine = /** @type {HTMLSelectElement} */ (e.target).value;
      if (this.#kindOfLine) this.#lines = true;
      this.draw();
    };
    const option = (/** @type {string[]} */ [code, words]) => html`<option value=${code} ?selected=${code === this.#kindOfLine}>${words}</option>`;
    return html`<label class="field linekind"><span class="field__label">${t("Lines")}</span><select class="input" @change=${choose}><option value="">${t("of every kind")}</option>
      ${flows.length ? html`<optgroup label=${t("What flows")}>${flows.map(option)}</optgroup>` : nothing}<optgroup label=${t("How it is")}>${types.map(option)}</optgroup></select></label>`;
  }

  /** @param {Item[]} waiting */
  #waiting(waiting) {
    if (!waiting.length) return html`<p class="small muted">${this.registers.stakeholders.length ? t("Everybody has a place.") : this.plot.plane.empty()}</p>`;
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
    const { plane } = registers;
    const groups = plane.groups().map(({ code, title }) => ({ title, records: placed.filter((r) => plane.group(r) === code) }));
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
    const tags = this.plot.plane.tags?.(record) ?? [];
    const spread = placement ? position(readings(placement).values()) : null;
    return html`<li class="li al__row" data-id=${record.id} data-paper=${paper}><span class="swl c-${paper}">${mark(paper)}</span>
      <div class="li__words"><p dir="auto">${record.name}</p><p class="small muted">${[sectorName(record.sector), this.plot.placeSays(record), ...(this.plot.plane.isFree ? [] : tags)].filter(Boolean).join(" · ")}</p>
        ${spread ? html`<p class="small muted">${tn("{n} person placed it; {spread} apart", "{n} people placed it; {spread} apart", spread.people, { spread: spread.spread })}</p>` : nothing}
        ${this.#isLinked ? relations.map((r) => html`<p class="small" dir="auto">${relationSays(r, nameOf)}</p>`) : nothing}</div>
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

  /** @param {string} id @param {import("./planes/planes.js").To} to */
  #put(id, { place, spot, fields }) {
    if (!this.registers.model.may("move")) return this.parts.tell(t("The board is locked"));
    if (place && this.#own) this.registers.read(id, place);
    else if (spot) this.registers.draw(id, spot);
    else this.registers.put(id, place ? fieldsAt(place) : (fields ?? {}));
    const record = this.registers.record(id);
    if (record) this.parts.say(spot ? t("{name} moved", { name: record.name }) : `${record.name}: ${this.#groupSays(place ? { ...record, ...fieldsAt(place) } : record)}`);
    this.host.drawNow();
  }

  /** What it is in now, as a heading says it. @param {Item} record */
  #groupSays(record) {
    const { plane } = this.registers;
    const code = plane.group(record);
    return plane.isFree ? plane.says(record, { standing: placeOf, placement: () => undefined }) : (plane.groups().find((one) => one.code === code)?.title ?? "");
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
    if (this.host.undoes(event) || this.host.turnsList(event)) return;
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
    const { plane } = this.plot;
    const at = record && this.#standing(record);
    if (plane.isFree && record) {
      const from = plane.spots(this.registers.placed, { standing: placeOf, placement: (one) => this.registers.placements.get(one) }).get(id) ?? { x: 0.5, y: 0.5 };
      this.#put(id, { spot: { x: from.x + (dx * by) / 100, y: from.y - (dy * by) / 100 } });
    } else if (at && plane.isRead) this.#put(id, { place: { x: whole(at.x + dx * by), y: whole(at.y + dy * by) } });
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
    return t("{name} changed {actor}: {place}", { name: this.registers.model.name(heard[0][1]), actor: record.name, place: this.#groupSays(record) });
  }
}
