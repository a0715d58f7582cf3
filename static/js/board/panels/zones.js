/**
 * The zones of the board for those who lead: rename, put earlier or later, remove, add. One panel for surface, list and
 * phone, with a button for everything.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { TextField } from "../tools/text_field.js";

export class Zones {
  #open = false;
  /** @type {{id: string, field: TextField | null} | null} the zone whose title is being written */
  #writing = null;

  /**
   * @param {{
   *   popover: import("./popover.js").Popover, model: import("../model.js").Model, acts: import("../acts.js").Acts,
   *   add: () => void, tell: (words: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.model;
  }

  /** @param {HTMLElement} anchor @param {string | null} [id] the zone to begin with */
  open(anchor, id = null) {
    const { popover } = this.parts;
    if (popover.isFor(anchor) && this.#open) return popover.close();
    const focus = id ? `[data-zone="${id}"] .zones__t` : ".zones__t";
    popover.open(anchor, this.#content(), { label: t("Zones"), role: "dialog", className: "popover--zones", focus, closed: () => this.#closed() });
    this.#open = true;
  }

  /** Write a zone's title here: where the zone itself cannot be written in. @param {HTMLElement} anchor @param {string} id */
  rename(anchor, id) {
    this.open(anchor, id);
    this.#write(id);
  }

  /** Something changed, by whomever. */
  draw() {
    if (!this.#open) return;
    if (this.#writing && !this.model.item(this.#writing.id)) this.#end();
    const { popover } = this.parts;
    const row = /** @type {HTMLElement | null} */ (document.activeElement?.closest("[data-zone]"));
    const at = row ? [...row.children].indexOf(/** @type {Element} */ (document.activeElement)) : -1;
    popover.show(this.#content());
    // A row that changed its place was taken out and put in again.
    if (row?.dataset.zone && !popover.box.contains(document.activeElement)) /** @type {HTMLElement | undefined} */ (this.#rowOf(row.dataset.zone)?.children[at])?.focus();
  }

  /** @param {string} id @returns {HTMLElement | null} */
  #rowOf(id) {
    return this.parts.popover.box.querySelector(`[data-zone="${id}"]`);
  }

  #closed() {
    this.#writing?.field?.end();
    this.#writing = null;
    this.#open = false;
  }

  #content() {
    const { regions } = this.model;
    return html`<div class="menu__head">${t("Zones")}</div>
      <ul class="zones">${repeat(regions, (r) => r.id, (r, i) => this.#row(r, i, regions.length))}</ul>
      <div class="menu__sep"></div>
      <button type="button" class="menu__item" @click=${() => { this.parts.popover.close(); this.parts.add(); }}>${icon("plus")}<span class="grow">${t("Add a zone")}</span></button>`;
  }

  /** @param {Item} region @param {number} at @param {number} of */
  #row(region, at, of) {
    const { acts } = this.parts;
    const { id } = region;
    const title = this.model.words(region, "title") || t("Untitled");
    const n = this.model.notes(id).length;
    return html`<li class="zones__row" data-zone=${id}>
      ${this.#writing?.id === id
        ? html`<input class="input zones__in" dir="auto" maxlength="300" aria-label=${t("Title")} @keydown=${(/** @type {KeyboardEvent} */ e) => this.#keys(e)} @blur=${() => this.#end()}>`
        : html`<button type="button" class="menu__item zones__t" @click=${() => this.#write(id)}><span class="sr">${t("Rename")} </span><span class="grow" dir="auto">${title}<br><span class="tiny muted">${tn("{n} note", "{n} notes", n)}</span></span>${icon("edit", "i--16")}</button>`}
      ${tool("up", t("{title}: one place earlier", { title }), at === 0, () => acts.shiftZone(id, -1))}
      ${tool("down", t("{title}: one place later", { title }), at === of - 1, () => acts.shiftZone(id, 1))}
      ${tool("trash", t("Delete {title}", { title }), false, () => this.#remove(id, at))}</li>`;
  }

  /** @param {string} id @param {number} at */
  #remove(id, at) {
    const { acts, tell, popover } = this.parts;
    const { model } = this;
    if (model.regions.length < 2) return tell(t("A board keeps at least one zone."));
    if (model.reading(id).length) return tell(t("Only an empty zone can be deleted. Move what is in it to another zone first."));
    acts.removeZone(id);
    this.draw();
    const rows = /** @type {NodeListOf<HTMLElement>} */ (popover.box.querySelectorAll(".zones__t"));
    rows[Math.min(at, rows.length - 1)]?.focus();
  }

  /** @param {string} id */
  #write(id) {
    const { popover, acts } = this.parts;
    this.#end();
    this.#writing = { id, field: null };
    popover.show(this.#content());
    const input = /** @type {HTMLInputElement | null} */ (popover.box.querySelector(".zones__in"));
    if (!input) return;
    this.#writing.field = new TextField(input, acts.sync, { stream: this.model.who.board, id, field: "title" });
    input.focus();
    input.select();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    const id = this.#writing?.id;
    this.#end();
    if (id) /** @type {HTMLElement | null} */ (this.#rowOf(id)?.querySelector(".zones__t"))?.focus();
  }

  #end() {
    const writing = this.#writing;
    if (!writing) return;
    this.#writing = null;
    writing.field?.end();
    if (this.#open) this.parts.popover.show(this.#content());
  }
}

/** A button that stays where it is when it has nothing to do: taking it away would take the focus along. @param {string} name @param {string} label @param {boolean} idle @param {() => void} act */
function tool(name, label, idle, act) {
  return html`<button type="button" class="tool" aria-label=${label} aria-disabled=${idle ? "true" : nothing} @click=${() => !idle && act()}>${icon(name)}</button>`;
}
