// One cleaner for text, lines and names, applied before anything is sent.
// Twin of codesign/core/clean.py; tests/vectors/clean.json holds the two together.

/** Text that cannot be repaired. `code` is a refusal code, `reason` says what was wrong. */
export class Unclean extends Error {
  /** @param {"bad_op" | "limit"} code @param {"text" | "name"} reason */
  constructor(code, reason) {
    super(reason);
    this.code = code;
    this.reason = reason;
  }
}

export const TEXT_BYTES = 16 * 1024;
export const TITLE_BYTES = 1024;
const NAME_BYTES = 320;
const NAME_GRAPHEMES = 80;

/** Line ends and separators that become one newline. */
const LINES = /\r\n|[\r\v\f\x85\u2028\u2029]/g;
/** Control characters and noncharacters; tab and newline stay. */
const DROPPED =
  /[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]|\p{Noncharacter_Code_Point}/gu;
/** Tag characters are kept only where they follow a black flag (sub-regional flags). */
const TAGS = /(\u{1f3f4}[\u{e0020}-\u{e007f}]+)|[\u{e0000}-\u{e007f}]/gu;
const SURROGATE = /[\ud800-\udfff]/u;
/** What no note can hold, and nobody can read. */
const UNREADABLE = /\0|[\ud800-\udfff]/gu;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** White space as Python knows it: unlike \s without the byte order mark. */
const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const SPACES = new RegExp(`${SPACE}+`, "g");
const NEWLINES = new RegExp(`${SPACE}*\\n${SPACE}*`, "g");
const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");
const MARK = /[\p{Mn}\p{Me}]/u;
const UNCOUNTED = /[\p{Mn}\p{Me}\p{Cf}]/gu;
const VISIBLE = /[^\p{C}\p{Mn}\p{Me}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u;

/**
 * Text as it may be kept. Nothing is normalised: line ends apart, it stays as it was written.
 * @param {string} text
 * @param {number} [most] bytes of UTF-8
 */
export function cleanText(text, most = TEXT_BYTES) {
  if (text.includes("\0") || SURROGATE.test(text)) throw new Unclean("bad_op", "text");
  const clean = text.replace(LINES, "\n").replace(DROPPED, "").replace(TAGS, "$1");
  if (bytes(clean) > most) throw new Unclean("limit", "text");
  return clean;
}

/**
 * What somebody typed or pasted, without what no note can hold: a stray NUL or half a letter pair
 * would have the server refuse all the words around it. Nothing that can be read goes.
 * @param {string} text
 */
export function tidyText(text) {
  return text.replace(UNREADABLE, "").replace(LINES, "\n").replace(DROPPED, "").replace(TAGS, "$1");
}

/** How many letters of it fit, from its beginning. @param {string} text @param {number} [most] bytes of UTF-8 */
export function fitting(text, most = TEXT_BYTES) {
  let room = most;
  let n = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    room -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (room < 0) return n;
    n += 1;
  }
  return n;
}

/**
 * One line of text: a title or label.
 * @param {string} text
 * @param {number} [most] bytes of UTF-8
 */
export function cleanLine(text, most = TITLE_BYTES) {
  return cleanText(text, most).replace(NEWLINES, " ").replace(ENDS, "");
}

/**
 * A name: one line, NFC, no bidi controls, something visible in it.
 * @param {string} name
 */
export function cleanName(name) {
  const line = cleanText(name).replace(BIDI, "").replace(ENDS, "").replace(SPACES, " ");
  const clean = thinMarks(line.normalize("NFC"));
  if (!VISIBLE.test(clean)) throw new Unclean("bad_op", "name");
  if (bytes(clean) > NAME_BYTES || graphemes(clean) > NAME_GRAPHEMES) {
    throw new Unclean("limit", "name");
  }
  return clean;
}

/** At most four combining marks on one base: a stack of them covers other people's lines. @param {string} name */
function thinMarks(name) {
  let marks = 0;
  return [...name].filter((letter) => (marks = MARK.test(letter) ? marks + 1 : 0) <= 4).join("");
}

/** Near enough to grapheme clusters for a limit: marks and joiners count nothing. @param {string} name */
function graphemes(name) {
  return [...name.replace(UNCOUNTED, "")].length;
}

/** @param {string} text */
function bytes(text) {
  return new TextEncoder().encode(text).length;
}
