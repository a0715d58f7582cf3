/** A note that everyone at this board is shown: ringed in every view, said aloud with its place, one button to go to it. */
import { html, nothing } from "lit-html";
import { icon, isWriting } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { TEXT_FIELD } from "./model.js";
import { spotlightItem } from "./ops_together.js";

const WORDS_SHOWN = 80;

/**
 * @typedef {{
 *   model: import("./model.js").Model, views: import("./views.js").Views, list: import("./list.js").List,
 *   place: (id: string) => string, changed: (ids: Set<string>) => void, draw: () => void,
 *   alert: (words: string) => void, tell: (words: string) => void,
 * }} Parts
 */
export class Spotlight {
  /** What this page has told people of. */
  #told = 0;
  #shown = "";
  /** Gone to: its ring stays, the line need not. */
  #been = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    for (const type of ["change", "loaded"]) {
      parts.model.sync.on(type, (/** @type {{stream: string}} */ e) => e.stream === parts.model.who.board && this.#compare());
    }
  }

  /** The item that is shown now. */
  get item() {
    const { model } = this.parts;
    return model.fields.spot ? model.item(model.fields.spot) : undefined;
  }

  /** @param {string} id */
  isOn(id) {
    return this.item?.id === id;
  }

  #compare() {
    const { item } = this;
    const id = item?.id ?? "";
    const { spot_at: at = 0, spot_by: by } = this.parts.model.fields;
    if (id !== this.#shown) {
      const both = new Set([id, this.#shown].filter(Boolean));
      this.#shown = id;
      this.parts.changed(both);
      this.parts.draw();
    }
    if (!item || at === this.#told) return;
    this.#told = at;
    if (by !== this.parts.model.me) {
      const { alert, list } = this.parts;
      alert(this.#words);
      // The surface has its ring in view or not; a long list is moved, unless somebody writes.
      if (list.isOpen && !isWriting(document.activeElement)) list.lookAt("", item.id);
    }
    this.parts.draw();
  }

  get #words() {
    const { model, place } = this.parts;
    const { item } = this;
    if (!item) return "";
    const name = model.name(model.fields.spot_by);
    const text = String(item[TEXT_FIELD[item.kind] ?? "text"] ?? "");
    const words = text.length > WORDS_SHOWN ? `${text.slice(0, WORDS_SHOWN)}…` : text;
    const where = place(item.id);
    return where ? t("{name} shows a note {where}: {words}", { name, where, words }) : t("{name} shows a note: {words}", { name, words });
  }

  notice() {
    const { model } = this.parts;
    if (!this.item || (this.#been === model.fields.spot_at && !model.leads)) return nothing;
    return html`<p class="notice notice--room notice--room-acts"><span class="notice__clip" dir="auto">${icon("eye", "i--16")} ${this.#words}</span>
      <button type="button" class="btn btn--s" @click=${() => this.go()}>${t("Go to the note")}</button>
      ${model.leads ? html`<button type="button" class="btn btn--s" @click=${() => this.show(null)}>${t("Show it no longer")}</button>` : nothing}</p>`;
  }

  go() {
    const { list, views, model, draw } = this.parts;
    const { item } = this;
    if (!item) return;
    this.#been = model.fields.spot_at;
    if (list.isOpen) list.showAll();
    else views.showHit(item.id);
    views.focus(item.id);
    draw();
  }

  /** Of those who lead. @param {string | null} id */
  show(id) {
    const { model, tell } = this.parts;
    model.sync.ask(model.who.board, spotlightItem(id));
    tell(id ? t("Everyone here is shown this note for three minutes.") : t("The note is shown no longer."));
  }
}
