/**
 * What can be done to what is selected: colour, edit, Move to, react, more. It stands under the selection (above near
 * the edge) and is never scaled with the board.
 */
import { html, nothing, render } from "lit-html";
import { icon, mark } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { draws, serves } from "../cards/kinds.js";
import { TEXT_FIELD } from "../model.js";
import { paperSays } from "../papers.js";
import { tool } from "./bars.js";
import { dotButtons } from "./dots.js";

const AWAY = 12;

/** @typedef {import("../model.js").Item} Item */

export class Toolbar {
  #hidden = false;

  /**
   * @param {{
   *   box: HTMLElement, surface: import("../surface.js").Surface, selection: import("../selection.js").Selection,
   *   menus: import("./item_menus.js").ItemMenus, insets: () => import("../camera.js").Insets,
   *   back: (id: string) => void, edit: (id: string) => void, group: (ids: string[]) => void, remove: (ids: string[]) => void,
   *   map: () => import("../maps/system_map.js").SystemMap | undefined,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.surface.model;
    parts.box.setAttribute("role", "toolbar");
    parts.box.addEventListener("keydown", (e) => this.#keys(e));
  }

  /** Arrows walk along the bar; Esc goes back to the item. @param {KeyboardEvent} event */
  #keys(event) {
    const { box, selection, back } = this.parts;
    const buttons = [...box.querySelectorAll("button")];
    const at = buttons.findIndex((b) => b === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    const isEsc = event.key === "Escape";
    if (at < 0 || (to === undefined && !isEsc)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isEsc) back(selection.current ?? "");
    else buttons[((to ?? 0) + buttons.length) % buttons.length]?.focus();
  }

  /** Out of the way while something is carried or written. @param {boolean} hidden */
  hide(hidden) {
    this.#hidden = hidden;
    this.draw();
  }

  draw() {
    const { box } = this.parts;
    const items = this.#items();
    box.hidden = this.#hidden || !items.length;
    if (box.hidden) return;
    box.setAttribute("aria-label", items.length > 1 ? tn("{n} selected", "{n} selected", items.length) : labelOf(items[0]));
    render(items.length > 1 ? this.#many(items) : this.#one(items[0]), box);
    this.place();
  }

  /** Follow the board. */
  place() {
    const { box, surface, insets } = this.parts;
    if (box.hidden) return;
    const around = this.#around();
    if (!around) return;
    const { camera, size } = surface;
    const on = camera.rectToScreen(around);
    const edge = insets();
    const w = box.offsetWidth;
    const h = box.offsetHeight;
    const below = on.y + on.h + AWAY;
    const fits = below + h <= size.h - edge.bottom + 40;
    const top = fits ? below : on.y - AWAY - h;
    const y = Math.min(size.h - edge.bottom - h, Math.max(edge.top, top));
    const x = Math.min(size.w - w - 12, Math.max(12, on.x + on.w / 2 - w / 2));
    box.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
    const seen = on.x + on.w > 0 && on.x < size.w && on.y + on.h > 0 && on.y < size.h;
    box.classList.toggle("is-away", !seen);
  }

  focus() {
    this.parts.box.querySelector("button")?.focus();
  }

  /** The button that a key stands for. @param {"move" | "react" | "link"} name @returns {HTMLElement | null} */
  button(name) {
    return this.parts.box.querySelector(`[data-${name}]`);
  }

  /** @param {Item} item */
  #one(item) {
    const { model } = this;
    const { edit, menus, selection } = this.parts;
    if (item.kind === "factor" || item.kind === "causal_link") return this.parts.map()?.menus.toolbar(item) ?? nothing;
    const paper = model.paper(item);
    const words = TEXT_FIELD[item.kind] && item.kind !== "image" && model.may("edit_text", item);
    return html`${dotButtons(model.votes, item.id)}${item.kind === "note" && model.may("recolour", item)
      ? html`<button type="button" class="tool" aria-haspopup="true" aria-label=${t("Colour: {name}", { name: paperSays(item, model) })} data-tip=${t("Colour")} @click=${press((a) => menus.papers(a, selection.ids))}>
          <span class="composer__sw composer__sw--l c-${paper}">${mark(paper)}</span></button>`
      : nothing}
    ${words ? tool("edit", t("Edit"), () => edit(item.id)) : nothing}
    ${item.kind === "note" && serves(model, item) ? tool(draws(model, item) ? "edit" : "doc", draws(model, item) ? t("Draw and say more") : t("Say more about it"), () => menus.parts.card(item.id)) : nothing}
    ${this.#moveButton(item)}
    ${["note", "image", "cluster"].includes(item.kind) && model.may("react", item)
      ? html`<button type="button" class="tool" data-react aria-haspopup="true" aria-label=${t("React")} data-tip=${t("React")} @click=${press((a) => menus.reactions(a, [item.id]))}>${icon("smile")}</button>`
      : nothing}
    <button type="button" class="tool" aria-haspopup="true" aria-label=${t("More")} data-tip=${t("More")} @click=${press((a) => menus.more(a, item.id))}>${icon("more")}</button>`;
  }

