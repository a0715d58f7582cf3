import assert from "node:assert/strict";
import { test } from "node:test";

import { scored, sensitivity } from "../../static/js/board/records/scores.js";

// The cases of tests/core/computed/test_records.py, for the twin in Python.
const said = (...rows) => rows.map(([person, item, criterion, value]) => ({ person, item, criterion, value }));
const CRITERIA = [{ id: "people", weight: 60 }, { id: "cost", weight: 40, direction: "less_is_better" }];

test("values are means of people, weighted; less may be better, and what nobody scored counts nothing", () => {
  const [first, second] = scored(["b", "a"], CRITERIA, said(["x", "a", "people", 5], ["y", "a", "people", 3], ["x", "a", "cost", 1], ["x", "b", "people", 2]));
  assert.deepEqual([first.id, first.score, first.rank], ["a", 0.6 * 4 + 0.4 * 4, 1]);
  assert.deepEqual([second.id, second.score, second.rank], ["b", 1.2, 2]);
  assert.deepEqual([first.means.get("people"), first.spreads.get("people"), second.means.has("cost")], [4, 2, false]);
});

test("equals share a place", () => {
  const ranks = scored(["a", "b", "c"], CRITERIA, said(["x", "a", "people", 4], ["x", "b", "people", 4], ["x", "c", "people", 1])).map((one) => one.rank);
  assert.deepEqual(ranks, [1, 1, 3]);
});

test("a close order changes with a weight, a clear one does not", () => {
  const even = [{ id: "people", weight: 50 }, { id: "cost", weight: 50 }];
  const close = said(["x", "a", "people", 5], ["x", "a", "cost", 3], ["x", "b", "people", 3], ["x", "b", "cost", 5]);
  assert.deepEqual(sensitivity(["a", "b"], even, close).map((one) => [one.criterion, one.moved, one.order]), [
    ["people", 20, ["a", "b"]], ["people", -20, ["b", "a"]], ["cost", 20, ["b", "a"]], ["cost", -20, ["a", "b"]],
  ]);
  assert.deepEqual(sensitivity(["a", "b"], even, said(["x", "a", "people", 5], ["x", "a", "cost", 5], ["x", "b", "people", 1])), []);
});
