// Numbers ops, keeps them until they are answered, and sends them in the order they were asked,
// so many at a time as the server lets wait (P4.2, P6.13). What they mean is sync.js.

import { BASE_AT_SENDING, nameOf, pendingOf } from "./pending.js";

/** @typedef {import("./pending.js").Asking} Asking */
/** @typedef {import("./pending.js").Pending} Pending */
/** @typedef {import("./queue.js").Kept} Kept */
/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./sync.js").Message} Message */

/** The server closes above 500 ops or 2 MiB waiting; this stays well below. */
const MOST_OUT = 200;
const MOST_BYTES_OUT = 512 * 1024;
/** Far from the numbers a page gets to, so that no two of its ops have the same. */
const FIRST_NAMELESS = 1_000_000_000;
const RETRY_MS = 1_000;
const MOST_RETRIES = 8;

export class Outbox {
  #queue;
  #now;
  #next = 1;
  /** @type {Map<string, Pending>} by name, in the order asked */
  #pending = new Map();
  /** @type {Set<Pending>} to go out on this connection */
  #waiting = new Set();
  /** @type {Map<Pending, number>} gone out, with their size, and unanswered */
  #out = new Map();
  #bytesOut = 0;
  #isOpen = false;
  /** @type {Map<string, string>} streams in which no op says whose it is, and the client made for each */
  #nameless = new Map();
  /** Counted by itself: gaps in the page's own numbers would say what it asked without a name. */
  #nextNameless = FIRST_NAMELESS;
  /** @type {(message: Message) => void} */
  #send;
  /** @type {(stream: string) => number | null} */
  #seqOf;

  /**
   * @param {object} options
   * @param {string} options.client
   * @param {Queue} options.queue
   * @param {() => number} options.now
   * @param {(message: Message) => void} options.send
   * @param {(stream: string) => number | null} options.seqOf the applied seq; null while a snapshot is on its way
   */
  constructor({ client, queue, now, send, seqOf }) {
    this.client = client;
    this.#queue = queue;
    this.#now = now;
    this.#send = send;
    this.#seqOf = seqOf;
  }

  // What is in it

