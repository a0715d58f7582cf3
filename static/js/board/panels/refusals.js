/**
 * What could not be done, in plain words: text comes back to be copied or sent again, and where someone else was first
 * both ways are offered. Nothing typed is dropped in silence.
 *
 * @typedef {{stream: string, n: number, op: any, code: string, data?: any, text?: string}} Refused
 * @typedef {{key: number, words: string, text: string, actions: {label: string, act: () => void, main?: boolean}[]}} Case
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";

export class Refusals {
  /** @type {Case[]} */
  #cases = [];

  /**
   * @param {{
   *   box: HTMLElement, sync: import("../sync.js").Sync, model: import("../model.js").Model,
   *   alert: (words: string) => void, putBack: (text: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {Refused} refused */
  add(refused) {
    const { alert } = this.parts;
    const words = this.#sentence(refused);
    const one = { key: refused.n, words, text: refused.text ?? "", actions: this.#actions(refused) };
    // The same refusal of the same thing is told once.
    this.#cases = [...this.#cases.filter((c) => c.words !== words || c.text !== one.text), one].slice(-20);
    alert(words);
    this.#draw();
  }

  /** @param {Refused} refused */
  #sentence({ code, data, op }) {
    const name = this.parts.model.name(data?.by) || t("Somebody");
    const lead = this.parts.model.lead || t("The facilitator");
    switch (code) {
      case "conflict":
        return data?.by ? t("{name} changed this while you were away.", { name }) : t("This was taken meanwhile. Try once more.");
      case "unknown":
        return t("It is not there any more: somebody deleted it.");
      case "forbidden":
        return op?.type === "edit_text" ? t("Only the person who wrote a note can change its words.") : t("You may not do this here.");
      case "stage":
        return t("{name} has locked the board.", { name: lead });
      case "limit":
        return limitSentence(data);
      case "too_old":
        return t("The words have moved on too far.");
      case "unavailable":
        return t("We could not save this. It is still here.");
      default:
        return t("This could not be done.");
    }
  }

  /** @param {Refused} refused */
  #actions({ code, data, op, stream, text }) {
    const { sync, model, putBack } = this.parts;
    /** @type {Case["actions"]} */
    const actions = [];
    if (code === "conflict" && data?.by) {
      const name = model.name(data.by) || t("Somebody");
      actions.push({ label: t("Keep {name}’s", { name }), act: () => {} });
      actions.push({ label: op?.type === "delete_item" ? t("Delete anyway") : t("Use mine"), main: true, act: () => void sync.ask(stream, op) });
    } else if (code === "unavailable" && op) {
      actions.push({ label: t("Try again"), main: true, act: () => void sync.ask(stream, op) });
    }
    if (text) actions.push({ label: t("Put back in the field"), main: true, act: () => putBack(text) });
    return actions;
  }

  #draw() {
    const { box } = this.parts;
    box.hidden = !this.#cases.length;
    box.setAttribute("aria-label", t("What could not be done"));
    render(html`${this.#cases.map((c) => this.#case(c))}`, box);
  }

  /** @param {Case} one */
  #case(one) {
    return html`<div class="refusal">
      <p class="refusal__t">${icon("warn")}<span class="grow">${one.words}</span>
        <button type="button" class="tool" aria-label=${t("Close")} data-tip=${t("Close")} @click=${() => this.#close(one)}>${icon("x")}</button></p>
      ${one.text
        ? html`<p class="small muted">${t("Your words")}</p><textarea class="input refusal__text" readonly dir="auto" rows="3" aria-label=${t("Your words")} .value=${one.text}></textarea>`
        : nothing}
      <p class="btn-row">
        ${one.text ? html`<button type="button" class="btn btn--s" @click=${(/** @type {Event} */ e) => copy(e, one.text)}>${icon("copy", "i--16")}${t("Copy")}</button>` : nothing}
        ${one.actions.map((a) => html`<button type="button" class="btn btn--s ${a.main ? "btn--primary" : ""}" @click=${() => { this.#close(one); a.act(); }}>${a.label}</button>`)}
      </p></div>`;
  }

  /** @param {Case} one */
  #close(one) {
    this.#cases = this.#cases.filter((c) => c !== one);
    this.#draw();
  }
}

/** @param {any} data */
function limitSentence(data) {
  switch (data?.limit) {
    case "items": return t("The board is full: {most} things are the most.", { most: data.most });
    case "text": return t("These words are too long for one note.");
    case "words": return t("The board is full of words.");
    default: return t("That is more than fits.");
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
