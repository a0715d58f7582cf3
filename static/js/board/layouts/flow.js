/**
 * Items flow into regions: side by side, each a panel whose notes fill rows from the top. `zones` and `columns` differ
 * only in how many notes lie in a row. Pure: items and heights in, rectangles out.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../camera.js").Rect} Rect
 * @typedef {{rects: Map<string, Rect>, regions: Map<string, Rect>, slots: Map<string, Rect>, order: string[], bounds: Rect, titleLines?: number}} Plan
 * @typedef {{
 *   regions: readonly Item[], entries: (region: string) => readonly Item[], members: (cluster: string) => readonly Item[],
 *   height: (item: Item) => number, noteWidth?: number, card?: (factor: Item) => {w: number, h: number}, titleLines?: (region: Item, room: number) => number,
 * }} Source
 */
import { NOTE_LEAST, NOTE_WIDTH } from "../metrics.js";

export const PAD = 20;
export const GAP = 18;
const HEAD = 54;
const TITLE_LINE = 20;
/** Beside a title: its padding, and how many notes there are. */
const BESIDE_TITLE = 72;
const MOST_TITLE_LINES = 3;
const BETWEEN = 20;
/** So many panels on a laptop's screen, and notes as large as ever. */
const TIGHT = { pad: 12, between: 10 };
const LEAST_HEIGHT = 588;
const CLUSTER_HEAD = 46;
const CLUSTER_OUT = 10;
const HEADING = 40;

/** @typedef {{least?: number, next?: string | null}} How panels are at least so tall; the next note goes to that region */

/** @param {Source} source @param {{across: number, tight?: boolean} & How} how @returns {Plan} */
export function flow(source, { across, tight = false, least = LEAST_HEIGHT, next }) {
  const { pad, between } = tight ? TIGHT : { pad: PAD, between: BETWEEN };
  const inner = across * NOTE_WIDTH + (across - 1) * GAP;
  const width = inner + 2 * pad;
  /** @type {Plan} */
  const plan = { rects: new Map(), regions: new Map(), slots: new Map(), order: [], bounds: { x: 0, y: 0, w: 0, h: 0 } };
  // The longest title makes room in all panels, so that their notes begin at one height.
  const lines = source.regions.map((region) => source.titleLines?.(region, width - BESIDE_TITLE) ?? 1);
  plan.titleLines = Math.min(MOST_TITLE_LINES, Math.max(1, ...lines));
  const head = HEAD + (plan.titleLines - 1) * TITLE_LINE;
  let tallest = Math.max(LEAST_HEIGHT, least);
  source.regions.forEach((region, i) => {
    const left = i * (width + between);
    const ground = { x: left, y: 0, w: width, h: 0 };
    plan.order.push(region.id);
    plan.regions.set(region.id, ground);
    plan.rects.set(region.id, ground);
    const run = new Run(plan, source, left + pad, head, across);
    for (const item of source.entries(region.id)) run.add(item);
    plan.slots.set(region.id, run.slot());
    tallest = Math.max(tallest, (region.id === next ? run.bottom() : run.end()) + pad);
  });
  for (const ground of plan.regions.values()) ground.h = tallest;
  const n = source.regions.length;
  plan.bounds = { x: 0, y: 0, w: Math.max(width, n * (width + between) - between), h: tallest };
  return plan;
}

/** Fills one panel, or one cluster, row by row. */
class Run {
  #column = 0;
  #row = 0;
  /** @type {Rect[]} */
  #level = [];

  /** @param {Plan} plan @param {Source} source @param {number} left @param {number} top @param {number} across */
  constructor(plan, source, left, top, across) {
    this.plan = plan;
    this.source = source;
    this.left = left;
    this.y = top;
    this.across = across;
  }

  /** @param {Item} item */
  add(item) {
    if (item.kind === "cluster") this.#cluster(item);
    else if (item.kind === "heading") this.#wide(item, HEADING);
    else this.#sheet(item);
  }

  /** Where the next note will lie. @returns {Rect} */
  slot() {
    const full = this.#column === this.across;
    const y = full ? this.y + this.#row + GAP : this.y;
    const x = full ? this.left : this.left + this.#column * (NOTE_WIDTH + GAP);
    return { x, y, w: NOTE_WIDTH, h: NOTE_LEAST };
  }

  /** Where what is here ends, with room for the next note. */
  bottom() {
    const slot = this.slot();
    return Math.max(this.y + this.#row, slot.y + slot.h);
  }

  /** Where what is here ends. */
  end() {
    return this.y + this.#row;
  }

  /** @param {Item} item */
  #sheet(item) {
    const slot = this.slot();
    if (this.#column === this.across) this.#newRow();
    const h = item.kind === "image" ? imageHeight(item) : this.source.height(item);
    const rect = { ...slot, h };
    this.plan.rects.set(item.id, rect);
    this.plan.order.push(item.id);
    this.#column += 1;
    this.#row = Math.max(this.#row, h);
    // Notes of one row are equally tall, so that rows read as rows.
    if (item.kind === "note") this.#level.push(rect);
    for (const beside of this.#level) beside.h = this.#row;
  }

  /** @param {Item} item @param {number} height */
  #wide(item, height) {
    if (this.#column) this.#newRow();
    const w = this.across * NOTE_WIDTH + (this.across - 1) * GAP;
    this.plan.rects.set(item.id, { x: this.left, y: this.y, w, h: height });
    this.plan.order.push(item.id);
    this.#column = this.across;
    this.#row = height;
  }

  /** @param {Item} item */
  #cluster(item) {
    if (this.#column) this.#newRow();
    const top = this.y;
    const w = this.across * NOTE_WIDTH + (this.across - 1) * GAP + 2 * CLUSTER_OUT;
    const ground = { x: this.left - CLUSTER_OUT, y: top, w, h: 0 };
    this.plan.order.push(item.id);
    this.plan.rects.set(item.id, ground);
    const inside = new Run(this.plan, this.source, this.left, top + CLUSTER_HEAD, this.across);
    for (const member of this.source.members(item.id)) inside.add(member);
    const height = inside.end() - top + (inside.end() > top + CLUSTER_HEAD ? 14 : 0);
    ground.h = height;
    this.#column = this.across;
    this.#row = height;
  }

  #newRow() {
    this.y += this.#row + GAP;
    this.#row = 0;
    this.#column = 0;
    this.#level = [];
  }
}

/** An image in a panel is as wide as a note. @param {Item} item */
export function imageHeight(item) {
  const ratio = item.w > 0 ? item.h / item.w : 0.75;
  return Math.round(Math.min(360, Math.max(60, NOTE_WIDTH * ratio)));
}
