/**
 * A causal link: a curve with its sign on it. More: solid, a circle with a plus. Less: dashed, a square with a minus.
 * A double bar is a delay, thickness is strength. The sign is an element of its own, which is what one takes hold of;
 * the curves are drawn in one SVG under the factors.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../camera.js").Rect} Rect
 * @typedef {{x: number, y: number}} Point
 */
import { overlap } from "../camera.js";
import { linkSays, SIGNS } from "../maps/words.js";

const NS = "http://www.w3.org/2000/svg";
const SIGN = 28;
/** How far a curve leans out, as a share of its length. */
const BEND = 0.095;
const AWAY = 5;
const HEAD = { long: 12, half: 5.5 };
const BAR = { half: 7, gap: 5 };

export function makeCause() {
  const node = document.createElement("article");
  node.className = "cause";
  node.tabIndex = -1;
  node.append(Object.assign(document.createElement("span"), { className: "cause__sign" }));
  return node;
}

/** @param {HTMLElement} node @param {Item} item @param {import("./note.js").Look} look */
export function fillCause(node, item, look) {
  node.dataset.sign = item.polarity;
  /** @type {HTMLElement} */ (node.firstElementChild).textContent = SIGNS[item.polarity] ?? "?";
  node.classList.toggle("is-pending", look.waiting(item.id));
  node.setAttribute("aria-label", linkSays(item, (id) => look.model.item(id)));
}

/** Give each link whose ends lie somewhere a place for its sign. @param {import("../layouts/flow.js").Plan} plan @param {Iterable<Item>} links */
export function placeCauses(plan, links) {
  for (const { id, from, to } of links) {
    const a = plan.rects.get(from);
    const b = plan.rects.get(to);
    if (!a || !b) continue;
    const { mid } = curveOf(a, b);
    plan.rects.set(id, { x: mid.x - SIGN / 2, y: mid.y - SIGN / 2, w: SIGN, h: SIGN });
    plan.order.push(id);
  }
}

/**
 * From the edge of one to the edge of the other, leaning to its own left, so that two that go both ways part.
 * @param {Rect} a @param {Rect} b
 */
export function curveOf(a, b) {
  const from = middle(a);
  const to = middle(b);
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const bend = { x: (from.x + to.x) / 2 + dy * BEND * 2, y: (from.y + to.y) / 2 - dx * BEND * 2 };
  const start = border(a, bend, AWAY);
  const tip = border(b, bend, AWAY);
  const into = unit(bend, tip);
  const end = { x: tip.x - into.x * HEAD.long * 0.7, y: tip.y - into.y * HEAD.long * 0.7 };
  return { start, bend, end, tip, into, mid: at(start, bend, end, 0.5), box: around(a, b) };
}

/** @param {ReturnType<typeof curveOf>} curve */
export function pathsOf({ start, bend, end, tip, into }) {
  const side = { x: -into.y, y: into.x };
  const foot = { x: tip.x - into.x * HEAD.long, y: tip.y - into.y * HEAD.long };
  const head = `M${p(tip)}L${p(plus(foot, side, HEAD.half))}L${p(plus(foot, side, -HEAD.half))}Z`;
  const on = at(start, bend, end, 0.74);
  const way = unit(at(start, bend, end, 0.7), at(start, bend, end, 0.78));
  const across = { x: -way.y, y: way.x };
  const bar = (/** @type {number} */ by) => {
    const c = plus(on, way, by);
    return `M${p(plus(c, across, BAR.half))}L${p(plus(c, across, -BAR.half))}`;
  };
  return { line: `M${p(start)}Q${p(bend)} ${p(end)}`, head, bars: bar(-BAR.gap / 2) + bar(BAR.gap / 2) };
}

/** The curves of a surface. */
export class Causes {
  /** @type {Map<string, {group: SVGGElement, parts: SVGPathElement[], key: string}>} */
  #drawn = new Map();

