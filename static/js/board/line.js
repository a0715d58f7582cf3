// The line: what stands for a socket where none opens, POST and a held GET (docs/protocol.md 12).
// To socket.js it looks like a socket. LineEnd counts and knows no network; its twin is codesign/sync/line.py.

/** @typedef {import("./world.js").World} World */
/** @typedef {{first: number, messages: any[], close?: number}} Answer of a GET */
/** @typedef {{status: number, value: any}} Asked */

/** Letters in one POST: at most three bytes each, and 256 KiB are taken. */
const POST_LETTERS = 64 * 1024;
/** How long an answer may take on its way, beyond what it is held for. */
const PATIENCE_MS = 10_000;
/** A line that answers nothing for so long is over; the server gives it up soon after. */
const GIVE_UP_MS = 12_000;
const LEAST_PAUSE_MS = 250;
const MOST_PAUSE_MS = 2_000;
/** Who cuts a GET after this long does so because it was held, not because the network is gone. */
const CUT_AFTER_MS = 2_000;
const LEAST_HOLD = 3;
/** Stands for the status of such a GET. */
const CUT = 0;
/** ... and this long for a big answer to come in. */
const BODY_MS = 60_000;
/** However a line is refused: whether there is any point in another is for the ticket to say, not for some proxy. */
const GONE = 1006;

/** The page's side of the numbers: what was said and not yet taken, and how far was heard. */
export class LineEnd {
  /** @type {string[]} */
  #said = [];
  /** How many were taken. */
  #taken = 0;
  /** The number of the last message heard. */
  heard = 0;

  /** @param {string} text a message without a line break */
  say(text) {
    this.#said.push(text);
  }

  /** What the next POST carries (P12.3). @returns {{first: number, body: string} | null} */
  post() {
    if (!this.#said.length) return null;
    let [count, letters] = [1, this.#said[0].length];
    while (count < this.#said.length && letters + this.#said[count].length < POST_LETTERS) letters += this.#said[count++].length;
    return { first: this.#taken + 1, body: this.#said.slice(0, count).join("\n") };
  }

  /** @param {number} n the last number that the server took */
  taken(n) {
    const more = Math.min(n - this.#taken, this.#said.length);
    if (more <= 0) return;
    this.#said.splice(0, more);
    this.#taken += more;
  }

  /** Those that were not heard before (P12.5). @param {Answer} answer @returns {any[]} */
  hear({ first, messages }) {
    const fresh = messages.slice(Math.max(0, this.heard + 1 - first));
    this.heard = Math.max(this.heard, first + messages.length - 1);
    return fresh;
  }
}

export class HeldLine {
  /** As of a WebSocket: 0 connecting, 1 open, 3 closed. */
  readyState = 0;
  /** @type {(() => void) | null} */
  onopen = null;
  /** @type {((event: {data: any}) => void) | null} */
  onmessage = null;
  /** @type {((event: {code: number}) => void) | null} */
  onclose = null;
  #url;
  #world;
  #end = new LineEnd();
  #address = "";
  #hold = 0;
  #isSpeaking = false;
  #over = new AbortController();

  /** @param {string} url @param {string} ticket @param {Pick<World, "fetch" | "now" | "later" | "forget">} world */
  constructor(url, ticket, world) {
    this.#url = url;
    this.#world = world;
    void this.#open(ticket);
  }

  /** @param {string} text */
  send(text) {
    this.#end.say(text);
    // After this turn, so that what is said together goes together.
    void Promise.resolve().then(() => this.#speak());
  }

  close() {
    this.readyState = 3;
    this.#over.abort();
  }

  /** @param {string} ticket */
  async #open(ticket) {
    try {
      const answer = await this.#ask(this.#url, ticket, PATIENCE_MS);
      if (this.readyState !== 0) return;
      if (answer.status !== 201) return void this.#closed(GONE);
      const { line, hold } = answer.value;
      this.#address = `${this.#url}/${line}`;
      this.#hold = hold;
    } catch {
      return void this.#closed(GONE);
    }
    this.readyState = 1;
    this.onopen?.();
    void this.#speak();
    void this.#listen();
  }

  async #speak() {
    if (this.#isSpeaking || this.readyState !== 1) return;
    this.#isSpeaking = true;
    for (let post = this.#end.post(); post && this.readyState === 1; post = this.#end.post()) {
      const { first, body } = post;
      const answer = await this.#insist(() => this.#ask(`${this.#address}?first=${first}`, body, PATIENCE_MS));
      if (answer && answer.taken < first) this.#closed(GONE);
      else if (answer) this.#end.taken(answer.taken);
    }
    this.#isSpeaking = false;
  }

  async #listen() {
    while (this.readyState === 1) {
      const answer = await this.#insist(() => this.#get());
      if (!answer) return;
      for (const data of this.#end.hear(answer)) {
        if (this.readyState === 1) this.onmessage?.({ data });
      }
      if (answer.close) this.#closed(answer.close);
    }
  }

  /** @returns {Promise<Asked>} */
  async #get() {
    const { now } = this.#world;
    const asked = now();
    const url = `${this.#address}?after=${this.#end.heard}&hold=${this.#hold}`;
    const answer = await this.#ask(url, null, this.#hold * 1000 + PATIENCE_MS).catch(() => ({ status: 502, value: null }));
    if (answer.status < 500 || now() - asked < CUT_AFTER_MS || this.#hold === LEAST_HOLD) return answer;
    this.#hold = Math.max(LEAST_HOLD, Math.floor(this.#hold / 2));
    return { status: CUT, value: null };
  }

  /**
   * Asks until it is answered; the numbers see to it that nothing happens twice.
   * @param {() => Promise<Asked>} ask
   * @returns {Promise<any>} the answer; null when the line is over
   */
  async #insist(ask) {
    const { now } = this.#world;
    let since = now();
    for (let pause = LEAST_PAUSE_MS; this.readyState === 1; pause = Math.min(MOST_PAUSE_MS, pause * 2)) {
      try {
        const { status, value } = await ask();
        if (status === 200) return value;
        if (status === CUT) since = now();
        else if (status < 500) return this.#closed(GONE);
      } catch {
        // The network, or some proxy that answers for the server: again.
      }
      if (now() - since > GIVE_UP_MS) return this.#closed(GONE);
      await new Promise((resolve) => void this.#world.later(() => resolve(null), pause));
    }
    return null;
  }

  /** @param {string} url @param {string | null} body null: a GET @param {number} patience @returns {Promise<Asked>} */
  async #ask(url, body, patience) {
    const { fetch, later, forget } = this.#world;
    const cut = new AbortController();
    const stop = () => cut.abort();
    let timer = later(stop, patience);
    this.#over.signal.addEventListener("abort", stop);
    try {
      const method = body === null ? "GET" : "POST";
      const answer = await fetch(url, { method, body, credentials: "same-origin", cache: "no-store", signal: cut.signal });
      forget(timer);
      timer = later(stop, BODY_MS);
      return { status: answer.status, value: await answer.json() };
    } finally {
      forget(timer);
      this.#over.signal.removeEventListener("abort", stop);
    }
  }

  /** @param {number} code @returns {null} */
  #closed(code) {
    if (this.readyState === 3) return null;
    this.close();
    this.onclose?.({ code });
    return null;
  }
}
