/**
 * A text area that several people may write in at once: what is typed goes to the sync engine at every stroke, what
 * others type comes back as splices, and the caret stays with the words it stood in. While an input method composes,
 * others' words wait.
 *
 * @typedef {import("../replica.js").TextMove} TextMove
 */
import { moveCaret } from "../text.js";

export class TextField {
  #stop;
  #abort = new AbortController();

  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} area
   * @param {import("../sync.js").Sync} sync
   * @param {{stream: string, id: string | null, field: string}} spot
   * @param {() => void} [moved] the words changed, by whomever
   */
  constructor(area, sync, spot, moved = () => {}) {
    this.area = area;
    this.sync = sync;
    this.spot = spot;
    this.moved = moved;
    area.value = this.words;
    const { signal } = this.#abort;
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
    this.sync.editText(stream, id, field, this.area.value);
    this.moved();
  }

  /** @param {boolean} on */
  #composing(on) {
    const { stream, id, field } = this.spot;
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
