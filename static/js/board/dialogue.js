// What the server tells a page, and what the page does about it (docs/protocol.md 5 to 7): hello
// and welcome, acks and refusals, entries, snapshots, another life of the database.

import { Arrivals } from "./arrivals.js";
import { State } from "./changes.js";
import { BASE_AT_SENDING } from "./pending.js";
import { Touched } from "./replica.js";
import { BadSplice } from "./text.js";
import { Withdrawals } from "./withdrawals.js";

/** @typedef {import("./changes.js").Entry} Entry */
/** @typedef {import("./follows.js").Followed} Followed */
/** @typedef {import("./follows.js").Follows} Follows */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./pending.js").Pending} Pending */
/** @typedef {import("./replica.js").Spot} Spot */
/** @typedef {import("./sync.js").Message} Message */
/** @typedef {import("./sync.js").Snapshot} Snapshot */
/** @typedef {import("./texts.js").Texts} Texts */
/** @typedef {import("./undo.js").Undo} Undo */

const PROTOCOL = 1;
/** What may come between `welcome` and the end of the acks. */
const BEFORE_TAILS = new Set(["welcome", "ack", "refused", "presence"]);
/** Frames kept while a snapshot is on its way; beyond it the tail is asked for again. */
const MOST_WAITING = 5_000;

export class Dialogue {
  #outbox;
  #follows;
  #texts;
  #undo;
  #withdrawals;
  #arrivals;
  #send;
  #tell;
  #show;
  #lay;
  #holds;
  #isLive = false;
  /** The database has begun another life; unanswered ops that are not in it are asked anew. */
  #isNewEpoch = false;
  isWelcome = false;
  /** @type {string | null} */
  epoch = null;

  /**
   * @param {{outbox: Outbox, follows: Follows, texts: Texts, undo: Undo}} parts
   * @param {object} acts
   * @param {(message: Message) => void} acts.send
   * @param {(type: string, event: any) => void} acts.tell
   * @param {(stream: string, touch: Touched, entries?: Entry[]) => void} acts.show
   * @param {(pending: Pending) => void} acts.lay
   * @param {(pending: Pending) => boolean} acts.holds an edit that comes too late for its stream goes on in another one soon
   */
  constructor(parts, { send, tell, show, lay, holds }) {
    this.#outbox = parts.outbox;
    this.#follows = parts.follows;
    this.#texts = parts.texts;
    this.#undo = parts.undo;
    this.#withdrawals = new Withdrawals(parts);
    this.#arrivals = new Arrivals((pending, touch) => this.#withdrawals.forget(pending, touch));
    this.#send = send;
    this.#tell = tell;
    this.#show = show;
    this.#lay = lay;
    this.#holds = holds;
  }

  /** The first message of a new socket (P6.2). @returns {Message} */
  opened() {
    const [clients, follow] = [this.#outbox.lowest(), this.#follows.positions()];
    return { type: "hello", protocol: PROTOCOL, epoch: this.epoch, clients, follow };
  }

  /** The socket is gone. */
  closed() {
    this.isWelcome = false;
    this.#isLive = false;
    this.#outbox.close();
    this.#follows.closed();
  }

  /** @param {Message} message */
  receive(message) {
    if (this.isWelcome && !this.#isLive && !BEFORE_TAILS.has(message.type)) this.#goLive();
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
        return this.unfollowed(message);
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
      if (this.isWelcome) return this.#follows.reload(stream);
      this.#newEpoch(stream);
    }
    this.epoch = epoch;
    const known = followed.replica.seq;
    const settled = this.#arrivals.settleUpTo(stream, seq, this.#outbox.all);
    const texts = followed.replica.reset(seq, new State(state.fields, state.items), settled);
    this.#follows.loaded(followed);
    this.#tell("change", { stream, ids: null, fields: true, texts, entries: null });
    this.#catchUp(stream, followed, known);
    if (this.#isLive) this.#goOn(stream);
    this.#tell("loaded", { stream });
  }

  // Answers

  /** @param {Message} message */
  #welcome({ epoch, last }) {
    this.isWelcome = true;
    if (this.epoch !== null && epoch !== this.epoch) this.#newEpoch();
    this.epoch = epoch;
    this.#outbox.welcomed(last);
    for (const [stream, followed] of this.#follows.all) {
      if (followed.isLoaded && !followed.isFollowed) this.#tellFollow(stream, followed);
    }
    // The end of the acks has no mark of its own; the answer to a ping comes after it.
    if (this.#outbox.expectsAcks(last)) this.#send({ type: "ping" });
    else this.#goLive();
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
      this.#withdrawals.forget(pending, touch);
      this.#texts.withdraw(pending, touch);
    } else {
      this.#arrivals.expect(pending, seq);
    }
    this.#show(stream, touch);
    if (pending.spot) this.#texts.flush(stream, pending.spot);
  }

  /** @param {Message} message */
  #changes(message) {
    const { stream, from, to, entries } = message;
    const followed = this.#follows.find(stream);
    if (!followed) return;
    if (followed.isLoading || !followed.isLoaded) return keepWaiting(followed, message);
    const { replica } = followed;
    if (to <= replica.seq) return;
    const touch = new Touched();
    try {
      this.#arrivals.apply(stream, replica, { from, entries }, touch);
    } catch (error) {
      if (!(error instanceof BadSplice)) throw error;
      return this.#follows.reload(stream);
    }
    this.#show(stream, touch, entries);
    this.#texts.flushAll(stream);
  }

