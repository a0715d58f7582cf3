import assert from "node:assert/strict";
import { test } from "node:test";

import { effectRanks, quarterOf } from "../../static/js/board/layouts/impact.js";
import * as plans from "../../static/js/board/records/plans.js";

// The cases of tests/core/computed/, for the twins in Python.
const waits = (id, ...others) => ({ id, ...Object.fromEntries(others.map((other) => [`depends_on/${other}`, true])) });

test("actions that wait for each other are a circle, named in the order of the list; others are none", () => {
  assert.deepEqual(plans.circles([waits("a", "b"), waits("b", "c"), waits("c", "a"), waits("d", "a"), waits("e")]), [["a", "b", "c"]]);
  assert.deepEqual(plans.circles([waits("x", "x"), waits("y", "gone"), waits("z", "y")]), [["x"]]);
  assert.deepEqual(plans.circles([waits("a", "b"), waits("b", "a"), waits("c", "d", "a"), waits("d", "c")]), [["a", "b"], ["c", "d"]]);
  const long = Array.from({ length: 3000 }, (_, i) => waits(`n${i}`, `n${(i + 1) % 3000}`));
  assert.equal(plans.circles(long)[0].length, 3000);
});

test("overdue is what should have ended, or whose next step's day has passed, and is not over", () => {
  const actions = [
    { id: "late", end: "2026-10", status: "on_track" }, { id: "step", end: "2027-01", next_step_by: "2026-11-21" }, { id: "now", end: "2026-11" },
    { id: "done", end: "2026-01", status: "done" }, { id: "dropped", end: "2026-01", status: "dropped" }, { id: "open" },
  ];
  assert.deepEqual(plans.overdue(actions, "2026-11-22"), ["late", "step"]);
});

test("a cost counts with its basis alone, in its own currency, and what nobody has secured is the gap", () => {
  const cost = (id, amount, currency, funding_status, more = {}) => ({ id, "cost/amount": amount, "cost/currency": currency, cost_basis: "quote", funding_status, ...more });
  const actions = [cost("a", 100, "EUR", "secured"), cost("b", 50, "EUR", "applied"), cost("c", 7, "GEL", "none"), cost("d", 900, "EUR", "none", { status: "dropped" }), { id: "e", "cost/amount": 5, "cost/currency": "EUR", funding_status: "none" }];
  assert.deepEqual(plans.fundingGap(actions), new Map([["EUR", 50], ["GEL", 7]]));
  assert.deepEqual(plans.costBy(actions, "funding_status").get("secured"), new Map([["EUR", 100]]));
});

test("a lead's load is their open actions; fifteen and more is a red risk", () => {
  assert.deepEqual(plans.load([{ lead: "ana" }, { lead: "ana", status: "done" }, { lead: "ana", status: "delayed" }, {}]), new Map([["ana", 2]]));
  assert.deepEqual(plans.risk({ likelihood: 4, impact: 4 }), { product: 16, red: true });
  assert.deepEqual(plans.risk({ likelihood: 2, impact: 7 }).red, false);
  assert.equal(plans.risk({ likelihood: 4 }), null);
});

test("a line of time puts turned months right and begins with what begins first", () => {
  const spans = plans.timeline([{ id: "b", start: "2027-05", end: "2027-03" }, { id: "a", start: "2027-01", end: "2027-12" }, { id: "open", start: "2027-01" }]);
  assert.deepEqual(spans, [{ id: "a", start: "2027-01", end: "2027-12" }, { id: "b", start: "2027-03", end: "2027-05" }]);
  assert.equal(plans.monthsBetween("2026-11", "2027-02"), 3);
  assert.deepEqual(["2026-11", "2026-12", "2027-01"], [0, 1, 2].map((by) => plans.monthAfter("2026-11", by)));
});

test("impact and effort make four quarters, and most effect for the effort is first", () => {
  assert.deepEqual([[10, 90], [90, 90], [10, 10], [50, 49]].map(([x, y]) => quarterOf({ x, y })), ["quick_wins", "big_projects", "fill_ins", "think_again"]);
  const ranks = effectRanks(new Map([["cheap", { x: 0, y: 20 }], ["dear", { x: 80, y: 40 }], ["same", { x: 40, y: 20 }]]));
  assert.deepEqual(ranks, new Map([["cheap", 1], ["dear", 2], ["same", 2]]));
});
