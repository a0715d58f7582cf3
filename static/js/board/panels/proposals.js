/**
 * Groups that may be: the server compares the words of notes that lie alone, says which may belong together and why, and
 * people accept one by one. Nothing is grouped by itself.
 *
 * @typedef {{ids: string[], words: string[], through_translation: boolean}} Proposal
 */
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";

export class Proposals {
  /** @type {Proposal[]} */
  #all = [];
  #left = 0;
  #state = "";

  /**
   * @param {{
   *   dialog: HTMLDialogElement, model: import("../model.js").Model, acts: import("../acts.js").Acts, url: string,
   *   say: (words: string) => void, back: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { dialog } = parts;
    dialog.addEventListener("click", (e) => e.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      render(html``, dialog);
      parts.back();
    });
    parts.model.sync.on("change", (e) => dialog.open && e.stream === parts.model.who.board && this.#draw());
  }

  async open() {
    const { dialog, url, say } = this.parts;
    this.#all = [];
    this.#become(t("Comparing the words…"));
    if (!dialog.open) dialog.showModal();
    try {
      const answer = await fetch(url);
      if (!answer.ok) return this.#become(t("The words could not be compared just now. Please try again."));
      const told = await answer.json();
      this.#all = told.groups;
      this.#left = told.left;
      this.#become(told.groups.length ? "" : t("No notes were found that clearly belong together. People see what words do not say."));
      if (told.groups.length) say(tn("{n} group proposed", "{n} groups proposed", told.groups.length));
    } catch {
      this.#become(t("The words could not be compared: there is no connection."));
    }
  }

  /** @param {string} state */
  #become(state) {
    this.#state = state;
    this.#draw();
    if (state) this.parts.say(state);
  }

  #draw() {
    const { dialog, model } = this.parts;
    // What somebody has grouped or merged meanwhile is no proposal any more.
    const loose = (/** @type {string} */ id) => {
      const note = model.item(id);
      return note && !(note.cluster && model.item(note.cluster)) && !(note.within && model.item(note.within));
    };
    const shown = this.#all.map((one) => ({ ...one, ids: one.ids.filter(loose) })).filter((one) => one.ids.length > 1);
    render(html`<div class="dialog__body proposals"><div class="row dialog__head"><h2 class="h3 grow" id="proposals-title">${t("Groups that may be")}</h2><button type="button" class="tool" aria-label=${t("Close")} @click=${() => dialog.close()}>${icon("x")}</button></div>
        <p class="small muted">${t("Compared are the pieces of words, within each language, on this server. Notes in different languages meet only where one of them has been translated. You decide.")}</p>
        ${this.#state ? html`<p role="status">${this.#state}</p>` : shown.length ? nothing : html`<p role="status">${t("All proposals have been looked at.")}</p>`}
        ${repeat(shown, (one) => one.ids[0], (one) => this.#one(one))}
        ${this.#left ? html`<p class="small muted">${tn("{n} note was left out: there are too many to compare at once.", "{n} notes were left out: there are too many to compare at once.", this.#left)}</p>` : nothing}</div>`, dialog);
    dialog.setAttribute("aria-labelledby", "proposals-title");
  }

  /** @param {Proposal} one */
  #one(one) {
    const { model } = this.parts;
    const reason = one.words.length ? t("They share: {words}", { words: one.words.join(", ") }) : t("Their words are alike");
    return html`<section class="proposal" aria-label=${reason}><p class="strong" dir="auto">${reason}${one.through_translation ? html` <span class="small muted">${t("brought together by translations")}</span>` : nothing}</p>
      <ul class="merged">${one.ids.map((id) => {
        const note = model.item(id);
        return html`<li dir="auto" lang=${note?.lang ?? nothing}>${note?.text}</li>`;
      })}</ul>
      <p class="btn-row"><button type="button" class="btn btn--s btn--primary" @click=${() => this.#accept(one)}>${tn("Make a group of {n} note", "Make a group of {n} notes", one.ids.length)}</button>
        <button type="button" class="btn btn--s" @click=${() => this.#drop(one)}>${t("Not this one")}</button></p></section>`;
  }

  /** @param {Proposal} one */
  #accept(one) {
    const { acts, dialog } = this.parts;
    acts.group(one.ids, one.words.join(", "));
    this.#drop(one);
    /** @type {HTMLElement | null} */ (dialog.querySelector(".proposal button"))?.focus();
  }

  /** @param {Proposal} one */
  #drop(one) {
    this.#all = this.#all.filter((other) => !other.ids.includes(one.ids[0]));
    this.#draw();
  }
}
