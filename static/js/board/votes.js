/**
 * The votes of this board as this page knows them: which one is open, where this person's dots lie and how many are left,
 * what others may know, and what a closed one came to. Knows no DOM.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {{city: string | null, name: string, paper: string, ballots: number, totals: Map<string, number>}} Group
 * @typedef {{rows: import("./ranking.js").Ranked[], groups: Group[], cast: number, given: number, shared: number, sharing: number, sharedCast: number | null, voters: number, dots: number, isTold: boolean}} Result
 */
import { t, tn } from "../lib/words.js";
import { ranked } from "./ranking.js";

const VOTERS = new Set(["participant", "host"]);
/** While a vote is secret, how many have voted is told in steps of this (codesign/core/ballots.py). */
const STEP = 5;

export class Votes extends EventTarget {
  /** Somebody without a device, for whom one who leads puts the dots. @type {string | null} */
  #for = null;

  /**
   * @param {{model: import("./model.js").Model, ballots: import("./ballots.js").Ballots, say: (words: string) => void}} parts
   */
  constructor({ model, ballots, say }) {
    super();
    this.model = model;
    this.ballots = ballots;
    this.say = say;
    ballots.addEventListener("change", () => this.dispatchEvent(new Event("change")));
  }

  // Which votes there are

  /** Those about this board, oldest first. @returns {Item[]} */
  get all() {
    const board = this.model.who.board.slice("board:".length);
    const found = [...this.model.workshop.items.values()].filter((i) => i.kind === "vote" && i.board === board);
    return found.sort((a, b) => (a.opened ?? 0) - (b.opened ?? 0));
  }

  /** The one that is open, or being counted. */
  get now() {
    return this.all.find((vote) => vote.state === "open" || vote.state === "counting");
  }

  /** Those that came to a result, the newest first. */
  get closed() {
    return this.all.filter((vote) => vote.state === "closed").reverse();
  }

  /** May dots be put now, here? */
  get isVoting() {
    return this.now?.state === "open" && !this.model.ended && (this.#for !== null || this.mayVote(this.now));
  }

  /** May this person vote themselves? @param {Item} vote */
  mayVote(vote) {
    return VOTERS.has(this.model.role) || (this.model.leads && Boolean(vote.leads));
  }

  /** In the order they were offered; those that were deleted meanwhile are left out. @param {Item} vote @returns {string[]} */
  options(vote) {
    const start = "option/";
    const ids = Object.keys(vote).filter((key) => key.startsWith(start));
    return ids.sort((a, b) => vote[a] - vote[b]).map((key) => key.slice(start.length));
  }

  /** Is this something to vote on now? @param {string} id */
  isOption(id) {
    const vote = this.now;
    return vote?.state === "open" && vote[`option/${id}`] !== undefined;
  }

  /** What an option says. @param {string} id */
  words(id) {
    const item = this.model.was(id);
    return String(item?.text ?? item?.name ?? item?.alt ?? "") || (item?.kind === "cluster" ? t("Group without a name") : item ? t("Empty note") : t("A note that was deleted"));
  }

  // Dots

  /** Whose dots are put: one's own, or those of somebody without a device. */
  get voter() {
    return this.#for ?? this.model.me;
  }

  /** The person somebody votes for; null: oneself. */
  get forWhom() {
    return this.#for;
  }

  set forWhom(person) {
    this.#for = person;
    this.dispatchEvent(new Event("change"));
  }

  /** @param {string} id */
  dotsOn(id) {
    const vote = this.now;
    return vote ? (this.ballots.dots(vote.id, this.voter)[id] ?? 0) : 0;
  }

  get spent() {
    const vote = this.now;
    return vote ? Object.values(this.ballots.dots(vote.id, this.voter)).reduce((sum, count) => sum + count, 0) : 0;
  }

  get left() {
    return Math.max(0, (this.now?.dots ?? 0) - this.spent);
  }

  get isUnsent() {
    return Boolean(this.now && this.ballots.isUnsent(this.now.id, this.voter));
  }

  /** May one more go there? @param {string} id */
  mayGive(id) {
    return this.isVoting && this.left > 0 && this.dotsOn(id) < (this.now?.cap ?? 0);
  }

  /** @param {string} id @returns {boolean} whether it was given */
  give(id) {
    const vote = this.now;
    if (!vote || !this.isVoting) return this.#not(t("No vote is open."));
    if (!this.isOption(id)) return this.#not(t("This is not part of the vote."));
    if (!this.left) return this.#not(t("No dots left. Take one back first."));
    if (this.dotsOn(id) >= vote.cap) return this.#not(tn("At most {n} dot on one.", "At most {n} dots on one.", vote.cap));
    return this.#put(vote, id, 1);
  }

  /** @param {string} id @returns {boolean} whether it was taken back */
  take(id) {
    const vote = this.now;
    if (!vote || !this.isVoting || !this.isOption(id)) return this.#not(t("No vote is open."));
    if (!this.dotsOn(id)) return this.#not(t("None of your dots is here."));
    return this.#put(vote, id, -1);
  }

  /** @param {Item} vote @param {string} id @param {1 | -1} by */
  #put(vote, id, by) {
    const dots = { ...this.ballots.dots(vote.id, this.voter), [id]: this.dotsOn(id) + by };
    this.ballots.put(vote.id, dots, this.voter);
    const here = tn("{n} dot here", "{n} dots here", this.dotsOn(id));
    this.say(`${here}. ${this.leftWords}`);
    return true;
  }

