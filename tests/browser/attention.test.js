import assert from "node:assert/strict";
import { test } from "node:test";
import { Attention } from "../../static/js/board/attention.js";

const MINUTE = 60_000;
const WAITING = { person: "drita", board: "b", since: 5 };

/** Those who lead, so long after help was asked for. @param {number} passed */
function leading(passed) {
  const model = { who: { workshop: "workshop:w" }, me: "elira", name: () => "Drita" };
  return new Attention(/** @type {any} */ (model), /** @type {any} */ ({ now: () => WAITING.since + passed }));
}

test("in its first minute a call for help came just now, and has no minutes to count", () => {
  for (const passed of [-2_000, 0, MINUTE - 1]) {
    assert.equal(leading(passed).needsHelp(WAITING), "needs help, just now");
    assert.equal(leading(passed).askedForHelp(WAITING), "Drita asked for help just now");
  }
});

test("from then on it says how long somebody has waited", () => {
  assert.equal(leading(MINUTE).needsHelp(WAITING), "needs help, 1 min");
  assert.equal(leading(3 * MINUTE + 5).askedForHelp(WAITING), "Drita asked for help, 3 min");
});
