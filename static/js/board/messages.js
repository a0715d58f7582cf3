/**
 * Messages from those who lead: to everyone, to one table, to one person. They stand among the notices until they are
 * closed, are said aloud once, and wait for who was away.
 */
import { html, nothing } from "lit-html";
import { icon } from "../lib/dom.js";
import { keep, kept } from "../lib/keep.js";
import { t } from "../lib/words.js";

/** Older messages are not shown again to whoever comes. */
const FRESH_MS = 15 * 60_000;
const MOST_AT_ONCE = 3;
/** From so many letters on, a message may be taller than what a small screen has for it. */
const LONG = 120;
const BY = "message_by/";

/** @typedef {{key: string, at: number, by: string, words: string, to: "all" | "here" | "me", on: string}} Message `on`: board and item of a comment in which I am named */
/** @typedef {{model: import("./model.js").Model, attention: import("./attention.js").Attention, clock: import("./clock.js").ServerClock, alert: (words: string) => void, draw: () => void, show: (id: string) => void}} Parts */

/** What quick messages say, each to its reader. @param {string} quick */
export function quickWords(quick) {
  switch (quick) {
    case "two_minutes": return t("Two minutes left.");
    case "finish_sentence": return t("Please finish your sentence.");
    case "look_up": return t("Please look up.");
    case "come_back": return t("Please come back.");
    default: return "";
  }
}

export const QUICK = ["two_minutes", "finish_sentence", "look_up", "come_back"];

export class Messages {
  /** Said aloud by this page. @type {Set<string>} */
  #heard = new Set();

  /** For browsers that keep nothing. @type {Set<string>} */
  #closed = new Set();

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    const { model, attention } = parts;
    const streams = new Set([model.who.workshop, model.who.board, attention.inbox]);
    for (const type of ["change", "loaded"]) {
      model.sync.on(type, (/** @type {{stream: string, fields?: boolean}} */ e) => streams.has(e.stream) && e.fields !== false && this.#hear());
    }
  }

  /** Those that have not been closed, the newest first. @returns {Message[]} */
  get fresh() {
    const { model, attention } = this.parts;
    const found = [
      ...this.#of(model.who.workshop, model.workshop.fields, "all"),
      ...this.#of(model.who.board, model.fields, "here"),
      ...this.#of(attention.inbox, attention.mine, "me"),
    ];
    return found.sort((a, b) => b.at - a.at);
  }

  /** @param {string} stream @param {Record<string, any>} fields @param {Message["to"]} to @returns {Message[]} */
  #of(stream, fields, to) {
    const { model, clock } = this.parts;
    const times = Object.keys(fields).filter((key) => key.startsWith(BY)).map((key) => key.slice(BY.length));
    return times
      .map((at) => ({ key: `read/${stream}/${at}`, at: Number(at), by: String(fields[BY + at]), words: String(fields[`message/${at}`] ?? quickWords(fields[`message_quick/${at}`])), to, on: String(fields[`message_on/${at}`] ?? "") }))
      .filter(({ at, by, key, words }) => words && by !== model.me && clock.now() - at < FRESH_MS && !this.#closed.has(key) && kept(key) !== "1");
  }

  #hear() {
    const { model, alert, draw } = this.parts;
    for (const message of this.fresh.reverse()) {
      if (this.#heard.has(message.key)) continue;
      this.#heard.add(message.key);
      const name = model.name(message.by);
      if (message.on) alert(t("{name} named you in a comment: {words}", { name, words: message.words }));
      else alert(message.to === "me" ? t("{name} to you alone: {words}", { name, words: message.words }) : t("{name}: {words}", { name, words: message.words }));
    }
    draw();
  }

  /** Long ones scroll by themselves, by keys as well; the buttons stay where they are. */
  notices() {
    const { model } = this.parts;
    return this.fresh.slice(0, MOST_AT_ONCE).map((m) => html`<p class="notice notice--room notice--room-acts notice--message"><span class="notice__words" role=${m.words.length > LONG ? "region" : nothing} aria-label=${m.words.length > LONG ? t("Message from {name}", { name: model.name(m.by) }) : nothing} tabindex=${m.words.length > LONG ? "0" : nothing}>${icon("message", "i--16")} <b><bdi>${model.name(m.by)}</bdi></b>${m.on ? html` <span class="small">${t("named you in a comment")}</span>` : m.to === "me" ? html` <span class="small">${t("to you alone")}</span>` : ""} <span dir="auto">${m.words}</span></span>${m.on ? this.#where(m) : ""}<button type="button" class="btn btn--s" @click=${() => this.#close(m)}>${t("OK")}</button></p>`);
  }

  /** To what was commented on, here or on its board. @param {Message} message */
  #where(message) {
    const { model, show } = this.parts;
    const [board, item] = message.on.split("/");
    if (`board:${board}` !== model.who.board) return html`<a class="btn btn--s" href=${`/b/${board}`} @click=${() => this.#close(message)}>${t("Go to its board")}</a>`;
    return model.item(item) ? html`<button type="button" class="btn btn--s" @click=${() => { this.#close(message); show(item); }}>${t("Read it")}</button>` : "";
  }

  /** @param {Message} message */
  #close({ key }) {
    this.#closed.add(key);
    keep(key, "1");
    this.parts.draw();
  }
}
