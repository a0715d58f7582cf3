/**
 * How a relation is drawn: from the edge of one card to the edge of the other, its type told by its line as well as by
 * its word. Pure.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Card by its middle
 */

const TOOTH = 7;
const HEAD = 9;

/** @param {{type: string, directed?: boolean}} relation @param {Card} a @param {Card} b */
export function pathOf(relation, a, b) {
  const from = edge(a, b);
  const to = edge(b, a);
  const mid = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const d = relation.type === "tension" ? zigzag(from, to) : `M${at(from)}L${at(to)}`;
  const isDirected = relation.directed || relation.type === "dominance";
  return { d, mid, head: isDirected ? arrow(from, to) : "" };
}

/** Where the way to the other one leaves the card. @param {Card} card @param {Card} towards */
function edge(card, towards) {
  const dx = towards.x - card.x;
  const dy = towards.y - card.y;
  const k = Math.min(dx ? card.w / 2 / Math.abs(dx) : Infinity, dy ? card.h / 2 / Math.abs(dy) : Infinity, 0.5);
  return { x: card.x + dx * k, y: card.y + dy * k };
}

/** @param {{x: number, y: number}} from @param {{x: number, y: number}} to */
function zigzag(from, to) {
  const far = Math.hypot(to.x - from.x, to.y - from.y);
  const teeth = Math.max(2, Math.round(far / TOOTH / 2) * 2);
  const across = { x: (-(to.y - from.y) / (far || 1)) * 4, y: ((to.x - from.x) / (far || 1)) * 4 };
  let d = `M${at(from)}`;
  for (let i = 1; i < teeth; i += 1) {
    const way = i % 2 ? 1 : -1;
    d += `L${at({ x: from.x + ((to.x - from.x) * i) / teeth + across.x * way, y: from.y + ((to.y - from.y) * i) / teeth + across.y * way })}`;
  }
  return `${d}L${at(to)}`;
}

/** @param {{x: number, y: number}} from @param {{x: number, y: number}} to */
function arrow(from, to) {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const wing = (/** @type {number} */ turn) => ({ x: to.x - HEAD * Math.cos(angle + turn), y: to.y - HEAD * Math.sin(angle + turn) });
  return `M${at(wing(0.45))}L${at(to)}L${at(wing(-0.45))}Z`;
}

/** @param {{x: number, y: number}} p */
function at({ x, y }) {
  return `${Math.round(x)} ${Math.round(y)}`;
}
