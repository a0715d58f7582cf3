import assert from "node:assert/strict";
import { test } from "node:test";

import { ServerClock } from "../../static/js/board/clock.js";

/** A clock whose own time is turned by hand. */
function aClock() {
  let here = 1_000;
  const clock = new ServerClock(() => here);
  const go = (/** @type {number} */ ms) => (here += ms);
  return { clock, go };
}

test("the server read its clock half-way there and back", () => {
  const { clock, go } = aClock();
  clock.asked(true);
  go(80);
  clock.heard(5_000_000);
  assert.equal(clock.now(), 5_000_040);
  go(1_000);
  assert.equal(clock.now(), 5_001_040);
});

test("a slow answer leaves it rough until there is a quicker one", () => {
  const { clock, go } = aClock();
  clock.asked(true);
  go(700);
  clock.heard(5_000_600);
  assert.ok(clock.isRough);
  clock.asked();
  go(20);
  clock.heard(5_000_715);
  assert.ok(!clock.isRough);
  assert.ok(Math.abs(clock.now() - 5_000_725) <= 10);
});

test("a quicker answer is believed, a slower one that fits is not", () => {
  const { clock, go } = aClock();
  clock.asked(true);
  go(400);
  clock.heard(5_000_390);
  clock.asked();
  go(10);
  clock.heard(5_000_405);
  assert.equal(clock.now(), 5_000_410);
  clock.asked();
  go(600);
  clock.heard(5_000_420);
  assert.equal(clock.now(), 5_001_010);
});

test("after a sleep the old measurement cannot be right any more", () => {
  const { clock, go } = aClock();
  clock.asked(true);
  go(4);
  clock.heard(5_000_000);
  clock.asked();
  go(200);
  clock.heard(5_600_000);
  assert.equal(clock.now(), 5_600_100);
});

test("two questions under way: the answer counts from the first", () => {
  const { clock, go } = aClock();
  clock.asked(true);
  go(300);
  clock.asked();
  go(10);
  clock.heard(5_000_300);
  assert.ok(Math.abs(clock.now() - 5_000_300) <= 310 / 2);
});
