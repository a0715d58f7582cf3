/** A named area: a quiet panel with its title and how many notes lie in it. */
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
}
