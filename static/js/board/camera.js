/**
 * Where on the plane this person looks: `screen = world × zoom + offset`. Numbers only, no DOM.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Rect
 * @typedef {{x: number, y: number}} Point
 * @typedef {{w: number, h: number}} Size
 * @typedef {{top: number, right: number, bottom: number, left: number}} Insets
 */

export const LEAST = 0.05;
export const MOST = 2;
const STEPS = [0.1, 0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2];

export class Camera {
  x = 0;
  y = 0;
  zoom = 1;
  /** As far out as makes sense for what is on the board. */
  least = LEAST;

  /** @param {Point} p */
  toWorld(p) {
    return { x: (p.x - this.x) / this.zoom, y: (p.y - this.y) / this.zoom };
  }

  /** @param {Point} p */
  toScreen(p) {
    return { x: p.x * this.zoom + this.x, y: p.y * this.zoom + this.y };
  }

  /** @param {Rect} r @returns {Rect} */
  rectToScreen(r) {
    const { x, y } = this.toScreen(r);
    return { x, y, w: r.w * this.zoom, h: r.h * this.zoom };
  }

  /** @param {number} dx @param {number} dy in pixels on the screen */
  panBy(dx, dy) {
    this.x += dx;
    this.y += dy;
  }

  /** Zoom so that what lies under `at` stays there. @param {number} zoom @param {Point} at */
  zoomTo(zoom, at) {
    const next = Math.min(MOST, Math.max(this.least, zoom));
    const ratio = next / this.zoom;
    this.x = at.x - (at.x - this.x) * ratio;
    this.y = at.y - (at.y - this.y) * ratio;
    this.zoom = next;
  }

  /** The next of the steps that + and − go through. @param {1 | -1} way */
  step(way) {
    const near = 0.001;
    return way > 0
      ? (STEPS.find((s) => s > this.zoom + near) ?? MOST)
      : (STEPS.findLast((s) => s < this.zoom - near) ?? this.least);
  }

  /**
   * What of the plane is in view, with a margin of so many view sizes on each side.
   * @param {Size} view @param {number} [margin] @returns {Rect}
   */
  seen(view, margin = 0) {
    const { x, y } = this.toWorld({ x: -view.w * margin, y: -view.h * margin });
    const grow = (1 + 2 * margin) / this.zoom;
    return { x, y, w: view.w * grow, h: view.h * grow };
  }

  /**
   * The place from which `rect` is seen between the bars: `whole` shows all of it, otherwise it fills the width and
   * starts at the top.
   * @param {Rect} rect @param {Size} view @param {Insets} insets
   * @param {{whole: boolean, least: number, most: number}} how
   */
  fitted(rect, view, insets, { whole, least, most }) {
    const room = { w: view.w - insets.left - insets.right, h: view.h - insets.top - insets.bottom };
    const across = room.w / Math.max(rect.w, 1);
    const down = room.h / Math.max(rect.h, 1);
    const zoom = Math.min(most, Math.max(least, whole ? Math.min(across, down) : across));
    const slackX = Math.max(0, room.w - rect.w * zoom) / 2;
    const slackY = whole ? Math.max(0, room.h - rect.h * zoom) / 2 : 0;
    return { zoom, x: insets.left + slackX - rect.x * zoom, y: insets.top + slackY - rect.y * zoom };
  }

  /** The place from which `rect` lies in the middle between the bars. @param {Rect} rect @param {Size} view @param {Insets} insets @param {number} zoom */
  centred(rect, view, insets, zoom) {
    const x = (insets.left + view.w - insets.right) / 2 - (rect.x + rect.w / 2) * zoom;
    const y = (insets.top + view.h - insets.bottom) / 2 - (rect.y + rect.h / 2) * zoom;
    return { zoom, x, y };
  }

  /**
   * The place from which `rect` is seen again by the shortest way: in the middle where it was out of view, and where it
   * was not, across or down, everything beside it stays.
   * @param {Rect} rect @param {Size} view @param {Insets} insets
   */
  nearing(rect, view, insets) {
    const by = this.reveal(rect, view, insets);
    const to = this.centred(rect, view, insets, this.zoom);
    return { zoom: this.zoom, x: by.x ? to.x : this.x, y: by.y ? to.y : this.y };
  }

  /**
   * How far to pan so that `rect` is clear of the bars; nothing when it is.
   * @param {Rect} rect @param {Size} view @param {Insets} insets
   */
  reveal(rect, view, insets) {
    const on = this.rectToScreen(rect);
    return {
      x: nudge(on.x, on.w, insets.left, view.w - insets.right),
      y: nudge(on.y, on.h, insets.top, view.h - insets.bottom),
    };
  }

  /**
   * Keep at least a strip of the board in view, so that nobody gets lost beside it.
   * @param {Rect} bounds @param {Size} view @param {number} strip
   */
  keepNear(bounds, view, strip) {
    const on = this.rectToScreen(bounds);
    this.x += hold(on.x, on.w, view.w, strip);
    this.y += hold(on.y, on.h, view.h, strip);
  }

  /** @param {{x: number, y: number, zoom: number}} place */
  set(place) {
    this.x = place.x;
    this.y = place.y;
    this.zoom = place.zoom;
  }

  get place() {
    return { x: this.x, y: this.y, zoom: this.zoom };
  }

  /** Full words, no names, first lines only, or sheets alone (design 7). */
  get level() {
    if (this.zoom >= 0.795) return "near";
    if (this.zoom >= 0.595) return "mid";
    return this.zoom >= 0.35 ? "far" : "sheets";
  }
}

/** @param {number} at @param {number} size @param {number} from @param {number} to */
function nudge(at, size, from, to) {
  if (at < from || size > to - from) return from - at;
  return at + size > to ? to - at - size : 0;
}

/** @param {number} at @param {number} size @param {number} view @param {number} strip */
function hold(at, size, view, strip) {
  if (at + size < strip) return strip - at - size;
  return at > view - strip ? view - strip - at : 0;
}

/** Do two rectangles share any ground? @param {Rect} a @param {Rect} b */
export function overlap(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** @param {Rect} r @param {Point} p */
export function holds(r, p) {
  return p.x >= r.x && p.x < r.x + r.w && p.y >= r.y && p.y < r.y + r.h;
}
