/**
 * Reactions to the room: they rise over the board for a moment, those of one kind together with their number, and are said
 * now and then. Presence, and nothing that stays; those who lead can switch them off.
 */
import { html, nothing, render } from "lit-html";
import { face, glyph, icon } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { allowCheers } from "./ops_together.js";
import { REACTIONS, reactionName } from "./papers.js";

/** As long as a reaction is seen. */
const SEEN_MS = 3_600;
/** Those of one kind that come within this time are one. */
const TOGETHER_MS = 700;
const SAID_MS = 5_000;
const MOST = 10;
/** A hand that presses faster than the server tells (limits.py) is not shown more often either. */
const [PER_MS, BURST] = [500, 5];
/** Of one person at once, when some were merged on the way. */
const MERGED = 5;
const WRITERS = new Set(["host", "participant", "expert"]);

/**
 * @typedef {{
 *   box: HTMLElement, model: import("./model.js").Model, presence: import("./presence.js").Presence, popover: import("./panels/popover.js").Popover,
 *   say: (words: string) => void, tell: (words: string) => void, now?: () => number,
 * }} Parts
 */
export class Cheering {
  /** How many of each person were seen. @type {Map<string, number>} */
  #counted = new Map();
  /** @type {Map<string, {node: HTMLElement, n: number, at: number}>} the newest of each kind */
  #rising = new Map();
  /** @type {Map<string, number>} what has not been said yet */
  #unsaid = new Map();
  #saying = 0;
  #sent = 0;
  /** When presses are free again. */
  #freeAt = 0;
  #clearing = 0;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    this.now = parts.now ?? (() => performance.now());
    parts.presence.onChange((changed) => this.#heard(changed));
    signal.addEventListener("abort", () => (clearTimeout(this.#saying), clearTimeout(this.#clearing)));
  }

  get isOff() {
    return Boolean(this.parts.model.workshop.fields.cheers_off);
  }

  /** May I? While others write silently nobody shows anything. */
  get may() {
    const { model } = this.parts;
    return !this.isOff && !model.ended && (model.leads || (WRITERS.has(model.role) && model.workshop.fields.stage !== "silent"));
  }

  /** @param {boolean} on of those who lead */
  allow(on) {
    const { model, tell } = this.parts;
    model.sync.ask(model.who.workshop, allowCheers(on));
    tell(on ? t("Everyone can react again.") : t("Nobody can react to the room now."));
  }

  // What is pressed

  /** The button beside the field; nothing for who may not. */
  button() {
    if (!this.may) return nothing;
    return html`<button type="button" class="tool cheer-button" aria-haspopup="true" aria-label=${t("React for everyone to see")} data-tip=${t("React for everyone to see")} @click=${(/** @type {Event} */ e) => this.open(/** @type {HTMLElement} */ (e.currentTarget))}>${icon("smile")}</button>`;
  }

  /** @param {HTMLElement} anchor */
  open(anchor) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const content = html`<div class="faces" role="group" aria-label=${t("React for everyone to see")}>${REACTIONS.map((one) => html`<button type="button" class="tool face" aria-label=${reactionName(one)} data-tip=${reactionName(one)} @click=${() => this.send(one)}>${face(one)}</button>`)}</div>`;
    popover.open(anchor, content, { label: t("React for everyone to see"), role: "group", className: "popover--faces" });
  }

  /** @param {string} reaction */
  send(reaction) {
    const { presence, say } = this.parts;
    const now = this.now();
    if (!this.may || Math.max(this.#freeAt, now) + PER_MS > now + BURST * PER_MS) return;
    this.#freeAt = Math.max(this.#freeAt, now) + PER_MS;
    presence.show({ cheer: { reaction, n: ++this.#sent } });
    this.#rise(reaction, 1);
    say(reactionName(reaction));
    clearTimeout(this.#clearing);
    // Whoever comes later sees no old ones.
    this.#clearing = window.setTimeout(() => presence.show({ cheer: null }), SEEN_MS);
  }

  // What is seen

  /** @param {ReadonlySet<string>} changed */
  #heard(changed) {
    for (const person of changed) {
      const shown = this.parts.presence.people.get(person);
      const { reaction = "", n = 0 } = shown?.cheer ?? {};
      const before = this.#counted.get(person);
      if (!shown) this.#counted.delete(person);
      else if (n || before === undefined) this.#counted.set(person, n);
      // Of who has just come nothing is known: what they showed before is over.
      if (before === undefined || n <= before || this.isOff || !REACTIONS.includes(reaction)) continue;
      const more = Math.min(n - before, MERGED);
      this.#rise(reaction, more);
      this.#unsaid.set(reaction, (this.#unsaid.get(reaction) ?? 0) + more);
      if (!this.#saying) this.#saying = window.setTimeout(() => this.#say(), SAID_MS);
    }
  }

  #say() {
    this.#saying = 0;
    const words = [...this.#unsaid].map(([reaction, n]) => `${n} × ${reactionName(reaction)}`).join(", ");
    this.#unsaid.clear();
    this.parts.say(t("Reactions: {words}", { words }));
  }

  /** @param {string} reaction @param {number} more */
  #rise(reaction, more) {
    const now = this.now();
    const last = this.#rising.get(reaction);
    if (last && now - last.at < TOGETHER_MS) {
      last.n += more;
      return count(last.node, last.n);
    }
    const { box } = this.parts;
    if (box.childElementCount >= MOST) box.firstElementChild?.remove();
    const node = document.createElement("span");
    node.className = `cheer cheer--${REACTIONS.indexOf(reaction)}`;
    node.append(glyph(`r-${reaction}`, "r"), document.createElement("b"));
    count(node, more);
    box.append(node);
    this.#rising.set(reaction, { node, n: more, at: now });
    setTimeout(() => node.remove(), SEEN_MS);
  }
}

/** One is not counted. @param {HTMLElement} node @param {number} n */
function count(node, n) {
  render(n > 1 ? `× ${n}` : nothing, /** @type {HTMLElement} */ (node.lastElementChild));
}
