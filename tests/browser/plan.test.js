import assert from "node:assert/strict";
import { test } from "node:test";

import { MINUTE, activity, beginnings, behind, inOrder, lasting, minutesOf, missing, shares, shortened, stretched, warnings } from "../../static/js/board/plan.js";

/** @param {string} id @param {number} minutes @param {object} [more] */
const step = (id, minutes, more = {}) => ({ id, kind: "step", order: id, minutes, mode: "plenary", stage: "open", title: id, ...more });
const DAY = [
  step("a", 15, { stage: "locked" }), step("b", 25), step("c", 20, { stage: "cluster" }), step("d", 15, { stage: "vote" }),
  step("e", 15, { pause: true }), step("f", 40, { mode: "breakout" }), step("g", 30, { stage: "locked" }), step("h", 20),
];

test("steps follow each other by their keys, and take the time of those that are not skipped", () => {
  const items = [step("z", 5), { id: "p", kind: "person" }, step("a", 10), step("m", 7, { skipped: true })];
  assert.deepEqual(inOrder(items).map((s) => s.id), ["a", "m", "z"]);
  assert.equal(minutesOf(inOrder(items)), 15);
  assert.deepEqual([...beginnings(inOrder(items))], [["a", 0], ["m", 10], ["z", 10]]);
});

test("what a step is shows in its picture", () => {
  assert.deepEqual(DAY.map(activity), ["talk", "write", "group", "vote", "pause", "tables", "talk", "write"]);
});

test("pauses are neither together nor at tables", () => {
  assert.deepEqual(shares(DAY), { together: 125, tables: 40, alone: 0 });
});

test("eighty minutes without a pause are said where they are reached, once", () => {
  assert.deepEqual(warnings(DAY, []), [{ step: "h", what: "pause", minutes: 90 }]);
  assert.deepEqual(warnings([...DAY.slice(0, 7), step("g2", 10, { pause: true }), DAY[7]], []), []);
});

test("a question that is missing in a language in use is said; a step without a question lacks nothing", () => {
  const asked = step("b", 10, { question: "Why?", "question/ka": "რატომ?", "question/sr": "Zašto?" });
  assert.deepEqual(missing(asked, ["ka", "sq", "sr-Latn"]), ["sq"]);
  assert.deepEqual(missing(step("b", 10), ["sq"]), []);
});

test("stretching rounds to whole minutes and leaves what is skipped", () => {
  assert.deepEqual(stretched([step("a", 10), step("b", 0), step("c", 15), step("d", 8, { skipped: true })], 1.25), [
    { id: "a", minutes: 13 }, { id: "c", minutes: 19 },
  ]);
});

test("shortening takes what is asked, from long steps first, never from pauses and never more than half", () => {
  const rest = [step("a", 20), step("b", 15, { pause: true }), step("c", 40), step("d", 1)];
  const taken = shortened(rest, 7);
  assert.equal(taken.reduce((sum, s) => sum + (rest.find((r) => r.id === s.id)?.minutes ?? 0) - s.minutes, 0), 7);
  assert.ok(!taken.some((s) => s.id === "b" || s.id === "d"));
  assert.deepEqual(shortened(rest, 500), [{ id: "a", minutes: 10 }, { id: "c", minutes: 20 }]);
  assert.deepEqual(shortened([], 5), []);
});

test("behind is what the end of this step is late", () => {
  const at = { steps: DAY, starts: 0, began: 5 * MINUTE, now: 20 * MINUTE };
  const fields = { step: "b", step_at: 20 * MINUTE, timer_ends: 45 * MINUTE };
  assert.equal(behind({ ...at, fields }), 5);
  assert.equal(behind({ ...at, fields: { ...fields, timer_ends: 40 * MINUTE } }), 0);
  assert.equal(behind({ ...at, fields, now: 47 * MINUTE }), 7);
  assert.equal(behind({ ...at, fields: { step: "b", step_at: 20 * MINUTE, timer_left: 25 * MINUTE }, now: 22 * MINUTE }), 7);
  assert.equal(behind({ ...at, fields: {} }), null);
});

test("a plan for another day counts from when people began", () => {
  const began = 100 * 60 * MINUTE;
  const fields = { step: "a", step_at: began, timer_ends: began + 15 * MINUTE };
  assert.equal(behind({ steps: DAY, starts: 0, began, fields, now: began }), 0);
});

test("a first stage grows and shrinks with its step, and never outlasts it", () => {
  const write = step("w", 25, { stage: "silent", stage_minutes: 8 });
  assert.deepEqual(stretched([write], 1.25), [{ id: "w", minutes: 31, stage_minutes: 10 }]);
  assert.deepEqual(lasting(write, 6), { minutes: 6, stage_minutes: 6 });
  assert.deepEqual(lasting(write, 20), { minutes: 20 });
  assert.deepEqual(shortened([step("w", 10, { stage: "silent", stage_minutes: 8 })], 5), [{ id: "w", minutes: 5, stage_minutes: 5 }]);
});
