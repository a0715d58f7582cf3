/**
 * How tall a note will be, before it is in the page: words are laid out with letter widths asked of a canvas once per
 * letter. What the page then measures wins (`learn`). An item is never changed, only replaced, so it is the key.
 *
 * @typedef {import("./model.js").Item} Item
 */

export const NOTE_WIDTH = 184;
export const NOTE_LEAST = 128;
const PADDING = 26;
const AROUND = 12 + 2 + 28;

/** Which step of the type scale a note's words take (design 7). @param {string} text @param {string} [lang] */
export function sizeOf(text, lang) {
  const long = lang?.startsWith("ka") || /[\u10a0-\u10ff]/.test(text) ? 30 : 40;
  if (text.length <= long) return "m";
  return text.length > 92 ? "s" : "n";
}

/** @type {Record<string, {px: number, line: number}>} */
const TYPE = { m: { px: 16, line: 1.34 }, n: { px: 15, line: 1.38 }, s: { px: 13.5, line: 1.36 } };

/** A translation beneath them: its letters, and the rule above it. */
const BENEATH = { px: 12.5, far: 14.5, line: 1.35, around: 10 };

/** A line that says what sort of card a note is. */
const TAG = 20;

/** A title's letters, and how much wider they are than plain ones. */
const TITLE_PX = 17;
const TITLE_WIDER = 1.09;

/** The card of a factor, as css/board/maps.css draws it. */
const CARD = { px: 14, small: 12, least: 56, most: 166, aside: 14, lead: 17.5, smallLead: 15, above: 13 };

const SPACE = 32;
const NEWLINE = 10;
/** Codes below have a place each: Latin, Greek, Cyrillic, Armenian, Georgian and the signs between. */
const PLAIN = 0x2100;

/** @returns {{heights: WeakMap<Item, number>, known: WeakSet<Item>}} */
function nothing() {
  return { heights: new WeakMap(), known: new WeakSet() };
}

/** @type {typeof TYPE} */
const FAR_TYPE = { m: { px: 17.5, line: 1.32 }, n: { px: 17.5, line: 1.32 }, s: { px: 16, line: 1.32 } };

/** What stands over a note's words: what sort of card it is, and what is drawn on it. @param {Item} item @param {number} width */
function above(item, width) {
  const drawn = Object.keys(item).some((key) => key.startsWith("ink/"));
  return (item.card ? TAG : 0) + (drawn ? Math.round((width - PADDING) * 0.75) + 10 : 0);
}

export class Metrics {
  /** What was found out, near by and from some way off. @type {{heights: WeakMap<Item, number>, known: WeakSet<Item>}[]} */
  #found = [nothing(), nothing()];
  /** Words are larger, and names gone, where the board is seen from some way off (design 7). */
  #far = false;
  /** How wide letters are, by the size of type. @type {Map<number, Float64Array>} */
  #letters = new Map();
  /** @type {Map<string, number>} */
  #others = new Map();
  /** @type {CanvasRenderingContext2D | null} */
  #pen;
  #scale = 1;
  /** How tall a note is at least: a pin covers as little of its map as may be. */
  least = NOTE_LEAST;

  /**
   * @param {CanvasRenderingContext2D | null} pen @param {string} font family
   * @param {(item: Item) => string} [beneath] words that stand beneath those of the item
   */
  constructor(pen, font, beneath = () => "") {
    this.#pen = pen;
    this.font = font;
    this.beneath = beneath;
  }

  /** Letters look different now: another text size, or the fonts have come. @param {number} scale */
  renew(scale) {
    this.#scale = scale;
    this.#letters.clear();
    this.#others.clear();
    this.#found = [nothing(), nothing()];
  }

