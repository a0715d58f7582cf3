import assert from "node:assert/strict";
import { test } from "node:test";
import { Wings, wingsFor, wingsOf } from "../../static/js/board/wings.js";

const URLS = { maps: "/maps.js", records: "/records.js", sheets: "/sheets.js", playback: "/playback.js" };

/** Wings whose files come when the test says so. */
function house() {
  const asked = [];
  const answers = [];
  const load = (url) => new Promise((come, fail) => (asked.push(url), answers.push({ come, fail: () => fail(new Error(url)) })));
  const wings = new Wings({ urls: URLS, sheet: "/wings.css", load, style: async () => {} });
  const told = [];
  wings.tell = (what) => told.push(what);
  return { wings, asked, answers, told };
}

const turn = () => new Promise((done) => setImmediate(done));

test("a board of notes opens without any wing, one of records or factors with its own", () => {
  assert.deepEqual(wingsOf({ layout: "zones" }), []);
  assert.deepEqual(wingsOf({ layout: "cards", method: "persona" }), ["records"]);
  assert.deepEqual(wingsOf({ layout: "graph", method: "net-map" }), ["records"]);
  assert.deepEqual(wingsOf({ layout: "graph" }), ["maps"]);
  assert.deepEqual(wingsOf({ layout: "zones", method: "swot" }), ["findings"]);
});

test("those who lead need theirs, and everybody what is decided with while something is open", () => {
  assert.deepEqual(wingsFor([{ kind: "vote", state: "closed" }], "participant"), []);
  assert.deepEqual(wingsFor([{ kind: "vote", state: "open" }], "participant"), ["deciding"]);
  assert.deepEqual(wingsFor([{ kind: "consent", state: "open" }], "owner"), ["leading", "deciding"]);
  assert.deepEqual(wingsFor([], "co-facilitator"), ["leading"]);
});

test("a wing is fetched once and furnished before anybody enters", async () => {
  const { wings, asked, answers } = house();
  const happened = [];
  wings.when("maps", (wing) => happened.push(["furnished", wing]));
  const first = wings.open("maps").then(() => happened.push("first"));
  const second = wings.open("maps").then(() => happened.push("second"));
  answers[0].come("the map");
  await Promise.all([first, second]);
  assert.deepEqual(asked, ["/maps.js"]);
  assert.deepEqual(happened, [["furnished", "the map"], "first", "second"]);
  assert.equal(wings.has("maps"), true);
});

test("a wing that came before anybody knew how to furnish it is furnished as soon as somebody does", async () => {
  const { wings, answers } = house();
  const coming = wings.open("records");
  answers[0].come("the records");
  await coming;
  const furnished = [];
  wings.when("records", (wing) => furnished.push(wing));
  assert.deepEqual(furnished, []);
  await turn();
  assert.deepEqual(furnished, ["the records"]);
});

test("what did not come is told, and asked for again under another address; who waits gets it then", async () => {
  const { wings, asked, answers, told } = house();
  const entered = [];
  void wings.open("sheets").then((wing) => entered.push(wing));
  answers[0].fail();
  await turn();
  assert.deepEqual([told, entered], [["missing"], []]);
  wings.again();
  answers.at(-1)?.come("the sheets");
  await turn();
  answers.at(-1)?.come("the sheets");
  await turn();
  assert.deepEqual(asked, ["/sheets.js", "/sheets.js?again=1"]);
  assert.deepEqual([told, entered], [["missing", "here"], ["the sheets"]]);
});

test("the line coming back asks again, staying on it does not", async () => {
  const { wings, asked, answers } = house();
  wings.line(true);
  void wings.open("maps");
  answers[0].fail();
  await turn();
  wings.line(true);
  await turn();
  assert.equal(asked.length, 1);
  wings.line(false);
  wings.line(true);
  await turn();
  assert.equal(asked.length, 2);
});

test("a wing that is on no server any more is lost after the second try, and only then", async () => {
  const { wings, answers } = house();
  void wings.open("maps");
  const seen = [];
  for (let n = 0; n < 3; n += 1) {
    answers[n].fail();
    await turn();
    seen.push(wings.isLost);
    wings.again();
    await turn();
  }
  assert.deepEqual(seen, [false, false, true]);
});

test("a board does not wait for what did not come, though it is asked for on", async () => {
  const { wings, answers } = house();
  const ready = wings.ready(["maps"]);
  answers[0].fail();
  await ready;
  assert.equal(wings.has("maps"), false);
});

test("all who wait for it hear that it did not come", async () => {
  const { wings, answers } = house();
  const ready = [wings.ready(["maps"]), wings.ready(["maps"])];
  answers[0].fail();
  await Promise.all(ready);
});

test("until what somebody pressed for is there, keys are not the board's; they are again when it does not come", async () => {
  const { wings, answers } = house();
  void wings.open("maps");
  assert.equal(wings.takesKeys, false);
  void wings.press("sheets");
  assert.equal(wings.takesKeys, true);
  answers[1].fail();
  await turn();
  assert.equal(wings.takesKeys, false);
  const records = wings.press("records");
  assert.equal(wings.takesKeys, true);
  answers[2].come("the records");
  await records;
  assert.equal(wings.takesKeys, false);
  void wings.press("records");
  assert.equal(wings.takesKeys, false);
});

test("a fault while a wing is furnished is not swallowed as a line that broke", async (context) => {
  const { wings, answers, told } = house();
  const errors = context.mock.method(console, "error", () => {});
  wings.when("maps", () => {
    throw new TypeError("ours");
  });
  void wings.open("maps");
  answers[0].come("the map");
  await turn();
  assert.deepEqual(told, ["missing"]);
  assert.match(String(errors.mock.calls[0]?.arguments[0]), /ours/);
});
