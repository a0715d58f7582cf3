import assert from "node:assert/strict";
import { test } from "node:test";

import { stateHash } from "../../static/js/board/hash.js";
import { Sync } from "../../static/js/board/sync.js";
import { moveCaret } from "../../static/js/board/text.js";
import { BOARD, quiet, Server } from "./support/server.js";

const NOTE = "NNNNNNNNNNNNNNNNNNNNNN";

function page(server, me, options = {}) {
  const sync = new Sync({ me, now: () => server.now, fetchSnapshot: async () => server.snapshot(), ...options });
  sync.load(BOARD, server.snapshot());
  const heard = [];
  for (const type of ["refused", "status", "change"]) sync.on(type, (event) => heard.push({ type, ...event }));
  return { sync, heard, connect: () => server.connect(sync, me) };
}

function addNote(sync, text = "", id = NOTE) {
  return sync.ask(BOARD, { type: "create_note", id, text, x: 0, y: 0 });
}

function words(sync, id = NOTE) {
  return sync.view(BOARD).items.get(id)?.text;
}

function alike(server, ...pages) {
  for (const { sync } of pages) {
    assert.equal(stateHash(sync.confirmed(BOARD)), stateHash(server.state));
    assert.equal(stateHash(sync.view(BOARD)), stateHash(server.state));
    assert.equal(sync.unsent, 0);
  }
}

test("a note is seen at once, unsent until the ack, and the same object as everyone's after", async () => {
  const server = new Server();
  const [ana, ben] = [page(server, "ana"), page(server, "ben")];
  ana.connect();
  ben.connect();
  await quiet(server);
  assert.equal(addNote(ana.sync, "Water"), 1);
  assert.equal(words(ana.sync), "Water");
  assert.equal(ana.sync.mark(NOTE), "unsent");
  assert.equal(words(ben.sync), undefined);
  await quiet(server);
  assert.equal(words(ben.sync), "Water");
  assert.equal(ana.sync.mark(NOTE), "saved");
  assert.equal(ana.sync.view(BOARD).items.get(NOTE), ana.sync.confirmed(BOARD).items.get(NOTE));
  alike(server, ana, ben);
});

test("P5.5 typing while an edit is unanswered goes as one edit after the answer", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  const socket = ana.connect();
  addNote(ana.sync, "");
  await quiet(server);
  const asked = [];
  const send = ana.sync.send;
  ana.sync.send = (message) => (asked.push(message), send(message));
  for (const text of ["W", "Wa", "Wat", "Wate", "Water"]) ana.sync.editText(BOARD, NOTE, "text", text);
  assert.equal(words(ana.sync), "Water");
  await quiet(server);
  assert.deepEqual(asked.map(({ n, base, op }) => [n, base, op.splices]), [[2, 1, [[0, "", "W"]]], [3, 2, [[1, "", "ater"]]]]);
  assert.ok(socket.isOpen);
  alike(server, ana);
});

test("two people typing in one text keep every letter", async () => {
  const server = new Server();
  const [ana, ben] = [page(server, "ana"), page(server, "ben")];
  ana.connect();
  ben.connect();
  addNote(ana.sync, "");
  await quiet(server);
  ana.sync.editText(BOARD, NOTE, "text", "left ");
  ben.sync.editText(BOARD, NOTE, "text", "right");
  ana.sync.editText(BOARD, NOTE, "text", "left hand ");
  ben.sync.editText(BOARD, NOTE, "text", "right hand 😀");
  await quiet(server);
  assert.equal(words(ana.sync).length, "left hand right hand 😀".length);
  alike(server, ana, ben);
});

test("what was asked while offline is sent in order on return, once", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  const ben = page(server, "ben");
  ben.connect();
  addNote(ana.sync, "Wa");
  ana.sync.editText(BOARD, NOTE, "text", "Wat");
  ana.sync.editText(BOARD, NOTE, "text", "Water");
  ana.sync.ask(BOARD, { type: "recolour", id: NOTE, colour: "sea" });
  assert.equal(ana.sync.unsent, 3);
  ana.connect();
  await quiet(server);
  assert.equal(words(ben.sync), "Water");
  assert.equal(server.journal.length, 3);
  alike(server, ana, ben);
});

test("P4.3 an op whose ack was lost is not asked again", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  const socket = ana.connect();
  await quiet(server);
  addNote(ana.sync, "Water");
  ana.sync.editText(BOARD, NOTE, "text", "Water!");
  socket.up();
  socket.up();
  socket.cut();
  assert.equal(ana.sync.unsent, 2);
  const again = ana.connect();
  while (again.up()) while (again.down());
  assert.deepEqual(again.toServer.filter(({ type }) => type === "op"), []);
  await quiet(server);
  assert.equal(server.journal.length, 2);
  alike(server, ana);
});

