/** Which item lies that way: how arrows, Home, End and Page keys walk over the board. Pure. */

/**
 * @typedef {import("./camera.js").Rect} Rect
 * @typedef {"left" | "right" | "up" | "down"} Way
 */

/**
 * The nearest item that way; straight ahead counts more than near by.
 * @param {ReadonlyMap<string, Rect>} rects @param {string} from @param {Way} way @param {(id: string) => boolean} wanted
 */
export function nearest(rects, from, way, wanted) {
  const start = rects.get(from);
  if (!start) return null;
  const c = centre(start);
  let best = null;
  let least = Infinity;
  for (const [id, rect] of rects) {
    if (id === from || !wanted(id)) continue;
    const o = centre(rect);
    const dx = o.x - c.x;
    const dy = o.y - c.y;
    const [ahead, aside] = way === "left" ? [-dx, dy] : way === "right" ? [dx, dy] : way === "up" ? [-dy, dx] : [dy, dx];
    if (ahead <= 1) continue;
    const far = ahead + 2.5 * Math.abs(aside);
    if (far < least) [best, least] = [id, far];
  }
  return best;
}

/** @param {Rect} r */
function centre(r) {
  return { x: r.x + r.w / 2, y: r.y + Math.min(r.h, 120) / 2 };
}
