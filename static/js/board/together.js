/**
 * What keeps a room together, wired: bringing everyone, showing a note, messages, help, hands, being finished. Its notices
 * have a row of their own.
 */
import { html, nothing, render } from "lit-html";
import { t } from "../lib/words.js";
import { Attention } from "./attention.js";
import { Bringing } from "./bringing.js";
import { Following } from "./following.js";
import { Guides } from "./guides.js";
import { Leading } from "./leading.js";
import { Messages } from "./messages.js";
import { Asking } from "./panels/asking.js";
import { Spotlight } from "./spotlight.js";
import { Viewpoint } from "./viewpoint.js";

/**
 * @typedef {{
 *   main: HTMLElement, boxes: {list: HTMLElement, phone: HTMLElement, tabs: HTMLElement}, notice: HTMLElement, selection: import("./selection.js").Selection,
 *   layer: import("./layer.js").Layer, presence: import("./presence.js").Presence, whereabouts: import("./presence.js").Presence, say: (words: string) => void, model: import("./model.js").Model, clock: import("./clock.js").ServerClock, seats: import("./seats.js").Seats,
 *   surface: import("./surface.js").Surface, phone: import("./phone.js").Phone, list: import("./list.js").List, views: import("./views.js").Views,
 *   look: import("./tools/look.js").Look, popover: import("./panels/popover.js").Popover, place: (id: string) => string, present: () => string[],
 *   go: (board: string) => void, comment: (id: string) => void, changed: (ids: Set<string>) => void, alert: (words: string) => void, tell: (words: string) => void,
 *   drawn: (what: "people" | "room") => void,
 * }} Parts
 */
export class Together {
  #wasHelped = 0;
  /** @type {import("./panels/gathering.js").Gathering | undefined} */
  gathering;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    const { model, clock, popover, alert, tell } = parts;
    const draw = () => this.draw();
    this.attention = new Attention(model, clock);
    const viewpoint = new Viewpoint({ ...parts, insets: () => parts.views.insets });
    this.bringing = new Bringing({ ...parts, viewpoint, draw }, signal);
    this.guides = new Guides(model, parts.whereabouts);
    const shown = { ...parts, guides: this.guides, viewpoint, draw: () => (this.draw(), parts.drawn("people"), parts.drawn("room")) };
    this.leading = new Leading({ ...shown, began: () => this.following.stop() }, signal);
    this.following = new Following({ ...shown, leading: this.leading }, signal);
    this.spotlight = new Spotlight({ ...parts, draw });
    this.messages = new Messages({ model, attention: this.attention, clock, alert, draw, show: (id) => parts.comment(id) });
    this.asking = new Asking({ attention: this.attention, popover, tell, alert });
    for (const type of ["change", "loaded"]) model.sync.on(type, (/** @type {{stream: string}} */ e) => this.#heard(e.stream));
    addEventListener("keydown", (e) => this.#keys(e), { signal });
    // Waiting is told in minutes.
    const minute = setInterval(() => this.attention.queue.length && parts.drawn("room"), 20_000);
    signal.addEventListener("abort", () => clearInterval(minute));
  }

  /** For those who lead. @param {typeof import("./wings/leading.js")} wing */
  furnish({ Gathering }) {
    const { seats, popover, present, tell } = this.parts;
    this.gathering = new Gathering({ attention: this.attention, bringing: this.bringing, leading: this.leading, seats, popover, present, tell });
  }

  /** @param {string} stream */
  #heard(stream) {
    const { inbox, desk, mine, queue } = this.attention;
    const { drawn, model, alert } = this.parts;
    if (stream === model.who.workshop) {
      this.draw();
      drawn("people");
    } else if (stream === inbox) {
      this.#hearHelp(mine);
      drawn("people");
    } else if (stream === desk) {
      const waiting = queue.filter((w) => !this.#known.has(`${w.person} ${w.since}`));
      for (const { person, since } of waiting) {
        this.#known.add(`${person} ${since}`);
        if (model.leads) alert(t("{name} asks for help.", { name: model.name(person) }));
      }
    }
  }

  /** Who waits, as this page has said it. @type {Set<string>} */
  #known = new Set();

  /** Somebody comes. @param {Record<string, any>} mine */
  #hearHelp({ helped_at: at = 0, help_by: by }) {
    if (at <= this.#wasHelped) return;
    const first = this.#wasHelped === 0 && this.parts.clock.now() - at > 60_000;
    this.#wasHelped = at;
    if (!first) this.parts.tell(t("{name} comes to help.", { name: this.parts.model.name(by) }));
  }

  draw() {
    if (!this.messages) return; // told of something while being made
    render(html`${this.leading.notice()}${this.following.notice()}${this.parts.layer.notice()}${this.bringing.notice()}${this.spotlight.notice()}${this.messages.notices()}${this.parts.model.leads ? nothing : this.#hand()}`, this.parts.notice);
  }

  /** My hand is up until I, or those who lead, take it down. */
  #hand() {
    const { attention } = this;
    if (!attention.myHand) return nothing;
    const before = attention.hands.findIndex((p) => p.id === this.parts.model.me);
    const words = before > 0 ? t("Your hand is up. Before you: {n}.", { n: before }) : t("Your hand is up.");
    return html`<p class="notice notice--plain notice--room-acts"><span>${words}</span><button type="button" class="btn btn--s" @click=${() => this.asking.hand(false)}>${t("Take it down")}</button></p>`;
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (!event.altKey || !event.shiftKey) return;
    const { leads } = this.parts.model;
    if (event.code === "KeyB" && leads) this.bringing.bring();
    else if (event.code === "KeyL" && leads && !this.following.target) this.leading.toggle();
    else if (event.code === "KeyL") this.following.press();
    else return;
    event.preventDefault();
  }
}
