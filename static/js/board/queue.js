// What was asked and is not answered yet, kept beyond the page. Each client has its own queue with
// a lease; a page adopts queues whose page is gone. Two bodies: memory, and (queue_idb.js) IndexedDB.

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./replica.js").Spot} Spot */
/** @typedef {import("./text.js").Splices} Splices */
/**
 * @typedef {object} Kept an op, or typing that has no number yet
 * @property {"op" | "text"} kind
 * @property {number} n
 * @property {string} [client] its name, where it is not that of the queue
 * @property {string} stream
 * @property {number} base
 * @property {any} op
 * @property {readonly Change[]} changes what is expected of it
 * @property {Spot | null} spot the text it is about
 * @property {string} from the text its splices speak of
 * @property {Splices} splices
 */
/** @typedef {{person: string, workshop: string}} Whose queues are adopted within one person and workshop only */
/** @typedef {{client: string, records: Kept[]}} Found */
/**
 * @typedef {object} Queue writes are kept in order and never thrown back at the asker
 * @property {(client: string, key: string, record: Kept) => void} put
 * @property {(client: string, key: string) => void} remove
 * @property {(client: string, whose: Whose) => Promise<boolean>} renew holds on to the queues of this page; false when another page has taken them
 * @property {(client: string, whose: Whose) => Promise<Found[]>} adopt takes over queues whose lease has run out
 * @property {(client: string) => Promise<any[]>} kept what lies in one queue, in no order
 * @property {(client: string) => Promise<void>} leave lets go of everything that is empty
 * @property {() => Promise<void>} settled all writes so far are done
 */

export const LEASE_MS = 10_000;

/** @typedef {{holder: string, until: number} & Whose} Lease */

/** The queue in memory: for tests, and where a browser refuses IndexedDB. */
export class MemoryQueue {
  #now;
  #shelf;

  /**
   * @param {{now?: () => number, shelf?: Shelf}} [options] pages of one browser share a shelf
   */
  constructor({ now = Date.now, shelf = new Shelf() } = {}) {
    this.#now = now;
    this.#shelf = shelf;
  }

  /** @param {string} client @param {string} key @param {Kept} record */
  put(client, key, record) {
    const records = this.#shelf.records.get(client) ?? new Map();
    this.#shelf.records.set(client, records.set(key, structuredClone(record)));
  }

  /** @param {string} client @param {string} key */
  remove(client, key) {
    this.#shelf.records.get(client)?.delete(key);
  }

  /** @param {string} client @param {Whose} whose */
  async renew(client, whose) {
    const { leases } = this.#shelf;
    const own = leases.get(client);
    if (own && own.holder !== client) return false;
    const until = this.#now() + LEASE_MS;
    leases.set(client, { ...whose, holder: client, until });
    for (const lease of leases.values()) if (lease.holder === client) lease.until = until;
    return true;
  }

  /** @param {string} client @param {Whose} whose @returns {Promise<Found[]>} */
  async adopt(client, whose) {
    /** @type {Found[]} */
    const found = [];
    for (const [other, lease] of this.#shelf.leases) {
      if (!isOrphan(other, lease, client, whose, this.#now())) continue;
      const records = [...(this.#shelf.records.get(other)?.values() ?? [])];
      if (!records.length) {
        this.#shelf.leases.delete(other);
        continue;
      }
      Object.assign(lease, { holder: client, until: this.#now() + LEASE_MS });
      found.push({ client: other, records: structuredClone(records) });
    }
    return found;
  }

  /** @param {string} client @returns {Promise<any[]>} */
  async kept(client) {
    return structuredClone([...(this.#shelf.records.get(client)?.values() ?? [])]);
  }

  /** @param {string} client */
  async leave(client) {
    for (const [other, lease] of this.#shelf.leases) {
      if (lease.holder !== client) continue;
      if (this.#shelf.records.get(other)?.size) lease.until = 0;
      else this.#shelf.leases.delete(other);
    }
  }

  async settled() {}
}

/** What the pages of one browser share. */
export class Shelf {
  /** @type {Map<string, Map<string, Kept>>} */
  records = new Map();
  /** @type {Map<string, Lease>} */
  leases = new Map();
}

/**
 * @param {string} client whose lease it is
 * @param {Lease} lease
 * @param {string} taker
 * @param {Whose} whose
 * @param {number} now
 */
export function isOrphan(client, lease, taker, whose, now) {
  const isOurs = lease.person === whose.person && lease.workshop === whose.workshop;
  return client !== taker && lease.holder !== taker && isOurs && lease.until <= now;
}
