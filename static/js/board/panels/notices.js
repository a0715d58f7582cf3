/**
 * What the page says by itself: how the network is, that the board is locked, and short words with one thing to press.
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";

const BACK_MS = 4000;
const SLOW_MS = 5000;
const OFFER_MS = 8000;

export class Notices extends EventTarget {
  #online = true;
  #unsent = 0;
  #away = 0;
  #sentWhileAway = 0;
  #slow = 0;
  #back = 0;
  #offering = 0;
  /** @type {"well" | "away" | "slow" | "back"} */
  #state = "well";
  /** @type {{words: string, label: string, act: () => void} | null} */
  #offer = null;
  #lock = "";
  #everOnline = false;

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

  /** Does unsent work wait for the network, so that it should be marked? */
  get away() {
    return this.#state === "away" || this.#state === "slow";
  }

  /** @param {{online: boolean, unsent: number}} status */
  network({ online, unsent }) {
    const was = this.#online;
    this.#online = online;
    this.#unsent = unsent;
    if (online) this.#cameBack(was);
    else this.#wentAway(was);
    this.#draw();
  }

  /** @param {string} words empty when nothing is locked */
  locked(words) {
    if (words === this.#lock) return;
    this.#lock = words;
    if (words) this.alert(words);
    this.#draw();
  }

  /** There will be no more connection. @param {string} words */
  ended(words) {
    this.#end = words;
    this.alert(words);
    this.#draw();
  }

  #end = "";

  /** Short words with one thing to press, for 8 s. @param {string} words @param {string} label @param {() => void} act */
  offer(words, label, act) {
    this.#offer = { words, label, act };
    this.say(words);
    this.#waitOffer();
    this.#draw();
  }

  /** Take the offer, as a key does. True when there was one. */
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

  /** @param {boolean} was */
  #wentAway(was) {
    if (this.away) {
      this.#sentWhileAway = Math.max(this.#sentWhileAway, this.#unsent);
      return;
    }
    clearTimeout(this.#back);
    if (navigator.onLine === false) return this.#become("away");
    if (!was && this.#slow) return;
    clearTimeout(this.#slow);
    this.#slow = window.setTimeout(() => !this.#online && this.#become("slow"), SLOW_MS);
  }

  /** @param {boolean} was */
  #cameBack(was) {
    clearTimeout(this.#slow);
    this.#slow = 0;
    if (this.away) {
      this.#sentWhileAway = Math.max(this.#sentWhileAway, this.#unsent);
      this.#become("back");
      this.#back = window.setTimeout(() => this.#become("well"), BACK_MS);
    } else if (!was || !this.#everOnline) this.#everOnline = true;
  }

  /** @param {"well" | "away" | "slow" | "back"} state */
  #become(state) {
    if (state === "away" || state === "slow") this.#sentWhileAway = this.#unsent;
    this.#state = state;
    this.#away += 1;
    this.#draw();
    const words = this.#words();
    if (words) this.say(words);
    this.dispatchEvent(new Event("change"));
  }

  #words() {
    const n = this.#unsent;
    switch (this.#state) {
      case "away":
        return n
          ? tn("You are offline. Keep writing: {n} note will be sent when you are back.", "You are offline. Keep writing: {n} notes will be sent when you are back.", n)
          : t("You are offline. Keep writing: your notes will be sent when you are back.");
      case "slow":
        return t("Connecting again… your notes are safe on this device.");
      case "back":
        return this.#sentWhileAway ? tn("You are back. {n} note sent.", "You are back. {n} notes sent.", this.#sentWhileAway) : t("You are back.");
      default:
        return "";
    }
  }

  #draw() {
    const words = this.#words();
    const look = { away: ["amber", "offline"], slow: ["amber", "history"], back: ["good", "check"], well: ["", ""] }[this.#state];
    render(
      html`${this.#end ? html`<p class="notice notice--danger">${icon("warn")}${this.#end}</p>` : nothing}
      ${this.#lock ? html`<p class="notice notice--room">${icon("lock")}${this.#lock}</p>` : nothing}
      ${words && !this.#end ? html`<p class="notice notice--${look[0]}">${icon(look[1])}${words}</p>` : nothing}`,
      this.banner,
    );
    const offer = this.#offer;
    render(
      offer
        ? html`<p class="notice notice--plain toast__in"><span>${offer.words}</span><button type="button" class="btn btn--s" @click=${() => this.#take()}>${offer.label}</button></p>`
        : html``,
      this.toast,
    );
  }

  #take() {
    const offer = this.#offer;
    this.dismiss();
    offer?.act();
  }
}
