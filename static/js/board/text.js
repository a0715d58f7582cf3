// Splices: how several people write in one text. Twin of codesign/core/text.py; the vectors in
// tests/vectors/text.json hold the two together (P5.7).
//
// A splice is [at, removed, inserted]. Offsets count code points, as the wire does; JavaScript
// strings count UTF-16 units, so every offset goes through `units` here and nowhere else.

/** @typedef {readonly [at: number, removed: string, inserted: string]} Splice */
/** @typedef {readonly Splice[]} Splices */

/** The splices do not fit the text: out of order, overlapping, or other words stand there. */
export class BadSplice extends Error {}

/**
 * The text after the edit. Throws `BadSplice` when the removed words do not stand there.
 * @param {string} text
 * @param {Splices} splices
 * @returns {string}
 */
export function applySplices(text, splices) {
  const walk = new Walk(text);
  let result = "";
  let done = 0;
  for (const [at, removed, inserted] of splices) {
    const start = walk.to(at);
    if (start < done || !text.startsWith(removed, start)) throw new BadSplice();
    result += text.slice(done, start) + inserted;
    done = start + removed.length;
  }
  return result + text.slice(done);
}

/**
 * The edit that takes this one back, in terms of the text after it.
 * @param {Splices} splices
 * @returns {Splice[]}
 */
export function invert(splices) {
  let shift = 0;
  return splices.map(([at, removed, inserted]) => {
    /** @type {Splice} */
    const back = [at + shift, inserted, removed];
    shift += points(inserted) - points(removed);
    return back;
  });
}

/**
 * The same intent after `over` has happened; both speak of the same text.
 * At the same place `over` stands to the left, for it is earlier in the journal (P5.4). With
 * `earlier` it is the other way about: `splices` is the earlier one, seen after later typing.
 * @param {Splices} splices
 * @param {Splices} over
 * @param {{earlier?: boolean}} [options]
 * @returns {Splices}
 */
export function rebase(splices, over, { earlier = false } = {}) {
  if (!over.length) return splices;
  const spans = over.map(span);
  /** @type {Splice[]} */
  const moved = [];
  for (const [at, removed, inserted] of splices) {
    const start = movedTo(at, spans, !earlier);
    const pieces = survivors(at, removed, spans);
    if (pieces.length && pieces[0][0] <= start) {
      // Keep the words we insert in front of the first piece we still remove.
      const [place, words] = /** @type {[number, string]} */ (pieces.shift());
      moved.push([place, words, inserted]);
    } else if (inserted) {
      moved.push([start, "", inserted]);
    }
    for (const [place, words] of pieces) moved.push([place, words, ""]);
  }
  return tidy(moved);
}

/**
 * One edit that does what `first` and then `second` do; `second` speaks of the text after `first`.
 * @param {Splices} first
 * @param {Splices} second
 * @returns {Splices}
 */
export function compose(first, second) {
  if (!first.length) return second;
  if (!second.length) return first;
  return new Composer(first, second).run();
}

/**
 * One splice from common prefix and suffix. Empty when nothing differs.
 * @param {string} before
 * @param {string} after
 * @returns {Splice[]}
 */
export function splicesBetween(before, after) {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  if (splitsPair(before, head) || splitsPair(after, head)) head -= 1;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  if (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail)) tail -= 1;
  const removed = before.slice(head, before.length - tail);
  return [[points(before.slice(0, head)), removed, after.slice(head, after.length - tail)]];
}

/**
 * Where a caret at UTF-16 offset `caret` of `before` stands once `splices` were applied.
 * It stays before words that arrive exactly at it: two people writing at one place push each other
 * apart, and their words stay whole.
 * @param {string} before
 * @param {Splices} splices
 * @param {number} caret
 * @returns {number}
 */
export function moveCaret(before, splices, caret) {
  const walk = new Walk(before);
  let shift = 0;
  for (const [at, removed, inserted] of splices) {
    const start = walk.to(at);
    const end = start + removed.length;
    if (start >= caret) break;
    if (caret < end) return start + shift + inserted.length;
    shift += inserted.length - removed.length;
  }
  return caret + shift;
}

/**
 * How many code points the text has.
 * @param {string} text
 * @returns {number}
 */
