import assert from "node:assert/strict";
import { test } from "node:test";

import { howMany, MOST_TABLES, readList } from "../../static/js/board/seats.js";

const TABLES = [{ id: "t1", title: "Table 1", number: 1 }, { id: "t2", title: "Ријека", number: 2 }];
const PEOPLE = [{ id: "p1", name: "Nino" }, { id: "p2", name: "Андрій" }];

test("a list seats who is here, expects who is not, and names whom it found no table for", () => {
  const lines = ["Nino; 2", "андрій\tTABLE 1", "Guliko; ријека", "Petar; 77", "Somebody", " ", ""];
  assert.deepEqual(readList(lines, TABLES, PEOPLE), {
    sits: { p1: "t2", p2: "t1" }, expected: [{ name: "Guliko", table: "t2" }], lost: ["Petar", "Somebody"],
  });
});

test("a table that is called by a number is found by its name first", () => {
  const tables = [{ id: "t1", title: "2", number: 1 }, { id: "t2", title: "1", number: 2 }];
  assert.deepEqual(readList(["Nino; 2"], tables, PEOPLE).sits, { p1: "t1" });
});

test("so many tables are made as are named or asked for, and none where they would be too many", () => {
  assert.equal(howMany("6", []), 6);
  assert.equal(howMany("2", ["Water", "Trees", "Bread"]), 3);
  for (const [typed, names] of [["500", []], ["0", []], ["-1", []], ["", []], ["x", []], ["6", Array(MOST_TABLES + 1).fill("A")]]) {
    assert.equal(howMany(typed, names), null);
  }
});
