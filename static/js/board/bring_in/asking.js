/**
 * What was read of a table, as ops of one act: zones that are new, groups, and the notes in their order.
 *
 * @typedef {import("./notes.js").NoteRow} NoteRow
 * @typedef {import("../ops.js").Asked} Asked
 * @typedef {{me: string, now: number, colour: string}} Author
 */
import { newId } from "../../lib/ids.js";
import { guessLang } from "../lang.js";
import { createCluster, createNote, createRegion } from "../ops.js";
import { keysAt } from "../places.js";
import { alike } from "./notes.js";

/** Between what is here and what comes, in hundredths of a pixel. */
const BESIDE = 12_000;

/**
 * @param {readonly NoteRow[]} notes @param {readonly string[]} zones titles of those to be made
 * @param {{model: import("../model.js").Model, author: Author, into: string | null, spots: (n: number) => {x: number, y: number}[], bounds: {x: number, y: number, w: number, h: number} | null}} board
 *   `into`: the zone of what says none; `bounds`: of what is here, in px
 * @returns {Asked[]}
 */
export function asksFor(notes, zones, board) {
  return board.model.flows ? inZones(notes, zones, board) : onPlane(notes, board);
}

/** @param {readonly NoteRow[]} notes @param {readonly string[]} zones @param {Parameters<typeof asksFor>[2]} board */
function inZones(notes, zones, { model, author, into }) {
  const ids = new Map(model.regions.flatMap((one) => [[alike(String(one.title ?? "")), one.id], [alike(model.words(one, "title")), one.id]]));
  const keys = keysAt(model.regions, model.regions.length, zones.length);
  const asked = zones.map((title, i) => {
    const id = newId();
    ids.set(alike(title), id);
    return createRegion({ id, title, order: keys[i] });
  });
  for (const [region, inside] of sorted(notes, ({ zone }) => (zone ? ids.get(alike(zone)) : null) ?? into ?? "")) {
    if (region) asked.push(...inZone(region, inside, model, author));
  }
  return asked;
}

/** Groups stand where their first note would. @param {string} region @param {NoteRow[]} notes @param {import("../model.js").Model} model @param {Author} author @returns {Asked[]} */
function inZone(region, notes, model, author) {
  const there = model.entries(region);
  const known = new Map(there.filter((one) => one.kind === "cluster").map((one) => [alike(String(one.name ?? "")), one.id]));
  const entries = [...sorted(notes, (note) => alike(note.group) || note)];
  const keys = keysAt(there, there.length, entries.length);
  return entries.flatMap(([, inside], i) => {
    const [{ group }] = inside;
    if (!group) return [noteOp(inside[0], { region, order: keys[i] }, model, author)];
    const cluster = known.get(alike(group)) ?? newId();
    const members = model.members(cluster);
    const orders = keysAt(members, members.length, inside.length);
    const made = known.has(alike(group)) ? [] : [createCluster({ id: cluster, name: group, region, order: keys[i] }, author)];
    return [...made, ...inside.map((note, at) => noteOp(note, { region, order: orders[at], cluster }, model, author))];
  });
}

/** @param {readonly NoteRow[]} notes @param {Parameters<typeof asksFor>[2]} board */
function onPlane(notes, { model, author, spots, bounds }) {
  const places = placesOf(notes, bounds) ?? spots(notes.length);
  /** @type {Map<string, string>} */
  const known = new Map(model.clusters.map((id) => [alike(String(model.item(id)?.name ?? "")), id]));
  return notes.flatMap((note, i) => {
    const place = places[i];
    if (!note.group) return [noteOp(note, place, model, author)];
    const cluster = known.get(alike(note.group)) ?? newId();
    const made = known.has(alike(note.group)) ? [] : [createCluster({ id: cluster, name: note.group, ...place }, author)];
    known.set(alike(note.group), cluster);
    return [...made, noteOp(note, { ...place, cluster }, model, author)];
  });
}

/** As they lay to one another elsewhere, beside what is here; null where not all of them say it. @param {readonly NoteRow[]} notes @param {Parameters<typeof asksFor>[2]["bounds"]} bounds */
function placesOf(notes, bounds) {
  const given = notes.flatMap(({ x, y }) => (x === undefined || y === undefined ? [] : [{ x, y }]));
  if (!given.length || given.length < notes.length) return null;
  const corner = { x: Math.min(...given.map(({ x }) => x)), y: Math.min(...given.map(({ y }) => y)) };
  const start = bounds ? { x: Math.round(bounds.x + bounds.w) * 100 + BESIDE, y: Math.round(bounds.y) * 100 } : { x: 0, y: 0 };
  return given.map(({ x, y }) => ({ x: (x - corner.x) * 100 + start.x, y: (y - corner.y) * 100 + start.y }));
}

/** @param {NoteRow} note @param {{region?: string, order?: string, x?: number, y?: number, cluster?: string}} place @param {import("../model.js").Model} model @param {Author} author */
function noteOp({ text }, place, model, author) {
  return createNote({ id: newId(), text, lang: guessLang(text, model.who.lang), ...place }, author);
}

/** In the order they come. @template T, K @param {readonly T[]} all @param {(one: T) => K} keyOf @returns {Map<K, T[]>} */
function sorted(all, keyOf) {
  const found = new Map();
  for (const one of all) {
    const key = keyOf(one);
    const list = found.get(key);
    if (list) list.push(one);
    else found.set(key, [one]);
  }
  return found;
}
