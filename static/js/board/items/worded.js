/** What frames, headings and connectors are made of. */

/** An element that can be chosen, with one for its words in it. @param {"article" | "section"} tag @param {string} look @param {"h2" | "span"} inner @param {string} [innerLook] */
export function worded(tag, look, inner, innerLook = "") {
  const node = document.createElement(tag);
  node.className = look;
  node.tabIndex = -1;
  const words = document.createElement(inner);
  words.className = innerLook;
  words.dir = "auto";
  node.append(words);
  return node;
}
