/**
 * Everything about one actor, as a form: words that several people may write in at once, choices that are kept at once.
 * The closed side has a part of its own, for those who lead.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { newId } from "../../lib/ids.js";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { TextField } from "../tools/text_field.js";
import { stakeholderFields } from "./words.js";

/** @typedef {ReturnType<typeof stakeholderFields>[number]} Field */

export class ActorForm {
  /** @type {string | null} */
  #id = null;
  /** @type {TextField[]} */
  #writing = [];
  #asked = "";

  /** @param {{dialog: HTMLDialogElement, registers: import("./registers.js").Registers, say: (words: string) => void, closed: (id: string) => void}} parts */
  constructor(parts) {
    this.parts = parts;
    this.registers = parts.registers;
    parts.dialog.addEventListener("close", () => this.#ended());
  }

  /** @param {string} id */
  open(id) {
    const { dialog } = this.parts;
    this.#id = id;
    this.#asked = "";
    this.draw();
    for (const area of /** @type {NodeListOf<HTMLInputElement>} */ (dialog.querySelectorAll("[data-field]"))) {
      this.#writing.push(new TextField(area, this.registers.sync, { stream: this.registers.register, id, field: area.dataset.field ?? "" }));
    }
    if (!dialog.open) dialog.showModal();
  }

  draw() {
    const record = this.#id ? this.registers.record(this.#id) : undefined;
    const { dialog } = this.parts;
    if (!this.#id) return;
    if (!record || record.id !== this.#id) return dialog.close();
    const { model } = this.registers;
    const may = model.may("move");
    const fields = stakeholderFields();
    const boards = this.registers.boardsOf(record);
    render(
      html`<form method="dialog" class="dialog__body actorform"><div class="row dialog__head"><h2 class="h3 grow" id="actor-form-title">${t("About this actor")}</h2><button class="tool" aria-label=${t("Close")}>${icon("x")}</button></div>
          <div class="actorform__fields">${fields.filter((f) => !f.closed).map((f) => this.#field(f, record, may))}</div>
          ${model.leads ? html`<fieldset class="actorform__closed"><legend class="strong">${icon("lock", "i--16")} ${t("Only those who lead see this")}</legend>${fields.filter((f) => f.closed).map((f) => this.#field(f, record, true))}</fieldset>` : nothing}
          ${boards.length ? html`<p class="small muted">${t("On these boards: {boards}", { boards: boards.join(", ") })}</p>` : nothing}
          ${may ? this.#drastic(record, boards) : nothing}</form>`,
      dialog,
    );
    dialog.setAttribute("aria-labelledby", "actor-form-title");
  }

  /** @param {Field} field @param {Item} record @param {boolean} may */
  #field(field, record, may) {
    const { registers } = this;
    const holder = field.closed ? registers.kept(record.id) : record;
    const set = (/** @type {any} */ value) => (field.closed ? registers.editKept(record, { [field.name]: value }) : registers.edit(record.id, { [field.name]: value }));
    if (field.type === "written" && !field.closed) {
      return html`<label class="field"><span class="field__label">${field.label}</span><input class="input" dir="auto" data-field=${field.name} maxlength="1000" ?readonly=${!may}></label>`;
    }
    if (field.type === "written") {
      return html`<label class="field"><span class="field__label">${field.label}</span><input class="input" dir="auto" maxlength="240" .value=${String(holder[field.name] ?? "")} @change=${(/** @type {Event} */ e) => set(valueOf(e).trim() || null)}></label>`;
    }
    if (field.type === "tick") {
      return html`<label class="tickrow"><input type="checkbox" .checked=${holder[field.name] === true} ?disabled=${!may} @change=${(/** @type {Event} */ e) => set(/** @type {HTMLInputElement} */ (e.target).checked || null)}>${field.label}</label>`;
    }
    if (field.type === "tags") return this.#tags(field, record, may);
    const now = holder[field.name];
    const isNumber = typeof field.options?.[0]?.[0] === "number";
    const choose = (/** @type {Event} */ e) => set(valueOf(e) === "" ? null : isNumber ? Number(valueOf(e)) : valueOf(e));
    return html`<label class="field"><span class="field__label">${field.label}</span><select class="input" ?disabled=${!may} @change=${choose}><option value="" ?selected=${now === undefined}>${t("not said")}</option>${(field.type === "actor" ? this.#others(record) : field.options)?.map(([code, words]) => html`<option value=${code} ?selected=${now === code}>${words}</option>`)}</select></label>`;
  }

  /** @param {Item} record @returns {[string, string][]} */
  #others(record) {
    return this.registers.stakeholders.filter((one) => one.id !== record.id).map((one) => [one.id, one.name]);
  }

  /** Several words, each kept by itself: two people may add one at once. @param {Field} field @param {Item} record @param {boolean} may */
  #tags(field, record, may) {
    const start = `${field.name}/`;
    const there = Object.keys(record).filter((key) => key.startsWith(start)).sort();
    const set = (/** @type {Event} */ e) => {
      const said = [...new Set(valueOf(e).split(/[,;\n]/).map((one) => one.trim()).filter(Boolean))];
      const gone = there.filter((key) => !said.includes(String(record[key])));
      const known = new Set(there.map((key) => String(record[key])));
      const fresh = said.filter((one) => !known.has(one)).map((one) => [start + newId(), one]);
      if (gone.length || fresh.length) this.registers.edit(record.id, { ...Object.fromEntries(gone.map((key) => [key, null])), ...Object.fromEntries(fresh) });
    };
    return html`<label class="field"><span class="field__label">${field.label}</span><input class="input" dir="auto" maxlength="600" .value=${there.map((key) => String(record[key])).join(", ")} ?readonly=${!may} @change=${set}></label>`;
  }

  /** Merging and deleting, each asked once more. @param {Item} record @param {string[]} boards */
  #drastic(record, boards) {
    const { registers } = this;
    const others = registers.stakeholders.filter((r) => r.id !== record.id);
    const n = registers.relations.filter((r) => r.from === record.id || r.to === record.id).length;
    const ask = (/** @type {string} */ what) => { this.#asked = what; this.draw(); };
    if (this.#asked === "delete") {
      return html`<div class="actorform__sure" role="alertdialog" aria-label=${t("Delete")}><p>${t("{name} goes from the programme for everyone. Undo brings it back.", { name: record.name })}</p>
        <p class="small">${t("Boards that show it: {boards}. Relations: {n}.", { boards: boards.join(", ") || t("none"), n })}</p>
        <div class="btn-row"><button type="button" class="btn btn--danger" @click=${() => { registers.remove(record.id); this.parts.dialog.close(); this.parts.say(t("{name} deleted", { name: record.name })); }}>${t("Delete for everyone")}</button><button type="button" class="btn" @click=${() => ask("")}>${t("Keep it")}</button></div></div>`;
    }
    if (this.#asked === "merge") {
      const take = () => {
        const into = /** @type {HTMLSelectElement | null} */ (this.parts.dialog.querySelector("[name=into]"))?.value;
        if (!into) return;
        registers.merge(record.id, into);
        this.parts.dialog.close();
        this.parts.say(t("{name} and {other} are one now", { name: record.name, other: registers.record(into)?.name ?? "" }));
      };
      return html`<div class="actorform__sure"><label class="field"><span class="field__label">${t("The same as")}</span><select class="input" name="into">${others.map((r) => html`<option value=${r.id}>${r.name}</option>`)}</select></label>
        <p class="small">${t("The other one stays and takes over what it does not say yet. Boards show it in both places.")}</p>
        <div class="btn-row"><button type="button" class="btn btn--primary" @click=${take}>${t("Merge")}</button><button type="button" class="btn" @click=${() => ask("")}>${t("Keep both")}</button></div></div>`;
    }
    return html`<div class="btn-row">${others.length ? html`<button type="button" class="btn btn--s" @click=${() => ask("merge")}>${t("It is the same as…")}</button>` : nothing}<button type="button" class="btn btn--s btn--danger" @click=${() => ask("delete")}>${icon("trash", "i--16")}${t("Delete")}</button></div>`;
  }

  #ended() {
    for (const field of this.#writing) field.end();
    this.#writing = [];
    const id = this.#id;
    this.#id = null;
    render(html``, this.parts.dialog);
    if (id) this.parts.closed(id);
  }
}

/** @param {Event} event */
function valueOf(event) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
}
