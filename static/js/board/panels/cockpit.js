/** The cockpit of those who lead: how people get in, the timer, what is for everyone, who is here and waits, messages. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { face } from "./top.js";

const FACES = 9;

/**
 * @typedef {{
 *   box: HTMLElement, running: import("../running.js").Running, runBar: import("./run_bar.js").RunBar, code: string, wallUrl: string,
 *   present: () => string[], setTimer: (timer: {ends_at?: number, left?: number, of?: number, table?: string}) => void, drawn: () => void,
 *   tables: () => unknown, consents: import("../consents.js").Consents, consent: (now: import("../model.js").Item | undefined) => void, door: () => unknown, gathering: () => import("./gathering.js").Gathering | undefined,
 *   setStage: (stage: "open" | "locked") => void, silence: () => {begin: (anonymous: boolean) => void, askToReveal: () => void} | undefined, openPeople: (anchor: HTMLElement) => void, vote: () => void, close: () => void, isDrawer: () => boolean,
 * }} Parts
 */
export class Cockpit {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {boolean} isOpen */
  draw(isOpen) {
    const { box } = this.parts;
    box.hidden = !isOpen;
    render(isOpen ? this.#content() : nothing, box);
  }

  #content() {
    const { code, wallUrl, close } = this.parts;
    return html`<div class="cockpit__head"><h2 class="h3 grow">${t("Room")}</h2>
        ${code ? html`<span class="cockpit__code"><span class="tiny muted">${t("Join code")}</span><b class="strong"><bdi>${code}</bdi></b></span>` : nothing}
        ${wallUrl ? html`<a class="tool" href=${wallUrl} target="_blank" rel="noopener" aria-label=${t("Code and QR, large for the wall")} data-tip=${t("Code and QR, large for the wall")}>${icon("qr")}</a>` : nothing}
        <button type="button" class="tool" aria-label=${t("Close")} data-tip=${t("Close")} @click=${close}>${icon("x")}</button></div>
      ${this.parts.door()} ${this.#agenda()} ${this.#timer()} ${this.#everyone()} ${this.#people()}${this.parts.gathering()?.messages() ?? nothing}`;
  }

