/** The far view: every note a coloured sheet on one canvas (browser measurements: a page of far notes costs ten times more). */

export class Sheets {
  #empty = true;
  /** @type {Map<string, {fill: string, edge: string}>} */
  #inks = new Map();

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  }

  /** The theme changed: ask the page for its colours again. */
  forgetInks() {
    this.#inks.clear();
  }

  clear() {
    if (this.#empty) return;
    this.pen.setTransform(1, 0, 0, 1, 0, 0);
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.#empty = true;
  }

  /** @param {import("./camera.js").Size} size @param {import("./camera.js").Camera} camera */
  begin(size, camera) {
    const dense = Math.min(devicePixelRatio || 1, 2);
    const w = Math.round(size.w * dense);
    const h = Math.round(size.h * dense);
    if (this.canvas.width !== w || this.canvas.height !== h) Object.assign(this.canvas, { width: w, height: h });
    this.#empty = false;
    this.pen.setTransform(1, 0, 0, 1, 0, 0);
    this.pen.clearRect(0, 0, w, h);
    this.pen.setTransform(camera.zoom * dense, 0, 0, camera.zoom * dense, camera.x * dense, camera.y * dense);
  }

  /** The ground of a zone, a group or a frame. @param {import("./camera.js").Rect} rect @param {string} kind */
  ground(rect, kind) {
    const ink = this.#ink(kind === "cluster" ? "surface" : "zone", "line-2");
    this.pen.fillStyle = ink.fill;
    this.pen.strokeStyle = ink.edge;
    this.pen.lineWidth = 2;
    this.pen.beginPath();
    this.pen.roundRect(rect.x, rect.y, rect.w, rect.h, 20);
    this.pen.fill();
    this.pen.stroke();
  }

  /** @param {import("./camera.js").Rect} rect @param {string} paper */
  sheet(rect, paper) {
    const ink = this.#ink(`note-${paper}`, `note-${paper}-edge`);
    this.pen.fillStyle = ink.edge;
    this.pen.fillRect(rect.x, rect.y, rect.w, rect.h);
    this.pen.fillStyle = ink.fill;
    this.pen.fillRect(rect.x + 2, rect.y + 2, rect.w - 4, rect.h - 4);
  }

  /** @param {string} fill @param {string} edge names of colours */
  #ink(fill, edge) {
    let ink = this.#inks.get(fill);
    if (!ink) {
      const style = getComputedStyle(this.canvas);
      ink = { fill: style.getPropertyValue(`--${fill}`), edge: style.getPropertyValue(`--${edge}`) };
      this.#inks.set(fill, ink);
    }
    return ink;
  }
}
