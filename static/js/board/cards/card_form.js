/**
 * One card in a dialog: a frame to draw in, its words, and what else it says. A stroke is kept as soon as the pen is
 * lifted, and is one undo; words are written letter by letter, choices are kept at once.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("./kinds.js").Field} Field
 */
import { html, nothing, render, svg } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { editItem } from "../ops_maps.js";
import { TextField } from "../tools/text_field.js";
import { fits, HIGH, nextKey, pathOf, strokeOf, strokesOf, WIDE } from "./ink.js";
import { cardName, draws, fieldName, optionName, strokesSay } from "./kinds.js";

export class CardForm {
  /** @type {string | null} */
  #id = null;
  /** @type {TextField | null} */
  #field = null;
  /** The stroke under the pen. @type {{pointer: number, points: import("./ink.js").Point[]} | null} */
  #pen = null;
  #full = "";
  #fresh = false;

  /** @param {{dialog: HTMLDialogElement, model: import("../model.js").Model, say: (words: string) => void, rounds: () => import("../rounds.js").Rounds, more: () => void, discard: (id: string) => void, closed: (id: string) => void}} parts */
  constructor(parts) {
    this.parts = parts;
    parts.dialog.addEventListener("close", () => this.#ended());
  }

  /** @param {string} id @param {boolean} [fresh] it was made to be drawn on: left empty, it goes again */
  open(id, fresh = false) {
    const { dialog, model } = this.parts;
    this.#leave();
    this.#id = id;
    this.#fresh = fresh;
    this.#full = "";
    this.draw();
    const area = /** @type {HTMLTextAreaElement | null} */ (dialog.querySelector("[data-words]"));
    if (area) this.#field = new TextField(area, model.sync, { stream: model.who.board, id, field: "text" }, () => {}, { long: true });
    if (!dialog.open) dialog.showModal();
    area?.focus();
  }

  draw() {
    const { dialog, model } = this.parts;
    if (!this.#id) return;
    const item = model.item(this.#id);
    if (!item) return dialog.close();
    const kind = model.sorts.of(item);
    const may = model.may("edit_text", item);
    const title = item.card ? cardName(item.card) : t("Note");
    render(
      html`<form method="dialog" class="dialog__body cardform"><div class="row dialog__head"><h2 class="h3 grow" id="card-form-title">${title}</h2>${draws(this.parts.model, item) ? html`<b class="num cardform__clock" role="timer" aria-live="off">${this.parts.rounds().face}</b>` : nothing}<button class="tool" aria-label=${t("Close")}>${icon("x")}</button></div>
        ${draws(this.parts.model, item) ? this.#frame(item, may) : nothing}
        <label class="field"><span class="field__label">${t("Words")}</span><textarea class="input" rows="2" dir="auto" data-words ?readonly=${!may}></textarea></label>
        ${draws(this.parts.model, item) ? nothing : this.#more(item, kind, may)}
        <div class="btn-row"><button class="btn btn--primary">${t("Done")}</button>${this.#isBehind(item) ? html`<button type="button" class="btn" @click=${() => this.parts.more()}>${t("Next frame")}</button>` : nothing}</div>
        ${draws(this.parts.model, item) ? this.#more(item, kind, may) : nothing}</form>`,
      dialog,
    );
    dialog.setAttribute("aria-labelledby", "card-form-title");
  }

  /** Whoever draws against a clock is not asked for more; it is there all the same. @param {Item} item @param {import("./kinds.js").Kind | undefined} kind @param {boolean} may */
  #more(item, kind, may) {
    if (!kind || kind.fields.length < 2) return nothing;
    const fields = html`<div class="actorform__fields">${kind.fields.slice(1).map((field) => this.#said(field, item, may))}</div>`;
    return draws(this.parts.model, item) ? html`<details class="cardform__more"><summary>${t("Say more about it")}</summary>${fields}</details>` : fields;
  }

  /** The clock has gone on to another frame. @param {Item} item */
  #isBehind(item) {
    const [place] = this.parts.rounds().places;
    return draws(this.parts.model, item) && Boolean(place) && place.id !== item.region;
  }

  // The pen

  /** @param {Item} item @param {boolean} may */
  #frame(item, may) {
    const strokes = strokesOf(item);
    const now = this.#pen ? pathOf(strokeOf(this.#pen.points)) : "";
    return html`<div class="pen"><svg class="pen__frame ${may ? "" : "is-locked"}" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-label=${strokesSay(strokes.length) || t("Empty frame. Draw with a finger, a pen or the mouse, or write words instead.")}
        @pointerdown=${(/** @type {PointerEvent} */ e) => may && this.#down(e)} @pointermove=${(/** @type {PointerEvent} */ e) => this.#move(e)}
        @pointerup=${(/** @type {PointerEvent} */ e) => this.#up(e)} @pointercancel=${() => this.#lift()}>${strokes.map(([, stroke]) => svg`<path d=${pathOf(stroke)}></path>`)}${now ? svg`<path d=${now}></path>` : nothing}</svg>
      <div class="row pen__acts">${strokes.length || this.#full
        ? html`<button type="button" class="btn btn--s" ?disabled=${!may || !strokes.length} @click=${() => this.#takeBack(item)}>${icon("undo", "i--16")}${t("Take back the last stroke")}</button><button type="button" class="btn btn--s" ?disabled=${!may || !strokes.length} @click=${() => this.#clear(item)}>${icon("trash", "i--16")}${t("Empty the frame")}</button>`
        : html`<span class="small muted">${t("Draw here, or write below. Ugly is fine.")}</span>`}</div>
      <p class="small" role="status">${this.#full}</p></div>`;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button > 0 || this.#pen) return;
    event.preventDefault();
    const frame = /** @type {Element} */ (event.currentTarget);
    frame.setPointerCapture(event.pointerId);
    this.#pen = { pointer: event.pointerId, points: [this.#point(event)] };
    this.draw();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#pen?.pointer !== event.pointerId) return;
    const between = event.getCoalescedEvents?.() ?? [];
    for (const one of between.length ? between : [event]) this.#pen.points.push(this.#point(one, event));
    this.draw();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const pen = this.#pen;
    if (pen?.pointer !== event.pointerId) return;
    this.#pen = null;
    const item = this.#id ? this.parts.model.item(this.#id) : undefined;
    const stroke = strokeOf(pen.points);
    if (item && fits(item, stroke)) this.#ask({ [nextKey(item)]: stroke });
    else this.#full = t("The frame is full.");
    this.draw();
  }

  #lift() {
    this.#pen = null;
    this.draw();
  }

