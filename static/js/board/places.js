/** Order keys for what is put among others: after the last, between two, many at once. */
import { orderBetween } from "./order.js";

/**
 * `n` keys that put items at `index` of `siblings`, which are in order and do not hold the items themselves.
 * Two people adding at once may have shared a key, so a gap is looked for behind those that are alike.
 * @param {readonly {id: string, order?: string}[]} siblings @param {number} index @param {number} [n] @returns {string[]}
 */
export function keysAt(siblings, index, n = 1) {
  let before = siblings[index - 1]?.order ?? null;
  const after = siblings.slice(index).find((s) => before === null || (s.order ?? "") > before)?.order ?? null;
  const keys = [];
  for (let i = 0; i < n; i += 1) {
    before = orderBetween(before, after);
    keys.push(before);
  }
  return keys;
}
