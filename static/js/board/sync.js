// The heart of the page: what this person asked and what the server answered. It numbers ops,
// lays what is expected of them over what is confirmed, and keeps all of it until it is answered
// (docs/protocol.md 4 to 6). It knows no DOM and no socket: messages go in and come out.

import { newId } from "../lib/ids.js";
import { inverseOf, State, touched } from "./changes.js";
import { Hashes } from "./hash.js";
import { asked as withExpectation } from "./ops.js";
import { MemoryQueue } from "./queue.js";
import { Replica, Touched } from "./replica.js";
import { BadSplice } from "./text.js";
import { UndoStack } from "./undo.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./changes.js").Entry} Entry */
/** @typedef {import("./changes.js").Fields} Fields */
/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./ops.js").Op} Op */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./queue.js").Kept} Kept */
/** @typedef {import("./replica.js").Expected} Expected */
/** @typedef {import("./replica.js").Spot} Spot */
/** @typedef {import("./replica.js").TextMove} TextMove */
/** @typedef {import("./replica.js").View} View */
/** @typedef {import("./undo.js").Step} Step */
/** @typedef {{type: string, [key: string]: any}} Message */
/** @typedef {{epoch: string, seq: number, state: {fields: Fields, items: Item[]}}} Snapshot */
/**
 * @typedef {object} Pending an op that is not confirmed yet
 * @property {string} client
 * @property {number} n
 * @property {string} stream
 * @property {Op} op
 * @property {number} base
 * @property {readonly Change[]} changes
 * @property {Expected[]} expected the changes by item
 * @property {Spot | null} spot the text it edits
 * @property {string} from the text its splices speak of
 * @property {boolean} isSent it may have reached the server: its content stays as it is
 * @property {boolean} isLaid its expectation is part of the view
 * @property {number | null} acked the seq that holds it
 * @property {number} retryAt when to ask again after `unavailable`; 0: not waiting
 * @property {number} tries
 */
/**
 * @typedef {object} Followed a stream this page follows
 * @property {Replica} replica
 * @property {boolean} isLoaded
 * @property {boolean} isLoading a snapshot is on its way; what arrives meanwhile waits
 * @property {boolean} isFollowed the server has been told
 * @property {Message[]} waiting
 * @property {number} retryAt
 * @property {Message | null} beacon one whose hashes are still being worked out
 */

const PROTOCOL = 1;
const RETRY_MS = 1_000;
const HASHES_A_BEAT = 500;
/** Messages that may come between `welcome` and the end of the acks. */
const BEFORE_TAILS = new Set(["welcome", "ack", "refused", "presence"]);
/** @type {View} */
const EMPTY = Object.freeze({ seq: 0, fields: {}, items: new Map() });

export class Sync {
  /** @type {Map<string, Followed>} */
  #streams = new Map();
  /** @type {Map<string, Pending>} by name, in the order asked */
  #pending = new Map();
  /** @type {Map<string, Pending>} the unanswered edit of each text */
  #edits = new Map();
  /** @type {Map<string, Pending[]>} acked, by the entry that will bring them */
  #coming = new Map();
  /** @type {Map<string, Step[]>} undos that wait until typing has got its number */
  #undoSoon = new Map();
  /** @type {Set<string>} texts of which the queue holds later typing */
  #keptTexts = new Set();
  /** @type {{client: string, record: Kept}[]} typing of other queues, to go on with */
  #foundTexts = [];
  #undo = new UndoStack();
  #hashes = new Hashes();
  /** @type {Map<string, Set<(event: any) => void>>} */
  #listeners = new Map();
  #next = 1;
  #isWelcome = false;
  #isLive = false;
  #status = "";
  /** @type {string | null} */
  epoch = null;
  /** The paper of this person's city, which their notes will get. */
  paper = "stone";
  /** Set by the socket. @type {(message: Message) => void} */
  send = () => {};

  /**
   * @param {object} options
   * @param {string} [options.client]
   * @param {string} options.me
   * @param {Queue} [options.queue]
   * @param {() => number} [options.now]
   * @param {(stream: string) => Promise<Snapshot>} [options.fetchSnapshot]
   * @param {() => string} [options.makeId]
   */
  constructor({ client, me, queue = new MemoryQueue(), now = Date.now, fetchSnapshot, makeId = newId }) {
    this.client = client ?? makeId();
    this.me = me;
    this.fetchSnapshot = fetchSnapshot ?? (() => Promise.reject(new Error("no way to fetch")));
    this.#queue = queue;
    this.#now = now;
    this.#makeId = makeId;
  }

  #queue;
  #now;
  #makeId;

  // What is seen

  /** @param {string} stream @returns {View} */
  view(stream) {
    return this.#streams.get(stream)?.replica.view ?? EMPTY;
  }

