/**
 * Writing in place: a text area takes the stead of an item's words. Enter or Esc ends it, Shift+Enter is a new line,
 * and the focus goes back to the item.
 */
import { t } from "../../lib/words.js";
import { TEXT_FIELD } from "../model.js";
import { TextField } from "./text_field.js";

export class Writer extends EventTarget {
  /** @type {{id: string, node: HTMLElement, area: HTMLTextAreaElement, field: TextField} | null} */
  #open = null;

  /**
   * @param {{
   *   model: import("../model.js").Model, elementOf: (id: string) => HTMLElement | undefined, pin: (ids: Iterable<string>) => void,
   *   drawNow: () => void, changed: (ids: Set<string>, moved: boolean) => void,
   * }} view the surface, or the phone's @param {import("../sync.js").Sync} sync
   */
  constructor(view, sync) {
    super();
    this.view = view;
    this.sync = sync;
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
    node.dataset.writing = "";
    this.#open = { id, node, area, field: new TextField(area, this.sync, { stream: view.model.who.board, id, field }, () => this.#grow()) };
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
    this.view.pin([]);
    this.view.changed(new Set([open.id]), false);
    if (giveBack) open.node.focus({ preventScroll: true });
    this.dispatchEvent(new Event("change"));
  }

  /** @param {HTMLElement} node @param {import("../model.js").Item} item */
  #area(node, item) {
    const words = /** @type {HTMLElement} */ (node.querySelector(".note__text, .group__name, .zone__t, h2"));
    const area = document.createElement("textarea");
    area.className = "write";
    area.rows = 1;
    area.dir = "auto";
    area.lang = item.lang ?? "";
    area.maxLength = item.kind === "note" ? 4000 : 300;
    area.setAttribute("aria-label", item.kind === "note" ? t("Words of the note") : t("Title"));
    area.addEventListener("keydown", (e) => this.#keys(e));
    area.addEventListener("blur", () => this.#open?.area === area && this.close(false));
    words.after(area);
    return area;
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
    const area = this.#open?.area;
    if (!area) return;
    area.style.height = "0";
    area.style.height = `${area.scrollHeight}px`;
    if (this.#open) this.view.changed(new Set([this.#open.id]), true);
  }
}
