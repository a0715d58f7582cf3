/**
 * Items in the hand: they follow the pointer, a mark shows where they would land, and staying over another note for a
 * moment makes a group of the two. The drop is the op; on the way there is only presence.
 */
import { dropAt, noteUnder } from "../layouts/drop.js";
import { withContents } from "../layouts/free.js";

const STAY_MS = 450;
const EDGE = 48;
const SNAP = 8;

export class Carry {
  #dx = 0;
  #dy = 0;
  #stay = 0;
  /** @type {string | null} */
  #under = null;
  /** @type {string | null} */
  #onto = null;
  /** @type {import("../layouts/drop.js").Drop | null} */
  #drop = null;
  #edge = 0;

  /**
   * @param {{surface: import("../surface.js").Surface, acts: import("../acts.js").Acts, look: import("./look.js").Look,
   *   shareDrag: (drag: any) => void, wishes: {edit: (id: string) => void}}} parts
   * @param {string[]} ids @param {number} x @param {number} y where it was pressed, on the page
   */
  constructor(parts, ids, x, y) {
    this.parts = parts;
    this.ids = ids;
    this.start = this.#world(x, y);
    this.last = { x, y };
    this.mark = document.createElement("div");
    this.mark.className = "drop-mark";
    this.mark.hidden = true;
    this.notesOnly = ids.every((id) => parts.surface.model.item(id)?.kind === "note");
    parts.surface.layer.append(this.mark);
    const { model, plan } = parts.surface;
    /** What lies in a carried frame comes along. */
    this.moved = withContents(plan, model.items, ids).filter((id) => model.may("move", model.item(id)));
    // And the notes of a carried cluster.
    this.shown = this.moved.flatMap((id) => [id, ...model.members(id).map((m) => m.id)]);
    for (const id of this.shown) parts.surface.elementOf(id)?.classList.add("is-carried");
    parts.surface.root.classList.add("is-carrying");
  }

  /** @param {number} x @param {number} y on the page */
  to(x, y) {
    const { surface } = this.parts;
    this.last = { x, y };
    const at = this.#world(x, y);
    this.#dx = at.x - this.start.x;
    this.#dy = at.y - this.start.y;
    surface.offset(this.shown, this.#dx, this.#dy);
    this.#aim(at);
    this.parts.shareDrag({ ids: this.ids, x: Math.round(this.#dx * 100), y: Math.round(this.#dy * 100) });
    this.#nearEdge();
  }

  drop() {
    const { acts, surface, wishes } = this.parts;
    const { model } = surface;
    const onto = this.#onto;
    this.#end();
    if (onto) {
      const target = model.item(onto);
      if (target?.cluster) return acts.join(this.ids, target.cluster);
      const made = acts.group([onto, ...this.ids]);
      if (made) wishes.edit(made);
    } else if (!model.flows) {
      const dx = Math.round(this.#dx / SNAP) * SNAP * 100;
      const dy = Math.round(this.#dy / SNAP) * SNAP * 100;
      if (dx || dy) acts.moveBy(this.moved, dx, dy);
    } else if (this.#drop) {
      const { region, cluster, index } = this.#drop;
      acts.moveAmong(this.ids, region, index, cluster);
    }
  }

  cancel() {
    this.#end();
  }

  /** @param {import("../camera.js").Point} at */
  #aim(at) {
    const { surface } = this.parts;
    const { model, plan } = surface;
    const under = this.notesOnly ? noteUnder(plan, model.items.values(), this.ids, at) : null;
    if (under !== this.#under) {
      clearTimeout(this.#stay);
      this.#under = under;
      this.#target(null);
      if (under) this.#stay = window.setTimeout(() => this.#target(under), STAY_MS);
    }
    this.#drop = model.flows ? dropAt(plan, model, this.ids, at, this.notesOnly) : null;
    this.#showMark();
  }

  /** @param {string | null} id the note that a drop would group with */
  #target(id) {
    const { surface } = this.parts;
    if (this.#onto) surface.elementOf(this.#onto)?.classList.remove("is-target");
    this.#onto = id;
    if (id) surface.elementOf(id)?.classList.add("is-target");
    this.#showMark();
  }

  #showMark() {
    const drop = this.#onto ? null : this.#drop;
    this.mark.hidden = !drop;
    if (!drop) return;
    const { x, y, w, h } = drop.mark;
    this.mark.classList.toggle("is-slot", w > 10);
    this.mark.style.translate = `${x}px ${y}px`;
    this.mark.style.width = `${w}px`;
    this.mark.style.height = `${h}px`;
  }

  /** Near the edge of the view the board comes along. */
  #nearEdge() {
    cancelAnimationFrame(this.#edge);
    const { look, surface } = this.parts;
    const box = surface.root.getBoundingClientRect();
    const { x, y } = this.last;
    const dx = x < box.left + EDGE ? 12 : x > box.right - EDGE ? -12 : 0;
    const dy = y < box.top + EDGE ? 12 : y > box.bottom - EDGE ? -12 : 0;
    if (!dx && !dy) return;
    this.#edge = requestAnimationFrame(() => {
      look.steer();
      look.pan(dx, dy);
      this.to(x, y);
    });
  }

  #end() {
    const { surface } = this.parts;
    clearTimeout(this.#stay);
    cancelAnimationFrame(this.#edge);
    if (this.#onto) surface.elementOf(this.#onto)?.classList.remove("is-target");
    this.mark.remove();
    for (const id of this.shown) surface.elementOf(id)?.classList.remove("is-carried");
    surface.root.classList.remove("is-carrying");
    surface.offset([], 0, 0);
    this.parts.shareDrag(null);
  }

  /** @param {number} x @param {number} y */
  #world(x, y) {
    const { surface } = this.parts;
    return surface.camera.toWorld(surface.pointOf({ clientX: x, clientY: y }));
  }
}
