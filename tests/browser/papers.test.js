// A paper says the city of its author, or none; tables and what comes from them are called by a name or a number.

import assert from "node:assert/strict";
import test from "node:test";

import { Model } from "../../static/js/board/model.js";
import { paperSays } from "../../static/js/board/papers.js";

const workshop = [
  { id: "kutaisi", kind: "city", name: "Kutaisi", colour: "sun", order: "a0" },
  { id: "kumanovo", kind: "city", name: "Kumanovo", colour: "stone", order: "a1" },
  { id: "nino", kind: "person", name: "Nino", city: "kutaisi" },
  { id: "elira", kind: "person", name: "Elira", role: "owner" },
  { id: "ideas", kind: "board", title: "Ideas" },
  { id: "seating", kind: "seating", template: "ideas" },
  { id: "third", kind: "table", seating: "seating", number: 3 },
  { id: "buses", kind: "table", seating: "seating", number: 4, title: "Buses" },
];
const views = { w: { fields: {}, items: new Map(workshop.map((i) => [i.id, i])) }, b: { fields: {}, items: new Map() } };
const who = { board: "b", workshop: "w", me: "nino", role: "participant", lang: "en", filesUrl: "" };
const model = new Model(/** @type {any} */ ({ view: (/** @type {"w" | "b"} */ stream) => views[stream] }), who);

/** @param {string} by @param {string} colour */
const says = (by, colour) => paperSays({ id: "n", kind: "note", by, colour }, model);

test("a paper says the city of its author", () => {
  assert.equal(says("nino", "sun"), "Kutaisi");
});

test("a paper of another city, or of somebody without a city, says only its own name", () => {
  assert.equal(says("nino", "stone"), "White, ring");
  assert.equal(says("elira", "stone"), "White, ring");
  assert.equal(says("elira", "sun"), "Yellow, circle");
});

test("a table's board is called by a name that somebody gave, or by its number beside what it was made from", () => {
  const board = (/** @type {string} */ table) => model.words({ kind: "board", title: "Ideas", table }, "title");
  assert.deepEqual([board("third"), board("buses")], ["Table 3 · Ideas", "Buses"]);
  assert.equal(model.words({ kind: "board", title: "Ideas" }, "title"), "Ideas");
});

test("a zone of what a table wrote is called by its title, or else by the table's number", () => {
  const zone = (/** @type {string} */ title) => model.words({ kind: "region", title, "origin/number": 3 }, "title");
  assert.deepEqual([zone(""), zone("Buses")], ["Table 3", "Buses"]);
});
