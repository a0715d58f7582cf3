/**
 * Which personas a note is for: a list to tick, of those in the programme's register, which is followed once it is asked
 * for. It is drawn again as others tick, and says in words what was done.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { servePersona } from "../ops_notes.js";

export class Serving {
  /** @param {{model: import("../model.js").Model, popover: import("./popover.js").Popover, say: (words: string) => void}} parts */
  constructor(parts) {
    this.parts = parts;
  }

  get #register() {
    return `register:${this.parts.model.workshop.fields.programme ?? ""}`;
  }

  /** The personas there are, in the order they came. */
  get personas() {
    const items = /** @type {Item[]} */ ([...this.parts.model.sync.view(this.#register).items.values()]);
    return items.filter((i) => i.kind === "persona" && !i.merged).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  /** @param {HTMLElement} anchor @param {string} id of a note */
  open(anchor, id) {
    const { popover, model } = this.parts;
    if (model.workshop.fields.programme) model.sync.follow(this.#register);
    const again = () => popover.isFor(anchor) && popover.show(this.#content(id));
    const stops = [model.sync.on("change", again), model.sync.on("loaded", again)];
    popover.open(anchor, this.#content(id), { label: t("Whom is this for?"), role: "group", closed: () => stops.forEach((stop) => stop()) });
  }

  /** @param {string} id */
  #content(id) {
    const note = this.parts.model.item(id);
    const { personas } = this;
    return html`<div class="menu__head">${t("Whom is this for?")}</div>
      ${personas.map((one) => {
        const on = Boolean(note?.[`serves/${one.id}`]);
        return html`<button type="button" class="menu__item" role="checkbox" aria-checked=${on} @click=${() => this.#turn(id, one, !on)}>${icon(on ? "check" : "persona")}<span class="grow" dir="auto">${one.name}</span></button>`;
      })}
      ${personas.length ? "" : html`<p class="menu__choice small">${t("There is no persona yet. Make one first.")}</p>`}
      <a class="menu__item" href=${personasUrl()}>${icon("persona")}<span class="grow">${t("Personas")}</span></a>`;
  }

  /** @param {string} id @param {Item} persona @param {boolean} on */
  #turn(id, persona, on) {
    const { model, say } = this.parts;
    model.sync.ask(model.who.board, servePersona(id, persona.id, on));
    say(on ? t("For {name}", { name: persona.name }) : t("No longer for {name}", { name: persona.name }));
  }
}

/** The page of the personas, beside the page of this board. */
export function personasUrl() {
  return `${location.pathname.replace(/\/$/, "")}/personas`;
}
