/**
 * The plane of a map of actors: quarters or rings, cards that are dragged, lines between them. lit-html draws what there
 * is; where cards stand is set afterwards, when their size is known.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, render, svg } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { apart, clearOf } from "../layouts/apart.js";
import { isBorderline, hasVoiceGap, placeOf, QUADRANTS, readings, whole } from "../layouts/grid2.js";
import { cellAt, EDGES, fieldsAt, RINGS, SECTORS, spokes, spots } from "../layouts/rings.js";
import { pathOf } from "./lines.js";
import { PAPERS, quadrantMeans, quadrantName, relationName, relationSays, ringName, sectorName } from "./words.js";

const DRAG_FROM = 5;
/** Room for the word of a relation (px). */
const WORD = 30;

export class Plot {
  /** @type {Map<string, {x: number, y: number, w: number, h: number}>} where cards stand, by their middle */
  cards = new Map();
  /** @type {{id: string, x: number, y: number, node: HTMLElement, moving: boolean} | null} */
  #drag = null;

  /**
   * @param {{
   *   box: HTMLElement, registers: import("./registers.js").Registers, isOwn: () => boolean, lines: () => boolean, selected: () => string | null,
   *   pressed: (id: string, node: HTMLElement) => void, relation: (relation: Item, node: HTMLElement) => void,
   *   moved: (id: string, to: {place?: {x: number, y: number}, fields?: Record<string, any>}) => void,
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

  get isGrid() {
    return this.registers.model.layout === "grid2";
  }

  draw() {
    const { box, registers, selected } = this.parts;
    const { placed } = registers;
    const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
    const lines = this.#shownLines();
    render(
      html`${this.isGrid ? this.#quarters() : this.#rings()}
        <svg class="actors__lines" aria-hidden="true"></svg>
        ${repeat(lines, (r) => r.id, (r) => html`<button type="button" class="rel__word rel__word--${r.type}" data-rel=${r.id} aria-label=${relationSays(r, nameOf)} @click=${(/** @type {Event} */ e) => this.parts.relation(r, /** @type {HTMLElement} */ (e.currentTarget))}>${r.type === "tension" ? icon("bolt", "i--16") : nothing}${relationName(r.type)}</button>`)}
        ${repeat(placed, (r) => r.id, (r) => this.card(r, r.id === selected()))}`,
      box,
    );
    this.place();
  }

  /** @param {Item} record @param {boolean} isSelected @param {string} [more] */
  card(record, isSelected, more = "") {
    const { registers } = this;
    const paper = PAPERS[record.sector] ?? "stone";
    const at = placeOf(record);
    const borders = this.isGrid && !more && at !== null && isBorderline(at);
    const veto = registers.kept(record.id).veto;
    const sector = sectorName(record.sector);
    const [first, second] = namesOf(record.name, sector);
    return html`<button type="button" class="actor c-${paper} actor--${record.class === "secondary" ? "square" : "round"} ${isSelected ? "is-selected" : ""} ${borders ? "is-borderline" : ""} ${more}" data-id=${record.id} tabindex=${more || isSelected || this.#isFirst(record) ? 0 : -1}
      aria-pressed=${isSelected} @pointerdown=${(/** @type {PointerEvent} */ e) => this.#press(e, record.id)} @click=${(/** @type {MouseEvent} */ e) => this.#clicked(e, record.id)}>
      ${mark(paper)}<span class="actor__t"><span dir="auto">${first}</span><small dir="auto">${second}</small><span class="sr">${[second === sector ? "" : sector, this.placeSays(record)].filter(Boolean).join(", ")}</span>
      ${veto || hasVoiceGap(record) || borders
        ? html`<span class="actor__tags">${veto ? html`<b title=${t("Can stop it")}>${t("veto")}</b>` : nothing}${hasVoiceGap(record) ? html`<b>${t("give more voice")}</b>` : nothing}${borders ? html`<b>${t("on the line")}</b>` : nothing}</span>` : nothing}</span></button>`;
  }

  /** @param {Item} record */
  placeSays(record) {
    if (!this.isGrid) return record.class ? ringName(record.class) : "";
    const at = this.#standing(record);
    return at ? t("power {power} of 100, interest {interest} of 100", { power: at.y, interest: at.x }) : "";
  }

  /** The card that the Tab key stops at while none is chosen. @param {Item} record */
  #isFirst(record) {
    const { placed } = this.registers;
    return !placed.some((r) => r.id === this.parts.selected()) && placed[0]?.id === record.id;
  }

  /** Agreed, or as I see it. @param {Item} record */
  #standing(record) {
    const placement = this.registers.placements.get(record.id);
    const own = this.parts.isOwn() && placement ? readings(placement).get(this.registers.model.me) : undefined;
    return own ?? placeOf(record);
  }

  #shownLines() {
    const { registers, selected, lines } = this.parts;
    const here = new Set(registers.placed.map((r) => r.id));
    const all = registers.relations.filter((r) => here.has(registers.record(r.from)?.id ?? "") && here.has(registers.record(r.to)?.id ?? ""));
    const id = selected();
    return lines() ? all : all.filter((r) => id && (r.from === id || r.to === id));
  }

  #quarters() {
    return html`<div class="quarters">${QUADRANTS.map((q) => html`<div class="quarter quarter--${q}"><h3 class="h3">${quadrantName(q)}</h3><p class="small">${quadrantMeans(q)}</p></div>`)}</div>
      <p class="axis axis--x"><span>${t("less interest")}</span><i></i><span>${t("more interest")}</span></p>
      <p class="axis axis--y"><span>${t("less power")}</span><i></i><span>${t("more power")}</span></p>`;
  }

  #rings() {
    const ends = [1, EDGES[2], EDGES[1]];
    return html`<svg class="rings" viewBox="-1 -1 2 2" preserveAspectRatio="none" aria-hidden="true">
        ${ends.map((r, i) => svg`<ellipse class="ring ring--${RINGS[2 - i]}" rx=${r} ry=${r}></ellipse>`)}
        ${spokes().map(({ x, y }) => svg`<line class="spoke" x1=${x * EDGES[1]} y1=${y * EDGES[1]} x2=${x} y2=${y}></line>`)}</svg>
      ${SECTORS.map((s) => html`<h3 class="sector sector--${s} h3"><span class="composer__sw c-${PAPERS[s]}">${mark(PAPERS[s])}</span>${sectorName(s)}</h3>`)}
      ${RINGS.map((r) => html`<span class="ring__n ring__n--${r}">${ringName(r)}</span>`)}`;
  }

  /** Put cards where they stand, clear of each other, and the lines between them. */
  place() {
    const { box, registers } = this.parts;
    const { clientWidth: w, clientHeight: h } = box;
    if (!w || !h) return;
    const nodes = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".actor")]);
    const byId = new Map(registers.placed.map((r) => [r.id, r]));
    const points = this.isGrid ? null : spots([...byId.values()]);
    const wanted = nodes.map((node) => {
      const record = byId.get(node.dataset.id ?? "");
      const at = record && this.#standing(record);
      const p = points?.get(record?.id ?? "");
      const x = p ? ((p.x + 1) / 2) * w : ((at?.x ?? 0) / 100) * w;
      const y = p ? ((p.y + 1) / 2) * h : (1 - (at?.y ?? 0) / 100) * h;
      return { x, y, w: node.offsetWidth, h: node.offsetHeight };
    });
    // On the map a word fits between two cards; on the grid a place says more than a line.
    const placed = apart(wanted, { w, h }, this.isGrid ? undefined : WORD);
    this.cards.clear();
    nodes.forEach((node, i) => {
      this.cards.set(node.dataset.id ?? "", placed[i]);
      if (node === this.#drag?.node && this.#drag.moving) return;
      node.style.left = `${Math.round(placed[i].x - placed[i].w / 2)}px`;
      node.style.top = `${Math.round(placed[i].y - placed[i].h / 2)}px`;
    });
    this.#drawLines(w, h);
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
    render(svg`${paths}`, /** @type {any} */ (layer));
    clearOf(words, [...this.cards.values()], { w, h }).forEach(({ x, y }, i) => {
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
    if (this.isGrid) return this.parts.moved(drag.id, { place: { x: whole(x * 100), y: whole((1 - y) * 100) } });
    const record = this.registers.record(drag.id);
    if (record) this.parts.moved(drag.id, { fields: fieldsAt(record, cellAt({ x: x * 2 - 1, y: y * 2 - 1 })) });
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

/** What stands behind a dot is the name in another language; without one, the kind of actor tells more. @param {string} name @param {string} sector */
function namesOf(name, sector) {
  const [first, ...rest] = name.split(" · ");
  return [first, rest.join(" · ") || sector];
}
