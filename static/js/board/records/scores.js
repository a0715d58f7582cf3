/**
 * Options against criteria: weighted scores, and how firm their order is. Pure. Twin of codesign/core/computed/scores.py.
 *
 * @typedef {{id: string, weight: number, direction?: string}} Criterion
 * @typedef {{person: string, item: string, criterion: string, value: number}} Score
 * @typedef {{id: string, score: number, rank: number, means: Map<string, number>, spreads: Map<string, number>}} Scored
 * @typedef {{criterion: string, moved: number, order: string[]}} Change what comes of a weight moved by 20 or −20 %
 */

const BEST = 5;
/** A weight is moved by so much of itself, up and down, to see whether the order holds. */
const MOVED = 0.2;
/** Scores are compared as ten-thousandths, so that rounding makes no order. */
const GRAIN = 10_000;

/** Best first, 0 to 5. A criterion without a value counts as 0; "less is better" turns the scale round. @param {readonly string[]} items @param {readonly Criterion[]} criteria @param {readonly Score[]} scores @returns {Scored[]} */
export function scored(items, criteria, scores) {
  const cells = cellsOf(scores);
  const totals = totalsOf(items, criteria, cells, new Map());
  const ranks = ranksOf(totals);
  const found = items.map((id) => ({
    id, score: (totals.get(id) ?? 0) / GRAIN, rank: ranks.get(id) ?? 1,
    means: new Map([...(cells.get(id) ?? [])].map(([criterion, values]) => [criterion, mean(values)])),
    spreads: new Map([...(cells.get(id) ?? [])].map(([criterion, values]) => [criterion, Math.max(...values) - Math.min(...values)])),
  }));
  return found.sort((a, b) => a.rank - b.rank);
}

/** Each weight whose move changes who is before whom, with the order that comes of it. @param {readonly string[]} items @param {readonly Criterion[]} criteria @param {readonly Score[]} scores @returns {Change[]} */
export function sensitivity(items, criteria, scores) {
  const cells = cellsOf(scores);
  const before = ranksOf(totalsOf(items, criteria, cells, new Map()));
  /** @type {Change[]} */
  const found = [];
  for (const { id, weight } of criteria) {
    for (const way of [1, -1]) {
      const after = ranksOf(totalsOf(items, criteria, cells, new Map([[id, weight * (1 + way * MOVED)]])));
      if (items.every((item) => after.get(item) === before.get(item))) continue;
      const order = [...items].sort((a, b) => (after.get(a) ?? 0) - (after.get(b) ?? 0));
      found.push({ criterion: id, moved: Math.round(way * MOVED * 100), order });
    }
  }
  return found;
}

/** Values by item and criterion. @param {readonly Score[]} scores @returns {Map<string, Map<string, number[]>>} */
function cellsOf(scores) {
  /** @type {Map<string, Map<string, number[]>>} */
  const cells = new Map();
  for (const { item, criterion, value } of scores) {
    const row = cells.get(item) ?? new Map();
    cells.set(item, row.set(criterion, [...(row.get(criterion) ?? []), value]));
  }
  return cells;
}

/** @param {readonly string[]} items @param {readonly Criterion[]} criteria @param {ReadonlyMap<string, ReadonlyMap<string, number[]>>} cells @param {ReadonlyMap<string, number>} moved weights that are others than they say @returns {Map<string, number>} */
function totalsOf(items, criteria, cells, moved) {
  const weightOf = (/** @type {Criterion} */ one) => moved.get(one.id) ?? one.weight;
  const whole = criteria.reduce((sum, one) => sum + weightOf(one), 0) || 1;
  return new Map(items.map((item) => {
    let sum = 0;
    for (const one of criteria) {
      const values = cells.get(item)?.get(one.id);
      if (values) sum += weightOf(one) * (one.direction === "less_is_better" ? BEST - mean(values) : mean(values));
    }
    return [item, Math.round((sum / whole) * GRAIN)];
  }));
}

/** Competition ranking: 1, 1, 3. @param {ReadonlyMap<string, number>} totals @returns {Map<string, number>} */
function ranksOf(totals) {
  const all = [...totals.values()];
  return new Map([...totals].map(([id, own]) => [id, 1 + all.filter((other) => other > own).length]));
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
