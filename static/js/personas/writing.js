/**
 * The text fields of the sheet, each one that several people may write in: found after every drawing by `data-text`,
 * kept while they are there, and told to the others while somebody writes.
 */
import { TextField } from "../board/tools/text_field.js";
import { BY_NAME } from "./fields.js";

export class Writing {
  /** @type {Map<HTMLElement, {key: string, field: TextField}>} */
  #fields = new Map();

  /**
   * @param {HTMLElement} root @param {import("../board/sync.js").Sync} sync @param {string} register
   * @param {import("../board/presence.js").Presence} presence
   */
  constructor(root, sync, register, presence) {
    this.root = root;
    this.sync = sync;
    this.register = register;
    this.presence = presence;
    root.addEventListener("focusin", (e) => this.#focused(/** @type {HTMLElement} */ (e.target)));
    root.addEventListener("focusout", () => presence.show({ writing: null }));
    root.addEventListener("keydown", (e) => this.#pressed(e));
  }

  /** After a drawing: new areas are written in, those that are gone let go. */
  attach() {
    for (const [area, { key, field }] of this.#fields) {
      if (area.isConnected && keyOf(area) === key) continue;
      field.end();
      this.#fields.delete(area);
    }
    for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (this.root.querySelectorAll("[data-text]"))) {
      if (this.#fields.has(area)) continue;
      const spot = { stream: this.register, id: area.dataset.id ?? null, field: area.dataset.text ?? "" };
      const long = isLong(area);
      this.#fields.set(area, { key: keyOf(area), field: new TextField(area, this.sync, spot, () => {}, { long }) });
    }
  }

  /** @param {HTMLElement} area */
  #focused(area) {
    if (area.dataset.text) this.presence.show({ writing: { id: area.dataset.id ?? null, field: area.dataset.text } });
  }

  /** Enter ends a line; Escape leaves any field. @param {KeyboardEvent} event */
  #pressed(event) {
    const area = /** @type {HTMLElement} */ (event.target);
    if (!area.dataset.text || event.isComposing) return;
    const long = isLong(area);
    if (event.key === "Escape" && this.root.matches("dialog")) return; // which it closes
    if (event.key === "Escape" || (event.key === "Enter" && !long)) {
      event.preventDefault();
      area.blur();
    }
  }
}

/** May it have several lines? @param {HTMLElement} area */
function isLong(area) {
  return "long" in area.dataset || BY_NAME.get(area.dataset.text ?? "")?.type === "longtext";
}

/** @param {HTMLElement} area */
function keyOf(area) {
  return `${area.dataset.id}/${area.dataset.text}`;
}
