// Pages of the simulator: the browser's own sync.js, spoken to in lines of JSON.
// {page, now, do, args} comes in; {value, sent, fetches, events} goes out, after every promise is done.

import { createInterface } from "node:readline";

import { Ballots } from "../../static/js/board/ballots.js";
import { stateHash } from "../../static/js/board/hash.js";
import { Lanes } from "../../static/js/board/lanes.js";
import { LEASE_MS, MemoryQueue, Shelf } from "../../static/js/board/queue.js";

const TOLD = ["refused", "unfollowed", "diverged", "bye"];
const shelves = new Map();
let now = 0;

class Page {
  sent = [];
  fetches = [];
  events = [];
  voted = new Set();
  #waiting = new Map();
  #made = 0;
  #tickets = 0;

  constructor({ me, client, shelf, token, board, workshop }) {
    if (!shelves.has(shelf)) shelves.set(shelf, new Shelf());
    this.shelf = shelves.get(shelf);
    this.queue = new MemoryQueue({ now: () => now, shelf: this.shelf });
    this.whose = { person: me, workshop: "workshop" };
    this.sync = new Lanes({
      board,
      workshop,
      token: (silence) => token + silence.split(":").at(-1).padStart(6, "0"),
      client,
      me,
      queue: this.queue,
      now: () => now,
      fetchSnapshot: (stream) => this.#fetch(stream),
      makeId: () => `${client.slice(0, 12)}${String(++this.#made).padStart(10, "0")}`,
    });
    this.sync.send = (message) => this.sent.push(structuredClone(message));
    this.ballots = new Ballots({
      sync: this.sync,
      stream: workshop,
      me,
      queue: this.queue,
      fetchMine: async () => ({}),
      makeId: () => `${client.slice(0, 12)}-ballots--`,
      now: () => now,
    });
    for (const type of TOLD) this.sync.on(type, (event) => this.events.push({ event: type, ...event }));
  }

  #fetch(stream) {
    return new Promise((resolve, reject) => {
      const ticket = ++this.#tickets;
      this.#waiting.set(ticket, { resolve, reject });
      this.fetches.push([ticket, stream]);
    });
  }

  fetched(ticket, stream, snapshot) {
    this.#waiting.get(ticket).resolve(snapshot);
    this.#waiting.delete(ticket);
  }

  failed(ticket, stream, status) {
    this.#waiting.get(ticket).reject(Object.assign(new Error(`snapshot ${status}`), { status }));
    this.#waiting.delete(ticket);
  }

  vote(vote, dots) {
    this.ballots.put(vote, dots);
    this.voted.add(vote);
  }

  beat() {
    this.sync.beat();
    this.ballots.beat();
  }

  async hold() {
    if (!(await this.renew())) {
      this.sync.dispossessed();
      await this.renew();
    }
    const found = await this.queue.adopt(this.sync.client, this.whose);
    if (found.length) this.sync.adopt(found);
  }

  async renew() {
    const isOurs = await this.queue.renew(this.sync.client, this.whose);
    if (isOurs) this.sync.held(now + LEASE_MS);
    return isOurs;
  }

  kept() {
    return JSON.stringify([...this.shelf.records.values()].map((records) => [...records.values()]));
  }

  retire() {
    this.sync.send = () => {};
  }

  look(stream) {
    const { seq, fields, items } = this.sync.view(stream);
    const ballots = [...this.voted].filter((vote) => this.ballots.isUnsent(vote)).length;
    return { seq, fields, items: [...items.values()], unsent: this.sync.unsent + ballots };
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

const OWN = new Set(["fetched", "failed", "hold", "renew", "kept", "retire", "look", "hashes", "vote", "beat"]);
const SAID = { ask: "ask", edit_text: "editText" };
const pages = new Map();

for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  now = told.now;
  let answer;
  try {
    const value = await handle(told);
    await new Promise((resolve) => setImmediate(resolve));
    answer = { value: value ?? null, ...pages.get(told.page)?.take() };
  } catch (error) {
    answer = { error: error.stack };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function handle({ page: number, do: name, args }) {
  if (name === "start") return void pages.set(number, new Page(...args));
  if (name === "forget_all") return void (pages.clear(), shelves.clear());
  const page = pages.get(number);
  return OWN.has(name) ? page[name](...args) : page.sync[SAID[name] ?? name](...args);
}
