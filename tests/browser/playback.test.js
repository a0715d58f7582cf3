import assert from "node:assert/strict";
import { test } from "node:test";

import { Course } from "../../static/js/board/playback/course.js";
import { differing } from "../../static/js/board/playback/past.js";
import { LONGEST_PAUSE, Timeline } from "../../static/js/board/playback/timeline.js";

const put = (id, at, more = {}) => ({ at, changes: [{ put: { id, kind: "note", text: id, ...more } }] });
const many = Array.from({ length: 1_000 }, (_, i) => put(`n${i % 40}`, i * 100, { order: `a${i}` }));

test("the board at any moment is what the entries up to it add up to, kept moments or not", () => {
  const line = new Timeline(many);
  for (const index of [0, 1, 399, 400, 401, 800, 999, 1_000]) {
    const state = line.stateAt(index);
    assert.equal(state.items.size, Math.min(40, index), String(index));
    if (index) assert.equal(state.items.get(`n${(index - 1) % 40}`).order, `a${index - 1}`);
  }
});

test("a moment looked at is not changed by looking at another one", () => {
  const line = new Timeline(many);
  const then = line.stateAt(400);
  line.stateAt(700);
  assert.equal(then.items.get("n39").order, "a399");
  assert.equal(line.stateAt(400).items.get("n39").order, "a399");
});

test("pauses are played short, and a place on the line is one moment", () => {
  const line = new Timeline([put("a", 0), put("b", 1_000), put("c", 3_601_000), put("d", 3_601_000)]);
  assert.equal(line.duration, 1_000 + LONGEST_PAUSE);
  assert.deepEqual([-1, 0, 999, 1_000, 4_999, 5_000].map((played) => line.indexAt(played)), [0, 1, 1, 2, 2, 4]);
  assert.deepEqual([0, 1_500, 9_999_999].map((at) => line.indexAtTime(at)), [1, 2, 4]);
  assert.deepEqual([line.timeAt(0), line.timeAt(3), line.playedAt(0), line.playedAt(3)], [null, 3_601_000, 0, 5_000]);
});

test("a workshop is one line from board to board, of which each page plays its own part", () => {
  const line = new Timeline([put("a", 1_000), put("b", 2_000), put("c", 100_000), put("d", 101_000)]);
  const spans = [
    { board: "here", begin: 1_000, end: 2_000, played: 1_000 },
    { board: "there", begin: 60_000, end: 64_000, played: 4_000 },
    { board: "here", begin: 100_000, end: 101_000, played: 1_000 },
  ];
  const course = new Course(spans, "here", line);
  assert.equal(course.duration, 6_000 + 2 * LONGEST_PAUSE);
  const seen = [-1, 0, 1_000, 3_000, 5_000, 7_000, 13_000, 14_000].map((played) => course.at(played));
  assert.deepEqual(seen.map(({ span }) => spans.indexOf(span)), [0, 0, 0, 0, 1, 1, 2, 2]);
  assert.deepEqual(seen.filter(({ span }) => span.board === "here").map((place) => course.indexOf(place)), [1, 1, 2, 2, 3, 4]);
  assert.deepEqual([seen[5], seen[7]].map((place) => course.timeOf(place)), [62_000, 101_000]);
  assert.deepEqual([0, 2_000, 62_000, 100_000, 999_999].map((time) => course.placeOf(time)), [0, 1_000, 7_000, 13_000, 14_000]);
  assert.ok(course.isWide && !new Course(spans.slice(0, 1), "here", line).isWide);
});

test("only what is another object is drawn again", () => {
  const line = new Timeline(many);
  assert.deepEqual([...differing(line.stateAt(500).items, line.stateAt(502).items)], ["n20", "n21"]);
  assert.deepEqual([...differing(line.stateAt(2).items, line.stateAt(1).items)], ["n1"]);
});
