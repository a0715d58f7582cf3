/** The dots of a vote as they are drawn everywhere: in the tray, on cards, in rows and menus, on notes. */
import { html, nothing } from "lit-html";
import { glyph, icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";

/** More than this many are told as a number. */
const DRAWN = 12;

/** @typedef {import("../votes.js").Votes} Votes */

/** So many of so many. @param {number} put @param {number} of */
export function dotRow(put, of) {
  if (of > DRAWN) return html`<b class="num dots__n">${put}/${of}</b>`;
  return html`<span class="dots" aria-hidden="true">${Array.from({ length: of }, (_, i) => html`<span class="dot ${i < put ? "" : "is-empty"}">${i < put ? icon("check") : nothing}</span>`)}</span>`;
}

/**
 * Take one back, what is there, put one more: for rows and toolbars.
 * @param {Votes | null} votes @param {string} id @param {boolean} [small]
 */
export function dotButtons(votes, id, small = false) {
  if (!votes?.isVoting || !votes.isOption(id)) return nothing;
  const n = votes.dotsOn(id);
  const size = small ? "btn--s" : "";
  return html`<span class="dotbar" data-dots role="group" aria-label=${t("Dots")}>
    ${n ? html`<button type="button" class="tool" aria-label=${t("Take a dot back")} data-tip=${t("Take a dot back")} @click=${() => votes.take(id)}>${icon("minus")}</button><span class="sr">${tn("{n} dot here", "{n} dots here", n)}</span>${dotRow(n, n)}` : nothing}
    <button type="button" class="btn ${size} ${n ? "btn--more" : ""}" aria-disabled=${!votes.mayGive(id)} @click=${() => votes.give(id)}>${icon("plus", "i--16")}${n ? t("One more") : t("Give a dot")}</button></span>`;
}

/** What a note says of its dots, in words. @param {Votes | null} votes @param {string} id */
export function dotWords(votes, id) {
  if (!votes) return "";
  const { mine, total } = votes.on(id);
  const all = total === null ? "" : tn("{n} dot", "{n} dots", total);
  const own = mine ? tn("{n} of them yours", "{n} of them yours", mine) : "";
  if (total === null) return mine ? tn("{n} dot of yours", "{n} dots of yours", mine) : "";
  return [all, own].filter(Boolean).join(", ");
}

/**
 * The pill on a note or a group: mine while I vote, all of them when that is told.
 * @param {HTMLElement} holder @param {Votes | null} votes @param {string} id
 */
export function fillDots(holder, votes, id) {
  const { mine, total } = votes?.on(id) ?? { mine: 0, total: null };
  const words = mine || total ? dotWords(votes, id) : "";
  let pill = /** @type {HTMLElement | null} */ (holder.querySelector(":scope > .note__dots"));
  if (!words) return pill?.remove();
  if (!pill) {
    pill = document.createElement("span");
    holder.append(pill);
  }
  pill.className = mine ? "note__dots is-mine" : "note__dots";
  pill.title = words;
  pill.replaceChildren(glyph("i-vote", "i"), String(total ?? mine));
}
