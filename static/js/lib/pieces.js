// Long words taken apart, so that each part can be a note of its own: by paragraphs, by lines, by
// sentences, by words. Nothing goes but the white space between two parts.

/** Up to here a note is read at a glance (letters). */
export const COMFORT = 280;

/** @type {((text: string) => string[])[]} from the largest parts to the smallest */
const WAYS = [(text) => text.split(/\n[^\S\n]*\n/), (text) => text.split("\n"), sentences, words, letters];
/** From sentences on, small parts stay together as long as there is room. */
const FIRST_PACKED = WAYS.indexOf(sentences);

/** @param {string} text @param {number} [most] letters of one piece @returns {string[]} */
export function piecesOf(text, most = COMFORT) {
  return apart(text, most, 0);
}

/** @param {string} text @param {number} most @param {number} way @returns {string[]} */
function apart(text, most, way) {
  const whole = text.trim();
  if (!whole) return [];
  if (lengthOf(whole) <= most || way === WAYS.length) return [whole];
  const parts = WAYS[way](whole);
  const packed = way < FIRST_PACKED ? parts : pack(parts, most);
  return packed.flatMap((part) => apart(part, most, way + 1));
}

/** @param {string[]} parts @param {number} most */
function pack(parts, most) {
  /** @type {string[]} */
  const packed = [];
  let open = "";
  for (const part of parts) {
    if (open && lengthOf((open + part).trim()) > most) {
      packed.push(open);
      open = "";
    }
    open += part;
  }
  return [...packed, open];
}

/** @param {string} text */
export function lengthOf(text) {
  let n = 0;
  for (const _ of text) n += 1;
  return n;
}

/** @param {string} text */
function sentences(text) {
  return segments(text, "sentence");
}

/** @param {string} text */
function words(text) {
  return text.split(/(?<=\s)(?=\S)/);
}

/** Signs that belong together stay together, such as a flag or a letter with its accent. @param {string} text */
function letters(text) {
  return segments(text, "grapheme");
}

/** @param {string} text @param {"sentence" | "grapheme"} granularity */
function segments(text, granularity) {
  return Array.from(new Intl.Segmenter(undefined, { granularity }).segment(text), ({ segment }) => segment);
}
