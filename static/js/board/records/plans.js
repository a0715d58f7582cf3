/**
 * Action plans: what is overdue, circular, overloaded or risky, and what no money stands behind. Records as the register
 * has them in, ids and sums out. Pure. Twin of codesign/core/computed/plans.py.
 *
 * @typedef {Record<string, any>} Row
 */

const OVER = new Set(["done", "dropped"]);
/** Likelihood by impact (1 to 5 each): from here a risk is red. */
const RED = 15;

/** Actions whose last month, or whose next step's day, has passed. @param {readonly Row[]} actions @param {string} today as 2026-11-22 @returns {string[]} */
export function overdue(actions, today) {
  const late = (/** @type {Row} */ one) => (one.end || "9999") < today.slice(0, 7) || (one.next_step_by || "9999") < today;
  return actions.filter((one) => !OVER.has(one.status) && late(one)).map((one) => one.id);
}

/** Ids an action waits for. @param {Row} action @returns {string[]} */
export function waitsFor(action) {
  return Object.keys(action).filter((key) => key.startsWith("depends_on/") && action[key]).map((key) => key.slice("depends_on/".length));
}

/** Actions that wait for each other: each circle's members, as in the list. Tarjan's way, without recursion. @param {readonly Row[]} actions @returns {string[][]} */
export function circles(actions) {
  const order = new Map(actions.map((one, at) => [one.id, at]));
  const ways = new Map(actions.map((one) => [one.id, waitsFor(one).filter((id) => order.has(id))]));
  /** @type {Map<string, {low: number, at: number, open: boolean}>} */
  const seen = new Map();
  /** @type {string[]} */
  const path = [];
  /** @type {string[][]} */
  const found = [];
  for (const first of order.keys()) {
    if (seen.has(first)) continue;
    const work = [{ id: first, next: 0 }];
    while (work.length) {
      const step = work[work.length - 1];
      const own = seen.get(step.id) ?? enter(step.id, seen, path);
      const onward = ways.get(step.id)?.[step.next];
      if (onward !== undefined) {
        step.next += 1;
        const other = seen.get(onward);
        if (!other) work.push({ id: onward, next: 0 });
        else if (other.open) own.low = Math.min(own.low, other.at);
        continue;
      }
      work.pop();
      const before = seen.get(work[work.length - 1]?.id);
      if (before) before.low = Math.min(before.low, own.low);
      if (own.low === own.at) found.push(leave(step.id, seen, path));
    }
  }
  const tied = found.filter((part) => part.length > 1 || ways.get(part[0])?.includes(part[0]));
  const by = (/** @type {string} */ id) => order.get(id) ?? 0;
  return tied.map((part) => part.sort((a, b) => by(a) - by(b))).sort((a, b) => by(a[0]) - by(b[0]));
}

/** @param {string} id @param {Map<string, {low: number, at: number, open: boolean}>} seen @param {string[]} path */
function enter(id, seen, path) {
  const own = { low: seen.size, at: seen.size, open: true };
  seen.set(id, own);
  path.push(id);
  return own;
}

/** Everything that was come to since: one circle. @param {string} id @param {Map<string, {low: number, at: number, open: boolean}>} seen @param {string[]} path */
function leave(id, seen, path) {
  const part = path.splice(path.indexOf(id));
  for (const one of part) /** @type {{open: boolean}} */ (seen.get(one)).open = false;
  return part;
}

/** Open actions for each lead. @param {readonly Row[]} actions @returns {Map<string, number>} */
export function load(actions) {
  const found = new Map();
  for (const one of actions) if (one.lead && !OVER.has(one.status)) found.set(one.lead, (found.get(one.lead) ?? 0) + 1);
  return found;
}

/** Likelihood by impact, and whether it is red; null where either is not said. @param {Row} action @returns {{product: number, red: boolean} | null} */
export function risk({ likelihood, impact }) {
  if (likelihood === undefined || impact === undefined) return null;
  return { product: likelihood * impact, red: likelihood * impact >= RED };
}

/** Sums of costs for each value of a field, by currency; a cost never shows without its basis. @param {readonly Row[]} actions @param {string} field @returns {Map<string, Map<string, number>>} currency by value */
export function costBy(actions, field) {
  /** @type {Map<string, Map<string, number>>} */
  const sums = new Map();
  for (const one of actions) {
    const amount = one["cost/amount"];
    if (amount === undefined || !one.cost_basis) continue;
    const key = String(one[field] ?? "");
    const own = sums.get(key) ?? new Map();
    own.set(one["cost/currency"], (own.get(one["cost/currency"]) ?? 0) + amount);
    sums.set(key, own);
  }
  return sums;
}

/** For each currency what no secured money stands behind, of all that is not dropped. @param {readonly Row[]} actions @returns {Map<string, number>} */
export function fundingGap(actions) {
  const gap = new Map();
  for (const [status, sums] of costBy(actions.filter((one) => one.status !== "dropped"), "funding_status")) {
    for (const [currency, amount] of sums) gap.set(currency, (gap.get(currency) ?? 0) + (status === "secured" ? 0 : amount));
  }
  return gap;
}

/** What has both months, in the order it begins; turned round it is put right. @param {readonly Row[]} actions @returns {{id: string, start: string, end: string}[]} */
export function timeline(actions) {
  const dated = actions.filter((one) => one.start && one.end);
  const spans = dated.map((one) => ({ id: one.id, start: one.start < one.end ? one.start : one.end, end: one.start < one.end ? one.end : one.start }));
  return spans.sort((a, b) => compare(a.start, b.start) || compare(a.end, b.end));
}

/** Whole months from one to the other. @param {string} earlier @param {string} later */
export function monthsBetween(earlier, later) {
  const number = (/** @type {string} */ month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return number(later) - number(earlier);
}

/** @param {string} month @param {number} by */
export function monthAfter(month, by) {
  const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + by;
  return `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
