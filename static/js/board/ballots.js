// Ballots on their way: where this person's dots lie, and whether the server has counted that (docs/protocol.md 13). They
// are in no stream, so they do not go through the outbox: one ballot for each vote, the newest, is kept on this device
// and sent until it is answered. It knows no DOM and no socket.

import { newId } from "../lib/ids.js";

/** @typedef {{readonly [item: string]: number}} Dots */
/**
 * @typedef {object} Ballot
 * @property {string} vote
 * @property {string} voter whose it is: this person's, or that of somebody without a device
 * @property {Dots} dots as they lie on the screen
 * @property {Dots | null} counted as the server has them; null: not known
 * @property {Dots} sent
 * @property {number} out the number under which it was sent and is not answered; 0: none is
 * @property {boolean} unsent
 * @property {number} retryAt
 */
/** @typedef {Pick<import("./sync.js").Sync, "on" | "send" | "isOnline">} Line */
/** @typedef {{vote: string, voter: string, code: string, data: any, dots: Dots}} Refusal `dots`: what was not counted */

const RETRY_MS = 2_000;

export class Ballots extends EventTarget {
  /** @type {Map<string, Ballot>} */
  #ballots = new Map();
  /** Votes whose own dots were asked for, on this page. @type {Map<string, "asked" | "known">} */
  #learned = new Map();
  /** A client of its own, so that no answer is taken for that of an op. */
  #client;
  #n = 0;
  #isOnline = false;

