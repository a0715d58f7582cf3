import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { cleanLine, cleanName, cleanText, Unclean } from "../../static/js/lib/clean.js";

const VECTORS = JSON.parse(readFileSync(new URL("../vectors/clean.json", import.meta.url), "utf8"));

for (const [kind, clean] of Object.entries({ text: cleanText, line: cleanLine, name: cleanName })) {
  for (const vector of VECTORS[kind]) {
    test(`${kind} ${JSON.stringify(vector.in).slice(0, 60)} is cleaned as in Python`, () => {
      assert.deepEqual(said(clean, vector.in), vector.error ? { error: vector.error } : { out: vector.out });
    });
    if (vector.error) continue;
    test(`${kind} ${JSON.stringify(vector.in).slice(0, 60)} is clean once it has been cleaned`, () => {
      assert.equal(clean(vector.out), vector.out);
    });
  }
}

function said(clean, text) {
  try {
    return { out: clean(text) };
  } catch (error) {
    if (error instanceof Unclean) return { error: [error.code, error.reason] };
    throw error;
  }
}
