import assert from "node:assert/strict";
import { test } from "node:test";

import { chosen, guessed, hasHead } from "../../static/js/board/bring_in/matching.js";
import { alike, readNotes } from "../../static/js/board/bring_in/notes.js";
import { readRecords } from "../../static/js/board/bring_in/records.js";
import { noteTargets, recordTargets } from "../../static/js/board/bring_in/targets.js";

const table = (...rows) => rows.map((cells, i) => ({ number: i + 1, cells }));
const NOTES = noteTargets({ flows: true, mayGroup: true });
const PLANE = noteTargets({ flows: false, mayGroup: true });
const board = { zones: new Map([["ideas", "Ideas"]]), mayAddZones: false, here: new Set(), again: false };

test("columns are told by their names, in our words and in those of other boards", () => {
  const ours = table(["Region", "Group", "Kind", "Text", "Language"], ["Ideas", "", "Note", "Buses", "en"]);
  assert.deepEqual(guessed(ours, NOTES, hasHead(ours, NOTES)), ["zone", "group", "", "text", ""]);
  const others = table(["ID", "Sticky_note text", "BG Color", "Position X", "Position-Y"], ["1", "Buses", "#ff0", "12.5", "-40"]);
  assert.deepEqual(guessed(others, PLANE, hasHead(others, PLANE)), ["", "text", "", "x", "y"]);
});

test("without names the column with most words is the note, and one column is one thing", () => {
  const rows = table(["1", "Buses come late"], ["2", "No shade at the stop"]);
  assert.equal(hasHead(rows, NOTES), false);
  assert.deepEqual(guessed(rows, NOTES, false), ["", "text"]);
  assert.deepEqual(chosen(["", "text"], 0, "text"), ["text", ""]);
});

test("rows become notes; those without words are named, and so is a zone that is not here", () => {
  const rows = table(["Buses", "ideas "], ["", "Ideas"], ["Trams", "Elsewhere"], ["=1+1", ""]);
  const read = readNotes(rows, ["text", "zone"], board);
  assert.deepEqual(read.notes.map(({ text, zone }) => [text, zone]), [["Buses", "Ideas"], ["Trams", "Elsewhere"], ["=1+1", ""]]);
  assert.deepEqual(read.without, [2]);
  assert.deepEqual(read.wrong, ["Row 3: there is no zone “Elsewhere” here."]);
});

test("whoever sets the board up gets the zones made, each once", () => {
  const rows = table(["A", "New"], ["B", "new"], ["C", "Ideas"]);
  const read = readNotes(rows, ["text", "zone"], { ...board, mayAddZones: true });
  assert.deepEqual([read.zones, read.wrong], [["New"], []]);
  assert.deepEqual(read.notes.map(({ zone }) => zone), ["New", "New", "Ideas"]);
});

test("the same table twice says so and brings nothing, unless it is meant", () => {
  const rows = table(["Buses"], ["Trams"]);
  const here = new Set([alike("BUSES "), "trams"]);
  const read = readNotes(rows, ["text"], { ...board, here });
  assert.deepEqual([read.notes.length, read.here], [0, 2]);
  assert.equal(readNotes(rows, ["text"], { ...board, here, again: true }).notes.length, 2);
});

test("words that no note can hold, and places that are no numbers, are named by their row", () => {
  const rows = table(["x".repeat(16_385), ""], ["Buses", "left"]);
  assert.deepEqual(readNotes(rows, ["text", "x"], board).wrong, ["Row 1: the words are too long.", "Row 2: “left” is no number."]);
  assert.deepEqual(readNotes(table(["Buses", "12,4", "−7"]), ["text", "x", "y"], board).notes, [{ text: "Buses", zone: "", group: "", x: 12, y: -7 }]);
});

test("actions come with codes, months, money and people; who leads and is not known comes in beside", () => {
  const targets = recordTargets("action");
  const head = ["Action", "Lead", "Partners", "From", "Costs", "State", "First step by"];
  const rows = table(head, ["Shade at stops", "City of Kutaisi", "City of Kutaisi; Transport agency", "3/2027", "€ 120 000", "on track", "1.2.2027"]);
  const columns = guessed(rows, targets, true);
  const find = (kind, title) => (kind === "stakeholder" && title === "transport agency" ? "agency" : undefined);
  const read = readRecords(rows.slice(1), columns, { kind: "action", targets, find, here: new Set(), again: false });
  assert.deepEqual(read.wrong, []);
  assert.deepEqual(read.actors, ["City of Kutaisi"]);
  const [city, action] = read.records;
  assert.deepEqual(city.fields, { name: "City of Kutaisi" });
  assert.deepEqual(action.fields, {
    title: "Shade at stops", lead: city.id, [`partners/${city.id}`]: true, "partners/agency": true, start: "2027-03",
    "cost/amount": 120000, "cost/currency": "EUR", status: "on_track", next_step_by: "2027-02-01",
  });
});

test("everything that is wrong in records is named at once, by row and column", () => {
  const targets = recordTargets("action");
  const rows = table(["A", "soon", "12", "31.2.2027"], ["a", "", "", ""], ["B", "", "", ""]);
  const read = readRecords(rows, ["title", "status", "cost", "next_step_by"], { kind: "action", targets, find: () => undefined, here: new Set(["b"]), again: false });
  assert.deepEqual(read.wrong, [
    "Row 1: “soon” is nothing that “State” can be.",
    "Row 1: “12” has no currency. Please write it like this: 120 000 EUR.",
    "Row 1: “31.2.2027” is nothing that “First step by” can be.",
    "Row 2: “a” is there already, in row 1.",
  ]);
  assert.equal(read.here, 1);
});

test("a persona's lists become lines in their order, and choices are told by name or number", () => {
  const targets = recordTargets("persona");
  const rows = table(["Nana", "75+", "Basic", "Own smartphone; No device", "See the doctor\nStay warm"]);
  const read = readRecords(rows, ["name", "age_band", "digital_skill", "devices", "goals"], { kind: "persona", targets, find: () => undefined, here: new Set(), again: false });
  assert.deepEqual(read.wrong, []);
  const [nana, ...lines] = read.records;
  assert.deepEqual(nana.fields, { name: "Nana", age_band: "75_up", digital_skill: 7, "devices/own_smartphone": true, "devices/none": true });
  assert.deepEqual(lines.map(({ fields }) => [fields.text, fields.of === nana.id, fields.field]), [["See the doctor", true, "goals"], ["Stay warm", true, "goals"]]);
  assert.ok(String(lines[0].fields.order) < String(lines[1].fields.order));
});
