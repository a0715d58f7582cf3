/**
 * Looking around: wheel, trackpad, drag on empty ground, two fingers, and camera moves that glide. Changes the camera
 * and nothing else.
 */
import { LEAST, overlap } from "../camera.js";
import { stillness } from "../../lib/dom.js";

const GLIDE_MS = 420;
/** Words can be read from here on (design 7); who wants to read is taken a step nearer. */
const READABLE = 0.6;
const READING = 0.8;
const STRIP = 120;
/** A small board is not looked at from further off than this. */
const FAR = 0.25;

export class Look {
  #glide = 0;
  /** @type {Map<number, {x: number, y: number}>} */
  #fingers = new Map();
  /** Somebody else shows the way: what the page does by itself does not move the board. */
  isLed = false;

  /**
   * @param {import("../surface.js").Surface} surface
   * @param {() => import("../camera.js").Insets} insets how much of the view the bars cover
   * @param {AbortSignal} signal
   */
  constructor(surface, insets, signal) {
    this.surface = surface;
    this.camera = surface.camera;
    this.insets = insets;
    const { root } = surface;
    root.addEventListener("wheel", (e) => this.#wheel(e), { passive: false, signal });
    // Capture: two fingers on notes are a pinch, before anything takes them for a press.
    root.addEventListener("pointerdown", (e) => this.#down(e), { capture: true, signal });
    root.addEventListener("pointermove", (e) => this.#move(e), { capture: true, signal });
    for (const type of ["pointerup", "pointercancel"]) {
      root.addEventListener(type, (e) => this.#fingers.delete(/** @type {PointerEvent} */ (e).pointerId), { capture: true, signal });
    }
  }

  /** Are two fingers on the board? */
  get pinching() {
    return this.#fingers.size > 1;
  }

  /** This person looks elsewhere, by their own hand. */
  steer() {
    this.surface.dispatchEvent(new Event("steered"));
  }

  /** @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.#stop();
    this.camera.panBy(dx, dy);
    this.#moved();
  }

  /** @param {number} zoom @param {{x: number, y: number}} [at] the middle, if not said */
  zoom(zoom, at) {
    this.#stop();
    const { plan, size } = this.surface;
    const { w, h } = size;
    this.camera.least = Math.min(FAR, this.camera.fitted(plan.bounds, size, this.insets(), { whole: true, least: LEAST, most: 1 }).zoom * 0.8);
    this.camera.zoomTo(zoom, at ?? { x: w / 2, y: h / 2 });
    this.#moved();
  }

  /** @param {1 | -1} way */
  step(way) {
    this.steer();
    this.zoom(this.camera.step(way));
  }

  /** Everything between the bars. */
  fit() {
    this.steer();
    const { plan, size } = this.surface;
    this.glideTo(this.camera.fitted(plan.bounds, size, this.insets(), { whole: true, least: LEAST, most: 1 }));
  }

  /** Where people land: regions fill the width, from the top. */
  land() {
    const { plan, size } = this.surface;
    this.#stop();
    this.camera.set(this.camera.fitted(plan.bounds, size, this.insets(), { whole: false, least: 0.7, most: Math.min(1.4, Math.max(1, size.w / 1366)) }));
    this.surface.draw();
    return this.camera.zoom;
  }

  /** Bring an item clear of the bars. @param {import("../camera.js").Rect} rect @param {boolean} [own] this person went there */
  reveal(rect, own = false) {
    if (this.isLed && !own) return;
    const by = this.camera.reveal(rect, this.surface.size, this.insets());
    if (!by.x && !by.y) return;
    if (own) this.steer();
    this.glideTo({ x: this.camera.x + by.x, y: this.camera.y + by.y, zoom: this.camera.zoom }, 180);
  }

  /**
   * Bring an item near enough to be read. From afar its place is a guess: heights are measured once it is near.
   * @param {() => import("../camera.js").Rect | undefined} where it lies
   */
  approach(where) {
    const rect = where();
    if (!rect) return;
    if (this.camera.zoom >= READABLE) return this.reveal(rect, true);
    this.steer();
    const { size } = this.surface;
    this.glideTo(this.camera.centred(rect, size, this.insets(), READING), GLIDE_MS, () => {
      this.surface.drawNow();
      const there = where();
      if (there) this.reveal(there, true);
    });
  }

  /** Is any of these in view? @param {Iterable<import("../camera.js").Rect>} rects */
  sees(rects) {
    const seen = this.camera.seen(this.surface.size);
    for (const rect of rects) if (overlap(rect, seen)) return true;
    return false;
  }

  /** To the nearest of these, as near as one is. @param {import("../camera.js").Rect[]} rects */
  toNearest(rects) {
    const { size } = this.surface;
    const { x, y } = this.camera.toWorld({ x: size.w / 2, y: size.h / 2 });
    const far = (/** @type {import("../camera.js").Rect} */ r) => Math.hypot(r.x + r.w / 2 - x, r.y + r.h / 2 - y);
    const [nearest] = [...rects].sort((a, b) => far(a) - far(b));
    if (nearest) this.glideTo(this.camera.nearing(nearest, size, this.insets()));
  }

  /** @param {{x: number, y: number, zoom: number}} to @param {number} [ms] @param {() => void} [there] when it has come there */
  glideTo(to, ms = GLIDE_MS, there = () => {}) {
    this.#stop();
    if (stillness()) {
      this.camera.set(to);
      this.#moved();
      return there();
    }
    const from = this.camera.place;
    const start = performance.now();
    /** @param {number} now */
    const step = (now) => {
      const k = Math.min(1, Math.max(0, (now - start) / ms));
      const e = 1 - (1 - k) ** 3;
      // Zoom changes by ratio, so that the way there looks even.
      const zoom = from.zoom * (to.zoom / from.zoom) ** e;
      const f = to.zoom === from.zoom ? e : (zoom - from.zoom) / (to.zoom - from.zoom);
      this.camera.set({ x: from.x + (to.x - from.x) * f, y: from.y + (to.y - from.y) * f, zoom });
      this.#glide = k < 1 ? requestAnimationFrame(step) : 0;
      this.#moved();
      if (k === 1) there();
    };
    this.#glide = requestAnimationFrame(step);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    // Plain Ctrl+wheel is also what a trackpad's pinch sends. Browser zoom keys are never taken.
    event.preventDefault();
    this.steer();
    const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? this.surface.size.h : 1;
    if (event.ctrlKey || event.metaKey) {
      const at = this.#local(event);
      return this.zoom(this.camera.zoom * 2 ** (-event.deltaY * unit * 0.01 * (Math.abs(event.deltaY) > 40 ? 0.25 : 1)), at);
    }
    const across = event.shiftKey && !event.deltaX;
    this.pan(-(across ? event.deltaY : event.deltaX) * unit, -(across ? 0 : event.deltaY) * unit);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType !== "touch") return;
    this.#fingers.set(event.pointerId, this.#local(event));
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const old = this.#fingers.get(event.pointerId);
    if (!old) return;
    const now = this.#local(event);
    const [other] = [...this.#fingers].filter(([id]) => id !== event.pointerId).map(([, p]) => p);
    this.#fingers.set(event.pointerId, now);
    if (!other) return;
    event.stopPropagation();
    this.steer();
    const was = Math.hypot(old.x - other.x, old.y - other.y) || 1;
    const is = Math.hypot(now.x - other.x, now.y - other.y);
    this.camera.panBy((now.x - old.x) / 2, (now.y - old.y) / 2);
    this.zoom(Math.min(2, Math.max(0.25, (this.camera.zoom * is) / was)), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
  }

  /** @param {MouseEvent} event */
  #local(event) {
    return this.surface.pointOf(event);
  }

  #stop() {
    cancelAnimationFrame(this.#glide);
    this.#glide = 0;
  }

  #moved() {
    this.camera.keepNear(this.surface.plan.bounds, this.surface.size, STRIP);
    this.surface.moving();
    this.surface.dispatchEvent(new Event("camera"));
  }
}
