// What every queue does, tried on the one in memory; tests/e2e tries IndexedDB in a browser.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LEASE_MS, MemoryQueue, Shelf } from "../../static/js/board/queue.js";
import { Sync } from "../../static/js/board/sync.js";
import { BOARD, quiet, Server } from "./support/server.js";

const ANA = { person: "ana", workshop: "w" };
const record = (n) => ({ kind: "op", n, stream: BOARD, base: 0, op: { type: "recolour" }, changes: [], spot: null, from: "", splices: [] });

function tabs() {
  const time = { now: 0 };
  const shelf = new Shelf();
  return { time, open: () => new MemoryQueue({ now: () => time.now, shelf }) };
}

test("a queue is adopted once, when its lease has run out, by the same person in the same workshop", async () => {
  const { time, open } = tabs();
  const [one, two] = [open(), open()];
  assert.equal(await one.renew("one", ANA), true);
  one.put("one", "op 1", record(1));
  one.put("one", "op 2", record(2));
  one.remove("one", "op 1");
  assert.equal(await two.renew("two", ANA), true);
  assert.deepEqual(await two.adopt("two", ANA), []);
  time.now += LEASE_MS;
  assert.deepEqual(await two.adopt("two", { ...ANA, workshop: "other" }), []);
  assert.deepEqual(await two.adopt("two", { ...ANA, person: "ben" }), []);
  assert.deepEqual(await two.adopt("two", ANA), [{ client: "one", records: [record(2)] }]);
  assert.deepEqual(await open().adopt("three", ANA), []);
});

test("a page that slept learns that its queue is another's now", async () => {
  const { time, open } = tabs();
  const [one, two] = [open(), open()];
  await one.renew("one", ANA);
  one.put("one", "op 1", record(1));
  time.now += LEASE_MS;
  await two.adopt("two", ANA);
  assert.equal(await one.renew("one", ANA), false);
});

test("whoever holds a lease keeps what it adopted, and lets go on leaving", async () => {
  const { time, open } = tabs();
  const [one, two, three] = [open(), open(), open()];
  await one.renew("one", ANA);
  one.put("one", "op 1", record(1));
  time.now += LEASE_MS;
  await two.renew("two", ANA);
  await two.adopt("two", ANA);
  time.now += LEASE_MS - 1;
  await two.renew("two", ANA);
  time.now += LEASE_MS - 1;
  assert.deepEqual(await three.adopt("three", ANA), []);
  await two.leave("two");
  assert.deepEqual(await three.adopt("three", ANA), [{ client: "one", records: [record(1)] }]);
});

test("P4.3 a tab closed offline: the next one sends what it left, typing included, once", async () => {
  const { time, open } = tabs();
  const server = new Server();
  const page = (client) => {
    const sync = new Sync({ me: "ana", client, queue: open(), now: () => time.now, fetchSnapshot: async () => server.snapshot() });
    sync.load(BOARD, server.snapshot());
    return sync;
  };
  const first = page("one");
  const queue = open();
  await queue.renew("one", ANA);
  const socket = server.connect(first, "ana");
  await quiet(server);
  first.ask(BOARD, { type: "create_note", id: "N", text: "W", x: 0, y: 0 });
  first.editText(BOARD, "N", "text", "Wa");
  socket.up();
  socket.up();
  first.editText(BOARD, "N", "text", "Water 😀");
  socket.cut();
  time.now += LEASE_MS;

  const second = page("two");
  second.adopt(await queue.adopt("two", ANA));
  assert.equal(second.unsent, 3);
  server.connect(second, "ana");
  await quiet(server);
  assert.equal(second.view(BOARD).items.get("N").text, "Water 😀");
  assert.equal(server.state.items.get("N").text, "Water 😀");
  assert.equal(second.unsent, 0);
  assert.equal(server.journal.length, 3);
  time.now += LEASE_MS;
  assert.deepEqual(await queue.adopt("three", ANA), []);
});

test("a page whose queue was adopted gives up what it expected, and goes on under a new name", async () => {
  const server = new Server();
  let made = 0;
  const sync = new Sync({ me: "ana", client: "one", fetchSnapshot: async () => server.snapshot(), makeId: () => `new ${++made}` });
  sync.load(BOARD, server.snapshot());
  sync.ask(BOARD, { type: "create_note", id: "N", text: "Water", x: 0, y: 0 });
  sync.editText(BOARD, "N", "text", "Water!");
  sync.dispossessed();
  assert.deepEqual([sync.client, sync.unsent, sync.canUndo, sync.view(BOARD).items.size], ["new 1", 0, false, 0]);
  server.connect(sync, "ana");
  sync.ask(BOARD, { type: "create_note", id: "M", text: "Bus", x: 0, y: 0 });
  await quiet(server);
  assert.deepEqual([...server.state.items.keys()], ["M"]);
});

test("words that came after the lease had run out are given back when another page has the queue", async () => {
  const server = new Server();
  const time = { now: 1_000 };
  const sync = new Sync({ me: "ana", client: "one", now: () => time.now, fetchSnapshot: async () => server.snapshot(), makeId: () => "new" });
  const back = [];
  sync.on("refused", ({ code, text }) => back.push([code, text]));
  sync.load(BOARD, server.snapshot());
  sync.held(time.now + LEASE_MS);
  sync.ask(BOARD, { type: "create_note", id: "N", text: "Kept in time", x: 0, y: 0 });
  time.now += LEASE_MS;
  sync.ask(BOARD, { type: "create_note", id: "M", text: "", x: 0, y: 0 });
  sync.editText(BOARD, "M", "text", "Too late");
  sync.ask(BOARD, { type: "react", id: "N", reaction: "heart", on: true });
  sync.editText(BOARD, "N", "text", "Kept in time, and on");
  sync.dispossessed();
  assert.deepEqual(back, [["unavailable", "Too late"], ["unavailable", "Kept in time, and on"]]);
  assert.deepEqual([sync.unsent, sync.view(BOARD).items.size], [0, 0]);
});
