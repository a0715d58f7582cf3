/**
 * The plane of impact and effort: quarters, cards that are carried, and how far people are apart. lit-html draws what
 * there is; where cards stand is set afterwards, when their size is known.
 *
 * @typedef {import("./choice_grid.js").Thing} Thing
 */
import { html, nothing, render, svg } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { mark } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { apart } from "../layouts/apart.js";
import { isBorderline, shouldBeDiscussed, whole } from "../layouts/grid2.js";
import { QUARTERS, quarterOf } from "../layouts/impact.js";
import { placeWords, quarterMeans, quarterName } from "./choice_words.js";
import { planeWords } from "./plane_words.js";

const DRAG_FROM = 5;

export class ChoicePlane {
  /** @type {Map<string, {x: number, y: number, w: number, h: number}>} where cards stand, by their middle */
  cards = new Map();
  /** @type {{id: string, x: number, y: number, node: HTMLElement, moving: boolean} | null} */
  #drag = null;
  #dropped = false;
  /** @type {HTMLElement | null} */
  #box = null;
  /** @type {readonly Thing[]} */
  #things = [];
  #sized = new ResizeObserver(() => this.#place());

  /**
   * @param {{
   *   mayMove: () => boolean, selected: () => string | null, pressed: (id: string, node: HTMLElement) => void,
   *   moved: (id: string, place: {x: number, y: number}) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** Everything that has a place. @param {readonly Thing[]} things */
  main(things) {
    this.#things = things.filter((one) => one.at);
    return html`<div class="choice__plane" @pointermove=${(/** @type {PointerEvent} */ e) => this.move(e)} @pointerup=${() => this.drop()} @pointercancel=${() => this.#let()}>
      <div class="quarters">${QUARTERS.map((q) => html`<div class="quarter quarter--${q}"><h3 class="h3">${quarterName(q)}</h3><p class="small">${quarterMeans(q)}</p></div>`)}</div>
      <p class="axis axis--x"><span>${t("little effort")}</span><i></i><span>${t("much effort")}</span></p>
      <p class="axis axis--y"><span>${t("small effect")}</span><i></i><span>${t("big effect")}</span></p>
      <svg class="choice__spreads" aria-hidden="true"></svg>
      ${repeat(this.#things, (one) => one.id, (one) => this.card(one))}</div>`;
  }

  /** @param {Thing} thing @param {string} [more] */
  card(thing, more = "") {
    const { id, at, together } = thing;
    const isSelected = this.parts.selected() === id;
    const isFirst = !this.#things.some((one) => one.id === this.parts.selected()) && this.#things[0]?.id === id;
    // What stands behind a dot is the same in another language.
    const [first, ...rest] = thing.title.split(" · ");
    const apartBy = together && shouldBeDiscussed(together) ? together.spread : 0;
    const says = [at ? quarterName(quarterOf(at)) : "", at ? placeWords(at) : "", together && together.people > 1 ? tn("{n} person", "{n} people", together.people) : "", apartBy ? t("{n} apart", { n: apartBy }) : ""].filter(Boolean).join(", ");
    return html`<button type="button" class="actor choice__card c-${thing.paper} ${isSelected ? "is-selected" : ""} ${at && isBorderline(at) ? "is-borderline" : ""} ${more}" data-id=${id} tabindex=${more || isSelected || isFirst ? 0 : -1} aria-pressed=${isSelected}
      @pointerdown=${(/** @type {PointerEvent} */ e) => this.#press(e, id)} @click=${(/** @type {MouseEvent} */ e) => this.#clicked(e, id)}>
      <span class="actor__t"><span class="choice__words" dir="auto">${first}</span>${rest.length ? html`<span class="choice__in" dir="auto">${rest.join(" · ")}</span>` : nothing}<small>${mark(thing.paper)}<span dir="auto">${thing.by}</span>${together && together.people > 1 ? html`<b class="choice__n ${apartBy ? "is-apart" : ""}">${apartBy ? `↔ ${apartBy}` : `× ${together.people}`}</b>` : nothing}</small><span class="sr">${says}</span></span></button>`;
  }

  /** After a drawing. @param {HTMLElement} root */
  drawn(root) {
    const box = /** @type {HTMLElement | null} */ (root.querySelector(".choice__plane"));
    if (box !== this.#box) {
      this.#sized.disconnect();
      if (box) this.#sized.observe(box);
      this.#box = box;
    }
    this.#place();
  }

