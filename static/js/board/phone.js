/**
 * The board on a phone: one zone per tab, its notes in two columns, the field at the thumb. A tap selects, another tap
 * opens what can be done. Notes are the same elements as on the surface.
 *
 * @typedef {import("./model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { t, tn } from "../lib/words.js";
import { groundOf } from "./cards/ground.js";
import { fillCluster, makeCluster } from "./items/cluster.js";
import { fillNote, makeNote } from "./items/note.js";
import { nothingHere } from "./items/nothing.js";
import { fillHeading, fillImage, makeHeading, makeImage } from "./items/others.js";

/** @type {Record<string, {make: () => HTMLElement, fill: (node: HTMLElement, item: any, look: any) => void}>} */
const KINDS = {
  note: { make: makeNote, fill: fillNote },
  cluster: { make: makeCluster, fill: fillCluster },
  heading: { make: makeHeading, fill: fillHeading },
  image: { make: makeImage, fill: fillImage },
};

export class Phone extends EventTarget {
  /** @type {string | null} */
  #zone = null;
  #open = false;
  #frame = 0;
  /** @type {Map<string, {node: HTMLElement, item: Item}>} */
  #shown = new Map();
  #all = false;

  /**
   * @param {{
   *   box: HTMLElement, tabs: HTMLElement, model: import("./model.js").Model, look: import("./items/note.js").Look,
   *   selection: import("./selection.js").Selection, open: (id: string) => void, picked: (id: string) => boolean,
   *   map: () => import("./maps/system_map.js").SystemMap | undefined, ground: () => import("./cards/ground.js").Ground, comesTo: () => import("./comes_to.js").ComesTo | undefined,
   * }} parts
   */
  constructor(parts) {
    super();
    this.parts = parts;
    this.model = parts.model;
    parts.box.addEventListener("click", (e) => this.#click(e));
    parts.tabs.addEventListener("keydown", (e) => this.#tabKeys(e));
  }

  get isOpen() {
    return this.#open;
  }

  /** The zone whose tab is chosen. */
  get zone() {
    const { regions } = this.model;
    return regions.some((r) => r.id === this.#zone) ? this.#zone : (regions[0]?.id ?? null);
  }

  /** @param {boolean} open */
  show(open) {
    this.#open = open;
    this.parts.box.hidden = !open;
    if (open) this.drawNow();
    else {
      this.parts.tabs.hidden = true;
      this.#shown.clear();
      this.parts.box.replaceChildren();
    }
  }

  /** @param {string} id */
  setZone(id) {
    if (id === this.zone) return;
    this.#zone = id;
    this.parts.box.scrollTo(0, 0);
    this.draw();
    this.dispatchEvent(new Event("zone"));
  }

  /** Somebody else shows the way to it. @param {string} id */
  lookAt(id) {
    this.drawNow();
    this.#shown.get(id)?.node.scrollIntoView({ block: "nearest" });
  }

  // What the writer needs of a view

  /** @param {string} id */
  elementOf(id) {
    return this.#shown.get(id)?.node ?? /** @type {HTMLElement | undefined} */ (this.parts.box.querySelector(`[data-id="${id}"]`) ?? undefined);
  }

  /** Everything of a zone is in the page already. @param {Iterable<string>} _ids */
  pin(_ids) {}

  /** @param {Set<string> | null} ids */
  changed(ids) {
    this.#all ||= ids === null;
    for (const id of ids ?? []) {
      const shown = this.#shown.get(id);
      if (shown) shown.item = /** @type {any} */ (null);
    }
    this.draw();
  }

  draw() {
    if (this.#open && !this.#frame) this.#frame = requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#open) return;
    this.#tabs();
    const { model } = this;
    if (this.model.isSystem) return this.#drawMap();
    const zone = this.zone;
    const under = groundOf(model);
    const entries = zone ? model.entries(zone) : model.loose.filter((i) => i.kind !== "frame" && i !== under);
    const { box } = this.parts;
    box.setAttribute("aria-label", zone ? model.regionTitle(zone) : t("Board"));
    if (!entries.length && !under) {
      render(html`<p class="phone__empty">${nothingHere(model)}</p>`, this.#holder("empty"));
      box.replaceChildren(this.#holder("empty"), ...this.#comesTo());
      return;
    }
    const blocks = [this.#heading(zone), ...(under ? [this.#map(under, entries)] : []), ...this.#blocks(entries), ...this.#comesTo()];
    const same = blocks.length === box.children.length && blocks.every((b, i) => box.children[i] === b);
    if (!same) box.replaceChildren(...blocks);
    this.#all = false;
    this.dispatchEvent(new Event("drawn"));
  }

  /** The map small, with its pins; pressing says where the next one goes. @param {Item} under @param {readonly Item[]} entries */
  #map(under, entries) {
    const holder = this.#holder("ground");
    const pins = entries.filter((i) => i.kind === "note");
    const { next } = this.parts.ground();
    const at = (/** @type {{x: number, y: number}} */ { x, y }) => `left: ${((x - under.x) / under.w) * 100}%; top: ${((y - under.y) / under.h) * 100}%`;
    const aim = (/** @type {MouseEvent} */ e) => {
      const box = /** @type {HTMLElement} */ (e.currentTarget).getBoundingClientRect();
      this.parts.ground().aim({ x: (under.x + ((e.clientX - box.left) / box.width) * under.w) / 100, y: (under.y + ((e.clientY - box.top) / box.height) * under.h) / 100 });
      this.draw();
    };
    render(
      html`<figure class="phmap" @click=${aim}><img src=${`${this.model.who.filesUrl}/${under.file}`} alt=${under.alt || t("Map with pins")}>
        ${pins.map((pin) => html`<span class="phmap__pin" aria-hidden="true" .style=${at(/** @type {any} */ (pin))}></span>`)}
        ${next ? html`<span class="phmap__pin phmap__pin--next" aria-hidden="true" .style=${at(next)}>+</span>` : nothing}</figure>
        <p class="small muted">${t("Press on the map where the next pin goes.")}</p>`,
      holder,
    );
    return holder;
  }

  /** What the whole board comes to, below the zone. */
  #comesTo() {
    const comesTo = this.parts.comesTo();
    if (!comesTo?.isOn) return [];
    const holder = this.#holder("comes to");
    render(comesTo.text, holder);
    return [holder];
  }

  /** A system map is text here: what is linked with what has no room to be drawn. */
  #drawMap() {
    const { box, map } = this.parts;
    const holder = this.#holder("map");
    holder.className = "lv__main";
    render(map()?.text.main() ?? nothing, holder);
    if (holder.parentNode !== box) box.replaceChildren(holder);
    box.setAttribute("aria-label", t("System map"));
    this.dispatchEvent(new Event("drawn"));
  }

  /** @type {Map<string, HTMLElement>} */
  #holders = new Map();

  /** @param {string} key */
  #holder(key) {
    let node = this.#holders.get(key);
    if (!node) this.#holders.set(key, (node = document.createElement("div")));
    return node;
  }

  /** The tab says it to the eye; headings of groups need one above them. @param {string | null} zone */
  #heading(zone) {
    const holder = this.#holder("heading");
    holder.className = "sr";
    render(html`<h2 dir="auto">${zone ? this.model.regionTitle(zone) : t("Board")}</h2>`, holder);
    return holder;
  }

  /** Runs of notes in two columns, groups and headings across both. @param {readonly Item[]} entries */
  #blocks(entries) {
    /** @type {HTMLElement[]} */
    const blocks = [];
    /** @type {Item[]} */
    let run = [];
    const flush = () => {
      if (run.length) blocks.push(this.#columns(`run ${blocks.length}`, run));
      run = [];
    };
    for (const item of entries) {
      if (item.kind === "note" || item.kind === "image") run.push(item);
      else {
        flush();
        const node = this.#node(item);
        if (node && item.kind === "cluster") {
          const inside = this.#columns(`cluster ${item.id}`, this.model.members(item.id));
          if (inside.parentNode !== node) node.append(inside);
        }
        if (node) blocks.push(node);
      }
    }
    flush();
    return blocks;
  }

  /** @param {string} key @param {readonly Item[]} items */
  #columns(key, items) {
    const holder = this.#holder(key);
    holder.className = "ph__cols";
    while (holder.children.length < 2) holder.append(Object.assign(document.createElement("div"), { className: "ph__col" }));
    [0, 1].forEach((side) => {
      const nodes = items.filter((_, i) => i % 2 === side).map((i) => this.#node(i)).filter((n) => n !== null);
      const column = holder.children[side];
      const same = nodes.length === column.children.length && nodes.every((n, i) => column.children[i] === n);
      // Moving the note that is being written would take the caret away.
      if (!same && !column.querySelector("[data-writing]")) column.replaceChildren(...nodes);
    });
    return holder;
  }

  /** @param {Item} item */
  #node(item) {
    const kind = KINDS[item.kind];
    if (!kind) return null;
    let shown = this.#shown.get(item.id);
    const fresh = !shown;
    if (!shown) {
      shown = { node: kind.make(), item };
      shown.node.dataset.id = item.id;
      shown.node.tabIndex = 0;
      this.#shown.set(item.id, shown);
    }
    if (fresh || this.#all || shown.item !== item) {
      shown.item = item;
      kind.fill(shown.node, item, this.parts.look);
      this.dispatchEvent(new CustomEvent("made", { detail: { id: item.id, node: shown.node } }));
    }
    return shown.node;
  }

  #tabs() {
    const { model } = this;
    const { tabs } = this.parts;
    tabs.hidden = !model.regions.length;
    tabs.setAttribute("aria-label", t("Zones"));
    render(
      html`${model.regions.map((r) => {
        const on = r.id === this.zone;
        const n = model.notes(r.id).length;
        return html`<button type="button" role="tab" aria-selected=${on} tabindex=${on ? 0 : -1} class=${on ? "is-on" : nothing} @click=${() => this.setZone(r.id)}><span dir="auto">${model.words(r, "title")}</span> <b aria-label=${tn("{n} note", "{n} notes", n)}>${n}</b></button>`;
      })}`,
      tabs,
    );
    const on = /** @type {HTMLElement | null} */ (tabs.querySelector(".is-on"));
    if (on && (on.offsetLeft < tabs.scrollLeft || on.offsetLeft + on.offsetWidth > tabs.scrollLeft + tabs.clientWidth)) {
      tabs.scrollTo({ left: on.offsetLeft - 24 });
    }
  }

  /** @param {KeyboardEvent} event */
  #tabKeys(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    const { regions } = this.model;
    const at = regions.findIndex((r) => r.id === this.zone);
    const next = regions[(at + way + regions.length) % regions.length];
    if (!next) return;
    this.setZone(next.id);
    this.drawNow();
    /** @type {HTMLElement | null} */ (this.parts.tabs.querySelector(".is-on"))?.focus();
  }

  /** @param {Event} event */
  #click(event) {
    const target = /** @type {Element} */ (event.target);
    if (target.closest("textarea, button")) return;
    const { selection, open, picked } = this.parts;
    const id = /** @type {HTMLElement | null} */ (target.closest("[data-id]"))?.dataset.id;
    if (!id) return selection.clear();
    if (picked(id)) return;
    if (selection.only === id) open(id);
    else selection.set([id]);
  }
}
