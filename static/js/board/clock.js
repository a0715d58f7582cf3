// What time it is at the server: timers run by it, so that a watch that is wrong does not matter. Each answer that says
// `now` is a measurement, as good as it was quick.

const ROUGH_MS = 100;

export class ServerClock {
  #here;
  #offset = 0;
  /** How far off the offset may be. */
  #error = Infinity;
  #askedAt = 0;

  /** @param {() => number} [here] milliseconds that never jump */
  constructor(here = () => performance.timeOrigin + performance.now()) {
    this.#here = here;
    this.#offset = Date.now() - here();
  }

  /** Milliseconds since 1970, as the server counts them. */
  now() {
    return this.#here() + this.#offset;
  }

  /** The answer was slow: another question, with less to think about, is worth it. */
  get isRough() {
    return this.#error > ROUGH_MS;
  }

  /** Something goes out whose answer will say what time it is. @param {boolean} [afresh] by a new line: nothing else is under way */
  asked(afresh = false) {
    if (afresh || !this.#askedAt) this.#askedAt = this.#here();
  }

  /**
   * It has. The server read its clock somewhere between then and now; what we believed is kept while that can be so and
   * was measured better. After a sleep it cannot be so.
   * @param {number} now
   */
  heard(now) {
    if (!this.#askedAt) return;
    const here = this.#here();
    const [least, most] = [now - here, now - this.#askedAt];
    this.#askedAt = 0;
    const error = (most - least) / 2;
    const possible = least <= this.#offset && this.#offset <= most;
    if (possible && error >= this.#error) return;
    this.#offset = (least + most) / 2;
    this.#error = error;
  }
}
