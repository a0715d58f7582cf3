// The queue in IndexedDB: it survives closing the tab. Kept thin; the rules are those of queue.js.

import { isOrphan, LEASE_MS, MemoryQueue } from "./queue.js";

/** @typedef {import("./queue.js").Found} Found */
/** @typedef {import("./queue.js").Kept} Kept */
/** @typedef {import("./queue.js").Lease} Lease */
/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./queue.js").Whose} Whose */

const NAME = "codesign";
const VERSION = 1;

/**
 * The queue of this browser; in memory where it has no IndexedDB to give.
 * @param {{factory?: IDBFactory, now?: () => number}} [options]
 * @returns {Promise<Queue>}
 */
export async function openQueue({ factory = globalThis.indexedDB, now = Date.now } = {}) {
  try {
    return new IdbQueue(await open(factory), now);
  } catch {
    return new MemoryQueue({ now });
  }
}

class IdbQueue {
  #db;
  #now;
  /** The last write; transactions on one store finish in the order they began. */
  #last = Promise.resolve();

  /** @param {IDBDatabase} db @param {() => number} now */
  constructor(db, now) {
    this.#db = db;
    this.#now = now;
  }

  /** @param {string} client @param {string} key @param {Kept} record */
  put(client, key, record) {
    this.#write((records) => records.put(record, [client, key]));
  }

  /** @param {string} client @param {string} key */
  remove(client, key) {
    this.#write((records) => records.delete([client, key]));
  }

  /** @param {string} client @param {Whose} whose @returns {Promise<boolean>} */
  async renew(client, whose) {
    const { leases, done } = this.#both("readwrite");
    const own = /** @type {Lease | undefined} */ (await result(leases.get(client)));
    if (own && own.holder !== client) return false;
    const until = this.#now() + LEASE_MS;
    leases.put({ ...whose, holder: client, until }, client);
    for (const [other, lease] of await everyLease(leases)) {
      if (lease.holder === client && other !== client) leases.put({ ...lease, until }, other);
    }
    await done;
    return true;
  }

  /** @param {string} client @param {Whose} whose @returns {Promise<Found[]>} */
  async adopt(client, whose) {
    const { records, leases, done } = this.#both("readwrite");
    /** @type {Found[]} */
    const found = [];
    for (const [other, lease] of await everyLease(leases)) {
      if (!isOrphan(other, lease, client, whose, this.#now())) continue;
      const left = /** @type {Kept[]} */ (await result(records.getAll(recordsOf(other))));
      if (!left.length) {
        leases.delete(other);
        continue;
      }
      leases.put({ ...lease, holder: client, until: this.#now() + LEASE_MS }, other);
      found.push({ client: other, records: left });
    }
    await done;
    return found;
  }

  /** @param {string} client */
  async leave(client) {
    const { records, leases, done } = this.#both("readwrite");
    for (const [other, lease] of await everyLease(leases)) {
      if (lease.holder !== client) continue;
      if (await result(records.count(recordsOf(other)))) leases.put({ ...lease, until: 0 }, other);
      else leases.delete(other);
    }
    await done;
  }

  async settled() {
    await this.#last;
  }

  /** @param {(records: IDBObjectStore) => void} act */
  #write(act) {
    try {
      const transaction = this.#db.transaction("records", "readwrite");
      act(transaction.objectStore("records"));
      this.#last = finished(transaction).catch(() => {});
    } catch {
      // The database is closing or full: the op still goes out, it only does not outlive the tab.
    }
  }

  /** @param {IDBTransactionMode} mode */
  #both(mode) {
    const transaction = this.#db.transaction(["records", "leases"], mode);
    return {
      records: transaction.objectStore("records"),
      leases: transaction.objectStore("leases"),
      done: finished(transaction),
    };
  }
}

/** @param {IDBFactory} factory @returns {Promise<IDBDatabase>} */
async function open(factory) {
  const request = factory.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("records");
    request.result.createObjectStore("leases");
  };
  const db = await result(request);
  // Another tab runs a newer version of the page: let it go on.
  db.onversionchange = () => db.close();
  return db;
}

/** @param {string} client every key of this client */
function recordsOf(client) {
  return IDBKeyRange.bound([client], [client, []]);
}

/** @param {IDBObjectStore} leases @returns {Promise<[string, Lease][]>} */
async function everyLease(leases) {
  const [clients, values] = [leases.getAllKeys(), leases.getAll()];
  const keys = /** @type {string[]} */ (await result(clients));
  const all = /** @type {Lease[]} */ (await result(values));
  return keys.map((key, at) => [key, all[at]]);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
