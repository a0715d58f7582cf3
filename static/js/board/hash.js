// One spelling of a state, and the hash that tells whether two copies are the same (P6.9).
// Twin of codesign/core/hashing.py; tests/vectors/hash.json holds the two together.

import { sha256 } from "@noble/hashes/sha2.js";

/** @typedef {import("./changes.js").Fields} Fields */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The item as JSON in UTF-8: keys sorted, no spaces, nothing escaped that need not be.
 * Keys are ASCII (P2.4), so code units sort them as Python does.
 * @param {Fields} item
 * @returns {Uint8Array}
 */
export function canonical(item) {
  const keys = Object.keys(item).sort();
  const parts = keys.map((key) => `${JSON.stringify(key)}:${JSON.stringify(item[key])}`);
  return encoder.encode(`{${parts.join(",")}}`);
}

/**
 * 64 bits: the first 8 bytes of SHA-256 of the canonical JSON.
 * @param {Fields} item
 * @returns {bigint}
 */
export function itemHash(item) {
  const { buffer, byteOffset } = sha256(canonical(item));
  return new DataView(buffer, byteOffset).getBigUint64(0);
}

/**
 * 16 hex digits that tell whether a translation was made of these words.
 * @param {string} text
 */
export function textMark(text) {
  return Array.from(sha256(encoder.encode(text)).subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Hashes are kept as long as the item object lives: it is replaced, never mutated. */
export class Hashes {
  /** @type {WeakMap<object, bigint>} */
  #known = new WeakMap();

  /**
   * The beacon's 16 hex digits: all item hashes and that of the fields, xored.
   * @param {{fields: Fields, items: ReadonlyMap<string, Fields>}} state
   * @returns {string}
   */
  xorOf({ fields, items }) {
    let xor = this.#of(fields);
    for (const item of items.values()) xor ^= this.#of(item);
    return xor.toString(16).padStart(16, "0");
  }

  /**
   * Hashes at most `count` items that are not known yet. Whether all are known now.
   * @param {{items: ReadonlyMap<string, Fields>}} state
   * @param {number} count
   * @returns {boolean}
   */
  warm({ items }, count) {
    let left = count;
    for (const item of items.values()) {
      if (this.#known.has(item)) continue;
      if (left === 0) return false;
      this.#of(item);
      left -= 1;
    }
    return true;
  }

  /** @param {Fields} item */
  #of(item) {
    let hash = this.#known.get(item);
    if (hash === undefined) this.#known.set(item, (hash = itemHash(item)));
    return hash;
  }
}

/**
 * SHA-256 (hex) of the whole state, for tests and archives.
 * @param {{fields: Fields, items: ReadonlyMap<string, Fields>}} state
 * @returns {string}
 */
export function stateHash({ fields, items }) {
  const ids = [...items.keys()].sort();
  const lines = [canonical(fields), ...ids.map((id) => canonical(/** @type {Fields} */ (items.get(id))))];
  const whole = lines.map((line) => decoder.decode(line)).join("\n");
  return Array.from(sha256(encoder.encode(whole)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
