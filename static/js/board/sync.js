// The heart of the page: what this person asked and what the server answered (docs/protocol.md 4
// to 7). It lays what is expected over what is confirmed until the answer is there. It knows no
// DOM and no socket: messages go in and come out.

import { newId } from "../lib/ids.js";
import { State } from "./changes.js";
import { Follows } from "./follows.js";
import { asked as withExpectation } from "./ops.js";
import { Outbox } from "./outbox.js";
import { BASE_AT_SENDING, isAbout, isOnlyOf, madeBy, textKey } from "./pending.js";
import { MemoryQueue } from "./queue.js";
import { Touched } from "./replica.js";
import { BadSplice } from "./text.js";
import { Texts } from "./texts.js";
import { Undo } from "./undo.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {import("./changes.js").Entry} Entry */
/** @typedef {import("./changes.js").Fields} Fields */
/** @typedef {import("./changes.js").Item} Item */
/** @typedef {import("./follows.js").Followed} Followed */
/** @typedef {import("./ops.js").Op} Op */
/** @typedef {import("./ops.js").Asked} Asked */
/** @typedef {import("./pending.js").Pending} Pending */
/** @typedef {import("./queue.js").Found} Found */
/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./replica.js").Spot} Spot */
/** @typedef {import("./replica.js").View} View */
/** @typedef {{type: string, [key: string]: any}} Message */
/** @typedef {{epoch: string, seq: number, state: {fields: Fields, items: Item[]}}} Snapshot */
/**
 * @typedef {object} SyncOptions
 * @property {string} me this person's id
 * @property {string} [client] made anew for each page load
 * @property {Queue} [queue]
 * @property {() => number} [now]
 * @property {(stream: string) => Promise<Snapshot>} [fetchSnapshot] rejects with a `status`
 * @property {() => string} [makeId]
 */

const PROTOCOL = 1;
/** What may come between `welcome` and the end of the acks. */
const BEFORE_TAILS = new Set(["welcome", "ack", "refused", "presence"]);
/** @type {View} */
const EMPTY = Object.freeze({ seq: 0, fields: {}, items: new Map() });

export class Sync {
  #now;
  #makeId;
  #outbox;
  #follows;
  #texts;
  #undo;
  /** @type {Map<string, Pending[]>} acked ops, by the entry that will bring them */
  #coming = new Map();
  /** @type {Map<string, Set<(event: any) => void>>} */
  #listeners = new Map();
  #isWelcome = false;
  #isLive = false;
  #isDoubted = false;
  /** The database has begun another life; unanswered ops that are not in it are asked anew. */
  #isNewEpoch = false;
  #status = "";
  /** @type {string | null} */
  epoch = null;
  /** The paper of this person's city, which new notes are expected to get. */
  paper = "stone";
  /** Set by the socket. @type {(message: Message) => void} */
  send = () => {};

