/**
 * What of the board is opened later: the wings of the house. Each is a file of its own (`wings/`) that holds what many
 * people never need, or not at once. It is fetched when the board becomes of its kind, when somebody presses what leads
 * there, or when the page has nothing else to do, so that a line that breaks later takes nothing away.
 *
 * @typedef {{
 *   records: typeof import("./wings/records.js"), maps: typeof import("./wings/maps.js"), sheets: typeof import("./wings/sheets.js"),
 *   playback: typeof import("./wings/playback.js"), leading: typeof import("./wings/leading.js"), deciding: typeof import("./wings/deciding.js"),
 *   findings: typeof import("./wings/findings.js"),
 * }} Modules
 * @typedef {keyof Modules} Name
 * @typedef {{urls: Record<string, string>, sheet: string, load?: (url: string) => Promise<any>, style?: (url: string) => Promise<void>}} Where `urls`: by name; `sheet`: the look of all of them
 */
import { methodOf } from "./records/methods.js";
import { LEADS } from "./rights.js";

/** So long nobody is told that they wait. */
const PATIENCE_MS = 600;
/** After the board can be used: those who write at once are not to share their line. */
const IDLE_AFTER_MS = 4_000;
/** So long what somebody types after a press is meant for what they opened. */
const HANDS_MS = 3_000;
/** Fetched beforehand by everybody; the playback is a page of its own. @type {Name[]} */
const AHEAD = ["sheets", "deciding", "leading", "findings", "maps", "records"];

/** Without which a board of these fields cannot be shown. @param {Record<string, any>} fields @returns {Name[]} */
export function wingsOf(fields) {
  if (methodOf(fields)) return ["records"];
  if (fields.layout === "graph") return ["maps"];
  return fields.method ? ["findings"] : [];
}

/** Without which this person does not see what goes on in a workshop. @param {Iterable<Record<string, any>>} items of the workshop @param {string | undefined} role @returns {Name[]} */
export function wingsFor(items, role) {
  /** @type {Name[]} */
  const needed = LEADS.has(role ?? "") ? ["leading"] : [];
  for (const { kind, state } of items) if ((kind === "vote" || kind === "consent") && state === "open") return [...needed, "deciding"];
  return needed;
}

export class Wings {
  /** @type {Map<Name, Promise<any>>} */
  #coming = new Map();
  /** What is there, once it is. @type {Map<Name, any>} */
  #here = new Map();
  /** @type {Map<Name, (wing: any) => void>} */
  #furnish = new Map();
  /** What did not come, and how to try again. @type {Map<Name, () => void>} */
  #missing = new Map();
  /** @type {Map<Name, number>} */
  #failures = new Map();
  /** Who waits to hear that it did not come. @type {Map<Name, (() => void)[]>} */
  #waiting = new Map();
  /** Of what people know that they wait for it. @type {Set<Name>} */
  #told = new Set();
  /** Until when what is typed is meant for a wing that was pressed for (ms since the page began). */
  #handsUntil = 0;
  #tries = 0;
  #isOnLine = false;
  /** @type {Promise<void> | null} */
  #look = null;

  /** @param {Where} where */
  constructor({ urls, sheet, load = (url) => import(url), style = addSheet }) {
    this.urls = urls;
    this.sheet = sheet;
    this.load = load;
    this.style = style;
    /** Told how it stands: words are others' business. @type {(what: "coming" | "here" | "missing") => void} */
    this.tell = () => {};
  }

