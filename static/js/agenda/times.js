// Times of day, here and in other cities. Which zones there are, the browser knows; one it does not know is not shown.
import { MINUTE } from "../board/plan.js";
import { daysIn } from "../lib/hours.js";

export class Times {
  /** Whose time the list shows; empty: this device's. */
  zone = "";
  /** @type {Map<string, Intl.DateTimeFormat>} */
  #formats = new Map();

  /** @param {string} lang */
  constructor(lang) {
    this.lang = lang;
  }

  /** When a step begins; without a beginning, how far in. @param {number | undefined} starts @param {number} minutes */
  at(starts, minutes) {
    if (starts === undefined) return `+${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    return this.time(starts + minutes * MINUTE, this.zone);
  }

  /** @param {number} at ms @param {string} [zone] */
  time(at, zone = "") {
    return this.#format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  }

  /** @param {number} at ms @param {string} [zone] */
  day(at, zone = "") {
    return this.#format(zone, { weekday: "short", day: "numeric", month: "long" }).format(at);
  }

  /** All zones this browser knows. @returns {string[]} */
  get zones() {
    return Intl.supportedValuesOf?.("timeZone") ?? [];
  }

  /** @param {string} zone */
  knows(zone) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }

  /** This device's own zone. */
  get here() {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  /** @param {string} zone @param {Intl.DateTimeFormatOptions} options */
  #format(zone, options) {
    const key = `${zone} ${Object.keys(options)}`;
    const known = this.#formats.get(key);
    if (known) return known;
    const made = daysIn(this.lang, { ...options, ...(zone ? { timeZone: zone } : {}) });
    this.#formats.set(key, made);
    return made;
  }
}

/** As a field for date and time has it, in this device's time. @param {number | undefined} at */
export function toField(at) {
  if (at === undefined) return "";
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);
}

/** @param {string} value @returns {number | null} */
export function fromField(value) {
  const at = new Date(value).getTime();
  return Number.isFinite(at) && at >= 0 ? at : null;
}
