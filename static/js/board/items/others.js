/** The quieter kinds: frames and headings that a facilitator set up, and images. */
import { t } from "../../lib/words.js";
import { worded } from "./worded.js";

/** @typedef {import("../model.js").Item} Item @typedef {import("./note.js").Look} Look */

export function makeFrame() {
  return worded("section", "frame", "h2", "zone__t");
}

/** @param {HTMLElement} node @param {Item} item @param {Look} look */
export function fillFrame(node, item, { model }) {
  const words = model.words(item, "title") || t("Untitled");
  /** @type {HTMLElement} */ (node.firstElementChild).textContent = words;
  node.setAttribute("aria-label", t("frame {title}", { title: words }));
}

export function makeHeading() {
  return worded("article", "heading", "h2");
}

/** @param {HTMLElement} node @param {Item} item @param {Look} look */
export function fillHeading(node, item, { model }) {
  const words = model.words(item, "text");
  /** @type {HTMLElement} */ (node.firstElementChild).textContent = words;
  node.setAttribute("aria-label", t("heading {text}", { text: words }));
}

export function makeImage() {
  const node = document.createElement("article");
  node.className = "picture";
  node.tabIndex = -1;
  const image = document.createElement("img");
  image.draggable = false;
  image.decoding = "async";
  node.append(image);
  return node;
}

/** @param {HTMLElement} node @param {Item} item @param {Look} look */
export function fillImage(node, item, { model, waiting }) {
  const image = /** @type {HTMLImageElement} */ (node.firstElementChild);
  const src = `${model.who.filesUrl}/${item.file}`;
  if (image.getAttribute("src") !== src) image.src = src;
  image.alt = item.alt ?? "";
  node.classList.toggle("is-pending", waiting(item.id));
  node.setAttribute("aria-label", t("image {alt}, {name}", { alt: item.alt || t("without a description"), name: model.name(item.by) }));
}
