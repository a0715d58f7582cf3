import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { cut, dotsEach, MOST_DOTS, ranked, wrongDots } from "../../static/js/board/ranking.js";

const CASES = JSON.parse(readFileSync(new URL("../vectors/ranking.json", import.meta.url), "utf8"));

test("ranks, ties, the cut line and the dots each are what Python says", () => {
  for (const { options, ballots, dots, ranked: wanted, count, inside, tied } of CASES) {
    const total = (id) => ballots.reduce((sum, ballot) => sum + (ballot[id] ?? 0), 0);
    const rows = ranked(options, total, (id) => ballots.filter((ballot) => ballot[id]).length);
    assert.deepEqual(rows.map((one) => [one.id, one.total, one.voters, one.rank]), wanted);
    assert.deepEqual(cut(rows, count), { inside, tied });
    assert.deepEqual([1, 3].map((times) => dotsEach(times * options.length)), dots);
  }
});

test("dots that are too many or too few are called so, and not made to fit", () => {
  for (const [dots, cap] of [[1, 1], [5, 2], [MOST_DOTS, MOST_DOTS]]) assert.equal(wrongDots(dots, cap), "");
  for (const dots of [150, 100, 0, -3, NaN, 1.5]) assert.equal(wrongDots(dots, 1), "dots");
  for (const cap of [0, 6, -1, NaN]) assert.equal(wrongDots(5, cap), "cap");
});
