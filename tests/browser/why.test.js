import assert from "node:assert/strict";
import { test } from "node:test";

import { thingOf, whatOf, whyOf } from "../../static/js/board/panels/why.js";

const items = {
  bench: { id: "bench", kind: "note", text: "A bench\n at the  market" },
  group: { id: "group", kind: "cluster", name: "" },
};
const model = {
  lead: "Elira",
  was: (id) => items[id],
  name: (id) => (id === "p1" ? "Marko" : ""),
  regionTitle: (id) => ({ r1: "On foot", r2: "By bus" })[id] ?? "",
};
const said = (refused) => [whatOf(refused, model), whyOf(refused, model)];

test("a thing is named by its words, cut where they are many, and else by what it is", () => {
  assert.equal(thingOf(items.bench), "“A bench at the market”");
  assert.equal(thingOf({ kind: "note", text: "x".repeat(60) }), `“${"x".repeat(48)}…”`);
  assert.equal(thingOf(items.group), "A group without a name");
  assert.equal(thingOf(undefined), "Something that is gone");
});

test("a conflict says which note, who was first, what is there now and what I had chosen", () => {
  const op = { type: "move_item", id: "bench", region: "r2" };
  assert.deepEqual(said({ op, code: "conflict", data: { id: "bench", field: "region", value: "r1", by: "p1" } }), [
    "“A bench at the market” was not moved.",
    "Marko changed this while you were away. Now: On foot. You chose: By bus.",
  ]);
});

test("a conflict among many says which of them it is about", () => {
  const ops = [{ type: "recolour", id: "bench", colour: "leaf" }, { type: "recolour", id: "group", colour: "leaf" }];
  const data = { id: "bench", field: "colour", value: "rose", by: "p1" };
  assert.deepEqual(said({ op: { type: "all", ops }, code: "conflict", data }), [
    "2 changes were not made.",
    "“A bench at the market”: Marko changed this while you were away. Now: Pink, plus. You chose: Green, leaf.",
  ]);
});

test("a note that was not added is named by the words that come back", () => {
  const op = { type: "create_note", id: "new", text: "Trees" };
  assert.deepEqual(said({ op, code: "stage", data: {}, text: "Trees" }), ["“Trees” was not added.", "Elira has locked the board."]);
});

test("words that came too late on a page that slept name their note", () => {
  assert.deepEqual(said({ op: null, code: "unavailable", data: { id: "bench" }, text: "A bench!" }), [
    "“A bench at the market”: your last words were not sent.",
    "This page was asleep while another one of yours went on.",
  ]);
});

test("how much fits is said in letters like those that did not", () => {
  const refused = { op: { type: "edit_text", id: "bench" }, code: "limit", data: { limit: "text", most: 1024 }, text: "ავტო" };
  assert.equal(whyOf(refused, model), "These words are too long: there is room for about 341 letters like these.");
});
