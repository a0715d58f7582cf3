// A tiny server in memory that keeps the rules of docs/protocol.md a page depends on: journal
// order, resends, rebasing, tails, snapshots. Frames wait in queues that a test turns by hand.

import { State, applyChanges, inverseOf } from "../../../static/js/board/changes.js";
import { asked } from "../../../static/js/board/ops.js";
import { applySplices, rebase } from "../../../static/js/board/text.js";
import { Hashes } from "../../../static/js/board/hash.js";

export const BOARD = "board:AAAAAAAAAAAAAAAAAAAAAA";

export class Server {
  epoch = "one";
  tail = 2_000;
  now = 1_000;
  /** @type {any[]} entries with client, n and inverse */
  journal = [];
  state = new State({ layout: "free", question: "Why?" });
  dropped = new Set();
  sockets = new Set();
  refuse = null;

  /** A socket for this person's page. */
  connect(sync, person) {
    for (const socket of this.sockets) if (socket.client === sync.client) this.sockets.delete(socket);
    const socket = new ServerSocket(this, sync, person);
    this.sockets.add(socket);
    return socket;
  }

  snapshot() {
    const { fields, items } = this.state;
    return { epoch: this.epoch, seq: this.journal.length, state: { fields, items: structuredClone([...items.values()]) } };
  }

  /** Another life of the database, in which only the first `seq` entries happened. */
  restore(epoch, seq) {
    this.epoch = epoch;
    const kept = this.journal.slice(0, seq);
    this.journal = [];
    this.state = new State({ layout: "free", question: "Why?" });
    this.dropped.clear();
    for (const entry of kept) this.#commit(entry);
    for (const socket of this.sockets) socket.cut();
  }

  xor() {
    return new Hashes().xorOf(this.state);
  }

  ask(socket, { client, n, stream, base, op }) {
    const before = this.journal.find((entry) => entry.client === client && entry.n === n);
    if (before) {
      if (before.digest !== JSON.stringify([base, op])) return socket.out({ type: "refused", client, n, stream, code: "bad_op" });
      return socket.out({ type: "ack", client, n, stream, seq: before.seq });
    }
    const refusal = this.refuse?.(op);
    const decided = refusal ? { refused: refusal } : this.#decide(op, client, base, socket.person);
    if (decided.refused) {
      return socket.out({ type: "refused", client, n, stream, code: decided.refused, data: decided.data });
    }
    if (!decided.changes.length) return socket.out({ type: "ack", client, n, stream, seq: this.journal.length });
    const entry = {
      seq: this.journal.length + 1, by: socket.person, at: this.now, changes: decided.changes,
      client, n, digest: JSON.stringify([base, op]), inverse: inverseOf(this.state, decided.changes),
    };
    this.#commit(entry);
    socket.out({ type: "ack", client, n, stream, seq: entry.seq });
    for (const each of this.sockets) each.tell(entry.seq, entry.seq);
  }

  entries(from, to) {
    return this.journal.slice(from - 1, to).map(({ seq, by, at, changes }) => structuredClone({ seq, by, at, changes }));
  }

  #commit(entry) {
    applyChanges(this.state, entry.changes);
    for (const change of entry.changes) if ("drop" in change) this.dropped.add(change.drop);
    this.journal.push(entry);
  }

  #decide(op, client, base, person) {
    if (op.type === "edit_text") return this.#edit(op, base);
    if (op.type === "undo") return this.#undo(op, client, person);
    const changes = asked(op, this.state, { me: person, now: this.now }).changes;
    const isNew = op.type.startsWith("create_");
    if (isNew && (this.state.items.has(op.id) || this.dropped.has(op.id))) return { refused: "conflict" };
    if (!isNew && op.id && !this.state.items.has(op.id)) return { refused: "unknown", data: { id: op.id } };
    return { changes };
  }

  #edit({ id, field, splices }, base) {
    const owner = id === null ? this.state.fields : this.state.items.get(id);
    if (!owner) return { refused: "unknown", data: { id } };
    const text = owner[field] ?? "";
    const tooOld = { refused: "too_old", data: { id, field, text, seq: this.journal.length } };
    if (base < this.journal.length - this.tail || base > this.journal.length) return tooOld;
    let moved = splices;
    for (const edit of this.#editsSince(id, field, base)) moved = rebase(moved, edit);
    try {
      if (applySplices(text, moved) === text) return { changes: [] };
    } catch {
      return tooOld;
    }
    const patch = { text: { [field]: moved } };
    return { changes: [id === null ? { stream: patch } : { patch: id, ...patch }] };
  }

  #editsSince(id, field, seq) {
    return this.journal.slice(seq).flatMap(({ changes }) =>
      changes.flatMap((change) => {
        const patch = "stream" in change && id === null ? change.stream : change.patch === id ? change : null;
        return patch?.text?.[field] ? [patch.text[field]] : [];
      }),
    );
  }

  /** Takes back the fields and texts of an op that nobody else has touched since. */
  #undo({ n }, client, person) {
    const entry = this.journal.find((each) => each.client === client && each.n === n);
    if (!entry) return { refused: "unknown" };
    const later = this.journal.slice(entry.seq);
    const foreign = new Set(later.filter(({ by }) => by !== person).flatMap(({ changes }) => changes.flatMap(touches)));
    return { changes: entry.inverse.flatMap((change) => this.#back(change, foreign, entry.seq)) };
  }

  #back(change, foreign, seq) {
    const id = change.put?.id ?? change.drop ?? change.patch ?? null;
    if ("put" in change) return this.state.items.has(id) ? [] : [change];
    const owner = id === null ? this.state.fields : this.state.items.get(id);
    if (!owner) return [];
    if ("drop" in change) return [...foreign].some((key) => key.startsWith(`${id} `)) ? [] : [change];
    const patch = change.stream ?? change;
    const fields = Object.entries(patch.fields ?? {}).filter(([key, value]) => !foreign.has(`${id} ${key}`) && (owner[key] ?? null) !== value);
    const text = Object.entries(patch.text ?? {}).flatMap(([key, splices]) => {
      const moved = this.#editsSince(id, key, seq).reduce((now, edit) => rebase(now, edit), splices);
      try {
        return applySplices(owner[key] ?? "", moved) === (owner[key] ?? "") ? [] : [[key, moved]];
      } catch {
        return [];
      }
    });
    if (!fields.length && !text.length) return [];
    const back = { ...(fields.length && { fields: Object.fromEntries(fields) }), ...(text.length && { text: Object.fromEntries(text) }) };
    return [id === null ? { stream: back } : { patch: id, ...back }];
  }
}