test("a refused create takes its expectation and its edits back, and offers the latest words once", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  ana.connect();
  await quiet(server);
  server.refuse = (op) => (op.type === "create_note" ? "stage" : null);
  addNote(ana.sync, "Wa");
  ana.sync.editText(BOARD, NOTE, "text", "Water");
  ana.sync.ask(BOARD, { type: "recolour", id: NOTE, colour: "sea" });
  await quiet(server);
  const refused = ana.heard.filter(({ type }) => type === "refused");
  assert.deepEqual(refused.map(({ code, text }) => [code, text]), [["stage", "Water"]]);
  assert.equal(words(ana.sync), undefined);
  assert.equal(ana.sync.canUndo, false);
  alike(server, ana);
});

test("P5.6 an edit that is too old is asked again over the text as it stands", async () => {
  const server = new Server();
  const [ana, ben] = [page(server, "ana"), page(server, "ben")];
  const socket = ana.connect();
  ben.connect();
  addNote(ana.sync, "one two");
  await quiet(server);
  socket.cut();
  ana.sync.editText(BOARD, NOTE, "text", "one two three");
  server.tail = 2;
  for (const text of ["0 one two", "00 one two", "000 one two"]) {
    ben.sync.editText(BOARD, NOTE, "text", text);
    await quiet(server);
  }
  ana.connect();
  await quiet(server);
  assert.equal(words(ben.sync), "000 one two three");
  alike(server, ana, ben);
});

test("P6.10 another epoch: the snapshot is fetched and what is unanswered is asked anew", async () => {
  const server = new Server();
  const [ana, ben] = [page(server, "ana"), page(server, "ben")];
  const socket = ana.connect();
  ben.connect();
  addNote(ana.sync, "one");
  await quiet(server);
  ben.sync.editText(BOARD, NOTE, "text", "one lost");
  await quiet(server);
  socket.cut();
  ana.sync.editText(BOARD, NOTE, "text", "one lost kept");
  addNote(ana.sync, "new", "MMMMMMMMMMMMMMMMMMMMMM");
  server.restore("two", 1);
  ana.connect();
  ben.connect();
  await quiet(server);
  assert.equal(words(ben.sync), "one kept");
  assert.equal(words(ben.sync, "MMMMMMMMMMMMMMMMMMMMMM"), "new");
  alike(server, ana, ben);
});

test("P5.6 an edit that waited for an entry of another life is asked in this one", () => {
  const sent = [];
  const sync = new Sync({ me: "ana", client: "C" });
  sync.send = (message) => sent.push(message);
  const state = { fields: {}, items: [{ id: NOTE, kind: "note", text: "Wa" }] };
  const welcome = { type: "welcome", epoch: "one", now: 0, person: "ana", last: {} };
  sync.load(BOARD, { epoch: "one", seq: 1, state });
  sync.opened();
  sync.receive(welcome);
  sync.editText(BOARD, NOTE, "text", "Water");
  const answer = { client: "C", n: 1, stream: BOARD, code: "too_old", data: { seq: 31, text: "Wa" } };
  sync.receive({ type: "refused", ...answer });
  sync.closed();
  sent.length = 0;
  sync.opened();
  sync.receive({ ...welcome, epoch: "two" });
  sync.load(BOARD, { epoch: "two", seq: 1, state });
  const asked = sent.filter(({ type }) => type === "op");
  assert.deepEqual(asked.map(({ op }) => op.splices), [[[2, "", "ter"]]]);
});

test("while a field is composing others' words wait, and are merged at the end", async () => {
  const server = new Server();
  const [ana, ben] = [page(server, "ana"), page(server, "ben")];
  ana.connect();
  ben.connect();
  addNote(ana.sync, "tail");
  await quiet(server);
  ana.sync.composing(BOARD, NOTE, "text", true);
  ana.sync.editText(BOARD, NOTE, "text", "ა tail");
  ben.sync.editText(BOARD, NOTE, "text", "tail, and more");
  await quiet(server);
  assert.equal(words(ana.sync), "ა tail");
  assert.equal(words(ben.sync), "tail, and more");
  ana.sync.editText(BOARD, NOTE, "text", "აბ tail");
  ana.heard.length = 0;
  ana.sync.composing(BOARD, NOTE, "text", false);
  assert.equal(words(ana.sync), "აბ tail, and more");
  const moves = ana.heard.flatMap(({ texts }) => texts ?? []);
  assert.deepEqual(moves, [{ id: NOTE, field: "text", before: "აბ tail", splices: [[7, "", ", and more"]] }]);
  await quiet(server);
  alike(server, ana, ben);
});

