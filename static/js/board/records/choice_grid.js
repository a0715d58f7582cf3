/**
 * Layout `grid2` of impact and effort: ideas and actions of the programme, placed by each person, shown together as the
 * median with how far people are apart. While writing is private each sees their own places alone, until they are
 * revealed. Beside the plane the ranking, what to talk about, and what has no place yet.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../layouts/grid2.js").Place} Place
 * @typedef {{
 *   id: string, title: string, kind: string, paper: string, by: string, placement: Item, at: Place | null, mine: Place | null,
 *   together: import("../layouts/grid2.js").Position | null, places: Place[],
 * }} Thing `at`: where it is shown
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { fold } from "../../lib/fold.js";
import { t, tn } from "../../lib/words.js";
import { position, readings, shouldBeDiscussed, whole } from "../layouts/grid2.js";
import { effectRanks, QUARTERS, quarterOf } from "../layouts/impact.js";
import { ChoicePlane } from "./choice_plane.js";
import { axes, placeWords, quarterName } from "./choice_words.js";
import { kindName, titleOf } from "./kinds.js";
import { placeChooser } from "./place_chooser.js";

/** What can be placed here. */
const KINDS = ["idea", "action"];
const STEP = 2;

export class ChoiceGrid {
  #own = false;
  #tab = "ranking";
  #kind = KINDS[0];
  /** @type {string | null} */
  #selected = null;

  /** @param {import("./record_board.js").Tools} tools */
  constructor(tools) {
    this.tools = tools;
    this.plane = new ChoicePlane({
      mayMove: () => this.#mayPlace, selected: () => this.#selected,
      pressed: (id, node) => this.#pressed(id, node), moved: (id, place) => this.#put(id, place),
    });
  }

  get label() {
    return t("Effect and effort");
  }

