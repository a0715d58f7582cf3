/**
 * A board of layout `graph`: what a map of factors and links has beside any free board, wired in reading order. The plane,
 * its hands, keys, undo and presence are those of every board.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { Causes } from "../items/cause.js";
import { circle, spread } from "../layouts/arrange.js";
import { MapActs } from "./acts.js";
import { Analysis } from "./analysis.js";
import { BringIn } from "./bring_in.js";
import { MapForm } from "./form.js";
import { Lit } from "./light.js";
import { LoopMarks } from "./loop_marks.js";
import { MapMenus } from "./menus.js";
import { MapPanel } from "./panel.js";
import { MapText } from "./text.js";

const ARRANGEMENTS = { circle, spread };

export class SystemMap {
  #frame = 0;

  /**
   * @param {{
   *   main: HTMLElement, box: HTMLElement, empty: HTMLElement, dialog: HTMLDialogElement, model: import("../model.js").Model, surface: import("../surface.js").Surface,
   *   selection: import("../selection.js").Selection, picking: import("../picking.js").Picking, popover: import("../panels/popover.js").Popover,
   *   views: () => import("../views.js").Views, menus: () => import("../panels/item_menus.js").ItemMenus, redraw: () => void, remove: (ids: string[]) => void,
   *   waiting: (id: string) => boolean, fit: () => void, say: (words: string) => void, tell: (words: string) => void,
   *   offer: (words: string, label: string, act: () => void) => void, mapUrl: string, formToken: string, exportUrl: string,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { model, surface, selection, picking, popover, say, box, dialog, waiting } = parts;
    this.model = model;
    this.acts = new MapActs(model, say);
    this.analysis = new Analysis(model);
    this.lit = new Lit(model, this.analysis, say);
    const more = (/** @type {HTMLElement} */ anchor, /** @type {string} */ id) => parts.menus().more(anchor, id);
    const whole = (/** @type {HTMLElement} */ anchor) => this.#whole(anchor);
    const form = (/** @type {string} */ id) => this.form.open(id);
    this.form = new MapForm({ dialog, model, acts: this.acts, remove: (id) => parts.remove([id]), closed: (id) => model.item(id) && parts.views().focus(id) });
    this.menus = new MapMenus({
      model, acts: this.acts, lit: this.lit, popover, picking, form, more, edit: (id) => parts.views().edit(id), linked: (id) => this.#linked(id), back: (id) => parts.views().focus(id),
    });
    this.panel = new MapPanel({ box, model, analysis: this.analysis, lit: this.lit, draw: () => this.draw(), more: whole, show: (id) => this.#show(id), arrange: (how) => this.arrange(how) });
    this.text = new MapText({ model, analysis: this.analysis, lit: this.lit, panel: this.panel, menus: this.menus, selection, form, more, whole, waiting });
    this.bringIn = new BringIn({ model, acts: this.acts, surface, dialog, url: parts.mapUrl, formToken: parts.formToken, tell: parts.tell, offer: parts.offer, fit: parts.fit });
    this.causes = new Causes(surface, (id) => this.lit.ids.has(id));
    this.marks = new LoopMarks(surface, this.analysis, this.lit);
    this.analysis.addEventListener("change", () => this.draw());
    this.lit.addEventListener("change", () => this.draw());
    this.lit.addEventListener("shown", () => this.#seeLit());
    surface.addEventListener("made", (e) => this.#mark(/** @type {CustomEvent} */ (e).detail.id, /** @type {CustomEvent} */ (e).detail.node));
    model.sync.on("change", (e) => e.stream === model.who.board && this.draw());
    this.draw();
  }

  get isOn() {
    return this.model.isSystem;
  }

  draw() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    this.#frame = 0;
    const { main, box, empty, surface, redraw } = this.parts;
    box.hidden = !this.isOn;
    if (!this.isOn) return void main.classList.remove("is-map", "is-map-open");
    this.analysis.look();
    empty.textContent = t("Name something that can rise or fall. What drives it?");
    surface.root.classList.toggle("is-lit", this.lit.isOn);
    for (const id of surface.shownIds) {
      const node = surface.elementOf(id);
      if (node) this.#mark(id, node);
    }
    this.panel.draw();
    // The bars are measured anew where the page is another one.
    main.classList.add("is-map");
    main.classList.toggle("is-map-open", this.panel.isOpen);
    this.form.draw();
    redraw();
  }

  /** From the field. @param {string[]} labels @param {{x: number, y: number}[]} places @param {string | undefined} lang @returns {string[]} */
  add(labels, places, lang) {
    const lines = labels.map((label) => label.replace(/\s*\n\s*/g, " ").trim());
    return lines.length === 1 ? [this.acts.addFactor(lines[0], places[0], lang)] : this.acts.addFactors(lines, places, lang);
  }

  /** A second factor was chosen for the first. @param {string} from @param {string} to @param {"+" | "-"} sign */
  picked(from, to, sign) {
    if (this.model.item(to)?.kind !== "factor") return this.parts.say(t("A link leads to a factor."));
    this.parts.popover.close(false);
    const id = this.acts.link(from, to, sign);
    if (id) this.#linked(id);
  }

  /** @param {"circle" | "spread"} how */
  arrange(how) {
    const { surface, fit } = this.parts;
    const cards = this.model.factors.flatMap((one) => {
      const rect = surface.rectOf(one.id);
      return rect ? [{ id: one.id, ...rect, pinned: Boolean(one.pinned || !this.model.may("move", one)) }] : [];
    });
    const places = ARRANGEMENTS[how](cards, this.analysis.causes.map(({ from, to }) => ({ from, to })));
    this.acts.arrange(places, t("The map is arranged. What is pinned stayed; undo brings back what was."));
    requestAnimationFrame(() => fit());
  }

  /** What is lit is looked at: all of it, clear of the panel. */
  #seeLit() {
    const { surface, views, fit } = this.parts;
    if (surface.root.hidden) return;
    const { top, right, bottom, left } = views().insets;
    const { w, h } = surface.size;
    const hidden = [...this.lit.ids].map((id) => surface.rectOf(id)).filter((r) => r !== undefined).map((r) => surface.camera.rectToScreen(r))
      .some((r) => r.x < left || r.y < top || r.x + r.w > w - right || r.y + r.h > h - bottom);
    if (hidden) fit();
  }

  /** What concerns the whole map. @param {HTMLElement} anchor */
  #whole(anchor) {
    const { popover, mapUrl, exportUrl } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const row = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => void} */ act) => html`<button type="button" role="menuitem" class="menu__item" @click=${() => { popover.close(true); act(); }}>${icon(name)}<span class="grow">${label}</span></button>`;
    popover.open(anchor, html`${this.model.may("move") ? html`${row("circle", t("Arrange in a circle"), () => this.arrange("circle"))}${row("system", t("Spread out what is linked"), () => this.arrange("spread"))}` : ""}
      ${this.lit.isOn ? row("eye", t("Show everything alike"), () => this.lit.show(this.lit.light)) : ""}
      ${mapUrl && this.model.may("add") ? row("upload", t("Bring in a table (Excel)…"), () => this.bringIn.choose()) : ""}
      ${exportUrl ? html`<a class="menu__item" href=${`${exportUrl}xlsx`} download>${icon("download")}<span class="grow">${t("Take home as a table (Excel)")}</span></a>` : ""}`, { label: t("The whole map") });
  }

  /** A link was drawn: keys go on with it. It is not selected, because its bar would lie over what is linked next. @param {string} id */
  #linked(id) {
    const { selection, views } = this.parts;
    selection.set([], id);
    views().focus(id);
  }

  /** @param {string} id */
  #show(id) {
    const { selection, views } = this.parts;
    selection.set([id]);
    views().approach(id);
    views().focus(id);
  }

  /** @param {string} id @param {HTMLElement} node */
  #mark(id, node) {
    const isDim = this.lit.isOn && !this.lit.ids.has(id);
    if (node.classList.contains("is-dim") !== isDim) node.classList.toggle("is-dim", isDim);
    const isLit = this.lit.isOn && !isDim;
    if (node.classList.contains("is-lit") !== isLit) node.classList.toggle("is-lit", isLit);
  }
}
