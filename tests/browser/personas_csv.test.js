import assert from "node:assert/strict";
import { test } from "node:test";

import { toCsv } from "../../static/js/personas/compare.js";

test("what somebody wrote is quoted, and is never a formula", () => {
  const persona = { id: "p", kind: "persona", name: "=1+1", quote: 'She said "no", twice', "evidence/quote": "heard", "source/quote": "@market" };
  const lines = [{ id: "l", kind: "line", of: "p", field: "needs", text: "-2", order: "a" }, { id: "m", kind: "line", of: "p", field: "needs", text: "light", order: "b" }];
  const [, row, ...more] = toCsv([persona], lines).split("\r\n");
  assert.deepEqual(more, [""]);
  assert.ok(row.startsWith(`"'=1+1","Assumed","",`), row);
  assert.ok(row.includes(`"She said ""no"", twice","Heard","'@market"`), row);
  assert.ok(row.includes(`"'-2\nlight"`), row);
});
