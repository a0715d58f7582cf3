/**
 * Every item has a place of its own (P2.3, hundredths of a pixel). A cluster lies around its notes, which flow in it.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../camera.js").Rect} Rect
 */
import { NOTE_LEAST, NOTE_WIDTH } from "../metrics.js";
import { GAP } from "./flow.js";

const CLUSTER_HEAD = 46;
const CLUSTER_PAD = 14;
const ACROSS = 2;
const ROOM = 240;

/** @param {import("./flow.js").Source & {loose: readonly Item[]}} source @returns {import("./flow.js").Plan} */
export function free(source) {
  /** @type {import("./flow.js").Plan} */
  const plan = { rects: new Map(), regions: new Map(), slots: new Map(), order: [], bounds: { x: 0, y: 0, w: 1, h: 1 } };
  for (const item of source.loose) {
    plan.order.push(item.id);
    if (item.kind === "cluster") placeCluster(plan, source, item);
    else plan.rects.set(item.id, placeOf(item, source));
  }
  plan.bounds = around([...plan.rects.values()]);
  return plan;
}

/** @param {Item} item @param {import("./flow.js").Source} source @returns {Rect} */
function placeOf(item, source) {
  const x = (item.x ?? 0) / 100;
  const y = (item.y ?? 0) / 100;
  if (item.kind === "note") return { x, y, w: NOTE_WIDTH, h: source.height(item) };
  if (item.kind === "heading") return { x, y, w: 480, h: 44 };
  return { x, y, w: (item.w ?? 18400) / 100, h: (item.h ?? 12800) / 100 };
}

/** @param {import("./flow.js").Plan} plan @param {import("./flow.js").Source} source @param {Item} cluster */
function placeCluster(plan, source, cluster) {
  const left = (cluster.x ?? 0) / 100;
  const top = (cluster.y ?? 0) / 100;
  const members = source.members(cluster.id);
  const across = Math.min(ACROSS, Math.max(1, members.length));
  let y = top + CLUSTER_HEAD;
  for (let i = 0; i < members.length; i += across) {
    const row = members.slice(i, i + across);
    const h = Math.max(...row.map((m) => source.height(m)));
    row.forEach((m, k) => {
      plan.rects.set(m.id, { x: left + CLUSTER_PAD + k * (NOTE_WIDTH + GAP), y, w: NOTE_WIDTH, h });
      plan.order.push(m.id);
    });
    y += h + GAP;
  }
  const w = across * NOTE_WIDTH + (across - 1) * GAP + 2 * CLUSTER_PAD;
  const bottom = members.length ? y - GAP + CLUSTER_PAD : top + CLUSTER_HEAD + NOTE_LEAST / 2;
  plan.rects.set(cluster.id, { x: left, y: top, w, h: bottom - top });
}

/** Everything, with some room beside it. @param {Rect[]} rects @returns {Rect} */
function around(rects) {
  if (!rects.length) return { x: 0, y: 0, w: 1318, h: 588 };
  const x = Math.min(...rects.map((r) => r.x));
  const y = Math.min(...rects.map((r) => r.y));
  const right = Math.max(...rects.map((r) => r.x + r.w));
  const bottom = Math.max(...rects.map((r) => r.y + r.h));
  return { x: x - 40, y: y - 40, w: Math.max(ROOM, right - x + 80), h: Math.max(ROOM, bottom - y + 80) };
}
