/** A table's board as a small picture: where notes are and of which paper, and how much was written lately. */
import { html, svg } from "lit-html";

const PAPERS = ["sun", "apricot", "rose", "lilac", "sky", "sea", "leaf", "stone"];
const WIDE = 240;
const HIGH = 120;
const NOTE = { w: 200, h: 120 };

/** @param {import("../outlines.js").Outline | undefined} outline */
export function picture(outline) {
  const drawn = outline?.zones ? zones(outline.zones) : marks(outline?.marks ?? []);
  return html`<svg class="tb__mini" viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="xMidYMid meet" aria-hidden="true">${drawn}</svg>`;
}

/** Notes a minute. @param {readonly number[]} activity */
export function bars(activity) {
  const most = Math.max(3, ...activity);
  return html`<svg class="tb__bars" viewBox="0 0 72 20" aria-hidden="true">${activity.map((n, at) => svg`<rect x=${at * 6} y=${20 - Math.max(1, (n / most) * 20)} width="4" height=${Math.max(1, (n / most) * 20)} rx="1"></rect>`)}</svg>`;
}

/** @param {readonly number[][]} all */
function zones(all) {
  const wide = WIDE / Math.max(1, all.length);
  return all.map((notes, at) => {
    const columns = Math.max(1, Math.min(5, Math.floor((wide - 12) / 16)));
    const size = Math.min(22, (wide - 16) / columns);
    const shown = notes.slice(0, columns * Math.floor((HIGH - 20) / (size * 0.7)));
    return svg`<rect class="tb__zone" x=${at * wide + 3} y="4" width=${wide - 6} height=${HIGH - 8} rx="5"></rect>
      ${shown.map((paper, n) => note(at * wide + 8 + (n % columns) * size, 10 + Math.floor(n / columns) * size * 0.7, size - 2, size * 0.7 - 2, paper))}`;
  });
}

/** @param {readonly [number, number, number][]} all */
function marks(all) {
  if (!all.length) return [];
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const w = Math.max(...xs) - left + NOTE.w;
  const h = Math.max(...ys) - top + NOTE.h;
  const zoom = Math.min((WIDE - 16) / w, (HIGH - 16) / h, 0.2);
  const [x0, y0] = [(WIDE - w * zoom) / 2, (HIGH - h * zoom) / 2];
  return all.map(([x, y, paper]) => note(x0 + (x - left) * zoom, y0 + (y - top) * zoom, NOTE.w * zoom - 1, NOTE.h * zoom - 1, paper));
}

/** @param {number} x @param {number} y @param {number} w @param {number} h @param {number} paper */
function note(x, y, w, h, paper) {
  return svg`<rect class="tb__note c-${PAPERS[paper] ?? "stone"}" x=${x} y=${y} width=${Math.max(2, w)} height=${Math.max(2, h)} rx="1.5"></rect>`;
}
