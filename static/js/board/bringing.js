/**
 * Everyone is brought to the board and the view of somebody who leads: announced, never out of a sentence, and everyone
 * may stay. The way there is that of a step (moving.js).
 */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";
import { Moving } from "./moving.js";
import { bringPeople } from "./ops_together.js";

const SEEN = "brought";

/**
 * @typedef {{
 *   model: import("./model.js").Model, seats: import("./seats.js").Seats, viewpoint: import("./viewpoint.js").Viewpoint,
 *   go: (board: string) => void, draw: () => void,
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

  /** The view of whoever leads: on a phone and in the list their zone. */
  #look() {
    const { brought_at: at, brought_region: region, brought_x: x, brought_y: y, brought_w: w, brought_h: h } = this.#fields;
    sessionStorage.setItem(SEEN, String(at));
    this.parts.viewpoint.see({ x, y, w, h, region });
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
    const { model, viewpoint, tell } = this.parts;
    const to = { board: this.#here, ...(table ? { table } : {}), ...viewpoint.mine };
    model.sync.ask(model.who.workshop, bringPeople(to));
    const seat = table ? model.workshop.items.get(table) : undefined;
    tell(seat ? t("{table} comes here.", { table: this.parts.seats.title(seat) }) : t("Everyone comes here."));
  }

  /** They go back to their tables. */
  release() {
    this.parts.model.sync.ask(this.parts.model.who.workshop, bringPeople({ board: null }));
    this.parts.tell(t("Everyone goes back to where they were."));
  }
}
