/**
 * Who lies where: the items of a board put into regions, clusters and what stands for others. Pure.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./model.js").Places} Places
 */
import { byOrder } from "./order.js";

const IN_REGIONS = new Set(["note", "cluster", "heading", "image"]);

/**
 * Does a change of an item alter who lies where?
 * @param {Item | undefined} before @param {Item | undefined} after
 */
export function placeDiffers(before, after) {
  if (!before || !after) return before !== after;
  return ["region", "order", "cluster", "within", "kind", "x", "y"].some((key) => before[key] !== after[key]);
}

/** @param {Map<string, Item>} items @param {boolean} flows @returns {Places} */
export function sortPlaces(items, flows) {
  /** @type {Map<string, Item[]>} */
  const top = new Map();
  /** @type {Map<string, Item[]>} */
  const inside = new Map();
  /** @type {Map<string, Item[]>} */
  const merged = new Map();
  /** @type {Map<string, Item[]>} */
  const comments = new Map();
  /** @type {Item[]} */
  const regions = [];
  /** @type {string[]} */
  const lines = [];
  /** @type {string[]} */
  const clusters = [];
  /** @type {string[]} */
  const causes = [];
  for (const item of items.values()) {
    const { kind } = item;
    if (kind === "cluster") clusters.push(item.id);
    if (kind === "placement" || kind === "arrangement") continue; // where they stand, records say
    if (kind === "comment") {
      push(comments, item.about, item);
      continue;
    }
    if (kind === "region") regions.push(item);
    else if (kind === "connector") lines.push(item.id);
    else if (kind === "causal_link") causes.push(item.id);
    else if (item.within && items.has(item.within)) push(merged, item.within, item);
    else if (item.cluster && items.has(item.cluster)) push(inside, item.cluster, item);
    else if (!flows) push(top, "", item);
    else if (IN_REGIONS.has(item.kind) && item.region) push(top, item.region, item);
  }
  regions.sort(byOrder);
  for (const list of top.values()) list.sort(flows ? byOrder : byPlace);
  for (const list of inside.values()) list.sort(flows ? byOrder : byTime);
  for (const list of [...merged.values(), ...comments.values()]) list.sort(byTime);
  return { top: idsOf(top), inside: idsOf(inside), merged: idsOf(merged), comments: idsOf(comments), regions: regions.map((r) => r.id), lines, clusters, causes };
}

/** @param {Map<string, Item[]>} map */
function idsOf(map) {
  return new Map([...map].map(([key, items]) => [key, items.map((i) => i.id)]));
}

/** @param {Map<string, Item[]>} map @param {string} key @param {Item} item */
function push(map, key, item) {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** @param {Item} a @param {Item} b */
function byTime(a, b) {
  return (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1);
}

/** Grounds lie under everything; the rest is read from the top, then from the left. @param {Item} a @param {Item} b */
function byPlace(a, b) {
  const under = ground(b) - ground(a);
  return under || (a.y ?? 0) - (b.y ?? 0) || (a.x ?? 0) - (b.x ?? 0) || (a.id < b.id ? -1 : 1);
}

/** What lies under everything else: pictures that were set up, then frames. @param {Item} item */
function ground(item) {
  return item.kind === "image" && item.protected ? 2 : Number(item.kind === "frame");
}
