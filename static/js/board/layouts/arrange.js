/**
 * Arrangements of a system map: in a circle, or spread so that what is linked lies near. What is pinned stays. Pure: the
 * same map is always arranged the same way, so that two people who press at once see one picture.
 *
 * @typedef {{id: string, x: number, y: number, w: number, h: number, pinned?: boolean}} Card by its corner, in pixels
 * @typedef {{from: string, to: string}} Tie
 */
const GAP = 46;
const SNAP = 8;
const ROUNDS = 260;
/** How far apart two that are linked want to be (px). */
const SPRING = 240;

/** Round the middle, in the order of a walk along the links, so that loops read as rings. @param {readonly Card[]} cards @param {readonly Tie[]} ties @returns {Map<string, {x: number, y: number}>} */
export function circle(cards, ties) {
  if (cards.length < 2) return corners(cards);
  const order = walk(cards, ties);
  const around = cards.reduce((sum, one) => sum + Math.hypot(one.w, one.h) * 0.85 + GAP, 0);
  const wide = Math.max(220, around / (2 * Math.PI)) * 1.25;
  const tall = wide * 0.62;
  const middle = middleOf(cards);
  const placed = order.map((card, at) => {
    const angle = (at / order.length) * 2 * Math.PI - Math.PI / 2;
    return { ...card, ...(card.pinned ? {} : { x: middle.x + wide * Math.cos(angle) - card.w / 2, y: middle.y + tall * Math.sin(angle) - card.h / 2 }) };
  });
  return corners(clear(placed));
}

/** By springs and pushes (Fruchterman and Reingold, 1991), from where things are. @param {readonly Card[]} cards @param {readonly Tie[]} ties */
export function spread(cards, ties) {
  const all = cards.map((one, at) => ({ ...one, x: one.x + (at % 7), y: one.y + (at % 5) }));
  const index = new Map(all.map((one, at) => [one.id, at]));
  const pairs = ties.flatMap(({ from, to }) => {
    const a = index.get(from);
    const b = index.get(to);
    return a === undefined || b === undefined || a === b ? [] : [[a, b]];
  });
  for (let round = 0; round < ROUNDS; round += 1) step(all, pairs, 60 * (1 - round / ROUNDS) + 2);
  return corners(clear(all));
}

/** @param {Card[]} all @param {number[][]} pairs @param {number} most how far one may go */
function step(all, pairs, most) {
  const go = all.map(() => ({ x: 0, y: 0 }));
  const push = (/** @type {number} */ i, /** @type {number} */ j, /** @type {number} */ force, /** @type {number} */ dx, /** @type {number} */ dy) => {
    go[i].x -= dx * force;
    go[i].y -= dy * force;
    go[j].x += dx * force;
    go[j].y += dy * force;
  };
  for (let i = 0; i < all.length; i += 1) {
    for (let j = i + 1; j < all.length; j += 1) {
      // Cards are wider than tall: what is beside another needs more room than what is below it.
      const dx = (all[j].x + all[j].w / 2 - all[i].x - all[i].w / 2) / 1.5;
      const dy = all[j].y + all[j].h / 2 - all[i].y - all[i].h / 2;
      const far = Math.max(1, Math.hypot(dx, dy));
      if (far < SPRING * 4) push(i, j, (SPRING * SPRING) / far / far / 2.2, dx || 1, dy);
    }
  }
  for (const [i, j] of pairs) {
    const dx = all[j].x + all[j].w / 2 - all[i].x - all[i].w / 2;
    const dy = all[j].y + all[j].h / 2 - all[i].y - all[i].h / 2;
    const far = Math.max(1, Math.hypot(dx, dy));
    push(i, j, -far / SPRING / 2, dx, dy);
  }
  all.forEach((one, i) => {
    if (one.pinned) return;
    const far = Math.max(1e-6, Math.hypot(go[i].x, go[i].y));
    const by = Math.min(far, most) / far;
    one.x += go[i].x * by;
    one.y += go[i].y * by;
  });
}

/** Nothing lies on another: what overlaps is pushed the shorter way; what is pinned does not give way. @param {Card[]} cards */
function clear(cards) {
  for (let round = 0; round < 60; round += 1) {
    let moved = false;
    for (let i = 0; i < cards.length; i += 1) {
      for (let j = i + 1; j < cards.length; j += 1) moved = part(cards[i], cards[j]) || moved;
    }
    if (!moved) break;
  }
  return cards;
}

/** @param {Card} a @param {Card} b */
function part(a, b) {
  const x = (a.w + b.w) / 2 + GAP - Math.abs(a.x + a.w / 2 - b.x - b.w / 2);
  const y = (a.h + b.h) / 2 + GAP - Math.abs(a.y + a.h / 2 - b.y - b.h / 2);
  if (x <= 0.5 || y <= 0.5 || (a.pinned && b.pinned)) return false;
  const side = x < y ? "x" : "y";
  const by = Math.min(x, y);
  const way = (side === "x" ? a.x + a.w / 2 <= b.x + b.w / 2 : a.y + a.h / 2 <= b.y + b.h / 2) ? 1 : -1;
  const share = a.pinned ? 0 : b.pinned ? 1 : 0.5;
  a[side] -= way * by * share;
  b[side] += way * by * (1 - share);
  return true;
}

/** In the order in which a walk along the links meets them. @param {readonly Card[]} cards @param {readonly Tie[]} ties */
function walk(cards, ties) {
  const byId = new Map(cards.map((one) => [one.id, one]));
  /** @type {Card[]} */
  const order = [];
  /** @param {string} id */
  const visit = (id) => {
    const card = byId.get(id);
    if (!card) return;
    byId.delete(id);
    order.push(card);
    for (const { from, to } of ties) if (from === id) visit(to);
  };
  for (const { id } of cards) visit(id);
  return order;
}

/** @param {readonly Card[]} cards */
function middleOf(cards) {
  const n = Math.max(1, cards.length);
  return { x: cards.reduce((sum, one) => sum + one.x + one.w / 2, 0) / n, y: cards.reduce((sum, one) => sum + one.y + one.h / 2, 0) / n };
}

/** In hundredths of a pixel, on the grid that hands use; what is pinned is left out. @param {readonly Card[]} cards */
function corners(cards) {
  const on = (/** @type {number} */ value) => Math.round(value / SNAP) * SNAP * 100;
  return new Map(cards.filter((one) => !one.pinned).map((one) => [one.id, { x: on(one.x), y: on(one.y) }]));
}
