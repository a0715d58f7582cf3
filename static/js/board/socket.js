// The line between sync.js and the server: ticket, socket, pings, coming back (P6.1, P6.10, P6.11).
// Sync says what to send and hears what comes; nothing here knows what a message means but `bye`.

import { LEASE_MS } from "./queue.js";

/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./queue.js").Whose} Whose */
/** @typedef {import("./sync.js").Message} Message */
/** @typedef {import("./sync.js").Snapshot} Snapshot */
/** @typedef {import("./sync.js").Sync} Sync */
/** @typedef {"reload" | "session" | "forbidden"} Stop why there will be no further try */
/**
 * @typedef {object} World what a browser offers; tests hand in their own
 * @property {typeof globalThis.fetch} fetch
 * @property {(url: string) => WebSocket} open
 * @property {() => number} now
 * @property {() => number} random
 * @property {(act: () => void, ms: number) => unknown} later
 * @property {(timer: any) => void} forget
 * @property {() => boolean} isOnLine
 * @property {(type: "online" | "offline" | "visible" | "hide", act: () => void) => void} listen
 */

const PING_MS = 20_000;
const PATIENCE_MS = 10_000;
/** Something is unanswered and nothing was heard for so long: ask whether the line still stands. */
const DOUBT_MS = 2_000;
/** ... and say that it does not. */
const OFFLINE_MS = 3_900;
const LEAST_WAIT_MS = 500;
const MOST_WAIT_MS = 8_000;
const BEAT_MS = 1_000;
const LEASE_BEATS = 3;
const ADOPT_BEATS = 5;
/** @type {Record<number, Stop>} */
const STOPS = { 4401: "session", 4403: "forbidden", 4410: "reload" };

/**
 * Connects, and stays connected until the server says that there is no point.
 * @param {object} options
 * @param {Sync} options.sync
 * @param {string} options.url of the socket
 * @param {string} options.ticketUrl
 * @param {Queue} [options.queue] whose leases are to be held
 * @param {Whose} [options.whose]
 * @param {(why: Stop) => void} [options.stopped]
 * @param {import("./clock.js").ServerClock} [options.clock] learns from the answers what time it is there
 * @param {World} [options.world]
 * @returns {Line}
 */
export function connect(options) {
  const line = new Line(options);
  line.start();
  return line;
}

/**
 * How a page fetches snapshots (P7.1).
 * @param {string} streamsUrl
 * @param {typeof globalThis.fetch} [get]
 * @returns {(stream: string) => Promise<Snapshot>}
 */
export function snapshotsFrom(streamsUrl, get = (...args) => fetch(...args)) {
  return async (stream) => {
    const url = `${streamsUrl.replace(/\/$/, "")}/${encodeURIComponent(stream)}`;
    const response = await get(url, { credentials: "same-origin", cache: "no-cache" });
    if (response.ok) return response.json();
    throw Object.assign(new Error(`snapshot ${response.status}`), { status: response.status });
  };
}

export class Line {
  #sync;
  #url;
  #ticketUrl;
  #queue;
  #whose;
  #stopped;
  #clock;
  #world;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {unknown} */
  #retry = null;
  #attempt = 0;
  #tries = 0;
  #isTrying = false;
  #isStopped = false;
  #notBefore = 0;
  #heardAt = 0;
  #pingedAt = 0;
  /** Since when something is unanswered; 0: nothing is. */
  #anxiousSince = 0;
  #beats = 0;

  /** @param {Parameters<typeof connect>[0]} options */
  constructor({ sync, url, ticketUrl, queue, whose, stopped = () => {}, clock, world = browser() }) {
    this.#sync = sync;
    this.#url = url;
    this.#ticketUrl = ticketUrl;
    this.#queue = queue;
    this.#whose = whose;
    this.#stopped = stopped;
    this.#clock = clock;
    this.#world = world;
  }