  /** @param {Message} message */
  #refused(message) {
    const { client, n, code, data } = message;
    const pending = this.#outbox.find({ client, n });
    if (!pending) return this.#tell("unasked", message); // a ballot's, perhaps
    if (pending.acked !== null) return;
    if (code === "rate" || code === "unavailable") {
      this.#outbox.retryLater(pending);
    } else if (code === "unknown" && this.#withdrawals.waitsForCreate(pending)) {
      // The answer to this number is settled; the item may still come to be.
      this.#outbox.renumber(pending);
      this.#undo.renumber(n, pending.n);
      this.#outbox.retryLater(pending);
    } else if (code === "too_old" && pending.spot) {
      this.#tooOld(pending, data ?? {});
    } else if (code === "stage" && pending.spot && pending.isLaid && this.#holds(pending)) {
      this.#undo.forget(n);
      this.#texts.untake(pending, Infinity);
      const touch = new Touched();
      touch.add(pending.spot.id);
      this.#show(pending.stream, touch); // it may go on already
    } else {
      const { stream, op } = pending;
      const text = this.#withdrawals.wordsOf(pending);
      this.#show(stream, this.#withdrawals.giveUp(pending));
      this.#tell("refused", { stream, n, op, code, data, ...(text ? { text } : {}) });
    }
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
  unfollowed(message) {
    const followed = this.#follows.find(message.stream);
    if (followed) followed.isFollowed = false;
    if (followed && message.code === "too_old") this.#follows.reload(message.stream);
    else this.#tell("unfollowed", message);
  }

  /** The stream takes nothing any more: what was asked of it is given back. @param {string} stream */
  giveUp(stream) {
    for (const pending of this.#outbox.all) {
      if (pending.stream !== stream || pending.acked !== null || !this.#outbox.find(pending)) continue;
      const { n, op } = pending;
      const text = this.#withdrawals.wordsOf(pending) || this.#withdrawals.wordsAsked(pending);
      this.#show(stream, this.#withdrawals.giveUp(pending));
      this.#tell("refused", { stream, n, op, code: "stage", data: {}, ...(text ? { text } : {}) });
    }
    const touch = new Touched();
    const given = [...this.#texts.giveUpTyped(stream, touch), ...this.#texts.giveUpFound(stream)];
    this.#show(stream, touch);
    for (const text of given) {
      this.#tell("refused", { stream, n: 0, op: null, code: "stage", data: {}, text });
    }
  }

  // Snapshots and epochs

  /** What came while the snapshot was on its way. @param {string} stream @param {Followed} followed @param {number} known */
  #catchUp(stream, followed, known) {
    const { waiting, replica } = followed;
    followed.waiting = [];
    const next = waiting.find(({ to }) => to > replica.seq);
    const hasHole = replica.seq < known || (next !== undefined && next.from > replica.seq + 1);
    if (this.isWelcome && (!followed.isFollowed || hasHole)) this.#tellFollow(stream, followed);
    if (!hasHole) for (const message of waiting) this.#changes(message);
  }

  /** @param {string} stream @param {Followed} followed */
  #tellFollow(stream, followed) {
    followed.isFollowed = true;
    this.#send({ type: "follow", stream, seq: followed.replica.seq });
  }

  /**
   * Another life of the database: nothing that was known counts, and what was acked but not seen
   * may be lost with it. What is unanswered is asked anew once the acks are in.
   * @param {string} [fresh] the stream whose snapshot is at hand
   */
  #newEpoch(fresh) {
    this.#isNewEpoch = true;
    this.#undo.clear();
    this.#arrivals.clear();
    for (const pending of this.#outbox.all) {
      if (pending.acked === null) continue;
      const touch = new Touched();
      this.#withdrawals.forget(pending, touch);
      this.#texts.withdraw(pending, touch);
      this.#show(pending.stream, touch);
    }
    for (const [stream, followed] of this.#follows.all) {
      followed.waiting = [];
      if (followed.isLoaded && stream !== fresh) this.#follows.reload(stream);
    }
    this.#texts.waitNoMore();
  }

  /** Under a new number: what stood under the old one may speak of entries that never were. @param {Pending} pending */
  #askAnew(pending) {
    if (pending.acked !== null) return;
    if (pending.spot && pending.isLaid) return void this.#texts.untake(pending, 0);
    pending.base = BASE_AT_SENDING;
    this.#outbox.renumber(pending);
  }
}

/** @param {Followed} followed @param {Message} message */
function keepWaiting(followed, message) {
  if (followed.waiting.push(message) > MOST_WAITING) followed.waiting = [];
}
