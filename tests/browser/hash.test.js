import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { canonical, Hashes, itemHash, stateHash, textMark } from "../../static/js/board/hash.js";
import { State } from "../../static/js/board/changes.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/hash.json", import.meta.url), "utf8"));

test("P6.9 items are spelt and hashed as in Python", () => {
  for (const { item, canonical: spelt, hash, mark } of cases.filter((each) => each.item)) {
    assert.equal(new TextDecoder("utf-8", { ignoreBOM: true }).decode(canonical(item)), spelt);
    assert.equal(itemHash(item).toString(16).padStart(16, "0"), hash);
    assert.equal(textMark(item.text), mark);
  }
});

test("P6.9 states have the beacon and the hash they have in Python", () => {
  for (const { state, xor, sha256 } of cases.filter((each) => each.state)) {
    const copy = new State(state.fields, state.items);
    assert.equal(new Hashes().xorOf(copy), xor);
    assert.equal(stateHash(copy), sha256);
  }
});

test("hashes are worked out a part at a time, and kept with their items", () => {
  const items = Array.from({ length: 10 }, (_, n) => ({ id: String(n), kind: "note" }));
  const state = new State({}, items);
  const hashes = new Hashes();
  assert.deepEqual([hashes.warm(state, 4), hashes.warm(state, 4), hashes.warm(state, 4)], [false, false, true]);
  assert.equal(hashes.xorOf(state), new Hashes().xorOf(state));
});
