/** How a persona is drawn: initials, or a simple figure without a face. Never anybody's picture. */
import { html, svg } from "lit-html";
import { initials } from "../board/panels/top.js";

const PAPERS = ["sun", "apricot", "rose", "lilac", "sky", "sea", "leaf"];

/** A colour of its own, the same on every page. @param {string} id */
export function paperOf(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return PAPERS[sum % PAPERS.length];
}

/** @param {import("../board/model.js").Item} persona @param {string} [size] */
export function avatar(persona, size = "") {
  const drawing = persona.drawing ?? "initials";
  const paper = paperOf(persona.id);
  if (!(drawing in HEADS)) return html`<span class="pa c-${paper} ${size}" aria-hidden="true"><b dir="auto">${initials(persona.name ?? "")}</b></span>`;
  return html`<span class="pa c-${paper} ${size}" aria-hidden="true"><svg viewBox="0 0 64 64" focusable="false">
    <path class="pa__coat" d="M8 64c1-15 11-20 24-20s23 5 24 20z"/>${HEADS[drawing].behind ?? ""}<path class="pa__skin" d="M27 38h10v8a5 5 0 0 1-10 0z"/><ellipse class="pa__skin" cx="32" cy="28" rx="11.5" ry="13.5"/>${HEADS[drawing].over ?? ""}</svg></span>`;
}

/** @type {Record<string, {behind?: unknown, over?: unknown}>} what is drawn behind the head and over it */
const HEADS = {
  short: { over: svg`<path class="pa__hair" d="M19.5 28C18 14 25 10 32 10s14 4 12.5 18c-1-6-4-9-8-9.5-6 1.500-12 1-14 2-2 1.500-2.500 4-3 7.5z"/>` },
  long: {
    behind: svg`<path class="pa__hair" d="M18 48c-3-20-1-38 14-38s17 18 14 38z"/>`,
    over: svg`<path class="pa__hair" d="M20 26c1-9 6-13 12-13s11 4 12 13c-5-1-9-4-11-8-3 5-8 7-13 8z"/>`,
  },
  bun: {
    behind: svg`<circle class="pa__hair" cx="32" cy="8" r="6.5"/>`,
    over: svg`<path class="pa__hair" d="M19.5 27c0-12 6-15 12.5-15s12.5 3 12.5 15c-2-6-6-9-12.5-9s-10.500 3-12.5 9z"/>`,
  },
  scarf: {
    behind: svg`<path class="pa__scarf" d="M16 50c-1-8 0-40 16-40s17 32 16 40c-8 5-24 5-32 0z"/>`,
    over: svg`<path class="pa__scarf" d="M19 29c0-12 6-17 13-17s13 5 13 17c-2-7-7-10-13-10s-11 3-13 10z"/>`,
  },
  cap: { over: svg`<path class="pa__scarf" d="M19 23c0-9 6-13 13-13s13 4 13 13l6 2c1 2-1 3-4 3-10-3-20-3-28-1z"/>` },
  bald: {},
};
