import assert from "node:assert/strict";
import { test } from "node:test";

import { beside, grown, liesAcross, Shape } from "../../static/js/board/records/declared/shape.js";
import { fieldsOf, titleOf } from "../../static/js/board/records/kinds.js";
import { isFromData, methodOf } from "../../static/js/board/records/methods.js";

const field = (name, type = "text", more = {}) => ({ name, label: name, type, ...more });
const kind = (name, fields, more = {}) => ({ name, label: name, fields, shown: null, place: "", region: "", row: "", each: "", value: "", joins: false, parent: "", under: "", ...more });
const region = (id, of = "") => ({ id, title: id, kind: of });
const board = (records, here) => ({
  placements: new Map(here.map((id) => [id, {}])), model: { leads: false },
  of: (name) => records.filter((one) => one.kind === name),
  record: (id) => records.find((one) => one.id === id),
});

test("a board that says a method without a screen of its own opens from its data, others do not", () => {
  assert.equal(methodOf({ layout: "canvas", method: "city-canvas" }), "city-canvas");
  assert.equal(methodOf({ layout: "canvas" }), "empathy");
  assert.equal(isFromData({ layout: "canvas", method: "city-canvas" }), true);
  assert.equal(isFromData({ layout: "canvas", method: "empathy" }), false);
  assert.equal(isFromData({ layout: "tree" }), false);
  assert.equal(isFromData({ layout: "columns", method: "moscow" }), false);
});

test("a record lies in the region it says, else in that of its kind, and can be added where it fits", () => {
  const records = [{ id: "a", kind: "idea", name: "A", moscow: "must" }, { id: "b", kind: "idea", name: "B" }, { id: "m", kind: "member", name: "M" }];
  const told = { id: "x", title: "", layout: "canvas", prompts: [], rows: [], regions: [region("must"), region("seats", "member")], kinds: [kind("idea", [field("name")], { place: "moscow" }), kind("member", [field("name")], { region: "seats" })] };
  const shape = new Shape(told, board(records, ["a", "m"]));
  assert.deepEqual(shape.inside("must").map((one) => one.id), ["a"]);
  assert.deepEqual(shape.inside("seats").map((one) => one.id), ["m"]);
  assert.deepEqual(shape.kindsIn("must").map((one) => one.name), ["idea"]);
  assert.deepEqual(shape.kindsIn("seats").map((one) => one.name), ["member"]);
  assert.deepEqual(shape.others(told.kinds[0]).map((one) => one.id), ["b"]);
  assert.equal(titleOf(records[0]), "A");
});

test("a form asks for the name, then what the board shows, then what is required; the closed side is for who leads", () => {
  const fields = [field("title"), field("note"), field("city", "text", { required: true }), field("stage"), field("contact", "text", { closed: true, required: true })];
  const told = { id: "x", title: "", layout: "cards", prompts: [], rows: [], regions: [], kinds: [kind("declared_one", fields, { shown: ["stage", "contact"] })] };
  const shape = new Shape(told, board([], []));
  assert.deepEqual(fieldsOf("declared_one").map((one) => one.name), ["title", "stage", "contact", "city", "note"]);
  assert.deepEqual(shape.columns(told.kinds[0]).map((one) => one.name), ["title", "stage"]);
});

test("what joins two shows where both are, and each person's number counts once, the last", () => {
  const records = [
    { id: "p", kind: "project", title: "P" }, { id: "q", kind: "project", title: "Q" },
    { id: "s", kind: "synergy", why: "S", from: "p", to: "q" }, { id: "half", kind: "synergy", why: "H", from: "p" },
    { id: "1", kind: "score", item: "p", row: "new", value: 3, by: "ana" }, { id: "2", kind: "score", item: "p", row: "new", value: 7, by: "ana" }, { id: "3", kind: "score", item: "q", row: "new", value: 5, by: "ana" },
  ];
  const told = { id: "x", title: "", layout: "table", prompts: [], rows: [], regions: [region("new")], kinds: [kind("project", [field("title")]), kind("synergy", [field("why")], { joins: true }), kind("score", [field("item", "ref")], { place: "row", each: "project", value: "value" })] };
  const both = new Shape(told, board(records, ["p", "q"]));
  assert.deepEqual(both.records(told.kinds[1]).map((one) => one.id), ["s", "half"]);
  assert.deepEqual(both.said(told.kinds[2], "new", "p").map((one) => one.value), [7]);
  assert.deepEqual(new Shape(told, board(records, ["p"])).records(told.kinds[1]).map((one) => one.id), ["half"]);
});

test("a tree grows from what hangs on nothing here, and a circle is cut where it closes", () => {
  const nodes = [{ id: "core", up: "" }, { id: "a", up: "core" }, { id: "b", up: "a" }, { id: "x", up: "y" }, { id: "y", up: "x" }, { id: "lost", up: "gone" }];
  const { roots, children } = grown(nodes, (one) => one.up);
  assert.deepEqual(roots.map((one) => one.id), ["core", "x", "y", "lost"]);
  assert.deepEqual(children.get("core")?.map((one) => one.id), ["a"]);
  assert.equal(children.get("x"), undefined);
});

test("a table whose rows are fields of its kind lies across", () => {
  const phase = kind("phase", [field("title"), field("doing")]);
  const told = { id: "x", title: "", layout: "table", prompts: [], regions: [], kinds: [phase] };
  assert.equal(liesAcross({ ...told, rows: [region("doing")] }), true);
  assert.equal(liesAcross({ ...told, rows: [region("earns")] }), false);
  assert.equal(liesAcross({ ...told, rows: [] }), false);
});

const one = (id) => ({ id });
const below = (tree) => new Map(Object.entries(tree).map(([id, ids]) => [id, ids.map(one)]));
const way = (tree, grows) => (id, key) => beside(tree, id, `Arrow${key}`, grows);

test("in a tree of problems arrows go where things stand: effects above the core, causes below it", () => {
  const tree = { roots: [one("core")], core: "core", turned: new Set(["e1", "e2", "far"]), children: below({ core: ["e1", "c1", "c2", "e2"], e1: ["far"], c1: ["deep"] }) };
  const go = way(tree, "down");
  assert.deepEqual([go("core", "Up"), go("e1", "Up"), go("far", "Up")], ["e1", "far", ""]);
  assert.deepEqual([go("far", "Down"), go("e1", "Down"), go("core", "Down"), go("c1", "Down"), go("deep", "Down")], ["e1", "core", "c1", "deep", ""]);
  assert.deepEqual([go("e1", "Right"), go("e2", "Left"), go("c1", "Right"), go("c2", "Right")], ["e2", "e1", "c2", ""]);
  assert.deepEqual([go("deep", "Up"), go("c1", "Up")], ["c1", "core"]);
});

test("in indented lines up and down go line by line beside each other, right goes in and left comes out", () => {
  const go = way({ roots: [one("a"), one("b")], children: below({ a: ["a1", "a2"] }) }, "in");
  assert.deepEqual([go("a", "Down"), go("a", "Right"), go("a1", "Down"), go("a2", "Up"), go("a1", "Up"), go("a2", "Left")], ["b", "a1", "a2", "a1", "a", "a"]);
  assert.deepEqual([go("b", "Down"), go("a", "Up"), go("b", "Left"), go("gone", "Down")], ["", "", "", ""]);
});
