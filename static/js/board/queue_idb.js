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
 * Pages that said goodbye. A page that closes has no time for IndexedDB, and what it writes to localStorage is lost one
 * time in three; a cookie is set before it goes on. It holds names of pages and no more, for as long as a lease lasts.
 */
const LEFT = "codesign_left";
const LEFT_S = 60;

/**
 * The queue of this browser; in memory where it has no IndexedDB to give.
 * @param {{factory?: IDBFactory, now?: () => number, left?: Left}} [options]
 * @returns {Promise<Queue>}
 */
export async function openQueue({ factory = globalThis.indexedDB, now = Date.now, left = new Left() } = {}) {
  try {
    return new IdbQueue(await open(factory), now, left);
  } catch {
    return new MemoryQueue({ now });
  }
}

class IdbQueue {
  #db;
  #now;
  #left;
  /** The last write; transactions on one store finish in the order they began. */
  #last = Promise.resolve();

  /** @param {IDBDatabase} db @param {() => number} now @param {Left} left */
  constructor(db, now, left) {
    this.#db = db;
    this.#now = now;
    this.#left = left;
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
    this.#left.remove(client);
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
    const gone = this.#left.all();
    for (const [other, lease] of await everyLease(leases)) {
      const until = gone.includes(lease.holder) ? 0 : lease.until;
      if (!isOrphan(other, { ...lease, until }, client, whose, this.#now())) continue;
      this.#left.remove(lease.holder);
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

  /** @param {string} client @returns {Promise<any[]>} */
  async kept(client) {
    await this.#last;
    return result(this.#db.transaction("records").objectStore("records").getAll(recordsOf(client)));
  }

  /** @param {string} client */
  async leave(client) {
    this.#left.add(client);
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

/** The clients whose page has closed, for the next page to see. Nothing where storage is refused. */
export class Left {
  /** @param {{cookie: string} | undefined} [page] */
  constructor(page = globalThis.document) {
    this.page = page;
  }

  /** @returns {string[]} */
  all() {
    const kept = this.#cookie.split("; ").find((one) => one.startsWith(`${LEFT}=`));
    return kept?.slice(LEFT.length + 1).split(".").filter(Boolean) ?? [];
  }

  /** @param {string} client */
  add(client) {
    this.#set([...this.all().slice(-20), client]);
  }

  /** @param {string} client */
  remove(client) {
    const all = this.all();
    if (all.includes(client)) this.#set(all.filter((other) => other !== client));
  }

  /** Empty where cookies are refused: then the lease runs out by itself. */
  get #cookie() {
    try {
      return this.page?.cookie ?? "";
    } catch {
      return "";
    }
  }

  /** @param {string[]} clients names of letters, digits, - and _ */
  #set(clients) {
    try {
      if (this.page) this.page.cookie = `${LEFT}=${clients.join(".")}; path=/; max-age=${LEFT_S}; samesite=strict`;
    } catch {
      // Forbidden.
    }
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
