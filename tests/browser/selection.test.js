import assert from "node:assert/strict";
import { test } from "node:test";
import { Selection } from "../../static/js/board/selection.js";

function heard(selection) {
  let n = 0;
  selection.addEventListener("change", () => (n += 1));
  return () => n;
}

test("selecting moves the tab stop along, clearing leaves it", () => {
  const selection = new Selection();
  selection.set(["a", "b"]);
  assert.deepEqual([selection.ids, selection.current, selection.only], [["a", "b"], "b", null]);
  selection.clear();
  assert.deepEqual([selection.ids, selection.current], [[], "b"]);
});

test("toggling adds and takes out", () => {
  const selection = new Selection();
  selection.toggle("a");
  selection.toggle("b");
  selection.toggle("a");
  assert.deepEqual([selection.ids, selection.current, selection.only], [["b"], "a", "b"]);
});

test("what is gone is forgotten and the tab stop has an heir", () => {
  const selection = new Selection();
  selection.set(["a", "b"], "a");
  selection.prune((id) => id !== "a", "c");
  assert.deepEqual([selection.ids, selection.current], [["b"], "c"]);
});

test("nothing is told when nothing changed", () => {
  const selection = new Selection();
  selection.set(["a"]);
  const times = heard(selection);
  selection.set(["a"]);
  selection.focus("a");
  selection.prune(() => true, null);
  assert.equal(times(), 0);
});
