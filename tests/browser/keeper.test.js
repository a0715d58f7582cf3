import assert from "node:assert/strict";
import { test } from "node:test";

import { Keeper } from "../../static/js/board/keeper.js";

test("what vanishes while a look is on its way is looked after as well", () => {
  let frames = [];
  globalThis.requestAnimationFrame = (call) => frames.push(call);
  const turn = () => {
    const now = frames;
    frames = [];
    for (const call of now) call(0);
  };
  const body = {};
  const row = { isConnected: true, checkVisibility: () => true, matches: () => false };
  globalThis.document = { activeElement: row, body };
  const main = new EventTarget();
  let back = 0;
  const keeper = new Keeper({ main, back: () => (back += 1) }, new AbortController().signal);
  const event = new Event("focusin");
  Object.defineProperty(event, "target", { value: row });
  main.dispatchEvent(event);
  keeper.look();
  turn();
  // A second change: its view draws in the next frame, after the look that the first one asked for.
  keeper.look();
  requestAnimationFrame(() => {
    row.isConnected = false;
    document.activeElement = body;
  });
  for (let n = 0; n < 4; n += 1) turn();
  assert.equal(back, 1);
});
