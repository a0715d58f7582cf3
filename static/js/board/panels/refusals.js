/**
 * What could not be done: one line among the notices, and a list that opens from it. Text comes back to be copied or sent
 * again, and where someone else was first both ways are offered. Nothing typed is dropped in silence, nor by closing the tab.
 *
 * @typedef {import("./why.js").Refused} Refused
 * @typedef {{what: string, why: string, text: string, actions: {label: string, act: () => void, main?: boolean}[]}} Case
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { forget, keep, kept } from "../../lib/keep.js";
import { t, tn } from "../../lib/words.js";
import { whatOf, whyOf } from "./why.js";

/** So many are listed that hold no words of this person's. */
const MOST_WORDLESS = 20;

export class Refusals {
  /** @type {Case[]} */
  #cases = [];
  #open = false;
  #key;

  /**
   * @param {{
   *   box: HTMLElement, notice: HTMLElement, sync: import("../sync.js").Sync, model: import("../model.js").Model,
   *   alert: (words: string) => void, putBack: (text: string) => void, back: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { me, board } = parts.model.who;
    this.#key = `refused.${me}.${board}`;
    this.#cases = read(kept(this.#key)).map((one) => ({ ...one, actions: this.#putBack(one.text) }));
    parts.box.tabIndex = -1;
    parts.box.addEventListener("keydown", (e) => e.key === "Escape" && this.#escape(e));
    this.#draw();
  }

  /** @param {Refused} refused */
  add(refused) {
    const { alert, model } = this.parts;
    const [what, why] = [whatOf(refused, model), whyOf(refused, model)];
    const text = refused.text ?? "";
    // The same refusal of the same thing is told once.
    const others = this.#cases.filter((c) => c.what !== what || c.why !== why || c.text !== text);
    const wordless = others.filter((c) => !c.text).slice(1 - MOST_WORDLESS);
    this.#cases = [...others.filter((c) => c.text || wordless.includes(c)), { what, why, text, actions: this.#actions(refused) }];
    alert(`${what} ${why}`);
    this.#changed();
  }

  /** What came back is forgotten: this person leaves the device to others. */
  forget() {
    forget(this.#key);
  }

  /** @param {Refused} refused */
  #actions({ code, data, op, stream, text }) {
    const { sync, model } = this.parts;
    /** @type {Case["actions"]} */
    const actions = [];
    if (code === "conflict" && data?.by) {
      const name = model.name(data.by) || t("Somebody");
      actions.push({ label: t("Keep {name}’s", { name }), act: () => {} });
      actions.push({ label: op?.type === "delete_item" ? t("Delete anyway") : t("Use mine"), main: true, act: () => void sync.ask(stream, op) });
    } else if (code === "unavailable" && op) {
      actions.push({ label: t("Try again"), main: true, act: () => void sync.ask(stream, op) });
    }
    return [...actions, ...this.#putBack(text)];
  }

  /** @param {string | undefined} text @returns {Case["actions"]} */
  #putBack(text) {
    return text ? [{ label: t("Put back in the field"), main: true, act: () => this.parts.putBack(text) }] : [];
  }

  #changed() {
    const words = this.#cases.filter((c) => c.text).map(({ what, why, text }) => ({ what, why, text }));
    if (words.length) keep(this.#key, JSON.stringify(words));
    else forget(this.#key);
    this.#draw();
  }

  #draw() {
    const { box, notice } = this.parts;
    const n = this.#cases.length;
    this.#open &&= n > 0;
    box.hidden = !this.#open;
    box.setAttribute("aria-label", t("What could not be done"));
    render(n ? this.#line(n) : nothing, notice);
    render(this.#open ? html`${this.#head()}${this.#cases.map((c) => this.#case(c))}` : nothing, box);
  }

  /** @param {number} n */
  #line(n) {
    const words = n === 1 ? this.#cases[0].what : tn("{n} thing could not be done.", "{n} things could not be done.", n);
    return html`<p class="notice notice--danger notice--acts">${icon("warn")}<span dir="auto">${words}</span>
      <button type="button" class="btn btn--s" aria-expanded=${this.#open} aria-controls="refusals" @click=${() => this.#toggle()}>${this.#open ? t("Hide") : t("Show")}</button></p>`;
  }

  #head() {
    return html`<p class="refusals__head"><span class="grow strong">${t("What could not be done")}</span>
      <button type="button" class="tool" aria-label=${t("Hide")} data-tip=${t("Hide")} @click=${() => this.#toggle()}>${icon("x")}</button></p>`;
  }

  /** @param {Case} one */
  #case(one) {
    return html`<div class="refusal">
      <p class="refusal__t" dir="auto">${icon("warn")}<span class="grow">${one.what}</span></p>
      <p class="refusal__why">${one.why}</p>
      ${one.text
        ? html`<textarea class="input refusal__text" readonly dir="auto" rows="2" aria-label=${t("Your words")} .value=${one.text}></textarea>`
        : nothing}
      <p class="btn-row">
        ${one.text ? html`<button type="button" class="btn btn--s" @click=${(/** @type {Event} */ e) => copy(e, one.text)}>${icon("copy", "i--16")}${t("Copy")}</button>` : nothing}
        ${one.actions.map((a) => html`<button type="button" class="btn btn--s ${a.main ? "btn--primary" : ""}" @click=${() => this.#take(one, a.act)}>${a.label}</button>`)}
        ${one.text || !one.actions.length ? html`<button type="button" class="btn btn--s btn--quiet" @click=${() => this.#take(one)}>${t("Remove from the list")}</button>` : nothing}
      </p></div>`;
  }

  #toggle() {
    this.#open = !this.#open;
    this.#draw();
    if (this.#open) this.parts.box.focus({ preventScroll: true });
    else this.parts.notice.querySelector("button")?.focus();
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    event.stopPropagation();
    event.preventDefault();
    this.#toggle();
  }

  /** It is settled. @param {Case} one @param {() => void} [act] */
  #take(one, act) {
    this.#cases = this.#cases.filter((c) => c !== one);
    this.#changed();
    if (this.#open) this.parts.box.focus({ preventScroll: true });
    else this.parts.back();
    act?.();
  }
}

/** @param {string} spelt @returns {{what: string, why: string, text: string}[]} */
function read(spelt) {
  try {
    const found = JSON.parse(spelt || "[]");
    return Array.isArray(found) ? found.map(({ what, why, text }) => ({ what: String(what), why: String(why), text: String(text) })) : [];
  } catch {
    return [];
  }
}

/** On plain http there is no clipboard to write to: the words are selected, and the old command copies them. @param {Event} event @param {string} text */
function copy(event, text) {
  const holder = /** @type {HTMLElement} */ (event.currentTarget).closest(".refusal");
  const area = /** @type {HTMLTextAreaElement | null} */ (holder?.querySelector("textarea") ?? null);
  area?.select();
  if (navigator.clipboard) void navigator.clipboard.writeText(text).catch(() => document.execCommand("copy"));
  else document.execCommand("copy");
}
