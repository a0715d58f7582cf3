/**
 * Where dragged items would land: between which neighbours, in which region or cluster, and the mark that shows it.
 * Pure, so that keys and tests can ask it too.
 *
 * @typedef {import("../camera.js").Rect} Rect
 * @typedef {import("../camera.js").Point} Point
 * @typedef {import("../model.js").Item} Item
 * @typedef {{region: string, cluster: string | null, index: number, mark: Rect}} Drop
 */
import { holds } from "../camera.js";
import { GAP } from "./flow.js";

/**
 * @param {import("./flow.js").Plan} plan
 * @param {{entries: (region: string) => readonly Item[], members: (cluster: string) => readonly Item[]}} source
 * @param {readonly string[]} ids what is being dragged
 * @param {Point} p in the world
 * @param {boolean} intoClusters may what is dragged lie in a cluster?
 * @returns {Drop | null}
 */
export function dropAt(plan, source, ids, p, intoClusters) {
  const region = nearestRegion(plan, p);
  if (!region) return null;
  const entries = source.entries(region).filter((e) => !ids.includes(e.id));
  const cluster = intoClusters ? entries.find((e) => e.kind === "cluster" && inside(plan.rects.get(e.id), p)) : undefined;
  if (cluster) {
    const members = source.members(cluster.id).filter((m) => !ids.includes(m.id));
    const fallback = /** @type {Rect} */ (plan.rects.get(cluster.id));
    return { region, cluster: cluster.id, ...among(members, plan, p, { ...fallback, h: 46 }) };
  }
  const slot = plan.slots.get(region) ?? { ...p, w: 184, h: 128 };
  return { region, cluster: null, ...among(entries, plan, p, slot) };
}

/** The note in whose middle the pointer is: staying there groups the two. @param {import("./flow.js").Plan} plan @param {Iterable<Item>} notes @param {readonly string[]} ids @param {Point} p */
export function noteUnder(plan, notes, ids, p) {
  for (const note of notes) {
    if (note.kind !== "note" || ids.includes(note.id)) continue;
    const r = plan.rects.get(note.id);
    if (r && holds({ x: r.x + r.w * 0.22, y: r.y + r.h * 0.2, w: r.w * 0.56, h: r.h * 0.6 }, p)) return note.id;
  }
  return null;
}

/** @param {readonly Item[]} items @param {import("./flow.js").Plan} plan @param {Point} p @param {Rect} end */
function among(items, plan, p, end) {
  for (const [index, item] of items.entries()) {
    const r = plan.rects.get(item.id);
    if (!r) continue;
    const above = p.y < r.y - GAP / 2;
    const left = p.y <= r.y + r.h + GAP / 2 && p.x < r.x + r.w / 2;
    if (above || left) return { index, mark: { x: r.x - GAP / 2 - 2, y: r.y, w: 4, h: r.h } };
  }
  return { index: items.length, mark: end };
}

/** @param {import("./flow.js").Plan} plan @param {Point} p */
function nearestRegion(plan, p) {
  let best = null;
  let far = Infinity;
  for (const [id, r] of plan.regions) {
    const away = Math.max(r.x - p.x, 0, p.x - r.x - r.w);
    if (away < far) [best, far] = [id, away];
  }
  return best;
}

/** @param {Rect | undefined} r @param {Point} p */
function inside(r, p) {
  return r !== undefined && holds(r, p);
}
