// Where an item stands among others: fractional order keys, compared by code unit, ties by id
// (P2.5). Twin of codesign/order.py; tests/vectors/order.json holds the two together.

import { BASE_62_DIGITS as DIGITS, generateKeyBetween } from "fractional-indexing";

import { randomFraction } from "../lib/ids.js";

/** The longest order key the server takes. */
export const ORDER_LETTERS = 64;
const TAIL_LETTERS = 2;

/**
 * A key between two neighbours; null is the open end. Two people who insert at the same spot get
 * different keys, for a short random tail is added where one fits.
 * Between equal neighbours there is no room: the key is theirs, and ids decide.
 * @param {string | null | undefined} before
 * @param {string | null | undefined} after
 * @param {() => number} [random] in [0, 1)
 * @returns {string}
 */
export function orderBetween(before, after, random = randomFraction) {
  let low = before ?? null;
  let high = after ?? null;
  if (low !== null && high !== null) {
    if (low === high) return low;
    if (low > high) [low, high] = [high, low];
  }
  const key = keyBetween(low, high);
  if (key === null || key.length > ORDER_LETTERS) return low ?? /** @type {string} */ (high);
  const tailed = key + tail(random);
  const fits = tailed.length <= ORDER_LETTERS && (high === null || tailed < high);
  return fits ? tailed : key;
}

/**
 * Sorts items by order, then by id.
 * @param {{readonly id: string, readonly order?: any}} a
 * @param {{readonly id: string, readonly order?: any}} b
 * @returns {number}
 */
export function byOrder(a, b) {
  const left = a.order ?? "";
  const right = b.order ?? "";
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * @param {string | null} low
 * @param {string | null} high
 * @returns {string | null}
 */
function keyBetween(low, high) {
  try {
    return generateKeyBetween(low, high);
  } catch {
    // A key some other program made: any letters are allowed on the wire.
    return plainBetween(low ?? "", high);
  }
}

/**
 * Halves the gap between any two strings of the alphabet, or null where there is none.
 * @param {string} low
 * @param {string | null} high
 * @returns {string | null}
 */
function plainBetween(low, high) {
  let key = "";
  let isBelow = high === null;
  for (let i = 0; ; i += 1) {
    const left = i < low.length ? DIGITS.indexOf(low[i]) : 0;
    if (!isBelow && high !== null && i >= high.length) return null;
    const right = isBelow || high === null ? DIGITS.length : DIGITS.indexOf(high[i]);
    if (right - left > 1) return key + DIGITS[Math.floor((left + right) / 2)];
    key += DIGITS[left];
    if (right !== left) isBelow = true;
  }
}

/** @param {() => number} random */
function tail(random) {
  let letters = "";
  for (let i = 0; i < TAIL_LETTERS; i += 1) {
    // Never a zero at the end: the keys between would have nowhere to go.
    letters += DIGITS[1 + Math.floor(random() * (DIGITS.length - 1))];
  }
  return letters;
}
