import assert from "node:assert/strict";
import { test } from "node:test";

import { guessLang } from "../../static/js/board/lang.js";
import { firstName, languageName } from "../../static/js/board/languages.js";

/** @type {[string, string][]} */
const NOTES = [
  ["ka", "ტროტუარზე გაჩერებული მანქანები გზას კეტავს"], ["ro", "Trotuare prea înguste pentru un cărucior"], ["ro", "Stațiile nu au umbră vara ☀️"],
  ["sr-Cyrl", "Прелаз код пијаце је опасан за старије"], ["sr-Cyrl", "Аутобус увек касни"], ["uk", "Узимку з тротуарів не прибирають лід"],
  ["sq", "Autobusi nuk vjen në orar dhe askush nuk e di pse"], ["sq", "Më shumë pemë"], ["mk", "Возниот ред никаде не е истакнат"], ["mk", "Повеќе дрвја"],
  ["en", "No bench between the station and the market. My mother has to stop twice."], ["de", "Der Bus kommt zu spät"], ["de", "Müll überall"],
  ["fr", "Le bus est toujours en retard"], ["fr", "Pas de banc au marché"],
];

test("what a note says tells its language, whoever writes it", () => {
  for (const mine of ["en", "sq", "ka", "de"]) {
    for (const [lang, text] of NOTES) assert.equal(guessLang(text, mine), lang, `${text} (${mine})`);
  }
});

test("where few words do not tell, it is the language of whoever writes", () => {
  for (const mine of ["en", "sq", "ro", "de", "tr"]) assert.equal(guessLang("Parking", mine), mine);
  for (const mine of ["mk", "uk", "sr-Cyrl"]) assert.equal(guessLang("Вода", mine), mine);
});

test("Serbian, Bosnian and Croatian are the writer's own; of strangers what the words say", () => {
  for (const mine of ["bs", "hr", "sr-Latn"]) assert.equal(guessLang("Nema klupe u parku", mine), mine);
  assert.equal(guessLang("Nema klupe u parku", "sr-Cyrl"), "sr-Latn");
  assert.equal(guessLang("Нема клупе у парку", "sr-Latn"), "sr-Cyrl");
  assert.equal(guessLang("Autobus uvek kasni, nema ni klupe", "en"), "sr-Latn");
  assert.equal(guessLang("Zrak je loš", "en"), "hr");
  assert.equal(guessLang("Hljeb je preskup", "en"), "bs");
});

test("letters that the writer's language has not are not said to be in it", () => {
  assert.equal(guessLang("Water", "ka"), undefined);
  assert.equal(guessLang("Вода", "en"), undefined);
  assert.equal(guessLang("12 – 14", "en"), undefined);
  assert.equal(guessLang("", "en"), undefined);
});

test("a language whose name the reader's browser does not know is called what its speakers call it", () => {
  const words = /** @type {Record<string, string>} */ ({ "uk uk": "українська", "en en": "English", "cnr en": "Montenegrin" });
  const word = (/** @type {string} */ tag, /** @type {string} */ lang) => words[`${tag} ${lang}`];
  assert.equal(firstName("uk", word), "українська");
  assert.equal(firstName("cnr", word), "Montenegrin");
  assert.equal(firstName("qaa", word), "qaa");
  assert.equal(languageName("ka"), "Georgian");
});
