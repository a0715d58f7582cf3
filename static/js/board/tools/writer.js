/**
 * Writing in place: a text area takes the stead of an item's words. Enter or Esc ends it, Shift+Enter is a new line,
 * and the focus goes back to the item. Long words are told so, and may become several notes.
 */
import { render } from "lit-html";
import { t } from "../../lib/words.js";
import { sizeOf } from "../metrics.js";
import { TEXT_FIELD } from "../model.js";
import { lengthNote } from "../panels/lengths.js";
import { TextField } from "./text_field.js";

export class Writer extends EventTarget {
  /** @type {{id: string, node: HTMLElement, area: HTMLTextAreaElement, gauge: HTMLElement, tall: number, step: string, field: TextField} | null} */
  #open = null;

  /**
   * @param {{
   *   model: import("../model.js").Model, elementOf: (id: string) => HTMLElement | undefined, pin: (ids: Iterable<string>) => void,
   *   drawNow: () => void, changed: (ids: Set<string>, moved: boolean) => void, metrics?: import("../metrics.js").Metrics,
   * }} view the surface, or the phone's
   * @param {import("../sync.js").Sync} sync
   * @param {(id: string, pieces: string[]) => void} split a note into several
   */
  constructor(view, sync, split) {
    super();
    this.view = view;
    this.sync = sync;
    this.split = split;
  }

  /** The item under this person's hands. */
  get id() {
    return this.#open?.id ?? null;
  }

  /** @param {string} id @param {boolean} [fresh] its words stand there only until somebody writes better ones */
  open(id, fresh = false) {
    const { view } = this;
    const item = view.model.item(id);
    const field = item && TEXT_FIELD[item.kind];
    if (!item || !field || this.#open?.id === id || !view.model.may("edit_text", item)) return false;
    this.close(false);
    view.pin([id]);
    view.drawNow();
    const node = view.elementOf(id);
    if (!node) return false;
    const area = this.#area(node, item);
    const gauge = document.createElement("div");
    area.after(gauge);
    node.dataset.writing = "";
    const spot = { stream: view.model.who.board, id, field };
    this.#open = { id, node, area, gauge, tall: 0, step: "", field: new TextField(area, this.sync, spot, () => this.#grow(), { long: item.kind === "note" }) };
    this.#grow();
    area.focus({ preventScroll: true });
    area.setSelectionRange(fresh ? 0 : area.value.length, area.value.length);
    this.dispatchEvent(new Event("change"));
    return true;
  }

  /** @param {boolean} [giveBack] the focus to the item */
  close(giveBack = true) {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    open.field.end();
    delete open.node.dataset.writing;
    open.area.remove();
    open.gauge.remove();
    this.#measureAgain(open.id);
    this.view.pin([]);
    this.view.changed(new Set([open.id]), false);
    if (giveBack) this.#giveBack(open.node);
    this.dispatchEvent(new Event("change"));
  }

  /** To the item; from a zone, which is only ground, to the board. @param {HTMLElement} node */
  #giveBack(node) {
    const home = node.hasAttribute("tabindex") ? node : /** @type {HTMLElement | null} */ (node.closest("[data-keys]"));
    home?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} node @param {import("../model.js").Item} item */
  #area(node, item) {
    const words = /** @type {HTMLElement} */ (node.querySelector(".note__text, .group__name, .zone__t, h2"));
    const area = document.createElement("textarea");
    area.className = "write";
    area.rows = 1;
    area.dir = "auto";
    area.lang = item.lang ?? "";
    area.setAttribute("aria-label", item.kind === "note" ? t("Words of the note") : t("Title"));
    if (item.kind === "cluster") area.placeholder = t("Name this group…");
    area.addEventListener("keydown", (e) => this.#keys(e));
    area.addEventListener("blur", (e) => this.#left(e, area));
    words.after(area);
    return area;
  }

  /** What can be done about long words belongs to the writing. @param {FocusEvent} event @param {HTMLTextAreaElement} area */
  #left(event, area) {
    const open = this.#open;
    if (open?.area !== area) return;
    if (!open.gauge.contains(/** @type {Node | null} */ (event.relatedTarget))) return this.close(false);
    open.gauge.addEventListener("focusout", (e) => this.#open === open && e.relatedTarget !== area && this.close(false), { once: true });
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing) return;
    if ((event.key === "Enter" && !event.shiftKey) || event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  #grow() {
    const open = this.#open;
    if (!open) return;
    const { area, gauge, id } = open;
    const step = sizeOf(area.value, area.lang);
    // Longer words are smaller ones: they are measured as they will stand.
    if (open.step && open.step !== step) this.view.drawNow();
    open.step = step;
    area.style.height = "0";
    area.style.height = `${area.scrollHeight}px`;
    const { model } = this.view;
    const isNote = model.item(id)?.kind === "note";
    const before = gauge.childElementCount;
    if (isNote) render(lengthNote(area.value, model.may("add") ? (pieces) => this.#split(id, pieces) : null), gauge);
    if (before || gauge.childElementCount) this.#measureAgain(id);
    this.view.changed(new Set([id]), true);
    const tall = area.offsetHeight + gauge.offsetHeight;
    if (tall > open.tall && area.selectionEnd === area.value.length) this.dispatchEvent(new Event("grown"));
    open.tall = tall;
  }

  /** @param {string} id @param {string[]} pieces */
  #split(id, pieces) {
    this.close();
    this.split(id, pieces);
  }

  /** It is taller than its words alone, or no longer so. @param {string} id */
  #measureAgain(id) {
    const item = this.view.model.item(id);
    if (item) this.view.metrics?.forget(item);
  }
}
