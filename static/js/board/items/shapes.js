/**
 * The marks of the papers, drawn in the note itself: hundreds of notes come and go while the board is panned, and a
 * `<use>` of another file costs each of them a shadow tree. They are those of icons.svg, which a test compares.
 */

/** @type {Record<string, string>} */
export const SHAPES = {
  sun: '<circle cx="5" cy="5" r="4.2"/>',
  apricot: '<path d="M5 .9l4.6 8.2H.4z"/>',
  rose: '<path d="M3.5.8h3v2.7h2.7v3H6.5v2.7h-3V6.5H.8v-3h2.7z"/>',
  lilac: '<path d="M5 .3L9.7 5 5 9.7.3 5z"/>',
  sky: '<rect x="1" y="1" width="8" height="8" rx=".8"/>',
  sea: '<rect x=".6" y="1.3" width="8.8" height="2.9" rx=".6"/><rect x=".6" y="5.8" width="8.8" height="2.9" rx=".6"/>',
  leaf: '<path d="M.8 9.2C.6 4 3.8.8 9.2.8 9.4 6 6.2 9.2.8 9.2z"/>',
  stone: '<circle cx="5" cy="5" r="3.2" fill="none" stroke="currentColor" stroke-width="2.2"/>',
};

/** @type {Map<string, Element>} */
const made = new Map();

/** @param {string} paper @returns {Element} */
export function markOf(paper) {
  let svg = made.get(paper);
  if (!svg) {
    const box = document.createElement("template");
    box.innerHTML = `<svg class="mark" viewBox="0 0 10 10" aria-hidden="true">${SHAPES[paper] ?? SHAPES.stone}</svg>`;
    svg = /** @type {Element} */ (box.content.firstElementChild);
    made.set(paper, svg);
  }
  return /** @type {Element} */ (svg.cloneNode(true));
}
