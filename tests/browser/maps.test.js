import assert from "node:assert/strict";
import { test } from "node:test";

import { curveOf, pathsOf } from "../../static/js/board/items/cause.js";
import { circle, spread } from "../../static/js/board/layouts/arrange.js";
import { free } from "../../static/js/board/layouts/free.js";
import { loops } from "../../static/js/board/maps/loops.js";
import { countSays, linkSays, loopSays } from "../../static/js/board/maps/words.js";

const factor = (id, label, more = {}) => ({ id, kind: "factor", label, ...more });
const link = (from, to, polarity, more = {}) => ({ id: `${from}${to}`, kind: "causal_link", from, to, polarity, ...more });

test("a loop is told from its first factor, sign by sign, and says how it ends", () => {
  const items = [factor("a", "Buses · ავტობუსები"), factor("b", "Cars"), factor("c", "Jams"), link("a", "b", "-"), link("b", "c", "+"), link("c", "a", "-", { delay: "months" })];
  const find = (id) => items.find((one) => one.id === id);
  const [loop] = loops(items.slice(0, 3), items.slice(3)).listed;
  assert.equal(loop.name, "R1");
  assert.equal(
    loopSays(loop, find),
    "When “Buses” rises, “Cars” falls, “Jams” falls, and then “Buses” rises even more. It feeds itself, and would do so downwards as well. Somewhere in it there is a delay.",
  );
  items[3].polarity = "+";
  const [balancing] = loops(items.slice(0, 3), items.slice(3)).listed;
  assert.match(loopSays(balancing, find), /“Jams” rises, and then “Buses” falls again\. It holds itself back\./);
  items[3].polarity = "unknown";
  assert.match(loopSays(loops(items.slice(0, 3), items.slice(3)).listed[0], find), /nobody can tell/);
});

test("more loops than are listed are said, and so is none", () => {
  assert.equal(countSays({ listed: [], more: false }), "No loop yet. What leads back to where it began?");
  assert.match(countSays({ listed: Array(200).fill({}), more: true }), /^200 loops are listed.*There are more than we list\.$/);
});

test("a link is a sentence with its strength and delay", () => {
  const find = (id) => factor(id, id.toUpperCase());
  assert.equal(linkSays(link("a", "b", "-", { strength: 3, delay: "years" }), find), "More “A” makes less “B”, strong, after years");
  assert.equal(linkSays(link("a", "b", "unknown"), find), "“A” changes “B”; nobody knows yet which way");
});

test("links that lead both ways between two factors part, and end at their edges", () => {
  const a = { x: 0, y: 0, w: 100, h: 40 };
  const b = { x: 400, y: 0, w: 100, h: 40 };
  const [there, back] = [curveOf(a, b), curveOf(b, a)];
  assert.ok(there.mid.y < 0 && back.mid.y > 40, "one above, one below");
  assert.ok(there.tip.x < 400 && there.tip.x > 350);
  assert.match(pathsOf(there).line, /^M[-\d. ]+Q[-\d. ]+$/);
});

for (const [name, arrange] of Object.entries({ circle, spread })) {
  test(`an arrangement (${name}) leaves what is pinned, puts nothing onto another, and is the same each time`, () => {
    const cards = Array.from({ length: 30 }, (_, i) => ({ id: `f${i}`, x: (i % 6) * 60, y: Math.floor(i / 6) * 30, w: 160, h: 50, pinned: i === 7 }));
    const ties = Array.from({ length: 60 }, (_, i) => ({ from: `f${i % 30}`, to: `f${(i * 7 + 3) % 30}` }));
    const places = arrange(cards, ties);
    assert.equal(places.has("f7"), false);
    assert.equal(places.size, 29);
    assert.deepEqual(arrange(cards, ties), places);
    const boxes = cards.map(({ id, w, h, x, y }) => ({ w, h, x: (places.get(id)?.x ?? x * 100) / 100, y: (places.get(id)?.y ?? y * 100) / 100 }));
    for (const [i, p] of boxes.entries()) {
      for (const q of boxes.slice(i + 1)) {
        assert.ok(p.x + p.w <= q.x || q.x + q.w <= p.x || p.y + p.h <= q.y || q.y + q.h <= p.y, "no card on another");
      }
    }
    assert.ok([...places.values()].every(({ x, y }) => Number.isInteger(x) && Number.isInteger(y)));
  });
}

test("a factor is as large as its words want it", () => {
  const source = { regions: [], loose: [factor("a", "Cars", { x: 1000, y: 2000 })], entries: () => [], members: () => [], height: () => 128, card: () => ({ w: 90, h: 46 }) };
  assert.deepEqual(free(source).rects.get("a"), { x: 10, y: 20, w: 90, h: 46 });
});
