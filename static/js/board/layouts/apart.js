/** Cards near each other move apart until each can be read, as little as may be, and stay inside. Pure. */

/** @typedef {{x: number, y: number, w: number, h: number}} Card by its middle */

const ROUNDS = 40;
const GAP = 6;

/** @param {readonly Card[]} cards @param {{w: number, h: number}} box @returns {Card[]} */
export function apart(cards, box) {
  const placed = cards.map((card) => inside({ ...card }, box));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let i = 0; i < placed.length; i += 1) {
      for (let j = i + 1; j < placed.length; j += 1) moved = push(placed[i], placed[j], box) || moved;
    }
    if (!moved) break;
  }
  return placed;
}

/** @param {Card} a @param {Card} b @param {{w: number, h: number}} box */
function push(a, b, box) {
  const dx = (a.w + b.w) / 2 + GAP - Math.abs(a.x - b.x);
  const dy = (a.h + b.h) / 2 + GAP - Math.abs(a.y - b.y);
  if (dx <= 0.5 || dy <= 0.5) return false;
  const axis = dy <= dx ? "y" : "x";
  const way = a[axis] < b[axis] ? 1 : a[axis] > b[axis] ? -1 : 1;
  const by = ((axis === "y" ? dy : dx) / 2) * way;
  a[axis] -= by;
  b[axis] += by;
  inside(a, box);
  inside(b, box);
  return true;
}

/** @param {Card} card @param {{w: number, h: number}} box */
function inside(card, box) {
  card.x = Math.min(Math.max(card.x, card.w / 2), Math.max(card.w / 2, box.w - card.w / 2));
  card.y = Math.min(Math.max(card.y, card.h / 2), Math.max(card.h / 2, box.h - card.h / 2));
  return card;
}