  /** @param {SyncOptions} options */
  constructor({ me, client, queue = new MemoryQueue(), now = Date.now, fetchSnapshot, makeId = newId }) {
    this.me = me;
    this.#now = now;
    this.#makeId = makeId;
    this.#follows = new Follows({
      fetchSnapshot: fetchSnapshot ?? (() => new Promise(() => {})),
      now,
      arrived: (stream, snapshot) => this.load(stream, snapshot),
      lost: (stream) => this.#unfollowed({ type: "unfollowed", stream, code: "unknown" }),
      diverged: (stream) => this.#tell("diverged", { stream }),
    });
    this.#outbox = new Outbox({
      client: client ?? makeId(),
      queue,
      now,
      send: (message) => this.send(message),
      seqOf: (stream) => this.#seqForSending(stream),
    });
    this.#undo = new Undo({
      ask: (stream, n, changes) => this.#ask(stream, { op: { type: "undo", n }, changes: [...changes] }).n,
      viewOf: (stream) => this.view(stream),
      isTyping: (stream, burst) => this.#texts.isTyping(stream, burst),
    });
    this.#texts = new Texts({
      outbox: this.#outbox,
      follows: this.#follows,
      queue,
      asked: ({ stream, n }, burst) =>
        this.#undo.typed(burst, { stream, ns: [n], burst, at: now(), changes: [], inverse: [] }),
      dropped: (n) => this.#undo.forget(n),
      changed: (stream, touch) => this.#tellChange(stream, touch),
    });
  }

  // What is seen

  get client() {
    return this.#outbox.client;
  }

  /** @param {string} stream @returns {View} items are replaced, never mutated */
  view(stream) {
    return this.#follows.find(stream)?.replica.view ?? EMPTY;
  }

  /** The state as confirmed, for tests and hashes. @param {string} stream @returns {State} */
  confirmed(stream) {
    return this.#follows.find(stream)?.replica.confirmed ?? new State();
  }

  /** How many things this person did that are not on disk yet. */
  get unsent() {
    return this.#outbox.unanswered + this.#texts.waiting;
  }

  /** @param {string} id @returns {"saved" | "unsent"} */
  mark(id) {
    const isUnsent = this.#outbox.all.some((pending) => pending.acked === null && isAbout(pending, id));
    return isUnsent || this.#texts.isWriting(id) ? "unsent" : "saved";
  }

  get isOnline() {
    return this.#isWelcome && !this.#isDoubted;
  }

  get canUndo() {
    return this.#undo.canUndo;
  }

  get canRedo() {
    return this.#undo.canRedo;
  }

  /**
   * Events: "change" {stream, ids (null: everything), fields, texts, entries}; "refused" {stream,
   * n, op, code, data, text?}; "status" {online, unsent}; "loaded", "diverged" {stream}; and, as the server
   * sent them, "presence", "unfollowed", "bye".
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
    const author = { me: this.me, now: this.#now(), colour: this.paper };
    const asked = isBuilt(what) ? what : withExpectation(what, this.view(stream), author);
    if (asked.op.type === "edit_text") return this.#askSplices(stream, asked.op);
    const inverse = this.#undo.inverse(stream, asked.changes);
    const { n } = this.#ask(stream, asked);
    const changes = asked.changes;
    this.#undo.did({ stream, ns: [n], burst: null, at: this.#now(), changes, inverse });
    this.#tellStatus();
    return n;
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
    const n = this.#texts.type(stream, { id, field }, text);
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
    this.#texts.compose(stream, { id, field }, on);
    this.#tellStatus();
  }

  /** Takes back the last thing this person did here. Whether there was anything. */
  undo() {
    const did = this.#undo.undo();
    this.#tellStatus();
    return did;
  }

  /** Does it again. Whether there was anything. */
  redo() {
    const did = this.#undo.redo();
    this.#tellStatus();
    return did;
  }

  /** Tells others what this person is about (P8.1). Whether it could be told. @param {string} stream @param {object} shown */
  show(stream, shown) {
    if (!this.#isWelcome || !this.#follows.find(stream)?.isFollowed) return false;
    this.send({ type: "presence", stream, ...shown });
    return true;
  }

  // What the server tells

  /**
   * Until there is something to say hello about: the server knows this person by what they follow.
   * @returns {Promise<void>}
   */
  async ready() {
    while (!this.#follows.isReady) {
      await new Promise((resolve) => {
        const off = this.on("loaded", () => resolve(off()));
      });
    }
  }

  /** The first message of a new socket (P6.2). @returns {Message} */
  opened() {
    const [clients, follow] = [this.#outbox.lowest(), this.#follows.positions()];
    return { type: "hello", protocol: PROTOCOL, epoch: this.epoch, clients, follow };
  }

  /** The socket is gone. */
  closed() {
    this.#isWelcome = false;
    this.#isLive = false;
    this.#outbox.close();
    this.#follows.closed();
    this.#tellStatus();
  }

  /** The socket hears nothing though it should, or hears again. @param {boolean} isDoubted */
  doubt(isDoubted) {
    if (this.#isDoubted === isDoubted) return;
    this.#isDoubted = isDoubted;
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
        return this.#follows.beacon(message);
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
    const followed = this.#follows.get(stream);
    followed.isLoading = false;
    if (this.epoch !== null && epoch !== this.epoch) {
      if (this.#isWelcome) return this.#follows.reload(stream);
      this.#newEpoch();
    }
    this.epoch = epoch;
    const known = followed.replica.seq;
    const settled = this.#settleUpTo(stream, seq);
    const texts = followed.replica.reset(seq, new State(state.fields, state.items), settled);
    this.#follows.loaded(followed);
    this.#tell("change", { stream, ids: null, fields: true, texts, entries: null });
    this.#catchUp(stream, followed, known);
    if (this.#isLive) this.#goOn(stream);
    this.#tell("loaded", { stream });
    this.#tellStatus();
  }

  /** Follows a stream: fetches its snapshot, and goes on from there. @param {string} stream */
  follow(stream) {
    const { isLoaded, isLoading } = this.#follows.get(stream);
    if (!isLoaded && !isLoading) this.#follows.reload(stream);
  }

  /** @param {string} stream */
  unfollow(stream) {
    if (this.#follows.find(stream)?.isFollowed) this.send({ type: "unfollow", stream });
    this.#follows.drop(stream);
  }

  /**
   * Queues that other pages left behind. They are laid over the view and sent again once it is
   * known which of them the server has (P6.3), so this comes before `opened`.
   * @param {readonly Found[]} queues
   */
  adopt(queues) {
    for (const { client, records } of queues) {
      for (const record of [...records].sort((a, b) => a.n - b.n)) {
        if (record.kind === "text") this.#texts.adopt(client, record);
        else this.#outbox.adopt(client, record);
        this.follow(record.stream);
      }
    }
    this.#tellStatus();
  }

  /** Another page took our queue while we slept: it sends what was in it, and we begin anew. */
  dispossessed() {
    const left = this.#outbox.all.filter(({ isLaid }) => isLaid);
    this.#outbox.beginAnew(this.#makeId());
    this.#texts.beginAnew();
    this.#undo.clear();
    for (const [stream, { replica }] of this.#follows.all) {
      const touch = new Touched();
      for (const pending of left) if (pending.stream === stream) replica.lift(pending.expected, touch);
      for (const [spot] of [...replica.writings()]) this.#texts.abandon(stream, spot, touch);
      replica.refresh(touch);
      this.#tellChange(stream, touch);
    }
    this.#tellStatus();
  }

  /** Once a second or so: asks again what could not be saved, fetches again what did not come. */
  beat() {
    this.#outbox.beat();
    this.#follows.beat();
  }

  // Asking

  /** @param {string} stream @param {Asked} asked @returns {Pending} */
  #ask(stream, { op, changes }) {
    const base = this.#follows.get(stream).replica.seq;
    const pending = this.#outbox.add({ stream, op, base, changes, spot: null, from: "" });
    this.#lay(pending);
    this.#outbox.offer(pending);
    return pending;
  }

  /** @param {string} stream @param {Op} op @returns {number} */
  #askSplices(stream, { id, field, splices }) {
    const { replica } = this.#follows.get(stream);
    return this.editText(stream, id, field, replica.write(id, field).shownWith(splices)) ?? 0;
  }

  /** @param {Pending} pending */
  #lay(pending) {
    if (pending.isLaid) return;
    const { replica } = this.#follows.get(pending.stream);
    const touch = new Touched();
    pending.isLaid = true;
    replica.lay(pending.expected, touch);
    replica.refresh(touch);
    this.#tellChange(pending.stream, touch);
  }

  /** @param {string} stream @returns {number | null} */
  #seqForSending(stream) {
    const followed = this.#follows.find(stream);
    return followed?.isLoading ? null : (followed?.replica.seq ?? 0);
  }

  // Answers

  /** @param {Message} message */
  #welcome({ epoch, last }) {
    this.#isWelcome = true;
    if (this.epoch !== null && epoch !== this.epoch) this.#newEpoch();
    this.epoch = epoch;
    this.#outbox.welcomed(last);
    for (const [stream, followed] of this.#follows.all) {
      if (followed.isLoaded && !followed.isFollowed) this.#tellFollow(stream, followed);
    }
    // The end of the acks has no mark of its own; the answer to a ping comes after it.
    if (this.#outbox.expectsAcks(last)) this.send({ type: "ping" });
    else this.#goLive();
    this.#tellStatus();
  }

  /** All acks are in: what is still unanswered is asked again, in order. */
  #goLive() {
    this.#isLive = true;
    if (this.#isNewEpoch) for (const pending of this.#outbox.all) this.#askAnew(pending);
    this.#isNewEpoch = false;
    this.#outbox.open();
    for (const [stream] of this.#follows.all) this.#goOn(stream);
  }

  /** @param {string} stream */
  #goOn(stream) {
    const { isLoaded, isLoading } = this.#follows.get(stream);
    if (!isLoaded || isLoading) return;
    for (const pending of this.#outbox.all) {
      if (pending.stream !== stream || pending.acked !== null) continue;
      if (pending.isLaid) this.#outbox.offer(pending);
      else this.#resume(pending);
    }
    this.#texts.resumeFound(stream);
    this.#texts.flushAll(stream);
  }

  /** @param {Pending} pending one that was adopted, now that it is known not to be on disk */
  #resume(pending) {
    if (pending.spot) this.#texts.resume(pending);
    else this.#lay(pending);
    this.#outbox.offer(pending);
  }

  /** @param {Message} message */
  #acked({ client, n, stream, seq }) {
    const pending = this.#outbox.find({ client, n });
    if (!pending || pending.acked !== null) return;
    this.#outbox.acked(pending, seq);
    const followed = this.#follows.get(stream);
    const touch = new Touched();
    for (const { id } of pending.expected) touch.add(id);
    if (pending.spot) touch.add(pending.spot.id);
    const isIn = followed.isLoaded && !followed.isLoading && seq <= followed.replica.seq;
    if (!pending.isLaid || isIn) {
      this.#forget(pending, touch);
      this.#texts.withdraw(pending, touch);
      followed.replica.refresh(touch);
    } else {
      const key = entryKey(stream, seq);
      this.#coming.set(key, [...(this.#coming.get(key) ?? []), pending]);
    }
    this.#tellChange(stream, touch);
    if (pending.spot) this.#texts.flush(stream, pending.spot);
    this.#tellStatus();
  }

  /** @param {Message} message */
  #changes(message) {
    const { stream, from, to, entries } = message;
    const followed = this.#follows.find(stream);
    if (!followed) return;
    if (followed.isLoading || !followed.isLoaded) return void followed.waiting.push(message);
    const { replica } = followed;
    if (to <= replica.seq) return;
    const touch = new Touched();
    try {
      if (from > replica.seq + 1) throw new BadSplice();
      for (const entry of entries) if (entry.seq > replica.seq) this.#apply(stream, followed, entry, touch);
    } catch (error) {
      if (!(error instanceof BadSplice)) throw error;
      return this.#follows.reload(stream);
    }
    replica.refresh(touch);
    this.#tellChange(stream, touch, entries);
    this.#texts.flushAll(stream);
    this.#tellStatus();
  }

  /** @param {string} stream @param {Followed} followed @param {Entry} entry @param {Touched} touch */
  #apply(stream, { replica }, entry, touch) {
    if (entry.seq !== replica.seq + 1) throw new BadSplice();
    const key = entryKey(stream, entry.seq);
    const own = this.#coming.get(key) ?? [];
    this.#coming.delete(key);
    replica.apply(entry, own.find(({ spot }) => spot)?.spot ?? null, touch);
    for (const pending of own) {
      this.#forget(pending, touch);
      if (pending.spot) replica.settle(pending.spot, touch);
    }
  }

  /** @param {Message} message */
  #refused(message) {
    const { client, n, code, data } = message;
    const pending = this.#outbox.find({ client, n });
    if (!pending || pending.acked !== null) return;
    if (code === "rate" || code === "unavailable") {
      this.#outbox.retryLater(pending);
    } else if (code === "unknown" && this.#waitsForCreate(pending)) {
      // The answer to this number is settled; the item may still come to be.
      this.#outbox.renumber(pending);
      this.#undo.renumber(n, pending.n);
      this.#outbox.retryLater(pending);
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
    const { stream, n } = pending;
    const { replica } = this.#follows.get(stream);
    this.#undo.forget(n);
    if (!pending.isLaid) return this.#texts.takeUp(pending);
    const writing = this.#texts.untake(pending, seq);
    if (seq === replica.seq && text !== writing.from) this.#follows.reload(stream);
    this.#texts.flush(stream, /** @type {Spot} */ (pending.spot));
  }

  /** @param {Message} message */
  #unfollowed(message) {
    const followed = this.#follows.find(message.stream);
    if (followed) followed.isFollowed = false;
    if (followed && message.code === "too_old") this.#follows.reload(message.stream);
    else this.#tell("unfollowed", message);
  }

  // Snapshots and epochs

  /** What is in a snapshot of `seq` needs no expectation. The texts it settles. @param {string} stream @param {number} seq */
  #settleUpTo(stream, seq) {
    /** @type {Spot[]} */
    const settled = [];
    for (const pending of this.#outbox.all) {
      if (pending.stream !== stream || pending.acked === null || pending.acked > seq) continue;
      this.#forget(pending, new Touched());
      this.#coming.delete(entryKey(stream, pending.acked));
      if (pending.spot && pending.isLaid) settled.push(pending.spot);
    }
    return settled;
  }

  /** What came while the snapshot was on its way. @param {string} stream @param {Followed} followed @param {number} known */
  #catchUp(stream, followed, known) {
    const { waiting, replica } = followed;
    followed.waiting = [];
    const next = waiting.find(({ to }) => to > replica.seq);
    const hasHole = replica.seq < known || (next !== undefined && next.from > replica.seq + 1);
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
   * may be lost with it. What is unanswered is asked anew once the acks are in.
   */
  #newEpoch() {
    this.#isNewEpoch = true;
    this.#undo.clear();
    this.#coming.clear();
    for (const pending of this.#outbox.all) {
      if (pending.acked === null) continue;
      this.#forget(pending, new Touched());
      this.#texts.withdraw(pending, new Touched());
    }
    for (const [stream, followed] of this.#follows.all) {
      followed.waiting = [];
      if (followed.isLoaded) this.#follows.reload(stream);
    }
  }

  /** Under a new number: what stood under the old one may speak of entries that never were. @param {Pending} pending */
  #askAnew(pending) {
    if (pending.acked !== null) return;
    if (pending.spot && pending.isLaid) return void this.#texts.untake(pending, 0);
    pending.base = BASE_AT_SENDING;
    this.#outbox.renumber(pending);
  }

  // Taking back

  /** An op is answered: its expectation goes. @param {Pending} pending @param {Touched} touch */
  #forget(pending, touch) {
    this.#outbox.remove(pending);
    this.#texts.forget(pending);
    if (pending.isLaid) this.#follows.find(pending.stream)?.replica.lift(pending.expected, touch);
  }

  /** Takes back what a refused op expected, and what was asked of items that will never be. @param {Pending} pending */
  #giveUp(pending) {
    const { stream, spot, isLaid } = pending;
    const { replica } = this.#follows.get(stream);
    const touch = new Touched();
    this.#undo.forget(pending.n);
    this.#forget(pending, touch);
    if (spot && isLaid) this.#texts.abandon(stream, spot, touch);
    this.#giveUpAllOf(stream, madeBy(pending), touch);
    replica.refresh(touch);
    this.#tellChange(stream, touch);
  }

  /** @param {string} stream @param {ReadonlySet<string>} never @param {Touched} touch */
  #giveUpAllOf(stream, never, touch) {
    if (!never.size) return;
    for (const other of this.#outbox.all) {
      if (other.stream !== stream || other.acked !== null || !isOnlyOf(other, never)) continue;
      this.#undo.forget(other.n);
      this.#forget(other, touch);
    }
    for (const [spot] of [...this.#follows.get(stream).replica.writings()]) {
      if (spot.id !== null && never.has(spot.id)) this.#texts.abandon(stream, spot, touch);
    }
  }

  /** The latest words of what was refused, to be offered back. @param {Pending} pending @returns {string} */
  #wordsOf(pending) {
    const { replica } = this.#follows.get(pending.stream);
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

  /** Its item was asked before it, and is unanswered too. @param {Pending} pending */
  #waitsForCreate(pending) {
    for (const other of this.#outbox.all) {
      if (other === pending) return false;
      if (other.stream === pending.stream && other.acked === null && isOnlyOf(pending, madeBy(other))) return true;
    }
    return false;
  }

  // Telling

  /** @param {string} stream @param {Touched} touch @param {Entry[] | null} [entries] */
  #tellChange(stream, touch, entries = null) {
    if (touch.isEmpty && !entries) return;
    const { ids, fields, texts } = touch;
    this.#tell("change", { stream, ids, fields, texts, entries });
  }

  #tellStatus() {
    const status = { online: this.isOnline, unsent: this.unsent };
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

/** @param {Op | Asked} what @returns {what is Asked} */
function isBuilt(what) {
  return Array.isArray(what.changes);
}

/** @param {string} stream @param {number} seq */
function entryKey(stream, seq) {
  return `${stream} ${seq}`;
}
