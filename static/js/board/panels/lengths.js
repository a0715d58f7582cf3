/**
 * How long words are, said once that matters: they may be longer than what is read at a glance, and cannot be longer
 * than one note takes. Both times there is a way out: several notes.
 *
 * @typedef {{n: number, fits: number, state: "short" | "near" | "long" | "over"}} Length
 */
import { html, nothing } from "lit-html";
import { fitting, TEXT_BYTES } from "../../lib/clean.js";
import { COMFORT, lengthOf, piecesOf } from "../../lib/pieces.js";
import { t, tn } from "../../lib/words.js";

const NEAR = 240;

/** @param {string} text @returns {Length} */
export function measured(text) {
  const n = lengthOf(text);
  const fits = fitting(text);
  const state = fits < n ? "over" : n > COMFORT ? "long" : n >= NEAR ? "near" : "short";
  return { n, fits, state };
}

/** @param {Length} length */
export function lengthWords({ n, fits, state }) {
  switch (state) {
    case "near": return tn("{n} letter. Up to {most} are easy to read.", "{n} letters. Up to {most} are easy to read.", n, { most: COMFORT });
    case "long": return tn("{n} letter. Long notes are hard to read.", "{n} letters. Long notes are hard to read.", n);
    case "over": return tn("{n} letter. One note takes {most} of them at most.", "{n} letters. One note takes {most} of them at most.", n, { most: fits });
    default: return "";
  }
}

/** @param {string} text @param {((pieces: string[]) => void) | null} split where it may become several notes */
export function lengthNote(text, split) {
  const length = measured(text);
  if (length.state === "short") return nothing;
  const pieces = split && length.state !== "near" ? piecesOf(text) : [];
  return html`<p class="count is-${length.state}"><span class="num">${lengthWords(length)}</span>${
    pieces.length > 1
      ? html`<button type="button" class="btn btn--s" @mousedown=${keepFocus} @click=${() => split?.(pieces)}>${tn("Split into {n} note", "Split into {n} notes", pieces.length)}</button>`
      : nothing
  }</p>`;
}

/** Pressing it does not end the writing, on whose end it would go. @param {Event} event */
function keepFocus(event) {
  event.preventDefault();
}

/** How many letters like these one note, or one title, takes. @param {string} text @param {number} [most] bytes */
export function lettersLikeThese(text, most = TEXT_BYTES) {
  const bytes = new TextEncoder().encode(text).length;
  return Math.floor((most * lengthOf(text)) / Math.max(1, bytes));
}
