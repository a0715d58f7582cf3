import assert from "node:assert/strict";
import { test } from "node:test";

import { ALIKE, likeness, piecesOf } from "../../static/js/lib/alike.js";
import { mentioned } from "../../static/js/lib/mentions.js";

const like = (a, b) => likeness(piecesOf(a), piecesOf(b));

test("what says nearly the same is alike, whatever its endings, marks and script", () => {
  assert.ok(like("No timetable at the bus stops", "There is no timetable at bus stop") >= ALIKE);
  assert.ok(like("Ura është e mbyllur", "ura eshte mbyllur") >= ALIKE);
  assert.ok(like("Нема возног реда", "Nema voznog reda") >= ALIKE);
  assert.equal(like("Bus", "Bus"), 1);
});

test("what shares a word or the small words only is not alike", () => {
  assert.ok(like("No timetable at the bus stops", "The bus stops are too far away") < ALIKE);
  assert.ok(like("There is no water in the park", "There is no light in the street") < ALIKE);
  assert.equal(like("", "Bus"), 0);
});

test("who is named is found by the whole name, the longer one first, once, and never inside another word", () => {
  const people = [{ id: "1", name: "Ana" }, { id: "2", name: "Ana Marku" }, { id: "3", name: "ნინო კ." }, { id: "4", name: "" }];
  assert.deepEqual(mentioned("@ana marku and @Ana, see @ნინო კ. and @Ana", people), ["2", "1", "3"]);
  assert.deepEqual(mentioned("mail ana@anatolia.org, @Anatol", people), []);
});
