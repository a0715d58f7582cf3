import assert from "node:assert/strict";
import { test } from "node:test";

import { HeldLine, LineEnd } from "../../static/js/board/line.js";
import { connect } from "../../static/js/board/socket.js";
import { Sync } from "../../static/js/board/sync.js";
import { Ways } from "../../static/js/board/ways.js";
import { settled, World } from "./support/world.js";

const BOARD = "board:B";
const WELCOME = { type: "welcome", epoch: "one", now: 0, person: "ana", last: {} };
const PONG = { type: "pong", now: 0 };

function open(world = new World()) {
  const line = new HeldLine("/line", "t/1", world);
  const [heard, codes] = [[], []];
  line.onmessage = ({ data }) => heard.push(data);
  line.onclose = ({ code }) => codes.push(code);
  return { world, line, heard, codes };
}

async function opened() {
  const all = open();
  all.world.under("/line").answer(201, { line: "L", hold: 15 });
  await settled();
  return all;
}

function begin(world) {
  const sync = new Sync({ me: "ana", client: "C", now: world.now });
  sync.load(BOARD, { epoch: "one", seq: 0, state: { fields: {}, items: [] } });
  const ways = [];
  connect({ sync, url: "/socket", ticketUrl: "/ticket", lineUrl: "/line", connected: (way) => ways.push(way), world });
  return { sync, ways };
}

/** The server lets the line in and greets. */
async function greetOnLine(world) {
  await settled();
  world.under("/line").answer(201, { line: "L", hold: 15 });
  await settled();
  const hello = JSON.parse(world.under("/line/L?first=1").body);
  world.under("/line/L?first=1").answer(200, { taken: 1 });
  world.under("/line/L?after=0").answer(200, { first: 1, messages: [WELCOME] });
  await settled();
  return hello;
}

test("P12.3 what is said is posted until it was taken, and counted once", () => {
  const end = new LineEnd();
  assert.equal(end.post(), null);
  for (const text of ["one", "two", "three"]) end.say(text);
  assert.deepEqual(end.post(), { first: 1, body: "one\ntwo\nthree" });
  end.taken(2);
  end.taken(1);
  assert.deepEqual(end.post(), { first: 3, body: "three" });
  end.say("x".repeat(60_000));
  end.say("y".repeat(60_000));
  assert.equal(end.post().body.length, 60_006);
  end.taken(99);
  assert.equal(end.post(), null);
});

test("P12.5 what is told again is heard once", () => {
  const end = new LineEnd();
  assert.deepEqual(end.hear({ first: 1, messages: ["a", "b"] }), ["a", "b"]);
  assert.deepEqual(end.hear({ first: 1, messages: ["a", "b", "c"] }), ["c"]);
  assert.deepEqual(end.hear({ first: 4, messages: [] }), []);
  assert.equal(end.heard, 3);
});

test("P12.1 the ticket opens it, and what is said together goes together", async () => {
  const { world, line } = open();
  assert.deepEqual([world.under("/line").url, world.under("/line").body], ["/line", "t/1"]);
  world.under("/line").answer(201, { line: "L", hold: 15 });
  await settled();
  line.send("one");
  line.send("two");
  await settled();
  assert.equal(world.under("/line/L?first=1").body, "one\ntwo");
  line.send("three");
  await settled();
  assert.equal(world.requests.length, 2); // one POST at a time, and the GET
  world.under("/line/L?first=1").answer(200, { taken: 2 });
  await settled();
  assert.equal(world.under("/line/L?first=3").body, "three");
});

test("P12.5 a request that is cut is sent again, and nothing is lost or comes twice", async () => {
  const { world, line, heard, codes } = await opened();
  world.under("/line/L?after=0").answer(200, { first: 1, messages: ["a"] });
  await settled();
  world.under("/line/L?after=1").cut();
  line.send("one");
  await settled();
  world.under("/line/L?first=1").answer(502, {});
  await world.pass(1_000);
  world.under("/line/L?first=1").answer(200, { taken: 1 });
  world.under("/line/L?after=1").answer(200, { first: 1, messages: ["a", "b"] });
  await settled();
  assert.deepEqual([heard, codes], [["a", "b"], []]);
});

test("P12.4 a proxy that cuts what is held is asked for less, and is no reason to give up", async () => {
  const { world, codes } = await opened();
  const holds = [];
  for (let round = 0; round < 6; round += 1) {
    await world.pass(4_000);
    holds.push(Number(new URL(world.under("/line/L?after=0").url, "http://x").searchParams.get("hold")));
    if (holds.at(-1) > 3) world.under("/line/L?after=0").answer(504, {});
    else world.under("/line/L?after=0").answer(200, { first: 1, messages: [] });
    await settled();
  }
  assert.deepEqual(holds, [15, 7, 3, 3, 3, 3]);
  assert.deepEqual(codes, []);
});

test("a line that answers nothing for twelve seconds is over", async () => {
  const { world, codes } = await opened();
  for (let round = 0; round < 30 && !codes.length; round += 1) {
    world.under("/line/L?after=0")?.cut();
    await settled();
    await world.pass(1_000);
  }
  assert.deepEqual(codes, [1006]);
  assert.ok(world.time > 12_000 && world.time < 16_000, String(world.time));
});

test("P12.2 P12.7 a line that is unknown is over; one that is closed has its code", async () => {
  const unknown = await opened();
  unknown.world.under("/line/L?after=0").answer(404, { code: "unknown" });
  await settled();
  assert.deepEqual(unknown.codes, [1006]);
  const closed = await opened();
  closed.world.under("/line/L?after=0").answer(200, { first: 1, messages: ["bye"], close: 4403 });
  await settled();
  assert.deepEqual([closed.heard, closed.codes, closed.world.requests], [["bye"], [4403], []]);
});

