/**
 * What a person can do to the board, said once for pointer, keyboard, list and phone. Each act asks one op, so it is one
 * undo, and says in words what it did.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./ops.js").Asked} Asked
 * @typedef {{region?: string, order?: string, x?: number, y?: number, cluster?: string}} Place
 */
import { newId } from "../lib/ids.js";
import { t, tn } from "../lib/words.js";
import { languageName } from "./languages.js";
import * as ops from "./ops.js";
import { mergeNote } from "./ops_notes.js";
import { keysAt } from "./places.js";
import { reactionName } from "./papers.js";
import { markOf } from "./translations.js";

export const MOST_AT_ONCE = 500;

export class Acts {
  /**
   * @param {import("./sync.js").Sync} sync @param {Model} model
   * @param {{say: (words: string) => void, offer: (words: string, label: string, act: () => void) => void, withdraw: () => void}} tell `withdraw`: what was offered stands no more
   */
  constructor(sync, model, tell) {
    this.sync = sync;
    this.model = model;
    this.tell = tell;
  }

  /** What a new note is beside its words: a card of some sort, of some round. @type {() => {card?: string, round?: number}} */
  stamp = () => ({});

  /** Add one note. @param {string} text @param {Place} place from `end` or `at` @param {string | undefined} lang @param {import("./entering.js").Whose} [whose] @returns {string} its id */
  addNote(text, place, lang, whose = {}) {
    const id = newId();
    this.#ask([this.#note(id, text, place, lang, whose)]);
    return id;
  }

  /** Many notes in one act: all or none, one undo. @param {string[]} texts @param {Place[]} places one for each @param {string | undefined} lang @param {import("./entering.js").Whose} [whose] */
  addNotes(texts, places, lang, whose = {}) {
    const lines = texts.slice(0, MOST_AT_ONCE);
    const ids = lines.map(() => newId());
    this.#ask(lines.map((text, i) => this.#note(ids[i], text, places[i], lang, whose)));
    this.tell.say(tn("{n} note added", "{n} notes added", lines.length));
    return ids;
  }

  /** A note becomes several: the first words stay in it. @param {Item} note @param {string[]} pieces @param {Place[]} places of the others */
  splitNote(note, [first, ...others], places) {
    this.sync.editText(this.model.who.board, note.id, "text", first);
    this.addNotes(others, places, note.lang);
  }

  /** The place after the last item of a region. @param {string} region @returns {Place} */
  end(region) {
    return this.ends(region, 1)[0];
  }

  /** `n` places after the last item of a region. @param {string} region @param {number} n @returns {Place[]} */
  ends(region, n) {
    const siblings = this.model.entries(region);
    return keysAt(siblings, siblings.length, n).map((order) => ({ region, order }));
  }

  /** `n` places right after a note, in its group if it is in one. @param {Item} note @param {number} n @returns {Place[]} */
  after(note, n) {
    const region = /** @type {string} */ (this.model.regionOf(note));
    const all = note.cluster ? this.model.members(note.cluster) : this.model.entries(region);
    const keys = keysAt(all, all.findIndex((i) => i.id === note.id) + 1, n);
    return keys.map((order) => ({ region, order, ...(note.cluster ? { cluster: note.cluster } : {}) }));
  }

