/**
 * A person at a table: taken there and back with a notice, never out of a sentence; who sits here, the call, and how long
 * until everyone is back.
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { Moving } from "./moving.js";
import { takeSeat } from "./ops_tables.js";

/** Seconds before the end at which it is said aloud. */
const SAID_AT = [60, 30, 10];
const CARRIED = "carried";

/**
 * @typedef {{
 *   notice: HTMLElement, model: import("./model.js").Model, clock: import("./clock.js").ServerClock, seats: import("./seats.js").Seats,
 *   putBack: (text: string) => void, isBrought: () => boolean, alert: (words: string) => void, tell: (words: string) => void,
 * }} Parts
 */
export class Seated {
  /** The board I was at when this page looked last, as it should be. @type {string | null} */
  #place = null;
  #said = Infinity;
  #timer = 0;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    this.seats = parts.seats;
    const { model } = parts;
    this.here = model.who.board.slice("board:".length);
    this.moving = new Moving({ here: this.here, go: (board) => this.go(board), draw: () => this.draw() }, signal);
    for (const type of ["change", "loaded"]) {
      model.sync.on(type, (/** @type {{stream: string}} */ e) => this.#heardOf(e.stream));
    }
    signal.addEventListener("abort", () => clearInterval(this.#timer));
    const carried = sessionStorage.getItem(CARRIED);
    sessionStorage.removeItem(CARRIED);
    if (carried) parts.putBack(carried);
  }

  /** The board may not be followed any more because its person was moved: they go where they sit now. */
  isLeaving() {
    const { model } = this.parts;
    if (!model.person(model.me) || model.leads || !this.#isOfTable) return false;
    const to = this.#wanted ?? model.workshop.fields.board;
    if (to === this.here) return false;
    this.go(to);
    return true;
  }

  get #isOfTable() {
    const board = this.parts.model.workshop.items.get(this.here);
    return Boolean(board?.table);
  }

  /** @param {string} stream */
  #heardOf(stream) {
    const { model } = this.parts;
    if (stream !== model.who.workshop && stream !== model.who.board) return;
    if (stream === model.who.workshop && model.sync.isLoaded(stream)) this.#compare();
    this.draw();
  }

  /** The board I belong at; null: wherever I am is right. @returns {string | null} */
  get #wanted() {
    const { model } = this.parts;
    const { mine, here } = this.seats;
    if (model.leads || this.parts.isBrought()) return null;
    if (mine) return mine.board;
    if (!here || here.shown) return null;
    return model.workshop.fields.board ?? null;
  }

