/**
 * The field at the bottom: writing an idea is sending a message. Enter adds, Shift+Enter is a new line, ↑ in the empty
 * field edits my last note, Alt+1…9 chooses the zone. What is half written stays on this device until it is sent.
 */
import { html, nothing, render } from "lit-html";
import { tidyText } from "../../lib/clean.js";
import { icon, mark } from "../../lib/dom.js";
import { forget, keep, kept } from "../../lib/keep.js";
import { piecesOf } from "../../lib/pieces.js";
import { t } from "../../lib/words.js";
import { MOST_AT_ONCE } from "../acts.js";
import { cardName } from "../cards/kinds.js";
import { Above } from "./above.js";
import { measured } from "./lengths.js";

const TALLEST = 160;

export class Composer extends EventTarget {
  /** @type {string | null} */
  #region = null;
  /** Chosen by hand; undefined: the board's first. @type {string | undefined} */
  #kind;
  #key;
  /** The field has a row of its own from so many letters on; 0: it stands between its buttons. */
  #tallFrom = 0;

  /**
   * @param {{
   *   form: HTMLFormElement, model: import("../model.js").Model, popover: import("./popover.js").Popover,
   *   say: (words: string) => void, tell: (words: string) => void,
   *   add: (text: string, region: string | null) => void, addMany: (texts: string[], region: string | null) => void, entering: import("../entering.js").Entering,
   *   editLast: () => boolean, promise: () => string, signal: AbortSignal,
   * }} parts
   */
  constructor(parts) {
    super();
    this.parts = parts;
    const { me, board } = parts.model.who;
    // By person: another one who uses this browser does not meet these words.
    this.#key = `draft.${me}.${board}`;
    const { form, signal } = parts;
    this.field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    this.chooser = /** @type {HTMLElement} */ (form.querySelector(".composer__zone"));
    this.form = form;
    this.entering = parts.entering;
    this.promise = /** @type {HTMLElement} */ (form.querySelector(".composer__promise"));
    this.above = new Above(/** @type {HTMLElement} */ (form.querySelector(".composer__extra")), {
      say: parts.say,
      add: (notes) => this.#addMany(notes),
      asOne: (text) => this.#insert(text),
      split: (notes) => this.#split(notes),
    });
    form.addEventListener("submit", (e) => this.#submit(e), { signal });
    this.field.addEventListener("keydown", (e) => this.#keys(e), { signal });
    this.field.addEventListener("input", () => this.#typed(), { signal });
    this.field.addEventListener("paste", (e) => this.#paste(e), { signal });
    this.chooser.addEventListener("click", () => this.choose(), { signal });
    addEventListener("storage", (e) => this.#keptElsewhere(e), { signal });
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

  /** The sort of card that is written next; none: a plain note. */
  get kind() {
    const { sorts, fields } = this.parts.model;
    const names = sorts.all.map((one) => one.name);
    if (this.#kind !== undefined && (this.#kind === "" || names.includes(this.#kind))) return this.#kind;
    return /** @type {string} */ (fields.card ?? "");
  }

  /** What a new note says of its sort. What is private is a card as well. */
  get stamp() {
    return this.kind ? { card: this.kind } : {};
  }

  /** @param {string} name */
  #setKind(name) {
    this.#kind = name;
    this.parts.popover.close(false);
    this.draw();
    this.focus();
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
    const sorts = model.sorts.all.length > (model.fields.card ? 1 : 0);
    this.chooser.hidden = !region && !sorts;
    if (region || sorts) {
      const words = [region ? model.regionTitle(region) : "", sorts ? (this.kind ? cardName(this.kind) : t("Note")) : ""].filter(Boolean).join(" · ");
      render(
        html`<span class="composer__sw c-${model.myPaper}">${mark(model.myPaper)}</span><span class="clip" dir="auto">${words}</span>${icon("down", "i--16")}`,
        this.chooser,
      );
      this.chooser.setAttribute("aria-label", t("Zone: {title}", { title: words }));
    }
    this.entering.draw();
    const may = model.may("add");
    this.field.readOnly = !may;
    this.field.placeholder = may ? (model.hides ? t("Write an idea. Only you see it.") : model.isMap ? t("Name something that changes") : this.kind && !["idea", "note"].includes(this.kind) ? cardName(this.kind) : model.silent ? t("Write an idea. Everyone sees it.") : t("Write an idea")) : model.ended || whyNot(model);
    this.#drawButton(model.hides, may);
    this.#fit();
    this.above.draw(this.field.value);
  }

  /** The button says who will see the note, and that nothing can be written now. @param {boolean} hides @param {boolean} may */
  #drawButton(hides, may) {
    const button = /** @type {HTMLElement} */ (this.parts.form.querySelector(".composer__add"));
    const words = hides ? t("Add privately") : this.parts.model.isMap ? t("Add factor") : t("Add note");
    button.setAttribute("aria-label", words);
    button.setAttribute("aria-disabled", String(!may));
    /** @type {HTMLElement} */ (button.querySelector(".composer__word")).textContent = words;
    const promise = this.parts.promise();
    if (this.promise.textContent !== promise) this.promise.textContent = promise;
    this.#drawPromise();
  }

  /** What is stored is read before the first word; then it makes room. */
  #drawPromise() {
    this.promise.hidden = !this.promise.textContent || this.field.value !== "";
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
    popover.open(this.chooser, html`${items.length ? html`<div class="menu__head">${t("Next note goes to")}</div>${items}` : nothing}${this.#sorts()}`, { label: t("Zone"), back: this.field });
  }

  /** What the next note is, where a board takes several sorts. */
  #sorts() {
    const { model } = this.parts;
    const names = [...model.sorts.all.map((one) => one.name), ...(model.fields.card ? [] : [""])];
    if (names.length < 2) return nothing;
    return html`<div class="menu__head">${t("Next note is")}</div>${names.map((name) => html`<button type="button" role="menuitemradio" class="menu__item" aria-checked=${name === this.kind} @click=${() => this.#setKind(name)}><span class="grow">${name ? cardName(name) : t("Note")}</span></button>`)}`;
  }

  /** What is half written goes: this person leaves the device to others. */
  forget() {
    forget(this.#key);
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    const text = tidyText(this.field.value).trim();
    if (!text) return this.focus();
    if (!this.#mayAdd()) return;
    if (measured(text).state === "over") return this.above.insist(text);
    this.#clear();
    this.parts.add(text, this.region);
    this.focus();
  }

  /** Else says why not. */
  #mayAdd() {
    const { model, tell } = this.parts;
    if (model.may("add") && model.flows && !model.regions.length) {
      tell(t("Sheets are dealt when the rounds begin."));
      return false;
    }
    if (model.may("add")) return true;
    tell(model.ended || t("The board is locked. Your words stay in the field."));
    return false;
  }

  #clear() {
    this.field.value = "";
    this.above.withdraw();
    this.#typed();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    else if (event.key === "ArrowUp" && !this.field.value && this.parts.editLast()) event.preventDefault();
    else if (event.key === "Escape" && this.above.isOffering) {
      event.stopPropagation();
      this.above.withdraw();
      this.above.draw(this.field.value);
    }
  }

  #typed() {
    const { value } = this.field;
    if (value) keep(this.#key, value);
    else forget(this.#key);
    this.#drawPromise();
    this.#fit();
    this.above.draw(value);
  }

  /** Another tab of this person wrote on, or sent it: a copy nobody has touched here follows. @param {StorageEvent} event */
  #keptElsewhere(event) {
    if (event.key !== `codesign.${this.#key}` || document.hasFocus() || this.field.value !== (event.oldValue ?? "")) return;
    this.field.value = event.newValue ?? "";
    this.#fit();
    this.above.draw(this.field.value);
  }

  /**
   * As tall as its words; with more than one line in a row of its own, as wide as the bar. An empty one has its own
   * height: a placeholder measured while the bar is narrow would swell it.
   */
  #fit() {
    const { field } = this;
    const { length } = field.value;
    if (!this.#tallFrom || length < this.#tallFrom) {
      this.form.classList.remove("is-tall");
      field.style.height = "";
      const isTall = length > 0 && field.scrollHeight > field.clientHeight + 4;
      this.#tallFrom = isTall ? length : 0;
      this.form.classList.toggle("is-tall", isTall);
    }
    field.style.height = "";
    if (length) field.style.height = `${Math.min(field.scrollHeight + field.offsetHeight - field.clientHeight, TALLEST)}px`;
  }

  /** Several lines at once: one note each, if that is what is meant. @param {ClipboardEvent} event */
  #paste(event) {
    const text = tidyText(event.clipboardData?.getData("text/plain") ?? "");
    const lines = text.split("\n").map((l) => l.trim()).filter(Boolean);
    if (lines.length < 2 || !this.parts.model.may("add")) return;
    event.preventDefault();
    this.above.offer(lines.flatMap((line) => (measured(line).state === "over" ? piecesOf(line) : [line])), text);
  }

  /** @param {string[]} texts */
  #addMany(texts) {
    if (!this.#mayAdd()) return this.#insert(texts.join("\n"));
    this.parts.addMany(texts.slice(0, MOST_AT_ONCE), this.region);
    const rest = texts.slice(MOST_AT_ONCE);
    this.above.draw(this.field.value);
    // What did not fit into one act is offered next.
    if (rest.length) this.above.offer(rest);
    else this.focus();
  }

  /** The words in the field become several notes. @param {string[]} texts */
  #split(texts) {
    if (!this.#mayAdd()) return;
    this.#clear();
    this.#addMany(texts);
  }

  /** @param {string} text */
  #insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.#typed();
    this.focus();
  }
}

/** What people do now, when it is not writing. @param {import("../model.js").Model} model */
function whyNot({ isOver, role, workshop: { fields: { stage } } }) {
  if (isOver) return t("The workshop has ended");
  if (role === "observer") return t("Here you only read");
  if (stage === "cluster") return t("Now the notes are grouped");
  if (stage === "vote") return t("This step is for voting");
  return t("The board is locked");
}
