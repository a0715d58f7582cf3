// The agenda as numbers: what follows what, when, how far behind, and what is missing. Pure; the agenda's page and the run
// bar read it alike.
import { byOrder } from "./order.js";

/** @typedef {import("./model.js").Item} Step */
/** @typedef {{id: string, minutes: number, stage_minutes?: number}} Lasting */
/** @typedef {{step: string, what: "pause", minutes: number} | {step: string, what: "question", lang: string}} Warning */

export const MINUTE = 60_000;
/** So many minutes without a pause are too many. */
export const LONGEST_WITHOUT_PAUSE = 80;
/** A plan whose beginning is so far away from when people began is for another day. */
const ANOTHER_DAY = 6 * 60 * MINUTE;

/** The steps as they follow each other. @param {Iterable<Step>} items */
export function inOrder(items) {
  return [...items].filter((i) => i.kind === "step").sort(byOrder);
}

/** Those that take time: all that are not skipped. @param {Step[]} steps */
export function counted(steps) {
  return steps.filter((s) => !s.skipped);
}

/** @param {Step[]} steps */
export function minutesOf(steps) {
  return counted(steps).reduce((sum, s) => sum + s.minutes, 0);
}

/** What a step is, as its picture and colour show it. @param {Step} step @returns {"pause" | "tables" | "vote" | "group" | "write" | "talk"} */
export function activity(step) {
  if (step.pause) return "pause";
  if (step.mode === "breakout") return "tables";
  if (step.stage === "vote") return "vote";
  if (step.stage === "cluster") return "group";
  return step.stage === "locked" ? "talk" : "write";
}

/** Minutes in the room together with something to do, at tables, and alone. @param {Step[]} steps */
export function shares(steps) {
  const working = counted(steps).filter((s) => !s.pause);
  const of = (/** @type {(s: Step) => boolean} */ which) => minutesOf(working.filter(which));
  return { together: of((s) => s.mode === "plenary"), tables: of((s) => s.mode === "breakout"), alone: of((s) => s.mode === "individual" || s.mode === "async") };
}

/** When each step begins: minutes after the beginning, by id. @param {Step[]} steps */
export function beginnings(steps) {
  /** @type {Map<string, number>} */
  const found = new Map();
  let at = 0;
  for (const step of steps) {
    found.set(step.id, at);
    if (!step.skipped) at += step.minutes;
  }
  return found;
}

/**
 * What somebody who plans should know, at the step where it shows.
 * @param {Step[]} steps @param {readonly string[]} languages that are needed beside the one things are written in
 * @returns {Warning[]}
 */
export function warnings(steps, languages) {
  /** @type {Warning[]} */
  const found = [];
  let since = 0;
  for (const step of counted(steps)) {
    if (step.pause) {
      since = 0;
    } else {
      const before = since;
      since += step.minutes;
      if (since > LONGEST_WITHOUT_PAUSE && before <= LONGEST_WITHOUT_PAUSE) found.push({ step: step.id, what: "pause", minutes: since });
    }
    for (const lang of missing(step, languages)) found.push({ step: step.id, what: "question", lang });
  }
  return found;
}

/** Languages in which the question is not there. @param {Step} step @param {readonly string[]} languages */
export function missing(step, languages) {
  if (!step.question) return [];
  return languages.filter((lang) => !step[`question/${lang}`] && !step[`question/${lang.split("-")[0]}`]);
}

/** Every step longer or shorter by a factor, in whole minutes. @param {Step[]} steps @param {number} factor @returns {Lasting[]} */
export function stretched(steps, factor) {
  return counted(steps)
    .map((s) => ({ step: s, minutes: Math.max(1, Math.round(s.minutes * factor)) }))
    .filter(({ step, minutes }) => step.minutes > 0 && step.minutes !== minutes)
    .map(({ step, minutes }) => ({ id: step.id, ...lasting(step, minutes, factor) }));
}

/** A step of so many minutes: its first stage grows and shrinks with it, and never outlasts it. @param {Step} step @param {number} minutes @param {number} [factor] */
export function lasting(step, minutes, factor = 1) {
  const first = Math.min(minutes, Math.max(1, Math.round((step.stage_minutes ?? 0) * factor)));
  return step.stage_minutes && minutes && first !== step.stage_minutes ? { minutes, stage_minutes: first } : { minutes };
}

/**
 * So many minutes off the steps to come, each as much as its length allows; pauses stay, and no step gets shorter than
 * half of what it was.
 * @param {Step[]} steps those to come @param {number} minutes @returns {Lasting[]}
 */
export function shortened(steps, minutes) {
  const able = counted(steps).filter((s) => !s.pause && s.minutes > 1);
  const room = new Map(able.map((s) => [s.id, Math.floor(s.minutes / 2)]));
  const all = [...room.values()].reduce((sum, n) => sum + n, 0);
  let left = Math.min(minutes, all);
  /** @type {Map<string, number>} */
  const off = new Map(able.map((s) => [s.id, Math.floor(((room.get(s.id) ?? 0) * left) / (all || 1))]));
  left -= [...off.values()].reduce((sum, n) => sum + n, 0);
  for (const step of [...able].sort((a, b) => b.minutes - a.minutes)) {
    const more = Math.min(left, 1, (room.get(step.id) ?? 0) - (off.get(step.id) ?? 0));
    off.set(step.id, (off.get(step.id) ?? 0) + more);
    left -= more;
  }
  return able.filter((s) => off.get(s.id)).map((s) => ({ id: s.id, ...lasting(s, s.minutes - (off.get(s.id) ?? 0)) }));
}

/**
 * Minutes behind the plan at the end of the step that is on, as things stand; negative: ahead. Null: nothing is on.
 * @param {{steps: Step[], starts?: number, began: number, fields: Record<string, any>, now: number}} at `began`: when the first step did
 */
export function behind({ steps, starts, began, fields, now }) {
  const step = steps.find((s) => s.id === fields.step);
  if (!step) return null;
  const origin = starts !== undefined && Math.abs(began - starts) < ANOTHER_DAY ? starts : began;
  const planned = origin + ((beginnings(steps).get(step.id) ?? 0) + step.minutes) * MINUTE;
  return Math.round((Math.max(now, endOf(step, fields, now)) - planned) / MINUTE);
}

/** When the step that is on ends, by its timer. @param {Step} step @param {Record<string, any>} fields @param {number} now */
function endOf(step, fields, now) {
  // A first stage has a timer of its own; the step goes on after it.
  if (!step.stage_minutes && fields.timer_ends !== undefined) return fields.timer_ends;
  if (!step.stage_minutes && fields.timer_left !== undefined) return now + fields.timer_left;
  return (fields.step_at ?? now) + step.minutes * MINUTE;
}
