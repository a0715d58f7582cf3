/**
 * The pointer on the board: press to select, press and move to carry, press on empty ground to look around, with Shift
 * to draw a frame round several. A finger carries what is selected, or what it has held for a moment.
 */
import { Carry } from "./carry.js";
import { Marquee } from "./marquee.js";

const SLACK = 4;
const HOLD_MS = 350;
const TWICE_MS = 400;

/**
 * @typedef {{
 *   edit: (id: string) => void, open: (id: string) => void, writeAt: (point: {x: number, y: number}) => void,
 *   picked: (id: string) => boolean,
 * }} Wishes what the pointer asks of the rest of the board; `picked` is true when someone was waiting for an item
 */
export class Hand {
  /** @type {{id: string | null, title: string | null, x: number, y: number, touch: boolean, more: boolean, shift: boolean, pointer: number} | null} */
  #press = null;
  /** @type {Carry | null} */
  #carry = null;
  /** @type {Marquee | null} */
  #marquee = null;
  #panning = false;
  #hold = 0;
  /** @type {{at: number, id: string | null}} */
  #last = { at: 0, id: null };

  /**
   * @param {{
   *   surface: import("../surface.js").Surface, look: import("./look.js").Look, acts: import("../acts.js").Acts,
   *   selection: import("../selection.js").Selection, wishes: Wishes, shareDrag: (drag: any) => void, signal: AbortSignal,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { root } = parts.surface;
    const { signal } = parts;
    root.addEventListener("pointerdown", (e) => this.#down(e), { signal });
    root.addEventListener("pointermove", (e) => this.#move(e), { signal });
    root.addEventListener("pointerup", (e) => this.#up(e), { signal });
    root.addEventListener("pointercancel", () => this.cancel(), { signal });
    root.addEventListener("contextmenu", (e) => this.#press?.touch && e.preventDefault(), { signal });
  }

  get busy() {
    return Boolean(this.#carry ?? this.#marquee);
  }

  /** Put everything back where it was. */
  cancel() {
    clearTimeout(this.#hold);
    this.#carry?.cancel();
    this.#marquee?.end();
    this.#carry = this.#marquee = this.#press = null;
    this.#panning = false;
    this.parts.surface.root.classList.remove("is-panning");
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("button, textarea, a, input") || event.button > 1 || this.parts.look.pinching) return this.cancel();
    const holder = /** @type {HTMLElement | null} */ (target.closest("[data-id]"));
    const item = holder?.dataset.id ? this.parts.surface.model.item(holder.dataset.id) : undefined;
    const { model } = this.parts.surface;
    // What was set up is ground for everybody else.
    const ground = !item || item.kind === "region" || (item.protected && !model.may("move", item) && item.kind !== "note");
    const id = ground || event.button !== 0 ? null : item.id;
    const touch = event.pointerType === "touch";
    const title = item?.kind === "region" && target.closest(".zone__t") && model.may("set_up") ? item.id : null;
    this.#press = {
      id, title, touch, x: event.clientX, y: event.clientY, pointer: event.pointerId,
      more: event.ctrlKey || event.metaKey || event.shiftKey, shift: event.shiftKey,
    };
    // The browser would start to select words, or scroll, and take the focus from the field on its own.
    if (!touch) event.preventDefault();
    if (id && touch && !this.#isSelected(id)) {
      this.#hold = window.setTimeout(() => this.#startCarry(id), HOLD_MS);
    }
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const press = this.#press;
    if (!press || press.pointer !== event.pointerId) return;
    if (this.parts.look.pinching) return this.cancel();
    const dx = event.clientX - press.x;
    const dy = event.clientY - press.y;
    if (this.#carry) return this.#carry.to(event.clientX, event.clientY);
    if (this.#marquee) return this.#marquee.to(event.clientX, event.clientY);
    if (this.#panning) return this.#pan(event);
    if (Math.hypot(dx, dy) < SLACK * (press.touch ? 2 : 1)) return;
    clearTimeout(this.#hold);
    this.parts.surface.root.setPointerCapture(event.pointerId);
    if (press.id && (!press.touch || this.#isSelected(press.id))) this.#startCarry(press.id);
    else if (press.shift && !press.id) this.#marquee = new Marquee(this.parts, press);
    else this.#panning = true;
    this.parts.surface.root.classList.toggle("is-panning", this.#panning);
    this.#move(event);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const press = this.#press;
    clearTimeout(this.#hold);
    if (!press || press.pointer !== event.pointerId) return;
    if (this.#carry) this.#carry.drop();
    else if (!this.#marquee && !this.#panning) this.#click(press, event);
    this.#carry = null;
    this.cancel();
  }

  /** @param {{id: string | null, title: string | null, touch: boolean, more: boolean}} press @param {PointerEvent} event */
  #click({ id, title, touch, more }, event) {
    const { selection, wishes, surface } = this.parts;
    const twice = event.timeStamp - this.#last.at < TWICE_MS && this.#last.id === id;
    this.#last = { at: event.timeStamp, id };
    if (!id) {
      if (twice && title) return wishes.edit(title);
      if (twice) return wishes.writeAt(surface.camera.toWorld(this.#local(event)));
      return selection.clear();
    }
    if (wishes.picked(id)) return void (this.#last = { at: 0, id: null });
    if (more) return selection.toggle(id);
    if (twice && !touch) return wishes.edit(id);
    if (touch && selection.only === id) return wishes.open(id);
    selection.set([id]);
    surface.elementOf(id)?.focus({ preventScroll: true });
  }

  /** @param {string} id */
  #startCarry(id) {
    const { selection, surface } = this.parts;
    const press = this.#press;
    if (!press) return;
    if (!this.#isSelected(id)) selection.set([id]);
    const ids = selection.ids.filter((i) => {
      const item = surface.model.item(i);
      return item && surface.model.may("move", item) && !surface.model.isLine(item);
    });
    if (ids.length) this.#carry = new Carry(this.parts, ids, press.x, press.y);
    else this.#panning = true;
  }

  /** @param {string} id */
  #isSelected(id) {
    return this.parts.selection.has(id);
  }

  /** @param {PointerEvent} event */
  #pan(event) {
    const press = this.#press;
    if (!press) return;
    this.parts.look.steer();
    this.parts.look.pan(event.clientX - press.x, event.clientY - press.y);
    press.x = event.clientX;
    press.y = event.clientY;
  }

  /** @param {MouseEvent} event */
  #local(event) {
    return this.parts.surface.pointOf(event);
  }
}
