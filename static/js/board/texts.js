// The texts this person writes in: when typing becomes an op, what happens to it when the answer
// is late, and how typing left behind by another page goes on (P5.5, P5.6).

import { inMessages } from "./ops.js";
import { textKey } from "./pending.js";
import { Touched } from "./replica.js";
import { applySplices, rebase, splicesBetween } from "./text.js";

/** @typedef {import("./follows.js").Followed} Followed */
/** @typedef {import("./follows.js").Follows} Follows */
/** @typedef {import("./ops.js").Op} Op */
/** @typedef {import("./outbox.js").Outbox} Outbox */
/** @typedef {import("./pending.js").Pending} Pending */
/** @typedef {import("./queue.js").Kept} Kept */
/** @typedef {import("./queue.js").Queue} Queue */
/** @typedef {import("./replica.js").Replica} Replica */
/** @typedef {import("./replica.js").Spot} Spot */

export class Texts {
  #outbox;
  #follows;
  #queue;
  #asked;
  #dropped;
  #tooLong;
  #changed;
  #now;
  /** @type {Map<string, number>} when this person last typed in a text */
  #typedAt = new Map();
  /** @type {Map<string, Pending>} the unanswered edit of each text */
  #edits = new Map();
  /** @type {Set<string>} texts of which the queue holds typing without a number */
  #kept = new Set();
  /** @type {{client: string, record: Kept}[]} such typing of other queues, to go on with */
  #found = [];

  /**
   * @param {object} options
   * @param {Outbox} options.outbox
   * @param {Follows} options.follows
   * @param {Queue} options.queue
   * @param {(pending: Pending, key: string) => void} options.asked typing got its number
   * @param {(n: number) => void} options.dropped a number is not used after all
   * @param {(stream: string, op: Op, text: string) => void} options.tooLong no message can carry these words
   * @param {(stream: string, touch: Touched) => void} options.changed
   * @param {() => number} options.now
   */
  constructor({ outbox, follows, queue, asked, dropped, tooLong, changed, now }) {
    this.#outbox = outbox;
    this.#follows = follows;
    this.#queue = queue;
    this.#asked = asked;
    this.#dropped = dropped;
    this.#tooLong = tooLong;
    this.#changed = changed;
    this.#now = now;
  }

  /** Texts with typing that has no number yet. */
  get waiting() {
    let count = this.#found.length;
    for (const [, { replica }] of this.#follows.all) {
      for (const [, writing] of replica.writings()) if (writing.sent === null && writing.hasLater) count += 1;
    }
    return count;
  }

  /** @param {string} id */
  isWriting(id) {
    for (const [, { replica }] of this.#follows.all) {
      for (const [spot, writing] of replica.writings()) if (spot.id === id && writing.hasLater) return true;
    }
    return false;
  }

  /** @param {string} stream @param {string} key */
  isTyping(stream, key) {
    for (const [spot, writing] of this.#follows.get(stream).replica.writings()) {
      if (textKey(stream, spot) === key) return writing.hasLater;
    }
    return false;
  }

  /** What was typed in since then and is not confirmed, as the person sees it. @param {number} since */
  *typedSince(since) {
    for (const [stream, { replica }] of this.#follows.all) {
      for (const [spot, writing] of replica.writings()) {
        const at = this.#typedAt.get(textKey(stream, spot)) ?? -Infinity;
        if (at >= since && !writing.isIdle) yield { stream, spot, text: writing.shown };
      }
    }
  }

  // Writing

  /** @param {string} stream @param {Spot} spot @param {string} text @param {Touched} [touch] @returns {number | null} n */
  type(stream, spot, text, touch) {
    const { replica } = this.#follows.get(stream);
    const writing = replica.write(spot.id, spot.field);
    if (writing.shown !== text) {
      writing.type(text);
      this.#typedAt.set(textKey(stream, spot), this.#now());
    }
    const n = this.flush(stream, spot);
    this.#keepLater(stream, spot);
    replica.rest(spot);
    this.#show(stream, replica, spot, touch);
    return n;
  }

  /** @param {string} stream @param {Spot} spot @param {boolean} on */
  compose(stream, spot, on) {
    const { replica } = this.#follows.get(stream);
    const writing = replica.write(spot.id, spot.field);
    const touch = new Touched();
    replica.moved(spot, writing.shown, writing.compose(on), touch);
    if (on) return;
    this.flush(stream, spot);
    this.#keepLater(stream, spot);
    this.#show(stream, replica, spot, touch);
  }

  /** Asks what was typed, if nothing of the same text is unanswered. @param {string} stream @param {Spot} spot @returns {number | null} */
  flush(stream, spot) {
    const { replica, isLoading } = this.#follows.get(stream);
    const writing = replica.writing(spot.id, spot.field);
    const open = this.#edits.get(textKey(stream, spot));
    if (open && !open.isSent && writing?.hasLater) return this.#fold(open, replica);
    if (!writing?.hasLater || writing.sent !== null || isLoading || replica.seq < writing.waitFor) return null;
    return this.#ask(stream, spot, replica);
  }

