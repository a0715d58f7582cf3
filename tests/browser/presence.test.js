import assert from "node:assert/strict";
import { test } from "node:test";

import { Presence } from "../../static/js/board/presence.js";
import { Sync } from "../../static/js/board/sync.js";

const BOARD = "board:B";

function here() {
  const time = { now: 1_000, timers: [] };
  const sync = new Sync({ me: "ana", client: "C" });
  sync.load(BOARD, { epoch: "one", seq: 0, state: { fields: {}, items: [] } });
  const sent = [];
  sync.send = (message) => message.type === "presence" && sent.push(message);
  const presence = new Presence(sync, BOARD, { now: () => time.now, later: (act, ms) => time.timers.push({ act, ms }) });
  const welcome = () => {
    sync.opened();
    sync.receive({ type: "welcome", epoch: "one", now: 0, person: "ana", last: {} });
  };
  const tick = () => {
    time.now += 100;
    for (const { act } of time.timers.splice(0)) act();
  };
  return { sync, sent, presence, welcome, tick };
}

test("P8.1 at most ten messages a second go out, each with what is new", () => {
  const { sent, presence, welcome, tick } = here();
  welcome();
  presence.show({ cursor: [1, 2], selection: ["N"] });
  presence.show({ cursor: [3, 4] });
  presence.show({ cursor: [5, 6], selection: ["N"] });
  assert.deepEqual(sent, [{ type: "presence", stream: BOARD, cursor: [1, 2], selection: ["N"] }]);
  tick();
  assert.deepEqual(sent.slice(1), [{ type: "presence", stream: BOARD, cursor: [5, 6] }]);
  presence.show({ cursor: [5, 6] });
  tick();
  assert.equal(sent.length, 2);
});

test("P8.2 others come, move and leave; I am not among them", () => {
  const { sync, presence, welcome } = here();
  welcome();
  const changed = [];
  presence.onChange((who) => changed.push([...who]));
  sync.receive({ type: "presence", stream: BOARD, here: 2, people: { ana: {}, ben: { cursor: [1, 2] } } });
  assert.deepEqual([presence.here, [...presence.people]], [2, [["ben", { cursor: [1, 2] }]]]);
  sync.receive({ type: "presence", stream: "board:other", here: 9, people: { eva: {} } });
  sync.receive({ type: "presence", stream: BOARD, here: 1, people: { ben: null } });
  assert.deepEqual([presence.here, presence.people.size], [1, 0]);
  assert.deepEqual(changed, [["ben"], ["ben"]]);
});

test("with the line others go, and when it is back I am told again", () => {
  const { sync, sent, presence, welcome, tick } = here();
  welcome();
  presence.show({ cursor: [1, 2], writing: null });
  sync.receive({ type: "presence", stream: BOARD, here: 2, people: { ben: {} } });
  sync.closed();
  assert.deepEqual([presence.here, presence.people.size], [0, 0]);
  presence.show({ selection: ["N"] });
  tick();
  assert.equal(sent.length, 1);
  sent.length = 0;
  tick();
  welcome();
  assert.deepEqual(sent, [{ type: "presence", stream: BOARD, cursor: [1, 2], selection: ["N"] }]);
});

test("what I stopped doing is told, though the number of unsent things changes meanwhile", () => {
  const { sync, sent, presence, welcome, tick } = here();
  welcome();
  presence.show({ writing: { id: "N", field: "text" } });
  presence.show({ writing: null });
  sync.ask(BOARD, { type: "create_note", id: "N2", text: "", x: 0, y: 0 });
  tick();
  assert.deepEqual(sent.at(-1), { type: "presence", stream: BOARD, writing: null });
});
