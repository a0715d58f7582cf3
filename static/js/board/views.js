/**
 * The three views of one board: surface, list, phone. Which of them is open, and how to find, focus, show and write in an
 * item in whichever it is.
 */
import { byId } from "../lib/dom.js";
import { keep, kept } from "../lib/keep.js";
import { t } from "../lib/words.js";
import { sayAnything } from "./items/kinds.js";

const NARROW = "(max-width: 719px)";

export class Views extends EventTarget {
  #listByHand = false;
  #scale = 1;
  #covered = { key: "", top: 88, right: 24, bottom: 92, left: 24 };

  /**
   * @param {{
   *   main: HTMLElement, model: import("./model.js").Model, selection: import("./selection.js").Selection,
   *   surface: import("./surface.js").Surface, phone: import("./phone.js").Phone, list: import("./list.js").List,
   *   look: import("./tools/look.js").Look, metrics: import("./metrics.js").Metrics,
   *   writers: {surface: import("./tools/writer.js").Writer, phone: import("./tools/writer.js").Writer},
   *   place: (id: string) => string, sheet: (anchor: HTMLElement, id: string) => void, nameZone: (id: string) => void, form: (id: string) => void, say: (words: string) => void, tell: (words: string) => void,
   * }} parts
   */
  constructor(parts) {
    super();
    this.parts = parts;
    this.model = parts.model;
    // Drawn again, because the server has it now or a neighbour came, it is still the one that has the focus.
    parts.surface.addEventListener("made", (e) => {
      const { id, node } = /** @type {CustomEvent} */ (e).detail;
      if (node === document.activeElement) this.#sayPlace(id, node);
    });
  }

  // Which view

  /** A narrow page is a phone's; a page zoomed in to 400 % is easier as a list. */
  choose() {
    const zoomed = outerWidth / innerWidth >= 3 || (innerWidth <= 480 && innerHeight <= 480);
    const wants = this.parts.list.isOpen ? this.#listByHand : kept("view") === "list";
    this.parts.main.classList.toggle("is-phone", matchMedia(NARROW).matches);
    this.#openList(zoomed || wants, zoomed && !wants);
  }

  toggleList() {
    const { list, selection, say } = this.parts;
    const open = !list.isOpen;
    keep("view", open ? "list" : "board");
    this.#openList(open);
    say(open ? t("The board as a list") : t("The board"));
    if (open) list.focus(selection.current);
    else this.enter();
  }

  /** The element of the view that is open. */
  get box() {
    const { list, phone } = this.parts;
    return byId(list.isOpen ? "list" : phone.isOpen ? "phone" : "view");
  }

  // Items

  /** Write in an item. @param {string} id @param {boolean} [fresh] its words stand there only until better ones are written */
  edit(id, fresh = false) {
    const { list, phone, writers, tell } = this.parts;
    const item = this.model.item(id);
    if (!item) return;
    if (!this.model.may("edit_text", item)) return tell(t("Only the person who wrote a note can change its words."));
    if (item.kind === "causal_link" || (item.kind === "factor" && this.box !== this.parts.surface.root)) this.parts.form(id);
    else if (item.kind === "region" && this.box !== this.parts.surface.root) this.parts.nameZone(id);
    else if (list.isOpen) list.edit(id);
    else if (phone.isOpen) writers.phone.open(id, fresh);
    else if (writers.surface.open(id, fresh)) this.reveal(id, true);
  }

  /** Give an item the focus. @param {string} id */
  focus(id) {
    const { list, phone } = this.parts;
    if (list.isOpen) list.focus(id);
    else if (phone.isOpen) phone.elementOf(id)?.focus();
    else this.#focusOnSurface(id);
  }

  /** From beside the board into it: to the item that has the tab stop. */
  enter() {
    const { list, phone, selection } = this.parts;
    if (list.isOpen) return list.focus(selection.current);
    if (phone.isOpen) return byId("phone").focus();
    const id = this.current;
    if (id) this.#focusOnSurface(id);
  }

  /** Where arrows start from: the tab stop, or the first item there is. */
  get current() {
    const id = this.parts.selection.current;
    if (id && this.model.item(id)) return id;
    return this.parts.surface.plan.order.find((i) => this.isWalkable(i)) ?? null;
  }

  /** Do arrows stop at it? @param {string} id */
  isWalkable(id) {
    const kind = this.model.item(id)?.kind;
    if (kind === "frame") return this.model.may("move", this.model.item(id));
    return kind !== undefined && kind !== "region";
  }

  /** Bring an item clear of the bars. @param {string} id @param {boolean} [own] this person went there */
  reveal(id, own = false) {
    const { surface, look, phone, list } = this.parts;
    if (list.isOpen) return;
    if (phone.isOpen) {
      phone.drawNow();
      return phone.elementOf(id)?.scrollIntoView({ block: "nearest" });
    }
    surface.drawNow();
    const rect = surface.rectOf(id);
    if (rect) look.reveal(rect, own);
  }

