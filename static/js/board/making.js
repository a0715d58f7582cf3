/**
 * Adding, grouping, connecting and deleting as people do it: the act, then where the eye and the focus go.
 */
import { t } from "../lib/words.js";
import { GROUND_WIDTH, groundOf } from "./cards/ground.js";
import { guessLang } from "./lang.js";
import { freeSpots } from "./layouts/free.js";

const IMAGE_WIDTH = 36_800;
const FRAME = { w: 64_000, h: 44_800 };
const ROOM_FOR_LINKS = 1.5;
const GROUNDS = new Set(["frame", "connector", "causal_link", "region"]);

export class Making {
  /**
   * @param {{
   *   model: import("./model.js").Model, acts: import("./acts.js").Acts, views: import("./views.js").Views,
   *   surface: import("./surface.js").Surface, selection: import("./selection.js").Selection,
   *   picking: import("./picking.js").Picking,
   *   map: () => import("./maps/system_map.js").SystemMap | undefined, look: import("./tools/look.js").Look,
   *   ground: () => import("./cards/ground.js").Ground, card: (id: string, fresh: boolean) => void, onceMapped: (act: () => void) => void,
   *   composer: () => import("./panels/composer.js").Composer, whose: () => import("./entering.js").Whose, land: (id: string) => void, say: (words: string) => void, tell: (words: string) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.model;
  }

  /** @param {string} text @param {string | null} region */
  add(text, region) {
    if (this.model.isMap) return this.#addFactors([text]);
    const { acts, views, land, say } = this.parts;
    const place = region ? acts.end(region) : (this.parts.ground().take() ?? this.#freePlace());
    const id = acts.addNote(text, place, guessLang(text, this.model.who.lang), this.parts.whose());
    land(id);
    const title = region ? this.model.regionTitle(region) : "";
    if (this.model.hides) say(region ? t("Note added to {title}. Only you see it.", { title }) : t("Note added. Only you see it."));
    else say(region ? t("Note added to {title}", { title }) : t("Note added"));
    views.reveal(id);
  }

  /** An empty frame of this round, to be drawn in. */
  draw() {
    const { acts, composer, card } = this.parts;
    const { region } = composer();
    if (!this.model.may("add")) return this.parts.tell(t("The board is locked."));
    card(acts.addNote("", region ? acts.end(region) : this.#freePlace(), undefined), true);
  }

  /** @param {string[]} lines @param {string | null} region */
  addMany(lines, region) {
    if (this.model.isMap) return this.#addFactors(lines);
    const { acts, views } = this.parts;
    const places = region ? acts.ends(region, lines.length) : this.#freePlaces(lines.length);
    const last = acts.addNotes(lines, places, guessLang(lines.join(" "), this.model.who.lang), this.parts.whose()).at(-1);
    if (last) views.reveal(last);
  }

  /** @param {string[]} labels */
  #addFactors(labels) {
    const map = this.parts.map();
    if (!map) return this.parts.onceMapped(() => this.#addFactors(labels));
    const ids = map.add(labels, this.#freePlaces(labels.length, undefined, ROOM_FOR_LINKS), guessLang(labels[0] ?? "", this.model.who.lang));
    for (const id of ids) this.parts.land(id);
    const last = ids.at(-1);
    if (last) this.parts.views.reveal(last);
  }

  /** A long note becomes several: the first words stay in it, the others follow it. @param {string} id @param {string[]} pieces */
  split(id, pieces) {
    const { acts, surface, views } = this.parts;
    const note = this.model.item(id);
    if (!note) return;
    const n = pieces.length - 1;
    const rect = surface.rectOf(id);
    const beside = rect && { x: rect.x + rect.w * 1.7, y: rect.y + rect.h / 2 };
    acts.splitNote(note, pieces, this.model.flows ? acts.after(note, n) : this.#freePlaces(n, beside));
    views.focus(id);
  }

  /** Write in the note I wrote last. True when there is one. */
  editLast() {
    const mine = [...this.model.items.values()].filter((i) => (i.kind === "note" || i.kind === "factor") && (i.by === this.model.me || i.entered === this.model.me || this.model.isHidden(i.id)));
    // Two that were sent together are of one moment: the later one stands behind the other.
    const last = mine.reverse().sort((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
    if (last) this.parts.views.edit(last.id);
    return Boolean(last);
  }

  /** Someone pressed twice on empty ground: the next note goes there. @param {{x: number, y: number}} point in the world */
  writeAt(point) {
    const composer = this.parts.composer();
    if (this.parts.ground().isOn) this.parts.ground().aim(point);
    for (const [id, r] of this.parts.surface.plan.regions) if (point.x >= r.x && point.x < r.x + r.w) composer.setRegion(id);
    composer.focus();
  }

  /** Put notes together and let the person name them. One note alone is no group: ask for another. @param {string[]} ids */
  group(ids) {
    const { acts, picking, selection, views, tell } = this.parts;
    const notes = ids.filter((id) => this.model.item(id)?.kind === "note");
    if (!notes.length) return tell(t("A group is made of notes. Choose two or more."));
    if (notes.length === 1) return picking.start(notes[0], "group");
    const cluster = acts.group(notes);
    if (!cluster) return;
    selection.set([cluster]);
    views.edit(cluster);
  }

  /** A note, and what was chosen for it: another note, or a group that is there. @param {string} note @param {string} other */
  groupWith(note, other) {
    const { acts, selection, views } = this.parts;
    const item = this.model.item(other);
    const cluster = item?.kind === "cluster" ? other : item?.cluster;
    if (!cluster || !this.model.item(cluster)) return this.group([other, note]);
    acts.join([note], cluster);
    selection.set([note]);
    views.focus(note);
  }

  /** A note, and the one that says the same. @param {string} note @param {string} other */
  merge(note, other) {
    const { acts, selection, views, tell } = this.parts;
    if (this.model.item(other)?.kind !== "note") return tell(t("A note is merged with another note."));
    acts.merge([note], other);
    selection.set([other]);
    views.focus(other);
  }

  /** Delete, and give the focus to what comes next. @param {string[]} ids */
  remove(ids) {
    const { views, acts, selection, tell } = this.parts;
    const next = this.#neighbour(ids);
    const inView = views.box.contains(document.activeElement);
    if (!acts.remove(ids)) return tell(t("Only the person who wrote a note can delete it."));
    selection.set([], next);
    if (inView && next) views.focus(next);
  }

  /** Who has the focus when these are gone: the next in the same zone, else the one before, else the next of all. @param {string[]} ids */
  #neighbour(ids) {
    const all = this.parts.views.readingOrder;
    const last = this.model.item(ids[ids.length - 1]);
    const region = last && this.model.regionOf(last);
    const zone = region ? this.model.reading(region).map((i) => i.id) : all;
    const stays = (/** @type {string} */ id) => !ids.includes(id);
    for (const order of [zone, all]) {
      const at = Math.max(...ids.map((id) => order.indexOf(id)));
      const next = order.slice(at + 1).find(stays) ?? order.slice(0, Math.max(at, 0)).findLast(stays);
      if (next) return next;
    }
    return null;
  }

  /** @param {string} from @param {string} to */
  connect(from, to) {
    const { acts, selection, views } = this.parts;
    const id = acts.connect(from, to);
    if (!id) return;
    selection.set([id]);
    if (views.box.id === "view") views.edit(id);
  }

  /** @param {{file: string, alt: string, w: number, h: number}} image @param {{x: number, y: number} | null} point on the page */
  addImage(image, point) {
    const { surface, acts, views } = this.parts;
    if (this.parts.ground().isOn && !groundOf(this.model) && this.model.leads) return this.#layGround(image);
    const at = point ? surface.camera.toWorld(surface.pointOf({ clientX: point.x, clientY: point.y })) : undefined;
    const size = { ...image, w: IMAGE_WIDTH, h: Math.max(100, Math.round((IMAGE_WIDTH * image.h) / image.w)) };
    views.reveal(acts.addImage(size, this.#place(at)));
  }

  /** The map that everything is pinned on. @param {{file: string, alt: string, w: number, h: number}} image */
  #layGround(image) {
    const { acts, look } = this.parts;
    const size = { ...image, w: GROUND_WIDTH, h: Math.max(100, Math.round((GROUND_WIDTH * image.h) / image.w)) };
    acts.protect([acts.addImage(size, { x: 0, y: 0 })], true);
    requestAnimationFrame(() => look.fit());
  }

  addRegion() {
    const { acts, views } = this.parts;
    const id = acts.addRegion(t("New zone"));
    views.reveal(id);
    views.edit(id, true);
  }

  addHeading() {
    this.#named(this.parts.acts.addHeading(t("New heading"), this.#place()));
  }

  addFrame() {
    this.#named(this.parts.acts.addFrame(t("New frame"), { ...this.#freePlace(), ...FRAME }));
  }

  /** @param {string} id */
  #named(id) {
    this.parts.selection.set([id]);
    this.parts.views.reveal(id);
    this.parts.views.edit(id, true);
  }

  /** @param {{x: number, y: number}} [at] */
  #place(at) {
    const region = this.parts.composer().region;
    return region ? this.parts.acts.end(region) : this.#freePlace(at);
  }

  /** In `free`, near the middle of what is seen, where nothing lies yet. @param {{x: number, y: number}} [at] */
  #freePlace(at) {
    return this.#freePlaces(1, at)[0];
  }

  /** Places for so many notes that come at once, in `free`. @param {number} n */
  spots(n) {
    return this.#freePlaces(n);
  }

  /** `n` of them, none on another. @param {number} n @param {{x: number, y: number}} [at] @param {number} [room] so many times as far apart as notes */
  #freePlaces(n, at, room = 1) {
    const { size, plan, camera } = this.parts.surface;
    const near = at ?? camera.toWorld({ x: size.w / 2, y: size.h * 0.4 });
    const taken = [...plan.rects].filter(([id]) => !GROUNDS.has(this.model.item(id)?.kind ?? "")).map(([, r]) => ({ x: r.x / room, y: r.y / room, w: r.w / room, h: r.h / room }));
    const spots = freeSpots(taken, { x: near.x / room, y: near.y / room }, n);
    return spots.map(({ x, y }) => ({ x: Math.round(x * room) * 100, y: Math.round(y * room) * 100 }));
  }
}