export function points(text) {
  if (!hasPairs(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** @param {string} text */
function hasPairs(text) {
  return /[\ud800-\udbff][\udc00-\udfff]/.test(text);
}

/** @param {string} text @param {number} at whether a surrogate pair stands across this offset */
function splitsPair(text, at) {
  if (at <= 0 || at >= text.length) return false;
  const high = text.charCodeAt(at - 1);
  const low = text.charCodeAt(at);
  return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000;
}

/** Turns ascending offsets in code points into offsets in UTF-16 units. */
class Walk {
  #text;
  #plain;
  #point = 0;
  #unit = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
    this.#plain = !hasPairs(text);
  }

  /** @param {number} point @returns {number} */
  to(point) {
    if (this.#plain) {
      if (point > this.#text.length) throw new BadSplice();
      return point;
    }
    if (point < this.#point) throw new BadSplice();
    while (this.#point < point) {
      if (this.#unit >= this.#text.length) throw new BadSplice();
      this.#unit += splitsPair(this.#text, this.#unit + 1) ? 2 : 1;
      this.#point += 1;
    }
    return this.#unit;
  }
}

/**
 * A splice with the lengths that rebasing asks for again and again.
 * @typedef {{place: number, end: number, grows: number, puts: number}} Span
 */

/** @param {Splice} splice @returns {Span} */
function span([place, removed, inserted]) {
  const gone = points(removed);
  const puts = points(inserted);
  return { place, end: place + gone, grows: puts - gone, puts };
}

/**
 * Where offset `at` lies after `over`; `after`: behind words inserted exactly there.
 * @param {number} at
 * @param {readonly Span[]} over
 * @param {boolean} after
 * @returns {number}
 */
function movedTo(at, over, after) {
  let shift = 0;
  for (const { place, end, grows, puts } of over) {
    if (place > at || (place === at && !after)) break;
    if (at < end) return place + shift + puts;
    shift += grows;
  }
  return at + shift;
}

/**
 * The pieces of our removed range that `over` left standing, where they stand now.
 * @param {number} at
 * @param {string} removed
 * @param {readonly Span[]} over
 * @returns {[place: number, words: string][]}
 */
function survivors(at, removed, over) {
  if (!removed) return [];
  const letters = hasPairs(removed) ? Array.from(removed) : null;
  /** @param {number} from @param {number} [to] */
  const slice = (from, to) => (letters ? letters.slice(from, to).join("") : removed.slice(from, to));
  const end = at + (letters ?? removed).length;
  /** @type {[number, string][]} */
  const pieces = [];
  let done = at;
  let shift = 0;
  for (const { place, end: goneEnd, grows } of over) {
    if (goneEnd <= at && place < at) {
      shift += grows;
      continue;
    }
    if (place >= end) break;
    if (place > done) pieces.push([done + shift, slice(done - at, place - at)]);
    shift += grows;
    done = Math.max(done, goneEnd);
  }
  if (done < end) pieces.push([done + shift, slice(done - at)]);
  return pieces.filter(([, words]) => words);
}

/**
 * Without empty splices; touching ones joined, so that two hands give one canonical form.
 * @param {readonly Splice[]} splices
 * @returns {Splice[]}
 */
function tidy(splices) {
  /** @type {Splice[]} */
  const out = [];
  for (const splice of splices) {
    const [at, removed, inserted] = splice;
    if (!removed && !inserted) continue;
    const last = out.at(-1);
    if (last && last[0] + points(last[1]) === at) {
      out[out.length - 1] = [last[0], last[1] + removed, last[2] + inserted];
    } else {
      out.push(splice);
    }
  }
  return out;
}

/**
 * Walks two edits side by side over the text between them, as one walks two rulers.
 * `first` puts words into that text, `second` takes words out of it; what both touch cancels.
 */
class Composer {
  #first;
  #second;
  /** How far we are in the text before `first`. */
  #at = 0;
  /** @type {Splice[]} */
  #out = [];

  /** @param {Splices} first @param {Splices} second */
  constructor(first, second) {
    this.#first = new Steps(first, "inserted");
    this.#second = new Steps(second, "removed");
  }

  /** @returns {Splices} */
  run() {
    const first = this.#first;
    const second = this.#second;
    while (first.isOpen || second.isOpen) {
      if (first.other) {
        this.#emit(first.takeOther(), "");
      } else if (second.other) {
        this.#emit("", second.takeOther());
      } else {
        this.#both(Math.min(first.length, second.length));
      }
    }
    return tidy(this.#out);
  }

  /**
   * The next `length` letters of the text between, which each side keeps or touches.
   * @param {number} length
   */
  #both(length) {
    const put = this.#first.take(length);
    const gone = this.#second.take(length);
    if (put === null && gone === null) this.#at += length;
    else if (put === null) this.#emit(/** @type {string} */ (gone), "");
    else if (gone === null) this.#emit("", put);
  }

  /** @param {string} removed @param {string} inserted */
  #emit(removed, inserted) {
    this.#out.push([this.#at, removed, inserted]);
    this.#at += points(removed);
  }
}

/** One edit as steps over the text between: kept stretches, touched ones, and the other side. */
class Steps {
  #splices;
  #side;
  #next = 0;
  #place = 0;
  #shift = 0;
  /** @type {string[]} */
  #letters = [];
  other = "";

  /** @param {Splices} splices @param {"inserted" | "removed"} side which words lie in the text between */
  constructor(splices, side) {
    this.#splices = splices;
    this.#side = side;
    this.#open();
  }

  /** Whether anything but keeping is still to come. */
  get isOpen() {
    return this.other !== "" || this.#letters.length > 0 || this.#next < this.#splices.length;
  }

  /** How many letters the step at hand has; without end after the last splice. */
  get length() {
    if (this.#letters.length) return this.#letters.length;
    return this.#next < this.#splices.length ? this.#start() - this.#place : Infinity;
  }

  /** The words on the side that does not lie in the text between. */
  takeOther() {
    const words = this.other;
    this.other = "";
    this.#open();
    return words;
  }

  /**
   * Goes `length` letters on. The touched letters, or null where they are kept.
   * @param {number} length
   * @returns {string | null}
   */
  take(length) {
    const touched = this.#letters.length ? this.#letters.splice(0, length).join("") : null;
    this.#place += length;
    this.#open();
    return touched;
  }

  #open() {
    while (!this.other && !this.#letters.length && this.#next < this.#splices.length) {
      if (this.#start() > this.#place) return;
      const [, removed, inserted] = this.#splices[this.#next];
      this.#next += 1;
      const lies = this.#side === "inserted" ? inserted : removed;
      this.other = this.#side === "inserted" ? removed : inserted;
      this.#letters = Array.from(lies);
      if (this.#side === "inserted") this.#shift += points(inserted) - points(removed);
    }
  }

  /** Where the next splice begins in the text between. */
  #start() {
    return this.#splices[this.#next][0] + this.#shift;
  }
}
