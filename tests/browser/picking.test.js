import assert from "node:assert/strict";
import { test } from "node:test";
import { Picking } from "../../static/js/board/picking.js";

function begun(purpose) {
  const heard = [];
  const tell = (what) => (...said) => heard.push([what, ...said]);
  const picking = new Picking({ connect: tell("connect"), group: tell("group"), merge: tell("merge"), more: tell("more"), less: tell("less"), say: () => {}, focus: tell("focus") });
  picking.start("a", purpose);
  return { picking, heard };
}

test("whoever connects from a bar stands on the first item, so that Esc stops it and arrows find the second", () => {
  const { picking, heard } = begun("connect");
  assert.deepEqual(heard, [["focus", "a"]]);
  assert.equal(picking.stop(), true);
  assert.equal(picking.pick("b"), false);
});

test("the second item is connected with the first, and nothing with itself", () => {
  const { picking, heard } = begun("connect");
  assert.equal(picking.pick("b"), true);
  assert.deepEqual(heard.at(-1), ["connect", "a", "b"]);
  picking.start("a", "connect");
  assert.equal(picking.pick("a"), true);
  assert.equal(heard.filter(([what]) => what === "connect").length, 1);
});

test("a map that asks for the sign keeps the focus in its menu", () => {
  assert.deepEqual(begun("more").heard, []);
});
