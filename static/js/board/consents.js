/**
 * Consent rounds as this page knows them: the one that is open, what I said, and who said what as far as it is shown.
 * Knows no DOM.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./ops_consent.js").Said} Said
 * @typedef {{step: string, votes: string[]}} Ahead
 * @typedef {{person: string, answer: Said, reason: string, entered: string}} Answer
 */
const VOTERS = new Set(["participant", "host"]);
/** In the order they are read: what stands in the way comes first. */
export const ANSWERS = /** @type {const} */ (["object", "reserve", "aside", "agree"]);

export class Consents {
  /** @param {import("./model.js").Model} model */
  constructor(model) {
    this.model = model;
    const workshop = model.who.workshop.slice("workshop:".length);
    this.desk = `desk:${workshop}`;
    this.inbox = `inbox:${workshop}:${model.me}`;
  }

  /** Oldest first. @returns {Item[]} */
  get all() {
    const found = [...this.model.workshop.items.values()].filter((i) => i.kind === "consent");
    return found.sort((a, b) => (a.opened ?? 0) - (b.opened ?? 0));
  }

  get now() {
    return this.all.find((one) => one.state === "open");
  }

  /** May this person answer? @param {Item} consent */
  may(consent) {
    return consent.state === "open" && !this.model.ended && this.#could(consent, this.model.role, this.model.leads);
  }

  /** @param {Item} consent @param {string} role @param {boolean} leads */
  #could(consent, role, leads) {
    return VOTERS.has(role) || (leads && Boolean(consent.leads));
  }

  /** What I said last. @param {Item} consent @returns {{answer: Said | undefined, reason: string}} */
  mine(consent) {
    const { fields } = this.model.sync.view(this.inbox);
    const answer = /** @type {Said | undefined} */ (fields[`answer/${consent.id}`] ?? consent[`answer/${this.model.me}`]);
    return { answer, reason: String(fields[`reason/${consent.id}`] ?? consent[`reason/${this.model.me}`] ?? "") };
  }

  /** Those that this person may see, objections first. @param {Item} consent @returns {Answer[]} */
  answers(consent) {
    const kept = consent.state === "open" && consent.shown === "at_close" ? this.model.sync.view(this.desk).items.get(consent.id) : consent;
    const from = /** @type {Item} */ (kept?.kind === "answers" || kept?.kind === "consent" ? kept : {});
    const people = Object.keys(from).filter((key) => key.startsWith("answer/")).map((key) => key.slice("answer/".length));
    const found = people.map((person) => ({ person, answer: from[`answer/${person}`], reason: String(from[`reason/${person}`] ?? ""), entered: String(from[`entered/${person}`] ?? "") }));
    return found.sort((a, b) => ANSWERS.indexOf(a.answer) - ANSWERS.indexOf(b.answer) || this.model.name(a.person).localeCompare(this.model.name(b.person)));
  }

  /** Are they to be seen by this person now? @param {Item} consent */
  isShown(consent) {
    return consent.state === "closed" || consent.shown === "at_once" || this.model.leads;
  }

  /** How many could answer. @param {Item} consent */
  electorate(consent) {
    if (consent.voters !== undefined) return Number(consent.voters);
    const leads = new Set(["owner", "facilitator", "co-facilitator"]);
    return this.model.people.filter((p) => this.#could(consent, p.role ?? "", leads.has(p.role ?? ""))).length;
  }

  /** Those without a device, for whom somebody may answer. @param {Item} consent */
  others(consent) {
    const own = new Set(this.answers(consent).filter((one) => !one.entered).map((one) => one.person));
    const could = this.model.people.filter((p) => VOTERS.has(p.role ?? "") && !own.has(p.id));
    return could.sort((a, b) => Number(Boolean(b.deviceless)) - Number(Boolean(a.deviceless)));
  }

  /** What comes for everyone beside consent rounds: the step that runs, and the votes of this board that were opened and counted. @returns {Ahead} */
  get ahead() {
    const { fields, items } = this.model.workshop;
    const board = this.model.who.board.slice("board:".length);
    const votes = [...items.values()].filter((i) => i.kind === "vote" && i.board === board);
    return { step: `${fields.step ?? ""}/${fields.step_at ?? ""}`, votes: votes.map((vote) => `${vote.id}/${vote.state}`) };
  }

  /** Does a round that is shown give way to what has come since? One that still waits for answers does so for a vote alone. @param {Item} consent @param {Ahead} before @param {Ahead} now */
  givesWay(consent, before, now) {
    const isNew = now.votes.some((vote) => /\/(open|closed)$/.test(vote) && !before.votes.includes(vote));
    return isNew || (consent.state !== "open" && before.step !== now.step);
  }

  /** Nobody objects, and somebody has answered. @param {Item} consent */
  stands(consent) {
    const answers = this.answers(consent);
    return answers.length > 0 && !answers.some((one) => one.answer === "object");
  }
}
