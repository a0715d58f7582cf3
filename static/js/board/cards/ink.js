/**
 * Drawings: strokes as they are kept on a note, `ink/<n>`, places in thousandths of the frame's width (P2.14), and as
 * lines of an SVG. A frame is four wide and three high. Pure but for `fillInk`.
 *
 * @typedef {{x: number, y: number}} Point
 */
export const WIDE = 1000;
export const HIGH = 750;
/** How far a line may be from where the hand went, and what one stroke and all of them may weigh (limits.py). */
const SLACK = 4;
const STROKE_BYTES = 1_500;
const STROKES = 120;
const INK_BYTES = 6 * 1024;

/** @param {Record<string, any>} item @returns {[string, string][]} keys and strokes, in the order they were drawn */
export function strokesOf(item) {
  return Object.keys(item).filter((key) => key.startsWith("ink/")).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1)).map((key) => [key, item[key]]);
}

/** A key that is not used yet. @param {Record<string, any>} item @returns {string} */
export function nextKey(item) {
  return `ink/${(Math.max(0, ...strokesOf(item).map(([key]) => order(key))) + 1).toString(36)}`;
}

/** @param {string} key */
function order(key) {
  return parseInt(key.slice(4), 36) || 0;
}

/** Has it room for this stroke? @param {Record<string, any>} item @param {string} stroke */
export function fits(item, stroke) {
  const strokes = strokesOf(item);
  return strokes.length < STROKES && strokes.reduce((sum, [, one]) => sum + one.length, stroke.length) <= INK_BYTES;
}

/** What a hand drew, as it is kept: fewer places, whole numbers, within the frame. @param {readonly Point[]} points @returns {string} */
export function strokeOf(points) {
  const inside = points.map(({ x, y }) => ({ x: Math.round(clamp(x, WIDE)), y: Math.round(clamp(y, HIGH)) }));
  let slack = SLACK;
  let words = spell(simpler(inside, slack));
  while (words.length > STROKE_BYTES) words = spell(simpler(inside, (slack *= 2)));
  return words;
}

/** For the `d` of a path. @param {string} stroke */
export function pathOf(stroke) {
  const [first, ...rest] = stroke.split(" ");
  // A dot is a line of no length: round ends make it seen.
  return `M${first}${rest.length ? `L${rest.join(" ")}` : `l0 0`}`;
}

/** Douglas and Peucker: without the places that lie near a straight line. @param {Point[]} points @param {number} slack @returns {Point[]} */
export function simpler(points, slack) {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points[points.length - 1]];
  let at = 0;
  let most = 0;
  for (let i = 1; i < points.length - 1; i += 1) {
    const far = distance(points[i], first, last);
    if (far > most) [at, most] = [i, far];
  }
  if (most <= slack) return [first, last];
  return [...simpler(points.slice(0, at + 1), slack), ...simpler(points.slice(at), slack).slice(1)];
}

/** @param {Point} p @param {Point} a @param {Point} b */
function distance(p, a, b) {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (!length) return Math.hypot(p.x - a.x, p.y - a.y);
  return Math.abs((b.x - a.x) * (a.y - p.y) - (a.x - p.x) * (b.y - a.y)) / length;
}

/** @param {Point[]} points */
function spell(points) {
  return points.map(({ x, y }) => `${x},${y}`).join(" ");
}

/** @param {number} value @param {number} most */
function clamp(value, most) {
  return Math.min(most, Math.max(0, value));
}

const SVG = "http://www.w3.org/2000/svg";

/** The drawing of a note that is built by hand, before its words. @param {HTMLElement} node @param {Record<string, any>} item */
export function fillInk(node, item) {
  const strokes = strokesOf(item);
  const old = node.querySelector(":scope > .note__ink");
  if (!strokes.length) return old?.remove();
  const d = strokes.map(([, stroke]) => pathOf(stroke)).join("");
  if (old instanceof SVGElement && old.dataset.d === d) return;
  const drawing = drawn(d);
  if (old) old.replaceWith(drawing);
  else node.querySelector(".note__text")?.before(drawing);
}

/** @param {string} d */
function drawn(d) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "note__ink");
  svg.setAttribute("viewBox", `0 0 ${WIDE} ${HIGH}`);
  svg.setAttribute("aria-hidden", "true");
  svg.dataset.d = d;
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}
