import assert from "node:assert/strict";
import { test } from "node:test";

import * as net from "../../static/js/board/layouts/net.js";
import * as onion from "../../static/js/board/layouts/onion.js";
import * as salience from "../../static/js/board/layouts/salience.js";
import { bridges } from "../../static/js/board/records/network.js";
import { PLANES } from "../../static/js/board/records/planes/planes.js";

const actor = (id, fields = {}) => ({ id, kind: "stakeholder", name: id, sector: "state", ...fields });
const nowhere = { standing: (record) => (typeof record.power === "number" ? { x: record.interest, y: record.power } : null), placement: () => undefined };

test("every ring of an onion leads back to itself, and those of one kind stand side by side", () => {
  for (const nearness of onion.NEARNESS) {
    const spots = onion.spots([actor("a", { nearness }), actor("b", { nearness }), actor("c", { nearness })]);
    for (const spot of spots.values()) assert.equal(onion.ringAt(spot), nearness);
  }
  const spots = onion.spots([actor("a", { nearness: "users" }), actor("b", { nearness: "users", sector: "media" }), actor("c", { nearness: "users" }), actor("waits")]);
  assert.deepEqual([...spots.keys()], ["b", "a", "c"]);
});

test("an onion names its empty rings, and those for whom only others speak", () => {
  const there = [actor("desk", { nearness: "service" }), actor("old", { nearness: "users", surrogate: "desk" }), actor("young", { nearness: "users", surrogate: "desk", in_the_room: true })];
  assert.deepEqual(onion.emptyRings(there), ["organisation", "surroundings"]);
  assert.deepEqual(onion.onlyByOthers(there).map((one) => one.id), ["old"]);
});

test("every zone of the three circles leads back to itself, by place and by what the record says", () => {
  for (const zone of salience.ZONES) {
    const record = actor("a", salience.fieldsAt(zone));
    assert.equal(salience.zoneOf(record), zone);
    assert.equal(salience.zoneAt(salience.spots([record]).get("a")), zone, zone);
  }
  assert.equal(salience.zoneOf(actor("a")), null);
  assert.deepEqual(["p", "lu", "plu", "none"].map(salience.classOf), ["latent", "expectant", "definitive", null]);
});

test("on a net-map who was drawn nowhere stands on a circle, all others where they were drawn", () => {
  const placements = { a: { id: "p", kind: "placement", x: 25_000, y: 75_000 }, b: { id: "q", kind: "placement" } };
  const spots = net.spots([actor("a"), actor("b")], (id) => placements[id]);
  assert.deepEqual(spots.get("a"), { x: 0.25, y: 0.75 });
  assert.deepEqual(net.spotAt({ x: 0.25, y: 1.2 }), { x: 25_000, y: 100_000 });
  assert.ok(Math.abs(Math.hypot(spots.get("b").x - 0.5, spots.get("b").y - 0.5) - 0.36) < 1e-9);
});

test("flows are counted by their direction, towers ranked with ties", () => {
  const relations = [
    { id: "1", kind: "relation", from: "a", to: "b", directed: true, "flow/money": true },
    { id: "2", kind: "relation", from: "b", to: "c", "flow/money": true, "flow/data": true },
  ];
  const flows = net.flowsOf(relations, ["money", "data", "support"]);
  assert.deepEqual([...flows.keys()], ["money", "data"]);
  assert.deepEqual(Object.fromEntries(flows.get("money")), { a: { out: 1, into: 0 }, b: { out: 1, into: 2 }, c: { out: 1, into: 1 } });
  const ranks = net.influenceRanks([actor("a", { tower: 3 }), actor("b", { tower: 7 }), actor("c", { tower: 7 }), actor("d")]);
  assert.deepEqual([...ranks].sort(), [["a", 3], ["b", 1], ["c", 1]]);
});

test("allies name a goal, opponents are at odds with one who does; who is strong and far from us is named", () => {
  const records = [actor("us", { in_the_room: true, "goals/1": "Clean air" }), actor("firm", { tower: 6 }), actor("club", { "goals/2": "clean air" }), actor("ministry", { tower: 8 })];
  const relations = [{ id: "1", kind: "relation", from: "firm", to: "club", type: "broken" }, { id: "2", kind: "relation", from: "us", to: "ministry", type: "close" }];
  assert.deepEqual(net.alliesAndOpponents(records, relations), [{ goal: "Clean air", allies: ["us", "club"], against: ["firm"] }]);
  assert.deepEqual(net.strongWithoutUs(records, relations).map((one) => one.id), ["firm"]);
  assert.deepEqual(net.strongWithoutUs(records.slice(1), relations), []);
});

test("a bridge is the one relation between two parts; a lone end is none", () => {
  const link = (from, to) => ({ id: from + to, kind: "relation", from, to });
  const two = [["a", "b"], ["b", "c"], ["c", "a"], ["c", "d"], ["d", "e"], ["e", "f"], ["f", "d"], ["f", "lone"]].map(([from, to]) => link(from, to));
  assert.deepEqual(bridges(["a", "b", "c", "d", "e", "f", "lone"], two), [["c", "d"]]);
  assert.deepEqual(bridges(["a", "b"], [link("a", "b")]), []);
});

test("what a plane keeps of a place leads back to it", () => {
  const says = { "power-interest": { power: 90, interest: 45 }, "actor-map": { class: "key" }, onion: { nearness: "users" }, salience: { has_power: true, is_urgent: true } };
  for (const [method, fields] of Object.entries(says)) {
    const plane = PLANES[method];
    const record = actor("a", fields);
    const code = plane.code(record, nowhere);
    const then = plane.then(actor("a", { sector: "media" }), code);
    assert.equal(plane.has(then), true, method);
    assert.equal(plane.group(then), plane.group(record), method);
    const point = plane.spots([record], nowhere).get("a");
    const put = plane.at(record, point);
    assert.equal(plane.group({ ...record, ...put.fields, ...(put.place ? { interest: put.place.x, power: put.place.y } : {}) }), plane.group(record), method);
  }
});
