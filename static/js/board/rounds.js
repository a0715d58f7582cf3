/**
 * A board that is worked on in rounds: a strip says which is on and for how long, leads every person to where they write
 * now (the frame of the round, or the sheet that came to them), and counts. The rounds themselves are the server's: this
 * only tells the time until the next.
 */
import { html, nothing, render } from "lit-html";
import { clockWords } from "../lib/clock_words.js";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { setRound, takeSheet } from "./ops_rounds.js";

/** How many of what was found each marks at the end: of eight frames one's own best, of the sheets two. */
const MARKS = { frames: 1, sheets: 2 };

export class Rounds {
  #next = 0;
  #seen = { round: -1, place: "" };

  /**
   * @param {{
   *   box: HTMLElement, model: import("./model.js").Model, clock: {now: () => number}, choose: (region: string) => void,
   *   add: () => void, ticked: () => void, show: (region: string) => void, say: (words: string) => void, alert: (words: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    document.addEventListener("visibilitychange", () => this.draw());
  }

  get isOn() {
    return Boolean(this.parts.model.fields.rounds);
  }

  /** Which round is on: 0 before the first, one more than there are after the last. */
  get round() {
    return /** @type {number} */ (this.parts.model.fields.round ?? 0);
  }

  get rounds() {
    return /** @type {number} */ (this.parts.model.fields.rounds ?? 0);
  }

  get isRunning() {
    return this.round >= 1 && this.round <= this.rounds;
  }

  /** Where I write now: the frame of this round, or the sheets I hold. @returns {import("./model.js").Item[]} */
  get places() {
    const { model } = this.parts;
    if (!this.isRunning) return [];
    if (this.#passes) return model.regions.filter((one) => one.holder === model.me);
    return this.#isPhased ? model.regions.slice(this.round - 1, this.round) : [];
  }

  /** Is every region a round of its own, as frames and phases are? Else a round is a layer over all of them. */
  get #isPhased() {
    return this.parts.model.regions.length === this.rounds;
  }

