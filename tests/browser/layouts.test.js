import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../static/js/board/going.js";
import { columns } from "../../static/js/board/layouts/columns.js";
import { dropAt, noteUnder } from "../../static/js/board/layouts/drop.js";
import { free, freeSpot, freeSpots } from "../../static/js/board/layouts/free.js";
import { zones } from "../../static/js/board/layouts/zones.js";
import { Metrics, sizeOf } from "../../static/js/board/metrics.js";
import { keysAt } from "../../static/js/board/places.js";

const note = (id, more = {}) => ({ id, kind: "note", text: id, region: "r1", order: id, ...more });

/** A board of two zones: what lies in the first is given. */
function board(first, { members = {}, heights = {} } = {}) {
  return {
    regions: [{ id: "r1", kind: "region" }, { id: "r2", kind: "region" }],
    entries: (region) => (region === "r1" ? first : []),
    members: (cluster) => members[cluster] ?? [],
    height: (item) => heights[item.id] ?? 128,
  };
}

test("zones lie side by side and notes fill rows of two, as in the picture", () => {
  const plan = zones(board([note("a"), note("b"), note("c")]));
  assert.deepEqual(plan.rects.get("a"), { x: 20, y: 54, w: 184, h: 128 });
  assert.deepEqual(plan.rects.get("b"), { x: 222, y: 54, w: 184, h: 128 });
  assert.deepEqual(plan.rects.get("c"), { x: 20, y: 200, w: 184, h: 128 });
  assert.deepEqual(plan.slots.get("r1"), { x: 222, y: 200, w: 184, h: 128 });
  assert.deepEqual(plan.rects.get("r2"), { x: 446, y: 0, w: 426, h: 588 });
  assert.deepEqual(plan.order, ["r1", "a", "b", "c", "r2"]);
});

test("a tall note makes its whole row tall, and the zone grows for all", () => {
  const plan = zones(board([note("a"), note("b"), note("c"), note("d")], { heights: { b: 300, d: 400 } }));
  assert.equal(plan.rects.get("a")?.h, 300);
  assert.equal(plan.rects.get("c")?.y, 54 + 300 + 18);
  assert.equal(plan.rects.get("r2")?.h, 54 + 300 + 18 + 400 + 20);
});

test("only the zone the next note goes to keeps room for it", () => {
  const six = "abcdef".split("").map((id) => note(id));
  assert.equal(zones(board(six), { next: "r2" }).rects.get("r1")?.h, 588);
  assert.equal(zones(board(six), { next: "r1" }).rects.get("r1")?.h, 54 + 4 * 128 + 3 * 18 + 20);
});

test("a cluster is a card across the zone with its notes on it", () => {
  const cluster = { id: "k", kind: "cluster", region: "r1", order: "b" };
  const members = { k: [note("m1"), note("m2"), note("m3")] };
  const plan = zones(board([note("a"), cluster, note("z")], { members }));
  const card = plan.rects.get("k");
  assert.deepEqual(card, { x: 10, y: 200, w: 406, h: 46 + 128 + 18 + 128 + 14 });
  assert.deepEqual(plan.rects.get("m3"), { x: 20, y: 200 + 46 + 146, w: 184, h: 128 });
  assert.equal(plan.rects.get("z")?.y, 200 + card.h + 18);
  assert.deepEqual(plan.order, ["r1", "a", "k", "m1", "m2", "m3", "z", "r2"]);
});

test("columns have one note in a row", () => {
  const plan = columns(board([note("a"), note("b")]));
  assert.deepEqual(plan.rects.get("b"), { x: 20, y: 200, w: 184, h: 128 });
  assert.equal(plan.rects.get("r2")?.x, 244);
});

test("a free board shows things where they are, in hundredths of a pixel", () => {
  const loose = [note("a", { x: 1000, y: -500 }), { id: "i", kind: "image", x: 0, y: 0, w: 20000, h: 10000 }];
  const plan = free({ ...board([]), loose });
  assert.deepEqual(plan.rects.get("a"), { x: 10, y: -5, w: 184, h: 128 });
  assert.deepEqual(plan.rects.get("i"), { x: 0, y: 0, w: 200, h: 100 });
});

test("a new note on a free board lies beside what is there, never upon it", () => {
  const taken = [];
  for (let i = 0; i < 30; i += 1) {
    const spot = freeSpot(taken, { x: 500, y: 300 });
    const rect = { ...spot, w: 184, h: 128 };
    assert.ok(!taken.some((r) => r.x < rect.x + 184 && rect.x < r.x + 184 && r.y < rect.y + 128 && rect.y < r.y + 128));
    taken.push(rect);
  }
});

