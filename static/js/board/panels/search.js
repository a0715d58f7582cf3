/** Search over the board: ignores case, marks on letters, and script. What does not match steps back. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { matches } from "../../lib/fold.js";
import { t, tn } from "../../lib/words.js";
import { TEXT_FIELD } from "../model.js";
import { tool } from "./bars.js";

export class Search extends EventTarget {
  #query = "";
  /** @type {string[]} */
  #hits = [];
  #at = -1;

  /**
   * @param {{
   *   box: HTMLElement, model: import("../model.js").Model, order: () => readonly string[], show: (id: string) => void,
   *   inList: () => boolean, listed: (query: string) => void, back: () => void,
   * }} parts
   */
  constructor(parts) {
    super();
    this.parts = parts;
    parts.box.addEventListener("keydown", (e) => this.#keys(e));
  }

  get isOpen() {
    return !this.parts.box.hidden;
  }

  /** Is anything being looked for? */
  get isOn() {
    return this.isOpen && this.#query.trim() !== "";
  }

  /** @param {string} id */
  hits(id) {
    return this.#hits.includes(id);
  }

  open() {
    const { box } = this.parts;
    box.hidden = false;
    this.#draw();
    const field = box.querySelector("input");
    field?.focus();
    field?.select();
  }

  close() {
    if (!this.isOpen) return;
    this.parts.box.hidden = true;
    this.#find("");
    this.parts.back();
  }

  /** The board changed: look again. */
  again() {
    if (this.isOn) this.#find(this.#query);
  }

  /** @param {string} query */
  #find(query) {
    const { model, order, listed } = this.parts;
    this.#query = query;
    const wanted = query.trim();
    this.#hits = wanted
      ? order().filter((id) => {
          const item = model.item(id);
          return item && item.kind !== "region" && matches(String(item[TEXT_FIELD[item.kind]] ?? ""), wanted);
        })
      : [];
    this.#at = Math.min(this.#at, this.#hits.length - 1);
    listed(wanted);
    if (this.isOpen) this.#draw();
    this.dispatchEvent(new Event("change"));
  }

  /** @param {1 | -1} way */
  #step(way) {
    if (!this.#hits.length) return;
    this.#at = (this.#at + way + this.#hits.length) % this.#hits.length;
    this.parts.show(this.#hits[this.#at]);
    this.#draw();
  }

  #draw() {
    const n = this.#hits.length;
    const wanted = this.#query.trim();
    const words = !wanted ? "" : n ? (this.#at < 0 ? tn("{n} found", "{n} found", n) : t("{at} of {n}", { at: this.#at + 1, n })) : t("Nothing with “{query}”.", { query: wanted });
    render(
      html`${icon("search")}<input class="search__in" type="search" dir="auto" aria-label=${t("Search the board")} placeholder=${t("Search the board")} .value=${this.#query}
        @input=${(/** @type {Event} */ e) => { this.#at = -1; this.#find(/** @type {HTMLInputElement} */ (e.target).value); }}>
      <span class="small muted num nowrap" role="status">${words}</span>
      ${n && !this.parts.inList() ? html`${tool("up", t("Before"), () => this.#step(-1))}${tool("down", t("Next"), () => this.#step(1))}` : nothing}
      ${tool("x", t("Close the search"), () => this.close())}`,
      this.parts.box,
    );
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && /** @type {Element} */ (event.target).matches("input")) {
      event.preventDefault();
      this.#step(event.shiftKey ? -1 : 1);
    }
  }
}
