/**
 * The names of the first loops on the plane, each in the middle of its loop and clear of what lies there. Pressing one
 * lights its loop. The board is one stop of Tab: keys find the loops by O, and in the panel.
 */
import { overlap } from "../camera.js";
import { kindName, loopSays } from "./words.js";

/** So many loops have their mark on the plane; the panel has them all. */
const SHOWN = 6;
const MARK = { w: 96, h: 62 };
const STEP = 26;
const ARROW = '<svg viewBox="0 0 46 46" aria-hidden="true"><path d="M35 12a16.5 16.5 0 1 0 4 13"/><path d="M35.5 5v8h-8"/></svg>';

export class LoopMarks {
  /** @type {Map<string, HTMLButtonElement>} */
  #shown = new Map();
  #key = "";

  /** @param {import("../surface.js").Surface} surface @param {import("./analysis.js").Analysis} analysis @param {import("./light.js").Lit} lit */
  constructor(surface, analysis, lit) {
    this.surface = surface;
    this.analysis = analysis;
    this.lit = lit;
    analysis.addEventListener("change", () => surface.draw());
    lit.addEventListener("change", () => surface.draw());
    surface.addEventListener("drawn", () => this.#draw());
  }

  #draw() {
    const { surface, analysis, lit } = this;
    const isMap = surface.model.isSystem;
    if (!isMap && !this.#shown.size) return;
    const { loop } = lit;
    const first = isMap ? analysis.loops.listed.slice(0, SHOWN) : [];
    const loops = loop && !first.includes(loop) ? [...first, loop] : first;
    const rects = surface.plan.rects;
    const key = `${loops.map((l) => `${l.name} ${l.factors.join()}`).join(";")} ${[...rects].map(([id, r]) => `${id}${r.x},${r.y},${r.w}`).join(";")}`;
    for (const [name, node] of this.#shown) {
      if (loops.some((one) => one.name === name)) continue;
      node.remove();
      this.#shown.delete(name);
    }
    for (const one of loops) this.#node(one).classList.toggle("is-on", one === loop);
    if (key === this.#key) return;
    this.#key = key;
    this.#place(loops);
  }

  /** @param {import("./loops.js").Loop} loop */
  #node(loop) {
    let node = this.#shown.get(loop.name);
    if (!node) {
      node = Object.assign(document.createElement("button"), { type: "button", className: "loopmark", tabIndex: -1 });
      node.innerHTML = `${ARROW}<b></b> <span></span>`;
      /** @type {HTMLElement} */ (node.querySelector("b")).textContent = loop.name;
      node.addEventListener("click", () => this.lit.show({ kind: "loop", name: loop.name }));
      this.surface.layer.append(node);
      this.#shown.set(loop.name, node);
    }
    /** @type {HTMLElement} */ (node.querySelector("span")).textContent = kindName(loop);
    node.setAttribute("aria-label", `${loop.name} ${kindName(loop)}: ${loopSays(loop, (id) => this.surface.model.item(id))}`);
    return node;
  }

  /** @param {import("./loops.js").Loop[]} loops */
  #place(loops) {
    const { rects } = this.surface.plan;
    const taken = [...rects.values()];
    for (const loop of loops) {
      const own = loop.factors.map((id) => rects.get(id)).filter((r) => r !== undefined);
      if (!own.length) continue;
      const x = own.reduce((sum, r) => sum + r.x + r.w / 2, 0) / own.length;
      const y = own.reduce((sum, r) => sum + r.y + r.h / 2, 0) / own.length;
      const spot = freeNear(taken, { x: x - MARK.w / 2, y: y - MARK.h / 2 });
      taken.push(spot);
      const node = this.#shown.get(loop.name);
      if (node) node.style.translate = `${Math.round(spot.x)}px ${Math.round(spot.y)}px`;
    }
  }
}

/** The nearest spot that nothing lies on; the middle itself where all is full. @param {import("../camera.js").Rect[]} taken @param {{x: number, y: number}} near */
function freeNear(taken, near) {
  for (let ring = 0; ring < 9; ring += 1) {
    for (let turn = 0; turn < Math.max(1, ring * 8); turn += 1) {
      const angle = (turn / Math.max(1, ring * 8)) * 2 * Math.PI;
      const spot = { x: near.x + ring * STEP * Math.cos(angle), y: near.y + ring * STEP * Math.sin(angle), ...MARK };
      if (!taken.some((r) => overlap(r, spot))) return spot;
    }
  }
  return { ...near, ...MARK };
}
