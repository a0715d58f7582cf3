import assert from "node:assert/strict";
import { test } from "node:test";
import { Making } from "../../static/js/board/making.js";

function making(notes) {
  const edited = [];
  const items = new Map(notes.map((note) => [note.id, { kind: "note", by: "nino", ...note }]));
  const model = { me: "nino", items, isHidden: () => false };
  return { edited, making: new Making({ model, views: { edit: (id) => edited.push(id) } }) };
}

test("the note written last is gone on with", () => {
  const { edited, making: board } = making([{ id: "b", at: 20 }, { id: "a", at: 10 }, { id: "x", at: 30, by: "luan" }]);
  assert.equal(board.editLast(), true);
  assert.deepEqual(edited, ["b"]);
});

test("of two notes of one moment the later one is gone on with", () => {
  const { edited, making: board } = making([{ id: "first", at: 10 }, { id: "last", at: 10 }]);
  board.editLast();
  assert.deepEqual(edited, ["last"]);
});

test("without a note of one's own there is nothing to go on with", () => {
  const { edited, making: board } = making([{ id: "x", at: 30, by: "luan" }]);
  assert.deepEqual([board.editLast(), edited], [false, []]);
});