  /** The state as confirmed, for tests and hashes. @param {string} stream @returns {State} */
  confirmed(stream) {
    return this.#streams.get(stream)?.replica.confirmed ?? new State();
  }

  /** How many things this person did that are not on disk yet. */
  get unsent() {
    let count = 0;
    for (const pending of this.#pending.values()) if (pending.acked === null) count += 1;
    for (const { replica } of this.#streams.values()) {
      for (const [, writing] of replica.writings()) if (writing.sent === null && writing.hasLater) count += 1;
    }
    return count + this.#foundTexts.length;
  }

  /** @param {string} id @returns {"saved" | "unsent"} */
  mark(id) {
    for (const { acked, expected, spot } of this.#pending.values()) {
      if (acked === null && (spot?.id === id || expected.some((layer) => layer.id === id))) return "unsent";
    }
    for (const { replica } of this.#streams.values()) {
      for (const [spot, writing] of replica.writings()) if (spot.id === id && writing.hasLater) return "unsent";
    }
    return "saved";
  }

  get isOnline() {
    return this.#isWelcome;
  }

  get canUndo() {
    return this.#undo.canUndo;
  }

  get canRedo() {
    return this.#undo.canRedo;
  }

  /**
   * Events: "change" {stream, ids (null: everything), fields, texts, entries}; "refused" {stream,
   * n, op, code, data, text?}; "status" {online, unsent}; "presence", "unfollowed", "bye" as the
   * server sent them.
   * @param {string} type
   * @param {(event: any) => void} listener
   * @returns {() => void} takes the listener away
   */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  // What the person does

  /**
   * Asks an op. The view shows what is expected of it at once.
   * @param {string} stream
   * @param {Op | Asked} what an op, or what a builder of ops.js made
   * @returns {number} n
   */
  ask(stream, what) {
    const followed = this.#follow(stream);
    const asked = /** @type {Asked} */ (
      "op" in what ? what : withExpectation(what, followed.replica.view, this.#author())
    );
    if (asked.op.type === "edit_text") return this.#askSplices(stream, asked.op);
    const inverse = inverseOf(this.#seen(stream), asked.changes);
    const pending = this.#ask(stream, asked);
    this.#undo.add({ ...step(pending, this.#now()), changes: asked.changes, inverse });
    this.#tellStatus();
    return pending.n;
  }

  /**
   * What a text field holds now. Goes out at once, or after the edit that is unanswered (P5.5).
   * @param {string} stream
   * @param {string | null} id null: a text of the stream itself
   * @param {string} field
   * @param {string} text
   * @returns {number | null} n, or null while it waits
   */
  editText(stream, id, field, text) {
    const { replica } = this.#follow(stream);
    const writing = replica.write(id, field);
    if (writing.shown !== text) writing.type(text);
    const touch = touchOf(id);
    replica.refresh(touch);
    const n = this.#flush(stream, { id, field });
    replica.rest({ id, field });
    this.#tellChange(stream, touch);
    this.#tellStatus();
    return n;
  }

  /**
   * An input method begins or ends to compose in a field. Others' words wait meanwhile.
   * @param {string} stream
   * @param {string | null} id
   * @param {string} field
   * @param {boolean} on
   */
  composing(stream, id, field, on) {
    const { replica } = this.#follow(stream);
    const writing = replica.write(id, field);
    const touch = touchOf(id);
    const before = writing.shown;
    replica.moved({ id, field }, before, writing.compose(on), touch);
    replica.refresh(touch);
    if (on) return;
    this.#flush(stream, { id, field });
    this.#tellChange(stream, touch);
    this.#tellStatus();
  }

  /** Takes back the last thing this person did here. Whether there was anything. */
  undo() {
    const done = this.#undo.popDone();
    if (!done) return false;
    const key = done.burst;
    if (key !== null && this.#laterOf(done)) {
      this.#undoSoon.set(key, [...(this.#undoSoon.get(key) ?? []), done]);
    } else {
      this.#undo.pushUndone(this.#takeBack(done));
    }
    return true;
  }

  /** Does it again: takes the undo back. */
  redo() {
    const undone = this.#undo.popUndone();
    if (!undone) return false;
    this.#undo.pushDone(this.#takeBack(undone));
    return true;
  }

  // What the server tells

  /**
   * The first message of a new socket (P6.2).
   * @returns {Message}
   */
  opened() {
    /** @type {Record<string, number>} */
    const clients = { [this.client]: this.#next };
    for (const { client, n, acked } of this.#pending.values()) {
      if (acked === null) clients[client] = Math.min(n, clients[client] ?? n);
    }
    const follow = [];
    for (const [stream, followed] of this.#streams) {
      followed.isFollowed = followed.isLoaded && !followed.isLoading;
      if (followed.isFollowed) follow.push({ stream, seq: followed.replica.seq });
    }
    return { type: "hello", protocol: PROTOCOL, epoch: this.epoch, clients, follow };
  }

  /** The socket is gone. */
  closed() {
    this.#isWelcome = false;
    this.#isLive = false;
    for (const followed of this.#streams.values()) followed.isFollowed = false;
    this.#tellStatus();
  }

  /** @param {Message} message */
  receive(message) {
    if (this.#isWelcome && !this.#isLive && !BEFORE_TAILS.has(message.type)) this.#goLive();
    switch (message.type) {
      case "welcome":
        return this.#welcome(message);
      case "changes":
        return this.#changes(message);
      case "ack":
        return this.#acked(message);
      case "refused":
        return this.#refused(message);
      case "unfollowed":
        return this.#unfollowed(message);
      case "beacon":
        return this.#beacon(message);
      default:
        return this.#tell(message.type, message);
    }
  }

  /**
   * A snapshot (P7.1). From then on the stream is followed; what is unanswered stays laid over it.
   * @param {string} stream
   * @param {Snapshot} snapshot
   */
  load(stream, { epoch, seq, state }) {
    const followed = this.#follow(stream);
    if (this.epoch !== null && epoch !== this.epoch) {
      if (this.#isWelcome) return this.#reload(stream);
      this.#newEpoch();
    }
    this.epoch = epoch;
    const known = followed.replica.seq;
    const inSnapshot = this.#ackedUpTo(stream, seq);
    const settled = inSnapshot.flatMap(({ spot, isLaid }) => (spot && isLaid ? [spot] : []));
    for (const pending of inSnapshot) this.#forget(pending, new Touched());
    const texts = followed.replica.reset(seq, new State(state.fields, state.items), settled);
    Object.assign(followed, { isLoaded: true, isLoading: false, retryAt: 0, beacon: null });
    this.#tell("change", { stream, ids: null, fields: true, texts, entries: null });
    this.#catchUp(stream, followed, known);
    if (this.#isLive) this.#goOn(stream);
    this.#tellStatus();
  }

  /** Follows a stream: fetches its snapshot, and goes on from there. @param {string} stream */
  follow(stream) {
    const followed = this.#follow(stream);
    if (!followed.isLoaded && !followed.isLoading) this.#reload(stream);
  }

  /** @param {string} stream */
  unfollow(stream) {
    const followed = this.#streams.get(stream);
    if (!followed) return;
    if (followed.isFollowed) this.send({ type: "unfollow", stream });
    this.#streams.delete(stream);
  }

  /**
   * Queues that other pages left behind. They are laid over the view and sent again once it is
   * known which of them the server has (P6.3); so call this before `opened`.
   * @param {{client: string, records: Kept[]}[]} queues
   */
  adopt(queues) {
    for (const { client, records } of queues) {
      for (const record of [...records].sort((a, b) => a.n - b.n)) {
        if (record.kind === "text") this.#foundTexts.push({ client, record });
        else this.#adoptOp(client, record);
        this.follow(record.stream);
      }
    }
    this.#tellStatus();
  }

  /** Another page took our queue while we slept: it sends what was in it, we begin anew. */
  dispossessed() {
    for (const pending of [...this.#pending.values()]) {
      if (pending.acked === null) this.#giveUp(pending);
    }
    this.client = this.#makeId();
    this.#next = 1;
    this.#undo.clear();
    this.#foundTexts = [];
    this.#keptTexts.clear();
    this.#tellStatus();
  }

  /** Once a second or so: asks again what could not be saved, fetches again what did not come. */
  beat() {
    const now = this.#now();
    for (const pending of this.#pending.values()) {
      if (pending.retryAt && pending.retryAt <= now) this.#transmit(pending);
    }
    for (const [stream, followed] of this.#streams) {
      if (followed.retryAt && followed.retryAt <= now) this.#reload(stream);
      if (followed.beacon) this.#compare(stream, followed);
    }
  }

  // Asking

  /** @param {string} stream @param {Asked} asked @param {Spot | null} [spot] @param {string} [from] @returns {Pending} */
  #ask(stream, { op, changes }, spot = null, from = "") {
    const followed = this.#follow(stream);
    const name = { client: this.client, n: this.#next++ };
    const pending = fresh({ ...name, stream, op, base: followed.replica.seq, changes, spot, from });
    this.#pending.set(nameOf(pending), pending);
    this.#lay(pending);
    this.#keep(pending);
    this.#transmit(pending);
    return pending;
  }

  /** @param {string} stream @param {Op} op @returns {number} */
  #askSplices(stream, { id, field, splices }) {
    const { replica } = this.#follow(stream);
    const after = replica.write(id, field).shownWith(splices);
    return this.editText(stream, id, field, after) ?? 0;
  }

  /** Asks what was typed, if nothing of the same text is unanswered. @param {string} stream @param {Spot} spot @returns {number | null} */
  #flush(stream, spot) {
    const { replica, isLoading } = this.#follow(stream);
    const writing = replica.writing(spot.id, spot.field);
    const key = textKey(stream, spot);
    const open = this.#edits.get(key);
    if (open && !open.isSent && writing?.hasLater) return this.#fold(open);
    if (!writing?.hasLater || writing.sent !== null || isLoading || replica.seq < writing.waitFor) {
      this.#keepLater(stream, spot);
      return null;
    }
    const from = writing.from;
    const splices = writing.take();
    const op = { type: "edit_text", id: spot.id, field: spot.field, splices };
    const pending = this.#ask(stream, { op, changes: [] }, spot, from);
    this.#edits.set(key, pending);
    this.#keepLater(stream, spot);
    this.#undo.add(step(pending, this.#now()));
    this.#undoWaiting(key, pending.n);
    return pending.n;
  }

  /** Typing goes into an edit that nobody has been sent yet. @param {Pending} pending @returns {number | null} */
  #fold(pending) {
    const spot = /** @type {Spot} */ (pending.spot);
    const { replica } = this.#follow(pending.stream);
    const writing = replica.write(spot.id, spot.field);
    writing.fold();
    if (!writing.sent?.length) {
      writing.withdraw();
      this.#undo.forget(pending.n);
      this.#forget(pending, new Touched());
      return null;
    }
    pending.base = replica.seq;
    pending.from = writing.from;
    pending.op = { ...pending.op, splices: writing.sent };
    this.#keep(pending);
    return pending.n;
  }

  /** @param {Pending} pending */
  #transmit(pending) {
    if (!this.#isLive || pending.acked !== null || this.#streams.get(pending.stream)?.isLoading) return;
    const { client, n, stream, op } = pending;
    if (pending.base < 0) pending.base = this.view(stream).seq;
    pending.isSent = true;
    pending.retryAt = 0;
    this.send({ type: "op", client, n, stream, base: pending.base, op });
  }

  /** @param {Pending} pending */
  #lay(pending) {
    const followed = this.#streams.get(pending.stream);
    if (!followed || pending.isLaid) return;
    pending.isLaid = true;
    const touch = new Touched();
    followed.replica.lay(pending.expected, touch);
    followed.replica.refresh(touch);
    this.#tellChange(pending.stream, touch);
  }

  /** @param {Step} done @returns {Step} what takes this back in turn */
  #takeBack({ stream, ns, burst, changes, inverse }) {
    const expected = stillMine(this.view(stream), changes, inverse);
    const back = inverseOf(this.#seen(stream), expected);
    /** @type {number[]} */
    const undos = [];
    for (const n of ns.toReversed()) {
      const isLast = n === ns[0];
      undos.push(this.#ask(stream, { op: { type: "undo", n }, changes: isLast ? expected : [] }).n);
    }
    this.#tellStatus();
    return { stream, ns: undos, burst, at: 0, changes: expected, inverse: back };
  }

  /** @param {string} key @param {number} n the number the typing got */
  #undoWaiting(key, n) {
    const steps = this.#undoSoon.get(key);
    if (!steps) return;
    this.#undoSoon.delete(key);
    this.#undo.popDone();
    for (const [at, waiting] of steps.entries()) {
      if (at === 0) waiting.ns.push(n);
      this.#undo.pushUndone(this.#takeBack(waiting));
    }
  }

  /** Typing into the text of this step that has no number yet. @param {Step} done */
  #laterOf({ stream, burst }) {
    const { replica } = this.#follow(stream);
    for (const [spot, writing] of replica.writings()) {
      if (textKey(stream, spot) === burst) return writing.hasLater;
    }
    return false;
  }

  #author() {
    return { me: this.me, now: this.#now(), colour: this.paper };
  }

  /** The view as a state. @param {string} stream @returns {State} */
  #seen(stream) {
    const { fields, items } = this.view(stream);
    const state = new State(fields);
    state.items = items;
    return state;
  }

  // Answers

  /** @param {Message} message */
  #welcome({ epoch, last }) {
    this.#isWelcome = true;
    if (this.epoch !== null && epoch !== this.epoch) this.#newEpoch();
    this.epoch = epoch;
    this.#next = Math.max(this.#next, (last[this.client] ?? 0) + 1);
    for (const [stream, followed] of this.#streams) {
      if (followed.isLoaded && !followed.isLoading && !followed.isFollowed) this.#tellFollow(stream, followed);
    }
    const acksCome = [...this.#pending.values()].some(
      ({ client, n, acked }) => acked === null && n <= (last[client] ?? 0),
    );
    if (acksCome) this.send({ type: "ping" });
    else this.#goLive();
    this.#tellStatus();
  }

  /** All acks are in: what is still unanswered is asked again, in order. */
  #goLive() {
    this.#isLive = true;
    for (const stream of this.#streams.keys()) this.#goOn(stream);
  }

  /** @param {string} stream */
  #goOn(stream) {
    const followed = this.#follow(stream);
    if (!followed.isLoaded || followed.isLoading) return;
    for (const pending of [...this.#pending.values()]) {
      if (pending.stream !== stream || pending.acked !== null) continue;
      if (!pending.isLaid) this.#resume(pending, followed.replica);
      this.#transmit(pending);
    }
    this.#resumeTexts(stream, followed.replica);
    for (const [spot] of followed.replica.writings()) this.#flush(stream, spot);
  }

  /** @param {Message} message */
  #acked({ client, n, stream, seq }) {
    const pending = this.#pending.get(nameOf({ client, n }));
    if (!pending || pending.acked !== null) return;
    pending.acked = seq;
    this.#unkeep(pending);
    const followed = this.#streams.get(stream);
    if (!pending.isLaid || !followed) {
      this.#forget(pending, new Touched());
    } else if (followed.isLoaded && seq <= followed.replica.seq) {
      this.#takeOut(pending, followed.replica);
    } else {
      const key = entryKey(stream, seq);
      this.#coming.set(key, [...(this.#coming.get(key) ?? []), pending]);
      const touch = new Touched();
      for (const { id } of pending.expected) touch.add(id);
      if (pending.spot) touch.add(pending.spot.id);
      this.#tellChange(stream, touch);
    }
    this.#tellStatus();
  }

  /** @param {Message} message */
  #changes(message) {
    const { stream, from, to, entries } = message;
    const followed = this.#streams.get(stream);
    if (!followed) return;
    if (followed.isLoading || !followed.isLoaded) return void followed.waiting.push(message);
    const { replica } = followed;
    if (to <= replica.seq) return;
    const touch = new Touched();
    /** @type {Spot[]} */
    const answered = [];
    try {
      if (from > replica.seq + 1) throw new BadSplice();
      for (const entry of entries) {
        if (entry.seq > replica.seq) answered.push(...this.#apply(stream, replica, entry, touch));
      }
    } catch (error) {
      if (!(error instanceof BadSplice)) throw error;
      return this.#reload(stream);
    }
    replica.refresh(touch);
    this.#tellChange(stream, touch, entries);
    for (const spot of answered) this.#flush(stream, spot);
    for (const [spot, writing] of replica.writings()) if (writing.waitFor) this.#flush(stream, spot);
    this.#tellStatus();
  }

  /** @param {string} stream @param {Replica} replica @param {Entry} entry @param {Touched} touch @returns {Spot[]} */
  #apply(stream, replica, entry, touch) {
    if (entry.seq !== replica.seq + 1) throw new BadSplice();
    const key = entryKey(stream, entry.seq);
    const own = this.#coming.get(key) ?? [];
    this.#coming.delete(key);
    replica.apply(entry, own.find(({ spot }) => spot)?.spot ?? null, touch);
    for (const pending of own) {
      this.#forget(pending, touch);
      if (pending.spot) replica.settle(pending.spot, touch);
    }
    return own.flatMap(({ spot }) => spot ?? []);
  }

