/** The two dialogs of the board: what the keys do, and my own way back from another device. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { keyTable } from "../keyboard.js";

export class Dialogs {
  /** @param {HTMLDialogElement} box @param {{returnUrl: string, singles: {get: () => boolean, set: (on: boolean) => void}}} parts */
  constructor(box, parts) {
    this.box = box;
    this.parts = parts;
    // A press beside the dialog closes it.
    box.addEventListener("click", (e) => e.target === box && box.close());
  }

  get isOpen() {
    return this.box.open;
  }

  keys() {
    const { singles } = this.parts;
    this.#open(
      t("Keyboard shortcuts"),
      html`<table class="keys"><tbody>${keyTable().map(([keys, words]) => html`<tr><th scope="row">${keys.split(" ").map((k) => html`<kbd class="kbd">${k}</kbd> `)}</th><td>${words}</td></tr>`)}</tbody></table>
      <button type="button" class="switch" role="switch" aria-checked=${singles.get()} @click=${() => { singles.set(!singles.get()); this.keys(); }}><span class="grow">${t("Single keys work while the board has the focus")}</span><span class="switch__track"></span></button>`,
    );
  }

  /** Something that cannot be taken back is asked once; `room`: it concerns everyone. @param {{title: string, words: string, label: string, act: () => void, room?: boolean}} question */
  ask({ title, words, label, act, room = false }) {
    const yes = () => {
      this.box.close();
      act();
    };
    this.#open(
      title,
      html`<p>${words}</p><p class="btn-row dialog__acts"><button type="button" class="btn" @click=${() => this.box.close()}>${t("Not yet")}</button>
        <button type="button" class="btn ${room ? "btn--room" : "btn--primary"}" @click=${yes}>${label}</button></p>`,
    );
  }

  async wayBack() {
    this.#open(t("My way back"), html`<p>${t("One moment…")}</p>`);
    try {
      const answer = await fetch(this.parts.returnUrl, { headers: { accept: "application/json" } });
      const { link, qr } = await answer.json();
      this.#open(
        t("My way back"),
        html`<p>${t("With this link, or by pointing a phone’s camera at the picture, you are the same person on another device. Keep it to yourself.")}</p>
        ${qr ? html`<div class="way__qr">${picture(qr)}</div>` : nothing}
        <input class="input" readonly aria-label=${t("Your link")} .value=${link} @focus=${(/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).select()}>`,
      );
    } catch {
      this.#open(t("My way back"), html`<p>${t("There is no connection just now. Please try again in a moment.")}</p>`);
    }
  }

  /** Something else that wants an answer of its own. @param {string} title @param {import("lit-html").TemplateResult} content */
  show(title, content) {
    this.#open(title, content);
    /** @type {HTMLElement | null} */ (this.box.querySelector("input, select, textarea"))?.focus();
  }

  /** @param {string} title @param {import("lit-html").TemplateResult} content */
  #open(title, content) {
    render(
      html`<div class="dialog__body"><div class="row dialog__head"><h2 class="h2 grow" id="dialog-title">${title}</h2>
        <button type="button" class="tool" aria-label=${t("Close")} @click=${() => this.box.close()}>${icon("x")}</button></div>${content}</div>`,
      this.box,
    );
    this.box.setAttribute("aria-labelledby", "dialog-title");
    if (!this.box.open) this.box.showModal();
  }
}

/** The server's own drawing, put in as a picture. @param {string} svg */
function picture(svg) {
  // As HTML: an inline drawing carries no namespace of its own, and would draw nothing as XML.
  const parsed = new DOMParser().parseFromString(svg, "text/html").body.firstElementChild;
  return parsed ? html`${document.importNode(parsed, true)}` : nothing;
}
