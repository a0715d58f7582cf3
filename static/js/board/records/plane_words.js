/** Where the words of a plane are, in its quarters and rings: no card and no word of a line is laid over them. */

/** Between words and what comes near, on both sides together. */
const GAP = 12;

/** @param {HTMLElement} box @returns {import("../layouts/apart.js").Card[]} */
export function planeWords(box) {
  const { left, top } = box.getBoundingClientRect();
  return [...box.querySelectorAll(".quarter > *, .ring__n")].map((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { x, y, width: w, height: h } = range.getBoundingClientRect();
    return { x: x - left + w / 2, y: y - top + h / 2, w: w + GAP, h: h + GAP };
  });
}
