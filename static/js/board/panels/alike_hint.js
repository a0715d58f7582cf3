/**
 * While somebody writes: is there a note already that says the same, in the same language? Looked for in the breaks of
 * typing and a few notes at a time, so that no key waits; said above the field.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, render } from "lit-html";
import { ALIKE, LETTERS_LEAST, likeness, piecesOf } from "../../lib/alike.js";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { guessLang } from "../lang.js";

const PAUSE_MS = 350;
/** Notes looked at in one go, and at most. */
const AT_ONCE = 150;
const MOST = 3000;

export class AlikeHint {
  /** @type {Map<string, {text: string, pieces: Set<string>}>} */
  #known = new Map();
  /** @type {string | null} */
  #found = null;
  #timer = 0;
  #round = 0;

  /**
   * @param {{
   *   field: HTMLTextAreaElement, box: HTMLElement, model: import("../model.js").Model, show: (id: string) => void, say: (words: string) => void, signal: AbortSignal,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    parts.field.addEventListener("input", () => this.#typed(), { signal: parts.signal });
    // Enter and the button have emptied the field by now: whoever sends hears of it first.
    const sent = () => parts.field.value.trim() || this.#forget();
    parts.field.addEventListener("keydown", sent, { signal: parts.signal });
    parts.field.form?.addEventListener("submit", sent, { signal: parts.signal });
  }

  /** The words have been sent, or there are too few of them. */
  #forget() {
    window.clearTimeout(this.#timer);
    this.#round += 1;
    this.#become(null);
  }

  #typed() {
    if (this.parts.field.value.trim().length < LETTERS_LEAST) return this.#forget();
    window.clearTimeout(this.#timer);
    this.#round += 1;
    this.#timer = window.setTimeout(() => this.#look(this.#round), PAUSE_MS);
  }

  /** @param {number} round */
  #look(round) {
    const { field, model } = this.parts;
    const text = field.value.trim();
    // What is private is compared with nothing, and many lines are many notes.
    if (model.hides || model.isMap || text.includes("\n")) return this.#become(null);
    const lang = base(guessLang(text, model.who.lang));
    const notes = [...model.items.values()].filter((one) => one.kind === "note" && one.text && (!one.lang || base(one.lang) === lang)).slice(-MOST);
    const pieces = piecesOf(text);
    let best = { id: "", like: ALIKE };
    const go = (/** @type {number} */ from) => {
      if (round !== this.#round) return;
      for (const note of notes.slice(from, from + AT_ONCE)) {
        const like = likeness(pieces, this.#piecesOf(note));
        if (like >= best.like) best = { id: note.id, like };
      }
      if (from + AT_ONCE < notes.length) return void idle(() => go(from + AT_ONCE));
      this.#become(best.id || null);
    };
    go(0);
  }

  /** @param {Item} note */
  #piecesOf(note) {
    const known = this.#known.get(note.id);
    if (known && known.text === note.text) return known.pieces;
    const pieces = piecesOf(note.text);
    this.#known.set(note.id, { text: note.text, pieces });
    return pieces;
  }

  /** @param {string | null} id */
  #become(id) {
    const { box, model, show, say } = this.parts;
    const note = id ? model.item(id) : undefined;
    const isNew = id !== this.#found;
    this.#found = note ? id : null;
    box.hidden = !note;
    if (!note || !id) return render(html``, box);
    render(html`${icon("info", "i--16")}<span class="grow clip" dir="auto">${t("There is one like it: “{words}”", { words: note.text })}</span><button type="button" class="btn btn--s" @click=${() => show(note.within && model.item(note.within) ? note.within : id)}>${t("Show it")}</button>`, box);
    if (isNew) say(t("There is one like it: “{words}”", { words: note.text }));
  }
}

/** @param {string | undefined} lang */
function base(lang) {
  return String(lang ?? "").split("-")[0];
}

/** @param {() => void} act */
function idle(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act);
  else setTimeout(act);
}
