import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, matches } from "../../static/js/lib/fold.js";

test("Latin finds Cyrillic and Georgian, and the other way", () => {
  for (const word of ["kutaisi", "Kutaisi", "КУТАИСИ", "Кутаиси", "ქუთაისი", "ᲥᲣᲗᲐᲘᲡᲘ"]) {
    for (const text of ["Kutaisi", "Кутаиси", "ქუთაისი"]) assert.ok(matches(text, word), `${word} in ${text}`);
  }
});

test("marks on letters do not matter", () => {
  assert.ok(matches("Žabljak, čaršija", "zabljak carsija"));
  assert.ok(matches("Bălți", "balti"));
  assert.ok(matches("Stațiile", "stațiile"));
  assert.ok(matches("Biçikleta", "bicikleta"));
});

test("Serbian is found in either of its scripts", () => {
  for (const [cyrillic, latin] of [["Ћуприја", "Ćuprija"], ["Њива", "Njiva"], ["Ђорђе", "Đorđe"], ["џем", "džem"], ["Љубав", "ljubav"]]) {
    assert.equal(fold(cyrillic), fold(latin));
    assert.ok(matches(cyrillic, latin) && matches(latin, cyrillic));
  }
});

test("Ukrainian is found as people spell it in Latin", () => {
  assert.ok(matches("Чернівці", "chernivtsi"));
  assert.ok(matches("Узимку з тротуарів", "trotuariv"));
});

test("all words are looked for, in any order", () => {
  assert.ok(matches("The bus is late again", "late bus"));
  assert.ok(!matches("The bus is late again", "late train"));
});

test("emoji and other scripts stand as they are", () => {
  assert.ok(matches("مرحبا 🚌", "🚌"));
  assert.ok(matches("مرحبا", "مرحبا"));
});