function touches(change) {
  if ("put" in change) return [`${change.put.id} `];
  if ("drop" in change) return [`${change.drop} `];
  const patch = change.stream ?? change;
  const id = change.patch ?? null;
  return [...Object.keys(patch.fields ?? {}), ...Object.keys(patch.text ?? {})].map((key) => `${id} ${key}`);
}

/** One connection: frames to the server and back wait until they are turned. */
export class ServerSocket {
  toServer = [];
  toClient = [];
  following = false;
  isOpen = true;

  constructor(server, sync, person) {
    this.server = server;
    this.sync = sync;
    this.client = sync.client;
    this.person = person;
    sync.send = (message) => this.isOpen && this.toServer.push(structuredClone(message));
    sync.send(sync.opened());
  }

  out(message) {
    if (this.isOpen) this.toClient.push(structuredClone(message));
  }

  tell(from, to) {
    if (this.following) this.out({ type: "changes", stream: BOARD, from, to, entries: this.server.entries(from, to) });
  }

  /** One frame to the server. */
  up() {
    const message = this.toServer.shift();
    if (message) this.#hear(message);
    return Boolean(message);
  }

  /** One frame to the page. */
  down() {
    const message = this.toClient.shift();
    if (message) this.sync.receive(message);
    return Boolean(message);
  }

  cut() {
    this.isOpen = false;
    this.server.sockets.delete(this);
    this.sync.closed();
  }

  #hear(message) {
    const { server } = this;
    if (message.type === "ping") return this.out({ type: "pong", now: server.now });
    if (message.type === "op") return server.ask(this, message);
    if (message.type === "follow") return this.#follow(message);
    if (message.type === "hello") return this.#hello(message);
  }

  #hello({ epoch, clients, follow }) {
    const last = {};
    for (const client of Object.keys(clients)) {
      last[client] = Math.max(0, ...server_ns(this.server, client));
    }
    this.out({ type: "welcome", epoch: this.server.epoch, now: this.server.now, person: this.person, last });
    for (const entry of this.server.journal) {
      if (entry.n >= (clients[entry.client] ?? Infinity)) {
        this.out({ type: "ack", client: entry.client, n: entry.n, stream: BOARD, seq: entry.seq });
      }
    }
    for (const one of follow) this.#follow({ ...one, epoch });
  }

  #follow({ stream, seq, epoch = this.server.epoch }) {
    const head = this.server.journal.length;
    if (epoch !== this.server.epoch || seq < head - this.server.tail || seq > head) {
      return this.out({ type: "unfollowed", stream, code: "too_old" });
    }
    this.following = true;
    if (seq < head) this.tell(seq + 1, head);
  }
}

function server_ns(server, client) {
  return server.journal.filter((entry) => entry.client === client).map(({ n }) => n);
}

/** Turns all queues until nothing moves any more. Snapshots arrive between the turns. */
export async function quiet(server) {
  for (let still = 0; still < 3; ) {
    let moved = false;
    for (const socket of [...server.sockets]) {
      while (socket.up()) moved = true;
      while (socket.down()) moved = true;
    }
    await new Promise((resolve) => setImmediate(resolve));
    still = moved ? 0 : still + 1;
  }
}

/** Numbers that repeat: a small generator for seeded tests. */
export function seeded(seed) {
  let state = seed >>> 0 || 1;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most) => Math.floor(next() * most);
  return { next, below, pick: (list) => list[below(list.length)] };
}
