// An op that was asked and is not confirmed yet: its name, what it is about, what is expected of it.

import { touched } from "./changes.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./ops.js").Op} Op */
/** @typedef {import("./replica.js").Expected} Expected */
/** @typedef {import("./replica.js").Spot} Spot */
/**
 * @typedef {object} Asking
 * @property {string} stream
 * @property {Op} op
 * @property {number} base
 * @property {readonly Change[]} changes what is expected of it
 * @property {Spot | null} spot the text it edits
 * @property {string} from the text its splices speak of
 */
/**
 * @typedef {object} Progress
 * @property {string} client
 * @property {number} n
 * @property {string} owner the client whose queue keeps it; another one where an op does not say whose it is
 * @property {Expected[]} expected the changes by item
 * @property {boolean} isSent it may have reached the server: its content stays as it is
 * @property {boolean} isLaid its expectation is part of the view
 * @property {number | null} acked the seq that holds it
 * @property {number} retryAt when to ask again after `unavailable`; 0: not waiting
 * @property {number} tries
 * @property {number} keptAt when it was last put into the queue
 */
/** @typedef {Asking & Progress} Pending */

/** Stands for "whatever is applied when it goes out". */
export const BASE_AT_SENDING = -1;

/**
 * @param {string} client
 * @param {number} n
 * @param {Asking} asking
 * @param {string} [owner]
 * @returns {Pending}
 */
export function pendingOf(client, n, asking, owner = client) {
  /** @type {Map<string | null, Change[]>} */
  const byItem = new Map();
  for (const change of asking.changes) {
    const id = touched(change);
    const changes = byItem.get(id);
    if (changes) changes.push(change);
    else byItem.set(id, [change]);
  }
  const expected = [...byItem].map(([id, changes]) => ({ id, changes }));
  return { ...asking, client, n, owner, expected, isSent: false, isLaid: false, acked: null, retryAt: 0, tries: 0, keptAt: 0 };
}

/** @param {{client: string, n: number}} name */
export function nameOf({ client, n }) {
  return `${client} ${n}`;
}

/** @param {string} stream @param {Spot} spot */
export function textKey(stream, { id, field }) {
  return `text ${stream} ${id ?? ""} ${field}`;
}

/** The items an op makes. @param {Pending} pending @returns {Set<string>} */
export function madeBy({ op, changes }) {
  const makes = op.type.startsWith("create_") || op.type === "all";
  return new Set(makes ? changes.flatMap((change) => ("put" in change ? [change.put.id] : [])) : []);
}

/** Whether it is about nothing but these items. @param {Pending} pending @param {ReadonlySet<string>} ids */
export function isOnlyOf({ expected, spot }, ids) {
  if (spot) return spot.id !== null && ids.has(spot.id);
  return expected.length > 0 && expected.every(({ id }) => id !== null && ids.has(id));
}

/** Whether it is about this item, among others. @param {Pending} pending @param {string} id */
export function isAbout({ expected, spot }, id) {
  return spot?.id === id || expected.some((layer) => layer.id === id);
}
