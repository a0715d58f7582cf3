// Which way to the server: a socket, or the line where no socket opens (docs/protocol.md 12.9).
// Decides, and opens nothing. Failures are counted; what worked is remembered for this visit.

/** @typedef {"socket" | "line"} Way */
/** @typedef {"late" | "unheard" | "ended" | "silent"} Failure not open in time; open, and nothing heard; ended before the welcome; ended by silence */
/** @typedef {{get: () => string | null, set: (way: string | null) => void}} Memory of this visit */

/** A socket opens within this, or the line is taken: so that it stands within five seconds. */
export const OPEN_MS = 4_000;
/** From being open to the first word. */
export const UNHEARD_MS = 8_000;
/** So many sockets that ended before the welcome, one after the other. */
const MOST_ENDED = 3;
/** So many that fell silent, each soon after the last. */
const MOST_SILENT = 2;
const SOON_MS = 300_000;
/** Lines that came to nothing, until sockets are tried again. */
const MOST_LINES = 2;
const FIRST_PROBE_MS = 30_000;
const LAST_PROBE_MS = 480_000;
/** How long a socket that is tried beside the line has to answer. */
const PROOF_MS = 9_000;

export class Ways {
  #memory;
  #now;
  #ended = 0;
  #silent = 0;
  #silentAt = 0;
  #lines = 0;
  #probeAt = 0;
  #probeWait = FIRST_PROBE_MS;
  /** The way of the next try. @type {Way} */
  next = "socket";

  /** @param {{hasLine: boolean, memory: Memory, now: () => number}} options */
  constructor({ hasLine, memory, now }) {
    this.hasLine = hasLine;
    this.#memory = memory;
    this.#now = now;
    if (hasLine && memory.get() === "line") this.#take("line");
  }

  /** The server has greeted. @param {Way} way */
  worked(way) {
    if (way === "socket") this.#ended = 0;
    else this.#lines = 0;
    this.#memory.set(way === "line" ? "line" : null);
  }

  /** A try came to nothing. @param {Way} way @param {Failure} how @returns {boolean} whether the next one goes another way */
  failed(way, how) {
    if (way !== this.next || !this.hasLine) return false;
    if (way === "line" ? ++this.#lines >= MOST_LINES : this.#isEnough(how)) {
      this.#take(way === "line" ? "socket" : "line");
      return true;
    }
    return false;
  }

  /** While on the line: is it time to try a socket beside it? */
  get shouldProbe() {
    return this.next === "line" && this.#now() >= this.#probeAt;
  }

  /** A socket was tried beside the line. @param {boolean} answered */
  probed(answered) {
    if (answered) {
      this.#take("socket");
      this.#ended = MOST_ENDED - 1; // one that ends now sends us back at once
    } else {
      this.#probeWait = Math.min(LAST_PROBE_MS, this.#probeWait * 2);
      this.#probeAt = this.#now() + this.#probeWait;
    }
  }

  /** @param {Failure} how */
  #isEnough(how) {
    if (how === "ended") return ++this.#ended >= MOST_ENDED;
    if (how !== "silent") return true;
    this.#silent = this.#now() - this.#silentAt < SOON_MS ? this.#silent + 1 : 1;
    this.#silentAt = this.#now();
    return this.#silent >= MOST_SILENT;
  }

  /** @param {Way} way */
  #take(way) {
    this.next = way;
    this.#ended = 0;
    this.#lines = 0;
    if (way === "line") this.#probeAt = this.#now() + this.#probeWait;
  }
}

/** For this visit, and for this tab alone. @param {string} key @returns {Memory} */
export function visitMemory(key) {
  return {
    get() {
      try {
        return sessionStorage.getItem(key);
      } catch {
        return null; // not allowed to keep anything
      }
    },
    set(way) {
      try {
        if (way === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, way);
      } catch {
        // then it is found out anew
      }
    },
  };
}

/**
 * Whether this socket carries words there and back: it is pinged before any hello. Closed if not.
 * @param {WebSocket} socket @param {Pick<import("./world.js").World, "later" | "forget">} world @returns {Promise<WebSocket | null>}
 */
export function proven(socket, { later, forget }) {
  return new Promise((resolve) => {
    const done = (/** @type {boolean} */ answered) => {
      forget(timer);
      socket.onopen = socket.onmessage = socket.onclose = null;
      if (!answered) socket.close();
      resolve(answered ? socket : null);
    };
    const timer = later(() => done(false), PROOF_MS);
    socket.onopen = () => socket.send(JSON.stringify({ type: "ping" }));
    socket.onmessage = () => done(true);
    socket.onclose = () => done(false);
  });
}
