import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { applySplices, BadSplice, compose, invert, moveCaret, rebase, splicesBetween } from "../../static/js/board/text.js";
import { seeded } from "./support/server.js";

const cases = JSON.parse(readFileSync(new URL("../vectors/text.json", import.meta.url), "utf8"));

test("P5.7 the same as in Python, on every vector", () => {
  for (const vector of cases) {
    const { text, ours, theirs, then, other } = vector;
    assert.equal(applySplices(text, ours), vector.after);
    assert.deepEqual(invert(ours), vector.inverse);
    assert.deepEqual(rebase(ours, theirs), vector.rebased);
    assert.deepEqual(rebase(theirs, ours, { earlier: true }), vector.earlier);
    assert.deepEqual(compose(ours, then), vector.composed);
    assert.deepEqual(splicesBetween(text, other).length, vector.between.length);
    assert.equal(applySplices(text, splicesBetween(text, other)), other);
  }
});

test("P5.4 both ways round two edits give one text, with every letter that was put in", () => {
  const random = seeded(7);
  for (let round = 0; round < 3_000; round += 1) {
    const text = word(random, 9);
    const [ours, theirs] = [edit(random, text), edit(random, text)];
    const one = applySplices(applySplices(text, theirs), rebase(ours, theirs));
    const other = applySplices(applySplices(text, ours), rebase(theirs, ours, { earlier: true }));
    assert.equal(one, other);
    for (const [, , inserted] of [...ours, ...theirs]) assert.ok(one.includes(inserted));
  }
});

test("P5.4 at the same place what is earlier in the journal stands to the left", () => {
  assert.deepEqual(rebase([[1, "", "x"]], [[1, "", "y"]]), [[2, "", "x"]]);
  assert.deepEqual(rebase([[1, "", "x"]], [[1, "", "y"]], { earlier: true }), [[1, "", "x"]]);
});

test("words put into a range that someone deletes stay", () => {
  const [text, deleted, put] = ["one two three", [[4, "two ", ""]], [[6, "", "😀"]]];
  assert.equal(applySplices(applySplices(text, put), rebase(deleted, put)), "one 😀three");
  assert.equal(applySplices(applySplices(text, deleted), rebase(put, deleted)), "one 😀three");
});

test("two edits after one another are one", () => {
  const random = seeded(9);
  for (let round = 0; round < 3_000; round += 1) {
    const text = word(random, 9);
    const first = edit(random, text);
    const second = edit(random, applySplices(text, first));
    assert.equal(applySplices(text, compose(first, second)), applySplices(applySplices(text, first), second));
  }
});

test("offsets count code points, not UTF-16 units", () => {
  assert.equal(applySplices("😀გ😀", [[1, "გ", "x"], [3, "", "y"]]), "😀x😀y");
  assert.deepEqual(splicesBetween("😀", "😁"), [[0, "😀", "😁"]]);
  assert.deepEqual(splicesBetween("a😀b", "a😀😀b"), [[2, "", "😀"]]);
});

test("two people writing at the same place keep their words whole", () => {
  const texts = { ana: "Crowded", marko: "Crowded" };
  const carets = { ana: 7, marko: 7 };
  for (const [i, letter] of [..." stalls"].entries()) {
    for (const [who, other, letters] of [["ana", "marko", letter], ["marko", "ana", "ABCDEFG"[i]]]) {
      const splices = [[Array.from(texts[who].slice(0, carets[who])).length, "", letters]];
      carets[other] = moveCaret(texts[other], splices, carets[other]);
      texts[who] = texts[other] = applySplices(texts[who], splices);
      carets[who] += letters.length;
    }
  }
  assert.match(texts.ana, /Crowded(ABCDEFG stalls| stallsABCDEFG)/);
});

test("splices that do not fit the text are refused", () => {
  for (const splices of [[[1, "b", ""]], [[4, "", "x"]], [[1, "", "x"], [0, "", "y"]], [[0, "a", ""], [0, "a", ""]]]) {
    assert.throws(() => applySplices("aaa", splices), BadSplice);
  }
});

test("a caret in UTF-16 units moves with splices in code points", () => {
  const before = "😀 water";
  const splices = [[0, "", "😁😁"], [2, "wa", ""]];
  assert.equal(applySplices(before, splices), "😁😁😀 ter");
  assert.equal(moveCaret(before, splices, 3), 7, "at the start of the words taken out");
  assert.equal(moveCaret(before, splices, 4), 7, "inside them");
  assert.equal(moveCaret(before, splices, before.length), "😁😁😀 ter".length);
  assert.equal(moveCaret(before, splices, 0), 0, "it stays before words that arrive at it");
});

function word(random, most) {
  return Array.from({ length: random.below(most) }, () => random.pick(["a", "b", "გ", "😀", "e\u0301"])).join("");
}

function edit(random, text) {
  const letters = Array.from(text);
  const splices = [];
  let at = 0;
  while (at <= letters.length && splices.length < 3) {
    at += random.below(letters.length - at + 1);
    const removed = letters.slice(at, at + random.below(4));
    const inserted = word(random, 3);
    if (removed.length || inserted) splices.push([at, removed.join(""), inserted]);
    at += removed.length + 1;
  }
  return splices;
}
