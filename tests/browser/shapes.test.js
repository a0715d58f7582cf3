import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SHAPES } from "../../static/js/board/items/shapes.js";

test("marks drawn in notes are those of icons.svg", () => {
  const svg = readFileSync(new URL("../../static/icons.svg", import.meta.url), "utf8");
  const symbols = [...svg.matchAll(/<symbol id="m-([a-z]+)" viewBox="0 0 10 10">(.*?)<\/symbol>/g)];
  // No note is of the rest: it stands for cities that are counted together.
  const papers = symbols.filter(([, name]) => name !== "rest");
  assert.equal(papers.length, symbols.length - 1);
  assert.deepEqual(SHAPES, Object.fromEntries(papers.map(([, name, shape]) => [name, shape])));
});
