/**
 * Notes for people who have no device: whom the next note is for, chosen beside the field by those who lead and by hosts.
 * Whoever has no device can be put on the list of people; whoever shares one with others says so.
 *
 * @typedef {{entered?: true, author?: string, colour?: string}} Whose as `create_note` wants it
 */
import { html, nothing, render } from "lit-html";
import { cleanName } from "../lib/clean.js";
import { icon } from "../lib/dom.js";
import { newId } from "../lib/ids.js";
import { t, tn } from "../lib/words.js";
import { deviceWords } from "./items/whose.js";
import { addPerson, shareDevice } from "./ops_devices.js";

const MOST = 20;
/** Nobody by name: somebody in the room. */
const ROOM = "room";

export class Entering {
  /** The person's id, ROOM, or empty: oneself. */
  #for = "";

  /**
   * @param {{button: HTMLElement, model: import("./model.js").Model, popover: import("./panels/popover.js").Popover,
   *   dialogs: () => import("./panels/dialogs.js").Dialogs, say: (words: string) => void, tell: (words: string) => void, back: () => void}} parts
   * @param {AbortSignal} signal
   */
  constructor(parts, signal) {
    this.parts = parts;
    this.model = parts.model;
    parts.button.addEventListener("click", () => this.choose(), { signal });
  }

  /** May this person write for others, here and now? Where no names are kept nobody may: a mark would tell whose it is. */
  get may() {
    const { model } = this;
    return (model.leads || model.role === "host") && model.may("add") && !model.isMap && !model.nameless;
  }

  /** What of a new note says whose it is. @returns {Whose} */
  get whose() {
    const { model } = this;
    if (!this.may || !this.#for) return {};
    if (this.#for === ROOM) return { entered: true, colour: "stone" };
    return { entered: true, author: this.#for, colour: model.cityOf(this.#for)?.colour ?? "stone" };
  }

  draw() {
    const { button } = this.parts;
    button.hidden = !this.may;
    if (this.#for && this.#for !== ROOM && !this.model.people.some((p) => p.id === this.#for)) this.#for = "";
    const name = this.#name;
    render(html`${icon("nodevice")}${name ? html`<span class="clip" dir="auto">${name}</span>` : nothing}`, button);
    button.classList.toggle("is-on", Boolean(name));
    const words = name ? t("The next notes are for {name}. Choose somebody else", { name }) : t("Write for somebody without a device");
    button.setAttribute("aria-label", words);
    button.dataset.tip = words;
  }

  get #name() {
    if (!this.#for) return "";
    return this.#for === ROOM ? t("In the room") : this.model.name(this.#for);
  }

  choose() {
    const { button, popover } = this.parts;
    if (popover.isFor(button)) return popover.close();
    popover.open(button, this.#choices(), { label: t("Whose words?"), className: "popover--people" });
  }

  #choices() {
    const { model } = this;
    const sort = new Intl.Collator();
    const people = model.people.filter((p) => ["participant", "host", "expert"].includes(p.role ?? "") && p.id !== model.me);
    people.sort((a, b) => Number(Boolean(b.deviceless)) - Number(Boolean(a.deviceless)) || sort.compare(a.name, b.name));
    return html`<div class="menu__head">${t("Whose words?")}</div>
      ${this.#choice("", t("My own"), "")}${this.#choice(ROOM, t("Somebody in the room, without a device"), t("no name"))}
      ${model.leads ? html`<button type="button" role="menuitem" class="menu__item" @click=${() => { this.parts.popover.close(); this.add(); }}>${icon("plus")}<span class="grow">${t("Add somebody without a device")}</span></button>` : nothing}
      ${people.map((p) => this.#choice(p.id, model.name(p.id), [model.cityOf(p.id)?.name, deviceWords(p)].filter(Boolean).join(" · ")))}`;
  }

  /** @param {string} id @param {string} name @param {string} under */
  #choice(id, name, under) {
    return html`<button type="button" role="menuitemradio" class="menu__item" aria-checked=${id === this.#for} @click=${() => this.#choose(id)}><span class="grow" dir="auto">${name}</span>${under ? html`<span class="small muted" dir="auto">${under}</span>` : nothing}</button>`;
  }

  /** @param {string} id */
  #choose(id) {
    const { popover, say, back } = this.parts;
    this.#for = id;
    popover.close(false);
    this.draw();
    say(this.#name ? t("The next notes are for {name}. They are marked as entered by you.", { name: this.#name }) : t("The next notes are your own."));
    back();
  }

  // Who has no device is on the list all the same

  add() {
    const { dialogs } = this.parts;
    const { cities } = this.model;
    const submit = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      this.#add(String(form.get("name") ?? ""), String(form.get("city") ?? ""));
    };
    dialogs().show(
      t("Add somebody without a device"),
      html`<form class="stack" @submit=${submit}><p class="small muted">${t("They are on the list of people, and marked: they count as present, notes can be written and dots put for them.")}</p>
        <label class="field"><span class="field__label">${t("First name")}</span><input class="input" name="name" required maxlength="80" dir="auto" autocomplete="off"></label>
        ${cities.length ? html`<label class="field"><span class="field__label">${t("City")}</span><select class="input" name="city"><option value="">–</option>${cities.map((c) => html`<option value=${c.id}>${c.name}</option>`)}</select></label>` : nothing}
        <p class="btn-row dialog__acts"><button class="btn btn--primary">${t("Add them")}</button></p></form>`,
    );
  }

  /** @param {string} name @param {string} city */
  #add(name, city) {
    const { dialogs, tell } = this.parts;
    const clean = cleanName(name);
    if (!clean) return;
    const person = newId();
    this.model.sync.ask(this.model.who.workshop, addPerson({ person, name: clean, ...(city ? { city } : {}) }, { now: Date.now() }));
    dialogs().box.close();
    tell(t("{name} is on the list, without a device.", { name: clean }));
    if (this.may) this.#choose(person);
  }

  // Several at one device

  /** Says how many we are at this device. */
  share() {
    const { dialogs } = this.parts;
    const now = this.model.person(this.model.me)?.shared ?? 0;
    const submit = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      this.#share(Number(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("people")));
    };
    dialogs().show(
      t("We share this device"),
      html`<form class="stack" @submit=${submit}><p class="small muted">${t("What you write from now on says how many you are, and you are counted apart. Together you have one ballot in a vote; a facilitator can give further ones.")}</p>
        <label class="field"><span class="field__label">${t("How many are you?")}</span><input class="input num" name="people" type="number" inputmode="numeric" min="2" max=${MOST} required .value=${String(now || 2)}></label>
        <p class="btn-row dialog__acts">${now ? html`<button type="button" class="btn" @click=${() => this.#share(1)}>${t("I am alone at it")}</button>` : nothing}<button class="btn btn--primary">${t("Say so")}</button></p></form>`,
    );
  }

  /** @param {number} n */
  #share(n) {
    const { dialogs, tell } = this.parts;
    const people = Number.isInteger(n) && n >= 2 && n <= MOST ? n : null;
    this.model.sync.ask(this.model.who.workshop, shareDevice(this.model.me, people));
    dialogs().box.close();
    tell(people ? tn("{n} person at this device", "{n} people at this device", people) : t("You are alone at this device."));
  }
}
