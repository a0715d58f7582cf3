// A note in other languages: which fields of it hold that, which of them somebody reads, and whether it was made of the
// words that stand there now. Twin of codesign/core/translations.py; no DOM, no socket.

import { textMark } from "./hash.js";

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./changes.js").Fields} Fields */
/** @typedef {import("./changes.js").Value} Value */
/** @typedef {{lang: string, words: string, by: string | undefined, byMachine: boolean, isOutdated: boolean}} Translation */

/** The words; who wrote them, that a machine did, and of which words of the note stand beside them (`fieldsOf`). */
const TEXT = "text/";

/** Into which languages it has been translated. @param {Item} note @returns {string[]} */
export function languagesOf(note) {
  return Object.keys(note).filter((key) => key.startsWith(TEXT)).map((key) => key.slice(TEXT.length)).sort();
}

/**
 * One translation as fields; null takes away what it has not. Without words there is none.
 * @param {string} lang @param {string} words @param {{translator?: string, madeOf?: string, byMachine?: boolean}} about
 * @returns {Record<string, Value | null>}
 */
export function fieldsOf(lang, words, { translator, madeOf, byMachine }) {
  const [text, by, machine, made] = words ? [words, translator, byMachine, madeOf] : [];
  return {
    [`text/${lang}`]: text ?? null, [`translator/${lang}`]: by ?? null,
    [`by_machine/${lang}`]: machine || null, [`made_of/${lang}`]: made ?? null,
  };
}

/** Tells whether a translation was made of these words. @param {string} text */
export const markOf = textMark;

/** @param {Item} note @param {string} lang @returns {Translation | null} */
export function translationIn(note, lang) {
  const words = note[`text/${lang}`];
  if (typeof words !== "string") return null;
  const madeOf = note[`made_of/${lang}`];
  return {
    lang, words, by: /** @type {string | undefined} */ (note[`translator/${lang}`]), byMachine: note[`by_machine/${lang}`] === true,
    isOutdated: madeOf !== undefined && madeOf !== markOf(String(note.text ?? "")),
  };
}

/**
 * What somebody who reads `lang` is shown beneath the note: the translation into their language, or into the same one
 * in another script. Null where the note is in their language itself.
 * @param {Item} note @param {string} lang @returns {Translation | null}
 */
export function translationFor(note, lang) {
  if (typeof note.lang === "string" && isSame(note.lang, lang)) return null;
  const found = languagesOf(note);
  const best = found.find((one) => one === lang) ?? found.find((one) => isSame(one, lang));
  return best ? translationIn(note, best) : null;
}

/** Does somebody who reads this language still have nothing to read here, or something old? @param {Item} note @param {string} lang */
export function lacks(note, lang) {
  if (note.kind !== "note" || !String(note.text ?? "").trim()) return false;
  if (typeof note.lang === "string" && isSame(note.lang, lang)) return false;
  return translationFor(note, lang)?.isOutdated ?? true;
}

/** Whoever reads one reads the other: Serbian in either script is one language. @param {string} a @param {string} b */
export function isSame(a, b) {
  return primary(a) === primary(b);
}

/** @param {string} tag */
function primary(tag) {
  return tag.split("-")[0].toLowerCase();
}
