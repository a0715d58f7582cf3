import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../../static/js/board/camera.js";

const VIEW = { w: 1366, h: 768 };
const BARS = { top: 88, right: 24, bottom: 92, left: 24 };

test("three zones land exactly between the bars of a 1366 × 768 screen", () => {
  const camera = new Camera();
  const zones = { x: 0, y: 0, w: 1318, h: 588 };
  assert.deepEqual(camera.fitted(zones, VIEW, BARS, { whole: false, least: 0.5, most: 1 }), { zoom: 1, x: 24, y: 88 });
});

test("what lies under the pointer stays there while zooming", () => {
  const camera = new Camera();
  camera.set({ x: -40, y: 12, zoom: 0.8 });
  const at = { x: 300, y: 200 };
  const before = camera.toWorld(at);
  camera.zoomTo(1.7, at);
  const after = camera.toWorld(at);
  assert.ok(Math.abs(after.x - before.x) < 1e-9 && Math.abs(after.y - before.y) < 1e-9);
});

test("to the screen and back is the same place", () => {
  const camera = new Camera();
  camera.set({ x: 17, y: -230, zoom: 0.65 });
  const back = camera.toWorld(camera.toScreen({ x: 123, y: 456 }));
  assert.ok(Math.abs(back.x - 123) < 1e-9 && Math.abs(back.y - 456) < 1e-9);
});

test("zooming ends at 200 percent and at what makes sense for the board", () => {
  const camera = new Camera();
  camera.least = 0.25;
  camera.zoomTo(9, { x: 0, y: 0 });
  assert.equal(camera.zoom, 2);
  camera.zoomTo(0.01, { x: 0, y: 0 });
  assert.equal(camera.zoom, 0.25);
});

test("steps go through 100 percent", () => {
  const camera = new Camera();
  camera.zoom = 0.87;
  assert.equal(camera.step(1), 1);
  assert.equal(camera.step(-1), 0.8);
});

test("an item under a bar is moved clear of it, one that is clear stays", () => {
  const camera = new Camera();
  assert.deepEqual(camera.reveal({ x: 100, y: 20, w: 184, h: 128 }, VIEW, BARS), { x: 0, y: 68 });
  assert.deepEqual(camera.reveal({ x: 100, y: 700, w: 184, h: 128 }, VIEW, BARS), { x: 0, y: -152 });
  assert.deepEqual(camera.reveal({ x: 100, y: 200, w: 184, h: 128 }, VIEW, BARS), { x: 0, y: 0 });
});

test("whoever is brought back to a note keeps the zones beside it where they were", () => {
  const camera = new Camera();
  camera.set({ x: 24, y: -9000, zoom: 1 });
  const note = { x: 100, y: 900, w: 184, h: 128 };
  assert.deepEqual(camera.nearing(note, VIEW, BARS), { ...camera.centred(note, VIEW, BARS, 1), x: 24 });
  camera.set({ x: 5000, y: -9000, zoom: 1 });
  assert.deepEqual(camera.nearing(note, VIEW, BARS), camera.centred(note, VIEW, BARS, 1));
});

test("nobody gets lost beside the board", () => {
  const camera = new Camera();
  camera.set({ x: 99_999, y: -99_999, zoom: 1 });
  camera.keepNear({ x: 0, y: 0, w: 1318, h: 588 }, VIEW, 120);
  assert.deepEqual(camera.place, { x: 1246, y: -468, zoom: 1 });
});

test("words, then first lines, then sheets as one goes further away", () => {
  const camera = new Camera();
  const levels = [1, 0.8, 0.75, 0.6, 0.5, 0.35, 0.3].map((zoom) => {
    camera.zoom = zoom;
    return camera.level;
  });
  assert.deepEqual(levels, ["near", "near", "mid", "mid", "far", "far", "sheets"]);
});
