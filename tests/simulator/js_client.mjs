// Pages of the simulator: the browser's own sync.js, spoken to in lines of JSON.
// {page, now, do, args} comes in; {value, sent, fetches, events} goes out, after every promise is done.

import { createInterface } from "node:readline";

import { stateHash } from "../../static/js/board/hash.js";
import { Sync } from "../../static/js/board/sync.js";

const TOLD = ["refused", "unfollowed", "diverged", "bye"];
let now = 0;

class Page {
  sent = [];
  fetches = [];
  events = [];
  #waiting = new Map();
  #made = 0;

  constructor({ me, client }) {
    this.sync = new Sync({
      client,
      me,
      now: () => now,
      fetchSnapshot: (stream) => this.#fetch(stream),
      makeId: () => `${client.slice(0, 12)}${String(++this.#made).padStart(10, "0")}`,
    });
    this.sync.send = (message) => this.sent.push(structuredClone(message));
    for (const type of TOLD) this.sync.on(type, (event) => this.events.push({ event: type, ...event }));
  }

  #fetch(stream) {
    return new Promise((resolve, reject) => {
      const ticket = this.fetches.length + this.#waiting.size + ++this.#made;
      this.#waiting.set(ticket, { resolve, reject });
      this.fetches.push([ticket, stream]);
    });
  }

  fetched(ticket, snapshot) {
    this.#waiting.get(ticket).resolve(snapshot);
    this.#waiting.delete(ticket);
  }

  failed(ticket) {
    this.#waiting.get(ticket).reject(new Error("no answer"));
    this.#waiting.delete(ticket);
  }

  look(stream) {
    const { seq, fields, items } = this.sync.view(stream);
    return { seq, fields, items: [...items.values()], unsent: this.sync.unsent };
  }

  hashes(stream) {
    const { seq, fields, items } = this.sync.view(stream);
    const view = { fields, items };
    return { seq, view: stateHash(view), confirmed: stateHash(this.sync.confirmed(stream)), unsent: this.sync.unsent };
  }

  take() {
    const { sent, fetches, events } = this;
    Object.assign(this, { sent: [], fetches: [], events: [] });
    return { sent, fetches, events };
  }
}

const OWN = new Set(["fetched", "failed", "look", "hashes"]);
const SAID = { ask: "ask", edit_text: "editText" };
const pages = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  now = told.now;
  let answer;
  try {
    const value = handle(told);
    await new Promise((resolve) => setImmediate(resolve));
    answer = { value: value ?? null, ...pages.get(told.page)?.take() };
  } catch (error) {
    answer = { error: error.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function handle({ page: number, do: name, args }) {
  if (name === "start") return void pages.set(number, new Page(...args));
  if (name === "end") return void pages.delete(number);
  const page = pages.get(number);
  return OWN.has(name) ? page[name](...args) : page.sync[SAID[name] ?? name](...args);
}
