// The connection between sync.js and the server: ticket, socket, pings, coming back (P6.1, P6.10, P6.11), and the line
// where no socket opens (P12.9). Sync says what to send and hears what comes; nothing here knows what a message means
// but `bye` and `welcome`.

import { HeldLine } from "./line.js";
import { LEASE_MS } from "./queue.js";
import { OPEN_MS, proven, UNHEARD_MS, visitMemory, Ways } from "./ways.js";
import { browser } from "./world.js";

/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./queue.js").Whose} Whose */
/** @typedef {import("./sync.js").Message} Message */
/** @typedef {import("./sync.js").Snapshot} Snapshot */
/** @typedef {import("./sync.js").Sync} Sync */
/** @typedef {import("./world.js").World} World */
/** @typedef {import("./ways.js").Failure} Failure */
/** @typedef {import("./ways.js").Way} Way */
/** @typedef {WebSocket | HeldLine} Wire */
/** @typedef {"reload" | "session" | "forbidden"} Stop why there will be no further try */

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
/** From opening a line to its first word: its answers come whole. */
const UNHEARD_LINE_MS = 20_000;
/** @type {Record<number, Stop>} */
const STOPS = { 4401: "session", 4403: "forbidden", 4410: "reload" };

/**
 * Connects, and stays connected until the server says that there is no point.
 * @param {object} options
 * @param {Sync} options.sync
 * @param {string} options.url of the socket
 * @param {string} options.ticketUrl
 * @param {string} [options.lineUrl] of what stands for the socket where none opens
 * @param {Queue} [options.queue] whose leases are to be held
 * @param {Whose} [options.whose]
 * @param {(why: Stop) => void} [options.stopped]
 * @param {import("./clock.js").ServerClock} [options.clock] learns from the answers what time it is there
 * @param {(way: Way) => void} [options.connected] told at each welcome
 * @param {World} [options.world]
 * @returns {Connection}
 */
export function connect(options) {
  const connection = new Connection(options);
  connection.start();
  return connection;
}

/**
 * How a page fetches snapshots (P7.1).
 * @param {string} streamsUrl
 * @param {typeof globalThis.fetch} [get]
 * @returns {(stream: string) => Promise<Snapshot>}
 */
export function snapshotsFrom(streamsUrl, get = (...args) => fetch(...args)) {
  const asked = new Set();
  return async (stream) => {
    const url = `${streamsUrl.replace(/\/$/, "")}/${encodeURIComponent(stream)}`;
    // The first time it may be what the page's head has asked for already; that is asked of the server in any case.
    const response = await get(url, { credentials: "same-origin", ...(asked.has(stream) ? { cache: "no-cache" } : {}) });
    asked.add(stream);
    if (response.ok) return response.json();
    throw Object.assign(new Error(`snapshot ${response.status}`), { status: response.status });
  };
}

export class Connection {
  #sync;
  #url;
  #ticketUrl;
  #queue;
  #whose;
  #lineUrl;
  #stopped;
  #clock;
  #connected;
  #world;
  #ways;
  /** @type {Wire | null} */
  #socket = null;
  /** Of the present socket. @type {Way} */
  #way = "socket";
  #isHeard = false;
  #isGreeted = false;
  #isProbing = false;
  /** @type {unknown} */
  #deadline = null;
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
  constructor({ sync, url, ticketUrl, lineUrl = "", queue, whose, stopped = () => {}, connected = () => {}, clock, world = browser() }) {
    this.#sync = sync;
    this.#url = url;
    this.#ticketUrl = ticketUrl;
    this.#queue = queue;
    this.#whose = whose;
    this.#lineUrl = lineUrl;
    this.#stopped = stopped;
    this.#clock = clock;
    this.#connected = connected;
    this.#world = world;
    this.#ways = new Ways({ hasLine: lineUrl !== "", memory: world.memory ?? visitMemory("codesign.way"), now: world.now });
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
    const way = this.#ways.next;
    this.#use(way === "line" ? new HeldLine(this.#lineUrl, ticket, this.#world) : this.#openSocket(ticket), way);
    if (way === "socket") this.#expect(OPEN_MS, "late");
  }

