/**
 * What relations say of those between whom they are: how many each has, over whom the ways of others lead, who has none,
 * and on which of them two parts hang together.
 * Pure. Twin of codesign/core/computed/actors.py.
 *
 * @typedef {import("../model.js").Item} Item
 */

/**
 * For each actor: relations (degree), and the share of shortest ways between others that lead over it, 0 to 1.
 * Source: Freeman (1977), by the way of Brandes (2001).
 * @param {readonly string[]} ids @param {readonly Item[]} relations @returns {Map<string, {degree: number, between: number}>}
 */
export function centrality(ids, relations) {
  const next = neighbours(ids, relations);
  const between = new Map(ids.map((id) => [id, 0]));
  for (const start of ids) addWays(start, next, between);
  const n = ids.length;
  // Each pair was walked from both of its ends.
  const scale = n > 2 ? 1 / ((n - 1) * (n - 2)) : 0;
  const share = (/** @type {string} */ id) => Math.round((between.get(id) ?? 0) * scale * 10_000) / 10_000;
  return new Map(ids.map((id) => [id, { degree: next.get(id)?.size ?? 0, between: share(id) }]));
}

/**
 * Relations without which two parts of the map have no way to each other; lone ends are told as such elsewhere, so both
 * ends have others beside. Source: Tarjan (1974).
 * @param {readonly string[]} ids @param {readonly Item[]} relations @returns {[string, string][]}
 */
export function bridges(ids, relations) {
  const next = neighbours(ids, relations);
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {Map<string, number>} */
  const low = new Map();
  /** @type {[string, string][]} */
  const found = [];
  const visit = (/** @type {string} */ id, /** @type {string} */ from) => {
    seen.set(id, seen.size);
    low.set(id, seen.size - 1);
    for (const other of next.get(id) ?? []) {
      if (other === from) continue;
      const known = seen.get(other);
      if (known === undefined) visit(other, id);
      low.set(id, Math.min(low.get(id) ?? 0, known ?? low.get(other) ?? 0));
      if (known === undefined && (low.get(other) ?? 0) > (seen.get(id) ?? 0)) found.push(id < other ? [id, other] : [other, id]);
    }
  };
  for (const id of ids) if (!seen.has(id)) visit(id, "");
  return found.filter((ends) => ends.every((id) => (next.get(id)?.size ?? 0) > 1)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** @param {readonly string[]} ids @param {readonly Item[]} relations */
function neighbours(ids, relations) {
  /** @type {Map<string, Set<string>>} */
  const next = new Map(ids.map((id) => [id, new Set()]));
  for (const { from, to } of relations) {
    if (from === to || !next.has(from) || !next.has(to)) continue;
    next.get(from)?.add(to);
    next.get(to)?.add(from);
  }
  return next;
}

/** @param {string} start @param {Map<string, Set<string>>} next @param {Map<string, number>} between */
function addWays(start, next, between) {
  /** @type {string[]} */
  const order = [];
  /** @type {Map<string, string[]>} */
  const before = new Map();
  const ways = new Map([[start, 1]]);
  const far = new Map([[start, 0]]);
  for (let queue = [start], at = 0; at < queue.length; at += 1) {
    const id = queue[at];
    order.push(id);
    for (const other of next.get(id) ?? []) {
      if (!far.has(other)) {
        far.set(other, (far.get(id) ?? 0) + 1);
        queue.push(other);
      }
      if (far.get(other) !== (far.get(id) ?? 0) + 1) continue;
      ways.set(other, (ways.get(other) ?? 0) + (ways.get(id) ?? 0));
      before.set(other, [...(before.get(other) ?? []), id]);
    }
  }
  const carried = new Map(order.map((id) => [id, 0]));
  for (const id of order.reverse()) {
    for (const one of before.get(id) ?? []) {
      const part = ((ways.get(one) ?? 0) / (ways.get(id) ?? 1)) * (1 + (carried.get(id) ?? 0));
      carried.set(one, (carried.get(one) ?? 0) + part);
    }
    if (id !== start) between.set(id, (between.get(id) ?? 0) + (carried.get(id) ?? 0));
  }
}
