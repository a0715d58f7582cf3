// Times that run down on a page, by the clock of the server: what it said when the page came stands beside them.

import { clockWords } from "../lib/clock_words.js";

/** From here on it is told in amber. */
const SOON_MS = 2 * 60_000;
const TICK_MS = 250;

/** @type {Map<HTMLElement, number>} how far the server's clock is ahead of this one */
const ahead = new Map();
let timer = 0;

/** @param {ParentNode} part */
export function countDown(part) {
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-countdown]"))) ahead.set(node, Number(node.dataset.now) - Date.now());
  tick();
  if (ahead.size && !timer) timer = window.setInterval(tick, TICK_MS);
}

function tick() {
  for (const [node, by] of ahead) {
    if (!node.isConnected) ahead.delete(node);
    else show(node, node.dataset.ends !== "0" ? Number(node.dataset.ends) - Date.now() - by : Number(node.dataset.left));
  }
}

/** @param {HTMLElement} node @param {number} left */
function show(node, left) {
  const ms = Math.max(0, left);
  node.textContent = clockWords(ms);
  node.dataset.look = node.dataset.ends === "0" ? "rests" : ms <= SOON_MS ? "soon" : "runs";
}
