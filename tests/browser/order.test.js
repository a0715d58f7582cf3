import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { byOrder, ORDER_LETTERS, orderBetween } from "../../static/js/board/order.js";
import { seeded } from "./support/server.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/order.json", import.meta.url), "utf8"));

test("keys are those of Python, on every vector", () => {
  for (const { before, after, random, key } of cases) {
    const drawn = [...random];
    assert.equal(orderBetween(before, after, () => drawn.shift()), key, JSON.stringify([before, after]));
  }
});

test("a key lies strictly between its neighbours, and stays short", () => {
  const random = seeded(3);
  const keys = [];
  for (let round = 0; round < 2_000; round += 1) {
    const at = random.below(keys.length + 1);
    const [low, high] = [keys[at - 1], keys[at]];
    const key = orderBetween(low, high, random.next);
    assert.ok(key.length <= ORDER_LETTERS);
    assert.ok(low === undefined || low < key);
    assert.ok(high === undefined || key < high);
    keys.splice(at, 0, key);
  }
});

test("always at the same spot: once there is no room, the key is a neighbour's and ids decide", () => {
  let high = orderBetween(null, null, () => 0.5);
  const low = orderBetween(null, high, () => 0.5);
  for (let round = 0; round < 2_000; round += 1) {
    const key = orderBetween(low, high, () => 0.5);
    assert.ok(key.length <= ORDER_LETTERS && low <= key && key <= high);
    high = key;
  }
});

test("items without an order come first, ties go by id", () => {
  const items = [{ id: "C", order: "a1" }, { id: "B", order: "a1" }, { id: "A", order: "a2" }, { id: "D" }];
  assert.deepEqual(items.sort(byOrder).map(({ id }) => id), ["D", "B", "C", "A"]);
});
