/** Cards near each other move apart until each can be read, as little as may be, and stay inside. Pure. */

/** @typedef {{x: number, y: number, w: number, h: number}} Card by its middle */

const ROUNDS = 40;
const GAP = 6;

/**
 * @param {readonly Card[]} cards @param {{w: number, h: number}} box @param {number} [gap] between them, at least
 * @param {readonly Card[]} [words] of the plane, which stay where they are and are not covered @returns {Card[]}
 */
export function apart(cards, box, gap = GAP, words = []) {
  const placed = cards.map((card) => inside({ ...card }, box));
  for (let round = 0; round < ROUNDS; round += 1) {
    let moved = false;
    for (let i = 0; i < placed.length; i += 1) {
      for (let j = i + 1; j < placed.length; j += 1) moved = push(placed[i], placed[j], box, gap) || moved;
    }
    for (const card of placed) for (const word of words) moved = leave(card, word, box) || moved;
    if (!moved) break;
  }
  return placed;
}

/**
 * Words at a line, each at the nearest spot where it covers no card and no other word; where there is none, as it was.
 * @param {readonly Card[]} words @param {readonly Card[]} cards @param {{w: number, h: number}} box @returns {Card[]}
 */
export function clearOf(words, cards, box) {
  const taken = [...cards];
  return words.map((word) => {
    const spots = OFFSETS.map(([dx, dy]) => inside({ ...word, x: word.x + dx, y: word.y + dy }, box));
    const found = spots.find((spot) => !taken.some((other) => covers(spot, other))) ?? inside({ ...word }, box);
    taken.push(found);
    return found;
  });
}

/** From where it wants to be outwards: so far that it still is seen to belong to its line. */
const OFFSETS = Array.from({ length: 21 * 41 }, (_, i) => [((i % 21) - 10) * 16, (Math.floor(i / 21) - 20) * 4]).sort((a, b) => Math.hypot(a[0], a[1]) - Math.hypot(b[0], b[1]));

/** @param {Card} a @param {Card} b */
function covers(a, b) {
  return Math.abs(a.x - b.x) < (a.w + b.w) / 2 && Math.abs(a.y - b.y) < (a.h + b.h) / 2;
}

/** @param {Card} a @param {Card} b @param {{w: number, h: number}} box @param {number} gap */
function push(a, b, box, gap) {
  const dx = (a.w + b.w) / 2 + gap - Math.abs(a.x - b.x);
  const dy = (a.h + b.h) / 2 + gap - Math.abs(a.y - b.y);
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

/** Off words, by the shorter way that stays inside. @param {Card} card @param {Card} word @param {{w: number, h: number}} box */
function leave(card, word, box) {
  if (!covers(card, word)) return false;
  const [dx, dy] = [(card.w + word.w) / 2, (card.h + word.h) / 2];
  const ways = [{ x: card.x, y: word.y + dy }, { x: card.x, y: word.y - dy }, { x: word.x + dx, y: card.y }, { x: word.x - dx, y: card.y }];
  const far = (/** @type {{x: number, y: number}} */ to) => Math.hypot(to.x - card.x, to.y - card.y);
  const [best] = ways.filter((to) => isInside({ ...card, ...to }, box)).sort((a, b) => far(a) - far(b));
  if (best) Object.assign(card, best);
  return Boolean(best);
}

/** @param {Card} card @param {{w: number, h: number}} box */
function isInside(card, box) {
  return card.x >= card.w / 2 && card.y >= card.h / 2 && card.x <= box.w - card.w / 2 && card.y <= box.h - card.h / 2;
}

/** @param {Card} card @param {{w: number, h: number}} box */
function inside(card, box) {
  card.x = Math.min(Math.max(card.x, card.w / 2), Math.max(card.w / 2, box.w - card.w / 2));
  card.y = Math.min(Math.max(card.y, card.h / 2), Math.max(card.h / 2, box.h - card.h / 2));
  return card;
}
