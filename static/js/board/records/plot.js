/**
 * The plane of a map of actors: what is beneath, cards that are dragged, lines between them. Where a card stands and what
 * it means is the plane's; lit-html draws what there is, and cards are set afterwards, when their size is known.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("./planes/planes.js").To} To
 */
import { html, nothing, render, svg } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { apart, clearOf } from "../layouts/apart.js";
import { hasVoiceGap } from "../layouts/grid2.js";
import { pathOf } from "./lines.js";
import { planeWords } from "./plane_words.js";
import { lineWord, PAPERS, relationSays, sectorName } from "./words.js";

const DRAG_FROM = 5;
export class Plot {
  /** @type {Map<string, {x: number, y: number, w: number, h: number}>} where cards stand, by their middle */
  cards = new Map();
  /** @type {{id: string, x: number, y: number, node: HTMLElement, moving: boolean} | null} */
  #drag = null;

  /**
   * @param {{
   *   box: HTMLElement, registers: import("./registers.js").Registers, where: import("./planes/planes.js").Where, shows: (relation: Item) => boolean, selected: () => string | null,
   *   pressed: (id: string, node: HTMLElement) => void, relation: (relation: Item, node: HTMLElement) => void,
   *   moved: (id: string, to: To) => void, before: () => import("./before.js").Ghost[],
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.registers = parts.registers;
    const { box } = parts;
    box.addEventListener("pointermove", (e) => this.#move(e));
    box.addEventListener("pointerup", () => this.#drop());
    box.addEventListener("pointercancel", () => this.#let());
    new ResizeObserver(() => this.place()).observe(box);
  }

  get plane() {
    return this.registers.plane;
  }

  draw() {
    const { box, registers, selected } = this.parts;
    const { placed } = registers;
    const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
    const lines = this.#shownLines();
    render(
      html`${this.plane.beneath()}
        ${this.parts.before().map((one) => html`<span class="ghost c-${one.paper}" data-id=${one.id} aria-hidden="true" dir="auto">${one.name}</span>`)}
        <svg class="actors__lines" aria-hidden="true"></svg>
        ${repeat(lines, (r) => r.id, (r) => html`<button type="button" class="rel__word rel__word--${r.type}" data-rel=${r.id} aria-label=${this.plane.isFree ? `${lineWord(r, true)}. ${relationSays(r, nameOf)}` : relationSays(r, nameOf)} @click=${(/** @type {Event} */ e) => this.parts.relation(r, /** @type {HTMLElement} */ (e.currentTarget))}>${r.type === "tension" ? icon("bolt", "i--16") : nothing}${lineWord(r, this.plane.isFree)}</button>`)}
        ${repeat(placed, (r) => r.id, (r) => this.card(r, r.id === selected()))}`,
      box,
    );
    this.place();
  }

  /** @param {Item} record @param {boolean} isSelected @param {string} [more] */
  card(record, isSelected, more = "") {
    const { registers } = this;
    const paper = PAPERS[record.sector] ?? "stone";
    const tags = more ? [] : (this.plane.tags?.(record) ?? []);
    const veto = registers.kept(record.id).veto;
    const sector = sectorName(record.sector);
    const [first, second] = namesOf(record.name, sector);
    return html`<button type="button" class="actor c-${paper} actor--${record.class === "secondary" ? "square" : "round"} ${isSelected ? "is-selected" : ""} ${tags.length && this.plane.isRead ? "is-borderline" : ""} ${more}" data-id=${record.id} tabindex=${more || isSelected || this.#isFirst(record) ? 0 : -1}
      aria-pressed=${isSelected} @pointerdown=${(/** @type {PointerEvent} */ e) => this.#press(e, record.id)} @click=${(/** @type {MouseEvent} */ e) => this.#clicked(e, record.id)}>
      ${mark(paper)}<span class="actor__t"><span dir="auto">${first}</span><small dir="auto">${second}</small><span class="sr">${[second === sector ? "" : sector, this.placeSays(record)].filter(Boolean).join(", ")}</span>
      ${veto || hasVoiceGap(record) || tags.length
        ? html`<span class="actor__tags">${veto ? html`<b title=${t("Can stop it")}>${t("veto")}</b>` : nothing}${hasVoiceGap(record) ? html`<b>${t("give more voice")}</b>` : nothing}${tags.map((words) => html`<b>${words}</b>`)}</span>` : nothing}</span></button>`;
  }

  /** @param {Item} record */
  placeSays(record) {
    return this.plane.says(record, this.parts.where);
  }

  /** The card that the Tab key stops at while none is chosen. @param {Item} record */
  #isFirst(record) {
    const { placed } = this.registers;
    return !placed.some((r) => r.id === this.parts.selected()) && placed[0]?.id === record.id;
  }

  #shownLines() {
    const { registers, shows } = this.parts;
    const here = new Set(registers.placed.map((r) => r.id));
    return registers.relations.filter((r) => here.has(registers.record(r.from)?.id ?? "") && here.has(registers.record(r.to)?.id ?? "") && shows(r));
  }

  /** Put cards where they stand, clear of each other, and the lines between them. */
  place() {
    const { box, registers } = this.parts;
    const { clientWidth: w, clientHeight: h } = box;
    if (!w || !h) return;
    const nodes = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".actor")]);
    const byId = new Map(registers.placed.map((r) => [r.id, r]));
    const points = this.plane.spots([...byId.values()], this.parts.where);
    const wanted = nodes.map((node) => {
      const at = points.get(node.dataset.id ?? "") ?? { x: 0, y: 0 };
      return { x: at.x * w, y: at.y * h, w: node.offsetWidth, h: node.offsetHeight };
    });
    const placed = apart(wanted, { w, h }, this.plane.gap, planeWords(box));
    this.cards.clear();
    nodes.forEach((node, i) => {
      this.cards.set(node.dataset.id ?? "", placed[i]);
      if (node === this.#drag?.node && this.#drag.moving) return;
      node.style.left = `${Math.round(placed[i].x - placed[i].w / 2)}px`;
      node.style.top = `${Math.round(placed[i].y - placed[i].h / 2)}px`;
    });
    this.#placeGhosts(w, h);
    this.#drawLines(w, h);
  }

  /** Where they stood before: exactly there, whoever stands on it now. @param {number} w @param {number} h */
  #placeGhosts(w, h) {
    const ghosts = new Map(this.parts.before().map((one) => [one.id, one]));
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (this.parts.box.querySelectorAll(".ghost"))) {
      const at = ghosts.get(node.dataset.id ?? "")?.at;
      if (!at) continue;
      const inside = (/** @type {number} */ value, /** @type {number} */ half, /** @type {number} */ side) => Math.min(Math.max(value, half), Math.max(half, side - half));
      node.style.left = `${Math.round(inside(at.x * w, node.offsetWidth / 2, w))}px`;
      node.style.top = `${Math.round(inside(at.y * h, node.offsetHeight / 2, h))}px`;
    }
  }

  /** @param {number} w @param {number} h */
  #drawLines(w, h) {
    const { box, registers } = this.parts;
    const layer = /** @type {SVGElement | null} */ (box.querySelector(".actors__lines"));
    if (!layer) return;
    layer.setAttribute("viewBox", `0 0 ${w} ${h}`);
    /** @type {{word: HTMLElement, x: number, y: number, w: number, h: number}[]} */
    const words = [];
    const paths = this.#shownLines().flatMap((r) => {
      const a = this.cards.get(registers.record(r.from)?.id ?? "");
      const b = this.cards.get(registers.record(r.to)?.id ?? "");
      if (!a || !b) return [];
      const { d, mid, head } = pathOf(/** @type {any} */ (r), a, b);
      const word = /** @type {HTMLElement | null} */ (box.querySelector(`[data-rel="${r.id}"]`));
      if (word) words.push({ word, ...mid, w: word.offsetWidth, h: word.offsetHeight + 2 });
      return [svg`<path class="rel rel--${r.type}" d=${d}></path>${r.type === "alliance" ? svg`<path class="rel rel--inner" d=${d}></path>` : nothing}${head ? svg`<path class="rel__head" d=${head}></path>` : nothing}`];
    });
    const moves = this.parts.before().flatMap((one) => {
      const card = this.cards.get(one.id);
      return card ? [moved({ x: one.at.x * w, y: one.at.y * h }, card)] : [];
    });
    render(svg`${moves.map((d) => svg`<path class="rel rel--moved" d=${d}></path>`)}${paths}`, /** @type {any} */ (layer));
    clearOf(words, [...this.cards.values(), ...planeWords(box)], { w, h }).forEach(({ x, y }, i) => {
      words[i].word.style.left = `${Math.round(x)}px`;
      words[i].word.style.top = `${Math.round(y)}px`;
    });
  }

  // Hands

  /** @param {PointerEvent} event @param {string} id */
  #press(event, id) {
    if (event.button !== 0 || !this.registers.model.may("move")) return;
    this.#drag = { id, x: event.clientX, y: event.clientY, node: /** @type {HTMLElement} */ (event.currentTarget), moving: false };
  }

  /** A card of the tray is carried as well, so the whole section listens. @param {PointerEvent} event */
  #move(event) {
    const drag = this.#drag;
    if (!drag) return;
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (!drag.moving && Math.hypot(dx, dy) < DRAG_FROM) return;
    if (!drag.moving) {
      drag.moving = true;
      drag.node.setPointerCapture(event.pointerId);
      drag.node.classList.add("is-carried");
    }
    drag.node.style.translate = `${dx}px ${dy}px`;
  }

  #drop() {
    const drag = this.#drag;
    if (!drag?.moving) return this.#let();
    const rect = drag.node.getBoundingClientRect();
    const frame = this.parts.box.getBoundingClientRect();
    this.#dropped = true;
    this.#let();
    const x = (rect.left + rect.width / 2 - frame.left) / frame.width;
    const y = (rect.top + rect.height / 2 - frame.top) / frame.height;
    if (x < 0 || x > 1 || y < 0 || y > 1) return this.place();
    const record = this.registers.record(drag.id);
    if (record) this.parts.moved(drag.id, this.plane.at(record, { x, y }));
  }

  #dropped = false;

  #let() {
    const node = this.#drag?.node;
    this.#drag = null;
    if (!node) return;
    node.classList.remove("is-carried");
    node.style.translate = "";
  }

  /** A click that ends a drag is none. @param {MouseEvent} event @param {string} id */
  #clicked(event, id) {
    if (this.#dropped) {
      this.#dropped = false;
      return;
    }
    this.parts.pressed(id, /** @type {HTMLElement} */ (event.currentTarget));
  }

  /** Pointer events of cards outside the plane. @param {HTMLElement} box */
  listen(box) {
    box.addEventListener("pointermove", (e) => this.#move(e));
    box.addEventListener("pointerup", () => this.#drop());
    box.addEventListener("pointercancel", () => this.#let());
  }
}

/** From where it stood to the card. @param {{x: number, y: number}} from @param {{x: number, y: number}} to */
function moved(from, to) {
  return `M${Math.round(from.x)} ${Math.round(from.y)}L${Math.round(to.x)} ${Math.round(to.y)}`;
}

/** What stands behind a dot is the name in another language; without one, the kind of actor tells more. @param {string} name @param {string} sector */
function namesOf(name, sector) {
  const [first, ...rest] = name.split(" · ");
  return [first, rest.join(" · ") || sector];
}
