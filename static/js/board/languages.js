/** Languages by name, in the reader's own; and which there are to choose from. */
import { language } from "../lib/words.js";

/** Those of our towns and their neighbours, and those that workshops are held in. What else somebody brings is added. */
export const LANGUAGES = [
  "sq", "hy", "az", "be", "bs", "bg", "hr", "cs", "da", "nl", "en", "et", "fi", "fr", "ka", "de", "el", "hu", "it", "lv", "lt", "mk", "cnr",
  "no", "pl", "pt", "ro", "ru", "sr-Cyrl", "sr-Latn", "sk", "sl", "es", "sv", "tr", "uk",
];

/** @type {Map<string, string>} */
const known = new Map();

/** What a language is called in the reader's own. @param {string} tag */
export function languageName(tag) {
  const key = `${language()} ${tag}`;
  let name = known.get(key);
  if (name === undefined) known.set(key, (name = nameOf(tag)));
  return name;
}

/** By name, those that are spoken here first. @param {Iterable<string>} here @returns {{here: string[], others: string[]}} */
export function choices(here) {
  const order = new Intl.Collator(language());
  const byName = (/** @type {string} */ a, /** @type {string} */ b) => order.compare(languageName(a), languageName(b));
  const spoken = new Set(here);
  return { here: [...spoken].sort(byName), others: LANGUAGES.filter((tag) => !spoken.has(tag)).sort(byName) };
}

/** @param {string} tag */
function nameOf(tag) {
  const name = firstName(tag, inWords);
  return name.charAt(0).toLocaleUpperCase(language()) + name.slice(1);
}

/**
 * In the reader's language; where the browser does not know the word (Chrome has only the outline of some languages, Georgian
 * and Albanian among them), as those say it who speak it, rather than two letters.
 * @param {string} tag
 * @param {(tag: string, lang: string) => string | undefined} word
 */
export function firstName(tag, word) {
  return word(tag, language()) ?? word(tag, tag) ?? word(tag, "en") ?? tag;
}

/** @param {string} tag @param {string} lang */
function inWords(tag, lang) {
  try {
    return new Intl.DisplayNames([lang], { type: "language", fallback: "none" }).of(tag);
  } catch {
    return undefined;
  }
}
