/** A group: a card with a title that anyone may write, and its notes lying on it. */
import { glyph } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { dotWords, fillDots } from "../panels/dots.js";
import { fillFlag, flagWords } from "./note.js";

export function makeCluster() {
  const node = document.createElement("article");
  node.className = "group";
  node.tabIndex = -1;
  const title = document.createElement("h3");
  title.className = "group__t";
  const words = document.createElement("span");
  words.className = "group__name";
  words.dir = "auto";
  const count = document.createElement("span");
  count.className = "zone__n";
  title.append(glyph("i-group", "i i--16"), words, count);
  node.append(title);
  return node;
}

/** @param {HTMLElement} node @param {import("../model.js").Item} item @param {import("./note.js").Look} look */
export function fillCluster(node, item, look) {
  const { model } = look;
  const n = model.members(item.id).length;
  const name = item.name ?? "";
  const words = /** @type {HTMLElement} */ (node.querySelector(".group__name"));
  words.classList.toggle("is-empty", !name);
  const shown = name || t("Name this group…");
  if (words.textContent !== shown) words.textContent = shown;
  const count = /** @type {HTMLElement} */ (node.querySelector(".zone__n"));
  count.textContent = String(n);
  fillDots(/** @type {HTMLElement} */ (node.querySelector(".group__t")), model.votes, item.id);
  const others = look.others(item.id);
  const flagged = others.writing ?? others.selecting;
  node.classList.toggle("is-remote", Boolean(flagged));
  node.classList.toggle("is-pending", look.waiting(item.id));
  node.style.setProperty("--p", flagged ? model.ink(flagged) : null);
  fillFlag(node, flagWords(others, model));
  node.setAttribute("aria-label", sayCluster(item, model));
}

/** @param {import("../model.js").Item} item @param {import("../model.js").Model} model */
export function sayCluster(item, model) {
  const n = model.members(item.id).length;
  const words = tn("group {name}, {n} note", "group {name}, {n} notes", n, { name: item.name || t("without a name") });
  return [words, dotWords(model.votes, item.id)].filter(Boolean).join(", ");
}
