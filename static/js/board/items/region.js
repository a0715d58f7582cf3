/** A named area: a quiet panel with its title and how many notes lie in it. */
import { glyph } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";

export function makeRegion() {
  const node = document.createElement("section");
  node.className = "zone";
  const head = document.createElement("div");
  head.className = "zone__head";
  const title = document.createElement("h2");
  title.className = "zone__t";
  title.dir = "auto";
  const count = document.createElement("span");
  count.className = "zone__n";
  head.append(title, count);
  node.append(head);
  return node;
}

/** @param {HTMLElement} node @param {import("../model.js").Item} item @param {import("./note.js").Look} look */
export function fillRegion(node, item, { model }) {
  const title = /** @type {HTMLElement} */ (node.querySelector(".zone__t"));
  const words = model.words(item, "title") || t("Untitled");
  if (title.textContent !== words) title.textContent = words;
  const n = model.notes(item.id).length;
  const count = /** @type {HTMLElement} */ (node.querySelector(".zone__n"));
  count.textContent = String(n);
  count.setAttribute("aria-label", tn("{n} note", "{n} notes", n));
  count.setAttribute("role", "img");
  node.setAttribute("aria-label", words);
  fillMore(node, model.may("set_up"), words);
}

/** A way to the zones for those who lead. Keys have theirs in the menu: the board is one stop of Tab. @param {HTMLElement} node @param {boolean} leads @param {string} title */
function fillMore(node, leads, title) {
  let more = node.querySelector(".zone__more");
  if (!leads) return more?.remove();
  if (!more) {
    more = Object.assign(document.createElement("button"), { type: "button", className: "tool zone__more", tabIndex: -1 });
    more.setAttribute("aria-haspopup", "dialog");
    more.append(glyph("i-more"));
    node.firstElementChild?.append(more);
  }
  more.setAttribute("aria-label", t("Zone {title}: rename, move, delete", { title }));
}
