/** The tray of a vote, where the field is otherwise: my dots and what is left of them; for those who lead, how many voted and the close. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { dotRow } from "./dots.js";

/**
 * @typedef {{
 *   box: HTMLElement, votes: import("../votes.js").Votes, isOpen: () => boolean, toggle: () => void, close: () => void, isOnline: () => boolean,
 *   more: (anchor: HTMLElement) => void, done: () => void,
 * }} Parts
 */
export class Tray {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {boolean} isShown */
  draw(isShown) {
    const { box, votes } = this.parts;
    const vote = isShown ? votes.now : undefined;
    box.hidden = !vote;
    if (vote) box.setAttribute("aria-label", t("Vote"));
    render(vote ? this.#content(vote) : nothing, box);
  }

  /** @param {import("../model.js").Item} vote */
  #content(vote) {
    const { votes, isOpen, toggle } = this.parts;
    const leads = votes.model.leads;
    return html`${votes.isVoting ? this.#dots(vote) : this.#watching(vote)}
      <span class="votetray__acts">
        ${this.#view(isOpen(), toggle)}
        ${votes.forWhom ? html`<button type="button" class="btn btn--primary" @click=${this.parts.done}>${icon("check")}${t("Done")}</button>` : leads ? this.#leading(vote) : nothing}</span>`;
  }

  /** Between the options and the board. Those who lead have more to press beside it. @param {boolean} isOpen @param {() => void} toggle */
  #view(isOpen, toggle) {
    const words = isOpen ? t("Show the board") : t("Show the options");
    const sign = icon(isOpen ? "map" : "list");
    return this.parts.votes.model.leads
      ? html`<button type="button" class="tool" data-view aria-label=${words} data-tip=${words} @click=${toggle}>${sign}</button>`
      : html`<button type="button" class="btn" data-view @click=${toggle}>${sign}${words}</button>`;
  }

  /** @param {import("../model.js").Item} vote */
  #dots(vote) {
    const { votes } = this.parts;
    const who = votes.forWhom;
    return html`${dotRow(votes.spent, vote.dots)}
      <span class="votetray__words"><b class="strong">${who ? t("For {name}: {left}", { name: votes.model.name(who), left: votes.leftWords }) : votes.leftWords}</b>
      <span class="small muted votetray__state">${this.#state(vote)}</span></span>`;
  }

  /** What becomes of the dots, in one line. @param {import("../model.js").Item} vote */
  #state(vote) {
    const { votes, isOnline } = this.parts;
    if (votes.isUnsent) return html`<span class="votetray__unsent">${icon(isOnline() ? "history" : "offline", "i--16")}${isOnline() ? t("Not counted yet…") : t("Not counted yet. It is sent when you are back.")}</span>`;
    return votes.spent ? t("Counted. You can change it until the vote closes.") : votes.turnout(vote);
  }

  /** @param {import("../model.js").Item} vote */
  #watching(vote) {
    const { votes } = this.parts;
    return html`${icon("vote", "i--20")}<span class="votetray__words"><b class="strong" dir="auto">${vote.state === "counting" ? t("The vote is closed") : t("A vote is open")}</b><span class="small muted">${votes.turnout(vote)}</span></span>`;
  }

  /** @param {import("../model.js").Item} vote */
  #leading(vote) {
    if (vote.state !== "open") return nothing;
    return html`<button type="button" class="btn btn--room" @click=${this.parts.close}>${t("Close the vote")}</button>
      <button type="button" class="tool" aria-haspopup="true" aria-expanded="false" aria-label=${t("More about this vote")} data-tip=${t("More about this vote")} @click=${(/** @type {Event} */ e) => this.parts.more(/** @type {HTMLElement} */ (e.currentTarget))}>${icon("more")}</button>`;
  }
}
