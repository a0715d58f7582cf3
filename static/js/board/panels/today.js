/**
 * Before the first step: what is planned today, at the hours of this device's own clock, and who is here by city. On a
 * phone, and wherever the board needs the room, it is opened from the menu.
 */
import { html, nothing, render } from "lit-html";
import { icon, mark } from "../../lib/dom.js";
import { daysIn, hour } from "../../lib/hours.js";
import { language, t, tn } from "../../lib/words.js";

const AGAIN_MS = 30_000;
const TICK_MS = 20_000;
const ROOMY = "(min-width: 1200px)";
const CLOSED = "today";

/** @typedef {{title: string, minutes: number, at: number, pause: boolean}} Line */
/**
 * @typedef {{
 *   box: HTMLElement, main: HTMLElement, url: string, model: import("../model.js").Model, clock: import("../clock.js").ServerClock,
 *   present: () => string[], popover: import("./popover.js").Popover, drawn: () => void, land: () => void,
 * }} Parts
 */
export class Today {
  /** @type {Line[]} */
  #plan = [];
  #isClosed = sessionStorage.getItem(CLOSED) === "closed";
  #asking = 0;
  #ticking = 0;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    const { model } = parts;
    for (const type of ["change", "loaded"]) model.sync.on(type, (/** @type {{stream: string}} */ e) => e.stream === model.who.workshop && this.#look());
    matchMedia(ROOMY).addEventListener("change", () => this.draw(), { signal });
    signal.addEventListener("abort", () => (clearInterval(this.#asking), clearInterval(this.#ticking)));
  }

  /** Nothing has begun, and something is planned. */
  get isOn() {
    const { model } = this.parts;
    return model.sync.isLoaded(model.who.workshop) && model.workshop.fields.step === undefined && this.#plan.length > 0;
  }

  /** When it begins, in words; empty without a plan of hours. */
  get begins() {
    if (!this.isOn || !this.#plan[0].at) return "";
    const { clock } = this.parts;
    const at = this.#plan[0].at;
    const minutes = Math.ceil((at - clock.now()) / 60_000);
    const time = hour(at);
    if (this.#day) return t("Starts on {day} at {time}", { day: this.#day, time });
    if (minutes <= 0 || minutes > 60) return t("Starts at {time}", { time });
    return tn("Starts at {time}, in {n} minute", "Starts at {time}, in {n} minutes", minutes, { time });
  }

  /** The day of it in words, unless that is today. */
  get #day() {
    const [at, now] = [this.#plan[0]?.at, this.parts.clock.now()];
    return at && new Date(at).toDateString() !== new Date(now).toDateString() ? daysIn(language(), { weekday: "long", day: "numeric", month: "long" }).format(at) : "";
  }

  /** A workshop that has begun needs none; before that the plan may still change. */
  #look() {
    const { model } = this.parts;
    if (!model.sync.isLoaded(model.who.workshop)) return;
    const waits = model.workshop.fields.step === undefined && !model.leads;
    if (waits && !this.#asking) {
      this.#asking = window.setInterval(() => void this.#ask(), AGAIN_MS);
      this.#ticking = window.setInterval(() => this.draw(), TICK_MS);
      void this.#ask();
    } else if (!waits && this.#asking) {
      clearInterval(this.#asking);
      clearInterval(this.#ticking);
      this.#asking = 0;
      this.#plan = [];
    }
    this.draw();
  }

  async #ask() {
    try {
      const answer = await fetch(this.parts.url, { credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) return;
      this.#plan = (await answer.json()).steps;
    } catch {
      return; // the next round may do better
    }
    this.draw();
  }

  draw() {
    const { box, main, drawn, land } = this.parts;
    const on = this.isOn && !this.#isClosed && matchMedia(ROOMY).matches;
    const before = box.hidden;
    box.hidden = !on;
    main.classList.toggle("has-today", on);
    // Beside it the board is narrower: whoever has just come looks at all of it.
    if (on ? !this.#hasMadeRoom : !before) land();
    this.#hasMadeRoom ||= on;
    render(on ? html`${this.#content()}<button type="button" class="tool today__x" aria-label=${t("Close")} data-tip=${t("Close")} @click=${() => this.#close()}>${icon("x")}</button>` : nothing, box);
    if (before !== box.hidden || this.begins !== this.#said) drawn();
    this.#said = this.begins;
  }

  #said = "";
  #hasMadeRoom = false;

  #close() {
    this.#isClosed = true;
    sessionStorage.setItem(CLOSED, "closed");
    this.draw();
    document.getElementById("menu-button")?.focus();
  }

  /** From the menu: beside the board where there is room, else over it. @param {HTMLElement} anchor */
  open(anchor) {
    const { popover } = this.parts;
    if (!matchMedia(ROOMY).matches) return popover.open(anchor, this.#content(), { label: t("Today"), role: "dialog", className: "popover--today" });
    this.#isClosed = false;
    sessionStorage.removeItem(CLOSED);
    this.draw();
    this.parts.box.querySelector("button")?.focus();
  }

  #content() {
    return html`<section aria-label=${t("Today")}><h2 class="h2">${this.#day || t("Today")}</h2>${this.begins ? html`<p class="today__begins">${icon("clock", "i--16")}${this.begins}</p>` : nothing}
      <ol class="today__plan">${this.#plan.map((line, at) => html`<li>${line.at ? html`<time class="num today__at">${hour(line.at)}</time>` : nothing}<span class="grow" dir="auto">${line.title || t("Step {n}", { n: at + 1 })}</span>${line.pause ? html`<span class="quiet">${icon("coffee")}</span>` : nothing}<span class="small muted num">${t("{n} min", { n: line.minutes })}</span></li>`)}</ol></section>
      ${this.#people()}`;
  }

  #people() {
    const { model, present } = this.parts;
    const here = new Set([...present(), model.me]);
    const people = model.people.filter((p) => here.has(p.id));
    /** @type {Map<string, {name: string, paper: string, n: number}>} */
    const cities = new Map();
    for (const p of people) {
      const city = model.cityOf(p.id);
      if (!city) continue;
      const known = cities.get(city.id) ?? { name: city.name, paper: city.colour, n: 0 };
      cities.set(city.id, { ...known, n: known.n + 1 });
    }
    return html`<section class="today__here" aria-label=${t("Who is here")}><h3 class="h3">${tn("{n} person is here", "{n} people are here", people.length)}</h3>
      <div class="today__cities">${[...cities.values()].sort((a, b) => b.n - a.n).map((c) => html`<span class="chip chip--c c-${c.paper}">${mark(c.paper)}<span dir="auto">${c.name}</span> <b class="num">${c.n}</b></span>`)}</div></section>`;
  }
}
