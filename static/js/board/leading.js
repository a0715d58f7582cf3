/**
 * What I show of my view: to everyone while I lead, and to whoever follows me. It is presence, so it is told and forgotten.
 * The item I point at is the one the pointer rests on, or that the keyboard has chosen.
 */
import { html, nothing } from "lit-html";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";

const KEPT = "leads";
/** A pointer that passes over a note does not point at it. */
const REST_MS = 400;

/**
 * @typedef {{
 *   model: import("./model.js").Model, clock: import("./clock.js").ServerClock, guides: import("./guides.js").Guides,
 *   presence: import("./presence.js").Presence, whereabouts: import("./presence.js").Presence, viewpoint: import("./viewpoint.js").Viewpoint,
 *   surface: import("./surface.js").Surface, phone: import("./phone.js").Phone, list: import("./list.js").List, selection: import("./selection.js").Selection,
 *   began: () => void, draw: () => void, say: (words: string) => void, tell: (words: string) => void,
 * }} Parts
 */
export class Leading {
  /** Since when; 0: I do not. */
  #since = 0;
  /** @type {string | null} */
  #item = null;
  #rest = 0;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    this.#here = parts.model.who.board.slice("board:".length);
    this.#since = Number(sessionStorage.getItem(KEPT) ?? 0);
    const { guides, model, surface, phone, selection, list } = parts;
    guides.addEventListener("change", () => this.#heard(), { signal });
    for (const type of ["change", "loaded"]) model.sync.on(type, (/** @type {{stream: string}} */ e) => e.stream === model.who.workshop && this.#heard());
    for (const type of ["camera", "resized"]) surface.addEventListener(type, () => this.share(), { signal });
    phone.addEventListener("zone", () => this.share(), { signal });
    list.addEventListener("zone", () => this.share(), { signal });
    selection.addEventListener("change", () => this.#point(selection.current), { signal });
    surface.root.addEventListener("pointermove", (e) => this.#over(/** @type {Element} */ (e.target)), { signal, passive: true });
    signal.addEventListener("abort", () => clearTimeout(this.#rest));
  }

  #here;

  get isOn() {
    return this.#since > 0 && this.parts.model.leads;
  }

  /** Does anybody see what I see? */
  get isSeen() {
    return this.isOn || this.parts.guides.followers > 0;
  }

  toggle() {
    if (this.isOn) this.stop();
    else this.start();
  }

  start() {
    const { model, clock, began, say } = this.parts;
    if (!model.leads) return;
    this.#keep(Math.round(clock.now()));
    began();
    say(t("You lead: everyone sees what you see."));
  }

  stop() {
    if (!this.#since) return;
    this.#keep(0);
    this.parts.say(t("You lead no longer. Everyone looks where they like."));
  }

  /** @param {number} since */
  #keep(since) {
    this.#since = since;
    sessionStorage.setItem(KEPT, String(since));
    this.#heard();
  }

  /** Somebody else leads now, somebody follows me, or I lead no more. */
  #heard() {
    const { model, guides, whereabouts, tell, draw } = this.parts;
    const { leader } = guides;
    if (this.isOn && leader && leader.since > this.#since) {
      this.#since = 0;
      sessionStorage.setItem(KEPT, "0");
      tell(t("{name} leads now.", { name: model.name(leader.person) }));
    }
    whereabouts.show({ leads: this.isOn ? this.#since : null, at: this.isSeen ? this.#here : null });
    this.share();
    // Everybody who comes or goes is heard of; few of them change what stands here.
    const key = [this.isOn, this.isSeen, guides.followers, leader?.person].join();
    if (key !== this.#drawn) draw();
    this.#drawn = key;
  }

  #drawn = "";

  share() {
    const { presence, viewpoint } = this.parts;
    if (!this.isSeen) return presence.show({ view: null });
    presence.show({ view: { ...viewpoint.mine, ...(this.#item ? { item: this.#item } : {}) } });
  }

  /** @param {Element} target */
  #over(target) {
    if (!this.isSeen) return;
    const id = /** @type {HTMLElement | null} */ (target.closest("[data-id]"))?.dataset.id ?? null;
    clearTimeout(this.#rest);
    if (id !== this.#item) this.#rest = window.setTimeout(() => this.#point(id), REST_MS);
  }

  /** @param {string | null} id */
  #point(id) {
    clearTimeout(this.#rest);
    const kind = id ? this.parts.model.item(id)?.kind : undefined;
    this.#item = kind && kind !== "region" && kind !== "frame" ? id : null;
    if (this.isSeen) this.share();
  }

  /** What stands among the notices: whoever leads must not forget it. */
  notice() {
    if (!this.isOn) return nothing;
    const n = this.parts.guides.followers;
    const words = n ? tn("You lead: {n} person sees what you see.", "You lead: {n} people see what you see.", n) : t("You lead. Nobody follows yet.");
    return html`<p class="notice notice--room notice--room-acts"><span>${icon("follow", "i--16")} ${words}</span><button type="button" class="btn btn--s" @click=${() => this.stop()}>${t("Stop leading")}</button></p>`;
  }
}
