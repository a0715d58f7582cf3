import assert from "node:assert/strict";
import { test } from "node:test";

import { cleanText, fitting, tidyText } from "../../static/js/lib/clean.js";
import { lengthOf, piecesOf } from "../../static/js/lib/pieces.js";

const bare = (text) => text.replace(/\s/g, "");

test("short words stay one piece, lines and all", () => {
  assert.deepEqual(piecesOf(" No bench\nat the stop "), ["No bench\nat the stop"]);
  assert.deepEqual(piecesOf("  \n "), []);
});

test("long words come apart at paragraphs first, then at lines", () => {
  assert.deepEqual(piecesOf("One\ntwo\n \nThree four", 10), ["One\ntwo", "Three four"]);
  assert.deepEqual(piecesOf("One two\nThree four\nSix", 10), ["One two", "Three four", "Six"]);
});

test("a long line comes apart between sentences, which stay together while there is room", () => {
  const text = "The bus is late. Nobody says why. There is no shade at the stop.";
  assert.deepEqual(piecesOf(text, 40), ["The bus is late. Nobody says why.", "There is no shade at the stop."]);
});

test("a long sentence comes apart between words, and a word without end anywhere but inside a sign", () => {
  assert.deepEqual(piecesOf("one two three four", 9), ["one two", "three", "four"]);
  assert.deepEqual(piecesOf("abcdefgh", 3), ["abc", "def", "gh"]);
  assert.deepEqual(piecesOf("🇬🇪🇬🇪🇬🇪", 3), ["🇬🇪", "🇬🇪", "🇬🇪"]);
});

test("no letter is lost, no piece is too long, in any script", () => {
  const georgian = "ავტობუსი ყოველთვის იგვიანებს და გაჩერებაზე ჩრდილი არ არის. ".repeat(40);
  for (const text of [georgian, "x".repeat(5000), "A b\n\n\nc. ".repeat(300)]) {
    const pieces = piecesOf(text);
    assert.equal(bare(pieces.join("")), bare(text));
    assert.ok(pieces.length > 1 && pieces.every((piece) => lengthOf(piece) <= 280));
  }
});

test("what no note can hold is taken out, and all that can be read stays", () => {
  assert.equal(tidyText("a\0b \ud800c\udc00 👩‍🌾\r\nd\ufffe"), "ab c 👩‍🌾\nd");
  assert.equal(cleanText(tidyText("a\0b\ud800")), "ab");
});

test("how much of a text fits is counted in letters", () => {
  assert.equal(fitting("abc", 2), 2);
  assert.equal(fitting("ავტო", 7), 2);
  assert.equal(fitting("a👩b", 5), 2);
  assert.equal(fitting("Žš", 4), 2);
});