  /** @param {Message} message */
  #refused(message) {
    const { client, n, code, data } = message;
    const pending = this.#pending.get(nameOf({ client, n }));
    if (!pending || pending.acked !== null) return;
    if (code === "rate" || code === "unavailable" || (code === "unknown" && this.#waitsForCreate(pending))) {
      pending.tries += 1;
      pending.retryAt = this.#now() + RETRY_MS * Math.min(pending.tries, 8);
    } else if (code === "too_old" && pending.spot) {
      this.#tooOld(pending, data ?? {});
    } else {
      const text = this.#wordsOf(pending);
      this.#giveUp(pending);
      const { stream, op } = pending;
      this.#tell("refused", { stream, n, op, code, data, ...(text ? { text } : {}) });
    }
    this.#tellStatus();
  }

  /** P5.6: the words are asked again, in terms of the text as it stands. @param {Pending} pending @param {any} data */
  #tooOld(pending, { text, seq }) {
    const { stream } = pending;
    const spot = /** @type {Spot} */ (pending.spot);
    const { replica } = this.#follow(stream);
    this.#forget(pending, new Touched());
    this.#undo.forget(pending.n);
    const writing = replica.write(spot.id, spot.field);
    writing.untake();
    writing.waitFor = seq;
    if (seq === replica.seq && text !== writing.from) this.#reload(stream);
    this.#flush(stream, spot);
  }

  /** @param {Message} message */
  #unfollowed(message) {
    const followed = this.#streams.get(message.stream);
    if (followed) followed.isFollowed = false;
    if (followed && message.code === "too_old") this.#reload(message.stream);
    else this.#tell("unfollowed", message);
  }

  /** @param {Message} message */
  #beacon(message) {
    const followed = this.#streams.get(message.stream);
    if (!followed || !followed.isLoaded || followed.isLoading) return;
    if (message.seq > followed.replica.seq) return this.#reload(message.stream);
    followed.beacon = message;
    this.#compare(message.stream, followed);
  }

  /** Hashes a part of the items at a time, so that no frame waits. @param {string} stream @param {Followed} followed */
  #compare(stream, followed) {
    const { replica, beacon } = followed;
    if (beacon?.seq !== replica.seq) return void (followed.beacon = null);
    if (!this.#hashes.warm(replica.confirmed, HASHES_A_BEAT)) return;
    followed.beacon = null;
    if (this.#hashes.xorOf(replica.confirmed) === beacon.xor) return;
    this.#tell("diverged", { stream, seq: replica.seq });
    this.#reload(stream);
  }

  // Snapshots and epochs

  /** @param {string} stream */
  #reload(stream) {
    const followed = this.#follow(stream);
    if (followed.isLoading && !followed.retryAt) return;
    Object.assign(followed, { isLoading: true, retryAt: 0, beacon: null });
    this.fetchSnapshot(stream).then(
      (snapshot) => this.#streams.get(stream) === followed && this.#arrived(stream, followed, snapshot),
      () => (followed.retryAt = this.#now() + RETRY_MS),
    );
  }

  /** @param {string} stream @param {Followed} followed @param {Snapshot} snapshot */
  #arrived(stream, followed, snapshot) {
    followed.isLoading = false;
    this.load(stream, snapshot);
  }

  /** What came while the snapshot was on its way. @param {string} stream @param {Followed} followed @param {number} known */
  #catchUp(stream, followed, known) {
    const waiting = followed.waiting;
    followed.waiting = [];
    const next = waiting.find(({ to }) => to > followed.replica.seq);
    const hasHole = followed.replica.seq < known || (next && next.from > followed.replica.seq + 1);
    if (this.#isWelcome && (!followed.isFollowed || hasHole)) this.#tellFollow(stream, followed);
    if (!hasHole) for (const message of waiting) this.#changes(message);
  }

  /** @param {string} stream @param {Followed} followed */
  #tellFollow(stream, followed) {
    followed.isFollowed = true;
    this.send({ type: "follow", stream, seq: followed.replica.seq });
  }

  /**
   * Another life of the database: nothing that was known counts, and what was acked but not seen
   * may be lost with it. What is unanswered is asked anew, under new numbers.
   */
  #newEpoch() {
    this.#undo.clear();
    this.#coming.clear();
    const before = [...this.#pending.values()];
    this.#pending.clear();
    this.#edits.clear();
    for (const pending of before) this.#askAnew(pending);
    for (const [stream, followed] of this.#streams) {
      followed.waiting = [];
      if (followed.isLoaded) this.#reload(stream);
    }
  }

  /** @param {Pending} pending */
  #askAnew(pending) {
    const followed = this.#follow(pending.stream);
    const writing = pending.spot && pending.isLaid && followed.replica.writing(pending.spot.id, pending.spot.field);
    this.#unkeep(pending);
    if (pending.acked !== null) {
      followed.replica.lift(pending.expected, new Touched());
      if (writing) writing.withdraw();
    } else if (writing) {
      writing.untake();
      writing.waitFor = 0;
      this.#keepLater(pending.stream, /** @type {Spot} */ (pending.spot));
    } else {
      Object.assign(pending, { client: this.client, n: this.#next++, base: -1, isSent: false, retryAt: 0 });
      this.#pending.set(nameOf(pending), pending);
      this.#keep(pending);
    }
  }

  // Queues

  /** @param {string} client @param {Kept} record */
  #adoptOp(client, { n, stream, base, op, changes, spot, from }) {
    const pending = fresh({ client, n, stream, op: /** @type {Op} */ (op), base, changes, spot, from });
    pending.isSent = true;
    if (!this.#pending.has(nameOf(pending))) this.#pending.set(nameOf(pending), pending);
  }

  /** Lays an adopted op over the view, now that the server does not have it. @param {Pending} pending @param {Replica} replica */
  #resume(pending, replica) {
    const { spot, stream, from, op } = pending;
    if (!spot) return this.#lay(pending);
    const key = textKey(stream, spot);
    const writing = replica.write(spot.id, spot.field);
    // Someone here has an edit of the same text under way: this one is only sent, and comes back
    // as any other's.
    if (this.#edits.has(key) || writing.sent !== null) return;
    const touch = touchOf(spot.id);
    const before = writing.shown;
    replica.moved(spot, before, writing.resume({ from, splices: op.splices }), touch);
    pending.isLaid = true;
    this.#edits.set(key, pending);
    replica.refresh(touch);
    this.#tellChange(stream, touch);
  }

  /** @param {string} stream @param {Replica} replica */
  #resumeTexts(stream, replica) {
    const found = this.#foundTexts.filter(({ record }) => record.stream === stream);
    this.#foundTexts = this.#foundTexts.filter(({ record }) => record.stream !== stream);
    for (const { client, record } of found) {
      const spot = /** @type {Spot} */ (record.spot);
      const writing = replica.write(spot.id, spot.field);
      const touch = touchOf(spot.id);
      const before = writing.shown;
      replica.moved(spot, before, writing.resumeLater(record), touch);
      replica.refresh(touch);
      this.#tellChange(stream, touch);
      this.#keepLater(stream, spot);
      this.#queue.remove(client, textKey(stream, spot));
    }
  }

  /** @param {Pending} pending */
  #keep({ client, n, stream, base, op, changes, spot, from }) {
    this.#queue.put(client, `op ${n}`, { kind: "op", n, stream, base, op, changes, spot, from, splices: [] });
  }

  /** @param {Pending} pending */
  #unkeep({ client, n }) {
    this.#queue.remove(client, `op ${n}`);
  }

  /** Keeps what was typed and has no number yet. @param {string} stream @param {Spot} spot */
  #keepLater(stream, spot) {
    const key = textKey(stream, spot);
    const kept = this.#follow(stream).replica.writing(spot.id, spot.field)?.laterKept;
    if (kept) {
      const rest = { n: Number.MAX_SAFE_INTEGER, base: 0, op: null, changes: [] };
      this.#queue.put(this.client, key, { kind: "text", stream, spot, ...kept, ...rest });
      this.#keptTexts.add(key);
    } else if (this.#keptTexts.delete(key)) {
      this.#queue.remove(this.client, key);
    }
  }

  // Inside

  /** @param {string} stream @returns {Followed} */
  #follow(stream) {
    let followed = this.#streams.get(stream);
    if (!followed) {
      followed = {
        replica: new Replica(), isLoaded: false, isLoading: false, isFollowed: false, waiting: [], retryAt: 0, beacon: null,
      };
      this.#streams.set(stream, followed);
    }
    return followed;
  }

  /** @param {string} stream @param {number} seq @returns {Pending[]} */
  #ackedUpTo(stream, seq) {
    const all = [...this.#pending.values()];
    return all.filter((each) => each.stream === stream && each.acked !== null && each.acked <= seq);
  }

  /** Acked, and its entry is among those applied already. @param {Pending} pending @param {Replica} replica */
  #takeOut(pending, replica) {
    const touch = new Touched();
    this.#withdraw(pending, replica, touch);
    replica.refresh(touch);
    this.#tellChange(pending.stream, touch);
    if (pending.spot) this.#flush(pending.stream, pending.spot);
  }

  /** @param {Pending} pending @param {Replica} replica @param {Touched} touch */
  #withdraw(pending, replica, touch) {
    this.#forget(pending, touch);
    const { spot, isLaid } = pending;
    const writing = spot && isLaid && replica.writing(spot.id, spot.field);
    if (spot && writing) replica.moved(spot, writing.shown, writing.withdraw(), touch);
  }

  /** An op is answered: its expectation goes. @param {Pending} pending @param {Touched} touch */
  #forget(pending, touch) {
    this.#pending.delete(nameOf(pending));
    this.#unkeep(pending);
    const replica = this.#streams.get(pending.stream)?.replica;
    if (pending.isLaid) replica?.lift(pending.expected, touch);
    const key = pending.spot && textKey(pending.stream, pending.spot);
    if (key && this.#edits.get(key) === pending) this.#edits.delete(key);
  }

  /** Takes back what a refused op expected, and what was asked of an item that will never be. @param {Pending} pending */
  #giveUp(pending) {
    const { stream } = pending;
    const { replica } = this.#follow(stream);
    const touch = new Touched();
    this.#undo.forget(pending.n);
    this.#forget(pending, touch);
    this.#abandon(stream, pending.isLaid ? pending.spot : null, touch);
    const never = madeBy(pending);
    for (const other of never.size ? [...this.#pending.values()] : []) {
      if (other.stream !== stream || other.acked !== null || !isOnlyOf(other, never)) continue;
      this.#undo.forget(other.n);
      this.#forget(other, touch);
    }
    for (const [spot] of replica.writings()) {
      if (spot.id !== null && never.has(spot.id)) this.#abandon(stream, spot, touch);
    }
    replica.refresh(touch);
    this.#tellChange(stream, touch);
  }

  /** @param {string} stream @param {Spot | null} spot @param {Touched} touch */
  #abandon(stream, spot, touch) {
    const { replica } = this.#follow(stream);
    const writing = spot && replica.writing(spot.id, spot.field);
    if (!spot || !writing) return;
    replica.moved(spot, writing.shown, writing.abandon(), touch);
    this.#keepLater(stream, spot);
  }

  /** The latest words of what was refused, to be offered back. @param {Pending} pending @returns {string} */
  #wordsOf(pending) {
    const { replica } = this.#follow(pending.stream);
    const { spot, isLaid, op } = pending;
    if (spot) {
      const shown = isLaid && replica.writing(spot.id, spot.field)?.shown;
      return shown || op.splices.map((/** @type {any} */ splice) => splice[2]).join("");
    }
    const words = [...madeBy(pending)].map((id) => {
      const item = replica.view.items.get(id);
      return String(item?.text ?? item?.title ?? item?.name ?? item?.label ?? "");
    });
    return words.filter(Boolean).join("\n");
  }

  /** Its item was asked before, and is unanswered too. @param {Pending} pending */
  #waitsForCreate(pending) {
    for (const other of this.#pending.values()) {
      if (other === pending) return false;
      if (other.stream === pending.stream && other.acked === null && isOnlyOf(pending, madeBy(other))) return true;
    }
    return false;
  }

  /** @param {string} stream @param {Touched} touch @param {Entry[] | null} [entries] */
  #tellChange(stream, touch, entries = null) {
    if (touch.isEmpty && !entries) return;
    const { ids, fields, texts } = touch;
    this.#tell("change", { stream, ids, fields, texts, entries });
  }

  #tellStatus() {
    const status = { online: this.#isWelcome, unsent: this.unsent };
    const spelt = `${status.online} ${status.unsent}`;
    if (spelt === this.#status) return;
    this.#status = spelt;
    this.#tell("status", status);
  }

  /** @param {string} type @param {any} event */
  #tell(type, event) {
    for (const listener of this.#listeners.get(type) ?? []) listener(event);
  }
}

