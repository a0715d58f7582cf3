/**
 * What a view adds to its elements beside their content: the ring of what is selected or shown to everyone, the one tab
 * stop, what a search found, and the landing of what I just wrote.
 */
import { t } from "../lib/words.js";

export class Marks {
  /** @type {Set<string>} */
  #landing = new Set();

  /**
   * @param {{
   *   view: import("./surface.js").Surface | import("./phone.js").Phone, model: import("./model.js").Model,
   *   selection: import("./selection.js").Selection, hits: (id: string) => boolean, isShown: (id: string) => boolean, roving: boolean,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    parts.view.addEventListener("made", (e) => {
      const { id, node } = /** @type {CustomEvent} */ (e).detail;
      this.#mark(id, node);
    });
  }

  /** A note of mine comes from the field: let it land. @param {string} id */
  land(id) {
    this.#landing.add(id);
  }

  /** Selection or search changed. @param {Iterable<string>} ids */
  refresh(ids) {
    for (const id of ids) {
      const node = this.parts.view.elementOf(id);
      if (node) this.#mark(id, node);
    }
  }

  /** The words that place an item for who cannot see it: in On foot, 3 of 6. @param {string} id */
  place(id) {
    const { model } = this.parts;
    const item = model.item(id);
    const region = item && model.regionOf(item);
    if (!item || !region) return "";
    const all = model.reading(region);
    const at = all.findIndex((i) => i.id === id) + 1;
    return t("in {title}, {at} of {n}", { title: model.regionTitle(region), at, n: all.length });
  }

  /** @param {string} id @param {HTMLElement} node */
  #mark(id, node) {
    const { selection, hits, isShown, roving } = this.parts;
    node.classList.toggle("is-selected", selection.has(id));
    node.classList.toggle("is-hit", hits(id));
    node.classList.toggle("is-shown", isShown(id));
    node.classList.toggle("is-protected", Boolean(this.parts.model.item(id)?.protected));
    if (roving && node.hasAttribute("tabindex")) node.tabIndex = selection.current === id ? 0 : -1;
    if (this.#landing.delete(id)) {
      node.classList.add("is-landing");
      node.addEventListener("animationend", () => node.classList.remove("is-landing"), { once: true });
    }
  }
}
