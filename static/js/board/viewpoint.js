/** What somebody sees of a board: what lies between the bars, the zone in the middle of it. And how to see as much. */

/** The largest and the smallest view that is passed on (px). */
const [LEAST, MOST] = [100, 20_000];

/** @typedef {{x?: number, y?: number, w?: number, h?: number, region?: string, item?: string}} View 1/100 px */
/**
 * @typedef {{
 *   model: import("./model.js").Model, surface: import("./surface.js").Surface, phone: import("./phone.js").Phone,
 *   list: import("./list.js").List, look: import("./tools/look.js").Look, insets: () => import("./camera.js").Insets,
 * }} Parts
 */
export class Viewpoint {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** Mine. @returns {View} */
  get mine() {
    const { phone } = this.parts;
    const region = phone.isOpen ? phone.zone : this.#middle();
    return { ...(phone.isOpen ? {} : this.#rect()), ...(region ? { region } : {}) };
  }

  /** See as much as somebody else: their zone on a phone and in the list. @param {View} view @param {number} [ms] how long the way takes */
  see({ x = 0, y = 0, w, h, region, item }, ms) {
    const { phone, list, model, surface, look, insets } = this.parts;
    if (list.isOpen) return list.lookAt(region ?? "", item ?? "");
    const pointed = item ? model.item(item) : undefined;
    if (phone.isOpen) {
      const zone = (pointed && model.regionOf(pointed)) ?? region;
      if (zone && model.item(zone)) phone.setZone(zone);
      return item ? phone.lookAt(item) : undefined;
    }
    if (!surface.size.w) return;
    const rect = w && h ? { x: x / 100, y: y / 100, w: w / 100, h: h / 100 } : surface.rectOf(region ?? item ?? "");
    if (rect) look.glideTo(look.camera.fitted(rect, surface.size, insets(), { whole: true, least: 0.1, most: 2 }), ms);
  }

  #rect() {
    const { surface, look, insets, list } = this.parts;
    const { size } = surface;
    if (list.isOpen || !size.w) return {};
    const { top, right, bottom, left } = insets();
    const from = look.camera.toWorld({ x: left, y: top });
    const to = look.camera.toWorld({ x: size.w - right, y: size.h - bottom });
    const side = (/** @type {number} */ px) => Math.round(Math.min(MOST, Math.max(LEAST, px)) * 100);
    return { x: Math.round(from.x * 100), y: Math.round(from.y * 100), w: side(to.x - from.x), h: side(to.y - from.y) };
  }

  /** The zone that is in the middle of the view, or nearest to it. */
  #middle() {
    const { surface, model, list, look } = this.parts;
    if (list.isOpen) return list.zone;
    if (!surface.size.w) return null;
    const { x, y } = look.camera.toWorld({ x: surface.size.w / 2, y: surface.size.h / 2 });
    const far = (/** @type {string} */ id) => {
      const r = surface.rectOf(id);
      return r ? Math.hypot(Math.max(r.x - x, 0, x - r.x - r.w), Math.max(r.y - y, 0, y - r.y - r.h)) : Infinity;
    };
    const ids = model.regions.map((r) => r.id);
    return ids.length ? ids.reduce((best, id) => (far(id) < far(best) ? id : best)) : null;
  }
}
