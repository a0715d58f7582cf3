import assert from "node:assert/strict";
import { test } from "node:test";

import { applyChanges, State } from "../../static/js/board/changes.js";
import * as ops from "../../static/js/board/ops.js";
import { addComment, mergeNote, servePersona } from "../../static/js/board/ops_notes.js";
import { createCausalLink, createFactor, editItem } from "../../static/js/board/ops_maps.js";
import { askHelp, raiseHand, sayFinished } from "../../static/js/board/ops_together.js";
import * as records from "../../static/js/board/ops_records.js";
import { cancelVote, closeVote, openVote } from "../../static/js/board/ops_votes.js";

const ANA = { me: "ana", now: 7, colour: "sea" };

test("a note is expected as the server will make it", () => {
  const { op, changes } = ops.createNote({ id: "N", text: "Water", lang: "ka", region: "R", order: "a0" }, ANA);
  assert.deepEqual(op, { type: "create_note", id: "N", text: "Water", lang: "ka", region: "R", order: "a0" });
  const item = { kind: "note", colour: "sea", id: "N", text: "Water", lang: "ka", region: "R", order: "a0", by: "ana", at: 7 };
  assert.deepEqual(changes, [{ put: item }]);
});

test("what a builder made and what is asked bare are expected alike", () => {
  const view = new State({}, [{ id: "N", kind: "note", cluster: "C", region: "R" }]);
  const built = [
    ops.createNote({ id: "A", text: "", x: 1, y: 2 }, ANA),
    ops.createCluster({ id: "A", region: "R", order: "a0" }, ANA),
    ops.createRegion({ id: "A", title: "Now", order: "a0" }),
    ops.moveRegion("R", "a3"),
    ops.createFrame({ id: "A", title: "", x: 1, y: 2, w: 100, h: 100 }, ANA),
    ops.createHeading({ id: "A", text: "", x: 1, y: 2 }, ANA),
    ops.createConnector({ id: "A", from: "N", to: "M" }, ANA),
    ops.createImage({ id: "A", file: "F", w: 100, h: 100, x: 1, y: 2 }, ANA),
    ops.moveItem({ id: "N", region: "S", order: "a1" }, view.items.get("N")),
    ops.recolour("N", "sea"),
    servePersona("N", "P", true),
    mergeNote("N", "M", view),
    mergeNote("N", null, view),
    addComment({ id: "A", about: "N", text: "Yes", mentions: ["P"] }, ANA),
    ops.react("N", "heart", true, ANA),
    ops.protectItem("N", false),
    records.createRecord({ id: "A", kind: "stakeholder", fields: { name: "Council", power: 90, class: null } }, ANA),
    records.editRecord("R", { power: null }),
    records.mergeRecords("R", "S"),
    records.deleteRecord("R", true, view),
    records.createPlacement({ id: "P", record: "R" }, ANA),
    records.readPlace("P", 40, null, ANA, view),
    createFactor({ id: "A", label: "Fares", x: 1, y: 2, fields: { role: "outcome", wanted: null } }, ANA),
    createCausalLink({ id: "A", from: "N", to: "M", polarity: "-" }, ANA),
    editItem("A", { strength: 3, delay: null }),
    ops.deleteItem("N", view),
    ops.translate(null, "question", "ka", "რატომ?"),
    ops.setLanguage("N", "ka"),
    ops.translateNote({ id: "N", lang: "en", words: "Water", made_of: "0123456789abcdef" }, view.items.get("N"), ANA),
    ops.translateNote({ id: "N", lang: "en", words: "" }, view.items.get("N"), ANA),
    ops.setStage("locked"),
    ops.setDoor("closed"),
    ops.setWorkshop({ title: "Water" }),
    ops.renamePerson("P", "Ana"),
    ops.changeCity("P", null),
    ops.setRole("P", "observer"),
    ops.removePerson("P"),
    ops.readmitPerson("P"),
    openVote({ id: "V", question: "Which?", board: "B", options: ["N", "M"], dots: 3, cap: 2, leads: true, after: "U" }, ANA),
    closeVote("V"),
    cancelVote("V"),
    sayFinished(true, "S", "ana"),
    raiseHand(true, "S", "ana", ANA),
    raiseHand(false, "S", "ben", ANA),
    askHelp(true, "B", 7),
  ];
  for (const each of built) assert.deepEqual(ops.asked(each.op, view, ANA), each);
});

test("a note leaves its cluster with its region, and stays in it otherwise", () => {
  const item = { id: "N", kind: "note", cluster: "C", region: "R", order: "a0" };
  assert.deepEqual(ops.moveItem({ id: "N", region: "S", order: "a0" }, item).changes, [
    { patch: "N", fields: { region: "S", order: "a0", cluster: null } },
  ]);
  assert.deepEqual(ops.moveItem({ id: "N", order: "a1" }, item).changes, [{ patch: "N", fields: { order: "a1" } }]);
  assert.deepEqual(ops.moveItem({ id: "N", cluster: null }, item).op, { type: "move_item", id: "N", cluster: null });
});

test("deleting takes connectors along and lets a cluster's notes go; many at once in one walk", () => {
  const items = [
    { id: "C", kind: "cluster" },
    { id: "N", kind: "note", cluster: "C" },
    { id: "M", kind: "note" },
    { id: "L", kind: "connector", from: "M", to: "C" },
    { id: "W", kind: "causal_link", from: "C", to: "M" },
  ];
  const state = new State({}, items);
  applyChanges(state, ops.deleteItem("C", state).changes);
  assert.deepEqual([...state.items.values()], [{ id: "N", kind: "note" }, { id: "M", kind: "note" }]);

  const whole = new State({}, items);
  const both = { type: "all", ops: [{ type: "delete_item", id: "C" }, { type: "delete_item", id: "M" }] };
  applyChanges(whole, ops.asked(both, whole, ANA).changes);
  assert.deepEqual([...whole.items.keys()], ["N"]);
});

test("P4.5 several ops are one; one is itself", () => {
  const one = ops.recolour("N", "sea");
  assert.equal(ops.all([one]), one);
  const two = ops.all([one, ops.recolour("M", "sun")]);
  assert.deepEqual(two.op.ops.map(({ id }) => id), ["N", "M"]);
  assert.equal(two.changes.length, 2);
});
