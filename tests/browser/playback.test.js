import assert from "node:assert/strict";
import { test } from "node:test";

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

test("only what is another object is drawn again", () => {
  const line = new Timeline(many);
  assert.deepEqual([...differing(line.stateAt(500).items, line.stateAt(502).items)], ["n20", "n21"]);
  assert.deepEqual([...differing(line.stateAt(2).items, line.stateAt(1).items)], ["n1"]);
});
