/**
 * What every board of records begins with, however its records are drawn: whether it is one, the register it follows, a
 * draw per frame, undo by key, and what others did, told gathered. The views hand in what is theirs.
 */
import { isWriting } from "../../lib/dom.js";
import { kept } from "../../lib/keep.js";

const GATHER_MS = 4000;

export class RecordHost {
  #frame = 0;
  #landed = false;
  #followed = "";
  /** @type {Map<string, string>} what others changed, not told yet: the record, and who */
  #heard = new Map();
  #telling = 0;

  /**
   * @param {{
   *   main: HTMLElement, box: HTMLElement, form: HTMLFormElement, registers: import("./registers.js").Registers,
   *   say: (words: string) => void, undo: () => void, redo: () => void, toggleList: () => void,
   * }} parts
   * @param {{
   *   flag: string, drawn: () => void, followed?: () => void, telling: (heard: [string, string][]) => string,
   * }} own `flag`: the class of the page while such a board is open; `telling`: one sentence for [record, person] of what was heard
   */
  constructor(parts, own) {
    this.parts = parts;
    this.own = own;
    const { main, registers } = parts;
    registers.sync.on("change", (e) => registers.concerns(e.stream) && this.#changed(e));
    registers.sync.on("loaded", () => this.draw());
    new MutationObserver(() => this.draw()).observe(main, { attributes: true, attributeFilter: ["class", "data-ready"] });
    this.draw();
  }

  get isPhone() {
    return this.parts.main.classList.contains("is-phone");
  }

  /** As text: by wish, and on every phone. */
  get isList() {
    return this.isPhone || this.parts.main.classList.contains("is-list");
  }

  draw() {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { main, box, form, registers } = this.parts;
    const on = registers.isOn;
    if (main.classList.contains(this.own.flag) !== on) main.classList.toggle(this.own.flag, on);
    box.hidden = form.hidden = !on;
    if (!on) return;
    this.#follow();
    this.own.drawn();
    this.#land();
  }

  /** Once, as on every board: the field has the caret, unless somebody was quicker or reads the list. */
  #land() {
    const { main, form } = this.parts;
    const field = /** @type {HTMLElement | null} */ (form.querySelector(".composer__in"));
    if (this.#landed || !field || main.dataset.ready === undefined) return;
    this.#landed = true;
    // Where the caret was put into the field for notes, that one is hidden now.
    const has = document.activeElement;
    const isFree = !has || has === document.body || !has.getClientRects().length;
    if (isFree && !main.classList.contains("is-list")) field.focus({ preventScroll: true });
  }

  /** Undo and redo, unless somebody writes: what is typed is taken back by the field. @param {KeyboardEvent} event @returns {boolean} whether it was that */
  undoes(event) {
    if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyZ" || isWriting(event.target)) return false;
    if (event.shiftKey) this.parts.redo();
    else this.parts.undo();
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** L turns the list on and off, as on boards of notes. @param {KeyboardEvent} event @returns {boolean} whether it was that */
  turnsList(event) {
    if (event.code !== "KeyL" || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || kept("singles", "1") !== "1" || isWriting(event.target)) return false;
    this.parts.toggleList();
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Once for each programme and right, not at every change. */
  #follow() {
    const { register, model } = this.parts.registers;
    const key = `${register} ${model.leads}`;
    if (key === this.#followed || !model.workshop.fields.programme) return;
    this.#followed = key;
    this.parts.registers.follow();
    this.own.followed?.();
  }

  /** @param {{stream: string, entries: import("../changes.js").Entry[] | null}} event */
  #changed({ stream, entries }) {
    this.draw();
    const { registers } = this.parts;
    if (stream !== registers.register || !registers.isOn) return;
    for (const entry of entries ?? []) {
      if (!entry.by || entry.by === registers.model.me) continue;
      for (const change of entry.changes) {
        const id = "patch" in change ? change.patch : "put" in change ? change.put.id : "";
        if (id) this.#heard.set(id, entry.by);
      }
    }
    if (this.#heard.size && !this.#telling) this.#telling = window.setTimeout(() => this.#tellHeard(), GATHER_MS);
  }

  /** Polite, and gathered: twenty moves are not twenty sentences. */
  #tellHeard() {
    this.#telling = 0;
    const words = this.own.telling([...this.#heard]);
    this.#heard.clear();
    if (words) this.parts.say(words);
  }
}
