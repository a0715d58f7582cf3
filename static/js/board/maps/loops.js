/**
 * System maps: feedback loops, levers and effects, from factors and causal links. Pure; twin of
 * codesign/core/computed/loops.py, held together by tests/vectors/loops.json. Polarity is "+", "-", "mixed" or "unknown".
 * Source of signs and names: Sterman, Business Dynamics (2000), chapter 5; of betweenness: Freeman (1977), by the way of
 * Brandes (2001).
 *
 * @typedef {{id: string, [key: string]: any}} Factor
 * @typedef {{id: string, from: string, to: string, polarity?: string, delay?: string, [key: string]: any}} Link
 * @typedef {{id: string, sign: string, delayed: boolean}} Edge
 * @typedef {{name: string, kind: "reinforcing" | "balancing" | "open", factors: string[], links: string[], delayed: boolean}} Loop
 * @typedef {{listed: Loop[], more: boolean}} Loops
 * @typedef {{factors: string[], links: string[], sign: string, delayed: boolean}} Path
 */

/** A loop has at most so many factors, and at most so many loops are listed; more are said. */
export const LONGEST = 10;
export const MOST = 200;
/** After so many steps of the search the rest is left, and said. */
export const LOOKS = 400_000;
/** Of larger maps only so many factors are searched for loops, and nothing is said of who lies between others. */
export const FACTORS_MOST = 1_000;
/** An effect is followed over simple paths of at most so many links, and over at most so many paths. */
export const PATH = 6;
export const PATHS = 10_000;
/** So many of the paths between two factors are listed. */
export const PATHS_LISTED = 20;
/** A lever is something we can move (0 to 3) that reaches an outcome within so many links. */
export const CONTROLLABLE = 2;
export const REACH = 4;
const KINDS = new Map([["+", "reinforcing"], ["-", "balancing"]]);
/** The search lets others have a turn after so many steps. */
const TURN = 4_000;
const BACK_TURN = 50;

/** All simple loops up to ten factors, the shortest first, at most 200 of them. @param {readonly Factor[]} factors @param {readonly Link[]} links @returns {Loops} */
export function loops(factors, links) {
  const search = searched(factors, links);
  for (;;) {
    const { done, value } = search.next();
    if (done) return /** @type {Loops} */ (value);
  }
}

/**
 * The same in turns, so that a page can type between them.
 * @param {readonly Factor[]} factors @param {readonly Link[]} links @returns {Generator<undefined, Loops>}
 */
export function* searched(factors, links) {
  const graph = graphOf(factors.slice(0, FACTORS_MOST), links);
  const ids = [...graph.keys()];
  const order = new Map(ids.map((id, at) => [id, at]));
  const before = reversed(graph);
  /** @type {Map<string, number>[]} */
  const back = [];
  for (const [at, id] of ids.entries()) {
    back.push(distances(before, id, (other) => (order.get(other) ?? 0) >= at));
    if (at % BACK_TURN === BACK_TURN - 1) yield;
  }
  /** @type {string[][]} */
  const found = [];
  const looks = { left: LOOKS };
  // Length by length: what is left out is never shorter than what is listed.
  for (let length = 2; length <= LONGEST && found.length <= MOST && looks.left > 0; length += 1) {
    for (let at = 0; at < ids.length && found.length <= MOST; at += 1) {
      yield* cyclesFrom(graph, ids[at], back[at], length, found, looks);
    }
  }
  return { listed: named(graph, found.slice(0, MOST)), more: found.length > MOST || looks.left <= 0 || factors.length > FACTORS_MOST };
}

/** Cycles of exactly this length from a factor that comes first in them. @param {Graph} graph @param {string} start @param {Map<string, number>} back @param {number} length @param {string[][]} found @param {{left: number}} looks @returns {Generator<undefined, void>} */
function* cyclesFrom(graph, start, back, length, found, looks) {
  const path = [start];
  const stack = [[...next(graph, start)].values()];
  while (stack.length && looks.left > 0) {
    const { value: after, done } = stack[stack.length - 1].next();
    if (done) {
      stack.pop();
      path.pop();
      continue;
    }
    looks.left -= 1;
    if (looks.left % TURN === 0) yield;
    if (after === start && path.length === length) {
      found.push([...path]);
      if (found.length > MOST) return;
    }
    // A path ends as soon as the way back is too long.
    const far = back.get(after);
    if (after === start || far === undefined || path.length === length || path.length + far > length || path.includes(after)) continue;
    path.push(after);
    stack.push([...next(graph, after)].values());
  }
}

