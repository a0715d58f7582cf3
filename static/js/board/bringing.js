/**
 * Everyone is brought to the board and the view of somebody who leads: announced, never out of a sentence, and everyone
 * may stay. The way there is that of a step (moving.js).
 */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";
import { Moving } from "./moving.js";
import { bringPeople } from "./ops_together.js";

const SEEN = "brought";
/** The largest and the smallest view that is passed on (px). */
const [LEAST, MOST] = [100, 20_000];

/**
 * @typedef {{
 *   model: import("./model.js").Model, seats: import("./seats.js").Seats, surface: import("./surface.js").Surface,
 *   phone: import("./phone.js").Phone, list: import("./list.js").List, look: import("./tools/look.js").Look,
 *   insets: () => import("./camera.js").Insets, go: (board: string) => void, draw: () => void,
 *   alert: (words: string) => void, tell: (words: string) => void,
 * }} Parts
 */
export class Bringing {
  #here;
  /** When people were brought last, as this page has heard. @type {number | null} */
  #heard = null;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    this.#here = parts.model.who.board.slice("board:".length);
    // No board is this one: being brought to another part of it is a way to go, too.
    this.moving = new Moving({ here: "", go: (board) => this.#go(board), draw: parts.draw }, signal);
    for (const type of ["change", "loaded"]) {
      parts.model.sync.on(type, (/** @type {{stream: string}} */ e) => e.stream === parts.model.who.workshop && this.#compare());
    }
  }

  get #fields() {
    return this.parts.model.workshop.fields;
  }

  /** Am I among those who were brought somewhere, and is it still so? */
  get isMine() {
    const { model, seats } = this.parts;
    const { brought, brought_table: table } = this.#fields;
    if (!brought || model.leads) return false;
    return !table || (seats.mine ?? seats.here)?.id === table;
  }

  #compare() {
    const { model } = this.parts;
    if (!model.sync.isLoaded(model.who.workshop)) return;
    const { brought, brought_at: at = 0 } = this.#fields;
    const first = this.#heard === null;
    if (this.#heard === at) return;
    this.#heard = at;
    if (!this.isMine) return this.moving.stop();
    if (first) return this.#arrive(brought, at);
    this.parts.alert(this.#words);
    this.moving.begin(brought, false);
  }

  /** The page has just come: whoever is there already looks once; whoever stayed elsewhere can still go. @param {string} board @param {number} at */
  #arrive(board, at) {
    if (board !== this.#here) return this.moving.offer(board);
    if (sessionStorage.getItem(SEEN) === String(at)) return;
    // After the first look at the board.
    setTimeout(() => this.#look(), 500);
  }

  /** @param {string} board */
  #go(board) {
    if (board === this.#here) this.#look();
    else this.parts.go(board);
  }

  /** The view of whoever leads: on a phone their zone. */
  #look() {
    const { model, surface, phone, list, look, insets } = this.parts;
    const { brought_at: at, brought_region: region, brought_x: x, brought_y: y, brought_w: w, brought_h: h } = this.#fields;
    sessionStorage.setItem(SEEN, String(at));
    if (phone.isOpen) {
      if (region && model.item(region)) phone.setZone(region);
    } else if (!list.isOpen && surface.size.w && w !== undefined) {
      const rect = { x: x / 100, y: y / 100, w: w / 100, h: h / 100 };
      look.glideTo(look.camera.fitted(rect, surface.size, insets(), { whole: true, least: 0.1, most: 2 }));
    }
  }

  /** Where to, in one sentence. */
  get #words() {
    const { model } = this.parts;
    const { brought, brought_by: by, brought_region: region } = this.#fields;
    const name = model.name(by);
    const board = model.workshop.items.get(brought);
    const title = brought === this.#here ? model.regionTitle(region ?? "") : model.words(board ?? {}, "title");
    return title ? t("{name} brings everyone to “{title}”.", { name, title }) : t("{name} brings everyone to one place.", { name });
  }

  /** What stands among the notices. */
  notice() {
    const { moving } = this;
    if (!moving.to) return nothing;
    const go = html`<button type="button" class="btn btn--s" @click=${() => moving.goNow()}>${t("Go there")}</button>`;
    const stay = html`<button type="button" class="btn btn--s" @click=${() => this.#stay()}>${t("Stay here")}</button>`;
    if (moving.stays) return html`<p class="notice notice--plain notice--room-acts"><span>${this.#words}</span>${go}</p>`;
    const words = moving.isBusy ? t("{words} You go there when you have finished writing.", { words: this.#words }) : this.#words;
    return html`<p class="notice notice--room notice--room-acts"><span>${words}</span>${moving.isBusy ? go : nothing}${stay}</p>`;
  }

  /** On the board where one is, nothing is left to go to. */
  #stay() {
    if (this.moving.to === this.#here) this.moving.stop();
    else this.moving.stay();
  }

  // Of those who lead

  /** Where I am and what I see becomes where everyone is. @param {string} [table] only those of one table */
  bring(table) {
    const { model, phone, tell } = this.parts;
    const region = phone.isOpen ? phone.zone : this.#middle();
    const view = phone.isOpen ? {} : this.#view();
    const to = { board: this.#here, ...(table ? { table } : {}), ...(region ? { region } : {}), ...view };
    model.sync.ask(model.who.workshop, bringPeople(to));
    const seat = table ? model.workshop.items.get(table) : undefined;
    tell(seat ? t("{table} comes here.", { table: this.parts.seats.title(seat) }) : t("Everyone comes here."));
  }

  /** They go back to their tables. */
  release() {
    this.parts.model.sync.ask(this.parts.model.who.workshop, bringPeople({ board: null }));
    this.parts.tell(t("Everyone goes back to where they were."));
  }

  /** What lies between the bars, in 1/100 px. */
  #view() {
    const { surface, look, insets, list } = this.parts;
    const { size } = surface;
    if (list.isOpen || !size.w) return {};
    const { top, right, bottom, left } = insets();
    const from = look.camera.toWorld({ x: left, y: top });
    const to = look.camera.toWorld({ x: size.w - right, y: size.h - bottom });
    const side = (/** @type {number} */ px) => Math.round(Math.min(MOST, Math.max(LEAST, px)) * 100);
    return { x: Math.round(from.x * 100), y: Math.round(from.y * 100), w: side(to.x - from.x), h: side(to.y - from.y) };
  }

  /** The zone that is in the middle of the view, or nearest to it. */
  #middle() {
    const { surface, model, list, look } = this.parts;
    if (list.isOpen) return list.zone;
    if (!surface.size.w) return null;
    const { x, y } = look.camera.toWorld({ x: surface.size.w / 2, y: surface.size.h / 2 });
    const far = (/** @type {string} */ id) => {
      const r = surface.rectOf(id);
      return r ? Math.hypot(Math.max(r.x - x, 0, x - r.x - r.w), Math.max(r.y - y, 0, y - r.y - r.h)) : Infinity;
    };
    const ids = model.regions.map((r) => r.id);
    return ids.length ? ids.reduce((best, id) => (far(id) < far(best) ? id : best)) : null;
  }
}
