import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { may, stepOf } from "../../static/js/board/rights.js";

test("the page and the server say the same of who may do what", () => {
  const cases = JSON.parse(readFileSync(new URL("../vectors/rights.json", import.meta.url), "utf-8"));
  assert.ok(cases.length > 500);
  for (const { role, action, stage, whose, step, may: expected } of cases) {
    assert.equal(may(role, action, stage, whose, step), expected, `${role} ${action} ${stage} ${whose} ${step}`);
  }
});

test("a step that says nothing leaves it to its stage", () => {
  assert.equal(stepOf({ stage: "open" }), null);
  assert.deepEqual(stepOf({ "may/move": true, "may/add": true }), ["add", "move"]);
});