  get #heights() {
    return this.#found[Number(this.#far)].heights;
  }

  get #known() {
    return this.#found[Number(this.#far)].known;
  }

  /** Is the board seen from some way off? True when that changes what notes look like. @param {boolean} far */
  setFar(far) {
    if (far === this.#far) return false;
    this.#far = far;
    return true;
  }

  /** Has the page measured it? @param {Item} item */
  knows(item) {
    return this.#known.has(item);
  }

  /** It shows more or less than before, though it is the same item. @param {Item} item */
  forget(item) {
    for (const { known } of this.#found) known.delete(item);
  }

  /** @param {Item} item @param {number} [width] */
  height(item, width = NOTE_WIDTH) {
    let height = this.#heights.get(item);
    if (height === undefined) {
      height = this.#guess(item.text ?? "", item.lang, width, this.beneath(item)) + above(item, width);
      this.#heights.set(item, height);
    }
    return height;
  }

  /**
   * How large the card of a factor is: as wide as its words, up to some width. Known before it is in the page, because
   * links end at its edge.
   * @param {string} name @param {string} other in another language @param {string} tag
   */
  card(name, other, tag) {
    const { px, small, least, most, aside, lead, smallLead, above } = CARD;
    const scale = this.#scale;
    const parts = [[name || "…", px, lead], [other, small, smallLead], [tag, small, smallLead]].filter(([words]) => words);
    const widest = Math.max(...parts.map(([words, size]) => this.#width(String(words), Number(size) * scale) * TITLE_WIDER));
    const room = Math.max(least, Math.min(most * scale, Math.ceil(widest) + 2));
    const tall = parts.reduce((sum, [words, size, line]) => sum + this.#lines(String(words), Number(size) * scale, room / TITLE_WIDER) * Number(line) * scale, 0);
    return { w: Math.ceil(room) + 2 * aside, h: Math.max(46, Math.ceil(tall) + above) };
  }

  /** How many lines a title takes. @param {string} title @param {number} room */
  titleLines(title, room) {
    return this.#lines(title, TITLE_PX * this.#scale, room / TITLE_WIDER);
  }

  /** The page has measured it. True when that changes the layout. @param {Item} item @param {number} height */
  learn(item, height) {
    const next = Math.max(this.least, Math.ceil(height));
    this.#known.add(item);
    const known = this.#heights.get(item);
    if (known !== undefined && Math.abs(known - next) <= 1) return false;
    this.#heights.set(item, next);
    return true;
  }

  /** @param {string} text @param {string | undefined} lang @param {number} width @param {string} beneath */
  #guess(text, lang, width, beneath) {
    const step = sizeOf(text, lang);
    const { px, line } = this.#far ? FAR_TYPE[step] : TYPE[step];
    const size = px * this.#scale;
    const lines = this.#lines(text, size, width - PADDING);
    const small = (this.#far ? BENEATH.far : BENEATH.px) * this.#scale;
    const under = beneath ? this.#lines(beneath, small, width - PADDING) * small * BENEATH.line + BENEATH.around : 0;
    return Math.max(this.least, Math.ceil(lines * size * line + under + AROUND));
  }

  /**
   * Greedy lines, as a browser breaks them. Letter by letter in one pass, without cutting the text up: a board of thousands
   * of notes is measured before anything of it is seen.
   * @param {string} text @param {number} px @param {number} room
   */
  #lines(text, px, room) {
    const widths = this.#widths(px);
    const space = this.#width(" ", px);
    let lines = 1;
    let used = 0;
    let word = 0;
    for (let at = 0; at <= text.length; at += 1) {
      const code = at < text.length ? text.charCodeAt(at) : NEWLINE;
      if (code !== SPACE && code !== NEWLINE) {
        word += code < PLAIN ? widths[code] || this.#learnWidth(code, px) : this.#rare(text, at, px);
        continue;
      }
      const gap = used ? space : 0;
      if (used + gap + word <= room) used += gap + word;
      else {
        const whole = Math.floor(word / room);
        lines += (used ? 1 : 0) + (word > room ? whole : 0);
        used = word > room ? word - whole * room : word;
      }
      word = 0;
      if (code === NEWLINE && at < text.length) {
        lines += 1;
        used = 0;
      }
    }
    return lines;
  }

  /** @param {string} words @param {number} px */
  #width(words, px) {
    const widths = this.#widths(px);
    let sum = 0;
    for (let at = 0; at < words.length; at += 1) {
      const code = words.charCodeAt(at);
      sum += code < PLAIN ? widths[code] || this.#learnWidth(code, px) : this.#rare(words, at, px);
    }
    return sum;
  }

  /** Of the letters of our scripts, by their code. @param {number} px */
  #widths(px) {
    let widths = this.#letters.get(px);
    if (!widths) this.#letters.set(px, (widths = new Float64Array(PLAIN)));
    return widths;
  }

  /** @param {number} code @param {number} px */
  #learnWidth(code, px) {
    return (this.#widths(px)[code] = this.#measure(String.fromCharCode(code), px));
  }

  /** Signs of other scripts, and those that are written in two parts: the second has no width of its own. @param {string} text @param {number} at @param {number} px */
  #rare(text, at, px) {
    const code = text.codePointAt(at) ?? 0;
    if (code >= 0xdc00 && code <= 0xdfff) return 0;
    const key = `${px} ${code}`;
    let wide = this.#others.get(key);
    if (wide === undefined) this.#others.set(key, (wide = this.#measure(String.fromCodePoint(code), px)));
    return wide;
  }

  /** @param {string} letter @param {number} px */
  #measure(letter, px) {
    if (!this.#pen) return px * 0.56;
    this.#pen.font = `${px}px ${this.font}`;
    return this.#pen.measureText(letter).width;
  }
}
