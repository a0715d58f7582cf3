/**
 * A corner to hold on to: frames and images of a free board are made larger or smaller by it. The same is in the item's
 * menu, for keys.
 */

const SNAP = 8;
const LEAST = 80;
const KINDS = new Set(["frame", "image"]);

export class Resize {
  /** @type {{id: string, x: number, y: number, w: number, h: number} | null} */
  #held = null;

  /**
   * @param {{
   *   surface: import("../surface.js").Surface, selection: import("../selection.js").Selection,
   *   size: (id: string, w: number, h: number) => void,
   * }} parts `size` in hundredths of a pixel
   */
  constructor(parts) {
    this.parts = parts;
    const { surface } = parts;
    this.handle = document.createElement("div");
    this.handle.className = "resize";
    this.handle.hidden = true;
    surface.root.append(this.handle);
    surface.addEventListener("drawn", () => this.draw());
    this.handle.addEventListener("pointerdown", (e) => this.#down(e));
    this.handle.addEventListener("pointermove", (e) => this.#move(e));
    this.handle.addEventListener("pointerup", (e) => this.#up(e));
    this.handle.addEventListener("pointercancel", () => this.#drop());
  }

  draw() {
    const { surface, selection } = this.parts;
    const id = selection.only;
    const item = id ? surface.model.item(id) : undefined;
    const rect = id ? surface.rectOf(id) : undefined;
    const may = item && KINDS.has(item.kind) && !surface.model.flows && surface.model.may("move", item);
    this.handle.hidden = !may || !rect;
    if (this.handle.hidden || !rect || this.#held) return;
    const on = surface.camera.rectToScreen(rect);
    this.handle.style.translate = `${Math.round(on.x + on.w)}px ${Math.round(on.y + on.h)}px`;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const id = this.parts.selection.only;
    const rect = id ? this.parts.surface.rectOf(id) : undefined;
    if (!id || !rect) return;
    event.preventDefault();
    event.stopPropagation();
    this.handle.setPointerCapture(event.pointerId);
    this.#held = { id, x: event.clientX, y: event.clientY, w: rect.w, h: rect.h };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const held = this.#held;
    const node = held && this.parts.surface.elementOf(held.id);
    if (!held || !node) return;
    event.stopPropagation();
    const { w, h } = this.#sizeAt(event);
    node.style.width = `${w}px`;
    node.style.height = `${h}px`;
    const { left, top } = this.parts.surface.root.getBoundingClientRect();
    this.handle.style.translate = `${event.clientX - left}px ${event.clientY - top}px`;
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const held = this.#held;
    if (!held) return;
    event.stopPropagation();
    const { w, h } = this.#sizeAt(event);
    this.#drop();
    if (w !== held.w || h !== held.h) this.parts.size(held.id, w * 100, h * 100);
  }

  #drop() {
    const held = this.#held;
    this.#held = null;
    if (held) this.parts.surface.offset([held.id], 0, 0);
    this.parts.surface.offset([], 0, 0);
  }

  /** An image keeps its shape. @param {PointerEvent} event */
  #sizeAt(event) {
    const held = this.#held ?? { id: "", x: 0, y: 0, w: 0, h: 0 };
    const { camera, model } = this.parts.surface;
    const w = Math.max(LEAST, Math.round((held.w + (event.clientX - held.x) / camera.zoom) / SNAP) * SNAP);
    if (model.item(held.id)?.kind === "image") return { w, h: Math.round((w * held.h) / held.w) };
    return { w, h: Math.max(LEAST, Math.round((held.h + (event.clientY - held.y) / camera.zoom) / SNAP) * SNAP) };
  }
}