  /** @param {string} words */
  #not(words) {
    this.say(words);
    return false;
  }

  get leftWords() {
    return tn("{n} dot left", "{n} dots left", this.left);
  }

  // What everyone may know

  /** How many could vote. @param {Item} vote */
  electorate(vote) {
    if (vote.voters !== undefined) return /** @type {number} */ (vote.voters);
    const leads = new Set(["owner", "facilitator", "co-facilitator"]);
    return this.model.people.filter((p) => VOTERS.has(p.role ?? "") || (vote.leads && leads.has(p.role ?? ""))).length;
  }

  /** How many have voted, as far as it is told. @param {Item} vote */
  turnout(vote) {
    const all = this.electorate(vote);
    const cast = vote.cast ?? 0;
    if (vote.state === "counting") return t("The dots are being counted…");
    if (vote.state === "closed" || !vote.secret) return t("{n} of {all} have voted", { n: cast, all });
    if (cast < STEP) return t("Fewer than {n} people have voted", { n: STEP });
    return cast >= all ? t("Everyone has voted") : t("{n} or more of {all} have voted", { n: cast, all });
  }

  /** On an item: mine while a vote is open, all of them when it is told; with those of notes that were merged into it. @param {string} id @returns {{mine: number, total: number | null}} */
  on(id) {
    const all = [id, ...this.model.merged(id).map((one) => one.id)].map((one) => this.#on(one));
    const told = all.filter((one) => one.total !== null);
    return { mine: all.reduce((sum, one) => sum + one.mine, 0), total: told.length ? told.reduce((sum, one) => sum + (one.total ?? 0), 0) : null };
  }

  /** @param {string} id @returns {{mine: number, total: number | null}} */
  #on(id) {
    const vote = this.now;
    if (vote) {
      if (vote[`option/${id}`] === undefined) return { mine: 0, total: null };
      return { mine: this.dotsOn(id), total: vote.secret ? null : (vote[`total/${id}`] ?? 0) };
    }
    const total = this.closed[0]?.[`total/${id}`];
    return { mine: 0, total: total === undefined ? null : total };
  }

  // Results

  /** @param {Item} vote @returns {Result} */
  result(vote) {
    const options = this.options(vote);
    const isTold = options.some((id) => vote[`total/${id}`] !== undefined);
    const rows = ranked(options, (id) => vote[`total/${id}`] ?? 0, (id) => vote[`supporters/${id}`] ?? 0);
    const dots = rows.reduce((sum, row) => sum + row.total, 0);
    return { rows, groups: this.#groups(vote, options), cast: vote.cast ?? 0, given: vote.given ?? 0, shared: vote.shared ?? 0, sharing: vote.sharing ?? 0, sharedCast: vote.shared_cast ?? null, voters: this.electorate(vote), dots, isTold };
  }

  /** @param {Item} vote @param {string[]} options @returns {Group[]} */
  #groups(vote, options) {
    const names = Object.keys(vote).filter((key) => key.startsWith("ballots/")).map((key) => key.slice("ballots/".length));
    const groups = names.map((name) => {
      const city = name === "rest" ? undefined : this.model.workshop.items.get(name);
      return {
        city: name === "rest" ? null : name,
        name: name === "rest" ? t("All others together") : String(city?.name ?? ""),
        paper: name === "rest" ? "rest" : String(city?.colour ?? "stone"),
        ballots: vote[`ballots/${name}`],
        totals: new Map(options.map((id) => [id, vote[`of/${name}/${id}`] ?? 0])),
      };
    });
    return groups.sort((a, b) => Number(a.city === null) - Number(b.city === null) || b.ballots - a.ballots);
  }
}
