/** What has been said of an item, in words: how much, as lines of the list, and the line of its menu that leads there. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";

/** @typedef {import("../model.js").Item} Item */
/** @typedef {import("../model.js").Model} Model */

/** Kinds of which people may say something. */
const COMMENTED = new Set(["note", "image", "cluster"]);

/** @param {Model} model @param {string} id */
export function commentWords(model, id) {
  const n = model.comments(id).length;
  return n ? tn("{n} comment", "{n} comments", n) : "";
}

/** The comments as text, for the list. @param {Model} model @param {string} id */
export function commentLines(model, id) {
  const all = model.comments(id);
  if (!all.length) return nothing;
  return html`<ul class="merged" aria-label=${commentWords(model, id)}>${all.map((one) => html`<li>${icon("message", "i--16")} <span dir="auto">${one.text}</span> <span class="small muted" dir="auto">${model.name(one.by)}</span></li>`)}</ul>`;
}

/**
 * What the menu of an item offers.
 * @param {Model} model @param {Item} item @param {(name: string, label: string, key: string, act: () => void, under?: unknown) => unknown} row @param {(id: string) => void} open
 */
export function commentRow(model, item, row, open) {
  const words = commentWords(model, item.id);
  if (!COMMENTED.has(item.kind) || model.isHidden(item.id) || (!words && !model.may("react", item))) return nothing;
  return row("message", t("Comments"), "", () => open(item.id), words);
}
