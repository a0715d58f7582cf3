/**
 * The field at the bottom: writing an idea is sending a message. Enter adds, Shift+Enter is a new line, ↑ in the empty
 * field edits my last note, Alt+1…9 chooses the zone. What is half written survives a reload.
 */
import { html, nothing, render } from "lit-html";
import { icon, mark } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { MOST_AT_ONCE } from "../acts.js";

const COUNT_FROM = 240;
const SOFT_LIMIT = 280;
const TALLEST = 160;

export class Composer extends EventTarget {
  /** @type {string | null} */
  #region = null;
  /** @type {string[]} */
  #lines = [];
  #key;

  /**
   * @param {{
   *   form: HTMLFormElement, model: import("../model.js").Model, popover: import("./popover.js").Popover,
   *   say: (words: string) => void, tell: (words: string) => void,
   *   add: (text: string, region: string | null) => void, addMany: (lines: string[], region: string) => void,
   *   editLast: () => boolean, signal: AbortSignal,
   * }} parts
   */
  constructor(parts) {
    super();
    this.parts = parts;
    this.#key = `codesign.draft.${parts.model.who.board}`;
    const { form, signal } = parts;
    this.field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    this.chooser = /** @type {HTMLElement} */ (form.querySelector(".composer__zone"));
    this.extra = /** @type {HTMLElement} */ (form.querySelector(".composer__extra"));
    form.addEventListener("submit", (e) => this.#submit(e), { signal });
    this.field.addEventListener("keydown", (e) => this.#keys(e), { signal });
    this.field.addEventListener("input", () => this.#typed(), { signal });
    this.field.addEventListener("paste", (e) => this.#paste(e), { signal });
    this.chooser.addEventListener("click", () => this.choose(), { signal });
    if (!this.field.value) this.field.value = kept(this.#key);
    this.#typed();
  }

  /** The zone that the next note goes to. */
  get region() {
    const { regions } = this.parts.model;
    return regions.some((r) => r.id === this.#region) ? this.#region : (regions[0]?.id ?? null);
  }

  /** @param {string | null} id */
  setRegion(id) {
    if (id === this.#region) return;
    this.#region = id;
    this.draw();
    this.dispatchEvent(new Event("region"));
  }

  /** @param {number} index from 0 */
  chooseAt(index) {
    const region = this.parts.model.regions[index];
    if (!region) return false;
    this.setRegion(region.id);
    this.parts.say(this.parts.model.words(region, "title"));
    return true;
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** Put words back into the field, where they can be read and sent again. @param {string} text */
  put(text) {
    this.field.value = this.field.value ? `${this.field.value}\n${text}` : text;
    this.#typed();
    this.focus();
  }

  draw() {
    const { model } = this.parts;
    const region = this.region;
    this.chooser.hidden = !region;
    if (region) {
      render(
        html`<span class="composer__sw c-${model.myPaper}">${mark(model.myPaper)}</span><span class="clip" dir="auto">${model.regionTitle(region)}</span>${icon("down", "i--16")}`,
        this.chooser,
      );
      this.chooser.setAttribute("aria-label", t("Zone: {title}", { title: model.regionTitle(region) }));
    }
    const may = model.may("add");
    this.field.readOnly = !may;
    this.field.placeholder = may ? t("Write an idea") : model.ended || t("The board is locked");
    this.#fit();
    this.#drawExtra();
  }

  /** Open the choice of zones. */
  choose() {
    const { popover, model } = this.parts;
    if (popover.isFor(this.chooser)) return popover.close();
    const items = model.regions.map(
      (r, i) => html`<button type="button" role="menuitemradio" class="menu__item" aria-checked=${r.id === this.region}
        @click=${() => { this.setRegion(r.id); popover.close(false); this.focus(); }}>
        <span class="grow" dir="auto">${model.words(r, "title")}</span>${i < 9 ? html`<span class="kbd">Alt ${i + 1}</span>` : nothing}</button>`,
    );
    popover.open(this.chooser, html`<div class="menu__head">${t("Next note goes to")}</div>${items}`, { label: t("Zone"), back: this.field });
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return this.focus();
    const { model, tell } = this.parts;
    if (!model.may("add")) return tell(model.ended || t("The board is locked. Your words stay in the field."));
    this.field.value = "";
    this.#lines = [];
    this.#typed();
    this.parts.add(text, this.region);
    this.focus();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    else if (event.key === "ArrowUp" && !this.field.value && this.parts.editLast()) event.preventDefault();
    else if (event.key === "Escape" && this.#lines.length) {
      event.stopPropagation();
      this.#offer([]);
    }
  }

  #typed() {
    const { field } = this;
    keep(this.#key, field.value);
    this.#fit();
    this.#drawExtra();
  }

  /** As tall as its words. An empty one has its own height: a placeholder measured while the bar is narrow would swell it. */
  #fit() {
    const { field } = this;
    field.style.height = "";
    if (field.value) field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
  }

  /** Several lines at once: one note each, if that is what is meant. @param {ClipboardEvent} event */
  #paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const lines = text.split(/\r\n|\r|\n/).map((l) => l.trim()).filter(Boolean);
    if (lines.length < 2 || !this.region) return;
    event.preventDefault();
    this.#offer(lines, text);
  }

  #pasted = "";

  /** @param {string[]} lines @param {string} [text] */
  #offer(lines, text = "") {
    this.#lines = lines;
    this.#pasted = text;
    this.#drawExtra();
    if (lines.length) {
      this.parts.say(this.#question());
      this.extra.querySelector("button")?.focus();
    }
  }

  #question() {
    const n = this.#lines.length;
    const many = tn("{n} line pasted.", "{n} lines pasted.", n);
    return n > MOST_AT_ONCE ? `${many} ${t("The first {n} can be added at once.", { n: MOST_AT_ONCE })}` : many;
  }

  #drawExtra() {
    const length = [...this.field.value].length;
    const n = Math.min(this.#lines.length, MOST_AT_ONCE);
    render(
      n
        ? html`<p class="composer__offer"><span class="grow">${this.#question()}</span>
            <button type="button" class="btn btn--s btn--primary" @click=${() => this.#addLines()}>${tn("Add {n} note", "Add {n} notes", n)}</button>
            <button type="button" class="btn btn--s" @click=${() => this.#asOne()}>${t("Keep as one note")}</button></p>`
        : length >= COUNT_FROM
          ? html`<p class="composer__count num ${length > SOFT_LIMIT ? "is-over" : ""}">${length} / ${SOFT_LIMIT}</p>`
          : nothing,
      this.extra,
    );
  }

  #addLines() {
    const region = this.region;
    const lines = this.#lines;
    const rest = lines.slice(MOST_AT_ONCE);
    this.#offer([]);
    if (region) this.parts.addMany(lines.slice(0, MOST_AT_ONCE), region);
    // What did not fit into one act is offered next.
    if (rest.length) this.#offer(rest, rest.join("\n"));
    else this.focus();
  }

  #asOne() {
    const text = this.#pasted;
    this.#offer([]);
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.#typed();
    this.focus();
  }
}

/** @param {string} key */
function kept(key) {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} key @param {string} text */
function keep(key, text) {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing only forgets an unfinished line at a reload.
  }
}
