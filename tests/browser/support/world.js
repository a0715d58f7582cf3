/** A browser whose clock, chance and network a test turns by hand. */
export class World {
  time = 0;
  timers = [];
  sockets = [];
  tickets = [];
  listeners = {};
  isOn = true;
  ticketStatus = 200;

  /** Of a line, in the order they were asked: {url, body, answer(status, value), cut()}. */
  requests = [];
  /** What is remembered for this visit. */
  kept = null;
  memory = { get: () => this.kept, set: (way) => (this.kept = way) };

  fetch = async (url, options) => {
    if (url.startsWith("/line")) return this.#request(url, options);
    this.tickets.push([url, options.method]);
    if (this.ticketStatus === 0) throw new TypeError("network");
    return { ok: this.ticketStatus === 200, status: this.ticketStatus, json: async () => ({ ticket: "t/1" }) };
  };
  open = (url) => {
    const socket = { url, sent: [], readyState: 0, send: (text) => socket.sent.push(JSON.parse(text)), close: () => (socket.isClosed = true) };
    this.sockets.push(socket);
    return socket;
  };
  #request(url, { body, signal }) {
    return new Promise((resolve, reject) => {
      const done = () => (this.requests = this.requests.filter((each) => each !== request));
      const request = {
        url,
        body,
        answer: (status, value) => (done(), resolve({ ok: status < 400, status, json: async () => value })),
        cut: () => (done(), reject(new TypeError("network"))),
      };
      this.requests.push(request);
      signal.addEventListener("abort", () => (done(), reject(new DOMException("aborted", "AbortError"))));
    });
  }

  /** The request under way whose address begins like this. */
  under(start) {
    return this.requests.find(({ url }) => url.startsWith(start));
  }

  now = () => this.time;
  random = () => 0.5;
  later = (act, ms) => {
    const timer = { act, at: this.time + ms };
    this.timers.push(timer);
    return timer;
  };
  forget = (timer) => (this.timers = this.timers.filter((each) => each !== timer));
  isOnLine = () => this.isOn;
  listen = (type, act) => (this.listeners[type] = act);

  get socket() {
    return this.sockets.at(-1);
  }

  /** The line is up and the server has greeted. */
  async greet() {
    await settled();
    this.socket.readyState = 1;
    this.socket.onopen();
    this.hear({ type: "welcome", epoch: "one", now: 0, person: "ana", last: {} });
  }

  hear(message) {
    this.socket.onmessage({ data: JSON.stringify(message) });
  }

  async pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      this.forget(next);
      next.act();
      await settled();
    }
    this.time = end;
  }
}

export async function settled() {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
