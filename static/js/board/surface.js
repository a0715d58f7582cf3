/**
 * The board as a plane: one layer that is moved and scaled, and on it only the items in and near the view, at most so
 * many new ones a frame. Far out, sheets are drawn on one canvas and titles stay in the page. Order in the page is
 * reading order. Gestures live in tools/, what each kind looks like in items/.
 *
 * @typedef {import("./camera.js").Rect} Rect
 * @typedef {import("./camera.js").Insets} Insets
 * @typedef {import("./items/note.js").Look} Look
 * @typedef {import("./model.js").Item} Item
 */
import { overlap } from "./camera.js";
import { Sheets } from "./sheets.js";
import { KINDS } from "./items/kinds.js";

const MARGIN = 0.25;
const NEW_PER_FRAME = 24;
const REST_MS = 160;
/** The grid of dots, in pixels at 100 %. */
const DOTS = 24;
const SHEET_KINDS = new Set(["note", "image"]);
const GROUNDS = new Set(["region", "cluster", "frame"]);

export class Surface extends EventTarget {
  /** @type {Map<string, {node: HTMLElement, item: Item, rect: Rect | null}>} */
  #shown = new Map();
  /** @type {import("./layouts/flow.js").Plan} */
  #plan = { rects: new Map(), regions: new Map(), slots: new Map(), order: [], bounds: { x: 0, y: 0, w: 1, h: 1 } };
  /** @type {Map<string, number>} */
  #index = new Map();
  /** What lies where, in reading order, without a look into the model for each frame. @type {{id: string, rect: Rect, kind: string}[]} */
  #spots = [];
  /** @type {Set<string>} */
  #pinned = new Set();
  /** @type {Set<string>} */
  #stale = new Set();
  /** @type {{ids: Set<string>, x: number, y: number}} */
  #carried = { ids: new Set(), x: 0, y: 0 };
  #planned = false;
  /** Does the page have its elements in the order of the plan? */
  #ordered = true;
  #frame = 0;
  /** Until it rests. */
  #still = 0;
  #zoom = 1;
  #level = "";
  #hidden = false;
  /** @type {import("./camera.js").Size} */
  #size = { w: 0, h: 0 };

  /**
   * @param {{
   *   root: HTMLElement, model: import("./model.js").Model, camera: import("./camera.js").Camera,
   *   metrics: import("./metrics.js").Metrics, look: Look, plan: () => import("./layouts/flow.js").Plan,
   * }} parts
   */
  constructor({ root, model, camera, metrics, look, plan }) {
    super();
    this.root = root;
    this.model = model;
    this.camera = camera;
    this.metrics = metrics;
    this.look = look;
    this.makePlan = plan;
    this.layer = /** @type {HTMLElement} */ (root.querySelector(".layer"));
    this.dots = /** @type {HTMLElement} */ (root.querySelector(".board__dots"));
    this.sheets = new Sheets(/** @type {HTMLCanvasElement} */ (root.querySelector("canvas")));
    new ResizeObserver(() => this.#resized()).observe(root);
    this.#resized();
  }

  get size() {
    return this.#size;
  }

  /** A place on the page, as seen from the corner of the surface. Asking the page itself each time would lay it out anew. @param {{clientX: number, clientY: number}} event */
  pointOf({ clientX, clientY }) {
    return { x: clientX - this.#origin.x, y: clientY - this.#origin.y };
  }

  #origin = { x: 0, y: 0 };

  /** Where everything lies, worked out afresh if need be. */
  get plan() {
    if (!this.#planned) {
      this.#plan = this.makePlan();
      this.#index = new Map(this.#plan.order.map((id, i) => [id, i]));
      this.#spots = this.#plan.order.flatMap((id) => {
        const rect = this.#plan.rects.get(id);
        const kind = this.model.item(id)?.kind;
        return rect && kind ? [{ id, rect, kind }] : [];
      });
      this.#planned = true;
      this.#ordered = false;
    }
    return this.#plan;
  }

  /** Where everything lay when it was worked out last. */
  get lastPlan() {
    return this.#plan;
  }

  /** @param {string} id */
  rectOf(id) {
    return this.plan.rects.get(id);
  }

  /** Where it is drawn now: what is carried is not where it lies. @param {string} id */
  shownRect(id) {
    const rect = this.plan.rects.get(id);
    const { ids, x, y } = this.#carried;
    return rect && ids.has(id) ? { ...rect, x: rect.x + x, y: rect.y + y } : rect;
  }

  /** @param {string} id */
  elementOf(id) {
    return this.#shown.get(id)?.node;
  }

