import assert from "node:assert/strict";
import { test } from "node:test";

import { Guides } from "../../static/js/board/guides.js";

/** A workshop where elira and ioana lead, and nino and olga take part; I am nino. */
function room(me = "nino") {
  const roles = { elira: "owner", ioana: "facilitator", nino: "participant", olga: "participant" };
  const people = new Map();
  const timers = [];
  let heard = () => {};
  const presence = { people, onChange: (listener) => (heard = listener) };
  const model = { me, person: (id) => (roles[id] ? { id, role: roles[id] } : undefined) };
  const guides = new Guides(/** @type {any} */ (model), /** @type {any} */ (presence), {
    later: (act) => timers.push(act) - 1,
    cancel: (at) => at !== undefined && (timers[at] = () => {}),
  });
  const told = (shown) => {
    for (const [id, one] of Object.entries(shown)) one ? people.set(id, one) : people.delete(id);
    heard(new Set(Object.keys(shown)));
  };
  return { guides, told, pass: () => timers.splice(0).forEach((act) => act()) };
}

test("of several who lead, everyone follows who began last", () => {
  const { guides, told } = room();
  told({ elira: { leads: 5, at: "one" }, ioana: {} });
  assert.deepEqual(guides.leader, { person: "elira", since: 5 });
  told({ ioana: { leads: 7, at: "two" } });
  assert.deepEqual([guides.leader, guides.at("ioana")], [{ person: "ioana", since: 7 }, "two"]);
  told({ ioana: {} });
  assert.equal(guides.leader?.person, "elira");
});

test("nobody leads whose role does not", () => {
  const { guides, told } = room();
  told({ olga: { leads: 9 } });
  assert.equal(guides.leader, null);
});

test("whoever leads and loads another board has not gone", () => {
  const { guides, told, pass } = room();
  told({ elira: { leads: 5, at: "one" } });
  told({ elira: null });
  assert.equal(guides.leader?.person, "elira");
  told({ elira: { leads: 5, at: "two" } });
  pass();
  assert.equal(guides.at("elira"), "two");
  told({ elira: null });
  pass();
  assert.equal(guides.leader, null);
});

test("who sees what I see is known along the whole chain, and a circle of others has an end", () => {
  const { guides, told } = room("nino");
  told({ elira: { leads: 5, follows: "olga" }, olga: { follows: "nino" } });
  assert.deepEqual([guides.followers, guides.seesMe("elira"), guides.seesMe("olga")], [1, true, true]);
  told({ olga: { follows: "elira" } });
  assert.deepEqual([guides.followers, guides.seesMe("elira")], [0, true]);
  told({ olga: {} });
  assert.equal(guides.seesMe("elira"), false);
});
