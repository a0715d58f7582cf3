import assert from "node:assert/strict";
import { test } from "node:test";

import { fieldsOf, lacks, languagesOf, markOf, translationFor, translationIn } from "../../static/js/board/translations.js";

const plain = { id: "N", kind: "note", text: "Fish", lang: "en" };
const note = { ...plain, ...given(fieldsOf("ka", "თევზი", { translator: "nino", madeOf: markOf("Fish") })), ...given(fieldsOf("sr-Cyrl", "Риба", { byMachine: true, madeOf: markOf("fish") })) };

/** Without what is null. */
function given(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

test("P17.1 a translation says who wrote it, whether a machine did, and whether the note has changed since", () => {
  assert.deepEqual(languagesOf(note), ["ka", "sr-Cyrl"]);
  assert.deepEqual(translationIn(note, "ka"), { lang: "ka", words: "თევზი", by: "nino", byMachine: false, isOutdated: false });
  assert.deepEqual(translationIn(note, "sr-Cyrl"), { lang: "sr-Cyrl", words: "Риба", by: undefined, byMachine: true, isOutdated: true });
  assert.equal(translationIn(note, "sq"), null);
});

test("without words all of a translation is taken away", () => {
  assert.deepEqual(fieldsOf("ka", "", { translator: "nino", madeOf: "x", byMachine: true }), { "text/ka": null, "translator/ka": null, "by_machine/ka": null, "made_of/ka": null });
});

test("a reader is shown their language, in another script if need be, and nothing beneath a note that is in it", () => {
  assert.equal(translationFor(note, "ka")?.words, "თევზი");
  assert.equal(translationFor(note, "sr-Latn")?.words, "Риба");
  assert.equal(translationFor(note, "sq"), null);
  assert.equal(translationFor({ ...note, lang: "ka" }, "ka"), null);
});

test("a note lacks a language while nothing can be read in it, or what is read is of older words", () => {
  assert.equal(lacks(note, "sq"), true);
  assert.equal(lacks(note, "ka"), false);
  assert.equal(lacks(note, "en"), false);
  assert.equal(lacks(note, "sr-Latn"), true);
  assert.equal(lacks({ ...note, text: "Fishes" }, "ka"), true);
  assert.equal(lacks({ ...plain, text: "  " }, "sq"), false);
  assert.equal(lacks({ id: "C", kind: "cluster", name: "Fish" }, "sq"), false);
});