  /** Ids in the page now. */
  get shownIds() {
    return [...this.#shown.keys()];
  }

  /** Nothing is drawn while another view is in front. @param {boolean} hidden */
  hide(hidden) {
    this.#hidden = hidden;
    // Asked now: who opens the view again wants to bring something into it at once.
    if (!hidden) this.#resized();
  }

  /** These items were replaced; `null` means all. `moved` says that places may have changed. @param {Set<string> | null} ids @param {boolean} moved */
  changed(ids, moved) {
    if (moved) this.#planned = false;
    for (const id of ids ?? this.#shown.keys()) this.#stale.add(id);
    this.draw();
  }

  /** Keep this item in the page wherever the view goes: it has the focus, or is being written or dragged. @param {Iterable<string>} ids */
  pin(ids) {
    this.#pinned = new Set(ids);
    this.draw();
  }

  /** Draw these so far from where they lie: someone carries them. @param {Iterable<string>} ids @param {number} x @param {number} y */
  offset(ids, x, y) {
    for (const id of this.#carried.ids) this.#forgetPlace(id);
    this.#carried = { ids: new Set(ids), x, y };
    for (const id of this.#carried.ids) this.#forgetPlace(id);
    this.draw();
  }

  /**
   * The view is moving: composite the layer until it rests. While it is only panned, what was drawn once is good at this
   * zoom (a third dimension composites it); while it is zoomed, it is scaled and not drawn anew (`will-change`).
   */
  moving() {
    const { classList } = this.root;
    classList.add("is-moving");
    if (this.camera.zoom !== this.#zoom) classList.add("is-zooming");
    clearTimeout(this.#still);
    this.#still = window.setTimeout(() => this.#rest(), REST_MS);
    this.draw();
  }

  #rest() {
    this.#still = 0;
    this.root.classList.remove("is-moving", "is-zooming");
    this.draw();
  }

  draw() {
    if (!this.#frame && !this.#hidden) this.#frame = requestAnimationFrame(() => this.#paint());
  }

  /** Draw now, for callers that need the element at once. */
  drawNow() {
    cancelAnimationFrame(this.#frame);
    this.#paint();
  }

  #paint() {
    this.#frame = 0;
    this.#place();
    if (this.metrics.setFar(this.camera.level !== "near")) this.#planned = false;
    const more = this.#attach();
    for (const id of this.#stale) this.#fill(id);
    this.#stale.clear();
    if (this.camera.level === "near" || this.camera.level === "mid") this.#measure();
    this.layer.style.setProperty("--title-lines", String(this.plan.titleLines ?? 1));
    const { plan } = this;
    if (!this.#ordered) this.#inOrder();
    for (const [id, shown] of this.#shown) this.#put(shown, plan.rects.get(id), this.#carried.ids.has(id));
    this.#drawSheets();
    this.dispatchEvent(new Event("drawn"));
    if (more) this.draw();
  }

  #place() {
    const { x, y, zoom, level } = this.camera;
    this.#zoom = zoom;
    const left = Math.round(x);
    const top = Math.round(y);
    const flat = this.#still ? "translateZ(0)" : "";
    this.layer.style.transform = `translate(${left}px, ${top}px) ${flat} scale(${zoom})`;
    // Dots are scaled, not drawn anew: a background of another size is a whole view to paint in every frame.
    const scale = zoom * 2 ** Math.round(Math.log2(1 / zoom));
    const step = DOTS * scale;
    this.dots.style.transform = `translate(${mod(left, step) - step}px, ${mod(top, step) - step}px) ${flat} scale(${scale})`;
    if (level !== this.#level) {
      this.#level = level;
      this.root.dataset.level = level;
    }
    this.#keepLegible(zoom);
  }

  #up = 0;

  /** Titles and flags keep their size on the screen. In steps: a new value is a new style for everything on the layer. @param {number} zoom */
  #keepLegible(zoom) {
    const up = zoom >= 0.795 ? 1 : 2 ** (Math.ceil(Math.log2(1 / zoom) * 3) / 3);
    if (up === this.#up) return;
    this.#up = up;
    this.layer.style.setProperty("--up", String(up));
    this.layer.style.setProperty("--inv", String(Math.max(1, (up * 14) / 17)));
  }

  /** Take out what is far from the view, bring in what came near. True when some are still to come. */
  #attach() {
    const { plan, model } = this;
    const near = this.camera.seen(this.#size, MARGIN);
    const sheets = this.camera.level === "sheets";
    /** @param {string} id @param {Rect} rect @param {string} kind */
    const wanted = (id, rect, kind) =>
      this.#pinned.has(id) || this.#carried.ids.has(id) || kind === "region" || (overlap(rect, near) && !(sheets && SHEET_KINDS.has(kind)));
    for (const [id, { node }] of this.#shown) {
      const rect = plan.rects.get(id);
      const item = model.item(id);
      if (!rect || !item || !wanted(id, rect, item.kind)) {
        node.remove();
        this.#shown.delete(id);
      }
    }
    let room = NEW_PER_FRAME;
    let added = false;
    for (const { id, rect, kind } of this.#spots) {
      if (!wanted(id, rect, kind) || this.#shown.has(id)) continue;
      const item = model.item(id);
      if (!item) continue;
      if (room-- <= 0) {
        this.#inOrder();
        return true;
      }
      this.#make(id, item);
      added = true;
    }
    if (added) this.#inOrder();
    return false;
  }

  /** @param {string} id @param {Item} item */
  #make(id, item) {
    const kind = KINDS[item.kind];
    if (!kind) return;
    const node = kind.make();
    node.dataset.id = id;
    kind.fill(node, item, this.look);
    this.#shown.set(id, { node, item, rect: null });
    this.dispatchEvent(new CustomEvent("made", { detail: { id, node } }));
  }

  /** Put elements into reading order, moving only those that are out of it: moving one that has the focus loses it. */
  #inOrder() {
    this.#ordered = true;
    const ids = [...this.#shown.keys()].sort((a, b) => (this.#index.get(a) ?? 0) - (this.#index.get(b) ?? 0));
    let cursor = this.layer.firstElementChild;
    for (const id of ids) {
      const node = /** @type {HTMLElement} */ (this.#shown.get(id)?.node);
      if (node === cursor) cursor = cursor.nextElementSibling;
      else if (!node.isConnected || !node.contains(document.activeElement)) this.layer.insertBefore(node, cursor);
      else if (node === cursor?.nextElementSibling) cursor = node.nextElementSibling;
    }
  }

  /** @param {string} id */
  #fill(id) {
    const shown = this.#shown.get(id);
    const item = this.model.item(id);
    if (!shown || !item) return;
    shown.item = item;
    KINDS[item.kind]?.fill(shown.node, item, this.look);
    this.dispatchEvent(new CustomEvent("made", { detail: { id, node: shown.node } }));
  }

  /** Ask the page how tall new notes are; when one is not as guessed, everything below it moves once. */
  #measure() {
    const fresh = [...this.#shown.values()].filter((s) => s.item.kind === "note" && !this.metrics.knows(s.item));
    if (!fresh.length) return;
    if (fresh.some((s) => !s.node.isConnected)) this.#inOrder();
    for (const { node } of fresh) node.style.height = "";
    const heights = fresh.map(({ node }) => node.offsetHeight);
    fresh.forEach((shown, i) => {
      if (this.metrics.learn(shown.item, heights[i])) this.#planned = false;
      shown.rect = null;
    });
    if (!this.#planned) this.#inOrder();
  }

  /** @param {{node: HTMLElement, item: Item, rect: Rect | null}} shown @param {Rect | undefined} rect @param {boolean} carried */
  #put(shown, rect, carried) {
    const was = shown.rect;
    if (!rect || (was && was.x === rect.x && was.y === rect.y && was.w === rect.w && was.h === rect.h)) return;
    shown.rect = { ...rect };
    const { style } = shown.node;
    const x = rect.x + (carried ? this.#carried.x : 0);
    const y = rect.y + (carried ? this.#carried.y : 0);
    style.translate = `${x}px ${y}px`;
    style.width = `${rect.w}px`;
    style.height = `${rect.h}px`;
  }

  /** @param {string} id */
  #forgetPlace(id) {
    const shown = this.#shown.get(id);
    if (shown) shown.rect = null;
  }

  #drawSheets() {
    if (this.camera.level !== "sheets") return this.sheets.clear();
    const { model } = this;
    const near = this.camera.seen(this.#size);
    this.sheets.begin(this.#size, this.camera);
    for (const { id, rect, kind } of this.#spots) {
      if (!overlap(rect, near)) continue;
      const item = model.item(id);
      if (SHEET_KINDS.has(kind) && item) this.sheets.sheet(rect, model.paper(item));
      else if (GROUNDS.has(kind)) this.sheets.ground(rect, kind);
    }
  }

  #resized() {
    const { clientWidth: w, clientHeight: h } = this.root;
    if (!w || !h) return;
    if (w === this.#size.w && h === this.#size.h) return this.draw();
    this.#size = { w, h };
    const { left, top } = this.root.getBoundingClientRect();
    this.#origin = { x: left, y: top };
    this.dispatchEvent(new Event("resized"));
    this.draw();
  }
}

/** @param {number} a @param {number} n */
function mod(a, n) {
  return ((a % n) + n) % n;
}
