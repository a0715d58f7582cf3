/**
 * What the board's screens read: the two streams put into regions, clusters, people and rights. It asks nothing and
 * knows no DOM. Everything here is derived from `sync.view` and thrown away when an item's place changes.
 *
 * @typedef {{id: string, kind: string, [key: string]: any}} Item
 * @typedef {{id: string, kind: "person", name: string, suffix?: string, city?: string, role?: string, lang?: string, gone?: boolean, shared?: number, deviceless?: number}} Person
 * @typedef {{top: Map<string, string[]>, inside: Map<string, string[]>, merged: Map<string, string[]>, comments: Map<string, string[]>, regions: string[], lines: string[], clusters: string[], causes: string[]}} Places
 * @typedef {import("./sync.js").Sync} Sync
 */
import { t } from "../lib/words.js";
import { Sorts } from "./cards/kinds.js";
import { byOrder } from "./order.js";
import { Reading } from "./reading.js";
import { methodOf } from "./records/methods.js";
import { LEADS, may, stepOf } from "./rights.js";
import { sortPlaces } from "./sorting.js";

/** Layouts in which items have a region and an order, and no place of their own. */
const FLOWING = new Set(["zones", "columns", "rounds"]);
const MOST_GONE = 500;
/** What belongs to everybody at the table. */
const SHARED = new Set(["cluster", "connector", "placement", "factor", "causal_link"]);
/** What is done with a note that only its author sees. */
const HIDDEN_MAY = new Set(["edit_text", "recolour", "move", "delete", "translate"]);
/** @type {Record<string, string>} */
export const TEXT_FIELD = {
  note: "text", comment: "text", cluster: "name", region: "title", frame: "title", heading: "text", connector: "label", image: "alt", factor: "label", causal_link: "why",
};

export class Model {
  /** Who lies where, by id: items are replaced more often than they move. @type {Places | null} */
  #places = null;

  /**
   * @param {Sync} sync
   * @param {{board: string, workshop: string, me: string, role: string, lang: string, filesUrl: string}} who stream names and this person
   */
  constructor(sync, who) {
    this.sync = sync;
    this.who = who;
    this.me = who.me;
    this.reader = new Reading(who.lang);
  }

  /** Forget what was worked out about places. */
  moved() {
    this.#places = null;
  }

  /** Forget what was worked out about people and cities. */
  peopleChanged() {
    this.#cities = null;
    this.#meanings.clear();
  }

  /** @type {Item[] | null} */
  #cities = null;
  /** @type {Map<string, string>} */
  #meanings = new Map();

  get items() {
    return /** @type {Map<string, Item>} */ (this.sync.view(this.who.board).items);
  }

  get fields() {
    return /** @type {Record<string, any>} */ (this.sync.view(this.who.board).fields);
  }

  get workshop() {
    return /** @type {{fields: Record<string, any>, items: Map<string, Item>}} */ (this.sync.view(this.who.workshop));
  }

  get layout() {
    return /** @type {"zones" | "columns" | "free" | "graph" | "grid2" | "rings" | "cards" | "canvas" | "table" | "rounds" | "image"} */ (this.fields.layout ?? "zones");
  }

  /** Do items have a region and an order here, rather than a place of their own? */
  get flows() {
    return FLOWING.has(this.layout);
  }

  /** Is it a system map? Other maps of links show records. */
  get isSystem() {
    return this.layout === "graph" && !methodOf(this.fields);
  }

  /** Does the field add factors to a system map? What is private is written as notes. */
  get isMap() {
    return this.isSystem && !this.hides;
  }

  /** Is it between two others, without a place of its own? @param {Item} item */
  isLine(item) {
    return item.kind === "connector" || item.kind === "causal_link";
  }

  /** @param {string} id */
  item(id) {
    return this.items.get(id);
  }

  /** @type {Map<string, Item>} */
  #gone = new Map();

  /** An item, or what it was when it went: what could not be done to it is told by its words. @param {string | undefined} id */
  was(id) {
    return id ? (this.items.get(id) ?? this.#gone.get(id)) : undefined;
  }

  /** @param {Item} item */
  went(item) {
    this.#gone.set(item.id, item);
    for (const id of this.#gone.keys()) if (this.#gone.size > MOST_GONE) this.#gone.delete(id);
  }

  /** The named areas, in order; a free board has none. */
  get regions() {
    return this.flows ? this.#now(this.#placed().regions) : [];
  }

  /** Notes, clusters, headings and images of a region that lie in no cluster. @param {string} region */
  entries(region) {
    return this.#now(this.#placed().top.get(region));
  }

  /** Ids of the groups. */
  get clusters() {
    return this.#placed().clusters;
  }

  /** Ids of the lines between items. */
  get connectors() {
    return this.#placed().lines;
  }

  /** Factors of a system map, in the order they came. */
  get factors() {
    return this.loose.filter((item) => item.kind === "factor").sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1));
  }

