/**
 * What people say of a note, a picture or a group, beside it: a dialog to read and to write in. Whoever is named with `@` is told.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../model.js").Model} Model
 */
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { newId } from "../../lib/ids.js";
import { mentioned } from "../../lib/mentions.js";
import { language, t } from "../../lib/words.js";

const MENTIONS_MOST = 20;

export class Comments {
  /** @type {string | null} */
  #id = null;

  /**
   * @param {{
   *   model: Model, dialog: HTMLDialogElement, words: (item: Item) => string, say: (words: string) => void, tell: (words: string) => void, back: (id: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { dialog, model, back } = parts;
    dialog.addEventListener("click", (e) => e.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      const id = this.#id;
      this.#id = null;
      render(html``, dialog);
      if (id) back(id);
    });
    model.sync.on("change", (e) => this.#id && [model.who.board, model.who.workshop].includes(e.stream) && this.#draw());
  }

  /** @param {string} id */
  open(id) {
    const { dialog, model } = this.parts;
    if (!model.item(id)) return;
    this.#id = id;
    this.#draw();
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector("textarea"))?.focus();
  }

  #draw() {
    const { model, dialog, words } = this.parts;
    const item = this.#id ? model.item(this.#id) : undefined;
    if (!item) return dialog.close();
    const all = model.comments(item.id);
    const may = model.may("react", item);
    const others = model.people.filter((one) => one.id !== model.me);
    render(html`<form class="dialog__body comments" @submit=${(/** @type {Event} */ e) => this.#submit(e)}><div class="row dialog__head"><h2 class="h3 grow" id="comments-title">${t("Comments")}</h2><button type="button" class="tool" aria-label=${t("Close")} @click=${() => dialog.close()}>${icon("x")}</button></div>
        <p class="comments__about" dir="auto" lang=${item.lang ?? nothing}>${words(item)}</p>
        ${all.length ? html`<ol class="comments__all">${repeat(all, (one) => one.id, (one) => this.#one(one))}</ol>` : html`<p class="small muted">${t("Nobody has said anything about it yet.")}</p>`}
        ${may ? html`<label class="field"><span class="field__label">${t("Your comment")}</span><textarea class="input" rows="3" dir="auto" maxlength="1800" @keydown=${(/** @type {KeyboardEvent} */ e) => this.#key(e)}></textarea></label>
          ${others.length ? html`<label class="field"><span class="field__label">${t("Name somebody, so that they are told")}</span><select class="input" @change=${(/** @type {Event} */ e) => this.#name(e)}><option value="">${t("Choose a person")}</option>${others.map((one) => html`<option value=${one.id}>${model.name(one.id)}</option>`)}</select></label>` : nothing}
          <button class="btn btn--primary">${t("Comment")}</button>` : html`<p class="small muted">${t("Comments can be read here now, not written.")}</p>`}</form>`, dialog);
    dialog.setAttribute("aria-labelledby", "comments-title");
  }

  /** @param {Item} one */
  #one(one) {
    const { model, say } = this.parts;
    const at = new Date(one.at ?? 0).toLocaleTimeString(language(), { hour: "2-digit", minute: "2-digit" });
    const remove = () => {
      model.sync.ask(model.who.board, { type: "delete_item", id: one.id });
      say(t("Comment deleted"));
    };
    return html`<li class="row"><span class="grow"><b class="strong" dir="auto">${one.by === model.me ? t("You") : model.name(one.by)}</b> <span class="small muted num">${at}</span><br><span class="comments__words" dir="auto">${one.text}</span></span>
      ${model.may("delete", one) ? html`<button type="button" class="tool" aria-label=${t("Delete the comment: {words}", { words: one.text })} @click=${remove}>${icon("trash")}</button>` : nothing}</li>`;
  }

  get #area() {
    return /** @type {HTMLTextAreaElement | null} */ (this.parts.dialog.querySelector("textarea"));
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const { model, say, tell } = this.parts;
    const area = this.#area;
    const text = area?.value.trim() ?? "";
    if (!area || !text || !this.#id) return area?.focus();
    const people = model.people.map((one) => ({ id: one.id, name: model.name(one.id) }));
    const mentions = mentioned(text, people).slice(0, MENTIONS_MOST);
    model.sync.ask(model.who.board, { type: "add_comment", id: newId(), about: this.#id, text, ...(mentions.length ? { mentions } : {}) });
    area.value = "";
    area.focus();
    const told = mentions.filter((id) => id !== model.me).map((id) => model.name(id));
    if (told.length) tell(t("Comment added. {names} will be told.", { names: told.join(", ") }));
    else say(t("Comment added"));
  }

  /** Ctrl and Enter send, as everywhere where Enter makes a line. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.#area?.form?.requestSubmit();
  }

  /** Their name at the end of the words. @param {Event} event */
  #name(event) {
    const select = /** @type {HTMLSelectElement} */ (event.target);
    const area = this.#area;
    if (!select.value || !area) return;
    area.value = `${area.value.trimEnd()}${area.value.trim() ? " " : ""}@${this.parts.model.name(select.value)} `;
    select.value = "";
    area.focus();
  }
}
