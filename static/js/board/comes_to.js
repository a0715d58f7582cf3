/**
 * What a board of notes comes to, as its method computes it: how many, who is missing, what weighs. Worked out by the server
 * and asked for only while somebody looks at it: beside the board, below its list, below a zone on a phone.
 *
 * @typedef {{title: string, words: string[], ids: string[]}} Finding
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../lib/dom.js";
import { keep, kept } from "../lib/keep.js";
import { t } from "../lib/words.js";
import { methodOf } from "./records/methods.js";

const OF_NOTES = ["zones", "columns", "rounds", "free", "image"];
/** Asked for again so long after something changed, and not by everyone in the same moment. */
const WAIT_MS = 1500;
const APART_MS = 1500;

export class ComesTo {
  /** @type {Finding[] | null} not asked for yet */
  #found = null;
  #isOpen = kept("comes-to", "0") === "1";
  #waiting = 0;
  #wasOn = false;

  /**
   * @param {{
   *   main: HTMLElement, box: HTMLElement, model: import("./model.js").Model, url: string, redraw: () => void, sized: () => void,
   *   show: (id: string) => void, say: (words: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { sync, who } = parts.model;
    sync.on("change", (e) => [who.board, who.workshop].includes(e.stream) && this.#later());
    sync.on("loaded", () => this.#looked());
    sync.on("change", (e) => e.stream === who.board && this.isOn !== this.#wasOn && this.draw());
  }

  /** Is it a board of notes whose method is known? What is private is counted nowhere. */
  get isOn() {
    const { fields } = this.parts.model;
    return Boolean(fields.method) && OF_NOTES.includes(fields.layout) && !methodOf(fields);
  }

  draw() {
    const { box, main } = this.parts;
    const { isOn } = this;
    box.hidden = !isOn;
    if (isOn !== this.#wasOn) {
      this.#wasOn = isOn;
      this.#looked();
    }
    if (isOn) render(this.#island(), box);
    box.classList.toggle("is-open", this.#isOpen);
    main.classList.toggle("is-comes-to", isOn);
    main.classList.toggle("is-comes-to-open", isOn && this.#isOpen);
  }

  /** Below a list: the same, as a part of the page. */
  get text() {
    if (!this.isOn) return nothing;
    return html`<section class="comesto comesto--text"><div class="lv__zone"><h2 data-zone="comes-to">${t("What this comes to")}</h2></div>${this.#toggle()}${this.#isOpen ? this.#body() : nothing}</section>`;
  }

  #island() {
    return html`${this.#isOpen ? html`<h2 class="h3">${t("What this comes to")}</h2><div class="mapside__body comesto">${this.#body()}</div>` : nothing}<div class="mapside__bar">${this.#toggle()}</div>`;
  }

  #toggle() {
    const words = this.#isOpen ? t("Close") : t("What this comes to");
    return html`<button type="button" class="btn btn--s" aria-expanded=${this.#isOpen} aria-label=${this.#isOpen ? t("Close what this comes to") : words} @click=${() => this.#turn()}>${icon(this.#isOpen ? "x" : "bulb", "i--16")}${words}</button>`;
  }

  #body() {
    const found = this.#found;
    if (!found) return html`<p class="small muted">…</p>`;
    if (!found.length) return html`<p class="small muted">${t("Nothing to tell yet. It is worked out while people write.")}</p>`;
    return found.map((one) => html`<div class="decl__finding"><h3 class="small strong" dir="auto">${one.title}</h3><ul>${one.words.map((words, at) => html`<li class="small">${this.#words(words, one.ids[at])}</li>`)}</ul></div>`);
  }

  /** Pressing it shows the note that is meant. @param {string} words @param {string | undefined} id */
  #words(words, id) {
    if (!id || !this.parts.model.item(id)) return html`<bdi>${words}</bdi>`;
    return html`<button type="button" class="linkish" dir="auto" @click=${() => this.parts.show(id)}>${words}</button>`;
  }

  #turn() {
    this.#isOpen = !this.#isOpen;
    keep("comes-to", this.#isOpen ? "1" : "0");
    this.#drawn();
    this.parts.sized();
    if (this.#isOpen) void this.#ask(true);
    else this.parts.say(t("Closed"));
  }

  #looked() {
    if (this.isOn && this.#isOpen) void this.#ask();
    this.#drawn();
  }

  #later() {
    if (!this.#isOpen || !this.isOn || this.#waiting) return;
    this.#waiting = window.setTimeout(() => void this.#ask(), WAIT_MS + Math.random() * APART_MS);
  }

  /** @param {boolean} [aloud] */
  async #ask(aloud = false) {
    clearTimeout(this.#waiting);
    this.#waiting = 0;
    const told = await this.#told();
    if (!told) return;
    this.#found = told;
    this.#drawn();
    if (aloud) this.parts.say(told.map((one) => `${one.title}: ${one.words.join("; ")}`).join(". ") || t("Nothing to tell yet. It is worked out while people write."));
  }

  /** Nothing where the server does not answer: what was told last stands. @returns {Promise<Finding[] | null>} */
  async #told() {
    try {
      const answer = await fetch(this.parts.url, { credentials: "same-origin", cache: "no-store" });
      return answer.ok ? (await answer.json()).findings : null;
    } catch {
      return null;
    }
  }

  #drawn() {
    this.draw();
    this.parts.redraw();
  }
}
