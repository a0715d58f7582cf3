/**
 * Everything about one record, in a dialog: each field as a cell, several people at once. Deleting tells first where it is
 * used.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { Writing } from "../../personas/writing.js";
import { cell, isMissing, namesList } from "./cells.js";
import { fieldsOf, kindName, titleOf } from "./kinds.js";

export class RecordForm {
  /** @type {string | null} */
  #id = null;
  #asked = false;
  /** @type {Writing | null} */
  #writing = null;
  /** @type {HTMLElement | null} */
  #back = null;

  /** @param {{dialog: HTMLDialogElement, tools: import("./record_board.js").Tools, presence: () => import("../presence.js").Presence | null}} parts */
  constructor(parts) {
    this.parts = parts;
    parts.dialog.addEventListener("close", () => this.#ended());
  }

  /** @param {string} id @param {HTMLElement | null} [back] what has the focus afterwards */
  open(id, back = null) {
    const { dialog, tools, presence } = this.parts;
    this.#id = id;
    this.#back = back;
    this.#asked = false;
    const told = presence();
    if (!this.#writing && told) this.#writing = new Writing(dialog, tools.registers.sync, tools.registers.register, told);
    this.draw();
    if (!dialog.open) dialog.showModal();
  }

  draw() {
    if (!this.#id) return;
    const { dialog, tools } = this.parts;
    const record = tools.registers.record(this.#id);
    if (!record) return dialog.close();
    const fields = fieldsOf(record.kind).filter((one) => !one.closed || tools.registers.model.leads);
    const kinds = new Set(fields.filter((one) => one.type === "ref").map((one) => one.of ?? ""));
    render(
      html`<form method="dialog" class="dialog__body recform"><div class="row dialog__head"><h2 class="h3 grow" id="record-form-title">${kindName(record.kind)}</h2><button class="tool" aria-label=${t("Close")}>${icon("x")}</button></div>
        <div class="recform__fields">${fields.map((field) => html`<div class="plan__field recform__f--${field.type} ${isMissing(tools, record, field) ? "is-missing" : ""}"><span class="small muted" aria-hidden="true">${field.closed ? icon("lock", "i--16") : nothing}${field.label}</span>${cell(tools, record, field)}</div>`)}</div>
        ${[...kinds].map((kind) => namesList(tools, kind))}${this.#delete(record)}</form>`,
      dialog,
    );
    dialog.setAttribute("aria-labelledby", "record-form-title");
    this.#writing?.attach();
  }

  /** @param {Item} record */
  #delete(record) {
    const { dialog, tools } = this.parts;
    if (!tools.names.may("delete")) return nothing;
    const ask = (/** @type {boolean} */ on) => {
      this.#asked = on;
      this.draw();
    };
    if (!this.#asked) return html`<div class="btn-row"><button type="button" class="btn btn--s btn--danger" @click=${() => ask(true)}>${icon("trash", "i--16")}${t("Delete")}</button></div>`;
    const { boards, records } = tools.registers.usesOf(record);
    const used = [...boards, ...records.map(titleOf).filter(Boolean)].join(", ");
    const remove = () => {
      tools.registers.hide(record.id);
      tools.acts.drop(record, titleOf(record));
      dialog.close();
    };
    return html`<div class="actorform__sure" role="alertdialog" aria-label=${t("Delete")}><p dir="auto">${t("{name} goes from the programme for everyone. Undo brings it back.", { name: titleOf(record) })}</p>
      <p class="small" dir="auto">${used ? t("It is used here: {places}.", { places: used }) : t("It is used nowhere else.")}</p>
      <div class="btn-row"><button type="button" class="btn btn--danger" @click=${remove}>${t("Delete for everyone")}</button><button type="button" class="btn" @click=${() => ask(false)}>${t("Keep it")}</button></div></div>`;
  }

  #ended() {
    this.#id = null;
    render(html``, this.parts.dialog);
    this.#writing?.attach();
    this.#back?.focus();
  }
}