  /** How it is furnished when it comes, once, before anybody else enters. @template {Name} N @param {N} name @param {(wing: Modules[N]) => void} furnish */
  when(name, furnish) {
    this.#furnish.set(name, furnish);
    // It may be there before the house is: whoever furnishes it is being made just now.
    if (this.#here.has(name)) queueMicrotask(() => furnish(this.#here.get(name)));
  }

  /** Is it open? @param {Name} name */
  has(name) {
    return this.#here.has(name);
  }

  /** When something did not come, and was tried several times: only a page loaded anew helps, as after an update of the server. */
  get isLost() {
    return this.#missing.size > 0 && this.#tries > 1;
  }

  /**
   * Done when it is open. What does not come is tried again by `again`, so this never fails and no press is lost.
   * @template {Name} N @param {N} name @returns {Promise<Modules[N]>}
   */
  open(name) {
    const coming = this.#coming.get(name) ?? this.#fetch(name);
    this.#coming.set(name, coming);
    if (!this.#here.has(name)) setTimeout(() => this.#stillComing(name), PATIENCE_MS);
    return coming;
  }

  /**
   * As `open`, by somebody's hand: until it is there, what they type is not for the board.
   * @template {Name} N @param {N} name @returns {Promise<Modules[N]>}
   */
  press(name) {
    if (!this.#here.has(name) && !this.#missing.has(name)) this.#handsUntil = performance.now() + HANDS_MS;
    return this.open(name);
  }

  /** Is somebody typing into what is not there yet? Keys would otherwise act on the board: delete, group, move. */
  get takesKeys() {
    return performance.now() < this.#handsUntil;
  }

  /** @param {Name} name */
  #stillComing(name) {
    if (this.#here.has(name) || this.#missing.has(name)) return;
    this.#told.add(name);
    this.tell("coming");
  }

  /** Done when all of these have come, or did not at the first try. @param {readonly Name[]} names */
  async ready(names) {
    await Promise.all(names.map((name) => Promise.race([this.open(name), this.#failed(name)])));
  }

  /** What did not come is tried again when the line is back. @param {boolean} on */
  line(on) {
    if (on && !this.#isOnLine) this.again();
    this.#isOnLine = on;
  }

  /** ... or when somebody asks for it. */
  again() {
    if (!this.#missing.size) return;
    this.#tries += 1;
    const again = [...this.#missing.values()];
    this.#missing.clear();
    for (const one of again) one();
  }

  /** The rest, one after the other, once there is nothing else to do; not where somebody pays for bytes or waits for them. */
  ahead() {
    const line = /** @type {{saveData?: boolean, effectiveType?: string} | undefined} */ (/** @type {any} */ (navigator).connection);
    if (line?.saveData || /2g/.test(line?.effectiveType ?? "")) return;
    const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ act) => setTimeout(act, 200));
    const left = AHEAD.filter((name) => !this.#coming.has(name));
    const next = () => {
      const name = left.shift();
      // Nobody waits for it, so nobody is told when it does not come.
      if (name) idle(() => void this.#load(name).then(next, () => {}));
    };
    setTimeout(next, IDLE_AFTER_MS);
  }

  /** Browsers remember of an address that no module came from it: next time it is another one. @param {Name} name */
  async #load(name) {
    const n = this.#failures.get(name) ?? 0;
    try {
      const [wing] = await Promise.all([this.load(n ? `${this.urls[name]}?again=${n}` : this.urls[name]), this.#styled()]);
      return wing;
    } catch (error) {
      this.#failures.set(name, n + 1);
      throw error;
    }
  }

  /** @param {Name} name @returns {Promise<any>} */
  async #fetch(name) {
    for (;;) {
      try {
        const wing = await this.#load(name);
        this.#furnished(name, wing);
        this.#here.set(name, wing);
        this.#handsUntil = 0;
        if (this.#told.delete(name)) this.tell("here");
        return wing;
      } catch {
        await new Promise((again) => {
          this.#missing.set(name, () => again(undefined));
          this.#handsUntil = 0;
          this.#told.add(name);
          this.tell("missing");
          for (const heard of this.#waiting.get(name) ?? []) heard();
          this.#waiting.delete(name);
        });
      }
    }
  }

  /** A fault of ours is no broken line: people are told the same, and whoever looks for it finds it. @param {Name} name @param {any} wing */
  #furnished(name, wing) {
    try {
      this.#furnish.get(name)?.(wing);
    } catch (error) {
      console.error(error);
      throw error;
    }
  }

  /** @param {Name} name @returns {Promise<void>} */
  #failed(name) {
    if (this.#missing.has(name)) return Promise.resolve();
    return new Promise((done) => this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), done]));
  }

  /** The look of all wings is one sheet. */
  #styled() {
    this.#look ??= this.style(this.sheet).catch((error) => {
      this.#look = null;
      throw error;
    });
    return this.#look;
  }
}

/** After the sheet of the page, which it builds upon. @param {string} url @returns {Promise<void>} */
function addSheet(url) {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = url;
    link.onload = () => done();
    link.onerror = () => (link.remove(), failed(new Error(url)));
    document.head.append(link);
  });
}
