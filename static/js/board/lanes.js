// A board and the lane in which this person writes while writing is silent, as one (docs/protocol.md 15). To everything
// on the page it is the sync engine: who asks something of the board asks it of the lane where that is right, and sees
// the hidden notes among the others. No DOM and no socket.

import { newId } from "../lib/ids.js";
import { releaseLane } from "./ops.js";
import { Sync } from "./sync.js";

/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {import("./ops.js").Op} Op */
/** @typedef {import("./replica.js").View} View */
/** @typedef {{stream: string, ids: Set<string> | null, fields: boolean, texts: any[], entries: any[] | null}} Change */
/**
 * @typedef {object} Where
 * @property {string} board stream
 * @property {string} workshop stream
 * @property {(silence: string) => string} [token] the key of a lane without a name; the browser alone keeps it
 */

/** Kept on this device for so many silences; what is older has been revealed. */
const TOKENS_KEPT = 8;
const TOKENS = "codesign.tokens";

/**
 * The token of a silence without names. It is made here, kept nowhere else, and whoever has it may change what was
 * written with it.
 * @param {string} silence
 * @returns {string}
 */
export function tokenFor(silence) {
  /** @type {[string, string][]} */
  let tokens = [];
  try {
    tokens = JSON.parse(localStorage.getItem(TOKENS) ?? "[]");
  } catch {
    // Nothing can be read: a new one is made.
  }
  const known = tokens.find(([name]) => name === silence);
  if (known) return known[1];
  const token = newId();
  try {
    localStorage.setItem(TOKENS, JSON.stringify([...tokens, [silence, token]].slice(-TOKENS_KEPT)));
  } catch {
    // A browser that keeps nothing loses the right to change these notes at a reload.
  }
  return token;
}

/** A lane of this person; `arrived`: items of it that have been on the board: what becomes of them is its matter. */
/** @typedef {{silence: number, arrived: Set<string>}} Own */

/** What goes to the lane while writing is silent. */
const HIDDEN_OPS = new Set(["create_note", "read_place"]);
const LEADS = new Set(["owner", "facilitator", "co-facilitator"]);

export class Lanes extends Sync {
  #where;
  #token;
  /** @type {Set<(event: any) => void>} */
  #changed = new Set();
  /** @type {Set<(event: any) => void>} */
  #unfollowed = new Set();
  /** The lane of the silence that is on, or was last. */
  #lane = "";
  /** All that this page has followed: the next silence may begin before the last is on the board. @type {Map<string, Own>} */
  #lanes = new Map();
  /** @type {Map<string, Item> | null} */
  #hidden = null;
  /** @type {View | null} */
  #both = null;

