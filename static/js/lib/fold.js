/**
 * Search that ignores case, marks on letters, and script: "kutaisi" finds ქუთაისი and Кутаиси, "cez" finds Čez and Чез.
 * Letters are folded to plain Latin by one table, close to how people type them without the right keyboard.
 */

/** @type {Record<string, string>} */
const CYRILLIC = {
  а: "a", б: "b", в: "v", г: "g", ґ: "g", ѓ: "g", д: "d", ђ: "dj", е: "e", ё: "e", є: "e", ж: "z", з: "z", ѕ: "z", и: "i",
  і: "i", ї: "i", й: "i", ј: "j", к: "k", ќ: "k", л: "l", љ: "lj", м: "m", н: "n", њ: "nj", о: "o", п: "p", р: "r", с: "s",
  т: "t", ћ: "c", у: "u", ў: "u", ф: "f", х: "h", ц: "c", ч: "c", џ: "dz", ш: "s", щ: "s", ъ: "", ы: "i", ь: "", э: "e",
  ю: "ju", я: "ja",
};
/** @type {Record<string, string>} */
const GEORGIAN = {
  ა: "a", ბ: "b", გ: "g", დ: "d", ე: "e", ვ: "v", ზ: "z", თ: "t", ი: "i", კ: "k", ლ: "l", მ: "m", ნ: "n", ო: "o", პ: "p",
  ჟ: "z", რ: "r", ს: "s", ტ: "t", უ: "u", ფ: "f", ქ: "k", ღ: "g", ყ: "k", შ: "s", ჩ: "c", ც: "c", ძ: "dz", წ: "c", ჭ: "c",
  ხ: "h", ჯ: "dz", ჰ: "h",
};
/** @type {Record<string, string>} */
const GREEK = {
  α: "a", β: "v", γ: "g", δ: "d", ε: "e", ζ: "z", η: "i", θ: "t", ι: "i", κ: "k", λ: "l", μ: "m", ν: "n", ξ: "ks", ο: "o",
  π: "p", ρ: "r", σ: "s", ς: "s", τ: "t", υ: "i", φ: "f", χ: "h", ψ: "ps", ω: "o",
};
/** Latin letters that are not a plain letter with a mark. @type {Record<string, string>} */
const LATIN = { ı: "i", ł: "l", đ: "dj", ø: "o", æ: "ae", œ: "oe", ß: "ss", þ: "t", ð: "d", ŋ: "n" };
/** What people write in two letters for one: folded alike on both sides. @type {[RegExp, string][]} */
const PAIRS = [[/sh|sch/g, "s"], [/ch|tch/g, "c"], [/zh/g, "z"], [/kh/g, "h"], [/ts/g, "c"], [/gh/g, "g"], [/y/g, "i"], [/w/g, "v"], [/q/g, "k"], [/ph/g, "f"]];

const LETTERS = { ...CYRILLIC, ...GEORGIAN, ...GREEK, ...LATIN };

/** @param {string} text */
export function fold(text) {
  // Georgian capitals (Mtavruli) become small letters with the rest.
  const small = text.toLowerCase().normalize("NFC");
  let out = "";
  for (const letter of small) {
    const plain = LETTERS[letter] ?? letter.normalize("NFD").replace(/\p{M}/gu, "");
    out += plain.length === 1 && LETTERS[plain] !== undefined ? LETTERS[plain] : plain;
  }
  for (const [pair, one] of PAIRS) out = out.replace(pair, one);
  return out.replace(/[’'ʼ`]/g, "").replace(/\s+/g, " ");
}

/** Does the text hold all words of the query? @param {string} text @param {string} query */
export function matches(text, query) {
  const folded = fold(text);
  return fold(query).split(" ").filter(Boolean).every((word) => folded.includes(word));
}
