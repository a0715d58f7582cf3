import assert from "node:assert/strict";
import { test } from "node:test";
import { Announcer } from "../../static/js/board/announce.js";
import { commandOf, entryOf } from "../../static/js/board/keyboard.js";

const NAMES = {
  name: (id) => ({ p1: "Олена", p2: "Lejla" })[id] ?? "",
  title: (id) => ({ r1: "On foot", r2: "By bus" })[id] ?? "",
  regionOf: () => "",
};

function room() {
  const polite = { textContent: "" };
  const assertive = { textContent: "" };
  const waiting = [];
  const announcer = new Announcer({ polite, assertive, names: NAMES, me: "me", now: () => 0, later: (act) => waiting.push(act) });
  const later = () => waiting.splice(0).forEach((act) => act());
  return { announcer, polite, assertive, later };
}

let seq = 0;
const entry = (by, ...changes) => ({ seq: (seq += 1), by, at: 0, changes });
const added = (id, region, text = "words") => ({ put: { id, kind: "note", region, text } });

test("one new note is told with its words, after the gathering time", () => {
  const { announcer, polite, later } = room();
  announcer.heard([entry("p1", added("a", "r1", "No ice cleared"))]);
  assert.equal(polite.textContent, "");
  later();
  assert.equal(polite.textContent, "Олена added a note to On foot: No ice cleared");
});

test("several are gathered into one sentence", () => {
  const { announcer, polite, later } = room();
  for (const id of ["a", "b", "c"]) announcer.heard([entry("p1", added(id, "r2"))]);
  later();
  assert.equal(polite.textContent, "3 new notes in By bus");
});

test("what I do myself is not told back to me", () => {
  const { announcer, polite, later } = room();
  announcer.heard([entry("me", added("a", "r1"))]);
  later();
  assert.deepEqual([polite.textContent, announcer.log], ["", []]);
});

test("a move is told from where to where, though I wrote the note", () => {
  const { announcer, polite, later } = room();
  announcer.heard([entry("me", added("a", "r2"))]);
  announcer.heard([entry("p2", { patch: "a", fields: { region: "r1", order: "b" } })]);
  later();
  assert.equal(polite.textContent, "Lejla moved 1 note from By bus to On foot");
});

test("200 notes of one act are one line", () => {
  const { announcer, polite, later } = room();
  const changes = Array.from({ length: 200 }, (_, i) => added(`n${i}`, "r1"));
  announcer.heard([entry("p1", ...changes)]);
  later();
  assert.equal(polite.textContent, "Олена added 200 notes to On foot");
  assert.equal(announcer.log.length, 1);
});

test("somebody typing makes one line of the log, not twenty", () => {
  const { announcer, later, polite } = room();
  announcer.start([{ id: "a", kind: "note", region: "r1" }]);
  for (let i = 0; i < 20; i += 1) announcer.heard([entry("p1", { patch: "a", text: { text: [[i, "", "x"]] } })]);
  later();
  assert.equal(announcer.log.length, 1);
  assert.equal(polite.textContent, "Олена changed words in On foot");
});

test("important is quiet about notes and says what I do; off is quiet but for errors", () => {
  const { announcer, polite, assertive, later } = room();
  announcer.level = "important";
  announcer.heard([entry("p1", added("a", "r1"))]);
  later();
  assert.equal(polite.textContent, "");
  announcer.say("Note added");
  assert.equal(polite.textContent, "Note added");
  announcer.level = "off";
  announcer.say("Other words");
  assert.equal(polite.textContent, "Note added");
  announcer.alert("Not saved");
  assert.equal(assertive.textContent, "Not saved");
});

test("two things that cannot wait, in one moment, are both heard", () => {
  const { announcer, assertive } = room();
  announcer.alert("Step 1 of 2: Write");
  announcer.alert("Elira has locked the board.");
  assert.equal(assertive.textContent, "Step 1 of 2: Write. Elira has locked the board.");
});

test("the same words twice are heard twice", () => {
  const { announcer, polite } = room();
  announcer.say("Already first");
  const first = polite.textContent;
  announcer.say("Already first");
  assert.notEqual(polite.textContent, first);
});

const key = (code, more = {}) => ({ code, key: "", altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...more });

test("keys go by their place, and browser zoom is left alone", () => {
  assert.equal(commandOf(key("KeyM", { key: "მ" })), "places");
  assert.equal(commandOf(key("Digit3", { altKey: true })), "zone 2");
  assert.equal(commandOf(key("ArrowLeft", { altKey: true, shiftKey: true })), "far left");
  assert.equal(commandOf(key("KeyZ", { metaKey: true, shiftKey: true })), "redo");
  assert.equal(commandOf(key("Equal", { ctrlKey: true })), null);
  assert.equal(commandOf(key("Digit0", { ctrlKey: true })), null);
});

test("the key beside an entry of a menu chooses it", () => {
  const entries = ["1", "2", "G", null].map((shown) => ({ shown, getAttribute: () => shown }));
  const chosen = (...press) => entryOf(key(...press), entries)?.shown;
  assert.equal(chosen("Digit2"), "2");
  assert.equal(chosen("Numpad1"), "1");
  assert.equal(chosen("KeyG", { key: "გ" }), "G");
  for (const press of [["Digit3"], ["Tab"], ["Digit2", { altKey: true }], ["KeyG", { ctrlKey: true }]]) assert.equal(chosen(...press), undefined);
});
