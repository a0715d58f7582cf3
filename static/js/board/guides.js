// Who leads the view of everyone, where they are, and who follows whom, as the presence of the workshop has it (protocol
// 8.4). Whoever changes the board is gone for a moment: a page that is loaded is no end. No DOM.

const GONE_MS = 8_000;
const LEADS = new Set(["owner", "facilitator", "co-facilitator"]);
/** Longer chains of who follows whom are not looked along. */
const LONGEST = 40;

/** @typedef {{leads?: number, at?: string, follows?: string}} Whereabouts */

export class Guides extends EventTarget {
  /** @type {Map<string, Whereabouts>} */
  #known = new Map();
  /** @type {Map<string, unknown>} those who have gone, until it is believed */
  #gone = new Map();

  /**
   * @param {import("./model.js").Model} model @param {import("./presence.js").Presence} presence of the workshop
   * @param {{later?: (act: () => void, ms: number) => any, cancel?: (timer: any) => void}} [clock]
   */
  constructor(model, presence, { later = (act, ms) => setTimeout(act, ms), cancel = (timer) => clearTimeout(timer) } = {}) {
    super();
    this.model = model;
    this.presence = presence;
    this.later = later;
    this.cancel = cancel;
    presence.onChange((changed) => this.#heard(changed));
  }

  /** @param {ReadonlySet<string>} changed */
  #heard(changed) {
    for (const person of changed) {
      const shown = /** @type {Whereabouts | undefined} */ (this.presence.people.get(person));
      this.cancel(this.#gone.get(person));
      this.#gone.delete(person);
      if (shown) this.#known.set(person, shown);
      else if (this.#known.has(person)) this.#gone.set(person, this.later(() => this.#forget(person), GONE_MS));
    }
    this.dispatchEvent(new Event("change"));
  }

  /** @param {string} person */
  #forget(person) {
    this.#gone.delete(person);
    this.#known.delete(person);
    this.dispatchEvent(new Event("change"));
  }

  /** Whoever of the others leads; of several, who began last. @returns {{person: string, since: number} | null} */
  get leader() {
    let found = null;
    for (const [person, { leads: since }] of this.#known) {
      if (since === undefined || !LEADS.has(this.model.person(person)?.role ?? "")) continue;
      if (!found || since > found.since || (since === found.since && person > found.person)) found = { person, since };
    }
    return found;
  }

  /** The board where somebody is, as far as they say. @param {string} person */
  at(person) {
    return this.#known.get(person)?.at ?? null;
  }

  /** Is this person here, on whatever board? @param {string} person */
  knows(person) {
    return this.#known.has(person);
  }

  /** How many follow me. */
  get followers() {
    return [...this.#known.values()].filter((one) => one.follows === this.model.me).length;
  }

  /** Does this person see what I see, whatever they follow? Two who follow each other would never rest. @param {string} person */
  seesMe(person) {
    let at = person;
    for (let far = 0; far < LONGEST; far++) {
      const next = this.#known.get(at)?.follows;
      if (next === this.model.me) return true;
      if (!next) return false;
      at = next;
    }
    return true;
  }
}