  /** @param {string} ticket */
  #openSocket(ticket) {
    const mark = this.#url.includes("?") ? "&" : "?";
    return this.#world.open(`${this.#url}${mark}ticket=${encodeURIComponent(ticket)}`);
  }

  /** @param {Wire} socket @param {Way} way */
  #use(socket, way) {
    this.#socket = socket;
    this.#way = way;
    this.#isHeard = this.#isGreeted = false;
    this.#heardAt = this.#world.now();
    this.#pingedAt = 0;
    socket.onopen = () => this.#socket === socket && this.#opened(socket);
    socket.onmessage = (/** @type {{data: any}} */ { data }) => this.#socket === socket && this.#hear(typeof data === "string" ? JSON.parse(data) : data);
    socket.onclose = (/** @type {{code: number}} */ { code }) => this.#socket === socket && this.#closed(code);
  }

  /** @param {Wire} socket */
  #opened(socket) {
    this.#heardAt = this.#world.now();
    this.#expect(this.#way === "line" ? UNHEARD_LINE_MS : UNHEARD_MS, "unheard");
    this.#sync.send = (message) => {
      if (socket.readyState === 1) socket.send(JSON.stringify(message));
    };
    this.#clock?.asked(true);
    this.#sync.send(this.#sync.opened());
  }

  /** @param {Message} message */
  #hear(message) {
    this.#heardAt = this.#world.now();
    this.#pingedAt = 0;
    this.#isHeard = true;
    this.#expect(0);
    this.#sync.doubt(false);
    if (message.type === "bye") this.#notBefore = this.#world.now() + (message.delay ?? 0);
    if (message.type === "welcome" || message.type === "pong") this.#clock?.heard(message.now);
    if (message.type === "welcome") this.#greeted();
    this.#sync.receive(message);
  }

  #greeted() {
    this.#tries = 0;
    this.#isGreeted = true;
    this.#ways.worked(this.#way);
    this.#connected(this.#way);
    if (this.#clock?.isRough) this.#ping();
  }

  /** Something has to happen within so long; 0: it has. @param {number} ms @param {Failure} [how] what it is if it does not */
  #expect(ms, how = "late") {
    this.#world.forget(this.#deadline);
    if (ms) this.#deadline = this.#world.later(() => this.#missed(how), ms);
  }

  /** @param {Failure} how */
  #missed(how) {
    const goesElsewhere = this.#ways.failed(this.#way, how);
    this.#drop();
    if (goesElsewhere) this.#hurry();
  }

  // A socket beside the line

  /** Tries whether a socket gets through by now; changes over to one that answers. */
  async #probe() {
    this.#isProbing = true;
    const line = this.#socket;
    /** @type {WebSocket | null} */
    let socket = null;
    try {
      const ticket = await this.#fetchTicket();
      if (ticket) socket = await proven(this.#openSocket(ticket), this.#world);
    } catch {
      // Not now.
    }
    this.#isProbing = false;
    this.#ways.probed(socket !== null);
    if (socket && line && line === this.#socket) this.#changeOver(line, socket);
    else socket?.close();
  }

  /** As if the line had been cut: what is unanswered is asked again, and takes effect once (P12.8). @param {Wire} line @param {WebSocket} socket */
  #changeOver(line, socket) {
    this.#expect(0);
    line.close();
    this.#sync.closed();
    this.#use(socket, "socket");
    this.#opened(socket);
  }

  // Going

  /** @param {number} code */
  #closed(code) {
    this.#socket = null;
    this.#expect(0);
    this.#sync.send = () => {};
    this.#sync.closed();
    if (STOPS[code]) return void this.#stop(STOPS[code]);
    const goesElsewhere = !this.#isHeard && this.#ways.failed(this.#way, "ended");
    this.#wait();
    if (goesElsewhere) this.#hurry();
  }

  /** Lets go of a socket that is dead or unwanted, without waiting for it to agree. */
  #drop() {
    const socket = this.#socket;
    this.#attempt += 1;
    if (!socket) return;
    this.#socket = null;
    this.#expect(0);
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
    if (this.#way === "line" && this.#isGreeted && this.#socket && !this.#isProbing && this.#ways.shouldProbe) void this.#probe();
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
    if (this.#pingedAt && now() - this.#pingedAt > PATIENCE_MS) this.#missed("silent");
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
