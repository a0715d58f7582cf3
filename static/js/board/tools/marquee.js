/** A frame drawn round several items selects what it touches. */
import { overlap } from "../camera.js";

export class Marquee {
  /**
   * @param {{surface: import("../surface.js").Surface, selection: import("../selection.js").Selection}} parts
   * @param {{x: number, y: number}} start on the page
   */
  constructor({ surface, selection }, start) {
    this.surface = surface;
    this.selection = selection;
    this.box = surface.root.getBoundingClientRect();
    this.start = { x: start.x - this.box.left, y: start.y - this.box.top };
    this.before = selection.ids;
    this.node = document.createElement("div");
    this.node.className = "marquee";
    surface.root.append(this.node);
  }

  /** @param {number} x @param {number} y on the page */
  to(x, y) {
    const end = { x: x - this.box.left, y: y - this.box.top };
    const left = Math.min(end.x, this.start.x);
    const top = Math.min(end.y, this.start.y);
    const w = Math.abs(end.x - this.start.x);
    const h = Math.abs(end.y - this.start.y);
    this.node.style.translate = `${left}px ${top}px`;
    this.node.style.width = `${w}px`;
    this.node.style.height = `${h}px`;
    const { camera, plan, model } = this.surface;
    const corner = camera.toWorld({ x: left, y: top });
    const area = { ...corner, w: w / camera.zoom, h: h / camera.zoom };
    const touched = [...plan.rects].filter(([id, rect]) => {
      const item = model.item(id);
      return item && item.kind !== "region" && model.whose(item) !== "protected" && overlap(rect, area);
    });
    this.selection.set([...this.before, ...touched.map(([id]) => id)]);
  }

  end() {
    this.node.remove();
  }
}