  #compare() {
    const wanted = this.#wanted;
    const before = this.#place;
    this.#place = wanted;
    if (wanted === before && before !== null) return;
    if (wanted === null) {
      if (before !== null && this.moving.to) this.moving.stop();
      return;
    }
    if (wanted === this.here) return this.moving.stop();
    const { mine } = this.seats;
    this.parts.alert(mine ? t("You go to {table}.", { table: this.seats.title(mine) }) : t("Everyone goes back together."));
    this.moving.begin(wanted, false);
  }

  /** What is in the field goes along to the next board. */
  #carry() {
    const field = /** @type {HTMLTextAreaElement | null} */ (document.querySelector(".composer__in"));
    if (!field?.value) return;
    sessionStorage.setItem(CARRIED, field.value);
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** To another board, with what is in the field. @param {string} board */
  go(board) {
    this.#carry();
    location.assign(location.pathname.replace(this.here, board));
  }

  // What the page says about it

  draw() {
    const { notice } = this.parts;
    render(html`${this.#moved() ?? nothing}${this.#recalled() ?? nothing}${this.#table() ?? nothing}${this.#choice() ?? nothing}`, notice);
  }

  #moved() {
    const { moving } = this;
    if (!moving.to) return null;
    const { mine } = this.seats;
    const table = mine ? this.seats.title(mine) : "";
    const go = html`<button type="button" class="btn btn--s" @click=${() => moving.goNow()}>${t("Go there")}</button>`;
    const stay = html`<button type="button" class="btn btn--s" @click=${() => moving.stay()}>${t("Stay here")}</button>`;
    if (moving.stays) return this.#line("plain", mine ? t("Your seat is at {table}.", { table }) : t("Everyone is back together."), go);
    if (moving.isBusy) return this.#line("room", mine ? t("You go to {table} when you have finished writing.", { table }) : t("Everyone goes back together. You go when you have finished writing."), html`${go}${stay}`);
    return this.#line("room", mine ? t("You are taken to {table}.", { table }) : t("Everyone goes back together. You are taken there."), stay);
  }

  /** How long until everyone is back. */
  #recalled() {
    const { open, here } = this.seats;
    clearTimeout(this.#timer);
    if (!open?.recall) {
      this.#said = Infinity;
      return null;
    }
    const seconds = Math.max(0, Math.ceil((open.recall - this.parts.clock.now()) / 1000));
    this.#count(seconds);
    this.#timer = window.setTimeout(() => this.draw(), 500);
    if (!here && !this.parts.model.leads) return null;
    return this.#line("amber", tn("Everyone is back together in {n} second. Finish your sentence.", "Everyone is back together in {n} seconds. Finish your sentence.", seconds));
  }

  /** Said at 60, 30 and 10 seconds, each once. @param {number} seconds */
  #count(seconds) {
    const passed = SAID_AT.filter((at) => seconds <= at && this.#said > at);
    if (passed.length && seconds > 0) this.parts.alert(tn("Back together in {n} second", "Back together in {n} seconds", seconds));
    this.#said = Math.min(this.#said, seconds);
  }

  /** Who sits here, and what this table can do. */
  #table() {
    const { seats } = this;
    const { model } = this.parts;
    const { here } = seats;
    const seating = here ? model.workshop.items.get(here.seating) : undefined;
    if (!here || !seating) return null;
    const people = seats.at(seating, here.id);
    const names = people.map((p) => (p.id === model.me ? t("you") : model.name(p.id))).join(", ");
    return html`<p class="notice notice--plain notice--room-acts at-table"><span class="at-table__who"><b>${seats.title(here)}</b> <span dir="auto">${names}</span></span>
      ${this.#call(model.fields.call)}
      ${model.leads ? html`<a class="btn btn--s" href=${location.pathname.replace(this.here, model.workshop.fields.board)}>${t("Back to everyone")}</a>` : nothing}</p>`;
  }

  /** @param {string | undefined} call */
  #call(call) {
    if (!call || !/^https?:/.test(call)) return nothing;
    return html`<a class="btn btn--s" href=${call} target="_blank" rel="noopener noreferrer">${icon("external", "i--16")}${t("Open the call")}</a>`;
  }

  /** Where people choose for themselves. */
  #choice() {
    const { seats } = this;
    const { model } = this.parts;
    const choosing = seats.seatings.find((s) => s.choose && s.state !== "closed" && (s === seats.open || s.state === "prepared"));
    if (!choosing || model.leads || model.role === "observer") return null;
    const sitting = seats.sitting(choosing);
    const mine = sitting.get(model.me);
    return html`<p class="notice notice--plain notice--room-acts"><label class="at-table__choose">${t("Choose your table")}
      <select class="at-table__select" @change=${(/** @type {Event} */ e) => this.#choose(choosing.id, /** @type {HTMLSelectElement} */ (e.target).value)}>
        <option value="" ?selected=${!mine}>${t("No table")}</option>
        ${seats.tables(choosing.id).map((table) => {
          const there = [...sitting.values()].filter((one) => one === table.id).length;
          const full = choosing.cap !== undefined && there >= choosing.cap && mine !== table.id;
          return html`<option value=${table.id} ?selected=${mine === table.id} ?disabled=${full}>${seats.title(table)} (${choosing.cap === undefined ? there : `${there}/${choosing.cap}`})</option>`;
        })}</select></label></p>`;
  }

  /** @param {string} look @param {unknown} words @param {unknown} [acts] */
  #line(look, words, acts = nothing) {
    return html`<p class="notice notice--${look} notice--room-acts"><span>${words}</span>${acts}</p>`;
  }

  // What people do

  /** @param {string} seating @param {string} table */
  #choose(seating, table) {
    const { model, tell } = this.parts;
    model.sync.ask(model.who.workshop, takeSeat(seating, table || null));
    const found = model.workshop.items.get(table);
    tell(found ? t("You sit at {table}.", { table: this.seats.title(found) }) : t("You sit at no table."));
  }
}