test("a drop lands before the neighbour on whose left half the pointer is", () => {
  const source = board([note("a"), note("b"), note("c")]);
  const plan = zones(source);
  assert.deepEqual(dropAt(plan, source, ["c"], { x: 30, y: 100 }, true)?.index, 0);
  assert.deepEqual(dropAt(plan, source, ["c"], { x: 190, y: 100 }, true)?.index, 1);
  assert.deepEqual(dropAt(plan, source, ["a"], { x: 400, y: 500 }, true)?.index, 2);
  const other = dropAt(plan, source, ["a"], { x: 700, y: 300 }, true);
  assert.deepEqual([other?.region, other?.index, other?.cluster], ["r2", 0, null]);
});

test("over a card a note drops into the cluster, another cluster does not", () => {
  const cluster = { id: "k", kind: "cluster", region: "r1", order: "a" };
  const source = board([cluster, note("z")], { members: { k: [note("m1")] } });
  const plan = zones(source);
  assert.equal(dropAt(plan, source, ["z"], { x: 300, y: 150 }, true)?.cluster, "k");
  assert.equal(dropAt(plan, source, ["q"], { x: 300, y: 150 }, false)?.cluster, null);
});

test("only the middle of a note is a place to group", () => {
  const source = board([note("a"), note("b")]);
  const plan = zones(source);
  assert.equal(noteUnder(plan, source.entries("r1"), ["b"], { x: 110, y: 110 }), "a");
  assert.equal(noteUnder(plan, source.entries("r1"), ["b"], { x: 25, y: 60 }), null);
});

test("arrows go to the nearest note that way, straight ahead first", () => {
  const plan = zones(board(["a", "b", "c", "d"].map((id) => note(id))));
  const wanted = (id) => !id.startsWith("r");
  assert.equal(nearest(plan.rects, "a", "right", wanted), "b");
  assert.equal(nearest(plan.rects, "a", "down", wanted), "c");
  assert.equal(nearest(plan.rects, "d", "up", wanted), "b");
  assert.equal(nearest(plan.rects, "a", "left", wanted), null);
});

test("heights are guessed from letters and corrected by the page", () => {
  const metrics = new Metrics(null, "sans");
  const short = note("x", { text: "Short" });
  const long = note("y", { text: "word ".repeat(80).trim() });
  assert.equal(metrics.height(short), 128);
  assert.ok(metrics.height(long) > 250);
  assert.equal(metrics.learn(long, 333), true);
  assert.equal(metrics.height(long), 333);
  assert.equal(metrics.learn(long, 333.4), false);
});

test("words get smaller with their length, Georgian ones sooner", () => {
  assert.deepEqual([sizeOf("x".repeat(40)), sizeOf("x".repeat(41)), sizeOf("x".repeat(93))], ["m", "n", "s"]);
  assert.deepEqual([sizeOf("ა".repeat(30)), sizeOf("ა".repeat(31))], ["m", "n"]);
});

test("keys are found between neighbours that share one", () => {
  const siblings = [{ id: "1", order: "a1" }, { id: "2", order: "a1" }, { id: "3", order: "a2" }];
  const [key] = keysAt(siblings, 1);
  assert.ok(key > "a1" && key < "a2");
  const many = keysAt(siblings, 3, 500);
  assert.equal(new Set(many).size, 500);
  assert.deepEqual([...many].sort(), many);
  assert.ok(many.every((k) => k > "a2" && k.length <= 64));
});

test("many notes at once find a place of their own each, the first where one alone would lie", () => {
  const taken = [{ x: 0, y: 0, w: 184, h: 128 }];
  const near = { x: 92, y: 64 };
  const spots = freeSpots(taken, near, 30);
  assert.deepEqual(spots[0], freeSpot(taken, near));
  assert.equal(new Set([...spots, { x: 0, y: 0 }].map(({ x, y }) => `${x} ${y}`)).size, 31);
});

test("a long title makes room for its lines in all panels, up to three", () => {
  const source = board([note("a")]);
  const lines = { r1: 1, r2: 2 };
  const plan = columns({ ...source, titleLines: (region) => lines[region.id] });
  assert.equal(plan.titleLines, 2);
  assert.equal(plan.rects.get("a")?.y, 54 + 20);
  assert.equal(columns({ ...source, titleLines: () => 9 }).titleLines, 3);
});

test("a title of a column takes the lines its letters need, 40 % longer ones too", () => {
  const metrics = new Metrics(null, "Noto Sans");
  assert.equal(metrics.titleLines("Ideas", 152), 1);
  assert.equal(metrics.titleLines("What gets in the way", 152), 2);
  assert.equal(metrics.titleLines("What gets in the way of all", 152), 2);
});
