import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import * as maps from "../../static/js/board/maps/loops.js";

const CASES = JSON.parse(readFileSync(new URL("../vectors/loops.json", import.meta.url), "utf8"));

test("loops, measures, effects, paths and levers are those of the server", () => {
  for (const [at, one] of CASES.entries()) {
    const { factors, links, start, end } = one;
    const found = maps.loops(factors, links);
    assert.deepEqual(found.listed.map((l) => [l.name, l.kind, l.factors, l.links, l.delayed]), one.loops, `loops of case ${at}`);
    assert.equal(found.more, one.more, `more loops of case ${at}`);
    const near = (a, b) => a === b || Math.abs(a - b) <= 0.00011;
    for (const [id, m] of maps.measures(factors, links)) {
      const [into, out, leverage, betweenness] = one.measures[id];
      assert.deepEqual([m.into, m.out, m.leverage], [into, out, leverage], `measures of ${id} in case ${at}`);
      assert.ok(near(m.betweenness, betweenness), `betweenness of ${id} in case ${at}: ${m.betweenness} ${betweenness}`);
    }
    assert.deepEqual(Object.fromEntries(maps.downstream(links, start, 3)), one.downstream);
    assert.deepEqual(Object.fromEntries(maps.upstream(links, start)), one.upstream);
    assert.equal(maps.effect(factors, links, start, end), one.effect, `effect in case ${at}`);
    const paths = maps.pathsBetween(factors, links, start, end);
    assert.deepEqual(paths.listed.map((path) => path.links.length), one.lengths, `paths of case ${at}`);
    assert.equal(paths.more, one.more_paths);
    assert.deepEqual(maps.leverCandidates(factors, links), one.levers, `levers of case ${at}`);
  }
});

test("a large map is searched in turns, none of which holds up typing", () => {
  const factors = Array.from({ length: 200 }, (_, i) => ({ id: `f${i}` }));
  const links = Array.from({ length: 600 }, (_, i) => ({ id: `l${i}`, from: `f${i % 200}`, to: `f${(i * 7 + (i % 3) * 31 + 1) % 200}`, polarity: i % 4 ? "+" : "-" }));
  let turns = 0;
  const search = maps.searched(factors, links);
  while (!search.next().done) turns += 1;
  // One for each fifty factors, and one for each four thousand steps from there to the two hundred loops that are listed.
  assert.ok(turns > factors.length / 50, `${turns} turns`);
});