  /** @param {PointerEvent} event @param {PointerEvent} [of] where the frame is told from */
  #point(event, of = event) {
    const { left, top, width } = /** @type {Element} */ (of.currentTarget).getBoundingClientRect();
    return { x: ((event.clientX - left) / width) * WIDE, y: ((event.clientY - top) / width) * WIDE };
  }

  /** @param {Item} item */
  #takeBack(item) {
    const last = strokesOf(item).at(-1);
    if (last) this.#ask({ [last[0]]: null });
    this.#full = "";
    this.parts.say(t("Last stroke taken back"));
  }

  /** @param {Item} item */
  #clear(item) {
    this.#ask(Object.fromEntries(strokesOf(item).map(([key]) => [key, null])));
    this.#full = "";
    this.parts.say(t("The frame is empty"));
  }

  // What else it says

  /** @param {Field} field @param {Item} item @param {boolean} may */
  #said(field, item, may) {
    const key = `said/${field.name}`;
    const label = fieldName(field.name);
    const now = item[key];
    const set = (/** @type {any} */ value) => this.#ask({ [key]: value });
    if (field.type === "bool") {
      return html`<label class="tickrow"><input type="checkbox" .checked=${now === true} ?disabled=${!may} @change=${(/** @type {Event} */ e) => set(/** @type {HTMLInputElement} */ (e.target).checked || null)}>${label}</label>`;
    }
    if (field.type === "multi") {
      return html`<fieldset class="field"><legend class="field__label">${label}</legend>${field.options.map((one) => html`<label class="tickrow"><input type="checkbox" .checked=${item[`${key}/${one}`] === true} ?disabled=${!may} @change=${(/** @type {Event} */ e) => this.#ask({ [`${key}/${one}`]: /** @type {HTMLInputElement} */ (e.target).checked || null })}>${optionName(one)}</label>`)}</fieldset>`;
    }
    const scale = field.least !== undefined && field.most !== undefined && field.most - field.least <= 10;
    if (field.type === "enum" || scale) {
      const codes = scale ? Array.from({ length: /** @type {number} */ (field.most) - /** @type {number} */ (field.least) + 1 }, (_, i) => String(/** @type {number} */ (field.least) + i)) : field.options;
      const choose = (/** @type {Event} */ e) => set(valueOf(e) === "" ? null : scale ? Number(valueOf(e)) : valueOf(e));
      return html`<label class="field"><span class="field__label">${label}</span><select class="input" ?disabled=${!may} @change=${choose}><option value="" ?selected=${now === undefined}>${t("not said")}</option>${codes.map((one) => html`<option value=${one} ?selected=${String(now) === one}>${scale ? one : optionName(one)}</option>`)}</select></label>`;
    }
    const type = { int: "number", date: "date", month: "month" }[field.type] ?? "text";
    const keep = (/** @type {Event} */ e) => set(valueOf(e).trim() === "" ? null : type === "number" ? Math.round(Number(valueOf(e))) : valueOf(e).trim());
    if (field.type === "longtext") return html`<label class="field"><span class="field__label">${label}</span><textarea class="input" rows="2" dir="auto" maxlength="2000" ?readonly=${!may} .value=${String(now ?? "")} @change=${keep}></textarea></label>`;
    return html`<label class="field"><span class="field__label">${label}</span><input class="input" type=${type} dir="auto" maxlength="240" min=${field.least ?? nothing} max=${field.most ?? nothing} ?readonly=${!may} .value=${String(now ?? "")} @change=${keep}></label>`;
  }

  /** @param {Record<string, string | number | boolean | null>} fields */
  #ask(fields) {
    const { model } = this.parts;
    if (this.#id) model.sync.ask(model.who.board, editItem(this.#id, fields));
    this.draw();
  }

  #ended() {
    const id = this.#leave();
    if (id) this.parts.closed(id);
  }

  /** Done with this card, whether the dialog closes or goes on to another one. */
  #leave() {
    this.#field?.end();
    this.#field = null;
    this.#pen = null;
    const id = this.#id;
    this.#id = null;
    render(html``, this.parts.dialog);
    const item = id ? this.parts.model.item(id) : undefined;
    if (item && this.#fresh && !item.text && !strokesOf(item).length) this.parts.discard(item.id);
    return id;
  }
}

/** @param {Event} event */
function valueOf(event) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
}
