/** How many asks were answered since this page was away, and how many of them came true. Refusals may be told before the count or after it. Pure. */
export class Answered {
  #unsent = 0;
  #answered = 0;
  #refused = 0;

  get unsent() {
    return this.#unsent;
  }

  /** What came true. */
  get sent() {
    return Math.max(0, this.#answered - this.#refused);
  }

  /** @param {number} unsent so many wait for an answer now */
  count(unsent) {
    this.#answered += Math.max(0, this.#unsent - unsent);
    this.#unsent = unsent;
  }

  refuse() {
    this.#refused += 1;
  }

  /** From here on. */
  begin() {
    this.#answered = 0;
    this.#refused = 0;
  }
}
