import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { fill, formsOf, PLURALS, pseudo, t, tn, useWords } from "../../static/js/lib/words.js";

const NUMBERS = [...Array(130).keys(), 1000, 1001, 1002, 1005, 1011, 1021];

test("without a catalogue sentences are English", () => {
  useWords("en", {});
  assert.equal(t("Hello, {name}", { name: "Nino" }), "Hello, Nino");
  assert.equal(tn("{n} note", "{n} notes", 1), "1 note");
  assert.equal(tn("{n} note", "{n} notes", 0), "0 notes");
});

test("a catalogue's words and plural forms are used, and what is missing stays English", () => {
  useWords("sr-Latn", { "{n} note": ["{n} beleška", "{n} beleške", "{n} beležaka"], Undo: "Opozovi" });
  assert.deepEqual(
    [1, 2, 5, 11, 21, 22, 101].map((n) => tn("{n} note", "{n} notes", n)),
    ["1 beleška", "2 beleške", "5 beležaka", "11 beležaka", "21 beleška", "22 beleške", "101 beleška"],
  );
  assert.equal(t("Undo"), "Opozovi");
  assert.equal(t("Redo"), "Redo");
  assert.equal(tn("{n} group", "{n} groups", 1), "1 group");
});

test("a value may hold braces, dollars and backslashes; a brace that is no placeholder stays", () => {
  assert.equal(fill("{a} and {b}", { a: "$&{b}\\", b: "x" }), "$&{b}\\ and x");
  assert.equal(fill("{unknown} {", {}), "{unknown} {");
});

test("the pseudo language is the server's", () => {
  useWords("en-XA", {});
  assert.equal(t("Join the workshop"), "⟦Jõîñ thé wõrkšhõp······⟧");
  assert.equal(tn("{n} note", "{n} notes", 2), "⟦2 ñõtéš···⟧");
  assert.equal(pseudo("{name}"), "⟦{name}··⟧");
});

/** The rule of a Plural-Forms header, which is an expression of C and, here, of JavaScript too. */
function ruleOf(header) {
  const [, expression] = /plural\s*=\s*(.+?);?\s*$/.exec(header);
  assert.match(expression, /^[n\d\s%=!<>&|?:()]+$/);
  return new Function("n", `return Number(${expression})`);
}

test("the browser picks the form that each catalogue's own header picks", () => {
  const locale = new URL("../../codesign/locale/", import.meta.url);
  const rules = { sr: "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);" };
  const entries = readdirSync(locale, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of entries) {
    const po = readFileSync(new URL(`${name}/codesign.po`, locale), "utf8");
    const [, header] = /"Plural-Forms: ((?:.|"\n")*?)\\n"/.exec(po);
    rules[name.replace("_", "-")] = header.replaceAll('"\n"', "");
  }
  for (const [tag, header] of Object.entries(rules)) {
    assert.ok(PLURALS[tag.split("-")[0]], `${tag} is not in the table`);
    const [rule, form] = [ruleOf(header), formsOf(tag)];
    for (const n of NUMBERS) assert.equal(form(n), rule(n), `${tag} ${n}`);
  }
});
