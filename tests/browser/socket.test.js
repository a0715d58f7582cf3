import assert from "node:assert/strict";
import { test } from "node:test";

import { connect, snapshotsFrom } from "../../static/js/board/socket.js";
import { Sync } from "../../static/js/board/sync.js";
import { settled, World } from "./support/world.js";

const BOARD = "board:B";

function begin(world) {
  const sync = new Sync({ me: "ana", client: "C", now: world.now });
  sync.load(BOARD, { epoch: "one", seq: 0, state: { fields: {}, items: [] } });
  const stops = [];
  const line = connect({ sync, url: "/socket", ticketUrl: "/ticket", stopped: (why) => stops.push(why), world });
  return { sync, line, stops };
}

test("P6.1 P6.2 a ticket, a socket, hello first", async () => {
  const world = new World();
  const { sync } = begin(world);
  await world.greet();
  assert.deepEqual(world.tickets, [["/ticket", "POST"]]);
  assert.equal(world.socket.url, "/socket?ticket=t%2F1");
  const hello = { type: "hello", protocol: 1, epoch: "one", clients: { C: 1 }, follow: [{ stream: BOARD, seq: 0 }] };
  assert.deepEqual(world.socket.sent, [hello]);
  assert.equal(sync.isOnline, true);
});

test("P6.11 it comes back with jitter, longer and longer, and at once when the network is back", async () => {
  const world = new World();
  begin(world);
  await world.greet();
  world.ticketStatus = 0;
  world.socket.onclose({ code: 1006 });
  const waits = [];
  for (let round = 0; round < 6; round += 1) {
    const before = world.tickets.length;
    const from = world.time;
    while (world.tickets.length === before) await world.pass(50);
    waits.push(world.time - from);
  }
  assert.deepEqual(waits, [750, 1250, 2250, 4250, 4250, 4250]);
  world.ticketStatus = 200;
  world.listeners.online();
  await settled();
  assert.equal(world.sockets.length, 2);
});

test("P6.10 it does not come back sooner than the server asked", async () => {
  const world = new World();
  begin(world);
  await world.greet();
  world.hear({ type: "bye", code: "restart", delay: 5_000 });
  world.socket.onclose({ code: 1012 });
  world.listeners.visible();
  await world.pass(5_000);
  assert.equal(world.tickets.length, 1);
  await world.pass(1_000);
  assert.equal(world.tickets.length, 2);
});

test("P6.10 it stops where another try is no use, and says so", async () => {
  for (const [code, why] of [[4401, "session"], [4403, "forbidden"], [4410, "reload"]]) {
    const world = new World();
    const { stops } = begin(world);
    await world.greet();
    world.socket.onclose({ code });
    await world.pass(60_000);
    assert.deepEqual([stops, world.tickets.length], [[why], 1]);
  }
});

test("a session that is over when a ticket is asked for stops it, too", async () => {
  const world = new World();
  world.ticketStatus = 401;
  const { stops } = begin(world);
  await settled();
  assert.deepEqual(stops, ["session"]);
});

test("a quiet line is asked after 20 s and given up 10 s later", async () => {
  const world = new World();
  begin(world);
  await world.greet();
  await world.pass(22_000);
  assert.deepEqual(world.socket.sent.at(-1), { type: "ping" });
  world.hear({ type: "pong", now: 0 });
  await world.pass(22_000);
  assert.equal(world.sockets.length, 1);
  await world.pass(15_000);
  assert.equal(world.sockets[0].isClosed, true);
  assert.equal(world.sockets.length, 2);
});

test("P6 offline is said within 5 s of an op that nobody answers, and taken back when somebody does", async () => {
  const world = new World();
  const { sync } = begin(world);
  await world.greet();
  const told = [];
  sync.on("status", ({ online }) => told.push(online));
  sync.ask(BOARD, { type: "create_note", id: "N", text: "Water", x: 0, y: 0 });
  await world.pass(5_000);
  assert.deepEqual([told.at(-1), sync.isOnline], [false, false]);
  world.hear({ type: "pong", now: 0 });
  assert.equal(sync.isOnline, true);
});

test("what the browser knows of the network is believed at once", async () => {
  const world = new World();
  const { sync } = begin(world);
  await world.greet();
  world.listeners.offline();
  assert.equal(sync.isOnline, false);
  assert.equal(world.socket.isClosed, true);
});

test("late words of a socket that was let go of change nothing", async () => {
  const world = new World();
  const { sync, line } = begin(world);
  await world.greet();
  const old = world.socket;
  line.reconnect();
  await world.greet();
  old.onmessage({ data: JSON.stringify({ type: "changes", stream: BOARD, from: 1, to: 1, entries: [{ seq: 1, at: 0, changes: [] }] }) });
  old.onclose({ code: 4401 });
  assert.equal(sync.view(BOARD).seq, 0);
  assert.equal(sync.isOnline, true);
});

test("P7.1 snapshots are fetched by stream, and a no keeps its status", async () => {
  const asked = [];
  const get = snapshotsFrom("/streams/", async (url) => (asked.push(url), { ok: asked.length === 1, status: 404, json: async () => "snapshot" }));
  assert.equal(await get(BOARD), "snapshot");
  await assert.rejects(get(BOARD), { status: 404 });
  assert.deepEqual(asked, ["/streams/board%3AB", "/streams/board%3AB"]);
});
