/**
 * A line between two items. The lines are drawn in one SVG under the notes; the label is an element of its own, which is
 * what one selects, writes in and deletes.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../camera.js").Rect} Rect
 * @typedef {import("../layouts/flow.js").Plan} Plan
 */
import { overlap } from "../camera.js";
import { t } from "../../lib/words.js";
import { worded } from "./worded.js";

const LABEL = { w: 132, h: 30 };
const NS = "http://www.w3.org/2000/svg";

export function makeConnector() {
  return worded("article", "link", "span", "group__name");
}

/** @param {HTMLElement} node @param {Item} item @param {import("./note.js").Look} look */
export function fillConnector(node, item, { model }) {
  const label = item.label ?? "";
  /** @type {HTMLElement} */ (node.firstElementChild).textContent = label;
  node.classList.toggle("is-empty", !label);
  node.setAttribute("aria-label", sayConnector(item, model));
}

/** @param {Item} item @param {import("../model.js").Model} model */
export function sayConnector(item, model) {
  const from = short(model.item(item.from));
  const to = short(model.item(item.to));
  return item.label ? t("connection {label}, from {from} to {to}", { label: item.label, from, to }) : t("connection from {from} to {to}", { from, to });
}

/** @param {Item | undefined} item */
function short(item) {
  const words = String(item?.text ?? item?.label ?? item?.name ?? item?.title ?? item?.alt ?? "");
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}

/** Give each connector whose ends lie somewhere a place for its label. @param {Plan} plan @param {Iterable<Item>} items */
export function placeConnectors(plan, items) {
  for (const item of items) {
    if (item.kind !== "connector") continue;
    const ends = endsOf(plan, item);
    if (!ends) continue;
    const x = (ends.from.x + ends.to.x) / 2;
    const y = (ends.from.y + ends.to.y) / 2;
    plan.rects.set(item.id, { x: x - LABEL.w / 2, y: y - LABEL.h / 2, ...LABEL });
    plan.order.push(item.id);
  }
}

/** Where a line leaves one rectangle and meets the other. @param {Plan} plan @param {Item} item */
function endsOf(plan, item) {
  const a = plan.rects.get(item.from);
  const b = plan.rects.get(item.to);
  return a && b ? { from: border(a, middle(b)), to: border(b, middle(a)), box: around(a, b) } : null;
}

/** The lines of a surface. */
export class Lines {
  /** @type {Map<string, {line: SVGPathElement, d: string}>} */
  #lines = new Map();

  /** @param {import("../surface.js").Surface} surface */
  constructor(surface) {
    this.surface = surface;
    this.svg = document.createElementNS(NS, "svg");
    this.svg.setAttribute("class", "links");
    this.svg.setAttribute("aria-hidden", "true");
    this.svg.innerHTML = '<defs><marker id="arrow" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 1l9 4-9 4z"/></marker></defs>';
    surface.layer.append(this.svg);
    surface.addEventListener("drawn", () => this.draw());
  }

  draw() {
    const { surface } = this;
    const { plan, model } = surface;
    const near = surface.camera.seen(surface.size, 0.25);
    const seen = new Set();
    for (const id of model.connectors) {
      const item = model.item(id);
      const ends = item && endsOf(plan, item);
      if (!ends || !overlap(ends.box, near)) continue;
      seen.add(id);
      this.#line(id, `M${ends.from.x} ${ends.from.y}L${ends.to.x} ${ends.to.y}`);
    }
    for (const [id, { line }] of this.#lines) {
      if (seen.has(id)) continue;
      line.remove();
      this.#lines.delete(id);
    }
  }

  /** @param {string} id @param {string} d */
  #line(id, d) {
    let known = this.#lines.get(id);
    if (!known) {
      known = { line: document.createElementNS(NS, "path"), d: "" };
      known.line.setAttribute("marker-end", "url(#arrow)");
      this.svg.append(known.line);
      this.#lines.set(id, known);
    }
    if (known.d !== d) known.line.setAttribute("d", (known.d = d));
  }
}

/** @param {Rect} r */
function middle(r) {
  return { x: r.x + r.w / 2, y: r.y + r.h / 2 };
}

/** @param {Rect} r @param {{x: number, y: number}} towards */
function border(r, towards) {
  const c = middle(r);
  const dx = towards.x - c.x;
  const dy = towards.y - c.y;
  if (!dx && !dy) return c;
  const k = Math.min(dx ? (r.w / 2 + 4) / Math.abs(dx) : Infinity, dy ? (r.h / 2 + 4) / Math.abs(dy) : Infinity, 1);
  return { x: c.x + dx * k, y: c.y + dy * k };
}

/** @param {Rect} a @param {Rect} b @returns {Rect} */
function around(a, b) {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
