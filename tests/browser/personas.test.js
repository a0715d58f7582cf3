import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { gathered, setWarnings, sheetOf } from "../../static/js/personas/computed.js";
import { FIELDS } from "../../static/js/personas/fields.js";

const [{ kind }, ...cases] = JSON.parse(readFileSync(new URL("../vectors/personas.json", import.meta.url), "utf8"));

test("the page knows the fields of a persona as the server does", () => {
  const known = FIELDS.map(({ name, type, options, required }) => ({ name, type, options, required }));
  assert.deepEqual(known, kind);
});

test("completeness, evidence and what to ask next are those of Python, on every vector", () => {
  for (const { personas, lines, sheets } of cases) {
    const seen = personas.map((one) => {
      const { filled, missing, share, evidence, label, toAsk } = sheetOf(kind, one, lines);
      return { filled, missing, share, evidence, label, to_ask: toAsk };
    });
    assert.deepEqual(seen, sheets);
  }
});

test("whom a set of personas leaves out is what Python says, on every vector", () => {
  for (const { personas, lines, languages, warnings } of cases) {
    const read = personas.map((one) => gathered(kind, one, lines));
    assert.deepEqual(setWarnings(read, languages), warnings);
  }
});
