import assert from "node:assert/strict";
import { test } from "node:test";
import { Running } from "../../static/js/board/running.js";

/** A workshop as a page knows it, with so many makings of tables. */
function running(...seatings) {
  const items = new Map(seatings.map((seating, at) => [seating.id, { kind: "seating", made: at, ...seating }]));
  return new Running({ who: { workshop: "workshop:w" }, me: "me", workshop: { fields: {}, items } }, { now: () => 0 });
}

const AT_TABLES = { id: "s", mode: "breakout" };
const SEATED = { "sits/anna": "t1" };

test("tables that are made and seated open with a step at tables", () => {
  assert.equal(running({ id: "one", state: "prepared", ...SEATED }).tablesOf(AT_TABLES)?.id, "one");
});

test("a step for all together opens none", () => {
  assert.equal(running({ id: "one", state: "prepared", ...SEATED }).tablesOf({ id: "s", mode: "plenary" }), undefined);
  assert.equal(running({ id: "one", state: "prepared", ...SEATED }).tablesOf(undefined), undefined);
});

test("tables at which nobody sits, which are open, or were closed are left as they are", () => {
  assert.equal(running({ id: "one", state: "prepared" }).tablesOf(AT_TABLES), undefined);
  for (const state of ["open", "closed"]) assert.equal(running({ id: "one", state, ...SEATED }).tablesOf(AT_TABLES), undefined);
  assert.equal(running({ id: "old", state: "prepared", ...SEATED }, { id: "new", state: "closed", ...SEATED }).tablesOf(AT_TABLES), undefined);
});

test("a table counts its own time while it has some, and else everyone's", () => {
  const page = running();
  page.model.who.board = "board:b";
  page.model.workshop.items.set("b", { kind: "board", table: "t1" });
  const { fields } = page.model.workshop;
  Object.assign(fields, { timer_ends: 60_000, timer_of: 60_000 });
  assert.deepEqual(page.timer, { state: "runs", left: 60_000, of: 60_000, ends: 60_000 });
  Object.assign(fields, { "timer_left/t1": 5_000, "timer_of/t1": 9_000, "timer_left/t2": 1 });
  assert.deepEqual(page.timer, { state: "rests", left: 5_000, of: 9_000 });
  assert.equal(page.timerOf().left, 60_000);
  delete fields["timer_left/t1"];
  fields["timer_ends/t1"] = -1;
  assert.equal(page.timer.state, "runs");
  delete fields.timer_ends;
  assert.equal(page.timer.state, "over");
});