/** @param {{client: string, n: number}} name */
function nameOf({ client, n }) {
  return `${client} ${n}`;
}

/** @param {string} stream @param {Spot} spot */
function textKey(stream, { id, field }) {
  return `text ${stream} ${id ?? ""} ${field}`;
}

/** @param {string} stream @param {number} seq */
function entryKey(stream, seq) {
  return `${stream} ${seq}`;
}

/** @param {string | null} id */
function touchOf(id) {
  const touch = new Touched();
  touch.add(id);
  return touch;
}

/**
 * @param {Pick<Pending, "client" | "n" | "stream" | "op" | "base" | "changes" | "spot" | "from">} asked
 * @returns {Pending}
 */
function fresh(asked) {
  /** @type {Map<string | null, Change[]>} */
  const byItem = new Map();
  for (const change of asked.changes) {
    const id = touched(change);
    const changes = byItem.get(id);
    if (changes) changes.push(change);
    else byItem.set(id, [change]);
  }
  const expected = [...byItem].map(([id, changes]) => ({ id, changes }));
  return { ...asked, expected, isSent: false, isLaid: false, acked: null, retryAt: 0, tries: 0 };
}

/** @param {Pending} pending @param {number} at @returns {Step} */
function step({ stream, n, spot }, at) {
  return { stream, ns: [n], burst: spot && textKey(stream, spot), at, changes: [], inverse: [] };
}

