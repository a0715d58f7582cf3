/**
 * One popover at a time: a menu, a choice of colours, a list of places. It opens beside what was pressed, on a phone as a
 * sheet at the thumb; arrows walk through it, Esc closes it, and the focus goes back where it came from.
 */
import { html, render } from "lit-html";
import { isWriting } from "../../lib/dom.js";
import { entryOf } from "../keyboard.js";

const ITEMS = "button:not([disabled]), a[href], input:not([type=hidden]), select";
const AWAY = 8;

export class Popover {
  /** @type {HTMLElement | null} */
  #anchor = null;
  /** @type {HTMLElement | null} */
  #back = null;
  /** @type {(() => void) | null} */
  #closed = null;

  /** @param {HTMLElement} box @param {AbortSignal} signal */
  constructor(box, signal) {
    this.box = box;
    box.tabIndex = -1;
    box.addEventListener("keydown", (e) => this.#key(e), { signal });
    document.addEventListener("pointerdown", (e) => this.#outside(e), { capture: true, signal });
    addEventListener("resize", () => this.close(), { signal });
  }

  get isOpen() {
    return this.#anchor !== null;
  }

  /** @param {HTMLElement} anchor */
  isFor(anchor) {
    return this.#anchor === anchor;
  }

  /** Is it open beside something in there? @param {HTMLElement} box */
  isIn(box) {
    return this.#anchor !== null && box.contains(this.#anchor);
  }

  /**
   * @param {HTMLElement} anchor
   * @param {import("lit-html").TemplateResult} content
   * @param {{label: string, role?: string, back?: HTMLElement | null, closed?: () => void, className?: string, focus?: string}} how
   */
  open(anchor, content, { label, role = "menu", back = anchor, closed, className = "", focus }) {
    if (this.isOpen) this.close(false);
    this.#anchor = anchor;
    this.#back = back;
    this.#closed = closed ?? null;
    this.box.className = `popover ${className}`;
    this.box.setAttribute("role", role);
    this.box.setAttribute("aria-label", label);
    this.box.hidden = false;
    render(content, this.box);
    anchor.setAttribute("aria-expanded", "true");
    this.#place();
    const first = focus ? this.box.querySelector(focus) : null;
    // Where nothing can be pressed the box itself has the focus: it hears Esc, and scrolls.
    /** @type {HTMLElement} */ (first ?? this.box.querySelector(ITEMS) ?? this.box).focus();
  }

  /** Draw other content in the popover that is open. @param {import("lit-html").TemplateResult} content */
  show(content) {
    render(content, this.box);
    this.#place();
  }

  /** The content is another one: begin at its top. */
  focusFirst() {
    /** @type {HTMLElement | null} */ (this.box.querySelector(ITEMS))?.focus();
  }

  /** @param {boolean} [giveBack] the focus */
  close(giveBack = true) {
    if (!this.#anchor) return;
    const held = this.box.contains(document.activeElement);
    this.#anchor.setAttribute("aria-expanded", "false");
    this.#anchor = null;
    this.box.hidden = true;
    render(html``, this.box);
    if (giveBack && held) this.#back?.focus({ preventScroll: true });
    this.#closed?.();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return this.close();
    }
    if (event.key === "Tab") {
      this.close();
      return;
    }
    const items = /** @type {HTMLElement[]} */ ([...this.box.querySelectorAll(ITEMS)]).filter((i) => i.offsetParent);
    const shown = isWriting(event.target) ? undefined : entryOf(event, items);
    if (shown) {
      event.preventDefault();
      event.stopPropagation();
      return shown.click();
    }
    const way = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const target = /** @type {HTMLElement} */ (event.target);
    if (!way || target.matches("input:not([type=radio], [type=checkbox]), select")) return;
    event.stopPropagation();
    if (!items.length) return;
    event.preventDefault();
    const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    items[(at + way + items.length) % items.length]?.focus();
  }

  /** @param {Event} event */
  #outside(event) {
    const target = /** @type {Node} */ (event.target);
    if (this.#anchor && !this.box.contains(target) && !this.#anchor.contains(target)) this.close(false);
  }

  /** Below the anchor, above where there is no room, never outside the page. */
  #place() {
    if (!this.#anchor) return;
    const { style } = this.box;
    style.left = style.top = style.maxHeight = "";
    if (matchMedia("(max-width: 719px)").matches) return;
    const at = this.#anchor.getBoundingClientRect();
    const { offsetWidth: w, offsetHeight: h } = this.box;
    const below = innerHeight - at.bottom - AWAY * 2;
    const above = at.top - AWAY * 2;
    const up = h > below && above > below;
    const height = Math.min(h, up ? above : below);
    const left = Math.max(AWAY, Math.min(at.left, innerWidth - w - AWAY));
    style.left = `${left}px`;
    style.top = `${up ? at.top - AWAY - height : at.bottom + AWAY}px`;
    style.maxHeight = `${up ? above : below}px`;
  }
}
