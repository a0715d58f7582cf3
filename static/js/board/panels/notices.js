/**
 * What the page says by itself: how the network is, that the board is locked, and short words with one thing to press.
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { Answered } from "./answered.js";

const BACK_MS = 4000;
const PATIENCE_MS = 5000;
const OFFER_MS = 8000;

/** @typedef {"well" | "away" | "slow" | "stuck" | "sending" | "back"} State well; no network; no answer; not saved; back, and sending; just back */
/** @type {Record<State, [look: string, icon: string]>} */
const LOOKS = {
  well: ["", ""], away: ["amber", "offline"], slow: ["amber", "history"], stuck: ["danger", "warn"], sending: ["good", "history"], back: ["good", "check"],
};

export class Notices extends EventTarget {
  #online = true;
  #answered = new Answered();
  /** @type {State} */
  #state = "well";
  #watching = 0;
  #leaving = 0;
  #offering = 0;
  /** @type {{words: string, label: string, act: () => void} | null} */
  #offer = null;
  /** No socket opens here. "closed": the person has read it. @type {"" | "said" | "closed"} */
  #slower = "";
  /** What is going on in the room. @type {import("./silence.js").Notice | null} */
  #room = null;
  #end = "";

  /** @param {{banner: HTMLElement, toast: HTMLElement, say: (words: string) => void, alert: (words: string) => void}} parts */
  constructor({ banner, toast, say, alert }) {
    super();
    this.banner = banner;
    this.toast = toast;
    this.say = say;
    this.alert = alert;
    // People read at their own pace: while the pointer or focus is on it, it stays.
    for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, () => clearTimeout(this.#offering));
    for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, () => this.#offer && this.#waitOffer());
  }

  /** Does unsent work wait, so that it should be marked? */
  get away() {
    return this.#state === "away" || this.#state === "slow" || this.#state === "stuck";
  }

  /** @param {{online: boolean, unsent: number}} status */
  network({ online, unsent }) {
    this.#answered.count(unsent);
    this.#online = online;
    const isSending = this.#state === "sending";
    if ((this.away || isSending) && online && !unsent) this.#cameBack();
    else if (this.away && online && this.#state !== "stuck") this.#become("sending");
    if (!this.away && !online && navigator.onLine === false) this.#become("away");
    else if (!this.away) this.#watch(!online || unsent > 0);
    this.#draw();
  }

  /** Something was refused: it does not count as sent. */
  refused() {
    this.#answered.refuse();
    this.#draw();
  }

  /** Whether we are on the line that stands for the socket. @param {boolean} on */
  slower(on) {
    if (on === (this.#slower !== "")) return;
    this.#slower = on ? "said" : "";
    if (on) this.say(slowerWords());
    this.#draw();
  }

  /** What is going on in the room: the board is locked, or writing is silent. A count that ticks is not said again. @param {import("./silence.js").Notice | null} room */
  room(room) {
    const was = this.#room;
    this.#room = room;
    if (room?.words === was?.words) return;
    if (room && room.icon !== was?.icon) this.alert(room.words);
    this.#draw();
  }

  /** There will be no more connection. @param {string} words */
  ended(words) {
    this.#end = words;
    this.alert(words);
    this.#draw();
  }

  /** Short words with one thing to press, for 8 s. @param {string} words @param {string} label @param {() => void} act */
  offer(words, label, act) {
    this.#offer = { words, label, act };
    this.say(words);
    this.#waitOffer();
    this.#draw();
  }

  /** Words that everybody should see as well as hear: why something did not happen. @param {string} words */
  tell(words) {
    this.#offer = { words, label: "", act: () => {} };
    this.say(words);
    this.#waitOffer();
    this.#draw();
  }

  /** Take the offer away, as Esc does. True when there was one. */
  dismiss() {
    if (!this.#offer) return false;
    this.#offer = null;
    this.#draw();
    return true;
  }

  #waitOffer() {
    clearTimeout(this.#offering);
    this.#offering = window.setTimeout(() => this.dismiss(), OFFER_MS);
  }

  /** If it stays so for a while, say it. @param {boolean} odd */
  #watch(odd) {
    if (!odd) {
      clearTimeout(this.#watching);
      this.#watching = 0;
    } else if (!this.#watching) {
      this.#watching = window.setTimeout(() => this.#become(this.#online ? "stuck" : "slow"), PATIENCE_MS);
    }
  }

  #cameBack() {
    this.#become("back");
    this.#leaving = window.setTimeout(() => this.#become("well"), BACK_MS);
  }

  /** @param {State} state */
  #become(state) {
    clearTimeout(this.#leaving);
    this.#watch(false);
    if (!this.away && this.#state !== "sending") this.#answered.begin();
    this.#state = state;
    this.#draw();
    const words = this.#words();
    if (words && state !== "sending") this.say(words);
    this.dispatchEvent(new Event("change"));
  }

  #words() {
    const { unsent: n, sent } = this.#answered;
    switch (this.#state) {
      case "away":
        return n
          ? tn("You are offline. Keep writing: {n} note will be sent when you are back.", "You are offline. Keep writing: {n} notes will be sent when you are back.", n)
          : t("You are offline. Keep writing: your notes will be sent when you are back.");
      case "slow":
        return t("Connecting again… your notes are safe on this device.");
      case "stuck":
        return t("We could not save this yet. It is still here, and we keep trying.");
      case "sending":
        return t("You are back. What you wrote is being sent…");
      case "back":
        return sent ? tn("You are back. {n} note sent.", "You are back. {n} notes sent.", sent) : t("You are back.");
      default:
        return "";
    }
  }

  #draw() {
    const words = this.#words();
    const [look, sign] = LOOKS[this.#state];
    render(
      html`${this.#end ? html`<p class="notice notice--danger">${icon("warn")}${this.#end}</p>` : nothing}
      ${this.#room ? html`<p class="notice notice--room ${this.#room.act ? "notice--acted" : ""}">${icon(this.#room.icon)}<span>${this.#room.words}</span>${this.#room.act ? html`<button type="button" class="btn btn--s" @click=${this.#room.act}>${this.#room.label}</button>` : nothing}</p>` : nothing}
      ${this.#slower === "said" && !words && !this.#end
        ? html`<p class="notice notice--amber notice--acts">${icon("history")}${slowerWords()}<button type="button" class="btn btn--s" @click=${() => this.#closeSlower()}>${t("Close")}</button></p>`
        : nothing}
      ${words && !this.#end ? html`<p class="notice notice--${look}">${icon(sign)}${words}</p>` : nothing}`,
      this.banner,
    );
    const offer = this.#offer;
    render(
      offer
        ? html`<p class="notice notice--plain toast__in"><span>${offer.words}</span>${offer.label ? html`<button type="button" class="btn btn--s" @click=${() => this.#take()}>${offer.label}</button>` : nothing}</p>`
        : nothing,
      this.toast,
    );
  }

  #closeSlower() {
    this.#slower = "closed";
    this.#draw();
    this.dispatchEvent(new Event("closed"));
  }

  #take() {
    const offer = this.#offer;
    this.dismiss();
    offer?.act();
  }
}

function slowerWords() {
  return t("This network lets only a slower connection through. Everything you write is kept.");
}