  /** Causal links of a system map, whose ends are there. */
  get causes() {
    return this.#now(this.#placed().causes).filter((l) => this.items.has(l.from) && this.items.has(l.to));
  }

  /** What has a place of its own in `free`, frames first. */
  get loose() {
    return this.#now(this.#placed().top.get(""));
  }

  /** @param {string} cluster */
  members(cluster) {
    return this.#now(this.#placed().inside.get(cluster));
  }

  /** What is said of an item, as it was said. @param {string} about */
  comments(about) {
    return this.#now(this.#placed().comments.get(about));
  }

  /** Ids of what stands for others or is commented on, and of what was so a moment ago. */
  get standing() {
    const { merged, comments } = this.#placed();
    const now = [...merged.keys(), ...comments.keys()];
    const found = new Set([...now, ...this.#stood]);
    this.#stood = now;
    return found;
  }

  /** @type {string[]} */
  #stood = [];

  /** Notes for which this one stands as well. @param {string} note */
  merged(note) {
    return this.#now(this.#placed().merged.get(note));
  }

  /** Notes of a region, clustered ones too, as they are read. @param {string} region */
  notes(region) {
    return this.reading(region).filter((item) => item.kind === "note");
  }

  /** Everything of a region as it is read: a cluster, then its notes. @param {string} region */
  reading(region) {
    return this.entries(region).flatMap((e) => (e.kind === "cluster" ? [e, ...this.members(e.id)] : [e]));
  }

  /** The region an item is in, by way of its cluster if need be. @param {Item} item */
  regionOf(item) {
    const cluster = item.cluster ? this.items.get(item.cluster) : undefined;
    return /** @type {string | undefined} */ (cluster?.region ?? item.region);
  }

  /** Words of a title in the reader's language, else as they were written. @param {Item | Record<string, any>} item @param {string} field */
  words(item, field) {
    if (item.sheet_of && field === "title") return t("Sheet {n}, begun by {name}", { n: item.title, name: this.name(item.sheet_of) });
    if (item.kind === "board" && item.table && field === "title") return this.#boardOf(this.workshop.items.get(item.table) ?? {}, item);
    const lang = this.who.lang;
    const said = item[`${field}/${lang}`] ?? item[`${field}/${lang.split("-")[0]}`] ?? item[field] ?? "";
    return /** @type {string} */ (said || (field === "title" && item["origin/number"] ? t("Table {n}", { n: item["origin/number"] }) : ""));
  }

  /** A table's board: by the table's own name, or by its number beside what it was made from. @param {Record<string, any>} table @param {Record<string, any>} board */
  #boardOf(table, board) {
    if (table.title || table.number === undefined) return /** @type {string} */ (table.title ?? board.title ?? "");
    const template = this.workshop.items.get(this.workshop.items.get(table.seating)?.template ?? "");
    return [t("Table {n}", { n: table.number }), template?.title].filter(Boolean).join(" · ");
  }

  /** @param {string} region */
  regionTitle(region) {
    const item = this.items.get(region);
    return item ? this.words(item, "title") : "";
  }

  /** @param {string | undefined} id */
  person(id) {
    const found = id ? this.workshop.items.get(id) : undefined;
    return found?.kind === "person" ? /** @type {Person} */ (found) : undefined;
  }

  /** Everyone who has joined and not been removed. */
  get people() {
    return /** @type {Person[]} */ ([...this.workshop.items.values()].filter((i) => i.kind === "person" && !i.gone));
  }

  get cities() {
    return (this.#cities ??= [...this.workshop.items.values()].filter((i) => i.kind === "city").sort(byOrder));
  }

  /** @param {string | undefined} id */
  cityOf(id) {
    const city = this.person(id)?.city;
    return city ? this.workshop.items.get(city) : undefined;
  }

  /** The sorts of card that this board takes. */
  sorts = new Sorts(() => this.fields);

  /** A person's name, told apart from another's. @param {string | undefined} id */
  name(id) {
    const person = this.person(id);
    return person ? [person.name, person.suffix].filter(Boolean).join(" ") : "";
  }

  /** The paper of an item: its own colour, else that of its author's city. @param {Item} item @returns {string} */
  paper(item) {
    return item.colour ?? this.cityOf(item.by)?.colour ?? "stone";
  }

  /** The colour of a person's rings, flags and pointer: fig for those who lead, else the deep one of their city. @param {string | undefined} id */
  ink(id) {
    if (LEADS.has(this.person(id)?.role ?? "")) return "var(--fig)";
    return `var(--${this.cityOf(id)?.colour ?? "stone"}-deep)`;
  }

  /** My own city's paper. */
  get myPaper() {
    return /** @type {string} */ (this.cityOf(this.me)?.colour ?? "stone");
  }

  /** What a paper stands for: the cities that have it. @param {string} paper */
  meaning(paper) {
    let words = this.#meanings.get(paper);
    if (words === undefined) {
      words = this.cities.filter((c) => c.colour === paper).map((c) => c.name).join(", ");
      this.#meanings.set(paper, words);
    }
    return words;
  }

  get role() {
    return this.person(this.me)?.role ?? this.who.role;
  }

  get leads() {
    return !this.ended && LEADS.has(this.role);
  }

  /** What is voted on here; set by the board. @type {import("./votes.js").Votes | null} */
  votes = null;
  /** Why this page will never be connected again; empty while it may be. What is asked now would reach nobody. */
  ended = "";

  get locked() {
    return this.workshop.fields.stage === "locked" && !this.leads;
  }

  /** The workshop has ended for everyone. */
  get isOver() {
    return this.workshop.fields.ended !== undefined;
  }

  /** Somebody to name when the room is spoken of: the first who leads. */
  get lead() {
    return this.people.find((p) => LEADS.has(p.role ?? ""))?.name ?? "";
  }

  /** Only this person sees this note. @param {string} id */
  isHidden(id) {
    return this.#lanes.hidden?.has(id) ?? false;
  }

  /** Writing is silent now. */
  get silent() {
    return this.#lanes.isSilent ?? false;
  }

  /** There are private notes that are not revealed yet. */
  get hiding() {
    return this.#lanes.isHiding ?? false;
  }

  /** What this person writes now, only they see. */
  get hides() {
    return this.#lanes.hides ?? false;
  }

  /** Of what is hidden no name is kept. */
  get nameless() {
    return this.#lanes.isNameless ?? false;
  }

  /** How many people have written in silence, in ticks of five; for those who lead. */
  get written() {
    return this.#lanes.written ?? 0;
  }

  /** Where there are no lanes (in tests), nothing is hidden. */
  get #lanes() {
    return /** @type {Partial<import("./lanes.js").Lanes>} */ (this.sync);
  }

  /**
   * May this person do that to this item now? The server decides; this only spares people buttons that would be refused.
   * @param {"add" | "edit_text" | "recolour" | "move" | "cluster" | "connect" | "react" | "translate" | "delete" | "set_up" | "rounds"} act
   * @param {Item} [item]
   */
  may(act, item) {
    if (this.ended) return false;
    if (act === "rounds") return may(this.role, act, this.workshop.fields.stage ?? "open", "shared");
    if (item ? this.isHidden(item.id) : this.hides) return this.#mayHide(act, item);
    const { fields } = this.workshop;
    const whose = (/** @type {import("./rights.js").Whose} */ one) => may(this.role, act, fields.stage ?? "open", one, stepOf(fields));
    if (item) return whose(this.whose(item));
    return whose("own") || whose("shared");
  }

  /** In one's lane: writing, and changing what one wrote, while writing is silent. @param {string} act @param {Item} [item] */
  #mayHide(act, item) {
    return this.silent && (item ? HIDDEN_MAY.has(act) : act === "add" && may(this.role, "add", "open", "own"));
  }

  /** Whose an item is to this person, for the table of rights. @param {Item} item @returns {import("./rights.js").Whose} */
  whose(item) {
    if (item.kind === "region") return "protected";
    if (item.protected) return this.fields.layer_open ? "shared" : "protected";
    if (SHARED.has(item.kind)) return "shared";
    return item.by === this.me || item.entered === this.me ? "own" : "other";
  }

  /** The items as they are now. @param {readonly string[]} [ids] */
  #now(ids = []) {
    return /** @type {Item[]} */ (ids.map((id) => this.items.get(id)).filter(Boolean));
  }

  #placed() {
    return (this.#places ??= sortPlaces(this.items, this.flows));
  }
}
