// The heart of the page: what this person asks, laid over what is confirmed until the answer is
// there (docs/protocol.md 4 to 7). It knows no DOM and no socket: messages go in and come out.
// What the server tells is read by dialogue.js.

import { newId } from "../lib/ids.js";
import { State } from "./changes.js";
import { Dialogue } from "./dialogue.js";
import { Follows } from "./follows.js";
import { asked as withExpectation, inMessages } from "./ops.js";
import { Outbox } from "./outbox.js";
import { isAbout } from "./pending.js";
import { MemoryQueue } from "./queue.js";
import { Touched } from "./replica.js";
import { Takeover } from "./takeover.js";
import { Texts } from "./texts.js";
import { Undo } from "./undo.js";

/** What everyone has seen, or has acted on, is not taken back with a key. */
const FINAL = new Set(["release_lane", "send_message", "spotlight_item", "take_help"]);

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

/** @type {View} */
const EMPTY = Object.freeze({ seq: 0, fields: {}, items: new Map() });

export class Sync {
  #now;
  #makeId;
  #outbox;
  #follows;
  #texts;
  #undo;
  #dialogue;
  #takeover;
  /** @type {Map<string, Set<(event: any) => void>>} */
  #listeners = new Map();
  #isDoubted = false;
  /** Streams in which nothing that is asked may say whose it is. @type {Set<string>} */
  #nameless = new Set();
  #status = "";
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
      lost: (stream) => this.#dialogue.unfollowed({ type: "unfollowed", stream, code: "unknown" }),
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
      tooLong: (stream, op, text) => this.#tooLong(stream, op, text),
      changed: (stream, touch) => this.#tellChange(stream, touch),
      now,
    });
    const parts = { outbox: this.#outbox, follows: this.#follows, texts: this.#texts, undo: this.#undo };
    this.#takeover = new Takeover(parts, (stream, touch) => this.#show(stream, touch));
    this.#dialogue = new Dialogue(parts, {
      send: (message) => this.send(message),
      tell: (type, event) => this.#tell(type, event),
      show: (stream, touch, entries) => this.#show(stream, touch, entries),
      lay: (pending) => this.#lay(pending),
      holds: (pending) => this.holds(pending),
    });
  }

  // What is seen

  get client() {
    return this.#outbox.client;
  }

  get epoch() {
    return this.#dialogue.epoch;
  }

  /** @param {string} stream @returns {View} items are replaced, never mutated */
  view(stream) {
    return this.#follows.find(stream)?.replica.view ?? EMPTY;
  }

  /** Has it come? A stream in which nothing was written yet comes empty. @param {string} stream */
  isLoaded(stream) {
    return this.#follows.find(stream)?.isLoaded ?? false;
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
    return this.#dialogue.isWelcome && !this.#isDoubted;
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
   * sent them, "presence", "unfollowed", "bye", "counted", and "unasked": a refusal of something that is no op.
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
   * @returns {number} n; 0 when no message could carry it
   */
  ask(stream, what) {
    const author = { me: this.me, now: this.#now(), colour: this.paper };
    const asked = isBuilt(what) ? what : withExpectation(what, this.view(stream), author);
    if (asked.op.type === "edit_text") return this.#askSplices(stream, asked.op);
    const parts = inMessages(asked.op);
    if (!parts) return this.#tooBig(stream, asked.op, asked.changes);
    const inverse = this.#undo.inverse(stream, asked.changes);
    const built = parts.length === 1 ? [asked] : parts.map((op) => withExpectation(op, this.view(stream), author));
    const ns = built.map((each) => this.#ask(stream, each).n);
    // A workshop itself has no undo, nor has an inbox (codesign/core/decide.py).
    const isFinal = FINAL.has(asked.op.type) || stream.startsWith("workshop:") || stream.startsWith("inbox:");
    if (!isFinal) this.#undo.did({ stream, ns, burst: null, at: this.#now(), changes: asked.changes, inverse });
    this.#tellStatus();
    return ns[0];
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

  /** Takes back the last thing this person did here, or op `n` alone. Whether there was anything. @param {number | null} [n] */
  undo(n = null) {
    const did = this.#undo.undo(n);
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
    if (!this.#dialogue.isWelcome || !this.#follows.find(stream)?.isFollowed) return false;
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
        const offs = ["loaded", "unfollowed"].map((type) => this.on(type, done));
        function done() {
          for (const off of offs) off();
          resolve(null);
        }
      });
    }
  }

  /** The first message of a new socket (P6.2). @returns {Message} */
  opened() {
    return this.#dialogue.opened();
  }

  /** The socket is gone. */
  closed() {
    this.#dialogue.closed();
    this.#tellStatus();
  }

  /** @param {Message} message */
  receive(message) {
    this.#dialogue.receive(message);
    this.#tellStatus();
  }

  /**
   * A snapshot (P7.1). From then on the stream is followed; what is unanswered stays laid over it.
   * @param {string} stream
   * @param {Snapshot} snapshot
   */
  load(stream, snapshot) {
    this.#dialogue.load(stream, snapshot);
    this.#tellStatus();
  }

  /** The socket hears nothing though it should, or hears again. @param {boolean} isDoubted */
  doubt(isDoubted) {
    if (this.#isDoubted === isDoubted) return;
    this.#isDoubted = isDoubted;
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

  /** An item is in another stream now, under the same id: what is written in it goes on there. @param {string} from @param {string} to @param {string} id */
  carry(from, to, id) {
    this.#texts.carry(from, to, id);
    this.#tellStatus();
  }

  /** What was done in one stream is taken back in another from now on. @param {string} from @param {string} to */
  carryUndo(from, to) {
    this.#undo.carry(from, to);
  }

  /** Lets go of a stream once nothing of ours is under way in it. @param {string} stream */
  rest(stream) {
    const isBusy = this.#outbox.all.some((pending) => pending.stream === stream) || this.#texts.isBusy(stream);
    if (!isBusy && this.#follows.find(stream)) this.unfollow(stream);
  }

  /** The stream takes nothing any more: what was asked of it and is unanswered is given back. @param {string} stream */
  giveUp(stream) {
    this.#dialogue.giveUp(stream);
    this.#tellStatus();
  }

  /** What is asked of this stream goes under a client of its own, which nobody can tell from another. @param {string} stream */
  askNameless(stream) {
    this.#nameless.add(stream);
    this.#outbox.askNameless(stream, this.#makeId());
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

  /** The lease on this page's queue lasts until then, at least. @param {number} until ms */
  held(until) {
    this.#takeover.held(until);
  }

  /** Another page took our queue while we slept: it sends what was in it, and we begin anew. */
  dispossessed() {
    const late = this.#takeover.happened(this.#makeId());
    for (const stream of this.#nameless) this.#outbox.askNameless(stream, this.#makeId());
    for (const words of late) this.#tell("refused", words);
    this.#tellStatus();
  }

  /** Once a second or so: asks again what could not be saved, fetches again what did not come. */
  beat() {
    this.#outbox.beat();
    this.#follows.beat();
  }

  /** Does an edit that came too late for its stream wait until its item is in another one? @param {Pending} _pending */
  holds(_pending) {
    return false;
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

  /** No message can carry it: its words go back to the person. @param {string} stream @param {Op} op @param {readonly Change[]} changes */
  #tooBig(stream, op, changes) {
    const words = changes.map((change) => ("put" in change ? String(change.put.text ?? "") : ""));
    this.#tooLong(stream, op, words.filter(Boolean).join("\n"));
    return 0;
  }

  /** @param {string} stream @param {Op} op @param {string} text */
  #tooLong(stream, op, text) {
    this.#tell("refused", { stream, n: 0, op, code: "limit", data: { limit: "text" }, text });
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
    this.#show(pending.stream, touch);
  }

  /** @param {string} stream @returns {number | null} */
  #seqForSending(stream) {
    const followed = this.#follows.find(stream);
    return followed?.isLoading ? null : (followed?.replica.seq ?? 0);
  }

  // Telling

  /** Brings what was touched up to date, and says so. @param {string} stream @param {Touched} touch @param {Entry[] | null} [entries] */
  #show(stream, touch, entries = null) {
    this.#follows.get(stream).replica.refresh(touch);
    this.#tellChange(stream, touch, entries);
  }

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
