/**
 * Notes for which another one stands: said on it, listed with their authors, taken out again. In menu, list and phone.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../model.js").Model} Model
 */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";

/** @param {Model} model @param {string} id */
export function standsFor(model, id) {
  return model.merged(id).length;
}

/** @param {Model} model @param {string} id */
export function standsForWords(model, id) {
  const n = standsFor(model, id);
  return n ? tn("{n} note is merged into it", "{n} notes are merged into it", n) : "";
}

/** The originals as text, each with who wrote it. @param {Model} model @param {string} id */
export function mergedLines(model, id) {
  const all = model.merged(id);
  if (!all.length) return nothing;
  return html`<ul class="merged" aria-label=${standsForWords(model, id)}>${all.map((one) => html`<li><span dir="auto" lang=${one.lang ?? nothing}>${one.text || t("Empty note")}</span> <span class="small muted" dir="auto">${model.name(one.by)}</span></li>`)}</ul>`;
}

export class Merged {
  /**
   * @param {{
   *   model: Model, acts: import("../acts.js").Acts, popover: import("./popover.js").Popover, picking: () => import("../picking.js").Picking, back: (id: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /**
   * What the menu of a note offers.
   * @param {Item} note @param {HTMLElement} anchor @param {(name: string, label: string, key: string, act: () => void) => unknown} row
   */
  rows(note, anchor, row) {
    const { model, picking } = this.parts;
    const n = standsFor(model, note.id);
    const may = model.may("move", note);
    return html`${may ? row("copy", t("Merge with a note that says the same…"), "", () => picking().start(note.id, "merge")) : nothing}
      ${n ? row("list", tn("{n} merged note", "{n} merged notes", n), "", () => this.open(anchor, note.id)) : nothing}`;
  }

  /** The originals; what may be done with them. @param {HTMLElement} anchor @param {string} id */
  open(anchor, id) {
    const { model, popover, back } = this.parts;
    const note = model.item(id);
    if (!note) return;
    const all = model.merged(id);
    const mayAll = all.length > 1 && all.every((one) => model.may("move", one));
    popover.open(anchor, html`<div class="row actor__head"><b class="strong grow">${t("What this note stands for")}</b><button type="button" class="tool" aria-label=${t("Close")} @click=${() => { popover.close(); back(id); }}>${icon("x")}</button></div>
      <ul class="merged merged--open">${[note, ...all].map((one) => html`<li class="row"><span class="grow"><span dir="auto" lang=${one.lang ?? nothing}>${one.text || t("Empty note")}</span><br><span class="small muted" dir="auto">${[model.name(one.by), model.cityOf(one.by)?.name].filter(Boolean).join(", ")}</span></span>
        ${one.id !== id && model.may("move", one) ? html`<button type="button" class="btn btn--s" aria-label=${t("Take out: {words}", { words: one.text || t("Empty note") })} @click=${() => this.#split(id, [one.id])}>${t("Take out")}</button>` : nothing}</li>`)}</ul>
      ${mayAll ? html`<button type="button" class="btn" @click=${() => this.#split(id, all.map((one) => one.id))}>${t("Take all of them out")}</button>` : nothing}
      <p class="small muted">${t("Dots that were given to any of them are added up.")}</p>`, { label: t("What this note stands for"), role: "dialog", className: "popover--actor" });
  }

  /** @param {string} id @param {string[]} ids */
  #split(id, ids) {
    const { acts, popover, back } = this.parts;
    acts.split(ids);
    popover.close();
    back(id);
  }
}
