/**
 * What can be done to an actor, without dragging: a place chosen as the plane of the board offers it, relations, and the way to all its
 * fields. In one popover on the plane, in the list and on the phone.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { flowName, FLOWS, RELATION_TYPES, relationName, relationSays } from "./words.js";

export class ActorMenus {
  /**
   * @param {{
   *   registers: import("./registers.js").Registers, popover: import("../panels/popover.js").Popover, where: import("./planes/planes.js").Where,
   *   put: (id: string, to: import("./planes/planes.js").To) => void, edit: (id: string) => void,
   *   say: (words: string) => void, isPhone: () => boolean,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.registers = parts.registers;
  }

  /** @param {HTMLElement} anchor @param {string} id */
  open(anchor, id) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const record = this.registers.record(id);
    if (!record) return;
    popover.open(anchor, this.#content(record), { label: record.name, role: "dialog", className: this.parts.isPhone() ? "popover--sheet popover--actor" : "popover--actor", focus: "[aria-pressed=true], .cellb, .ringb, .claims input" });
  }

  /** The same again, with what is true now. @param {string} id */
  #again(id) {
    const record = this.registers.record(id);
    if (record && this.parts.popover.isOpen) this.parts.popover.show(this.#content(record));
  }

  /** @param {Item} record */
  #content(record) {
    const { registers } = this;
    const { model } = registers;
    const { popover, edit } = this.parts;
    const mayMove = model.may("move");
    const onBoard = registers.placements.has(record.id);
    return html`<div class="row actor__head"><b class="strong grow" dir="auto">${record.name}</b><button type="button" class="tool" aria-label=${t("Close")} @click=${() => popover.close()}>${icon("x")}</button></div>
      ${mayMove ? registers.plane.chooser(record, { ...this.parts.where, put: (to) => { this.parts.put(record.id, to); this.#again(record.id); } }) : nothing}
      <div class="actor__acts">
        ${mayMove ? html`<button type="button" class="menu__item" @click=${() => this.relate(record)}>${icon("connect")}<span class="grow">${t("Relation")}</span></button>` : nothing}
        <button type="button" class="menu__item" @click=${() => { popover.close(); edit(record.id); }}>${icon("edit")}<span class="grow">${mayMove ? t("Edit all about it") : t("Read all about it")}</span></button>
        ${onBoard && mayMove ? html`<button type="button" class="menu__item" @click=${() => { popover.close(); registers.hide(record.id); }}>${icon("eyeoff")}<span class="grow">${t("Take off this board")}</span></button>` : nothing}
      </div>`;
  }

  // Relations

  /** To whom, of which type, with what flowing. @param {Item} record */
  relate(record) {
    const { registers } = this;
    const { popover, say } = this.parts;
    const others = registers.stakeholders.filter((r) => r.id !== record.id);
    const types = RELATION_TYPES.filter((one) => one !== "tension" || registers.model.leads);
    const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
    const mine = registers.relations.filter((r) => r.from === record.id || r.to === record.id);
    const take = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      const to = String(form.get("to"));
      const type = String(form.get("type"));
      if (!to) return;
      registers.relate({ from: record.id, to, type, directed: form.has("directed"), flow: form.getAll("flow").map(String), note: String(form.get("note") ?? "").trim() });
      popover.close();
      say(t("{from} – {to}: {type}", { from: record.name, to: nameOf(to), type: relationName(type) }));
    };
    popover.show(html`<div class="row actor__head"><b class="strong grow" dir="auto">${t("Relations of {name}", { name: record.name })}</b><button type="button" class="tool" aria-label=${t("Close")} @click=${() => popover.close()}>${icon("x")}</button></div>
      ${mine.length ? html`<ul class="rels">${mine.map((r) => html`<li class="row"><span class="grow small" dir="auto">${relationSays(r, nameOf)}</span>${registers.model.may("move") ? html`<button type="button" class="tool" aria-label=${t("Delete: {relation}", { relation: relationSays(r, nameOf) })} @click=${() => { registers.unrelate(r); this.relate(record); }}>${icon("trash")}</button>` : nothing}</li>`)}</ul>` : nothing}
      <form class="relform" @submit=${take}>
        <label class="field"><span class="field__label">${t("To")}</span><select class="input" name="to" required><option value="">${t("Choose an actor")}</option>${others.map((r) => html`<option value=${r.id}>${r.name}</option>`)}</select></label>
        <label class="field"><span class="field__label">${t("How it is")}</span><select class="input" name="type">${types.map((one) => html`<option value=${one}>${relationName(one)}</option>`)}</select></label>
        ${registers.model.leads ? html`<p class="tiny muted">${t("Tension is seen by those who lead only.")}</p>` : nothing}
        <label class="tickrow"><input type="checkbox" name="directed">${t("In this direction only")}</label>
        <fieldset class="field"><legend class="field__label">${t("What flows")}</legend><div class="ticks">${FLOWS.map((one) => html`<label class="tickrow"><input type="checkbox" name="flow" value=${one}>${flowName(one)}</label>`)}</div></fieldset>
        <label class="field"><span class="field__label">${t("Note")}</span><input class="input" name="note" maxlength="240"></label>
        <button class="btn btn--primary">${t("Add the relation")}</button></form>`);
    popover.focusFirst();
  }

  /** One line on the plane was pressed. @param {Item} relation @param {HTMLElement} anchor */
  relation(relation, anchor) {
    const { registers } = this;
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
    popover.open(anchor, html`<div class="actor__head"><p dir="auto">${relationSays(relation, nameOf)}</p>${relation.note ? html`<p class="small muted" dir="auto">${relation.note}</p>` : nothing}
      ${registers.isClosed(relation) ? html`<p class="small muted">${icon("lock", "i--16")} ${t("Only those who lead see this.")}</p>` : nothing}</div>
      ${registers.model.may("move") ? html`<button type="button" class="menu__item btn--danger" @click=${() => { popover.close(); registers.unrelate(relation); }}>${icon("trash")}<span class="grow">${t("Delete the relation")}</span></button>` : nothing}`, { label: t("Relation"), role: "dialog", className: "popover--actor" });
  }
}
