// Every sentence the browser shows: `t` and `tn` look it up in the catalogue of the reader's language.
// The msgid is the English sentence; a catalogue is what assets.py compiled, in the reader's language only.

/** @typedef {Record<string, string | string[] | {plural: string}>} Catalogue */

/** @type {Catalogue} */
let catalogue = {};
/** @type {(n: number) => number} */
let form = englishForm;
let lang = "en";
/** English made strange, as i18n.py does it: for tests that look for sentences outside the catalogue. */
const PSEUDO = "en-XA";
const STRANGE = Object.fromEntries([..."AEIOUaeiouncsSC"].map((letter, at) => [letter, [..."ÀÉÎÕÜàéîõüñçšŠÇ"][at]]));

/**
 * Which plural form of a .po file, by position, each category of Intl.PluralRules means.
 * tests/browser/words.test.js holds this against the catalogues' own rules.
 * @type {Record<string, Record<string, number>>}
 */
export const PLURALS = {
  en: { one: 0, other: 1 },
  sq: { one: 0, other: 1 },
  ka: { one: 0, other: 1 },
  sr: { one: 0, few: 1, other: 2 },
};

/**
 * Use this catalogue from now on. English needs none.
 * @param {string} tag BCP 47
 * @param {Catalogue} words
 */
export function useWords(tag, words) {
  lang = tag;
  catalogue = words;
  form = formsOf(tag);
}

/**
 * Load the reader's catalogue before anything draws. Without an address, or without an answer, English stays.
 * @param {string} tag
 * @param {string | undefined} url
 */
export async function loadWords(tag, url) {
  if (!url) return useWords(tag, {});
  try {
    const answer = await fetch(url);
    useWords(tag, answer.ok ? await answer.json() : {});
  } catch {
    useWords(tag, {});
  }
}

/** The language the sentences are in. */
export const language = () => lang;

/**
 * @param {string} msgid the English sentence, with {placeholders}
 * @param {Record<string, unknown>} [values]
 */
export function t(msgid, values = {}) {
  const found = catalogue[msgid];
  return fill(typeof found === "string" ? found : english(msgid), values);
}

/**
 * @param {string} one
 * @param {string} many
 * @param {number} n also the value of {n}
 * @param {Record<string, unknown>} [values]
 */
export function tn(one, many, n, values = {}) {
  const forms = catalogue[one];
  const text = Array.isArray(forms) ? (forms[form(n)] ?? forms[forms.length - 1]) : english(englishForm(n) ? many : one);
  return fill(text, { n, ...values });
}

/**
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

/**
 * @param {string} tag
 * @returns {(n: number) => number}
 */
export function formsOf(tag) {
  const table = PLURALS[tag.split("-")[0]];
  if (!table) return englishForm;
  const rules = new Intl.PluralRules(tag);
  return (n) => table[rules.select(n)] ?? table.other;
}

/** @param {number} n */
function englishForm(n) {
  return n === 1 ? 0 : 1;
}

/** @param {string} msgid */
function english(msgid) {
  return lang === PSEUDO ? pseudo(msgid) : msgid;
}

/** @param {string} text */
export function pseudo(text) {
  const parts = text.split(/(\{\w+\})/);
  const strange = parts.map((part, at) => (at % 2 ? part : [...part].map((letter) => STRANGE[letter] ?? letter).join("")));
  return `⟦${strange.join("")}${"·".repeat(Math.floor(([...text].length * 2) / 5))}⟧`;
}