  /** Everything that may be asked now. @param {string} stream */
  flushAll(stream) {
    for (const [spot] of [...this.#follows.get(stream).replica.writings()]) this.flush(stream, spot);
  }

  /** @param {string} stream @param {Spot} spot @param {Replica} replica */
  #ask(stream, spot, replica) {
    const writing = replica.write(spot.id, spot.field);
    const from = writing.from;
    const op = { type: "edit_text", id: spot.id, field: spot.field, splices: writing.take() };
    if (!inMessages(op)) return this.#giveBack(stream, spot, op, writing.shown);
    const pending = this.#outbox.add({ stream, op, base: replica.seq, changes: [], spot, from });
    pending.isLaid = true;
    const key = textKey(stream, spot);
    this.#edits.set(key, pending);
    this.#keepLater(stream, spot);
    this.#outbox.offer(pending);
    this.#asked(pending, key);
    return pending.n;
  }

  /** @param {string} stream @param {Spot} spot @param {Op} op @param {string} text */
  #giveBack(stream, spot, op, text) {
    const touch = new Touched();
    this.abandon(stream, spot, touch);
    this.#show(stream, this.#follows.get(stream).replica, spot, touch);
    this.#tooLong(stream, op, text);
    return null;
  }

  /** Typing goes into an edit that nobody has been sent yet. @param {Pending} pending @param {Replica} replica */
  #fold(pending, replica) {
    const spot = /** @type {Spot} */ (pending.spot);
    const writing = replica.write(spot.id, spot.field);
    writing.fold();
    this.#keepLater(pending.stream, spot);
    if (!writing.sent?.length) {
      writing.withdraw();
      return this.#drop(pending);
    }
    const op = { ...pending.op, splices: writing.sent };
    if (!inMessages(op)) {
      this.#drop(pending);
      return this.#giveBack(pending.stream, spot, op, writing.shown);
    }
    pending.base = replica.seq;
    pending.from = writing.from;
    pending.op = op;
    this.#outbox.keep(pending);
    return pending.n;
  }

  /** Its number is not used after all. @param {Pending} pending */
  #drop(pending) {
    this.forget(pending);
    this.#outbox.remove(pending);
    this.#dropped(pending.n);
    return null;
  }

  // Answers

  /** The edit is no longer under way. @param {Pending} pending */
  forget(pending) {
    const key = pending.spot && textKey(pending.stream, pending.spot);
    if (key && this.#edits.get(key) === pending) this.#edits.delete(key);
  }

  /** The edit is among what is confirmed already, or will never be. @param {Pending} pending @param {Touched} touch */
  withdraw(pending, touch) {
    const { spot, isLaid, stream } = pending;
    const replica = this.#follows.get(stream).replica;
    const writing = spot && isLaid && replica.writing(spot.id, spot.field);
    if (spot && writing) replica.moved(spot, writing.shown, writing.withdraw(), touch);
  }

  /** Gives up all that is not confirmed of a text. @param {string} stream @param {Spot} spot @param {Touched} touch */
  abandon(stream, spot, touch) {
    const { replica } = this.#follows.get(stream);
    const writing = replica.writing(spot.id, spot.field);
    if (!writing) return;
    replica.moved(spot, writing.shown, writing.abandon(), touch);
    this.#keepLater(stream, spot);
  }

  /**
   * The edit becomes typing again, to be asked anew once entry `after` is applied.
   * @param {Pending} pending
   * @param {number} after
   */
  untake(pending, after) {
    const { stream } = pending;
    const spot = /** @type {Spot} */ (pending.spot);
    const writing = this.#follows.get(stream).replica.write(spot.id, spot.field);
    this.forget(pending);
    this.#outbox.remove(pending);
    writing.untake();
    writing.waitFor = after;
    this.#keepLater(stream, spot);
    return writing;
  }

  /** The entries that edits waited for were of another life of the database, and may never come. */
  waitNoMore() {
    for (const [, { replica }] of this.#follows.all) {
      for (const [, writing] of replica.writings()) writing.waitFor = 0;
    }
  }

  /** The words of an edit that was never laid over the view are typed in. @param {Pending} pending */
  takeUp(pending) {
    const { client, n, stream, base, op, changes, spot, from } = pending;
    this.#outbox.remove(pending);
    this.adopt(client, { kind: "text", n, stream, base, op, changes, spot, from, splices: op.splices });
    this.resumeFound(stream);
    this.flush(stream, /** @type {Spot} */ (spot));
  }

  /**
   * An item is in another stream now: what is written in it and is not confirmed goes on there. On screen that is one
   * step, from what was shown to what is: a caret behind words that left and came back would stand before them.
   * @param {string} from
   * @param {string} to
   * @param {string} id
   */
  carry(from, to, id) {
    const replica = this.#follows.find(from)?.replica;
    if (!replica) return;
    for (const [spot, writing] of [...replica.writings()]) {
      if (spot.id !== id) continue;
      const { from: before, shown, isComposing } = writing;
      const typed = splicesBetween(before, shown);
      const edit = this.#edits.get(textKey(from, spot));
      if (edit) this.#drop(edit);
      this.abandon(from, spot, new Touched());
      const now = this.#follows.get(to).replica.write(spot.id, spot.field).shown;
      if (isComposing) this.compose(to, spot, true);
      const text = applySplices(now, rebase(typed, splicesBetween(before, now)));
      const touch = new Touched();
      touch.texts.push({ ...spot, before: shown, splices: splicesBetween(shown, text) });
      this.type(to, spot, text, touch);
      this.#show(from, replica, spot);
    }
  }

  /** Whether anything in it is not confirmed. @param {string} stream */
  isBusy(stream) {
    const { replica } = this.#follows.get(stream);
    return this.#found.some(({ record }) => record.stream === stream) || ![...replica.writings()].every(([, w]) => w.isIdle);
  }

  /**
   * Typing without a number in a stream that takes nothing any more, as the person sees it.
   * @param {string} stream
   * @param {Touched} touch
   */
  giveUpTyped(stream, touch) {
    const writings = [...this.#follows.get(stream).replica.writings()].filter(([, writing]) => !writing.isIdle);
    return writings.map(([spot, { shown }]) => {
      this.abandon(stream, spot, touch);
      return shown;
    });
  }

  /** Typing that other pages left in a stream that takes nothing any more. @param {string} stream @returns {string[]} */
  giveUpFound(stream) {
    const found = this.#found.filter(({ record }) => record.stream === stream);
    this.#found = this.#found.filter(({ record }) => record.stream !== stream);
    return found.map(({ client, record }) => {
      this.#queue.remove(client, textKey(stream, /** @type {Spot} */ (record.spot)));
      return applySplices(record.from, record.splices);
    });
  }

  // Queues

  /** @param {string} client @param {Kept} record */
  adopt(client, record) {
    this.#found.push({ client, record });
  }

  /**
   * Lays an adopted edit over the view. Where someone here has an edit of the same text under way
   * it is only sent, and comes back as anybody's.
   * @param {Pending} pending
   */
  resume(pending) {
    const { stream, from, op } = pending;
    const spot = /** @type {Spot} */ (pending.spot);
    const { replica } = this.#follows.get(stream);
    const writing = replica.write(spot.id, spot.field);
    if (writing.sent !== null) return;
    const touch = new Touched();
    const before = writing.shown;
    replica.moved(spot, before, writing.resume({ from, splices: op.splices }), touch);
    pending.isLaid = true;
    this.#edits.set(textKey(stream, spot), pending);
    this.#show(stream, replica, spot, touch);
  }

  /** Goes on with typing that other pages left. @param {string} stream */
  resumeFound(stream) {
    const found = this.#found.filter(({ record }) => record.stream === stream);
    if (!found.length) return;
    this.#found = this.#found.filter(({ record }) => record.stream !== stream);
    const { replica } = this.#follows.get(stream);
    for (const { client, record } of found) {
      const spot = /** @type {Spot} */ (record.spot);
      const writing = replica.write(spot.id, spot.field);
      const touch = new Touched();
      const before = writing.shown;
      replica.moved(spot, before, writing.resumeLater(record), touch);
      this.#keepLater(stream, spot);
      this.#queue.remove(client, textKey(stream, spot));
      this.#show(stream, replica, spot, touch);
    }
  }

  /** Keeps what was typed and has no number yet. @param {string} stream @param {Spot} spot */
  #keepLater(stream, spot) {
    const key = textKey(stream, spot);
    const kept = this.#follows.get(stream).replica.writing(spot.id, spot.field)?.laterKept;
    if (kept) {
      const rest = { n: Number.MAX_SAFE_INTEGER, base: 0, op: null, changes: [] };
      this.#queue.put(this.#outbox.client, key, { kind: "text", stream, spot, ...kept, ...rest });
      this.#kept.add(key);
    } else if (this.#kept.delete(key)) {
      this.#queue.remove(this.#outbox.client, key);
    }
  }

  /** Another page has the queue now. */
  beginAnew() {
    this.#found = [];
    this.#typedAt.clear();
    this.#kept.clear();
    this.#edits.clear();
  }

  // Inside

  /** @param {string} stream @param {Replica} replica @param {Spot} spot @param {Touched} [touch] */
  #show(stream, replica, spot, touch = new Touched()) {
    touch.add(spot.id);
    replica.refresh(touch);
    this.#changed(stream, touch);
  }
}