  get #passes() {
    return this.parts.model.fields.cells !== undefined;
  }

  /** What a new note says of its round. */
  get stamp() {
    return this.isRunning ? { round: this.round } : {};
  }

  draw() {
    const { box, model } = this.parts;
    clearTimeout(this.#next);
    if (!this.isOn) return render(nothing, box);
    this.#moved();
    render(html`<div class="notice rounds" role="group" aria-label=${t("Rounds")}>${this.#words()}${this.#acts(model)}</div>`, box);
    this.parts.ticked();
    const left = this.#left;
    if (this.isRunning && left > 0) this.#next = window.setTimeout(() => this.draw(), (left % 1000) + 5);
  }

  get #left() {
    return Math.max(0, (this.parts.model.fields.round_ends ?? 0) - this.parts.clock.now());
  }

  #words() {
    const { model } = this.parts;
    if (this.round === 0) return html`<span>${icon("clock", "i--16")} ${tn("{n} round", "{n} rounds", this.rounds)}, ${this.#lengths()}</span>`;
    if (!this.isRunning) return html`<span>${model.layout === "rounds" ? this.#after() : t("The rounds are over.")}</span>`;
    const words = t("Round {n} of {all}", { n: this.round, all: this.rounds });
    return html`<span class="rounds__now"><b>${words}</b> <b class="num rounds__clock" role="timer" aria-live="off">${clockWords(this.#left)}</b></span><span class="rounds__where">${this.#where()}</span>`;
  }

  /** Whoever draws sees the clock as well. */
  get face() {
    return this.isRunning ? `${t("Round {n} of {all}", { n: this.round, all: this.rounds })} · ${clockWords(this.#left)}` : "";
  }

  #lengths() {
    const { fields } = this.parts.model;
    const minutes = Array.from({ length: this.rounds }, (_, i) => Math.round((fields[`round_ms/${i + 1}`] ?? fields.round_ms) / 6_000) / 10);
    if (minutes.every((one) => one === minutes[0])) return tn("{n} minute each", "{n} minutes each", minutes[0]);
    return t("{minutes} minutes", { minutes: minutes.join(", ") });
  }

  #where() {
    const { model } = this.parts;
    if (model.layout !== "rounds") return this.#phase();
    const mine = [...model.items.values()].filter((i) => i.kind === "note" && (i.by === model.me || model.isHidden(i.id)));
    if (!this.#passes) return t("Frames filled: {n} of {all}", { n: new Set(mine.map((i) => i.region)).size, all: this.rounds });
    const [sheet] = this.places;
    if (!sheet) return t("You have no sheet in this round.");
    const n = mine.filter((i) => i.round === this.round).length;
    return t("{sheet}: read it, then add. {n} of {cells} written", { sheet: model.regionTitle(sheet.id), n, cells: model.fields.cells });
  }

  /** The zone of this phase; or how much was written in each round, where a round is a layer. */
  #phase() {
    const { model } = this.parts;
    const [place] = this.places;
    if (place) return model.regionTitle(place.id);
    const notes = [...model.items.values()].filter((i) => i.kind === "note");
    return t("Notes by round: {counts}", { counts: Array.from({ length: this.round }, (_, i) => notes.filter((one) => one.round === i + 1).length).join(", ") });
  }

  /** The rounds are over: each marks what they would go on with. */
  #after() {
    const { model } = this.parts;
    const all = this.#passes ? MARKS.sheets : MARKS.frames;
    const n = [...model.items.values()].filter((i) => i[`reaction/idea/${model.me}`]).length;
    const ask = this.#passes ? t("The rounds are over. Mark the two you would go on with as a good idea.") : t("The rounds are over. Mark the frame you will show as a good idea.");
    return model.hiding ? t("The rounds are over. What everyone drew is shown when it is revealed.") : html`${ask} <b class="num">${n}/${all}</b>`;
  }

  /** @param {import("./model.js").Model} model */
  #acts(model) {
    const turn = (/** @type {number} */ round) => model.sync.ask(model.who.board, setRound(round));
    const may = model.may("rounds");
    const writes = model.may("add") && this.isRunning && model.layout === "rounds";
    const none = this.#passes && this.isRunning && !this.places.length && model.may("add") && !model.hides;
    return html`<span class="rounds__acts">${none ? button(t("Take a sheet"), () => model.sync.ask(model.who.board, takeSheet())) : nothing}
      ${writes && !none ? html`<button type="button" class="btn btn--s btn--primary" @click=${() => this.parts.add()}>${icon("edit", "i--16")}${t("Draw")}</button>` : nothing}
      ${may && !this.isRunning ? button(this.round ? t("Once more from the beginning") : t("Start the rounds"), () => turn(1)) : nothing}
      ${may && this.isRunning ? html`${button(this.round < this.rounds ? t("Next round") : t("End"), () => turn(this.round + 1))}` : nothing}</span>`;
  }

  /** Another round, or another sheet: the field writes there, and it is said. */
  #moved() {
    const { choose, show, alert, say, model } = this.parts;
    const [place] = this.places;
    const seen = this.#seen;
    this.#seen = { round: this.round, place: place?.id ?? "" };
    if (seen.round === this.round && seen.place === this.#seen.place) return;
    if (place) choose(place.id);
    if (seen.round < 0) return; // the page has only come
    if (place && this.#passes) show(place.id);
    if (this.isRunning) alert(place && model.layout !== "rounds" ? t("Round {n}. {place}", { n: this.round, place: model.regionTitle(place.id) }) : place && this.#passes ? t("Round {n}. {place}", { n: this.round, place: model.regionTitle(place.id) }) : t("Round {n}", { n: this.round }));
    else if (this.round > this.rounds) say(t("The rounds are over."));
  }
}

/** @param {string} words @param {() => void} act */
function button(words, act) {
  return html`<button type="button" class="btn btn--s" @click=${act}>${words}</button>`;
}
