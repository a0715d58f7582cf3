// A consent round that is shown gives way to what comes after it.

import assert from "node:assert/strict";
import test from "node:test";

import { Consents } from "../../static/js/board/consents.js";

const consent = (/** @type {string} */ state) => ({ id: "c", kind: "consent", state, board: "b" });

/** @param {Record<string, any>} fields @param {Record<string, string>} votes */
function ahead(fields, votes) {
  const items = Object.entries(votes).map(([id, state]) => [id, { id, kind: "vote", state, board: id === "elsewhere" ? "another" : "b" }]);
  const model = { who: { workshop: "workshop:w", board: "board:b" }, me: "nino", workshop: { fields, items: new Map(/** @type {any} */ (items)) } };
  return new Consents(/** @type {any} */ (model)).ahead;
}

const { givesWay } = Consents.prototype;
const still = ahead({ step: "one", step_at: 1 }, {});

test("a vote that opens here, and its result, stand before a round, also before one that still waits for answers", () => {
  const open = ahead({ step: "one", step_at: 1 }, { v: "open" });
  const counting = ahead({ step: "one", step_at: 1 }, { v: "counting" });
  const closed = ahead({ step: "one", step_at: 1 }, { v: "closed" });
  for (const state of ["open", "closed"]) {
    assert.equal(givesWay(consent(state), still, open), true);
    assert.equal(givesWay(consent(state), open, counting), false);
    assert.equal(givesWay(consent(state), counting, closed), true);
  }
});

test("the next step stands before a round that is closed, and leaves one that waits for answers", () => {
  const next = ahead({ step: "two", step_at: 2 }, {});
  assert.deepEqual([givesWay(consent("closed"), still, next), givesWay(consent("open"), still, next)], [true, false]);
});

test("a vote that is cancelled or on another board, and anything else, leaves a round where it is", () => {
  const open = ahead({ step: "one", step_at: 1 }, { v: "open" });
  assert.equal(givesWay(consent("closed"), open, ahead({ step: "one", step_at: 1 }, { v: "cancelled" })), false);
  assert.equal(givesWay(consent("closed"), still, ahead({ step: "one", step_at: 1, stage: "open" }, { elsewhere: "open" })), false);
});