  /** Bring an item near enough to be read. @param {string} id */
  approach(id) {
    const { surface, look } = this.parts;
    if (this.box !== surface.root) return this.reveal(id, true);
    surface.drawNow();
    look.approach(() => surface.rectOf(id));
  }

  /** Show something that was searched for. @param {string} id */
  showHit(id) {
    const { selection, phone, say } = this.parts;
    const item = this.model.item(id);
    const region = item && this.model.regionOf(item);
    selection.set([id]);
    if (phone.isOpen && region) phone.setZone(region);
    this.approach(id);
    if (item) say(sayAnything(item, this.model));
  }

  /** Open what can be done to an item, on touch screens. @param {string} id */
  sheet(id) {
    const { phone, surface, sheet } = this.parts;
    const node = (phone.isOpen ? phone : surface).elementOf(id);
    if (node) sheet(node, id);
  }

  /** Ids as they are read: zone by zone, from the top. */
  get readingOrder() {
    const { model } = this;
    if (!model.flows) return this.parts.surface.plan.order;
    return model.regions.flatMap((r) => model.reading(r.id).map((i) => i.id));
  }

  // Sizes

  /** How much of the surface the bars cover: asked of the page once for each of its sizes. */
  get insets() {
    const { w, h } = this.parts.surface.size;
    const key = `${w} ${h} ${this.#scale} ${this.#said} ${this.parts.main.className}`;
    if (this.#covered.key !== key) this.#covered = { key, ...this.#measureBars() };
    return this.#covered;
  }

  /** How tall is what the page says by itself (px). */
  #said = 0;

  /** What the page says has a place of its own: the board makes room for it, and moves back afterwards. @param {number} height */
  makeRoom(height) {
    const by = height - this.#said;
    this.#said = height;
    if (by && this.parts.surface.size.w) this.parts.look.pan(0, by);
  }

  get textSize() {
    return Math.round(this.#scale * 100);
  }

  /** @param {number} percent */
  set textSize(percent) {
    this.#scale = percent / 100;
    document.documentElement.style.fontSize = percent === 100 ? "" : `${percent}%`;
    keep("text", String(percent));
    this.remeasure();
  }

  largerText() {
    this.textSize = { 100: 120, 120: 140 }[this.textSize] ?? 100;
    this.parts.say(t("Text size {percent} %", { percent: this.textSize }));
  }

  /** Letters look different now. */
  remeasure() {
    this.parts.metrics.renew(this.#scale);
    this.parts.surface.changed(new Set(), true);
  }

  /** @param {string} id */
  #focusOnSurface(id) {
    const { surface, selection } = this.parts;
    selection.focus(id);
    surface.pin([id]);
    surface.drawNow();
    const node = surface.elementOf(id);
    if (!node || !this.model.item(id)) return;
    this.#sayPlace(id, node);
    node.focus({ preventScroll: true });
    this.reveal(id, true);
  }

  /** What is read of the item that has the focus tells where it is, too. @param {string} id @param {HTMLElement} node */
  #sayPlace(id, node) {
    const { selection, place } = this.parts;
    const item = this.model.item(id);
    const selected = selection.has(id) ? t("selected") : "";
    if (item) node.setAttribute("aria-label", [sayAnything(item, this.model), place(id), selected].filter(Boolean).join(", "));
  }

  /** @param {boolean} open @param {boolean} [byItself] */
  #openList(open, byItself = false) {
    const { list, phone, main, surface } = this.parts;
    this.#listByHand = open && !byItself;
    const small = !open && main.classList.contains("is-phone");
    if (list.isOpen !== open) list.show(open);
    if (phone.isOpen !== small) phone.show(small);
    main.classList.toggle("is-list", open);
    surface.root.hidden = open || small;
    surface.hide(open || small);
    this.dispatchEvent(new Event("change"));
  }

  #measureBars() {
    const feet = ["composer", "zoom", "playback"].map(byId).filter((one) => one.offsetHeight);
    const foot = this.parts.main.clientHeight - Math.min(...feet.map((one) => one.offsetTop));
    const head = Math.max(...["task", "where"].map((id) => byId(id).offsetTop + byId(id).offsetHeight));
    // Beside a system map, or what notes come to: open it takes a column, closed a row.
    const side = byId(byId("map-side").hidden ? "comes-to" : "map-side");
    const [across, down] = side.offsetParent ? (side.classList.contains("is-open") ? [side.offsetWidth, 0] : [0, side.offsetHeight + 4]) : [0, 0];
    return { top: Math.max(88, head + 16) + this.#said, right: 24, bottom: Math.max(92, foot + 20) + down, left: 24 + across };
  }
}