  /** To the end of another region. @param {string[]} ids @param {string} region */
  moveToRegion(ids, region) {
    this.moveAmong(ids, region, this.#siblings(region, null, ids).length);
    const title = this.model.regionTitle(region);
    this.tell.say(tn("{n} note moved to {title}", "{n} notes moved to {title}", ids.length, { title }));
  }

  /**
   * Between others of a region or of a cluster. `index` counts those that are not being moved.
   * @param {string[]} ids @param {string} region @param {number} index @param {string | null} [cluster]
   */
  moveAmong(ids, region, index, cluster = null) {
    const items = this.#items(ids).filter((i) => !cluster || i.kind === "note");
    const keys = keysAt(this.#siblings(region, cluster, ids), index, items.length);
    this.#ask(items.map((item, i) => moveOp(item, { region, order: keys[i] }, cluster)));
  }

  /** In `free`: by so many hundredths of a pixel. @param {string[]} ids @param {number} dx @param {number} dy */
  moveBy(ids, dx, dy) {
    const items = this.#items(ids).filter((i) => this.model.may("move", i) && !this.model.isLine(i));
    if (items.length > MOST_AT_ONCE) return this.tell.say(t("At most {n} things can be moved at once.", { n: MOST_AT_ONCE }));
    this.#ask(items.map((item) => moveOp(item, { x: (item.x ?? 0) + dx, y: (item.y ?? 0) + dy }, null)));
    const frames = items.filter((i) => i.kind === "frame").length;
    const n = items.length - frames;
    this.tell.say(frames ? tn("Frame moved, with {n} thing in it", "Frame moved, with {n} things in it", n) : tn("{n} thing moved", "{n} things moved", n));
  }

  /** How large a frame or an image is. @param {string} id @param {number} w @param {number} h hundredths of a pixel */
  resize(id, w, h) {
    const item = this.model.item(id);
    if (item) this.#ask([ops.moveItem({ id, w, h }, item)]);
  }

  /** So many times as large. @param {string} id @param {number} times */
  scale(id, times) {
    const { w = 0, h = 0 } = this.model.item(id) ?? /** @type {{w?: number, h?: number}} */ ({});
    if (w && h) this.resize(id, Math.max(8000, Math.round(w * times)), Math.max(8000, Math.round(h * times)));
  }

  /** One place earlier or later in its region. @param {string} id @param {1 | -1} way */
  shift(id, way) {
    const item = this.model.item(id);
    const region = item && this.model.regionOf(item);
    if (!item || !region) return;
    const cluster = item.cluster ?? null;
    const all = cluster ? this.model.members(cluster) : this.model.entries(region);
    const at = all.findIndex((i) => i.id === id);
    const to = at + way;
    if (to < 0 || to >= all.length) return this.tell.say(way < 0 ? t("Already first") : t("Already last"));
    this.moveAmong([id], region, to, cluster);
    this.tell.say(t("{at} of {n}", { at: to + 1, n: all.length }));
  }

  /** To the region before or after. @param {string[]} ids @param {1 | -1} way */
  shiftRegion(ids, way) {
    const first = this.model.item(ids[0]);
    const at = this.model.regions.findIndex((r) => r.id === (first && this.model.regionOf(first)));
    const next = this.model.regions[at + way];
    if (next) this.moveToRegion(ids, next.id);
    else this.tell.say(way < 0 ? t("This is the first zone") : t("This is the last zone"));
  }

  /** @param {string[]} ids @param {string} colour @param {string} name */
  recolour(ids, colour, name) {
    const notes = this.#items(ids).filter((i) => i.kind === "note" && this.model.may("recolour", i));
    this.#ask(notes.map(({ id }) => ops.recolour(id, colour)));
    this.tell.say(name);
  }

  /** Give a reaction, or take mine back. @param {string} id @param {string} reaction */
  react(id, reaction) {
    const item = this.model.item(id);
    if (!item) return;
    const on = !item[`reaction/${reaction}/${this.model.me}`];
    this.#ask([ops.react(id, reaction, on, this.#author)]);
    const name = reactionName(reaction);
    this.tell.say(on ? t("{name} given", { name }) : t("{name} taken back", { name }));
  }

  /** What a note says in another language; no words take it away. @param {Item} note @param {string} lang @param {string} words @param {boolean} byMachine */
  translate(note, lang, words, byMachine) {
    const about = words ? { made_of: markOf(String(note.text ?? "")), by_machine: byMachine } : {};
    this.#ask([ops.translateNote({ id: note.id, lang, words, ...about }, note, this.#author)]);
  }

  /** The language a note is in. @param {string} id @param {string} lang */
  setLanguage(id, lang) {
    this.#ask([ops.setLanguage(id, lang)]);
    this.tell.say(t("This note is in {language}", { language: languageName(lang) }));
  }

  /** The language that everyone here works in. @param {string} lang */
  setWorkshopLang(lang) {
    this.sync.ask(this.model.who.workshop, ops.setWorkshop({ lang }));
    this.tell.say(t("The workshop’s language is {language}", { language: languageName(lang) }));
  }

  /** Delete what may be deleted, and offer to bring it back. Whether anything was. @param {string[]} ids */
  remove(ids) {
    const items = this.#items(ids).filter((i) => this.model.may("delete", i));
    if (!items.length) return false;
    const n = this.#ask(items.flatMap((i) => (i.kind === "cluster" ? this.#apart(i.id) : [ops.deleteItem(i.id, this.#view)])));
    const notes = items.filter((i) => i.kind === "note").length;
    const words =
      notes === items.length ? tn("Note deleted.", "{n} notes deleted.", notes) : tn("Deleted.", "{n} things deleted.", items.length);
    if (n) this.tell.offer(words, t("Undo"), () => this.sync.undo(n));
    return true;
  }

  /** What stood out goes on: a new note in that zone, and a line to it from each it is made of. @param {string[]} ids @param {string} region */
  takeOn(ids, region) {
    const notes = this.#items(ids).filter((i) => i.kind === "note");
    const id = newId();
    const lines = notes.map((note) => ops.createConnector({ id: newId(), from: note.id, to: id, label: "" }, this.#author));
    this.#ask([this.#note(id, notes.map((i) => i.text).join("\n"), this.end(region), notes[0]?.lang, {}), ...lines]);
    this.tell.say(t("Taken on to {title}", { title: this.model.regionTitle(region) }));
    return id;
  }

  /** A frame that was opened and left empty. @param {string} id */
  discard(id) {
    this.#ask([ops.deleteItem(id, this.#view)]);
  }

  /** Put notes together under a new title. @param {string[]} ids @param {string} [name] @returns {string | null} the cluster */
  group(ids, name = "") {
    const notes = this.#items(ids).filter((i) => i.kind === "note");
    if (!notes.length) return null;
    const id = newId();
    const place = this.#placeFor(notes[0]);
    const keys = keysAt([], 0, notes.length);
    this.#ask([
      ops.createCluster({ id, name, ...place }, this.#author),
      ...notes.map((note, i) => this.#into(note, id, place, keys[i])),
    ]);
    this.tell.say(name ? tn("Group made with {n} note: {name}", "Group made with {n} notes: {name}", notes.length, { name }) : tn("Group made with {n} note. Write its name.", "Group made with {n} notes. Write its name.", notes.length));
    return id;
  }

  /** Lay notes onto a group that is there. @param {string[]} ids @param {string} cluster */
  join(ids, cluster) {
    const onto = this.model.item(cluster);
    const notes = this.#items(ids).filter((i) => i.kind === "note" && i.cluster !== cluster);
    if (!onto || !notes.length) return;
    const members = this.model.members(cluster);
    const keys = keysAt(members, members.length, notes.length);
    this.#ask(notes.map((note, i) => this.#into(note, cluster, { region: onto.region }, keys[i])));
    this.tell.say(t("Added to group {name}", { name: onto.name || t("without a name") }));
  }

  /** One note stands for all of them; each stays as it was, and can be taken out again. @param {readonly string[]} ids @param {string} into */
  merge(ids, into) {
    const notes = this.#items([...ids]).filter((i) => i.kind === "note" && i.id !== into && this.model.may("move", i));
    if (!notes.length) return this.tell.say(t("These notes cannot be merged here."));
    this.#ask(notes.map((note) => mergeNote(note.id, into, this.#view)));
    this.tell.say(tn("{n} note merged. Its words and its author are kept.", "{n} notes merged. Their words and authors are kept.", notes.length));
  }

  /** They stand for themselves again, where they lay. @param {readonly string[]} ids */
  split(ids) {
    this.#ask(ids.map((id) => mergeNote(id, null, this.#view)));
    this.tell.say(tn("{n} note taken out again", "{n} notes taken out again", ids.length));
  }

  /** Take a group apart: its notes stay, one after the other, where it was. @param {string} cluster */
  ungroup(cluster) {
    this.#ask(this.#apart(cluster));
    this.tell.say(t("Group taken apart"));
  }

  /** Draw a line between two. @param {string} from @param {string} to @returns {string | null} */
  connect(from, to) {
    if (from === to) return null;
    const id = newId();
    this.#ask([ops.createConnector({ id, from, to, label: "" }, this.#author)]);
    this.tell.say(t("Connected"));
    return id;
  }

  undo() {
    if (!this.sync.canUndo) return this.tell.say(t("Nothing to undo"));
    this.sync.undo();
    this.tell.withdraw();
    this.tell.say(t("Undone"));
  }

  redo() {
    if (!this.sync.canRedo) return this.tell.say(t("Nothing to redo"));
    this.sync.redo();
    this.tell.say(t("Redone"));
  }

  /** Guard what the facilitator set up, or let everyone change it. @param {readonly string[]} ids @param {boolean} on */
  protect(ids, on) {
    if (!ids.length) return;
    this.#ask(ids.map((id) => ops.protectItem(id, on)));
    this.tell.say(on ? t("Protected") : t("Everyone may change it"));
  }

  /** An image that was uploaded before. @param {{file: string, alt: string, w: number, h: number}} image @param {Place} place */
  addImage(image, place) {
    const id = newId();
    this.#ask([ops.createImage({ id, ...image, ...place }, this.#author)]);
    this.tell.say(t("Image added"));
    return id;
  }

  /** A new zone after the last. @param {string} title */
  addRegion(title) {
    const { regions } = this.model;
    const id = newId();
    this.#ask([ops.createRegion({ id, title, order: keysAt(regions, regions.length)[0] })]);
    return id;
  }

  /** An empty zone goes. @param {string} id */
  removeZone(id) {
    const n = this.#ask([ops.deleteItem(id, this.#view)]);
    if (n) this.tell.offer(t("Zone deleted."), t("Undo"), () => this.sync.undo(n));
  }

  /** One place earlier or later among the zones. @param {string} id @param {1 | -1} way */
  shiftZone(id, way) {
    const { regions } = this.model;
    const at = regions.findIndex((r) => r.id === id) + way;
    if (at < 0 || at >= regions.length) return this.tell.say(way < 0 ? t("Already first") : t("Already last"));
    const others = regions.filter((r) => r.id !== id);
    this.#ask([ops.moveRegion(id, keysAt(others, at)[0])]);
    this.tell.say(t("{title}: {at} of {n}", { title: this.model.regionTitle(id), at: at + 1, n: regions.length }));
  }

  /** @param {string} text @param {Place} place */
  addHeading(text, place) {
    const id = newId();
    this.#ask([ops.createHeading({ id, text, ...place }, this.#author)]);
    return id;
  }

  /** @param {string} title @param {{x: number, y: number, w: number, h: number}} place */
  addFrame(title, place) {
    const id = newId();
    this.#ask([ops.createFrame({ id, title, ...place }, this.#author)]);
    return id;
  }

  get #author() {
    return { me: this.model.me, now: Date.now(), colour: this.model.myPaper, shared: this.model.person(this.model.me)?.shared };
  }

  get #view() {
    return this.sync.view(this.model.who.board);
  }

  /** @param {Asked[]} asked */
  #ask(asked) {
    return asked.length ? this.sync.ask(this.model.who.board, ops.all(asked.slice(0, MOST_AT_ONCE))) : 0;
  }

  /** @param {string} id @param {string} text @param {Place} place @param {string | undefined} lang @param {import("./entering.js").Whose} whose */
  #note(id, text, place, lang, whose) {
    return ops.createNote({ id, text, lang, ...place, ...whose, ...this.stamp() }, this.#author);
  }

  /** @param {string[]} ids */
  #items(ids) {
    return /** @type {Item[]} */ (ids.map((id) => this.model.item(id)).filter(Boolean));
  }

