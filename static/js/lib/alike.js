// How alike two texts are, by the pieces of their words: three letters in a row with the edges of the word, the same whatever
// marks and script. Pure. What codesign/core/computed/alike.py weighs for groups, without the weights.

import { fold } from "./fold.js";

/** Fewer letters say too little. */
export const LETTERS_LEAST = 8;
/** From here on two notes probably say the same. */
export const ALIKE = 0.6;

/** @param {string} text @returns {Set<string>} */
export function piecesOf(text) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const word of fold(text).match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (word.length < 3) continue;
    const edged = `_${word}_`;
    for (let at = 0; at + 3 <= edged.length; at += 1) found.add(edged.slice(at, at + 3));
  }
  return found;
}

/** 0 to 1 (Dice, 1945). @param {ReadonlySet<string>} a @param {ReadonlySet<string>} b */
export function likeness(a, b) {
  if (!a.size || !b.size) return 0;
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const piece of few) if (many.has(piece)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
