/**
 * What stands out on a board of actors: who differs, who stands on a line, who needs more voice, who is missing, who is
 * alone, and what the method of the board computes. Records and relations in, sentences out.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("./registers.js").Registers} Registers
 * @typedef {{title: string, words: string[], ids?: string[]}} Finding
 */
import { t, tn } from "../../lib/words.js";
import { hasVoiceGap, isBorderline, placeOf, position, readings, shouldBeDiscussed } from "../layouts/grid2.js";
import { alliesAndOpponents, flowsOf, influenceRanks, strongWithoutUs } from "../layouts/net.js";
import { emptyRings, onlyByOthers } from "../layouts/onion.js";
import { bridges, centrality } from "./network.js";
import { flowName, FLOWS, nearnessName, PAPERS, relationSays, SECTORS, sectorName } from "./words.js";

const TALK_ABOUT = new Set(["tension", "broken", "unclear"]);
/** Findings name so many at most; the list has all. */
const NAMED = 5;

/** What each method computes of its own. @type {Record<string, (registers: Registers) => Finding[]>} */
const OWN = { "power-interest": onGrid, onion: onOnion, "net-map": onNet };
/** Methods that draw relations. */
const LINKED = new Set(["actor-map", "power-interest", "net-map"]);

/** @param {Registers} registers @returns {Finding[]} */
export function findings(registers) {
  const { model, placed, method } = registers;
  const found = OWN[method]?.(registers) ?? [];
  found.push(...named(t("Give more voice: much affected, little say"), registers.stakeholders.filter(hasVoiceGap)));
  const missing = missingSectors(registers);
  if (missing.length) found.push({ title: t("Who is missing"), words: missing });
  if (method !== "onion" && model.leads && placed.length && !placed.some((r) => registers.kept(r.id).veto)) {
    found.push({ title: t("Nobody is named who can stop it"), words: [t("Somebody always can. Only those who lead see this.")] });
  }
  return LINKED.has(method) ? [...found, ...linked(registers, placed)] : found;
}

/** @param {string} title @param {readonly Item[]} records @param {(r: Item) => string} [words] @returns {Finding[]} */
function named(title, records, words = (r) => r.name) {
  return records.length ? [{ title, words: records.map(words), ids: records.map((r) => r.id) }] : [];
}

/** @param {Registers} registers */
function onGrid({ placed, placements }) {
  const spread = (/** @type {Item} */ r) => position(readings(placements.get(r.id) ?? { id: "", kind: "" }).values());
  return [
    ...named(t("You differ: talk about it"), placed.filter((r) => shouldBeDiscussed(spread(r))), (r) => {
      const at = spread(r);
      return tn("{name}: {n} person, {spread} apart", "{name}: {n} people, {spread} apart", at?.people ?? 0, { name: r.name, spread: at?.spread ?? 0 });
    }),
    ...named(t("On a line between two quarters"), placed.filter((r) => isBorderline(placeOf(r) ?? { x: 0, y: 0 }))),
  ];
}

/** @param {Registers} registers */
function onOnion(registers) {
  const { placed } = registers;
  const empty = emptyRings(placed);
  return [
    ...(placed.length && empty.length ? [{ title: t("Rings with nobody in them"), words: empty.map(nearnessName) }] : []),
    ...named(t("Represented only by others: invite one of them"), onlyByOthers(placed), (r) => t("{name}: {other} speaks for them", { name: r.name, other: registers.record(r.surrogate)?.name ?? "" })),
  ];
}

/** @param {Registers} registers */
function onNet(registers) {
  const { placed, relations } = registers;
  const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
  const ranks = influenceRanks(placed);
  const tall = placed.filter((r) => ranks.has(r.id)).sort((a, b) => (ranks.get(a.id) ?? 0) - (ranks.get(b.id) ?? 0)).slice(0, NAMED);
  const goals = alliesAndOpponents(placed, relations).map(({ goal, allies, against }) => {
    const values = { goal, allies: allies.map(nameOf).join(", "), against: against.map(nameOf).join(", ") };
    return against.length ? t("{goal}: {allies}; at odds with them: {against}", values) : t("{goal}: {allies}", values);
  });
  return [
    ...named(t("Influence on the outcome"), tall, (r) => t("{rank}. {name}: {tower} of 8", { rank: ranks.get(r.id) ?? 0, name: r.name, tower: r.tower })),
    ...named(t("Strong, and no line to anybody who takes part"), strongWithoutUs(placed, relations)),
    ...flowFindings(placed, relations, nameOf),
    ...(goals.length ? [{ title: t("Who wants what"), words: goals }] : []),
  ];
}

/** Per flow, who gives and takes most. @param {readonly Item[]} placed @param {readonly Item[]} relations @param {(id: string) => string} nameOf @returns {Finding[]} */
function flowFindings(placed, relations, nameOf) {
  const here = new Set(placed.map((r) => r.id));
  const words = [...flowsOf(relations, FLOWS)].map(([flow, counts]) => {
    const [id, most] = [...counts].filter(([one]) => here.has(one)).sort(([, a], [, b]) => b.into + b.out - a.into - a.out)[0] ?? [];
    return id && most ? t("{flow}: {name} gives to {out} and takes from {into}", { flow: flowName(flow), name: nameOf(id), out: most.out, into: most.into }) : "";
  }).filter(Boolean);
  return words.length ? [{ title: t("Through whom most flows"), words }] : [];
}

/** @param {Registers} registers @param {Item[]} placed @returns {Finding[]} */
function linked(registers, placed) {
  const { relations } = registers;
  if (!relations.length) return [];
  const ids = placed.map((r) => r.id);
  const figures = centrality(ids, relations);
  const of = (/** @type {Item} */ r) => figures.get(r.id) ?? { degree: 0, between: 0 };
  const busy = placed.filter((r) => of(r).degree > 0).sort((a, b) => of(b).degree - of(a).degree || of(b).between - of(a).between).slice(0, 3);
  const nameOf = (/** @type {string} */ id) => registers.record(id)?.name ?? "";
  const strained = relations.filter((r) => TALK_ABOUT.has(r.type));
  const only = bridges(ids, relations);
  return [
    ...named(t("Most connected"), busy, (r) => tn("{name}: {n} relation, {share} % of the ways between others", "{name}: {n} relations, {share} % of the ways between others", of(r).degree, { name: r.name, share: Math.round(of(r).between * 100) })),
    ...(only.length ? [{ title: t("Only one relation holds two parts together"), words: only.slice(0, NAMED).map(([a, b]) => `${nameOf(a)} – ${nameOf(b)}`), ids: only.slice(0, NAMED).map(([a]) => a) }] : []),
    ...named(t("Not connected to anybody"), placed.filter((r) => of(r).degree === 0)),
    ...(strained.length ? [{ title: t("Relations to talk about"), words: strained.map((r) => relationSays(r, nameOf)) }] : []),
  ];
}

/** Kinds of actor nobody has named, and those concerned who do not take part. @param {Registers} registers */
function missingSectors({ stakeholders }) {
  const there = new Set(stakeholders.map((r) => r.sector));
  const words = SECTORS.filter((one) => one in PAPERS && !there.has(one)).map((one) => t("nobody from: {sector}", { sector: sectorName(one) }));
  const away = stakeholders.filter((r) => r.affected >= 2 && !r.in_the_room);
  return [...words, ...away.map((r) => t("{name} is affected and does not take part", { name: r.name }))];
}