/** The items an op makes. @param {Pending} pending @returns {Set<string>} */
function madeBy({ op, changes }) {
  const makes = op.type.startsWith("create_") || op.type === "all";
  return new Set(makes ? changes.flatMap((change) => ("put" in change ? [change.put.id] : [])) : []);
}

/** @param {Pending} pending @param {Set<string>} ids whether it is about nothing but these */
function isOnlyOf({ expected, spot }, ids) {
  if (spot) return spot.id !== null && ids.has(spot.id);
  return expected.length > 0 && expected.every(({ id }) => id !== null && ids.has(id));
}

/**
 * Of what would take an op back, the part that stands as the op left it; the rest someone else
 * has changed since, and the server will skip it. Texts wait for the server.
 * @param {View} view
 * @param {readonly Change[]} changes
 * @param {readonly Change[]} inverse
 * @returns {Change[]}
 */
function stillMine(view, changes, inverse) {
  /** @type {Map<string | null, Record<string, any>>} */
  const left = new Map();
  for (const change of changes) {
    const id = touched(change);
    const fields = "put" in change ? change.put : "stream" in change ? change.stream.fields : "patch" in change ? change.fields : {};
    left.set(id, { ...left.get(id), ...fields });
  }
  return inverse.flatMap(/** @returns {Change[]} */ (change) => {
    const id = touched(change);
    const now = id === null ? view.fields : view.items.get(id);
    if ("put" in change) return now ? [] : [change];
    if ("drop" in change) return now ? [change] : [];
    const fields = ("stream" in change ? change.stream : change).fields ?? {};
    const mine = Object.entries(fields).filter(([key]) => (now?.[key] ?? null) === (left.get(id)?.[key] ?? null));
    if (!now || !mine.length) return [];
    const patch = { fields: Object.fromEntries(mine) };
    return "stream" in change ? [{ stream: patch }] : [{ patch: change.patch, ...patch }];
  });
}
