/**
 * What stands above the field: how long the words in it are, and what to do with several lines that were pasted. Both
 * offer to make several notes of them.
 */
import { html, render } from "lit-html";
import { stillness } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { MOST_AT_ONCE } from "../acts.js";
import { lengthNote, lengthWords, measured } from "./lengths.js";

export class Above {
  /** @type {string[]} */
  #lines = [];
  #pasted = "";
  /** @type {import("./lengths.js").Length["state"]} */
  #told = "short";

  /**
   * @param {HTMLElement} box
   * @param {{say: (words: string) => void, add: (notes: string[]) => void, asOne: (text: string) => void, split: (notes: string[]) => void}} acts
   */
  constructor(box, acts) {
    this.box = box;
    this.acts = acts;
  }

  get isOffering() {
    return this.#lines.length > 0;
  }

  /** One note for each line? @param {string[]} lines @param {string} [text] as it was pasted */
  offer(lines, text = lines.join("\n")) {
    this.#lines = lines;
    this.#pasted = text;
    this.draw("");
    this.acts.say(this.#question());
    this.box.querySelector("button")?.focus();
  }

  withdraw() {
    this.#lines = [];
    this.#pasted = "";
  }

  /** Somebody pressed Enter all the same: say it again, where it stands. @param {string} text */
  insist(text) {
    this.acts.say(lengthWords(measured(text)));
    if (!stillness()) this.box.firstElementChild?.animate([{ translate: "0 -6px" }, { translate: "0 0" }], { duration: 240, easing: "ease-out" });
  }

  /** @param {string} text what the field holds */
  draw(text) {
    render(this.isOffering ? this.#offer() : lengthNote(text, this.acts.split), this.box);
    this.#tell(text);
  }

  /** Aloud only when it becomes another thing, not at every stroke. @param {string} text */
  #tell(text) {
    const length = measured(text);
    const isNews = length.state !== this.#told && (length.state === "long" || length.state === "over");
    this.#told = length.state;
    if (isNews) this.acts.say(lengthWords(length));
  }

  #question() {
    const n = this.#lines.length;
    const many = tn("{n} line pasted.", "{n} lines pasted.", n);
    return n > MOST_AT_ONCE ? `${many} ${t("The first {n} can be added at once.", { n: MOST_AT_ONCE })}` : many;
  }

  #offer() {
    const n = Math.min(this.#lines.length, MOST_AT_ONCE);
    return html`<p class="composer__offer"><span class="grow">${this.#question()}</span>
      <button type="button" class="btn btn--s btn--primary" @click=${() => this.#add()}>${tn("Add {n} note", "Add {n} notes", n)}</button>
      <button type="button" class="btn btn--s" @click=${() => this.#keep()}>${t("Keep as one note")}</button></p>`;
  }

  #add() {
    const lines = this.#lines;
    this.withdraw();
    this.acts.add(lines);
  }

  #keep() {
    const text = this.#pasted;
    this.withdraw();
    this.acts.asOne(text);
  }
}
