// Reads a spoken code as it is typed, in Latin, Cyrillic or Georgian letters. Twin of codesign/web/codes.py;
// tests/vectors/codes.json holds the two together.

const LETTERS = "BDGKLMNPRSTVZAEIOU";

/** @type {Record<string, string>} */
const READ = {};
/** @param {string} from @param {string} to */
const pair = (from, to) => [...from].forEach((letter, at) => (READ[letter] = to[at]));
pair(LETTERS.toLowerCase(), LETTERS);
pair("cqwyj01šžđëîâă", "KKVIIOISZDEIAA");
pair("бдгклмнпрствзаеиоу", LETTERS);
pair("ґѓќіїйјєэёыюя", "GGKIIIIEEEIUA");
pair("ბდგკლმნპრსტვზაეიოუ", LETTERS);
pair("ქყფთღშჟ", "KKPTGSZ");

/**
 * The letters of a code in what was typed; what is no letter of one goes.
 * @param {string} typed
 */
export function codeLetters(typed) {
  return [...typed.slice(0, 200).toLowerCase()].map((letter) => READ[letter] ?? "").join("");
}

/**
 * As people read it out: two words.
 * @param {string} letters
 */
export function showCode(letters) {
  return `${letters.slice(0, 6)} ${letters.slice(6, 12)}`.trim();
}
