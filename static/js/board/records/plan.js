// What a plan of engagement leaves open: actors nobody is to talk to, contacts that are late.
// Pure. Twin of codesign/core/computed/engagement.py.

/** @typedef {Record<string, any>} Row */

/** Key actors, and those who can say no, whom nobody is to talk to yet. @param {readonly Row[]} stakeholders @param {readonly Row[]} engagements @returns {string[]} */
export function withoutARow(stakeholders, engagements) {
  const planned = new Set(engagements.map((one) => one.stakeholder));
  return stakeholders.filter((one) => (one.class === "key" || one.veto) && !planned.has(one.id)).map((one) => one.id);
}

/** @param {readonly Row[]} engagements @param {string} today as 2026-11-22 @returns {string[]} */
export function overdueContacts(engagements, today) {
  return engagements.filter((one) => (one.next || "9999") < today).map((one) => one.id);
}
