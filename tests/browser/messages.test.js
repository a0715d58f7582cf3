import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Messages } from "../../static/js/board/messages.js";

globalThis.document = /** @type {any} */ ({ querySelector: () => null });

/** What is shown of a message to everyone. @param {string} words */
function shown(words) {
  const model = { who: { workshop: "workshop:w", board: "board:b" }, me: "me", fields: {}, name: () => "Elira", sync: { on() {} }, workshop: { fields: { "message/5": words, "message_by/5": "elira" } } };
  const messages = new Messages(/** @type {any} */ ({ model, attention: { inbox: "inbox:w:me", mine: {} }, clock: { now: () => 6 }, alert() {}, draw() {} }));
  return flat(messages.notices()[0]);
}

/** A template as text; what is left out is left out. @param {any} one @returns {string} */
function flat(one) {
  if (typeof one === "symbol" || typeof one === "function") return "";
  return one?.strings ? one.strings.map((/** @type {string} */ s, /** @type {number} */ at) => s + flat(one.values[at] ?? "")).join("") : String(one);
}

test("a long message can be scrolled with keys, and says whose it is; its button is no part of what scrolls", () => {
  const long = shown("word ".repeat(120).trim());
  assert.match(long, /<span class="notice__words" role=region aria-label=Message from Elira tabindex=0>.*word<\/span><\/span><button/);
});

test("a short one is no further stop for keys", () => {
  assert.match(shown("Two minutes left."), /<span class="notice__words" role= aria-label= tabindex=>/);
});

test("its words take at most two fifths of the screen", () => {
  const css = readFileSync(new URL("../../static/css/board/together.css", import.meta.url), "utf-8");
  assert.match(css, /\.notice__words \{[^}]*max-height: calc\(40dvh - 6px\); overflow-y: auto;/);
});
