import assert from "node:assert/strict";
import { test } from "node:test";

import { apart, clearOf } from "../../static/js/board/layouts/apart.js";
import * as grid from "../../static/js/board/layouts/grid2.js";
import * as rings from "../../static/js/board/layouts/rings.js";
import { pathOf } from "../../static/js/board/records/lines.js";
import { centrality } from "../../static/js/board/records/network.js";

/** The stakeholders of Kutaisi: interest, power, where they belong. */
const KUTAISI = [
  ["transport unit", 85, 70, "manage_closely"],
  ["council", 45, 90, "keep_satisfied"],
  ["minibus operators", 90, 60, "manage_closely"],
  ["cleaning company", 80, 40, "keep_informed"],
  ["residents without a car", 75, 20, "keep_informed"],
  ["eco club", 70, 25, "keep_informed"],
  ["roads agency", 20, 65, "keep_satisfied"],
  ["tourism firms", 40, 30, "monitor"],
];

test("the actors of Kutaisi stand in the quarters that are expected of them", () => {
  for (const [name, interest, power, quarter] of KUTAISI) {
    assert.equal(grid.quadrantOf(grid.placeOf({ id: "a", kind: "stakeholder", interest, power })), quarter, name);
  }
  assert.deepEqual(KUTAISI.filter(([, x, y]) => grid.isBorderline({ x, y })).map(([name]) => name), ["council"]);
});

test("whoever is much affected and has little say is given more voice, and nobody else", () => {
  assert.equal(grid.hasVoiceGap({ affected: 3, power: 20 }), true);
  assert.equal(grid.hasVoiceGap({ affected: 3, power: 50 }), false);
  assert.equal(grid.hasVoiceGap({ affected: 1, power: 20 }), false);
  assert.equal(grid.hasVoiceGap({ power: 20 }), false);
});

test("several people's places are a median and how far they are apart; more than 25 is to be talked about", () => {
  const placement = { id: "p", kind: "placement", "x/ana": 40, "y/ana": 80, "x/bo": 70, "y/bo": 90, "x/cy": 50, "y/cy": 86, "x/half": 3 };
  const at = grid.position(grid.readings(placement).values());
  assert.deepEqual(at, { x: 50, y: 86, spread: 30, people: 3 });
  assert.equal(grid.shouldBeDiscussed(at), true);
  assert.deepEqual(grid.position([{ x: 10, y: 10 }, { x: 20, y: 15 }]), { x: 15, y: 12.5, spread: 10, people: 2 });
  assert.equal(grid.position([]), null);
});

test("a place becomes whole fields between 0 and 100, and every cell leads back to itself", () => {
  assert.deepEqual(grid.fieldsAt({ x: 101.4, y: -3 }), { interest: 100, power: 0 });
  assert.deepEqual(grid.CELLS.map(grid.cellOf), [0, 1, 2, 3]);
  assert.equal(grid.cellOf(100), 3);
});

test("every cell of the rings leads back to itself, and those without a sector sit with another", () => {
  for (const ring of rings.RINGS) {
    for (const sector of rings.SECTORS) {
      const record = { id: "a", kind: "stakeholder", class: ring, sector };
      assert.deepEqual(rings.cellAt(rings.spots([record]).get("a")), { ring, sector });
    }
  }
  const club = { id: "b", kind: "stakeholder", class: "key", sector: "academia" };
  assert.deepEqual(rings.cellOf(club), { ring: "key", sector: "civil_society" });
  assert.deepEqual(rings.fieldsAt(club, { ring: "primary", sector: "civil_society" }), { class: "primary" });
  assert.deepEqual(rings.fieldsAt(club, { ring: "primary", sector: "state" }), { class: "primary", sector: "state" });
  assert.equal(rings.cellOf({ id: "c", kind: "stakeholder", sector: "state" }), null);
});

test("degree and betweenness are Freeman's: a chain leads over its middle, a star over its centre", () => {
  const link = (from, to) => ({ id: from + to, kind: "relation", from, to });
  const chain = centrality(["a", "b", "c", "alone"], [link("a", "b"), link("b", "c"), link("c", "b"), link("a", "a"), link("a", "gone")]);
  assert.deepEqual(chain.get("b"), { degree: 2, between: 0.3333 });
  assert.deepEqual(chain.get("alone"), { degree: 0, between: 0 });
  const star = centrality(["m", "a", "b", "c"], ["a", "b", "c"].map((one) => link("m", one)));
  assert.deepEqual([star.get("m"), star.get("a")], [{ degree: 3, between: 1 }, { degree: 1, between: 0 }]);
  const ring = centrality(["a", "b", "c", "d"], [link("a", "b"), link("b", "c"), link("c", "d"), link("d", "a")]);
  assert.deepEqual([...ring.values()].map((one) => one.between), [0.1667, 0.1667, 0.1667, 0.1667]);
});

test("words at lines cover no card and no other word, and stay near where there is no room", () => {
  const box = { w: 400, h: 300 };
  const card = { x: 200, y: 150, w: 160, h: 50 };
  const word = { x: 200, y: 130, w: 60, h: 30 };
  const [first, second] = clearOf([word, word], [card], box);
  for (const each of [first, second]) assert.ok(Math.abs(each.y - card.y) >= 40 || Math.abs(each.x - card.x) >= 110);
  assert.ok(Math.abs(first.x - second.x) >= 60 || Math.abs(first.y - second.y) >= 30);
  assert.deepEqual(clearOf([{ ...word, y: 40 }], [card], box), [{ ...word, y: 40 }]);
  assert.deepEqual(clearOf([word], [{ x: 200, y: 150, w: 400, h: 300 }], box), [word]);
});

test("cards on one spot move apart, stay inside, and stay where they are when there is room", () => {
  const box = { w: 400, h: 300 };
  const cards = apart([1, 2, 3].map(() => ({ x: 200, y: 150, w: 100, h: 40 })), box);
  for (const [i, a] of cards.entries()) {
    for (const b of cards.slice(i + 1)) assert.ok(Math.abs(a.x - b.x) >= 100 || Math.abs(a.y - b.y) >= 40);
    assert.ok(a.x >= 50 && a.x <= 350 && a.y >= 20 && a.y <= 280);
  }
  assert.deepEqual(apart([{ x: 60, y: 60, w: 50, h: 40 }], box), [{ x: 60, y: 60, w: 50, h: 40 }]);
});

test("no card is laid over the words of a quarter, and those beside them stay where they are", () => {
  const box = { w: 400, h: 300 };
  const words = [{ x: 350, y: 280, w: 100, h: 40 }];
  const [card, other] = apart([{ x: 330, y: 270, w: 80, h: 40 }, { x: 100, y: 60, w: 50, h: 40 }], box, 6, words);
  assert.deepEqual(card, { x: 330, y: 240, w: 80, h: 40 });
  assert.deepEqual(other, { x: 100, y: 60, w: 50, h: 40 });
});

test("a line ends at the edges of its cards; who decides over whom is an arrow", () => {
  const [a, b] = [{ x: 0, y: 0, w: 100, h: 40 }, { x: 300, y: 0, w: 100, h: 40 }];
  assert.equal(pathOf({ type: "close" }, a, b).d, "M50 0L250 0");
  assert.deepEqual(pathOf({ type: "close" }, a, b).mid, { x: 150, y: 0 });
  assert.equal(pathOf({ type: "close" }, a, b).head, "");
  assert.notEqual(pathOf({ type: "dominance" }, a, b).head, "");
  assert.ok(pathOf({ type: "tension" }, a, b).d.split("L").length > 10);
});