/**
 * How each factor sits in the map: links in and out, leverage (out ÷ in; null where nothing leads in), and the share of
 * shortest ways between others that lead over it.
 * @param {readonly Factor[]} factors @param {readonly Link[]} links
 */
export function measures(factors, links) {
  const graph = graphOf(factors, links);
  const before = reversed(graph);
  const between = graph.size > FACTORS_MOST ? new Map() : betweenness(graph);
  return new Map(
    [...graph.keys()].map((id) => {
      const into = before.get(id)?.length ?? 0;
      const out = graph.get(id)?.size ?? 0;
      return [id, { into, out, leverage: into ? rounded(out / into, 2) : null, betweenness: rounded(between.get(id) ?? 0, 4) }];
    }),
  );
}

/** What a factor reaches, and over how many links at least. @param {readonly Link[]} links @param {string} start @param {number} [steps] */
export function downstream(links, start, steps = Infinity) {
  return reached(links.map(({ from, to }) => [from, to]), start, steps);
}

/** @param {readonly Link[]} links @param {string} start @param {number} [steps] */
export function upstream(links, start, steps = Infinity) {
  return reached(links.map(({ from, to }) => [to, from]), start, steps);
}

/**
 * What more of `start` does to `outcome`: "+", "-" or "mixed"; null where it does not reach it. Along simple paths of at
 * most six links; paths with an unknown or mixed link make it mixed.
 * @param {readonly Factor[]} factors @param {readonly Link[]} links @param {string} start @param {string} outcome
 */
export function effect(factors, links, start, outcome) {
  const signs = new Set();
  for (const path of simplePaths(graphOf(factors, links), start, outcome, PATHS)) signs.add(path.sign);
  return signs.size === 0 ? null : signs.size === 1 ? /** @type {string} */ ([...signs][0]) : "mixed";
}

/** The paths themselves, the shortest first, and whether there are more than are listed. @param {readonly Factor[]} factors @param {readonly Link[]} links @param {string} start @param {string} end */
export function pathsBetween(factors, links, start, end) {
  const all = [...simplePaths(graphOf(factors, links), start, end, PATHS)].sort((a, b) => a.links.length - b.links.length);
  return { listed: all.slice(0, PATHS_LISTED), more: Math.max(0, all.length - PATHS_LISTED) };
}

/** What we can move and what, within four links, moves an outcome. @param {readonly Factor[]} factors @param {readonly Link[]} links */
export function leverCandidates(factors, links) {
  const outcomes = factors.filter((one) => one.role === "outcome").map((one) => one.id);
  return factors
    .filter((one) => (one.controllable ?? 0) >= CONTROLLABLE)
    .filter((one) => {
      const reaches = downstream(links, one.id, REACH);
      return outcomes.some((id) => id !== one.id && reaches.has(id));
    })
    .map((one) => one.id);
}

// Inside

/** @typedef {Map<string, Map<string, Edge>>} Graph */

/** Of two links between the same factors with different signs, the effect is mixed. @param {readonly Factor[]} factors @param {readonly Link[]} links @returns {Graph} */
function graphOf(factors, links) {
  /** @type {Graph} */
  const graph = new Map(factors.map(({ id }) => [id, new Map()]));
  for (const link of links) {
    const out = graph.get(link.from);
    if (link.from === link.to || !out || !graph.has(link.to)) continue;
    const sign = link.polarity || "unknown";
    const known = out.get(link.to);
    out.set(link.to, { id: link.id, sign: known && known.sign !== sign ? "mixed" : sign, delayed: (link.delay || "none") !== "none" });
  }
  return graph;
}

/** @param {Graph} graph @param {string} id */
function next(graph, id) {
  return graph.get(id)?.keys() ?? [];
}

/** @param {Graph} graph @returns {Map<string, string[]>} */
function reversed(graph) {
  /** @type {Map<string, string[]>} */
  const before = new Map([...graph.keys()].map((id) => [id, []]));
  for (const [from, out] of graph) for (const to of out.keys()) before.get(to)?.push(from);
  return before;
}

/** Links from each factor to `end`, among those that are wanted. @param {Map<string, string[]>} before @param {string} end @param {(id: string) => boolean} wanted */
function distances(before, end, wanted) {
  const far = new Map([[end, 0]]);
  for (let queue = [end], at = 0; at < queue.length; at += 1) {
    const here = /** @type {number} */ (far.get(queue[at]));
    for (const one of before.get(queue[at]) ?? []) {
      if (far.has(one) || !wanted(one)) continue;
      far.set(one, here + 1);
      queue.push(one);
    }
  }
  return far;
}