  #place() {
    const box = this.#box;
    const w = box?.clientWidth ?? 0;
    const h = box?.clientHeight ?? 0;
    if (!box || !w || !h) return;
    const byId = new Map(this.#things.map((one) => [one.id, one]));
    const nodes = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(".choice__card")]);
    const wanted = nodes.map((node) => {
      const at = byId.get(node.dataset.id ?? "")?.at ?? { x: 0, y: 0 };
      return { x: (at.x / 100) * w, y: (1 - at.y / 100) * h, w: node.offsetWidth, h: node.offsetHeight };
    });
    const placed = apart(wanted, { w, h }, undefined, planeWords(box));
    this.cards.clear();
    nodes.forEach((node, i) => {
      this.cards.set(node.dataset.id ?? "", placed[i]);
      if (node === this.#drag?.node && this.#drag.moving) return;
      node.style.left = `${Math.round(placed[i].x - placed[i].w / 2)}px`;
      node.style.top = `${Math.round(placed[i].y - placed[i].h / 2)}px`;
    });
    this.#drawSpreads(w, h);
  }

  /** Of what is to be talked about, and of the card that is chosen: how far it reaches, and where each one put it. @param {number} w @param {number} h */
  #drawSpreads(w, h) {
    const layer = /** @type {SVGElement | null} */ (this.#box?.querySelector(".choice__spreads") ?? null);
    if (!layer) return;
    layer.setAttribute("viewBox", `0 0 ${w} ${h}`);
    const shown = this.#things.filter((one) => one.places.length > 1 && (one.id === this.parts.selected() || shouldBeDiscussed(one.together)));
    const px = (/** @type {{x: number, y: number}} */ at) => ({ x: (at.x / 100) * w, y: (1 - at.y / 100) * h });
    render(
      svg`${shown.map((one) => {
        const chosen = one.id === this.parts.selected();
        const all = one.places.map(px);
        const middle = px(one.together ?? { x: 0, y: 0 });
        const xs = all.map((p) => p.x);
        const ys = all.map((p) => p.y);
        return svg`<g class="spread ${chosen ? "is-chosen" : ""}"><path d="M${Math.min(...xs)} ${middle.y}H${Math.max(...xs)}M${middle.x} ${Math.min(...ys)}V${Math.max(...ys)}"></path>${chosen ? all.map((p) => svg`<circle cx=${p.x} cy=${p.y} r="7"></circle>`) : nothing}</g>`;
      })}`,
      /** @type {any} */ (layer),
    );
  }

  // Hands

  /** @param {PointerEvent} event @param {string} id */
  #press(event, id) {
    if (event.button !== 0 || !this.parts.mayMove()) return;
    this.#drag = { id, x: event.clientX, y: event.clientY, node: /** @type {HTMLElement} */ (event.currentTarget), moving: false };
  }

  /** A card that has no place yet is carried as well, from beside the plane. @param {PointerEvent} event */
  move(event) {
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

  drop() {
    const drag = this.#drag;
    if (!drag?.moving || !this.#box) return this.#let();
    const rect = drag.node.getBoundingClientRect();
    const frame = this.#box.getBoundingClientRect();
    this.#dropped = true;
    this.#let();
    const x = (rect.left + rect.width / 2 - frame.left) / frame.width;
    const y = (rect.top + rect.height / 2 - frame.top) / frame.height;
    if (x < 0 || x > 1 || y < 0 || y > 1) return this.#place();
    this.parts.moved(drag.id, { x: whole(x * 100), y: whole((1 - y) * 100) });
  }

  #let() {
    const node = this.#drag?.node;
    this.#drag = null;
    if (!node) return;
    node.classList.remove("is-carried");
    node.style.translate = "";
  }

  /** A click that ends a carry is none. @param {MouseEvent} event @param {string} id */
  #clicked(event, id) {
    if (this.#dropped) {
      this.#dropped = false;
      return;
    }
    this.parts.pressed(id, /** @type {HTMLElement} */ (event.currentTarget));
  }

  /** The nearest card that way; nothing where there is none. @param {string} id @param {readonly number[]} way @returns {string} */
  beside(id, [dx, dy]) {
    const from = this.cards.get(id);
    let best = "";
    let least = Infinity;
    for (const [other, at] of from ? this.cards : []) {
      if (!from || other === id) continue;
      const ahead = (at.x - from.x) * dx - (at.y - from.y) * dy;
      const aside = Math.abs((at.x - from.x) * dy) + Math.abs((at.y - from.y) * dx);
      if (ahead <= 0 || ahead + 2 * aside >= least) continue;
      least = ahead + 2 * aside;
      best = other;
    }
    return best;
  }
}
