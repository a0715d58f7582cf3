/**
 * The others on the surface: named cursors, whose selection and writing is where, what they carry. Cursors are never
 * scaled; at most 12, only those in view, and a name fades when its pointer rests. Off on phones, and for who wants.
 */
import { glyph } from "../lib/dom.js";
import { t } from "../lib/words.js";

const MOST = 12;
const REST_MS = 4000;
const SVG =
  '<svg viewBox="0 0 20 22" aria-hidden="true"><path d="M2.5 1.8l14.5 7.6-6.6 1.9-3.5 6.3z" fill="currentColor" stroke="#fff" stroke-width="1.5" stroke-linejoin="round"/></svg><span dir="auto"></span>';

export class Others {
  /** @type {Map<string, {node: HTMLElement, rest: number, at: string}>} */
  #cursors = new Map();
  /** @type {Map<string, {writing: string | null, selecting: string | null}>} */
  #on = new Map();
  #wanted = true;
  #frame = 0;

  /**
   * @param {{
   *   box: HTMLElement, presence: import("./presence.js").Presence, surface: import("./surface.js").Surface,
   *   changed: (ids: Set<string>) => void, came: () => void, leads: (person: string) => boolean,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    parts.presence.onChange(() => this.#changed());
    parts.surface.addEventListener("drawn", () => this.#draw());
    parts.surface.root.addEventListener("pointermove", (e) => this.#point(e), { passive: true });
    parts.surface.root.addEventListener("pointerleave", () => parts.presence.show({ cursor: null }));
  }

  /** People who are here beside me. */
  get present() {
    return [...this.parts.presence.people.keys()];
  }

  get wanted() {
    return this.#wanted;
  }

  /** Cursors of others, and mine for them. @param {boolean} on */
  set wanted(on) {
    this.#wanted = on;
    if (!on) this.parts.presence.show({ cursor: null });
    this.#draw();
  }

  /** Who writes in or has selected this item. @param {string} id */
  on(id) {
    return this.#on.get(id) ?? { writing: null, selecting: null };
  }

  #changed() {
    const { presence, changed, came } = this.parts;
    /** @type {Map<string, {writing: string | null, selecting: string | null}>} */
    const now = new Map();
    for (const [person, shown] of presence.people) {
      for (const id of shown.selection ?? []) now.set(id, { writing: now.get(id)?.writing ?? null, selecting: person });
      const id = shown.writing?.id;
      if (id) now.set(id, { writing: person, selecting: now.get(id)?.selecting ?? null });
    }
    const differ = [...new Set([...now.keys(), ...this.#on.keys()])].filter((id) => {
      const a = this.#on.get(id);
      const b = now.get(id);
      return a?.writing !== b?.writing || a?.selecting !== b?.selecting;
    });
    this.#on = now;
    if (differ.length) changed(new Set(differ));
    came();
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { presence, surface, box, leads } = this.parts;
    const { w, h } = surface.size;
    const seen = new Set();
    // The pointer of whoever leads is for all, and never one too many.
    const people = [...presence.people].sort(([a], [b]) => Number(leads(b)) - Number(leads(a)));
    for (const [person, shown] of people) {
      if (!shown.cursor || seen.size >= MOST || !(this.#wanted || leads(person))) continue;
      const at = surface.camera.toScreen({ x: shown.cursor[0] / 100, y: shown.cursor[1] / 100 });
      if (at.x < 0 || at.y < 0 || at.x > w || at.y > h) continue;
      seen.add(person);
      this.#cursor(person, `${shown.cursor}`).style.translate = `${at.x}px ${at.y}px`;
    }
    for (const [person, { node, rest }] of this.#cursors) {
      if (seen.has(person) && this.#cursors.get(person)?.node.classList.contains("cursor--lead") === leads(person)) continue;
      clearTimeout(rest);
      node.remove();
      this.#cursors.delete(person);
    }
    this.#drags(box);
  }

  /** @param {string} person @param {string} at */
  #cursor(person, at) {
    const { surface, box, leads } = this.parts;
    const { model } = surface;
    let cursor = this.#cursors.get(person);
    if (!cursor) {
      const node = document.createElement("div");
      const mayLead = ["owner", "facilitator", "co-facilitator"].includes(model.person(person)?.role ?? "");
      node.className = ["cursor", mayLead ? "cursor--fac" : "", leads(person) ? "cursor--lead" : ""].filter(Boolean).join(" ");
      node.innerHTML = SVG;
      node.style.setProperty("--p", model.ink(person));
      const name = /** @type {HTMLElement} */ (node.lastElementChild);
      const who = model.person(person)?.name ?? t("Somebody");
      if (leads(person)) name.append(glyph("i-megaphone", "i i--16"), " ", t("{name} · leads", { name: who }));
      else name.textContent = who;
      name.lang = model.person(person)?.lang ?? "";
      box.append(node);
      cursor = { node, rest: 0, at: "" };
      this.#cursors.set(person, cursor);
    }
    if (cursor.at !== at) {
      const { node } = cursor;
      cursor.at = at;
      clearTimeout(cursor.rest);
      node.classList.remove("is-resting");
      cursor.rest = window.setTimeout(() => node.classList.add("is-resting"), REST_MS);
    }
    return cursor.node;
  }

  /** @type {Map<string, HTMLElement>} */
  #ghosts = new Map();

  /** Outlines of what others carry. @param {HTMLElement} box */
  #drags(box) {
    const { presence, surface } = this.parts;
    const seen = new Set();
    for (const [person, { drag }] of this.#wanted ? presence.people : []) {
      for (const id of drag?.ids ?? []) {
        const rect = surface.rectOf(id);
        if (!rect || !drag || seen.size >= 40) continue;
        seen.add(id);
        const on = surface.camera.rectToScreen({ ...rect, x: rect.x + drag.x / 100, y: rect.y + drag.y / 100 });
        let ghost = this.#ghosts.get(id);
        if (!ghost) {
          ghost = document.createElement("div");
          ghost.className = "carried";
          ghost.style.setProperty("--p", surface.model.ink(person));
          this.#ghosts.set(id, ghost);
          box.append(ghost);
        }
        ghost.style.translate = `${on.x}px ${on.y}px`;
        ghost.style.width = `${on.w}px`;
        ghost.style.height = `${on.h}px`;
      }
    }
    for (const [id, ghost] of this.#ghosts) {
      if (seen.has(id)) continue;
      ghost.remove();
      this.#ghosts.delete(id);
    }
  }

  /** @param {PointerEvent} event */
  #point(event) {
    if (!(this.#wanted || this.parts.leads(this.parts.surface.model.me)) || event.pointerType === "touch") return;
    const { surface, presence } = this.parts;
    const at = surface.camera.toWorld(surface.pointOf(event));
    presence.show({ cursor: [Math.round(at.x * 100), Math.round(at.y * 100)] });
  }
}
