/**
 * The few things every part of the page needs of the DOM.
 * What people wrote goes in as text, never as markup: `el` and lit-html both keep to that.
 */
import { html } from "lit-html";

/**
 * Make an element. Keys of `props` are attributes; `text` is its text, `on…` are listeners.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "text") node.textContent = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children) if (child) node.append(child);
  return node;
}

/** Where the drawn icons are: one file, said by the page. */
export function iconsUrl() {
  return document.querySelector("[data-icons-url]")?.getAttribute("data-icons-url") ?? "";
}

/**
 * An icon for a lit-html template. Decorative: the control that holds it has the name.
 * @param {string} name
 * @param {string} [size]
 */
export function icon(name, size = "") {
  return html`<svg class="i ${size}" aria-hidden="true"><use href="${iconsUrl()}#i-${name}"></use></svg>`;
}

/**
 * The mark of a paper, for a lit-html template.
 * @param {string} paper
 */
export function mark(paper) {
  return html`<svg class="mark" viewBox="0 0 10 10" aria-hidden="true"><use href="${iconsUrl()}#m-${paper}"></use></svg>`;
}

/**
 * A reaction, drawn: emoji look different on every device, and on some not at all.
 * @param {string} reaction
 */
export function face(reaction) {
  return html`<svg class="r" aria-hidden="true"><use href="${iconsUrl()}#r-${reaction}"></use></svg>`;
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * An icon or mark as an element, for what is built by hand.
 * @param {string} id with its prefix: `i-edit`, `m-sun`, `r-heart`
 * @param {string} className
 */
export function glyph(id, className = "i") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  if (className.includes("mark")) svg.setAttribute("viewBox", "0 0 10 10");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${iconsUrl()}#${id}`);
  svg.append(use);
  return svg;
}

/**
 * The element with this id, which the page's own markup promises.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`the page has no #${id}`);
  return node;
}

/** True where a key press belongs to the words being written. @param {EventTarget | null} target */
export function isWriting(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"))
  );
}

/** Does this person want less motion? */
export function stillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
