/**
 * Every item has a place of its own (P2.3, hundredths of a pixel). A cluster lies around its notes, which flow in it.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../camera.js").Rect} Rect
 */
import { holds, overlap } from "../camera.js";
import { NOTE_LEAST, NOTE_WIDTH } from "../metrics.js";
import { GAP } from "./flow.js";

const CLUSTER_HEAD = 46;
const CLUSTER_PAD = 14;
const ACROSS = 2;
const ROOM = 240;
const SNAP = 8;
const RINGS = 24;

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
  if (item.kind === "note") return { x, y, w: source.noteWidth ?? NOTE_WIDTH, h: source.height(item) };
  if (item.kind === "factor" && source.card) return { x, y, ...source.card(item) };
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
  const ground = { x: left, y: top, w: 0, h: 0 };
  plan.rects.set(cluster.id, ground);
  for (let i = 0; i < members.length; i += across) {
    const row = members.slice(i, i + across);
    const h = Math.max(...row.map((m) => source.height(m)));
    row.forEach((m, k) => {
      plan.rects.set(m.id, { x: left + CLUSTER_PAD + k * (NOTE_WIDTH + GAP), y, w: NOTE_WIDTH, h });
      plan.order.push(m.id);
    });
    y += h + GAP;
  }
  ground.w = across * NOTE_WIDTH + (across - 1) * GAP + 2 * CLUSTER_PAD;
  const bottom = members.length ? y - GAP + CLUSTER_PAD : top + CLUSTER_HEAD + NOTE_LEAST / 2;
  ground.h = bottom - top;
}

/**
 * With what lies in the frames among these: a frame that is moved takes it along. What is in a group comes with its group.
 * @param {import("./flow.js").Plan} plan @param {ReadonlyMap<string, Item>} items @param {readonly string[]} ids @returns {string[]}
 */
export function withContents(plan, items, ids) {
  const all = new Set(ids);
  for (const frame of ids) {
    const ground = items.get(frame)?.kind === "frame" ? plan.rects.get(frame) : undefined;
    if (!ground) continue;
    for (const [id, rect] of plan.rects) {
      const item = items.get(id);
      const middle = { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 };
      const smaller = rect.w * rect.h < ground.w * ground.h;
      if (item && item.kind !== "connector" && !(item.cluster && items.has(item.cluster)) && smaller && holds(ground, middle)) all.add(id);
    }
  }
  return [...all];
}

/**
 * A place for a new note: as near as can be, and not on top of another.
 * @param {Iterable<Rect>} taken @param {{x: number, y: number}} near its middle @returns {{x: number, y: number}}
 */
export function freeSpot(taken, near) {
  return freeSpots(taken, near, 1)[0];
}

/**
 * Places for `n` new notes. Where the board is full all around they lie on what is in the middle.
 * @param {Iterable<Rect>} taken @param {{x: number, y: number}} near @param {number} n @returns {{x: number, y: number}[]}
 */
export function freeSpots(taken, near, n) {
  const others = [...taken];
  const stepX = NOTE_WIDTH + GAP;
  const stepY = NOTE_LEAST + GAP;
  const start = { x: Math.round((near.x - NOTE_WIDTH / 2) / SNAP) * SNAP, y: Math.round((near.y - NOTE_LEAST / 2) / SNAP) * SNAP };
  /** @type {{x: number, y: number}[]} */
  const spots = [];
  for (let ring = 0; ring < RINGS && spots.length < n; ring += 1) {
    for (const [i, j] of ringOf(ring)) {
      const spot = { x: start.x + i * stepX, y: start.y + j * stepY };
      if (!others.some((r) => overlap(r, { ...spot, w: NOTE_WIDTH + GAP / 2, h: NOTE_LEAST + GAP / 2 }))) spots.push(spot);
    }
  }
  while (spots.length < n) spots.push(start);
  return spots.slice(0, n);
}

/** Cells round the middle, those to the right and below first, as one reads. @param {number} ring */
function ringOf(ring) {
  /** @type {[number, number][]} */
  const cells = [];
  for (let j = -ring; j <= ring; j += 1) {
    for (let i = -ring; i <= ring; i += 1) if (Math.max(Math.abs(i), Math.abs(j)) === ring) cells.push([i, j]);
  }
  return cells.sort((a, b) => Number(a[1] < 0) - Number(b[1] < 0) || a[1] - b[1] || Number(a[0] < 0) - Number(b[0] < 0) || a[0] - b[0]);
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
