import assert from "node:assert/strict";
import { test } from "node:test";

import { fieldOf, middleOf } from "../../static/js/board/cards/ground.js";
import { fits, nextKey, pathOf, simpler, strokeOf, strokesOf } from "../../static/js/board/cards/ink.js";
import { kindsOf, readKind, saysOf, Sorts, tagOf } from "../../static/js/board/cards/kinds.js";

const PIN = "text: text!\ntype: enum(problem|idea)!\nplace: place\nsure: scale(1..5)\nfor: multi(old|young)\nopen: bool";

test("a board's kinds of card are read from its own fields, the first of new notes first", () => {
  const kinds = kindsOf({ layout: "image", "card/pin": PIN, "card/a_sign": "text: text!", card: "pin" });
  assert.deepEqual(kinds.map((one) => one.name), ["pin", "a_sign"]);
  assert.deepEqual(kinds[0].fields.map(({ name, type, required }) => [name, type, required]), [
    ["text", "text", true], ["type", "enum", true], ["place", "place", false], ["sure", "scale", false], ["for", "multi", false], ["open", "bool", false],
  ]);
  assert.deepEqual([kinds[0].fields[3].least, kinds[0].fields[3].most], [1, 5]);
  assert.deepEqual(kindsOf({ layout: "zones" }), []);
});

test("what a card says is told field by field, and a kind nobody has words for as it is spelled", () => {
  const kind = readKind("pin", PIN);
  const pin = { id: "p", kind: "note", card: "pin", "said/type": "problem", "said/sure": 4, "said/for/old": true, "said/open": true };
  assert.deepEqual(saysOf(pin, kind), ["Kind: Problem", "Sure: 4", "For: Old", "Open: yes"]);
  assert.equal(tagOf(pin, kind), "Pin · Problem");
  assert.equal(tagOf(pin, kind, true), "Problem");
  assert.equal(tagOf({ ...pin, card: "street_light", "said/type": undefined }, undefined), "Street light");
  assert.equal(tagOf({ id: "n", kind: "note" }, undefined), "");
});

test("a stroke is kept in whole places within the frame, with no more of them than its shape needs", () => {
  const line = Array.from({ length: 200 }, (_, i) => ({ x: i * 2.4, y: 100.2 }));
  assert.equal(strokeOf(line), "0,100 478,100");
  assert.equal(strokeOf([{ x: -50, y: 900 }]), "0,750");
  const corner = simpler([{ x: 0, y: 0 }, { x: 50, y: 1 }, { x: 100, y: 0 }, { x: 101, y: 50 }, { x: 100, y: 100 }], 4);
  assert.deepEqual(corner, [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 100 }]);
});

test("a scribble without end still fits into one stroke", () => {
  const scribble = Array.from({ length: 5000 }, (_, i) => ({ x: (i * 7919) % 1000, y: (i * 104729) % 750 }));
  assert.ok(strokeOf(scribble).length <= 1_500);
});

test("strokes keep their order beyond nine, and a new one gets a key that is free", () => {
  const note = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`ink/${(i + 1).toString(36)}`, `${i},0`]));
  assert.deepEqual(strokesOf(note).map(([, stroke]) => stroke), Array.from({ length: 40 }, (_, i) => `${i},0`));
  assert.equal(nextKey(note), "ink/15");
  assert.equal(nextKey({}), "ink/1");
});

test("a full frame takes no further stroke", () => {
  const many = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`ink/${i.toString(36)}`, "1,1"]));
  assert.equal(fits(many, "1,1"), false);
  assert.equal(fits({ "ink/1": "9".repeat(6_140) }, "1,1 2,2"), false);
  assert.equal(fits({ "ink/1": "1,1" }, "2,2"), true);
});

test("a stroke is a line of a picture, and one place a dot", () => {
  assert.equal(pathOf("1,2 3,4 5,6"), "M1,2L3,4 5,6");
  assert.equal(pathOf("7,8"), "M7,8l0 0");
});

test("a place on the map is told by its field, and a field has a middle", () => {
  const ground = { id: "g", kind: "image", x: 1_000, y: 2_000, w: 80_000, h: 60_000 };
  assert.equal(fieldOf(ground, { x: 1_000, y: 2_000 }), "A1");
  assert.equal(fieldOf(ground, { x: 80_999, y: 61_999 }), "H6");
  assert.equal(fieldOf(ground, { x: 81_001, y: 2_000 }), "");
  assert.equal(fieldOf(undefined, { x: 0, y: 0 }), "");
  assert.equal(fieldOf(ground, middleOf(ground, 2, 3)), "C4");
});

test("the sorts of a board follow its fields, and one that is alone is known to be", () => {
  let fields = { card: "pin", "card/pin": PIN };
  const sorts = new Sorts(() => fields);
  assert.equal(sorts.all, sorts.all);
  assert.equal(sorts.isOne, true);
  assert.equal(sorts.of({ id: "p", kind: "note", card: "pin" }).name, "pin");
  assert.equal(sorts.of({ id: "n", kind: "note" }), undefined);
  fields = { ...fields, "card/sign": "text: text!" };
  assert.equal(sorts.isOne, false);
  assert.equal(sorts.all.length, 2);
});
