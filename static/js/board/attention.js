// Who is finished, who wants to speak, and who waits for help: as the workshop, the desk and one's own inbox have it, and
// the acts of it. No DOM.
import { t, tn } from "../lib/words.js";
import { askHelp, raiseHand, sayFinished, takeHelp } from "./ops_together.js";

/** @typedef {import("./model.js").Person} Person */
/** @typedef {{person: string, board: string, since: number}} Waiting */

const WRITERS = new Set(["host", "participant", "expert"]);
const HAND = "hand/";

export class Attention {
  /** @param {import("./model.js").Model} model @param {import("./clock.js").ServerClock} clock */
  constructor(model, clock) {
    this.model = model;
    this.clock = clock;
    const workshop = model.who.workshop.slice("workshop:".length);
    this.desk = `desk:${workshop}`;
    this.inbox = `inbox:${workshop}:${model.me}`;
  }

  /** Does this person take part, so that the room may wait for them? */
  get takesPart() {
    return WRITERS.has(this.model.role) && !this.model.ended;
  }

  /** What is for me alone. @returns {Record<string, any>} */
  get mine() {
    return this.model.sync.view(this.inbox).fields;
  }

  get isFinished() {
    return this.hasFinished(this.model.me);
  }

  /** @param {string} person */
  hasFinished(person) {
    return Boolean(this.model.workshop.fields[`finished/${person}`]);
  }

  /** Those who take part and are here or have finished. @param {Iterable<string>} present @returns {{finished: number, of: number}} */
  turnout(present) {
    const here = new Set(present);
    const people = this.model.people.filter((p) => WRITERS.has(p.role ?? "") && (here.has(p.id) || this.hasFinished(p.id)));
    return { finished: people.filter((p) => this.hasFinished(p.id)).length, of: people.length };
  }

  get myHand() {
    return this.model.workshop.fields[HAND + this.model.me] !== undefined;
  }

  /** Who wants to speak, the first first. @returns {Person[]} */
  get hands() {
    const { fields } = this.model.workshop;
    const up = Object.keys(fields).filter((key) => key.startsWith(HAND)).sort((a, b) => fields[a] - fields[b] || (a < b ? -1 : 1));
    const people = up.map((key) => this.model.person(key.slice(HAND.length)));
    return /** @type {Person[]} */ (people.filter((p) => p && !p.gone));
  }

  /** Since when I wait for help. @returns {number | undefined} */
  get myHelp() {
    return this.mine.help;
  }

  /** Everyone who waits, wherever they are, the longest first; for those who lead. @returns {Waiting[]} */
  get queue() {
    const items = [...this.model.sync.view(this.desk).items.values()];
    const waiting = items.filter((i) => i.kind === "help" && i.since !== undefined && this.model.person(i.id) && !this.model.person(i.id)?.gone);
    return waiting.map((i) => ({ person: i.id, board: String(i.board ?? ""), since: Number(i.since) })).sort((a, b) => a.since - b.since || (a.person < b.person ? -1 : 1));
  }

  /** Whole minutes. @param {number} since */
  minutes(since) {
    return Math.max(0, Math.floor((this.clock.now() - since) / 60_000));
  }

  /** What is said of somebody who waits, beneath the name. @param {Waiting} waiting */
  needsHelp({ since }) {
    const n = this.minutes(since);
    return n ? tn("needs help, {n} min", "needs help, {n} min", n) : t("needs help, just now");
  }

  /** The same as a sentence. @param {Waiting} waiting */
  askedForHelp({ person, since }) {
    const [name, n] = [this.model.name(person), this.minutes(since)];
    return n ? t("{name} asked for help, {n} min", { name, n }) : t("{name} asked for help just now", { name });
  }

  // What is done

  get #step() {
    return this.model.workshop.fields.step;
  }

  get #now() {
    return Math.round(this.clock.now());
  }

  /** @param {boolean} on */
  finish(on) {
    this.model.sync.ask(this.model.who.workshop, sayFinished(on, this.#step, this.model.me));
  }

  /** @param {boolean} on @param {string} [person] whose hand those who lead take down */
  hand(on, person = this.model.me) {
    this.model.sync.ask(this.model.who.workshop, raiseHand(on, this.#step, person, { me: this.model.me, now: this.#now }));
  }

  /** @param {boolean} on */
  askHelp(on) {
    this.model.sync.ask(this.inbox, askHelp(on, this.model.who.board.slice("board:".length), this.#now));
  }

  /** I go there: it ends the waiting of all at that table. @param {string} person */
  take(person) {
    this.model.sync.ask(this.desk, takeHelp(person));
  }
}