  start() {
    const { listen } = this.#world;
    listen("online", () => this.#hurry());
    listen("visible", () => this.#hurry());
    listen("offline", () => this.#drop());
    listen("hide", () => this.#leave());
    this.#try();
    this.#beat();
  }

  /** Comes back with a new socket: queues were adopted, or a person asks to try now. */
  reconnect() {
    this.#notBefore = 0;
    this.#drop();
    this.#hurry();
  }

  stop() {
    this.#isStopped = true;
    this.#drop();
    this.#world.forget(this.#retry);
  }

  // Coming

  async #try() {
    if (this.#isTrying || this.#socket || this.#isStopped) return;
    this.#isTrying = true;
    const attempt = ++this.#attempt;
    try {
      await this.#holdQueues();
      const ticket = await this.#fetchTicket();
      await this.#sync.ready();
      if (attempt === this.#attempt && !this.#isStopped && ticket) this.#open(ticket);
    } catch {
      this.#wait();
    } finally {
      this.#isTrying = false;
    }
  }

  async #holdQueues() {
    const [queue, whose] = [this.#queue, this.#whose];
    if (!queue || !whose) return;
    if (!(await this.#renew(queue, whose))) {
      this.#sync.dispossessed();
      await this.#renew(queue, whose);
    }
    const found = await queue.adopt(this.#sync.client, whose);
    if (found.length) this.#sync.adopt(found);
  }

  /** @returns {Promise<string | null>} */
  async #fetchTicket() {
    const response = await this.#world.fetch(this.#ticketUrl, {
      method: "POST", credentials: "same-origin", cache: "no-store",
    });
    if (response.status === 401) return this.#stop("session");
    if (response.status === 403) return this.#stop("forbidden");
    if (!response.ok) throw new Error(`ticket ${response.status}`);
    return (await response.json()).ticket;
  }

  /** @param {string} ticket */
  #open(ticket) {
    const mark = this.#url.includes("?") ? "&" : "?";
    const socket = this.#world.open(`${this.#url}${mark}ticket=${encodeURIComponent(ticket)}`);
    this.#socket = socket;
    this.#heardAt = this.#world.now();
    this.#pingedAt = 0;
    socket.onopen = () => {
      if (this.#socket !== socket) return;
      this.#heardAt = this.#world.now();
      this.#sync.send = (message) => {
        if (socket.readyState === 1) socket.send(JSON.stringify(message));
      };
      this.#clock?.asked(true);
      this.#sync.send(this.#sync.opened());
    };
    socket.onmessage = ({ data }) => this.#socket === socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code }) => this.#socket === socket && this.#closed(code);
  }

  /** @param {Message} message */
  #hear(message) {
    this.#heardAt = this.#world.now();
    this.#pingedAt = 0;
    this.#sync.doubt(false);
    if (message.type === "bye") this.#notBefore = this.#world.now() + (message.delay ?? 0);
    if (message.type === "welcome") this.#tries = 0;
    if (message.type === "welcome" || message.type === "pong") this.#clock?.heard(message.now);
    this.#sync.receive(message);
  }

  // Going

  /** @param {number} code */
  #closed(code) {
    this.#socket = null;
    this.#sync.send = () => {};
    this.#sync.closed();
    if (STOPS[code]) this.#stop(STOPS[code]);
    else this.#wait();
  }

  /** Lets go of a socket that is dead or unwanted, without waiting for it to agree. */
  #drop() {
    const socket = this.#socket;
    this.#attempt += 1;
    if (!socket) return;
    this.#socket = null;
    this.#sync.send = () => {};
    socket.close();
    this.#sync.closed();
    this.#wait();
  }

  /** Full jitter (P6.11), and never sooner than the server asked. */
  #wait() {
    if (this.#isStopped) return;
    const { random, now, later, forget } = this.#world;
    const most = Math.min(MOST_WAIT_MS, LEAST_WAIT_MS * 2 ** ++this.#tries);
    const jitter = LEAST_WAIT_MS + random() * (most - LEAST_WAIT_MS);
    forget(this.#retry);
    this.#retry = later(() => this.#try(), Math.max(0, this.#notBefore - now()) + jitter);
  }

  #hurry() {
    if (this.#world.now() < this.#notBefore || this.#isStopped) return;
    this.#world.forget(this.#retry);
    if (this.#socket) this.#ping();
    else this.#try();
  }

  /** @param {Stop} why @returns {null} */
  #stop(why) {
    this.stop();
    this.#stopped(why);
    return null;
  }

  #leave() {
    this.#sync.held(this.#world.now());
    this.#queue?.leave(this.#sync.client).catch(() => {});
  }

  // Staying

  #beat() {
    if (this.#isStopped) return;
    this.#world.later(() => this.#beat(), BEAT_MS);
    this.#beats += 1;
    this.#sync.beat();
    this.#listenForSilence();
    if (this.#beats % LEASE_BEATS === 0) this.#holdLease();
    if (this.#beats % ADOPT_BEATS === 0) this.#lookForQueues();
  }

  #listenForSilence() {
    if (!this.#socket) return;
    const { now, isOnLine } = this.#world;
    this.#anxiousSince = this.#sync.unsent ? this.#anxiousSince || now() : 0;
    const silent = now() - this.#heardAt;
    const anxious = this.#anxiousSince ? Math.min(silent, now() - this.#anxiousSince) : 0;
    if (!isOnLine() || anxious > OFFLINE_MS) this.#sync.doubt(true);
    if (!this.#pingedAt && (silent > PING_MS || anxious > DOUBT_MS)) this.#ping();
    if (this.#pingedAt && now() - this.#pingedAt > PATIENCE_MS) this.#drop();
  }

  #ping() {
    this.#pingedAt = this.#pingedAt || this.#world.now();
    this.#clock?.asked();
    this.#sync.send({ type: "ping" });
  }

  #holdLease() {
    const [queue, whose] = [this.#queue, this.#whose];
    if (!queue || !whose || this.#isTrying) return;
    this.#renew(queue, whose).then(
      (isOurs) => isOurs || this.reconnect(),
      () => {},
    );
  }

  /** @param {Queue} queue @param {Whose} whose */
  async #renew(queue, whose) {
    const until = this.#world.now() + LEASE_MS;
    const isOurs = await queue.renew(this.#sync.client, whose);
    if (isOurs) this.#sync.held(until);
    return isOurs;
  }

  #lookForQueues() {
    const [queue, whose] = [this.#queue, this.#whose];
    if (!queue || !whose || !this.#socket || !this.#sync.isOnline) return;
    queue.adopt(this.#sync.client, whose).then(
      (found) => {
        if (!found.length) return;
        this.#sync.adopt(found);
        this.reconnect();
      },
      () => {},
    );
  }
}

/** @returns {World} */
function browser() {
  return {
    fetch: (...args) => fetch(...args),
    open: (url) => new WebSocket(new URL(url, location.href.replace(/^http/, "ws"))),
    now: Date.now,
    random: Math.random,
    later: (act, ms) => setTimeout(act, ms),
    forget: (timer) => clearTimeout(timer),
    isOnLine: () => navigator.onLine,
    listen(type, act) {
      if (type === "visible") {
        document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && act());
      } else {
        window.addEventListener(type === "hide" ? "pagehide" : type, act);
      }
    },
  };
}