test("undo and redo touch only what is still mine", async () => {
  const server = new Server();
  const [ana, ben] = [page(server, "ana"), page(server, "ben")];
  ana.connect();
  ben.connect();
  addNote(ana.sync, "one");
  await quiet(server);
  ana.sync.ask(BOARD, { type: "move_item", id: NOTE, x: 500, y: 600 });
  ana.sync.editText(BOARD, NOTE, "text", "one two");
  await quiet(server);
  ben.sync.ask(BOARD, { type: "move_item", id: NOTE, x: 900 });
  await quiet(server);
  ana.sync.undo();
  await quiet(server);
  assert.equal(words(ana.sync), "one");
  ana.sync.undo();
  assert.equal(ana.sync.view(BOARD).items.get(NOTE).y, 0, "seen at once");
  await quiet(server);
  assert.deepEqual([server.state.items.get(NOTE).x, server.state.items.get(NOTE).y], [900, 0]);
  ana.sync.redo();
  ana.sync.redo();
  await quiet(server);
  assert.equal(words(ben.sync), "one two");
  alike(server, ana, ben);
});

test("P6.9 a beacon that differs heals the copy", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  const socket = ana.connect();
  addNote(ana.sync, "one");
  await quiet(server);
  ana.sync.confirmed(BOARD).items.set(NOTE, { id: NOTE, kind: "note", text: "wrong" });
  socket.out({ type: "beacon", stream: BOARD, seq: 1, count: 1, xor: server.xor() });
  await quiet(server);
  alike(server, ana);
});

test("P1.5 what was acked but not seen when the database began another life goes from the view at once", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  const socket = ana.connect();
  addNote(ana.sync, "one");
  await quiet(server);
  ana.sync.editText(BOARD, NOTE, "text", "one two");
  while (socket.up());
  socket.down();
  assert.equal(ana.sync.unsent, 0);
  socket.cut();
  server.restore("two", 1);
  const again = ana.connect();
  while (again.up());
  again.down();
  assert.equal(words(ana.sync), "one");
});

test("a paste too big for one message goes as several, and is one undo", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  const socket = ana.connect();
  await quiet(server);
  const ops = Array.from({ length: 300 }, (_, n) => ({ type: "create_note", id: `N${n}`, text: "წყალი".repeat(40), x: n, y: 0 }));
  ana.sync.ask(BOARD, { type: "all", ops });
  const sizes = socket.toServer.map((message) => new TextEncoder().encode(JSON.stringify(message)).length);
  assert.ok(sizes.length > 1 && sizes.every((size) => size < 65_536), `${sizes}`);
  await quiet(server);
  assert.equal(server.state.items.size, 300);
  alike(server, ana);
  ana.sync.undo();
  await quiet(server);
  assert.equal(server.state.items.size, 0);
  assert.equal(ana.sync.canUndo, false);
  alike(server, ana);
});

test("words that no message can carry are offered back at once", async () => {
  const server = new Server();
  const ana = page(server, "ana");
  ana.connect();
  addNote(ana.sync, "Water");
  await quiet(server);
  const long = "x".repeat(100_000);
  ana.sync.editText(BOARD, NOTE, "text", long);
  assert.equal(ana.sync.ask(BOARD, { type: "create_note", id: "M", text: long, x: 0, y: 0 }), 0);
  const refused = ana.heard.filter(({ type }) => type === "refused");
  assert.deepEqual(refused.map(({ code, text }) => [code, text]), [["limit", long], ["limit", long]]);
  await quiet(server);
  assert.equal(words(ana.sync), "Water");
  alike(server, ana);
});

test("words carried to another stream leave the caret behind them", () => {
  const lane = "lane:AAAAAAAAAAAAAAAAAAAAAA:1:ana";
  const holds = (text) => ({ epoch: "one", seq: 2, state: { fields: {}, items: [{ id: NOTE, kind: "note", text }] } });
  const sync = new Sync({ me: "ana", now: () => 0, fetchSnapshot: async () => null });
  sync.load(lane, holds("No bench at t"));
  sync.load(BOARD, holds("No bench at t"));
  sync.editText(lane, NOTE, "text", "No bench at the");
  let [shown, caret] = ["No bench at the", "No bench at the".length];
  sync.on("change", ({ texts }) => {
    if (words(sync) === shown) return;
    for (const { before, splices } of texts) caret = moveCaret(before, splices, caret);
    shown = words(sync);
  });
  sync.carry(lane, BOARD, NOTE);
  assert.deepEqual([shown, caret], ["No bench at the", 15]);
  sync.load(BOARD, holds("Then: no bench at t"));
  assert.equal(words(sync).slice(0, caret), "Then: no bench at the");
});
