/** What people who take part can say without words: that they want help, want to speak, or have finished. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";

export class Asking {
  /** @param {{attention: import("../attention.js").Attention, popover: import("./popover.js").Popover, tell: (words: string) => void, alert: (words: string) => void}} parts */
  constructor(parts) {
    this.parts = parts;
    this.attention = parts.attention;
  }

  /** Beside the people: help; on a phone, where there is room for one sign, all three. */
  beside() {
    const { attention } = this;
    if (!attention.takesPart) return nothing;
    const waits = attention.myHelp !== undefined;
    const words = waits ? t("Help is coming") : t("Ask for help");
    return html`<button type="button" class="tool tool--label asking ${waits ? "is-on" : ""}" aria-pressed=${waits} @click=${() => this.help(!waits)}>${icon("help")}<span class="asking__w">${words}</span></button>
      <button type="button" class="tool asking--phone ${waits || attention.myHand || attention.isFinished ? "is-on" : ""}" aria-haspopup="true" aria-expanded="false" aria-label=${t("Help, hand, finished")} @click=${(/** @type {Event} */ e) => this.#open(/** @type {HTMLElement} */ (e.currentTarget))}>${icon("hand")}</button>`;
  }

  /** Beside undo and list. */
  finished() {
    const { attention } = this;
    if (!attention.takesPart) return nothing;
    const done = attention.isFinished;
    return html`<button type="button" class="tool tool--label asking-done ${done ? "is-on" : ""}" aria-pressed=${done} @click=${() => this.finish(!done)}>${icon(done ? "done" : "circle")}<span class="asking__w">${t("I’m finished")}</span></button>`;
  }

  /** @param {HTMLElement} anchor */
  #open(anchor) {
    const { popover } = this.parts;
    const { attention } = this;
    if (popover.isFor(anchor)) return popover.close();
    const row = (/** @type {string} */ sign, /** @type {string} */ words, /** @type {boolean} */ on, /** @type {() => void} */ act) => html`<button type="button" class="menu__item" aria-pressed=${on} @click=${() => (popover.close(), act())}>${icon(sign)}<span class="grow">${words}</span>${on ? icon("check", "i--16") : nothing}</button>`;
    const help = attention.myHelp !== undefined;
    popover.open(anchor, html`${row("done", t("I’m finished"), attention.isFinished, () => this.finish(!attention.isFinished))}
      ${row("hand", attention.myHand ? t("Take my hand down") : t("Raise my hand"), attention.myHand, () => this.hand(!attention.myHand))}
      ${row("help", help ? t("I need no help any more") : t("Ask for help"), help, () => this.help(!help))}`, { label: t("Help, hand, finished"), role: "group" });
  }

  /** @param {boolean} on */
  help(on) {
    const { model } = this.attention;
    this.attention.askHelp(on);
    this.parts.tell(on ? t("{name} knows. Keep going, somebody will come.", { name: model.lead || t("The facilitator") }) : t("You need no help any more."));
  }

  /** @param {boolean} on */
  finish(on) {
    this.attention.finish(on);
    this.parts.tell(on ? t("Those who lead see that you have finished.") : t("You are not finished yet."));
  }

  /** @param {boolean} on */
  hand(on) {
    this.attention.hand(on);
    // While it is up a line says so: it is spoken, and not written a second time.
    if (on) this.parts.alert(t("Your hand is up."));
    else this.parts.tell(t("Your hand is down."));
  }
}
