/**
 * What others did, told in sentences: one for each entry of the log, and fewer, gathered ones to be read aloud. Pure: it
 * remembers only where items were.
 *
 * @typedef {import("./changes.js").Entry} Entry
 * @typedef {"add" | "move" | "group" | "edit" | "delete" | "connect" | "zones" | "factor" | "cause" | "map" | "comment" | "merge"} What
 * @typedef {{what: What, by: string, region: string, from: string, text: string, ids: string[]}} Happening
 * @typedef {{name: (person: string | undefined) => string, title: (region: string) => string, regionOf: (id: string) => string}} Names
 */
import { t, tn } from "../lib/words.js";

const ON_MAPS = new Set(["factor", "causal_link"]);
const TOLD_SINGLY = 2;
const WORDS_SHOWN = 120;

export class Happenings {
  /** @type {Map<string, {kind: string, region: string, cluster: string}>} */
  #known = new Map();

  /** Start from what is there. @param {Iterable<{id: string, kind: string, [key: string]: any}>} items */
  start(items) {
    this.#known = new Map([...items].map((i) => [i.id, summary(i)]));
  }

  /** What an entry did, at most one happening of a kind for each region. @param {Entry} entry @returns {Happening[]} */
  read(entry) {
    /** @type {Map<string, Happening>} */
    const found = new Map();
    /** @param {What} what @param {string} id @param {{region?: string, from?: string, text?: string}} about */
    const add = (what, id, { region = "", from = "", text = "" }) => {
      const key = `${what} ${region} ${from}`;
      const same = found.get(key);
      if (same) same.ids.push(id);
      else found.set(key, { what, by: entry.by ?? "", region, from, text, ids: [id] });
    };
    for (const change of entry.changes) this.#readOne(/** @type {any} */ (change), add);
    return [...found.values()];
  }

  /** @param {any} change @param {(what: What, id: string, about: {region?: string, from?: string, text?: string}) => void} add */
  #readOne(change, add) {
    if (change.put) {
      const item = change.put;
      this.#known.set(item.id, summary(item));
      if (item.kind === "note" || item.kind === "image") add("add", item.id, { region: item.region ?? "", text: item.text ?? item.alt ?? "" });
      else if (item.kind === "cluster") add("group", item.id, { region: item.region ?? "" });
      else if (item.kind === "connector") add("connect", item.id, {});
      else if (item.kind === "factor") add("factor", item.id, { text: item.label ?? "" });
      else if (item.kind === "causal_link") add("cause", item.id, {});
      else if (item.kind === "region") add("zones", item.id, {});
      else if (item.kind === "comment") add("comment", item.id, { text: item.text ?? "" });
    } else if (change.drop) {
      const was = this.#known.get(change.drop);
      this.#known.delete(change.drop);
      if (was?.kind === "note" || was?.kind === "image") add("delete", change.drop, { region: was.region });
      else if (was?.kind === "region") add("zones", change.drop, {});
      else if (was && ON_MAPS.has(was.kind)) add("map", change.drop, {});
    } else if (change.patch) {
      const was = this.#known.get(change.patch) ?? { kind: "note", region: "", cluster: "" };
      const { fields = {}, text = {} } = change;
      const region = fields.region ?? was.region;
      this.#known.set(change.patch, { ...was, region, cluster: "cluster" in fields ? (fields.cluster ?? "") : was.cluster });
      if (was.kind === "region") add("zones", change.patch, {});
      else if (ON_MAPS.has(was.kind)) add("map", change.patch, {});
      else if ("within" in fields) add("merge", change.patch, {});
      else if (region !== was.region) add("move", change.patch, { region, from: was.region });
      else if (Object.keys(text).length) add("edit", change.patch, { region });
    }
  }
}

/** One sentence of the log. @param {Happening} h @param {Names} names */
export function tell(h, names) {
  const name = names.name(h.by) || t("Somebody");
  const n = h.ids.length;
  const title = names.title(h.region) || t("the board");
  const from = names.title(h.from) || t("the board");
  const text = h.text.length > WORDS_SHOWN ? `${h.text.slice(0, WORDS_SHOWN)}…` : h.text;
  switch (h.what) {
    case "add":
      return n === 1 && text ? t("{name} added a note to {title}: {text}", { name, title, text }) : tn("{name} added {n} note to {title}", "{name} added {n} notes to {title}", n, { name, title });
    case "move":
      return tn("{name} moved {n} note from {from} to {title}", "{name} moved {n} notes from {from} to {title}", n, { name, from, title });
    case "group":
      return t("{name} made a group in {title}", { name, title });
    case "edit":
      return t("{name} changed words in {title}", { name, title });
    case "delete":
      return tn("{name} deleted {n} note in {title}", "{name} deleted {n} notes in {title}", n, { name, title });
    case "zones":
      return t("{name} changed the zones", { name });
    case "factor":
      return n === 1 && text ? t("{name} put “{text}” on the map", { name, text }) : tn("{name} put {n} factor on the map", "{name} put {n} factors on the map", n, { name });
    case "cause":
      return tn("{name} drew {n} link", "{name} drew {n} links", n, { name });
    case "comment":
      return t("{name} commented: {text}", { name, text });
    case "merge":
      return tn("{name} merged or took apart {n} note", "{name} merged or took apart {n} notes", n, { name });
    case "map":
      return t("{name} changed the map", { name });
    default:
      return t("{name} connected two notes", { name });
  }
}

/**
 * What is read aloud for all that happened in a while: single sentences while there are few, counts when there are many.
 * @param {Happening[]} all @param {Names} names @returns {string[]}
 */
export function gather(all, names) {
  const edited = new Set();
  const list = all.filter((h) => !["edit", "zones", "map"].includes(h.what) || (!edited.has(h.ids[0]) && edited.add(h.ids[0])));
  if (list.length <= TOLD_SINGLY) return list.map((h) => tell(h, names));
  /** @type {Map<string, {what: What, region: string, n: number}>} */
  const counts = new Map();
  for (const { what, region, ids } of list) {
    const key = `${what} ${region}`;
    const same = counts.get(key);
    if (same) same.n += ids.length;
    else counts.set(key, { what, region, n: ids.length });
  }
  return [...counts.values()].map(({ what, region, n }) => count(what, n, names.title(region) || t("the board")));
}

/** @param {What} what @param {number} n @param {string} title */
function count(what, n, title) {
  switch (what) {
    case "add": return tn("{n} new note in {title}", "{n} new notes in {title}", n, { title });
    case "move": return tn("{n} note moved to {title}", "{n} notes moved to {title}", n, { title });
    case "group": return tn("{n} new group in {title}", "{n} new groups in {title}", n, { title });
    case "edit": return tn("{n} note changed in {title}", "{n} notes changed in {title}", n, { title });
    case "delete": return tn("{n} note deleted in {title}", "{n} notes deleted in {title}", n, { title });
    case "zones": return t("The zones were changed");
    case "factor": return tn("{n} new factor on the map", "{n} new factors on the map", n);
    case "cause": return tn("{n} new link on the map", "{n} new links on the map", n);
    case "comment": return tn("{n} new comment", "{n} new comments", n);
    case "merge": return tn("{n} note merged or taken apart", "{n} notes merged or taken apart", n);
    case "map": return t("The map was changed");
    default: return tn("{n} new connection", "{n} new connections", n);
  }
}

/** @param {{kind: string, [key: string]: any}} item */
function summary(item) {
  return { kind: item.kind, region: item.region ?? "", cluster: item.cluster ?? "" };
}