  /** @param {string} region @param {string | null} cluster @param {string[]} without */
  #siblings(region, cluster, without) {
    const all = cluster ? this.model.members(cluster) : this.model.entries(region);
    return all.filter((i) => !without.includes(i.id));
  }

  /** Where a cluster made of this note lies. @param {Item} note @returns {Place} */
  #placeFor(note) {
    if (!this.model.flows) return { x: note.x ?? 0, y: note.y ?? 0 };
    const region = /** @type {string} */ (this.model.regionOf(note));
    const all = this.model.entries(region);
    const at = all.findIndex((i) => i.id === (note.cluster ?? note.id));
    return { region, order: keysAt(all, at < 0 ? all.length : at)[0] };
  }

  /** @param {Item} note @param {string} cluster @param {Place} place @param {string} order */
  #into(note, cluster, place, order) {
    if (!this.model.flows) return ops.moveItem({ id: note.id, cluster }, note);
    return ops.moveItem({ id: note.id, region: place.region, order, cluster }, note);
  }

  /** @param {string} cluster @returns {Asked[]} */
  #apart(cluster) {
    const item = this.model.item(cluster);
    const members = this.model.members(cluster);
    if (!item) return [];
    /** @type {Asked[]} */
    let moves = [];
    if (this.model.flows) {
      const all = this.model.entries(item.region);
      const keys = keysAt(all, all.findIndex((i) => i.id === cluster), members.length);
      moves = members.map((m, i) => ops.moveItem({ id: m.id, region: item.region, order: keys[i], cluster: null }, m));
    }
    return [...moves, ops.deleteItem(cluster, this.#view)];
  }
}

/** @param {Item} item @param {Place} place @param {string | null} cluster */
function moveOp(item, place, cluster) {
  const changes = item.kind === "note" && (item.cluster ?? null) !== cluster;
  return ops.moveItem({ id: item.id, ...place, ...(changes ? { cluster } : {}) }, item);
}
