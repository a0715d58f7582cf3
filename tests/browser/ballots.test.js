import assert from "node:assert/strict";
import { test } from "node:test";

import { Ballots } from "../../static/js/board/ballots.js";
import { MemoryQueue, Shelf } from "../../static/js/board/queue.js";

const STREAM = "workshop:WWWWWWWWWWWWWWWWWWWWWW";

/** What `Sync` is to ballots: a line that is up or not. */
class Line {
  isOnline = false;
  sent = [];
  #listeners = new Map();
  send = (message) => this.sent.push(message);

  on(type, listener) {
    this.#listeners.set(type, listener);
  }

  tell(type, message) {
    this.#listeners.get(type)(message);
  }

  up(on = true) {
    this.isOnline = on;
    this.tell("status", { online: on });
  }

  /** The server answers the last ballot. */
  answer(code = "") {
    const { client, n, stream, vote } = this.sent.at(-1);
    if (code) this.tell("unasked", { type: "refused", client, n, stream, code });
    else this.tell("counted", { type: "counted", client, n, stream, vote });
  }
}

function page({ shelf = new Shelf(), mine = {}, me = "ana" } = {}) {
  const line = new Line();
  const clock = { now: 0 };
  const queue = new MemoryQueue({ shelf });
  const fetchMine = async () => {
    if (mine === null) throw new Error("no network");
    return mine;
  };
  const ballots = new Ballots({ sync: line, stream: STREAM, me, queue, fetchMine, makeId: () => `client of ${me}`, now: () => clock.now });
  const refused = [];
  ballots.addEventListener("refused", (e) => refused.push(e.detail));
  return { line, ballots, refused, shelf, clock, kept: () => queue.kept(`ballots ${STREAM} ${me}`) };
}

test("P13.1 a ballot is seen at once, unsent until it is counted, and then nothing of it stays on the device", async () => {
  const { line, ballots, kept } = page();
  line.up();
  ballots.put("V", { water: 2, buses: 0 });
  assert.deepEqual(ballots.dots("V"), { water: 2 });
  assert.equal(ballots.isUnsent("V"), true);
  assert.equal((await kept()).length, 1);
  assert.deepEqual(line.sent, [{ type: "ballot", client: "client of ana", n: 1, stream: STREAM, vote: "V", dots: { water: 2 } }]);
  line.answer();
  assert.equal(ballots.isUnsent("V"), false);
  assert.deepEqual(await kept(), []);
});

test("while one is unanswered the newest waits, and goes alone after it", () => {
  const { line, ballots } = page();
  line.up();
  for (const water of [1, 2, 3]) ballots.put("V", { water });
  assert.deepEqual(line.sent.map((m) => m.dots), [{ water: 1 }]);
  line.answer();
  assert.deepEqual(line.sent.map((m) => [m.n, m.dots]), [[1, { water: 1 }], [2, { water: 3 }]]);
  line.answer();
  assert.equal(ballots.isUnsent("V"), false);
});

test("what was put offline is kept over a reload and sent on return, the newest only", async () => {
  const { ballots, shelf } = page();
  ballots.put("V", { water: 1 });
  ballots.put("V", { buses: 2 });
  const next = page({ shelf });
  await next.ballots.start();
  assert.deepEqual(next.ballots.dots("V"), { buses: 2 });
  assert.equal(next.ballots.isUnsent("V"), true);
  next.line.up();
  assert.deepEqual(next.line.sent.map((m) => m.dots), [{ buses: 2 }]);
  next.line.answer();
  assert.deepEqual(await next.kept(), []);
});

test("a ballot whose answer was lost is sent again", () => {
  const { line, ballots } = page();
  line.up();
  ballots.put("V", { water: 1 });
  line.up(false);
  line.up();
  assert.deepEqual(line.sent.map((m) => m.n), [1, 2]);
  line.tell("counted", { client: "client of ana", n: 1 }); // of the first, late: not the answer that is waited for
  assert.equal(ballots.isUnsent("V"), true);
  line.answer();
  assert.equal(ballots.isUnsent("V"), false);
});

test("a refusal gives back what was counted before, and says what was not", async () => {
  const { line, ballots, refused, kept } = page();
  line.up();
  ballots.put("V", { water: 1 });
  line.answer();
  ballots.put("V", { buses: 3 });
  line.answer("stage");
  assert.deepEqual(ballots.dots("V"), { water: 1 });
  assert.deepEqual(refused, [{ vote: "V", voter: "ana", code: "stage", data: {}, dots: { buses: 3 } }]);
  assert.deepEqual(await kept(), []);
});

test("what could not be counted just now is sent again by itself", () => {
  const { line, ballots, refused, clock } = page();
  line.up();
  ballots.put("V", { water: 1 });
  line.answer("unavailable");
  ballots.beat();
  assert.equal(line.sent.length, 1);
  clock.now += 3_000;
  ballots.beat();
  assert.equal(line.sent.length, 2);
  assert.deepEqual(refused, []);
});

test("P13.6 my dots come back from the server, but what is chosen here meanwhile is newer", async () => {
  const mine = { water: 2 };
  const first = page({ mine });
  await first.ballots.learn("V");
  assert.deepEqual(first.ballots.dots("V"), mine);
  const second = page({ mine });
  const learning = second.ballots.learn("V");
  second.ballots.put("V", { buses: 1 });
  await learning;
  assert.deepEqual(second.ballots.dots("V"), { buses: 1 });
});

test("without a connection my dots are asked for again later", async () => {
  let isUp = false;
  const { ballots } = page();
  ballots.fetchMine = async () => {
    if (!isUp) throw new Error("no network");
    return { water: 1 };
  };
  await ballots.learn("V");
  assert.deepEqual(ballots.dots("V"), {});
  isUp = true;
  await ballots.learn("V");
  assert.deepEqual(ballots.dots("V"), { water: 1 });
});

test("P13.2 a ballot for somebody without a device goes beside one's own", () => {
  const { line, ballots } = page({ me: "olga" });
  line.up();
  ballots.put("V", { water: 1 });
  ballots.put("V", { buses: 1 }, "nino");
  assert.deepEqual(line.sent.map((m) => m.voter), [undefined, "nino"]);
  assert.deepEqual(ballots.dots("V", "nino"), { buses: 1 });
  assert.deepEqual(ballots.dots("V"), { water: 1 });
});

test("whoever leaves the device, or shares it, leaves no dots on it", async () => {
  const { ballots, shelf, kept } = page();
  ballots.put("V", { water: 1 });
  const other = page({ shelf, me: "ben" });
  await other.ballots.start();
  assert.deepEqual(other.ballots.dots("V"), {});
  ballots.forget();
  assert.deepEqual(await kept(), []);
});