test("P12.9 where no socket opens within four seconds the line is taken, and it is said", async () => {
  const world = new World();
  const { sync, ways } = begin(world);
  await settled();
  await world.pass(3_900);
  assert.equal(world.under("/line"), undefined);
  await world.pass(100);
  assert.equal(world.sockets[0].isClosed, true);
  const hello = await greetOnLine(world);
  assert.equal(hello.type, "hello");
  assert.deepEqual([sync.isOnline, ways, world.kept], [true, ["line"], "line"]);
  sync.ask(BOARD, { type: "create_note", id: "N", text: "Water", x: 0, y: 0 });
  await settled();
  assert.equal(JSON.parse(world.under("/line/L?first=2").body).op.id, "N");
});

test("P12.9 three sockets that end before the welcome, and the line is taken", async () => {
  const world = new World();
  begin(world);
  for (let round = 1; round <= 3; round += 1) {
    await settled();
    assert.equal(world.sockets.length, round);
    world.socket.onclose({ code: 1006 });
    if (round < 3) await world.pass(2_000);
  }
  await settled();
  assert.ok(world.under("/line"));
});

test("P12.9 a socket that opens and says nothing, and the line is taken", async () => {
  const world = new World();
  begin(world);
  await settled();
  world.socket.readyState = 1;
  world.socket.onopen();
  await world.pass(8_000);
  assert.equal(world.sockets[0].isClosed, true);
  assert.ok(world.under("/line"));
});

test("a server that says bye before its welcome is no reason for the line", async () => {
  const world = new World();
  begin(world);
  await settled();
  for (let round = 1; round <= 5; round += 1) {
    world.socket.readyState = 1;
    world.socket.onopen();
    world.hear({ type: "bye", code: "restart", delay: 0 });
    world.socket.onclose({ code: 1012 });
    while (world.sockets.length === round) await world.pass(100);
  }
  assert.equal(world.under("/line"), undefined);
});

test("P12.9 what worked is remembered for this visit", async () => {
  const world = new World();
  world.kept = "line";
  const { ways } = begin(world);
  await greetOnLine(world);
  assert.deepEqual([ways, world.sockets.length], [["line"], 0]);
});

test("P12.8 P12.9 a socket that answers a ping takes over, and what was unanswered is asked again", async () => {
  const world = new World();
  world.kept = "line";
  const { sync, ways } = begin(world);
  await greetOnLine(world);
  sync.ask(BOARD, { type: "create_note", id: "N", text: "Water", x: 0, y: 0 });
  for (let after = 1; after < 8; after += 1) {
    await world.pass(4_500); // the op is not answered, but the line stands
    const post = world.under("/line/L?first=");
    post?.answer(200, { taken: Number(new URL(post.url, "http://x").searchParams.get("first")) });
    world.under(`/line/L?after=${after}&`).answer(200, { first: after + 1, messages: [PONG] });
    await settled();
  }
  assert.equal(world.sockets.length, 1);
  const late = world.under("/line/L?after=");
  world.socket.readyState = 1;
  world.socket.onopen();
  assert.deepEqual(world.socket.sent, [{ type: "ping" }]);
  world.hear(PONG);
  await settled();
  assert.deepEqual(world.socket.sent.map(({ type }) => type), ["ping", "hello"]);
  assert.deepEqual(world.socket.sent[1].clients, { C: 1 });
  assert.equal(world.requests.includes(late), false); // let go of
  world.hear({ ...WELCOME, last: {} });
  assert.equal(world.socket.sent.at(-1).op.id, "N");
  assert.deepEqual([ways, world.kept, sync.isOnline], [["line", "socket"], null, true]);
});

test("P12.9 a socket that does not answer changes nothing, and is tried again later and later", async () => {
  const world = new World();
  world.kept = "line";
  const { sync } = begin(world);
  await greetOnLine(world);
  const tried = [];
  for (let round = 0; round < 300; round += 1) {
    await world.pass(1_000);
    if (world.sockets.length > tried.length) {
      tried.push(Math.round(world.time / 10_000));
      world.socket.readyState = 1;
      world.socket.onopen();
    }
    const ping = world.under("/line/L?first=");
    ping?.answer(200, { taken: Number(new URL(ping.url, "http://x").searchParams.get("first")) });
    const get = world.under("/line/L?after=");
    const after = Number(new URL(get.url, "http://x").searchParams.get("after"));
    if (round % 5 === 0) get.answer(200, { first: after + 1, messages: [PONG] });
    await settled();
    assert.equal(sync.isOnline, true);
  }
  assert.deepEqual(tried, [3, 10, 23]);
});

test("a socket that is lost right after it took over sends us back to the line", async () => {
  const world = new World();
  const ways = new Ways({ hasLine: true, memory: { ...world.memory, get: () => "line" }, now: world.now });
  ways.probed(true);
  assert.equal(ways.next, "socket");
  assert.equal(ways.failed("socket", "ended"), true);
  assert.equal(ways.next, "line");
});

test("two lines that come to nothing, and sockets are tried again; two that fall silent, and the line is", () => {
  const world = new World();
  world.kept = "line";
  const ways = new Ways({ hasLine: true, memory: world.memory, now: world.now });
  assert.deepEqual([ways.failed("line", "ended"), ways.failed("line", "ended"), ways.next], [false, true, "socket"]);
  assert.deepEqual([ways.failed("socket", "silent"), ways.failed("socket", "silent"), ways.next], [false, true, "line"]);
});
