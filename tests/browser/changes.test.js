import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { applyChanges, inverseOf, State } from "../../static/js/board/changes.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/changes.json", import.meta.url), "utf8"));

function stateOf({ fields, items }) {
  return new State(fields, items);
}

function spread({ fields, items }) {
  return { fields, items: Object.fromEntries(items) };
}

test("P3.6 the same as in Python, on every vector", () => {
  for (const { before, changes, after, inverse } of cases) {
    const state = stateOf(before);
    assert.deepEqual(inverseOf(state, changes), inverse);
    applyChanges(state, changes);
    assert.deepEqual(spread(state), spread(stateOf(after)));
    applyChanges(state, inverse);
    assert.deepEqual(spread(state), spread(stateOf(before)));
  }
});

test("items are replaced, never mutated", () => {
  const item = Object.freeze({ id: "A", kind: "note", text: "one" });
  const state = new State(Object.freeze({ question: "Why?" }), [item]);
  applyChanges(state, [{ patch: "A", fields: { x: 1 }, text: { text: [[3, "", " two"]] } }]);
  applyChanges(state, [{ stream: { fields: { question: null } } }]);
  assert.deepEqual(spread(state), { fields: {}, items: { A: { id: "A", kind: "note", text: "one two", x: 1 } } });
  assert.deepEqual(item, { id: "A", kind: "note", text: "one" });
});

test("P3.6 patching or dropping what is not there does nothing", () => {
  const state = new State();
  applyChanges(state, [{ patch: "A", fields: { x: 1 } }, { drop: "A" }]);
  assert.deepEqual(spread(state), { fields: {}, items: {} });
});
