/**
 * The picture that lies under a board of pins, and where on it something is: told by fields, A to H from the left and 1
 * to 6 from the top, for those who do not see the plane and for lists.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { t } from "../../lib/words.js";

export const COLUMNS = 8;
export const ROWS = 6;
/** How wide the ground is on the plane, in hundredths of a pixel. */
export const GROUND_WIDTH = 120_000;

/** The picture that stands first of those that were set up. @param {import("../model.js").Model} model @returns {Item | undefined} */
export function groundOf(model) {
  if (model.layout !== "image") return undefined;
  return model.loose.find((item) => item.kind === "image" && item.protected);
}

/** Which field a place is in; empty beside the ground. @param {Item | undefined} ground @param {Item | {x: number, y: number}} place */
export function fieldOf(ground, place) {
  const { x = 0, y = 0 } = place;
  if (!ground) return "";
  const column = Math.floor(((x - ground.x) / ground.w) * COLUMNS);
  const row = Math.floor(((y - ground.y) / ground.h) * ROWS);
  if (column < 0 || row < 0 || column >= COLUMNS || row >= ROWS) return "";
  return `${String.fromCharCode(65 + column)}${row + 1}`;
}

/** The middle of a field. @param {Item} ground @param {number} column @param {number} row @returns {{x: number, y: number}} */
export function middleOf(ground, column, row) {
  return { x: Math.round(ground.x + ((column + 0.5) / COLUMNS) * ground.w), y: Math.round(ground.y + ((row + 0.5) / ROWS) * ground.h) };
}

/** In words: the field, and the area that has a name. @param {Item} item @param {import("../model.js").Model} model */
export function spotSays(item, model) {
  if (model.layout !== "image" || item.x === undefined) return "";
  const ground = groundOf(model);
  const field = fieldOf(ground, item);
  const area = areaOf(item, model);
  const where = field ? t("field {field}", { field }) : ground ? t("beside the map") : "";
  return [where, area].filter(Boolean).join(", ");
}

/** The frame a pin lies in. @param {Item} item @param {import("../model.js").Model} model */
function areaOf(item, model) {
  const frame = model.loose.find((f) => f.kind === "frame" && item.x >= f.x && item.y >= f.y && item.x < f.x + f.w && item.y < f.y + f.h);
  return frame ? model.words(frame, "title") : "";
}

export class Ground {
  /** Where the next pin goes, if somebody pressed there. @type {{x: number, y: number} | null} */
  #next = null;

  /**
   * @param {{
   *   box: HTMLElement, model: import("../model.js").Model, acts: import("../acts.js").Acts, popover: import("../panels/popover.js").Popover,
   *   choose: (() => void) | null, say: (words: string) => void, back: (id: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  get next() {
    return this.#next;
  }

  get isOn() {
    return this.parts.model.layout === "image";
  }

  /** @param {{x: number, y: number}} point in the world */
  aim({ x, y }) {
    this.#next = { x: Math.round(x * 100), y: Math.round(y * 100) };
    const field = fieldOf(groundOf(this.parts.model), this.#next);
    this.parts.say(field ? t("The next pin goes to field {field}", { field }) : t("The next pin goes there"));
    this.draw();
  }

  /** Where the next pin goes: once. */
  take() {
    const next = this.#next;
    this.#next = null;
    this.draw();
    return next;
  }

  draw() {
    const { box, model, choose } = this.parts;
    if (!this.isOn) return;
    const ground = groundOf(model);
    const field = this.#next && fieldOf(ground, this.#next);
    const empty = model.leads
      ? html`<div class="notice rounds"><span>${t("Put the plan or map here first. It lies under everything, and nobody moves it by mistake.")}</span>${choose ? html`<span class="rounds__acts"><button type="button" class="btn btn--s btn--primary" @click=${choose}>${t("Choose a picture")}</button></span>` : nothing}</div>`
      : nothing;
    const aimed = this.#next ? html`<div class="notice rounds"><span>${field ? t("The next pin goes to field {field}.", { field }) : t("The next pin goes where you pressed.")}</span></div>` : nothing;
    render(ground ? aimed : empty, box);
  }

  /** The map as fields to choose from: what the arrow keys and a hand do as well. @param {HTMLElement} anchor @param {string} id */
  fields(anchor, id) {
    const { model, popover, say } = this.parts;
    const ground = groundOf(model);
    const item = model.item(id);
    if (!ground || !item) return;
    const here = fieldOf(ground, item);
    const cells = Array.from({ length: ROWS }, (_, row) => Array.from({ length: COLUMNS }, (__, column) => ({ row, column, field: `${String.fromCharCode(65 + column)}${row + 1}` })));
    const move = (/** @type {{row: number, column: number, field: string}} */ { row, column, field }) => {
      const { x, y } = middleOf(ground, column, row);
      popover.close(false);
      this.parts.acts.moveBy([id], x - item.x, y - item.y);
      say(t("Moved to field {field}", { field }));
      this.parts.back(id);
    };
    popover.open(
      anchor,
      html`<div class="menu__head">${t("Move to a field of the map")}</div><div class="fields">${cells.flat().map((one) => html`<button type="button" class="fields__one" aria-current=${one.field === here ? "true" : nothing} @click=${() => move(one)}>${one.field}</button>`)}</div>`,
      { label: t("Move to a field of the map"), role: "group", focus: "[aria-current=true], button" },
    );
  }
}