  /** @param {Item[]} items */
  #many(items) {
    const { model } = this;
    const { group, remove, menus, selection } = this.parts;
    const ids = items.map((i) => i.id);
    const notes = items.filter((i) => i.kind === "note");
    return html`<span class="toolbar__n">${tn("{n} selected", "{n} selected", items.length)}</span>
      ${notes.some((i) => model.may("recolour", i))
        ? html`<button type="button" class="tool" aria-haspopup="true" aria-label=${t("Colour")} data-tip=${t("Colour")} @click=${press((a) => menus.papers(a, selection.ids))}><span class="composer__sw composer__sw--l c-${model.paper(notes[0])}">${mark(model.paper(notes[0]))}</span></button>`
        : nothing}
      ${this.#moveButton(items[0])}
      ${notes.length > 1 && model.may("cluster") ? html`<button type="button" class="tool tool--label" @click=${() => group(ids)}>${icon("group")}${t("Make a group")}</button>` : nothing}
      ${notes.length > 1 && notes.every((i) => model.may("move", i)) ? html`<button type="button" class="tool tool--label" @click=${() => menus.parts.acts.merge(ids.slice(1), ids[0])}>${icon("copy")}${t("Merge")}</button>` : nothing}
      ${model.leads ? this.#protect(items) : nothing}
      ${items.some((i) => model.may("delete", i)) ? tool("trash", t("Delete"), () => remove(ids)) : nothing}`;
  }

  /** All of them at once. @param {Item[]} items */
  #protect(items) {
    const on = items.some((i) => !i.protected);
    const act = () => this.parts.menus.parts.acts.protect(items.map((i) => i.id), on);
    return tool(on ? "lock" : "unlock", on ? t("Protect them") : t("Let everyone change them"), act);
  }

  /** @param {Item} item */
  #moveButton(item) {
    if (!this.model.flows || !["note", "cluster", "image", "heading"].includes(item.kind) || !this.model.may("move", item)) return nothing;
    const { menus, selection } = this.parts;
    return html`<button type="button" class="tool tool--label" data-move aria-haspopup="true" @click=${press((a) => menus.places(a, selection.ids))}>${t("Move to")}${icon("down", "i--16")}</button>`;
  }

  #items() {
    return /** @type {Item[]} */ (this.parts.selection.ids.map((id) => this.model.item(id)).filter(Boolean));
  }

  /** @returns {import("../camera.js").Rect | null} */
  #around() {
    const { surface, selection } = this.parts;
    const rects = /** @type {import("../camera.js").Rect[]} */ (selection.ids.map((id) => surface.rectOf(id)).filter(Boolean));
    if (!rects.length) return null;
    const x = Math.min(...rects.map((r) => r.x));
    const y = Math.min(...rects.map((r) => r.y));
    return { x, y, w: Math.max(...rects.map((r) => r.x + r.w)) - x, h: Math.max(...rects.map((r) => r.y + r.h)) - y };
  }
}

/** @param {(anchor: HTMLElement) => void} act @returns {(event: Event) => void} */
function press(act) {
  return (event) => act(/** @type {HTMLElement} */ (event.currentTarget));
}

/** What the bar is about. @param {Item} item */
function labelOf({ kind }) {
  return kind === "factor" ? t("Factor") : kind === "causal_link" ? t("Link") : t("Note");
}