  /** @param {import("./sync.js").SyncOptions & Where} options */
  constructor({ board, workshop, token, ...options }) {
    super(options);
    this.#where = { board, workshop };
    this.#token = token ?? (() => options.me);
    super.on("change", (event) => this.#hear(event));
    super.on("unfollowed", (event) => this.#lost(event));
  }

  // What is seen

  /** @param {string} stream @returns {View} */
  view(stream) {
    const seen = super.view(stream);
    if (stream !== this.#where.board || !this.hidden.size) return seen;
    this.#both ??= { ...seen, items: new Map([...seen.items, ...this.hidden]) };
    return this.#both;
  }

  /** The notes that only this person sees. */
  get hidden() {
    this.#hidden ??= this.#find();
    return this.#hidden;
  }

  /** Where this person put what the board shows, by placement, while nobody else knows. @returns {Map<string, {x: number, y: number}>} */
  get hiddenPlaces() {
    const own = this.#lanes.get(this.#lane);
    if (!own || this.#isRevealed(own)) return new Map();
    const { fields } = super.view(this.#lane);
    const placed = Object.entries(fields).filter(([key, x]) => key.startsWith("x/") && typeof x === "number");
    return new Map(placed.map(([key, x]) => [key.slice(2), { x: Number(x), y: Number(fields[`y/${key.slice(2)}`]) }]));
  }

  /** Is writing silent now? */
  get isSilent() {
    return this.#stage.stage === "silent";
  }

  /** Are there notes that are not revealed yet, whoever wrote them? */
  get isHiding() {
    return this.#stage.hidden !== undefined;
  }

  /** How many people have written, as those who lead are told it. */
  get written() {
    const desk = super.view(this.#where.workshop.replace("workshop:", "desk:"));
    const silence = `silence-${this.#stage.silence}`.padEnd(22, "-");
    return Number(desk.items.get(silence)?.written ?? 0);
  }

  /** Does what this person writes now go to their lane? */
  get hides() {
    return this.isSilent && !LEADS.has(this.#role) && this.#lane !== "";
  }

  /** Nobody will ever be able to tell who wrote what. */
  get isNameless() {
    return this.#stage.hidden === "anonymous";
  }

  // What the person does

  /** @param {string} stream @param {Op | Asked} what */
  ask(stream, what) {
    if (stream !== this.#where.board) return super.ask(stream, what);
    const op = /** @type {Op} */ ("op" in what ? what.op : what);
    const ops = /** @type {Op[]} */ (op.type === "all" ? op.ops : [op]);
    const targets = ops.map((each) => this.#targetOf(each));
    if (targets.every((target) => target === targets[0])) return super.ask(targets[0], what);
    const ns = [...new Set(targets)].map((target) => {
      const own = ops.filter((_, at) => targets[at] === target);
      return super.ask(target, own.length === 1 ? own[0] : { type: "all", ops: own });
    });
    return ns[0];
  }

  /** @param {string} stream @param {string | null} id @param {string} field @param {string} text */
  editText(stream, id, field, text) {
    return super.editText(this.#streamOf(stream, id), id, field, text);
  }

  /** @param {string} stream @param {string | null} id @param {string} field @param {boolean} on */
  composing(stream, id, field, on) {
    super.composing(this.#streamOf(stream, id), id, field, on);
  }

  /** Where somebody points would tell what they write. @param {string} stream @param {object} shown */
  show(stream, shown) {
    return stream === this.#where.board && this.hides ? false : super.show(stream, shown);
  }

  /** My notes so far are for everyone, before the others'. */
  release() {
    if (this.hidden.size) super.ask(this.#lane, releaseLane());
  }

  /** As in Sync; the lane's changes are told as the board's. @param {string} type @param {(event: any) => void} listener */
  on(type, listener) {
    if (type !== "change" && type !== "unfollowed") return super.on(type, listener);
    const listeners = type === "change" ? this.#changed : this.#unfollowed;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** The reveal is under way: what was typed meanwhile goes on on the board. @param {import("./pending.js").Pending} pending */
  holds({ stream, spot }) {
    const item = this.#lanes.has(stream) && this.confirmed(stream).items.get(spot?.id ?? "");
    return Boolean(item && (item.released || stream !== this.#lane || !this.#stage.hidden));
  }

  // Inside

  get #stage() {
    return super.view(this.#where.workshop).fields;
  }

  get #role() {
    return String(super.view(this.#where.workshop).items.get(this.me)?.role ?? "");
  }

  /** @param {Op} op */
  #targetOf(op) {
    if (this.hidden.has(op.id)) return this.#lane;
    return HIDDEN_OPS.has(op.type) && this.hides ? this.#lane : this.#where.board;
  }

  /** @param {string} stream @param {string | null} id */
  #streamOf(stream, id) {
    return stream === this.#where.board && id !== null && this.hidden.has(id) ? this.#lane : stream;
  }

  /** @returns {Map<string, Item>} */
  #find() {
    const own = this.#lanes.get(this.#lane);
    if (!own) return new Map();
    const { items } = super.view(this.#where.board);
    const confirmed = this.confirmed(this.#lane).items;
    const isRevealed = this.#isRevealed(own);
    return new Map(
      [...super.view(this.#lane).items].filter(
        ([id, { released }]) =>
          !released && !items.has(id) && !own.arrived.has(id) && !(isRevealed && confirmed.has(id)),
      ),
    );
  }

  /** @param {Own} own */
  #isRevealed({ silence }) {
    return Number(super.view(this.#where.board).fields.revealed ?? 0) >= silence;
  }

  /** @param {Change} event */
  #hear(event) {
    const { board, workshop } = this.#where;
    if (event.stream === workshop) this.#choose();
    if (event.stream !== board && !this.#lanes.has(event.stream)) {
      if (!event.stream.startsWith("lane:")) this.#pass(event);
      return;
    }
    const before = this.hidden;
    this.#hidden = this.#both = null;
    this.#arrive();
    const own = new Set([...before.keys(), ...this.hidden.keys()]);
    const isAll = event.stream === board && event.ids === null;
    const ids = isAll ? null : new Set([...(event.ids ?? []), ...(event.fields || event.stream !== board ? own : [])]);
    // First, so that nobody is shown the note without its last words: the caret would be left before them.
    for (const [lane, own] of this.#lanes) this.#goOn(lane, own);
    if (event.stream === board) this.#pass({ ...event, ids });
    else this.#pass({ ...event, stream: board, ids, fields: false, entries: null });
  }

  /** @param {Change} event */
  #pass(event) {
    for (const listener of this.#changed) listener(event);
  }

  /** Follows the lane of the silence that is on. */
  #choose() {
    const { hidden, silence } = this.#stage;
    if (!hidden || typeof silence !== "number") return;
    const board = this.#where.board.slice("board:".length);
    const key = hidden === "anonymous" ? this.#token(`${this.me}:${board}:${silence}`) : this.me;
    const lane = `lane:${board}:${silence}:${key}`;
    if (lane === this.#lane) return;
    this.#lane = lane;
    if (!this.#lanes.has(lane)) this.#lanes.set(lane, { silence, arrived: new Set() });
    this.#hidden = this.#both = null;
    if (hidden === "anonymous") this.askNameless(lane);
    this.follow(lane);
  }

  #arrive() {
    const { items } = super.view(this.#where.board);
    for (const [lane, { arrived }] of this.#lanes) {
      for (const id of super.view(lane).items.keys()) if (items.has(id)) arrived.add(id);
    }
  }

  /**
   * What is written in a note that is on the board now, and what can be taken back, goes on there. Of a note that was
   * taken away there before we saw it, the board refuses the words, so that they are given back.
   * @param {string} lane @param {Own} own
   */
  #goOn(lane, own) {
    const { board } = this.#where;
    const { fields, items } = this.confirmed(lane);
    const isOver = Boolean(fields.closed) && this.#isRevealed(own);
    const gone = isOver && lane.endsWith(`:${this.me}`) ? items.keys() : [];
    for (const id of new Set([...own.arrived, ...gone])) {
      if (fields.closed || items.get(id)?.released) this.carry(lane, board, id);
    }
    if (!isOver) return;
    this.carryUndo(lane, board);
    this.rest(lane);
  }

  /** @param {{stream: string, code: string}} event */
  #lost(event) {
    if (!event.stream.startsWith("lane:")) {
      for (const listener of this.#unfollowed) listener(event);
    } else if (event.code === "unknown") {
      this.giveUp(event.stream);
      this.unfollow(event.stream);
      this.#lanes.delete(event.stream);
      if (event.stream === this.#lane) this.#lane = "";
      this.#hidden = this.#both = null;
    }
  }
}
