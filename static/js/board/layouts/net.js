/**
 * A net-map: actors stand where people drew them, what flows between them is a line, and a tower says how strongly each
 * can change the outcome. Pure. Twin of what codesign/core/computed/{actors,engagement}.py say of flows and towers
 * (Schiffer, Net-Map Toolbox, 2007).
 *
 * @typedef {import("../model.js").Item} Item
 */
import { ranked } from "../ranking.js";

/** The plane's side as it is kept: whole hundredths of a pixel. */
export const SIDE = 100_000;
/** A tower of this height (0 to 8) can decide the outcome. */
export const STRONG = 5;
export const TALLEST = 8;
const AGAINST = new Set(["tension", "broken"]);

/** Where each stands, 0 to 1 on each axis; who has no spot yet stands on a circle, in the order they came. @param {readonly Item[]} records @param {(id: string) => Item | undefined} placement @returns {Map<string, {x: number, y: number}>} */
export function spots(records, placement) {
  const waiting = records.filter((one) => !isSpot(placement(one.id)));
  const round = new Map(waiting.map((one, i) => {
    const angle = -Math.PI / 2 + (i / waiting.length) * 2 * Math.PI;
    return [one.id, { x: 0.5 + 0.36 * Math.cos(angle), y: 0.5 + 0.36 * Math.sin(angle) }];
  }));
  return new Map(records.map((one) => {
    const at = placement(one.id);
    return [one.id, isSpot(at) ? { x: at.x / SIDE, y: at.y / SIDE } : (round.get(one.id) ?? { x: 0.5, y: 0.5 })];
  }));
}

/** As it is kept. @param {{x: number, y: number}} point 0 to 1 on each axis */
export function spotAt({ x, y }) {
  const whole = (/** @type {number} */ value) => Math.round(Math.min(1, Math.max(0, value)) * SIDE);
  return { x: whole(x), y: whole(y) };
}

/** Per flow: who gives and who takes most. A relation without a direction does both. @param {readonly Item[]} relations @param {readonly string[]} flows @returns {Map<string, Map<string, {into: number, out: number}>>} */
export function flowsOf(relations, flows) {
  /** @type {Map<string, Map<string, {into: number, out: number}>>} */
  const found = new Map();
  for (const one of relations) {
    for (const flow of flows.filter((code) => one[`flow/${code}`])) {
      const counts = found.get(flow) ?? new Map();
      found.set(flow, counts);
      for (const [giver, taker] of one.directed ? [[one.from, one.to]] : [[one.from, one.to], [one.to, one.from]]) {
        count(counts, giver).out += 1;
        count(counts, taker).into += 1;
      }
    }
  }
  return found;
}

/** @param {Map<string, {into: number, out: number}>} counts @param {string} id */
function count(counts, id) {
  const found = counts.get(id) ?? { into: 0, out: 0 };
  counts.set(id, found);
  return found;
}

/** The highest tower first; equal towers share the better place. @param {readonly Item[]} records @returns {Map<string, number>} */
export function influenceRanks(records) {
  const towers = new Map(records.filter((one) => typeof one.tower === "number").map((one) => [one.id, one.tower]));
  return new Map(ranked([...towers.keys()], (id) => towers.get(id), () => 0).map((one) => [one.id, one.rank]));
}

/** What somebody wants, in words. @param {Item} record @returns {string[]} */
export function goalsOf(record) {
  return Object.keys(record).filter((key) => key.startsWith("goals/")).sort().map((key) => String(record[key]));
}

/**
 * Per goal: who names it, and who does not and lives in tension or in a broken relation with one who does.
 * @param {readonly Item[]} records @param {readonly Item[]} relations @returns {{goal: string, allies: string[], against: string[]}[]}
 */
export function alliesAndOpponents(records, relations) {
  /** @type {Map<string, string>} as it was written first, by what it is without regard to capitals */
  const goals = new Map();
  for (const goal of records.flatMap(goalsOf)) if (!goals.has(goal.toLocaleLowerCase())) goals.set(goal.toLocaleLowerCase(), goal);
  const strained = relations.filter((one) => AGAINST.has(one.type));
  return [...goals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, goal]) => {
    const allies = records.filter((one) => goalsOf(one).some((own) => own.toLocaleLowerCase() === key)).map((one) => one.id);
    const isAlly = new Set(allies);
    const against = new Set(strained.flatMap((one) => [...(isAlly.has(one.from) ? [one.to] : []), ...(isAlly.has(one.to) ? [one.from] : [])]));
    return { goal, allies, against: records.map((one) => one.id).filter((id) => against.has(id) && !isAlly.has(id)) };
  });
}

/** Who can decide the outcome and has no line to anybody who takes part. @param {readonly Item[]} records @param {readonly Item[]} relations */
export function strongWithoutUs(records, relations) {
  const us = new Set(records.filter((one) => one.in_the_room).map((one) => one.id));
  const linked = new Set(relations.flatMap((one) => [...(us.has(one.from) ? [one.to] : []), ...(us.has(one.to) ? [one.from] : [])]));
  return us.size ? records.filter((one) => (one.tower ?? 0) >= STRONG && !us.has(one.id) && !linked.has(one.id)) : [];
}

/** @param {Item | undefined} placement @returns {placement is Item & {x: number, y: number}} */
function isSpot(placement) {
  return typeof placement?.x === "number" && typeof placement?.y === "number";
}