  /** @param {import("../surface.js").Surface} surface @param {(id: string) => boolean} isLit */
  constructor(surface, isLit) {
    this.surface = surface;
    this.isLit = isLit;
    this.svg = document.createElementNS(NS, "svg");
    this.svg.setAttribute("class", "causes");
    this.svg.setAttribute("aria-hidden", "true");
    surface.layer.append(this.svg);
    surface.addEventListener("drawn", () => this.draw());
  }

  draw() {
    const { surface, isLit } = this;
    const { model, camera } = surface;
    if (!model.isSystem && !this.#drawn.size) return;
    const near = camera.seen(surface.size, 0.25);
    const seen = new Set();
    for (const link of model.causes) {
      const a = surface.shownRect(link.from);
      const b = surface.shownRect(link.to);
      if (!a || !b || !overlap(around(a, b), near)) continue;
      seen.add(link.id);
      this.#draw(link, a, b, isLit(link.id));
    }
    for (const [id, { group }] of this.#drawn) {
      if (seen.has(id)) continue;
      group.remove();
      this.#drawn.delete(id);
    }
  }

  /** @param {Item} link @param {Rect} a @param {Rect} b @param {boolean} isLit */
  #draw(link, a, b, isLit) {
    let known = this.#drawn.get(link.id);
    if (!known) {
      const group = document.createElementNS(NS, "g");
      const parts = ["line", "head", "bars"].map((name) => {
        const path = document.createElementNS(NS, "path");
        path.setAttribute("class", `causes__${name}`);
        return path;
      });
      group.append(...parts);
      this.svg.append(group);
      this.#drawn.set(link.id, (known = { group, parts, key: "" }));
    }
    const delayed = Boolean(link.delay && link.delay !== "none");
    const key = [a.x, a.y, a.w, a.h, b.x, b.y, b.w, b.h, link.polarity, link.strength, delayed, isLit].join();
    if (key === known.key) return;
    known.key = key;
    const curve = curveOf(a, b);
    const { line, head, bars } = pathsOf(curve);
    const sign = this.surface.elementOf(link.id);
    if (sign) sign.style.translate = `${curve.mid.x - SIGN / 2}px ${curve.mid.y - SIGN / 2}px`;
    known.group.dataset.sign = link.polarity;
    known.group.dataset.strength = String(link.strength ?? 2);
    known.group.classList.toggle("is-lit", isLit);
    known.parts[0].setAttribute("d", line);
    known.parts[1].setAttribute("d", head);
    known.parts[2].setAttribute("d", delayed ? bars : "");
  }
}

/** @param {Rect} r */
function middle(r) {
  return { x: r.x + r.w / 2, y: r.y + r.h / 2 };
}

/** Where the way from the middle to a point leaves the rectangle, and a little further. @param {Rect} r @param {Point} towards @param {number} away */
function border(r, towards, away) {
  const c = middle(r);
  const dx = towards.x - c.x;
  const dy = towards.y - c.y;
  if (!dx && !dy) return c;
  const k = Math.min(dx ? (r.w / 2 + away) / Math.abs(dx) : Infinity, dy ? (r.h / 2 + away) / Math.abs(dy) : Infinity);
  return { x: c.x + dx * k, y: c.y + dy * k };
}

/** @param {Point} a @param {Point} b */
function unit(a, b) {
  const far = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: (b.x - a.x) / far, y: (b.y - a.y) / far };
}

/** A point of the curve. @param {Point} a @param {Point} bend @param {Point} b @param {number} t 0 to 1 */
function at(a, bend, b, t) {
  const u = 1 - t;
  return { x: u * u * a.x + 2 * u * t * bend.x + t * t * b.x, y: u * u * a.y + 2 * u * t * bend.y + t * t * b.y };
}

/** @param {Point} a @param {Point} way @param {number} by */
function plus(a, way, by) {
  return { x: a.x + way.x * by, y: a.y + way.y * by };
}

/** @param {Point} a */
function p({ x, y }) {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/** @param {Rect} a @param {Rect} b @returns {Rect} */
function around(a, b) {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
