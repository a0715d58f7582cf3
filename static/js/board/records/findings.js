/**
 * What stands out on a map of actors: who differs, who stands on a line, who needs more voice, who is missing, who is
 * alone. Records and relations in, sentences out.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {{title: string, words: string[], ids?: string[]}} Finding
 */
import { t, tn } from "../../lib/words.js";
import { hasVoiceGap, isBorderline, placeOf, position, readings, shouldBeDiscussed } from "../layouts/grid2.js";
import { centrality } from "./network.js";
import { PAPERS, relationSays, SECTORS, sectorName } from "./words.js";

const TALK_ABOUT = new Set(["tension", "broken", "unclear"]);

/** @param {import("./registers.js").Registers} registers @returns {Finding[]} */
export function findings(registers) {
  const { model, placed, placements } = registers;
  const onGrid = model.layout === "grid2";
  /** @type {Finding[]} */
  const found = [];
  const add = (/** @type {string} */ title, /** @type {Item[]} */ records, /** @type {(r: Item) => string} */ words) => {
    if (records.length) found.push({ title, words: records.map(words), ids: records.map((r) => r.id) });
  };
  if (onGrid) {
    const spread = (/** @type {Item} */ r) => position(readings(placements.get(r.id) ?? { id: "", kind: "" }).values());
    add(t("You differ: talk about it"), placed.filter((r) => shouldBeDiscussed(spread(r))), (r) => {
      const at = spread(r);
      return tn("{name}: {n} person, {spread} apart", "{name}: {n} people, {spread} apart", at?.people ?? 0, { name: r.name, spread: at?.spread ?? 0 });
    });
    add(t("On a line between two quarters"), placed.filter((r) => isBorderline(placeOf(r) ?? { x: 0, y: 0 })), (r) => r.name);
  }
  add(t("Give more voice: much affected, little say"), registers.stakeholders.filter(hasVoiceGap), (r) => r.name);
  const missing = missingSectors(registers);
  if (missing.length) found.push({ title: t("Who is missing"), words: missing });
  if (model.leads && placed.length && !placed.some((r) => registers.kept(r.id).veto)) {
    found.push({ title: t("Nobody is named who can stop it"), words: [t("Somebody always can. Only those who lead see this.")] });
  }
  return [...found, ...linked(registers, placed)];
}

/** @param {import("./registers.js").Registers} registers @param {Item[]} placed @returns {Finding[]} */
function linked(registers, placed) {
  const { relations } = registers;
  if (!relations.length) return [];
  /** @type {Finding[]} */
  const found = [];
  const figures = centrality(placed.map((r) => r.id), relations);
  const of = (/** @type {Item} */ r) => figures.get(r.id) ?? { degree: 0, between: 0 };
  const busy = placed.filter((r) => of(r).degree > 0).sort((a, b) => of(b).degree - of(a).degree || of(b).between - of(a).between).slice(0, 3);
  if (busy.length) found.push({ title: t("Most connected"), ids: busy.map((r) => r.id), words: busy.map((r) => tn("{name}: {n} relation, {share} % of the ways between others", "{name}: {n} relations, {share} % of the ways between others", of(r).degree, { name: r.name, share: Math.round(of(r).between * 100) })) });
  const alone = placed.filter((r) => of(r).degree === 0);
  if (alone.length) found.push({ title: t("Not connected to anybody"), ids: alone.map((r) => r.id), words: alone.map((r) => r.name) });
  const strained = relations.filter((r) => TALK_ABOUT.has(r.type));
  const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
  if (strained.length) found.push({ title: t("Relations to talk about"), words: strained.map((r) => relationSays(r, nameOf)) });
  return found;
}

/** Kinds of actor nobody has named, and those concerned who do not take part. @param {import("./registers.js").Registers} registers */
function missingSectors({ stakeholders }) {
  const there = new Set(stakeholders.map((r) => r.sector));
  const words = SECTORS.filter((one) => one in PAPERS && !there.has(one)).map((one) => t("nobody from: {sector}", { sector: sectorName(one) }));
  const away = stakeholders.filter((r) => r.affected >= 2 && !r.in_the_room);
  return [...words, ...away.map((r) => t("{name} is affected and does not take part", { name: r.name }))];
}
