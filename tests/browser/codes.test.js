import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { codeLetters, showCode } from "../../static/js/lib/codes.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/codes.json", import.meta.url), "utf8"));

test("what is typed is read as the server reads it", () => {
  for (const [typed, letters] of vectors.read) assert.equal(codeLetters(typed), letters, typed);
});

test("a code is shown as two words", () => {
  assert.equal(showCode("MORAKITUBELO"), "MORAKI TUBELO");
  assert.equal(showCode("MORA"), "MORA");
});
