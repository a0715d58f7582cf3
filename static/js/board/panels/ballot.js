/** What can be voted on, as cards: on a laptop beside each other, on a phone one below the other. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { beneathLine } from "../items/beneath.js";
import { dotRow } from "./dots.js";

/** So many notes of a group are shown. */
const SHOWN = 2;

/** @typedef {import("../votes.js").Votes} Votes */
/** @typedef {import("../model.js").Item} Item */

/** @param {Votes} votes @param {Item} vote */
export function ballot(votes, vote) {
  return html`<div class="vt__head"><h2 class="sr" id="vote-title" tabindex="-1" dir="auto">${vote.question}</h2><p class="small muted grow">${rulesOf(vote)}</p><span class="chip">${votes.turnout(vote)}</span></div>
    <ul class="vgrid" aria-labelledby="vote-title">${repeat(votes.options(vote), (id) => id, (id) => card(votes, id))}</ul>`;
}

/** What everyone should know before the first dot. @param {Item} vote */
export function rulesOf(vote) {
  const dots = tn("{n} dot each", "{n} dots each", vote.dots);
  const cap = vote.cap < vote.dots ? tn("at most {n} on one", "at most {n} on one", vote.cap) : "";
  const secret = vote.secret
    ? t("Secret: nobody sees who chose what, and there are no counts until the vote closes.")
    : t("Open: everyone sees where the dots lie, but not whose they are.");
  return `${[dots, cap].filter(Boolean).join(", ")}. ${secret}`;
}

/** @param {Votes} votes @param {string} id */
function card(votes, id) {
  const { model } = votes;
  const item = model.item(id);
  const words = votes.words(id);
  const n = votes.dotsOn(id);
  const { total } = votes.on(id);
  const paper = item && item.kind !== "cluster" ? model.paper(item) : "";
  return html`<li class="vc ${n ? "is-mine" : ""}" data-id=${id}>
    <div class="vc__words"><h3 dir="auto" lang=${item?.lang ?? nothing}>${paper ? html`<span class="swl c-${paper}" aria-hidden="true">${mark(paper)}</span>` : nothing}<span>${words}</span></h3>${item ? beneathLine(model.reader.beneath(item)) : nothing}${item?.kind === "cluster" ? members(votes, id) : nothing}
      ${total === null ? nothing : html`<p class="small muted">${tn("{n} dot so far", "{n} dots so far", total)}</p>`}</div>
    ${votes.isVoting ? acts(votes, id, words, n) : nothing}</li>`;
}

/** @param {Votes} votes @param {string} id @param {string} words @param {number} n */
function acts(votes, id, words, n) {
  return html`<div class="vc__f">
    ${n ? html`<span class="vc__mine"><button type="button" class="tool" data-take aria-label=${t("Take a dot back from {words}", { words })} @click=${() => votes.take(id)}>${icon("minus")}</button>${dotRow(n, n)}<span class="sr">${tn("{n} dot here", "{n} dots here", n)}</span></span>` : nothing}
    <button type="button" class="btn vc__give ${n ? "btn--more" : ""}" data-give aria-disabled=${!votes.mayGive(id)} @click=${() => votes.give(id)}>${icon("plus")}${n ? t("One more") : t("Give a dot")}<span class="sr">: ${words}</span></button></div>`;
}

/** @param {Votes} votes @param {string} id */
function members(votes, id) {
  const notes = votes.model.members(id);
  const more = notes.length - SHOWN;
  return html`<p class="small muted vc__n">${tn("{n} note", "{n} notes", notes.length)}</p>
    <div class="vc__notes">${notes.slice(0, SHOWN).map((note) => html`<p class="vc__note c-${votes.model.paper(note)}" dir="auto" lang=${note.lang ?? nothing}>${mark(votes.model.paper(note))}<span>${note.text || t("Empty note")}</span></p>${beneathLine(votes.model.reader.beneath(note))}`)}${more > 0 ? html`<p class="small muted">${tn("{n} more", "{n} more", more)}</p>` : nothing}</div>`;
}