  get #model() {
    return this.tools.registers.model;
  }

  /** Does each see only their own places now? */
  get #isPrivate() {
    return this.#model.hiding;
  }

  get #showsOwn() {
    return this.#own || this.#isPrivate;
  }

  get #mayPlace() {
    return this.#model.hides || this.#model.may("move");
  }

  /** What this board shows, as it came. @returns {Thing[]} */
  get #things() {
    const { registers, names } = this.tools;
    const hidden = /** @type {Map<string, Place>} */ (/** @type {any} */ (registers.sync).hiddenPlaces ?? new Map());
    const found = [...registers.placements].flatMap(([id, placement]) => {
      const record = registers.record(id);
      if (!record) return [];
      const all = readings(placement);
      const mine = hidden.get(placement.id) ?? all.get(this.#model.me) ?? null;
      const together = this.#isPrivate ? null : position(all.values());
      return [{
        id, title: titleOf(record), kind: record.kind, paper: names.paper(record.by), by: record.by ? names.name(record.by) : kindName(record.kind), placement,
        mine, together: this.#showsOwn ? null : together, at: this.#showsOwn ? mine : together, places: this.#showsOwn ? [] : [...all.values()],
      }];
    });
    return found.sort((a, b) => (a.placement.at ?? 0) - (b.placement.at ?? 0) || (a.id < b.id ? -1 : 1));
  }

  /** @param {{isList: boolean}} how */
  main({ isList }) {
    const things = this.#things;
    const content = isList ? this.#list(things) : this.plane.main(things);
    return html`<div class="choice ${isList ? "is-text" : ""}" @pointermove=${(/** @type {PointerEvent} */ e) => this.plane.move(e)} @pointerup=${() => this.plane.drop()}>
      <div class="choice__main">${content}</div>${this.#side(things, isList)}</div>`;
  }

  /** @param {HTMLElement} root */
  drawn(root) {
    this.plane.drawn(root);
  }

  // Beside the plane

  /** @param {Thing[]} things @param {boolean} isList */
  #side(things, isList) {
    const talk = things.filter((one) => shouldBeDiscussed(one.together)).sort((a, b) => (b.together?.spread ?? 0) - (a.together?.spread ?? 0));
    const waiting = things.filter((one) => !one.at);
    const others = this.#others;
    /** @type {[string, string, number][]} */
    const tabs = [["ranking", t("Ranking"), 0], ["talk", t("Talk about"), talk.length], ["waiting", t("To place"), waiting.length + others.length]];
    const parts = { ranking: () => this.#ranking(things), talk: () => this.#talk(talk), waiting: () => this.#waiting(waiting, others) };
    const tab = html`<div class="seg" role="group" aria-label=${t("Show")}>${tabs.map(([id, words, n]) => html`<button type="button" aria-pressed=${this.#tab === id} @click=${() => this.#turn(() => { this.#tab = id; })}>${words}${n ? html` <span class="num">${n}</span>` : nothing}</button>`)}</div>`;
    const inside = isList
      ? html`<h2 class="h3">${t("Ranking")}</h2>${parts.ranking()}${talk.length ? html`<h2 class="h3">${t("Talk about")}</h2>${parts.talk()}` : nothing}${others.length ? html`<h2 class="h3">${t("Not on this board")}</h2>${this.#other(others)}` : nothing}`
      : html`${tab}<div class="choice__tab">${parts[/** @type {keyof typeof parts} */ (this.#tab)]()}</div>`;
    return html`<aside class="choice__side" aria-label=${t("Beside the grid")}>${inside}${this.#switch()}</aside>`;
  }

  #switch() {
    const people = new Set([...this.tools.registers.placements.values()].flatMap((one) => [...readings(one).keys()])).size;
    if (this.#isPrivate) return html`<p class="choice__note small">${icon("eyeoff", "i--16")}<span>${t("Everyone places privately. You see your own places until they are revealed.")}</span></p>`;
    return html`<div class="actors__switches"><button type="button" class="switch menu__switch" role="switch" aria-checked=${this.#own} @click=${() => this.#turn(() => { this.#own = !this.#own; })}><span class="grow">${t("Only how I see it")}</span><span class="switch__track"></span></button>
      <p class="small muted">${people ? tn("The middle of what {n} person said.", "The middle of what {n} people said.", people) : t("Drag a card to where you see it.")}</p></div>`;
  }

  /** @param {Thing[]} things */
  #ranking(things) {
    const placed = things.filter((one) => one.at);
    const ranks = effectRanks(new Map(placed.map((one) => [one.id, /** @type {Place} */ (one.at)])));
    const sorted = placed.sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0));
    if (!sorted.length) return html`<p class="small muted">${t("Nothing has a place yet.")}</p>`;
    return html`<p class="small muted choice__how">${t("Most effect for its effort first")}</p><ol class="choice__ranks">${repeat(sorted, (one) => one.id, (one) => html`<li><span class="num">${ranks.get(one.id)}</span><button type="button" class="choice__go" @click=${() => this.#show(one.id)}><span dir="auto">${one.title}</span><small class="muted">${quarterName(quarterOf(/** @type {Place} */ (one.at)))}</small></button></li>`)}</ol>`;
  }

  /** @param {Thing[]} talk the widest apart first */
  #talk(talk) {
    if (!talk.length) return html`<p class="small muted">${this.#isPrivate ? t("Who differs is seen when everything is revealed.") : t("Nobody is far apart.")}</p>`;
    return html`<ul class="choice__ranks">${talk.map((one) => html`<li><span class="num">↔ ${one.together?.spread}</span><button type="button" class="choice__go" @click=${() => this.#show(one.id)}><span dir="auto">${one.title}</span><small class="muted">${this.#says(one)}</small></button></li>`)}</ul>`;
  }

  /** Who is furthest from whom: the beginning of a conversation. @param {Thing} one */
  #says({ placement }) {
    const all = [...readings(placement)];
    const axis = spreadOf(all.map(([, at]) => at.x)) > spreadOf(all.map(([, at]) => at.y)) ? "x" : "y";
    const sorted = all.sort((a, b) => a[1][axis] - b[1][axis]);
    const [low, high] = [sorted[0], sorted[sorted.length - 1]];
    const name = (/** @type {string} */ id) => this.tools.names.name(id);
    const values = { low: low[1][axis], high: high[1][axis], one: name(low[0]), other: name(high[0]) };
    return axis === "x" ? t("Effort: {one} says {low}, {other} says {high}", values) : t("Effect: {one} says {low}, {other} says {high}", values);
  }

  /** @param {Thing[]} waiting @param {Item[]} others */
  #waiting(waiting, others) {
    if (!waiting.length && !others.length) return html`<p class="small muted">${t("Everything has a place.")}</p>`;
    return html`${waiting.length ? html`<ul class="tray">${repeat(waiting, (one) => one.id, (one) => html`<li>${this.plane.card(one, "is-flow")}</li>`)}</ul><p class="small muted">${t("Drag onto the grid, or press and choose a place.")}</p>` : nothing}
      ${others.length ? html`<h3 class="small strong choice__h">${t("Not on this board")}</h3>${this.#other(others)}` : nothing}`;
  }

  /** Ideas and actions of the programme that this board does not show. */
  get #others() {
    const { registers } = this.tools;
    const here = registers.placements;
    return KINDS.flatMap((kind) => registers.of(kind)).filter((one) => !here.has(one.id));
  }

  /** @param {Item[]} others */
  #other(others) {
    const { registers, names, say } = this.tools;
    const put = (/** @type {Item} */ one) => () => {
      registers.show(one.id);
      say(t("{name} is on this board now", { name: titleOf(one) }));
    };
    return html`<ul class="choice__others">${others.map((one) => html`<li><span class="grow" dir="auto">${titleOf(one)}<small class="muted">${kindName(one.kind)}</small></span>${names.may("add", "own") ? html`<button type="button" class="btn btn--s" aria-label="${t("Put here")}: ${titleOf(one)}" @click=${put(one)}>${icon("plus", "i--16")}${t("Put here")}</button>` : nothing}</li>`)}</ul>`;
  }

  // The same as text

  /** @param {Thing[]} things */
  #list(things) {
    const groups = [...QUARTERS.map((q) => ({ title: quarterName(q), inside: things.filter((one) => one.at && quarterOf(one.at) === q) })), { title: t("No place yet"), inside: things.filter((one) => !one.at) }];
    return groups.map(({ title, inside }) => html`<section class="al"><h2 class="h3">${title} <span class="zone__n">${inside.length}</span></h2>
      ${inside.length ? html`<ul>${repeat(inside, (one) => one.id, (one) => this.#row(one))}</ul>` : html`<p class="small muted">${t("Nothing here yet.")}</p>`}</section>`);
  }

  /** @param {Thing} one */
  #row(one) {
    const { together } = one;
    const said = [one.at ? placeWords(one.at) : "", together && together.people > 1 ? tn("{n} person, {spread} apart", "{n} people, {spread} apart", together.people, { spread: together.spread }) : ""].filter(Boolean).join(" · ");
    const place = (/** @type {Event} */ e) => this.#menu(one.id, /** @type {HTMLElement} */ (e.currentTarget));
    return html`<li class="li al__row" data-id=${one.id}><span class="swl c-${one.paper}">${mark(one.paper)}</span><div class="li__words"><p dir="auto">${one.title}</p><p class="small muted" dir="auto">${[one.by, said].filter(Boolean).join(" · ")}</p></div>
      <span class="li__acts">${this.#mayPlace ? html`<button type="button" class="btn btn--s" data-place=${one.id} aria-haspopup="dialog" aria-label="${t("Place")}: ${one.title}" @click=${place}>${t("Place")}${icon("down", "i--16")}</button>` : nothing}
        <button type="button" class="btn btn--s" aria-label="${t("Edit")}: ${one.title}" @click=${(/** @type {Event} */ e) => this.tools.edit(one.id, /** @type {HTMLElement} */ (e.currentTarget))}>${t("Edit")}</button></span></li>`;
  }

  // Placing

  /** @param {string} id @param {HTMLElement} node */
  #pressed(id, node) {
    this.#selected = id;
    this.tools.drawNow();
    this.#menu(id, node);
  }

  /** @param {string} id @param {HTMLElement} anchor */
  #menu(id, anchor) {
    const { popover } = this.tools;
    if (popover.isFor(anchor)) return popover.close();
    const one = this.#find(id);
    if (!one) return;
    popover.open(anchor, this.#content(one), { label: one.title, role: "dialog", className: "popover--actor popover--sheet-on-phone", focus: "[aria-pressed=true], .cellb" });
  }

  /** @param {Thing} one */
  #content(one) {
    const { popover, registers, names, edit } = this.tools;
    const again = () => {
      const now = this.#find(one.id);
      if (now && popover.isOpen) popover.show(this.#content(now));
    };
    const put = (/** @type {Place} */ place) => {
      this.#put(one.id, place);
      again();
    };
    const said = this.#showsOwn ? [] : [...readings(one.placement)];
    const act = (/** @type {() => void} */ what) => () => {
      popover.close(false);
      what();
    };
    return html`<div class="row actor__head"><b class="strong grow" dir="auto">${one.title}</b><button type="button" class="tool" aria-label=${t("Close")} @click=${() => popover.close()}>${icon("x")}</button></div>
      ${this.#mayPlace ? placeChooser(one.mine, put, axes()) : nothing}
      ${said.length > 1 ? html`<ul class="choice__said small">${said.map(([id, at]) => html`<li><b dir="auto">${names.name(id)}</b>: ${placeWords(at)}</li>`)}</ul>` : nothing}
      <div class="actor__acts"><button type="button" class="menu__item" @click=${act(() => edit(one.id, this.#node(one.id)))}>${icon("edit")}<span class="grow">${t("Edit all about it")}</span></button>
        ${one.mine && this.#mayPlace ? html`<button type="button" class="menu__item" @click=${act(() => this.#take(one))}>${icon("undo")}<span class="grow">${t("Take back my place")}</span></button>` : nothing}
        ${names.may("add", "own") ? html`<button type="button" class="menu__item" @click=${act(() => registers.hide(one.id))}>${icon("eyeoff")}<span class="grow">${t("Take off this board")}</span></button>` : nothing}</div>`;
  }

  /** My place, whoever looks at what. @param {string} id @param {Place} place */
  #put(id, place) {
    const { registers, tell, say, drawNow } = this.tools;
    if (!this.#mayPlace) return tell(t("The board is locked"));
    registers.read(id, place);
    const one = this.#find(id);
    const alone = this.#showsOwn || (one?.together?.people ?? 1) < 2;
    const words = `${one?.title ?? ""}: ${quarterName(quarterOf(place))}`;
    if (alone) say(words);
    else tell(t("{where}. Your place is counted; the card stands in the middle of all.", { where: words }));
    drawNow();
  }

  /** @param {Thing} one */
  #take({ id, title }) {
    this.tools.registers.read(id, null);
    this.tools.say(t("{name}: your place is taken back", { name: title }));
  }

  /** @param {string} id */
  #find(id) {
    return this.#things.find((one) => one.id === id);
  }

  /** @param {string} id */
  #show(id) {
    this.#selected = id;
    this.tools.drawNow();
    this.#node(id)?.focus();
  }

  /** @param {string} id @returns {HTMLElement | null} */
  #node(id) {
    return document.querySelector(`.choice__main [data-id="${id}"].choice__card, [data-place="${id}"], .choice__card[data-id="${id}"]`);
  }

  /** @param {() => void} act */
  #turn(act) {
    act();
    this.tools.draw();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it meant something here */
  keys(event) {
    const node = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".choice__card"));
    const id = node?.dataset.id;
    if (!node || !id || event.ctrlKey || event.metaKey) return false;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way && event.altKey) this.#nudge(id, way, event.shiftKey ? STEP * 5 : STEP);
    else if (way) this.#show(this.plane.beside(id, way) || id);
    else if (event.code === "KeyM") this.#menu(id, node);
    else if (event.code === "KeyE") this.tools.edit(id, node);
    else if (event.key === "Delete" && this.tools.names.may("add", "own")) this.tools.registers.hide(id);
    else return false;
    return true;
  }

  /** @param {string} id @param {number[]} way @param {number} by */
  #nudge(id, [dx, dy], by) {
    const one = this.#find(id);
    const at = one?.mine ?? one?.at;
    if (!at) return;
    this.#put(id, { x: whole(at.x + dx * by), y: whole(at.y + dy * by) });
    this.#node(id)?.focus();
  }

  // Adding

  bar() {
    const may = this.tools.names.may("add", "own");
    const words = t("Name what could be done");
    const locked = this.#isPrivate ? t("Nothing is added while everyone places privately") : t("The board is locked");
    return html`<label class="sr" for="choice-kind">${t("Kind")}</label><select id="choice-kind" class="composer__zone actors__sector" @change=${(/** @type {Event} */ e) => { this.#kind = /** @type {HTMLSelectElement} */ (e.target).value; }}>${KINDS.map((one) => html`<option value=${one} .selected=${one === this.#kind}>${kindName(one)}</option>`)}</select>
      <input class="composer__in" name="title" maxlength="240" autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? words : locked} aria-label=${words} ?readonly=${!may}>
      <button class="btn btn--primary composer__add" aria-label=${t("Add")}><span class="composer__word">${t("Add")}</span>${icon("send", "on-phone")}</button>`;
  }

  /** @param {HTMLFormElement} form */
  submit(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("title"));
    const title = field.value.trim();
    if (!title) return field.focus();
    const { registers, acts, say, tell } = this.tools;
    const known = KINDS.flatMap((kind) => registers.of(kind)).find((one) => fold(titleOf(one)) === fold(title));
    if (known) {
      registers.show(known.id);
      tell(t("{name} is there already. It is one thing on all boards.", { name: titleOf(known) }));
    } else {
      registers.show(acts.create(this.#kind, this.#kind === "idea" ? { name: title } : { title }));
      say(t("{name} added. It has no place yet.", { name: title }));
    }
    this.#tab = "waiting";
    field.value = "";
    field.focus();
  }
}

/** @param {number[]} values */
function spreadOf(values) {
  return Math.max(...values) - Math.min(...values);
}