  /**
   * @param {object} parts
   * @param {Line} parts.sync
   * @param {string} parts.stream of the workshop
   * @param {string} parts.me
   * @param {import("./queue.js").Queue} parts.queue
   * @param {(vote: string) => Promise<Dots>} parts.fetchMine where my dots lie, as the server has them (P13.6)
   * @param {() => string} [parts.makeId]
   * @param {() => number} [parts.now]
   */
  constructor({ sync, stream, me, queue, fetchMine, makeId = newId, now = Date.now }) {
    super();
    this.sync = sync;
    this.stream = stream;
    this.me = me;
    this.queue = queue;
    this.fetchMine = fetchMine;
    this.now = now;
    this.#client = makeId();
    sync.on("counted", (message) => this.#counted(message));
    sync.on("unasked", (message) => this.#refused(message));
    sync.on("status", () => this.#status());
  }

  /** What an earlier page of this device could not send. */
  async start() {
    for (const { vote, voter, dots } of await this.queue.kept(this.#shelf)) {
      const ballot = this.#get(vote, voter);
      if (!ballot.unsent) Object.assign(ballot, { dots, unsent: true });
    }
    this.#changed();
    this.#flush();
  }

  // What is seen

  /** @param {string} vote @param {string} [voter] @returns {Dots} */
  dots(vote, voter = this.me) {
    return this.#ballots.get(keyOf(vote, voter))?.dots ?? {};
  }

  /** Is there something that the server has not counted yet? @param {string} vote @param {string} [voter] */
  isUnsent(vote, voter = this.me) {
    return this.#ballots.get(keyOf(vote, voter))?.unsent ?? false;
  }

  /** Is there any that the server has not counted yet? */
  get waits() {
    return [...this.#ballots.values()].some((ballot) => ballot.unsent);
  }

  // What the person does

  /** All the dots, in place of those before. @param {string} vote @param {Dots} dots @param {string} [voter] */
  put(vote, dots, voter = this.me) {
    const ballot = this.#get(vote, voter);
    ballot.dots = withoutNone(dots);
    ballot.unsent = true;
    this.queue.put(this.#shelf, keyOf(vote, voter), /** @type {any} */ ({ kind: "ballot", vote, voter, dots: ballot.dots }));
    this.#changed();
    this.#flush();
  }

  /** Asks the server where my dots lie: after a reload, or when they may have been put on another device. @param {string} vote @param {boolean} [again] */
  async learn(vote, again = false) {
    const was = this.#learned.get(vote);
    if (was === "asked" || (was && !again)) return;
    this.#learned.set(vote, "asked");
    const before = this.#get(vote, this.me).dots;
    try {
      const counted = await this.fetchMine(vote);
      this.#learned.set(vote, "known");
      const ballot = this.#get(vote, this.me);
      if (ballot.unsent || ballot.dots !== before) return; // what is chosen here meanwhile is newer
      Object.assign(ballot, { counted, dots: counted });
      this.#changed();
    } catch {
      this.#learned.delete(vote); // asked again when there is a connection
    }
  }

  /** The vote is over: nothing of it stays on this device, except what still waits for an answer. @param {string} vote */
  over(vote) {
    for (const [key, ballot] of this.#ballots) {
      if (ballot.vote === vote && !ballot.unsent) this.#ballots.delete(key);
    }
    this.#learned.delete(vote);
  }

  /** Whoever leaves this device to others leaves no dots on it. */
  forget() {
    for (const key of this.#ballots.keys()) this.queue.remove(this.#shelf, key);
    this.#ballots.clear();
  }

  /** Once a second or so: sends again what could not be counted. */
  beat() {
    const now = this.now();
    for (const ballot of this.#ballots.values()) if (ballot.retryAt && ballot.retryAt <= now) ballot.retryAt = 0;
    this.#flush();
  }

  // Sending

  #flush() {
    if (!this.sync.isOnline) return;
    for (const ballot of this.#ballots.values()) if (ballot.unsent && !ballot.out && !ballot.retryAt) this.#send(ballot);
  }

  /** @param {Ballot} ballot */
  #send(ballot) {
    const { vote, voter, dots } = ballot;
    ballot.out = ++this.#n;
    ballot.sent = dots;
    const given = voter === this.me ? {} : { voter };
    this.sync.send({ type: "ballot", client: this.#client, n: ballot.out, stream: this.stream, vote, dots, ...given });
  }

  #status() {
    const { isOnline } = this.sync;
    if (isOnline === this.#isOnline) return;
    this.#isOnline = isOnline;
    // What was under way when the connection went may never have come: it is sent again.
    if (!isOnline) for (const ballot of this.#ballots.values()) ballot.out = 0;
    this.#flush();
    this.#changed();
  }

  // Answers

  /** @param {{client: string, n: number}} message */
  #counted({ client, n }) {
    const ballot = this.#answered(client, n);
    if (!ballot) return;
    ballot.counted = ballot.sent;
    ballot.unsent = ballot.dots !== ballot.sent;
    if (!ballot.unsent) this.queue.remove(this.#shelf, keyOf(ballot.vote, ballot.voter));
    this.#flush();
    this.#changed();
  }

  /** @param {{client: string, n: number, code: string, data?: any}} message */
  #refused({ client, n, code, data }) {
    const ballot = this.#answered(client, n);
    if (!ballot) return;
    if (code === "unavailable" || code === "rate") {
      ballot.retryAt = this.now() + RETRY_MS;
      return;
    }
    const { vote, voter, dots } = ballot;
    Object.assign(ballot, { dots: ballot.counted ?? {}, unsent: false });
    this.queue.remove(this.#shelf, keyOf(vote, voter));
    this.#changed();
    this.dispatchEvent(new CustomEvent("refused", { detail: { vote, voter, code, data: data ?? {}, dots } }));
  }

  /** @param {string} client @param {number} n */
  #answered(client, n) {
    if (client !== this.#client) return null;
    for (const ballot of this.#ballots.values()) {
      if (ballot.out !== n) continue;
      ballot.out = 0;
      return ballot;
    }
    return null; // an earlier one, sent again since
  }

  /** By person: another one who uses this browser does not meet these dots. */
  get #shelf() {
    return `ballots ${this.stream} ${this.me}`;
  }

  /** @param {string} vote @param {string} voter @returns {Ballot} */
  #get(vote, voter) {
    const key = keyOf(vote, voter);
    let ballot = this.#ballots.get(key);
    if (!ballot) this.#ballots.set(key, (ballot = { vote, voter, dots: {}, counted: null, sent: {}, out: 0, unsent: false, retryAt: 0 }));
    return ballot;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * How a page asks for its own dots.
 * @param {string} url with `VOTE` in the place of the vote's id
 * @param {typeof globalThis.fetch} [get]
 * @returns {(vote: string) => Promise<Dots>}
 */
export function mineFrom(url, get = (...args) => fetch(...args)) {
  return async (vote) => {
    const response = await get(url.replace("VOTE", vote), { credentials: "same-origin", cache: "no-store" });
    if (!response.ok) throw Object.assign(new Error(`dots ${response.status}`), { status: response.status });
    return (await response.json()).dots;
  };
}

/** @param {string} vote @param {string} voter */
function keyOf(vote, voter) {
  return `${vote} ${voter}`;
}

/** @param {Dots} dots @returns {Dots} */
function withoutNone(dots) {
  return Object.fromEntries(Object.entries(dots).filter(([, count]) => count > 0));
}
