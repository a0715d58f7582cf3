/**
 * Everything about one factor or one link, as a form: words that several people may write in at once, choices that are
 * kept at once.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {{name: string, label: string, type: "written" | "plain" | "choice" | "tick", options?: [string | number, string][], needed?: boolean}} Field
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { TextField } from "../tools/text_field.js";
import { delayName, linkSays, POLARITIES, polarityName, roleName, strengthName, wantedName } from "./words.js";

export class MapForm {
  /** @type {string | null} */
  #id = null;
  /** @type {TextField[]} */
  #writing = [];

  /** @param {{dialog: HTMLDialogElement, model: import("../model.js").Model, acts: import("./acts.js").MapActs, remove: (id: string) => void, closed: (id: string) => void}} parts */
  constructor(parts) {
    this.parts = parts;
    parts.dialog.addEventListener("close", () => this.#ended());
  }

  /** @param {string} id */
  open(id) {
    const { dialog, model } = this.parts;
    this.#id = id;
    this.draw();
    for (const area of /** @type {NodeListOf<HTMLInputElement>} */ (dialog.querySelectorAll("[data-field]"))) {
      this.#writing.push(new TextField(area, model.sync, { stream: model.who.board, id, field: area.dataset.field ?? "" }));
    }
    if (!dialog.open) dialog.showModal();
  }

  draw() {
    const { dialog, model } = this.parts;
    if (!this.#id) return;
    const item = model.item(this.#id);
    if (!item) return dialog.close();
    const isLink = item.kind === "causal_link";
    const may = model.may("edit_text", item);
    render(
      html`<form method="dialog" class="dialog__body actorform"><div class="row dialog__head"><h2 class="h3 grow" id="map-form-title">${isLink ? t("About this link") : t("About this factor")}</h2><button class="tool" aria-label=${t("Close")}>${icon("x")}</button></div>
        ${isLink ? html`<p dir="auto">${linkSays(item, (id) => model.item(id))}</p>` : nothing}
        <div class="actorform__fields">${(isLink ? linkFields() : factorFields()).map((field) => this.#field(field, item, may))}</div>
        ${model.may("delete", item) ? html`<div class="btn-row"><button type="button" class="btn btn--s btn--danger" @click=${() => { dialog.close(); this.parts.remove(item.id); }}>${icon("trash", "i--16")}${t("Delete")}</button></div>` : nothing}</form>`,
      dialog,
    );
    dialog.setAttribute("aria-labelledby", "map-form-title");
  }

  /** @param {Field} field @param {Item} item @param {boolean} may */
  #field(field, item, may) {
    const set = (/** @type {any} */ value) => this.parts.acts.edit(item.id, { [field.name]: value });
    const now = item[field.name];
    if (field.type === "written") {
      return html`<label class="field"><span class="field__label">${field.label}</span><input class="input" dir="auto" data-field=${field.name} maxlength="300" ?readonly=${!may}></label>`;
    }
    if (field.type === "plain") {
      return html`<label class="field"><span class="field__label">${field.label}</span><input class="input" dir="auto" maxlength="300" ?readonly=${!may} .value=${String(now ?? "")} @change=${(/** @type {Event} */ e) => set(valueOf(e).trim() || null)}></label>`;
    }
    if (field.type === "tick") {
      return html`<label class="tickrow"><input type="checkbox" .checked=${now === true} ?disabled=${!may} @change=${(/** @type {Event} */ e) => set(/** @type {HTMLInputElement} */ (e.target).checked || null)}>${field.label}</label>`;
    }
    const isNumber = typeof field.options?.[0]?.[0] === "number";
    const choose = (/** @type {Event} */ e) => set(valueOf(e) === "" ? null : isNumber ? Number(valueOf(e)) : valueOf(e));
    return html`<label class="field"><span class="field__label">${field.label}</span><select class="input" ?disabled=${!may} @change=${choose}>${field.needed ? nothing : html`<option value="" ?selected=${now === undefined}>${t("not said")}</option>`}${field.options?.map(([code, words]) => html`<option value=${code} ?selected=${now === code}>${words}</option>`)}</select></label>`;
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

/** @returns {Field[]} */
function factorFields() {
  return [
    { name: "label", label: t("Name: something that can rise or fall"), type: "written" },
    { name: "description", label: t("What is meant by it"), type: "plain" },
    { name: "role", label: t("What it is in this map"), type: "choice", options: named(["focal", "outcome", "driver", "intervention", "external"], roleName) },
    { name: "wanted", label: t("What we want of it"), type: "choice", options: named(["up", "down", "stable", "open"], wantedName) },
    { name: "controllable", label: t("How far can we move it?"), type: "choice", options: [[0, t("not at all")], [1, t("a little")], [2, t("well")], [3, t("it is in our hands")]] },
    { name: "changing", label: t("How fast does it change by itself?"), type: "choice", options: [[0, t("not at all")], [1, t("slowly")], [2, t("noticeably")], [3, t("fast")]] },
    { name: "pinned", label: t("Stays where it is when the map is arranged"), type: "tick" },
  ];
}

/** @returns {Field[]} */
function linkFields() {
  return [
    { name: "polarity", label: t("More of the first"), type: "choice", needed: true, options: named([...POLARITIES], polarityName) },
    { name: "strength", label: t("How strongly"), type: "choice", options: [1, 2, 3].map((n) => [n, strengthName(n)]) },
    { name: "delay", label: t("How soon"), type: "choice", options: named(["none", "months", "years"], delayName) },
    { name: "certainty", label: t("How sure we are"), type: "choice", options: [[1, t("a guess")], [2, t("fairly sure")], [3, t("sure")]] },
    { name: "why", label: t("Why it is so"), type: "written" },
    { name: "source", label: t("Where we know it from"), type: "plain" },
  ];
}

/** @param {string[]} codes @param {(code: string) => string} name @returns {[string, string][]} */
function named(codes, name) {
  return codes.map((code) => [code, name(code)]);
}

/** @param {Event} event */
function valueOf(event) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
}

/** What is said of a factor in one line, for lists. @param {Item} factor */
export function factorLine(factor) {
  const moved = ["", t("we can move it a little"), t("we can move it well"), t("it is in our hands")][factor.controllable ?? 0] ?? "";
  return [factor.role ? roleName(factor.role) : "", factor.wanted ? wantedName(factor.wanted) : "", moved, factor.pinned ? t("pinned") : "", factor.description ?? ""].filter(Boolean).join(" · ");
}
