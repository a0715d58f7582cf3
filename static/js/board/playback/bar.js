/**
 * The bar beneath a board that is played back: play, a slider, steps, how fast, and for those who lead bringing back what
 * was. Everything by key; what is seen is said when somebody stops.
 *
 * @typedef {{step: string, at: number, board?: string}} Began
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { keep, kept } from "../../lib/keep.js";
import { moment } from "../../lib/hours.js";
import { t, tn } from "../../lib/words.js";

const SPEEDS = [1, 2, 5, 10, 30, 100];
const TICK_MS = 100;

export class PlaybackBar {
  #index;
  #played = 0;
  #timer = 0;
  /** Is the whole workshop played, from board to board? */
  #isWhole = false;
  /** Where the slider is on another board, until it is let go of. @type {import("./course.js").Place | null} */
  #elsewhere = null;
  #speed = SPEEDS.includes(Number(kept("speed"))) ? Number(kept("speed")) : 10;

  /**
   * @param {{
   *   box: HTMLElement, timeline: import("./timeline.js").Timeline, course: import("./course.js").Course, past: import("./past.js").Past, model: import("../model.js").Model, steps: Began[],
   *   here: string, boardUrl: string, restoreUrl: string, formToken: string, popover: import("../panels/popover.js").Popover,
   *   say: (words: string) => void, toggleList: () => void, isList: () => boolean,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { timeline, course, box } = parts;
    const [, at, whole, play] = /^#at=(\d+)(&whole)?(&play)?$/.exec(location.hash) ?? [];
    this.#isWhole = Boolean(whole) && course.isWide;
    this.#index = at ? timeline.indexAtTime(Number(at)) : timeline.length;
    this.#played = this.#placeOf(this.#index, Number(at));
    box.hidden = false;
    this.#go(this.#index, true);
    if (play) this.#toggle();
    document.addEventListener("keydown", (e) => this.#keys(e));
  }

  get isPlaying() {
    return this.#timer !== 0;
  }

  // Moving

  /** @param {number} index @param {boolean} [first] */
  #go(index, first = false) {
    const { timeline, past } = this.parts;
    if (first || index !== this.#index) past.go(timeline.stateAt(index), index, first);
    this.#index = index;
    this.draw();
  }

  /** @param {number} played */
  #seek(played) {
    const { timeline, course } = this.parts;
    this.#played = played;
    this.#elsewhere = null;
    if (!this.#isWhole) return this.#go(timeline.indexAt(played));
    const place = course.at(played);
    if (place.span.board === course.here) return this.#go(course.indexOf(place));
    this.#elsewhere = place;
    this.draw();
  }

  /** Where a moment is on the slider. @param {number} index @param {number} [at] its time, where it is known better */
  #placeOf(index, at) {
    const { timeline, course } = this.parts;
    return this.#isWhole ? course.placeOf(at || (timeline.timeAt(index) ?? 0)) : timeline.playedAt(index);
  }

  get #duration() {
    return this.#isWhole ? this.parts.course.duration : this.parts.timeline.duration;
  }

  /** Another board is another page. @param {string} board @param {number} at @param {boolean} [play] */
  #leave(board, at, play = false) {
    const { boardUrl, here } = this.parts;
    location.assign(`${boardUrl.replace(here, board)}/playback#at=${at}${this.#isWhole ? "&whole" : ""}${play ? "&play" : ""}`);
  }

  /** If the slider is on another board, that is where we go. @param {boolean} [play] */
  #goElsewhere(play = false) {
    const place = this.#elsewhere;
    if (!place) return false;
    this.#stop();
    this.#leave(place.span.board, this.parts.course.timeOf(place), play);
    return true;
  }

  #widen() {
    this.#stop();
    const at = this.parts.timeline.timeAt(this.#index) ?? 0;
    this.#isWhole = !this.#isWhole;
    this.#elsewhere = null;
    this.#played = this.#placeOf(this.#index, at);
    this.parts.say(this.#isWhole ? t("The whole workshop is played, from board to board.") : t("This board alone is played."));
    this.draw();
  }

  /** One entry on or back: what happened is seen one by one. @param {1 | -1} by */
  #turn(by) {
    this.#stop();
    const index = Math.max(0, Math.min(this.parts.timeline.length, this.#index + by));
    this.#elsewhere = null;
    this.#played = this.#placeOf(index);
    this.#go(index);
    this.#say();
  }

  #toggle() {
    if (this.isPlaying) return this.#pause();
    const { say } = this.parts;
    if (this.#played >= this.#duration) this.#seek(-1);
    if (this.#goElsewhere(true)) return;
    this.#timer = window.setInterval(() => this.#tick(), TICK_MS);
    say(t("Playing"));
    this.draw();
  }

  #tick() {
    this.#seek(Math.min(this.#duration, this.#played + TICK_MS * this.#speed));
    if (!this.#goElsewhere(true) && this.#played >= this.#duration) this.#pause();
  }

  #pause() {
    this.#stop();
    this.#say();
    this.draw();
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = 0;
  }

  /** Where a step began, on this board or on another one. @param {Began} began */
  #toStep(began) {
    const { here, timeline } = this.parts;
    this.#stop();
    if (began.board && began.board !== here) return this.#leave(began.board, began.at);
    const index = timeline.indexAtTime(began.at);
    this.#elsewhere = null;
    this.#played = this.#placeOf(index, began.at);
    this.#go(index);
    this.#say();
  }

  /** K plays and stops as in players of films; comma and point go one by one. @param {KeyboardEvent} event */
  #keys(event) {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || (target instanceof HTMLElement && target.matches("input, textarea, select"))) return;
    if (kept("singles", "1") !== "1") return;
    const act = /** @type {Record<string, () => void>} */ ({ KeyK: () => this.#toggle(), Comma: () => this.#turn(-1), Period: () => this.#turn(1) })[event.code];
    if (!act || event.shiftKey) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  }

  // Words

  /** The time of day that is seen, or would be on the other board. */
  get #at() {
    const { course, timeline } = this.parts;
    return this.#elsewhere ? course.timeOf(this.#elsewhere) : timeline.timeAt(this.#index);
  }

  /** The moment in words. */
  #when() {
    const at = this.#at;
    if (at === null) return t("Before the beginning");
    return moment(at);
  }

  #says() {
    if (this.#elsewhere) return [this.#when(), this.#boardThere()].join(" · ");
    const notes = [...this.parts.model.items.values()].filter((one) => one.kind === "note" || one.kind === "factor" || one.kind === "placement").length;
    return [this.#when(), this.#stepNow(), tn("{n} note", "{n} notes", notes)].filter(Boolean).join(" · ");
  }

  #say() {
    this.parts.say(this.#says());
  }

  /** The step that was on. */
  #stepNow() {
    if (this.#elsewhere) return this.#boardThere();
    const at = this.#at ?? 0;
    const began = this.parts.steps.filter((one) => one.at <= at).at(-1);
    return began ? this.#title(began) : "";
  }

  #boardThere() {
    const { past, model } = this.parts;
    const board = past.today.items.get(this.#elsewhere?.span.board ?? "");
    return board ? model.words(board, "title") : t("Board");
  }

  /** @param {Began} began */
  #title({ step }) {
    const { past, model } = this.parts;
    const item = past.today.items.get(step);
    return item ? model.words(item, "title") : t("A step");
  }

  // What is seen

  draw() {
    render(this.#content(), this.parts.box);
  }

  #content() {
    const { timeline, course, isList, toggleList, boardUrl, restoreUrl } = this.parts;
    if (!timeline.length) return html`<p class="grow">${t("Nothing has happened on this board yet.")}</p><a class="btn" href=${boardUrl}>${t("To the board")}</a>`;
    const words = this.isPlaying ? t("Pause") : t("Play");
    return html`<button type="button" class="btn btn--primary pb__play" aria-label=${words} @click=${() => this.#toggle()}>${icon(this.isPlaying ? "pause" : "play")}<span class="pb__word">${words}</span></button>
      <div class="pb__line"><input class="pb__slider" type="range" min="0" max=${Math.max(1, this.#duration)} step="1" .value=${String(Math.max(0, this.#played))} aria-label=${t("Moment")} aria-valuetext=${this.#says()}
        @input=${(/** @type {Event} */ e) => this.#slid(e)} @change=${() => this.#goElsewhere() || this.#say()} @keydown=${(/** @type {KeyboardEvent} */ e) => this.#slidByKey(e)}>
        <p class="small pb__when" dir="auto"><b class="num">${this.#when()}</b> ${this.#stepNow() ? html`<span class="muted">· ${this.#stepNow()}</span>` : nothing}</p></div>
      <div class="pb__more">${this.#steps()}
        <label class="pb__speed"><span class="sr">${t("Speed")}</span><select class="input" @change=${(/** @type {Event} */ e) => this.#quicken(e)}>${SPEEDS.map((one) => html`<option value=${one} ?selected=${one === this.#speed}>× ${one}</option>`)}</select></label>
        ${course.isWide ? html`<button type="button" class="btn" aria-pressed=${this.#isWhole} @click=${() => this.#widen()}>${t("Whole workshop")}</button>` : nothing}
        <button type="button" class="tool" aria-pressed=${isList()} aria-label=${t("List")} data-tip=${t("List")} @click=${toggleList}>${icon("list")}</button>
        ${restoreUrl ? html`<button type="button" class="btn" aria-haspopup="dialog" @click=${(/** @type {Event} */ e) => this.#restore(/** @type {HTMLElement} */ (e.currentTarget))}>${t("Bring back…")}</button>` : nothing}
        <a class="btn pb__back" href=${boardUrl} aria-label=${t("To the board")}>${icon("back")}<span class="pb__word">${t("To the board")}</span></a></div>`;
  }

  #steps() {
    const { steps } = this.parts;
    if (!steps.length) return nothing;
    const turn = (/** @type {Event} */ e) => {
      const select = /** @type {HTMLSelectElement} */ (e.target);
      const began = steps[Number(select.value)];
      select.value = "";
      if (began) this.#toStep(began);
    };
    return html`<label class="pb__steps"><span class="sr">${t("Go to a step")}</span><select class="input" @change=${turn}><option value="">${t("Go to a step")}</option>${steps.map((one, i) => html`<option value=${i}>${this.#title(one)}</option>`)}</select></label>`;
  }

  /** @param {Event} event */
  #slid(event) {
    this.#stop();
    this.#seek(Number(/** @type {HTMLInputElement} */ (event.target).value));
  }

  /** Arrows go from change to change, as far as they may be apart. @param {KeyboardEvent} event */
  #slidByKey(event) {
    const by = /** @type {Record<string, 1 | -1>} */ ({ ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 })[event.key];
    if (!by) return;
    event.preventDefault();
    this.#turn(by);
  }

  /** @param {Event} event */
  #quicken(event) {
    this.#speed = Number(/** @type {HTMLSelectElement} */ (event.target).value);
    keep("speed", String(this.#speed));
    this.draw();
  }

  /** @param {HTMLElement} anchor */
  #restore(anchor) {
    const { popover, restoreUrl, formToken, timeline } = this.parts;
    this.#pause();
    if (popover.isFor(anchor)) return popover.close();
    const seq = timeline.seqAt(this.#index);
    if (seq === null) return this.parts.say(t("Before the beginning"));
    const form = (/** @type {string} */ what, /** @type {string} */ label, /** @type {string} */ about) => html`<form method="post" action=${restoreUrl} class="pb__form">
      <input type="hidden" name="form_token" value=${formToken}><input type="hidden" name="seq" value=${seq}><input type="hidden" name="do" value=${what}><input type="hidden" name="moment" value=${this.#when()}>
      <button class="btn">${label}</button><p class="small muted">${about}</p></form>`;
    popover.open(anchor, html`<div class="pb__restore"><p class="strong num">${this.#when()}</p>
      ${form("copy", t("As a new board"), t("A further board as it was then, seen by everyone in the workshop. This one stays."))}
      ${form("here", t("On this board"), t("Everyone sees the board as it was then. What came later goes, and can be brought back the same way."))}</div>`, { label: t("Bring back what was"), role: "dialog", className: "popover--restore" });
  }
}
