/** Between words and a card, on both sides together. */
const GAP = 12;

/**
 * What stands in the quarters of a plane: where its words are, so that no card is laid over them.
 * @param {HTMLElement} box @returns {import("../layouts/apart.js").Card[]}
 */
export function quarterWords(box) {
  const { left, top } = box.getBoundingClientRect();
  return [...box.querySelectorAll(".quarter > *")].map((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { x, y, width: w, height: h } = range.getBoundingClientRect();
    return { x: x - left + w / 2, y: y - top + h / 2, w: w + GAP, h: h + GAP };
  });
}