  /** Everything that is not confirmed, in the order asked. */
  get all() {
    return [...this.#pending.values()];
  }

  get unanswered() {
    let count = 0;
    for (const { acked } of this.#pending.values()) if (acked === null) count += 1;
    return count;
  }

  /** @param {{client: string, n: number}} name */
  find(name) {
    return this.#pending.get(nameOf(name));
  }

  /** Each client with its lowest unanswered n, this page's own first (P6.2). */
  lowest() {
    /** @type {Record<string, number>} */
    const clients = { [this.client]: this.#next };
    for (const { client, n, acked } of this.#pending.values()) {
      if (acked === null) clients[client] = Math.min(n, clients[client] ?? n);
    }
    return clients;
  }

  // Asking

  /** @param {Asking} asking @returns {Pending} */
  add(asking) {
    const { client, n } = this.#nextOf(asking.stream);
    const pending = pendingOf(client, n, asking, this.client);
    this.#pending.set(nameOf(pending), pending);
    this.keep(pending);
    return pending;
  }

  /** From now on ops of this stream are asked by a client made for it. @param {string} stream @param {string} client */
  askNameless(stream, client) {
    if (!this.#nameless.has(stream)) this.#nameless.set(stream, client);
  }

  /** An op of a queue that another page left. @param {string} owner @param {Kept} record */
  adopt(owner, { n, stream, base, op, changes, spot, from, client = owner }) {
    const pending = pendingOf(client, n, { stream, op, base, changes, spot, from }, owner);
    pending.isSent = true;
    if (!this.find(pending)) this.#pending.set(nameOf(pending), pending);
  }

  /** The same op under a new number of this page, as the last one asked. @param {Pending} pending */
  renumber(pending) {
    this.remove(pending);
    Object.assign(pending, { ...this.#nextOf(pending.stream), owner: this.client, isSent: false });
    this.#pending.set(nameOf(pending), pending);
    this.keep(pending);
  }

  /** It is answered for good. @param {Pending} pending */
  remove(pending) {
    this.#pending.delete(nameOf(pending));
    this.#queue.remove(pending.owner, keyOf(pending));
    this.#backIn(pending);
  }

  /** It is on disk, as entry `seq`. @param {Pending} pending @param {number} seq */
  acked(pending, seq) {
    pending.acked = seq;
    this.#queue.remove(pending.owner, keyOf(pending));
    this.#backIn(pending);
  }

  /** Could not be decided just now; `beat` asks again. @param {Pending} pending */
  retryLater(pending) {
    pending.tries += 1;
    pending.retryAt = this.#now() + RETRY_MS * Math.min(pending.tries, MOST_RETRIES);
    this.#backIn(pending);
  }

  /** @param {Pending} pending */
  keep(pending) {
    pending.keptAt = this.#now();
    const { owner, client, n, stream, base, op, changes, spot, from } = pending;
    const name = client === owner ? { n } : { n, client };
    this.#queue.put(owner, keyOf(pending), { kind: "op", ...name, stream, base, op, changes, spot, from, splices: [] });
  }

  /** Another page has this one's queue and sends it: begin anew under a new name. @param {string} client */
  beginAnew(client) {
    this.close();
    this.#pending.clear();
    this.client = client;
    this.#next = 1;
    this.#nameless.clear(); // their ops are in the queue that was taken
  }

  /** @param {string} stream */
  #nextOf(stream) {
    const client = this.#nameless.get(stream);
    return client ? { client, n: this.#nextNameless++ } : { client: this.client, n: this.#next++ };
  }

  // Sending

  /** @param {Record<string, number>} last the highest n on disk of each client */
  welcomed(last) {
    this.#next = Math.max(this.#next, (last[this.client] ?? 0) + 1);
  }

  /** Whether the server has answered ops that we still think unanswered. @param {Record<string, number>} last */
  expectsAcks(last) {
    return this.all.some(({ client, n, acked }) => acked === null && n <= (last[client] ?? 0));
  }

  open() {
    this.#isOpen = true;
  }

  close() {
    this.#isOpen = false;
    this.#waiting.clear();
    this.#out.clear();
    this.#bytesOut = 0;
  }

  /** Sends it when its turn comes. @param {Pending} pending */
  offer(pending) {
    if (!this.#isOpen || pending.acked !== null || pending.retryAt || this.#out.has(pending)) return;
    this.#waiting.add(pending);
    this.#pump();
  }

  /** Asks again what could not be saved. */
  beat() {
    const now = this.#now();
    for (const pending of this.#pending.values()) {
      if (!pending.retryAt || pending.retryAt > now) continue;
      pending.retryAt = 0;
      this.offer(pending);
    }
  }

  /** @param {Pending} pending */
  #backIn(pending) {
    this.#waiting.delete(pending);
    this.#bytesOut -= this.#out.get(pending) ?? 0;
    if (this.#out.delete(pending)) this.#pump();
  }

  #pump() {
    for (const pending of this.#waiting) {
      if (this.#out.size >= MOST_OUT || this.#bytesOut >= MOST_BYTES_OUT) return;
      const seq = this.#seqOf(pending.stream);
      if (seq === null) continue;
      this.#waiting.delete(pending);
      this.#transmit(pending, seq);
    }
  }

  /** @param {Pending} pending @param {number} seq */
  #transmit(pending, seq) {
    const { client, n, stream, op } = pending;
    if (pending.base === BASE_AT_SENDING) pending.base = seq;
    pending.isSent = true;
    const size = JSON.stringify(op).length;
    this.#out.set(pending, size);
    this.#bytesOut += size;
    this.#send({ type: "op", client, n, stream, base: pending.base, op });
  }
}

/** Under what a queue keeps an op. @param {Pending} pending */
function keyOf({ owner, client, n }) {
  return client === owner ? `op ${n}` : `op ${client} ${n}`;
}