  /** Where the run bar has no room, its button is here. */
  #agenda() {
    const { running, runBar, isDrawer } = this.parts;
    if (!isDrawer() || !runBar.isWanted) return nothing;
    return html`<section class="cockpit__sec cockpit__run" aria-label=${t("Agenda")}>${runBar.startButton(running.next)}${runBar.list()}</section>`;
  }

  #timer() {
    const { state, of } = this.#time;
    if (state === "none") {
      return html`<section class="cockpit__sec" aria-label=${t("Timer")}><h3 class="cockpit__h">${t("Timer")}</h3>${this.#whose()}<div class="row">${[3, 5, 10, 15].map((n) => html`<button type="button" class="btn grow cockpit__n" aria-label=${`${t("{n} min", { n })}. ${tn("Start a timer of {n} minute", "Start a timer of {n} minutes", n)}`} @click=${() => this.#start(n)}>${t("{n} min", { n })}</button>`)}</div></section>`;
    }
    const minutes = Math.round(of / 60_000);
    return html`<section class="cockpit__sec" aria-label=${t("Timer")}>${this.#whose()}<div class="cockpit__time" data-timer=${this.#table ? "table" : "room"}><span class="bigtime grow num" data-timer-words></span><span class="small muted">${state === "rests" ? t("paused") : t("left of {n} min", { n: minutes })}</span><span class="bar" aria-hidden="true"><i></i></span></div>
      <div class="row"><button type="button" class="btn" aria-label=${t("−1 minute")} @click=${() => this.more(-1)}>−1</button>
        ${state === "rests"
          ? html`<button type="button" class="btn grow" @click=${() => this.pause()}>${icon("play")}${t("Go on")}</button>`
          : html`<button type="button" class="btn grow" ?disabled=${state === "over"} @click=${() => this.pause()}>${icon("pause")}${t("Pause")}</button>`}
        <button type="button" class="btn" aria-label=${t("+1 minute")} @click=${() => this.more(1)}>+1</button>
        <button type="button" class="btn" aria-label=${t("+5 minutes")} @click=${() => this.more(5)}>+5</button>
        <button type="button" class="btn btn--quiet btn--icon" aria-label=${t("Take the timer away")} @click=${() => this.#set({})}>${icon("x")}</button></div></section>`;
  }

  #everyone() {
    const { running, setStage } = this.parts;
    const locked = running.fields.stage === "locked";
    return html`<section class="cockpit__sec"><h3 class="cockpit__h">${t("For everyone")}</h3><div class="tiles">
      ${this.#silence()}${this.#vote()}${this.#consent()}<button type="button" class="tile ${locked ? "is-on" : ""}" aria-pressed=${locked} @click=${() => setStage(locked ? "open" : "locked")}>${icon("lock")}<span>${t("Lock board")}<small>${locked ? t("On") : t("Off")}</small></span></button>${this.parts.gathering()?.tile() ?? nothing}${this.parts.gathering()?.leadTile() ?? nothing}${this.parts.tables()}</div></section>`;
  }

  /** A vote is set up first, and closed only after a question. */
  #vote() {
    const { votes } = this.parts.running.model;
    if (!votes) return nothing;
    const { now } = votes;
    return html`<button type="button" class="tile ${now ? "is-on" : ""}" aria-pressed=${Boolean(now)} @click=${() => this.parts.vote()}>${icon("vote")}<span>${now ? t("Close the vote") : t("Open a vote")}<small>${now ? votes.turnout(now) : t("With dots")}</small></span></button>`;
  }

  #consent() {
    const { consents, consent } = this.parts;
    const { now } = consents;
    const words = now ? t("{n} of {all} have answered", { n: consents.answers(now).length, all: consents.electorate(now) }) : t("To a proposal");
    return html`<button type="button" class="tile ${now ? "is-on" : ""}" aria-pressed=${Boolean(now)} @click=${() => consent(now)}>${icon("check")}<span>${t("Consent round")}<small>${words}</small></span></button>`;
  }

  /** Private writing begins at once; what it ends with is asked first. */
  #silence() {
    const silence = this.parts.silence();
    if (!silence) return nothing;
    const on = this.parts.running.fields.hidden !== undefined;
    return html`<button type="button" class="tile ${on ? "is-on" : ""}" aria-pressed=${on} @click=${() => (on ? silence.askToReveal() : silence.begin(false))}>${icon("eyeoff")}<span>${t("Private writing")}<small>${on ? t("On") : t("Off")}</small></span></button>`;
  }

  #people() {
    const { running, present, openPeople } = this.parts;
    const { model } = running;
    const here = new Set([...present(), model.me]);
    const people = model.people.filter((p) => here.has(p.id));
    const gathering = this.parts.gathering();
    return html`<section class="cockpit__sec"><h3 class="cockpit__h">${t("People")}</h3>
      <button type="button" class="cockpit__people" aria-haspopup="true" aria-expanded="false" @click=${(/** @type {Event} */ e) => openPeople(/** @type {HTMLElement} */ (e.currentTarget))}>
        <span class="avatars" aria-hidden="true">${people.slice(0, FACES).map((p) => face(model, p))}</span><span class="small">${tn("{n} person here", "{n} people here", people.length)}</span></button>${gathering?.finished() ?? nothing}${gathering?.waiting() ?? nothing}</section>`;
  }

  // The timer

  #isForTable = false;

  /** The table that the timer is set for; else it is for everyone. */
  get #table() {
    return this.#isForTable ? this.parts.running.table : undefined;
  }

  get #time() {
    return this.parts.running.timerOf(this.#table);
  }

  /** At a table's board, whose time is meant. */
  #whose() {
    const { running, box } = this.parts;
    if (!running.table) return nothing;
    const turn = (/** @type {boolean} */ on) => () => {
      this.#isForTable = on;
      this.draw(!box.hidden);
      this.parts.drawn();
    };
    return html`<div class="seg cockpit__whose" role="group" aria-label=${t("Whose time")}>${[false, true].map((on) => html`<button type="button" aria-pressed=${on === this.#isForTable} @click=${turn(on)}>${on ? t("This table") : t("Everyone")}</button>`)}</div>`;
  }

  /** @param {{ends_at?: number, left?: number, of?: number}} timer */
  #set(timer) {
    this.parts.setTimer(this.#table ? { ...timer, table: this.#table } : timer);
  }

  /** @param {number} minutes */
  #start(minutes) {
    this.#set({ ends_at: Math.round(this.parts.running.clock.now()) + minutes * 60_000, of: minutes * 60_000 });
  }

  /** So many minutes more or less: what it ends up at is what is asked. @param {number} minutes */
  more(minutes) {
    const { clock } = this.parts.running;
    const { state, left, of, ends = 0 } = this.#time;
    const ms = Math.max(0, Math.round(left) + minutes * 60_000);
    const whole = Math.max(ms, of + minutes * 60_000);
    if (state === "rests") this.#set({ left: ms, of: whole });
    // From when it ends, not from what is left: two who press at once mean the same minute.
    else if (state === "runs" && ms > 0) this.#set({ ends_at: ends + minutes * 60_000, of: whole });
    else this.#set({ ends_at: Math.round(clock.now()) + ms, of: whole });
  }

  pause() {
    const { state, left, of } = this.#time;
    if (state === "runs") this.#set({ left: Math.round(left), of });
    else if (state === "rests") this.#set({ ends_at: Math.round(this.parts.running.clock.now() + left), of });
  }
}