/** @param {Graph} graph @param {string[][]} cycles @returns {Loop[]} */
function named(graph, cycles) {
  const counts = { reinforcing: 0, balancing: 0, open: 0 };
  return cycles.map((factors) => {
    const edges = edgesOn(graph, [...factors, factors[0]]);
    const kind = /** @type {"reinforcing" | "balancing" | "open"} */ (KINDS.get(signOf(edges)) ?? "open");
    counts[kind] += 1;
    const name = `${kind[0].toUpperCase()}${counts[kind]}`;
    return { name, kind, factors, links: edges.map(({ id }) => id), delayed: edges.some(({ delayed }) => delayed) };
  });
}

/** @param {Graph} graph @param {readonly string[]} path */
function edgesOn(graph, path) {
  return path.slice(1).map((id, at) => /** @type {Edge} */ (graph.get(path[at])?.get(id)));
}

/** @param {readonly Edge[]} edges */
function signOf(edges) {
  if (edges.some(({ sign }) => sign !== "+" && sign !== "-")) return "mixed";
  return edges.filter(({ sign }) => sign === "-").length % 2 ? "-" : "+";
}

/** At most `most` of them. @param {Graph} graph @param {string} start @param {string} end @param {number} most @returns {Generator<Path>} */
function* simplePaths(graph, start, end, most) {
  if (start === end || !graph.has(start) || !graph.has(end)) return;
  const far = distances(reversed(graph), end, () => true);
  const path = [start];
  const stack = [[...next(graph, start)].values()];
  for (let n = 0; stack.length && n < most; ) {
    const { value: after, done } = stack[stack.length - 1].next();
    if (done) {
      stack.pop();
      path.pop();
    } else if (after === end) {
      const factors = [...path, end];
      const edges = edgesOn(graph, factors);
      yield { factors, links: edges.map(({ id }) => id), sign: signOf(edges), delayed: edges.some(({ delayed }) => delayed) };
      n += 1;
    } else if (path.length + (far.get(after) ?? Infinity) <= PATH && !path.includes(after)) {
      path.push(after);
      stack.push([...next(graph, after)].values());
    }
  }
}

/** Breadth first; `start` itself only where a way leads back to it. @param {string[][]} pairs @param {string} start @param {number} steps @returns {Map<string, number>} */
function reached(pairs, start, steps) {
  /** @type {Map<string, string[]>} */
  const after = new Map();
  for (const [a, b] of pairs) {
    const list = after.get(a);
    if (list) list.push(b);
    else after.set(a, [b]);
  }
  /** @type {Map<string, number>} */
  const found = new Map();
  for (let queue = [{ id: start, far: 0 }], at = 0; at < queue.length; at += 1) {
    const { id, far } = queue[at];
    if (far >= steps) continue;
    for (const one of after.get(id) ?? []) {
      if (found.has(one)) continue;
      found.set(one, far + 1);
      queue.push({ id: one, far: far + 1 });
    }
  }
  return found;
}

/** Of a directed graph, as a share of all pairs of others. @param {Graph} graph */
function betweenness(graph) {
  const between = new Map([...graph.keys()].map((id) => [id, 0]));
  for (const start of graph.keys()) addWays(graph, start, between);
  const n = graph.size;
  const scale = n > 2 ? 1 / ((n - 1) * (n - 2)) : 1;
  for (const [id, sum] of between) between.set(id, sum * scale);
  return between;
}

/** @param {Graph} graph @param {string} start @param {Map<string, number>} between */
function addWays(graph, start, between) {
  const ways = new Map([[start, 1]]);
  const far = new Map([[start, 0]]);
  /** @type {Map<string, string[]>} */
  const before = new Map();
  const order = [start];
  for (let at = 0; at < order.length; at += 1) {
    const id = order[at];
    const here = far.get(id) ?? 0;
    for (const other of next(graph, id)) {
      if (!far.has(other)) {
        far.set(other, here + 1);
        order.push(other);
      }
      if (far.get(other) !== here + 1) continue;
      ways.set(other, (ways.get(other) ?? 0) + (ways.get(id) ?? 0));
      const list = before.get(other);
      if (list) list.push(id);
      else before.set(other, [id]);
    }
  }
  const carried = new Map();
  for (const id of order.reverse()) {
    const own = carried.get(id) ?? 0;
    for (const one of before.get(id) ?? []) {
      carried.set(one, (carried.get(one) ?? 0) + ((ways.get(one) ?? 0) / (ways.get(id) ?? 1)) * (1 + own));
    }
    if (id !== start) between.set(id, (between.get(id) ?? 0) + own);
  }
}

/** @param {number} value @param {number} digits */
function rounded(value, digits) {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
