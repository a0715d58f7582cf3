/**
 * A text area that several people may write in at once: what is typed goes to the sync engine at every stroke, what
 * others type comes back as splices, and the caret stays with the words it stood in. While an input method composes,
 * others' words wait.
 *
 * What no text can hold is left out of what is typed; what does not fit is not taken, and told as a "full" event.
 *
 * @typedef {import("../replica.js").TextMove} TextMove
 * @typedef {{id: string | null, field: string, words: string, most: number}} Full what did not go in, and how many bytes do
 */
import { fitting, TEXT_BYTES, tidyText, TITLE_BYTES } from "../../lib/clean.js";
import { lengthOf } from "../../lib/pieces.js";
import { moveCaret } from "../text.js";

export class TextField {
  #stop;
  #abort = new AbortController();

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} area
   * @param {import("../sync.js").Sync} sync
   * @param {{stream: string, id: string | null, field: string}} spot
   * @param {() => void} [moved] the words changed, by whomever
   * @param {{long?: boolean}} [how] `long`: the words of a note, not one line
   */
  constructor(area, sync, spot, moved = () => {}, { long = false } = {}) {
    this.area = area;
    this.long = long;
    this.sync = sync;
    this.spot = spot;
    this.moved = moved;
    area.value = this.words;
    const { signal } = this.#abort;
    area.addEventListener("beforeinput", (e) => this.#fits(/** @type {InputEvent} */ (e)), { signal });
    area.addEventListener("input", () => this.#typed(), { signal });
    area.addEventListener("compositionstart", () => this.#composing(true), { signal });
    area.addEventListener("compositionend", () => this.#composing(false), { signal });
    this.#stop = sync.on("change", (e) => e.stream === spot.stream && this.#changed(e));
  }

  /** The words as they are now, mine and others'. */
  get words() {
    const { stream, id, field } = this.spot;
    const view = this.sync.view(stream);
    const owner = id === null ? view.fields : view.items.get(id);
    return String(owner?.[field] ?? "");
  }

  /** Let go of the field. */
  end() {
    const { stream, id, field } = this.spot;
    if (this.composes) this.sync.composing(stream, id, field, false);
    this.#abort.abort();
    this.#stop();
  }

  composes = false;

  #typed() {
    const { stream, id, field } = this.spot;
    if (!this.composes) this.#tidy();
    this.sync.editText(stream, id, field, this.area.value);
    this.moved();
  }

  /** What the field may hold of this. @param {string} text */
  #tidied(text) {
    return this.long ? tidyText(text) : tidyText(text).replace(/\n/g, " ");
  }

  #tidy() {
    const { area } = this;
    const text = this.#tidied(area.value);
    if (text === area.value) return;
    const caret = this.#tidied(area.value.slice(0, area.selectionEnd ?? 0)).length;
    area.value = text;
    area.setSelectionRange(caret, caret);
  }

  /** What would be too long does not go in, rather than being refused with all that was written before. @param {InputEvent} event */
  #fits(event) {
    if (!event.inputType.startsWith("insert") || event.isComposing) return;
    const words = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const { value, selectionStart, selectionEnd } = this.area;
    const after = this.#tidied(value.slice(0, selectionStart ?? 0) + words + value.slice(selectionEnd ?? 0));
    const most = this.long ? TEXT_BYTES : TITLE_BYTES;
    // No letter takes more than four bytes: nearly always that is enough to know.
    if (after.length * 4 <= most || fitting(after, most) === lengthOf(after)) return;
    event.preventDefault();
    const { id, field } = this.spot;
    this.area.dispatchEvent(new CustomEvent("full", { bubbles: true, detail: { id, field, words, most } }));
  }

  /** @param {boolean} on */
  #composing(on) {
    const { stream, id, field } = this.spot;
    if (!on) this.#tidy();
    if (!on) this.sync.editText(stream, id, field, this.area.value);
    this.composes = on;
    this.sync.composing(stream, id, field, on);
    if (!on) this.#show([]);
  }

  /** @param {{ids: Set<string> | null, fields: boolean, texts: TextMove[]}} event */
  #changed({ ids, fields, texts }) {
    const { id, field } = this.spot;
    const mine = id === null ? fields || ids === null : ids === null || ids.has(id);
    if (!mine || this.composes) return;
    this.#show(texts.filter((m) => m.id === id && m.field === field));
  }

  /** @param {TextMove[]} moves */
  #show(moves) {
    const { area } = this;
    const words = this.words;
    if (area.value === words) return;
    let start = area.selectionStart ?? 0;
    let end = area.selectionEnd ?? start;
    const alone = start === end;
    for (const { before, splices } of moves) {
      start = moveCaret(before, splices, start);
      end = moveCaret(before, splices, end);
    }
    area.value = words;
    if (document.activeElement === area) area.setSelectionRange(alone ? end : start, end, "none");
    this.moved();
  }
}
