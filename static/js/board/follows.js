// The streams a page follows: which are loaded, which wait for a snapshot and what came meanwhile,
// and whether our copy still is what the server has (P6.5, P6.8, P6.9, P7).

import { Hashes } from "./hash.js";
import { Replica } from "./replica.js";

/** @typedef {import("./sync.js").Message} Message */
/** @typedef {import("./sync.js").Snapshot} Snapshot */
/**
 * @typedef {object} Followed
 * @property {Replica} replica
 * @property {boolean} isLoaded
 * @property {boolean} isLoading a snapshot is on its way; what arrives meanwhile waits
 * @property {boolean} isFollowed the server has been told
 * @property {Message[]} waiting
 * @property {number} retryAt
 * @property {number} tries
 * @property {Message | null} beacon one whose hashes are still being worked out
 * @property {boolean} isWarm all its items have been hashed once
 */

const RETRY_MS = 1_000;
const MOST_RETRIES = 8;
/** So many hashes at a time: a first beacon over 10,000 items must not hold up a frame. */
const HASHES_A_BEAT = 200;
/** Answers to a snapshot that another try will not change. */
const NOT_FOR_US = new Set([403, 404]);

export class Follows {
  /** @type {Map<string, Followed>} */
  #streams = new Map();
  #hashes = new Hashes();
  #now;
  #arrived;
  #lost;
  #diverged;
  /** @type {(stream: string) => Promise<Snapshot>} */
  fetchSnapshot;

  /**
   * @param {object} options
   * @param {(stream: string) => Promise<Snapshot>} options.fetchSnapshot
   * @param {() => number} options.now
   * @param {(stream: string, snapshot: Snapshot) => void} options.arrived
   * @param {(stream: string) => void} options.lost it may not be followed
   * @param {(stream: string) => void} options.diverged a beacon differs
   */
  constructor({ fetchSnapshot, now, arrived, lost, diverged }) {
    this.fetchSnapshot = fetchSnapshot;
    this.#now = now;
    this.#arrived = arrived;
    this.#lost = lost;
    this.#diverged = diverged;
  }

  /** @param {string} stream */
  find(stream) {
    return this.#streams.get(stream);
  }

  /** @param {string} stream @returns {Followed} */
  get(stream) {
    let followed = this.#streams.get(stream);
    if (!followed) {
      const flags = { isLoaded: false, isLoading: false, isFollowed: false };
      const rest = { waiting: [], retryAt: 0, tries: 0, beacon: null, isWarm: false };
      followed = { replica: new Replica(), ...flags, ...rest };
      this.#streams.set(stream, followed);
    }
    return followed;
  }

  get all() {
    return [...this.#streams];
  }

  /** Something is loaded, and nothing is on its way for the first time. */
  get isReady() {
    const all = [...this.#streams.values()];
    /** @param {Followed} followed */
    const isOpen = ({ isLoaded, isLoading, retryAt }) => isLoading && !isLoaded && !retryAt;
    return all.some(({ isLoaded }) => isLoaded) && !all.some(isOpen);
  }

  /** @param {string} stream */
  drop(stream) {
    this.#streams.delete(stream);
  }

  /** What `hello` follows: also what is being fetched, for its tail can wait here. */
  positions() {
    const follow = [];
    for (const [stream, followed] of this.#streams) {
      followed.isFollowed = followed.isLoaded;
      if (followed.isLoaded) follow.push({ stream, seq: followed.replica.seq });
    }
    return follow;
  }

  closed() {
    for (const followed of this.#streams.values()) {
      followed.isFollowed = false;
      followed.waiting = [];
    }
  }

  /** Fetches the stream again. @param {string} stream */
  reload(stream) {
    const followed = this.get(stream);
    if (followed.isLoading && !followed.retryAt) return;
    Object.assign(followed, { isLoading: true, retryAt: 0, beacon: null });
    const isWanted = () => this.#streams.get(stream) === followed;
    this.fetchSnapshot(stream).then(
      (snapshot) => isWanted() && this.#arrived(stream, snapshot),
      (error) => isWanted() && this.#failed(stream, followed, error),
    );
  }

  /** The snapshot is in. @param {Followed} followed */
  loaded(followed) {
    const rest = { retryAt: 0, tries: 0, beacon: null, isWarm: false };
    Object.assign(followed, { isLoaded: true, isLoading: false, ...rest });
  }

  beat() {
    for (const [stream, followed] of this.#streams) {
      if (followed.retryAt && followed.retryAt <= this.#now()) this.reload(stream);
      if (followed.isLoaded) this.#warm(followed);
      if (followed.beacon) this.#compare(stream, followed);
    }
  }

  /** @param {Message} message */
  beacon(message) {
    const followed = this.#streams.get(message.stream);
    if (!followed?.isLoaded || followed.isLoading) return;
    if (message.seq > followed.replica.seq) return this.reload(message.stream);
    followed.beacon = message;
    this.#warm(followed);
    this.#compare(message.stream, followed);
  }

  /** @param {Followed} followed */
  #warm(followed) {
    if (!followed.isWarm) followed.isWarm = this.#hashes.warm(followed.replica.confirmed, HASHES_A_BEAT);
  }

  /** @param {string} stream @param {Followed} followed */
  #compare(stream, followed) {
    const { replica, beacon } = followed;
    if (beacon?.seq !== replica.seq) return void (followed.beacon = null);
    if (!followed.isWarm) return;
    followed.beacon = null;
    if (this.#hashes.xorOf(replica.confirmed) === beacon.xor) return;
    this.#diverged(stream);
    this.reload(stream);
  }

  /** @param {string} stream @param {Followed} followed @param {{status?: number}} error */
  #failed(stream, followed, error) {
    if (NOT_FOR_US.has(error?.status ?? 0)) {
      followed.isLoading = false;
      return this.#lost(stream);
    }
    followed.tries += 1;
    followed.retryAt = this.#now() + RETRY_MS * Math.min(followed.tries, MOST_RETRIES);
  }
}
