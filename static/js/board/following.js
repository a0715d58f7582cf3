/**
 * Seeing what somebody else sees: whoever leads the room, or a person of one's own choice. Moving the board, the list or
 * the phone's zone by oneself ends it; writing holds it, so that nobody's words go out of sight (design 1.5).
 */
import { html, nothing } from "lit-html";
import { icon, isWriting } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { TEXT_FIELD } from "./model.js";
import { Moving } from "./moving.js";

const CHOSEN = "follows";
const STOPPED = "unfollowed";
/** The first way there is announced, and slow enough to be followed with the eyes. */
const ANNOUNCED_MS = 1_000;
const [FIRST_MS, NEXT_MS] = [420, 160];
/** What they look at is said aloud at most so often. */
const SAID_MS = 4_000;
const HELD_MS = 500;
const WORDS_SAID = 80;
const OWN_KEYS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"]);

/**
 * @typedef {{
 *   main: HTMLElement, model: import("./model.js").Model, guides: import("./guides.js").Guides, leading: import("./leading.js").Leading,
 *   presence: import("./presence.js").Presence, whereabouts: import("./presence.js").Presence, viewpoint: import("./viewpoint.js").Viewpoint,
 *   seats: import("./seats.js").Seats, popover: import("./panels/popover.js").Popover, views: import("./views.js").Views, look: import("./tools/look.js").Look,
 *   boxes: {list: HTMLElement, phone: HTMLElement, tabs: HTMLElement}, go: (board: string) => void, changed: (ids: Set<string>) => void,
 *   draw: () => void, alert: (words: string) => void, say: (words: string) => void, tell: (words: string) => void,
 * }} Parts
 */
export class Following {
  /** Whom I chose myself. */
  #chosen = sessionStorage.getItem(CHOSEN) ?? "";
  /** The leading that I do not follow, by its beginning. */
  #stopped = Number(sessionStorage.getItem(STOPPED) ?? 0);
  /** Whom I followed when this page looked last. */
  #was = "";
  /** Have I heard of whom I chose, since this page came? */
  #met = false;
  #from = 0;
  #seen = "";
  #timer = 0;
  #saidAt = -Infinity;
  #said = "";
  /** @type {string | null} what they point at */
  #item = null;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    const { model, guides, presence, views, look, boxes } = parts;
    this.#here = model.who.board.slice("board:".length);
    this.moving = new Moving({ here: this.#here, go: parts.go, draw: parts.draw }, signal);
    guides.addEventListener("change", () => this.#compare(), { signal });
    presence.onChange((changed) => changed.has(this.target) && this.#see());
    for (const type of ["change", "loaded"]) model.sync.on(type, (/** @type {{stream: string}} */ e) => e.stream === model.who.workshop && this.#compare());
    views.addEventListener("change", () => this.#again(), { signal });
    look.surface.addEventListener("steered", () => this.stop(), { signal });
    for (const box of [boxes.list, boxes.phone]) {
      for (const type of ["wheel", "touchmove"]) box.addEventListener(type, () => this.stop(), { signal, passive: true });
      box.addEventListener("keydown", (e) => OWN_KEYS.has(/** @type {KeyboardEvent} */ (e).key) && !isWriting(e.target) && this.stop(), { signal });
    }
    boxes.tabs.addEventListener("click", () => this.stop(), { signal });
    boxes.list.addEventListener("click", (e) => /** @type {Element} */ (e.target).closest(".lv__link") && this.stop(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  #here;

  /** Whom I follow now; empty: nobody. */
  get target() {
    const { guides, leading, model } = this.parts;
    if (this.#chosen) return this.#chosen;
    const { leader } = guides;
    if (!leader || leading.isOn || model.leads || leader.since === this.#stopped) return "";
    return this.#canSee(leader.person) ? leader.person : "";
  }

  /** People at tables stay there; whoever shows what I see has me before them, not behind. @param {string} person */
  #canSee(person) {
    const { guides, seats } = this.parts;
    const at = guides.at(person) ?? this.#here;
    return !guides.seesMe(person) && (at === this.#here || (!seats.mine && this.#isOpen(at)));
  }

  /** A board that I may go to. @param {string} board */
  #isOpen(board) {
    const { model, seats } = this.parts;
    const item = model.workshop.items.get(board);
    const table = item?.table ? model.workshop.items.get(item.table) : undefined;
    return Boolean(item) && (!table || model.leads || Boolean(table.shown) || seats.mine?.id === table.id);
  }

  /** Am I here because of whom I follow, and not at my own table? */
  get holds() {
    const { target } = this;
    return Boolean(target) && (this.parts.guides.at(target) ?? this.#here) === this.#here;
  }

  /** @param {string} id */
  isPointedAt(id) {
    return this.#item === id;
  }

  // What is pressed

  /** By name, or no longer. @param {string} person */
  toggle(person) {
    if (this.target === person) return this.stop();
    const { guides, model, tell } = this.parts;
    if (guides.seesMe(person)) return tell(t("{name} follows you.", { name: model.name(person) }));
    this.#keep(person, 0);
  }

  /** Whoever leads, again. */
  follow() {
    this.#keep("", 0);
  }

  stop() {
    const { target } = this;
    if (!target) return;
    const { guides, model, say } = this.parts;
    this.#keep("", guides.leader?.since ?? 0);
    say(t("You no longer follow {name}.", { name: model.name(target) }));
  }

  /** One key for both. */
  press() {
    if (this.target) this.stop();
    else this.follow();
  }

  /** @param {string} chosen @param {number} stopped */
  #keep(chosen, stopped) {
    this.#chosen = chosen;
    this.#stopped = stopped;
    sessionStorage.setItem(CHOSEN, chosen);
    sessionStorage.setItem(STOPPED, String(stopped));
    this.#compare();
  }

  // What follows

  #compare() {
    const { main, model, guides, whereabouts, look, alert, tell } = this.parts;
    if (!model.sync.isLoaded(model.who.workshop)) return;
    const was = this.#met;
    this.#met = Boolean(this.#chosen) && guides.knows(this.#chosen);
    if (this.#chosen && was && !this.#met) {
      tell(t("{name} is not here any more.", { name: model.name(this.#chosen) }));
      return this.#keep("", this.#stopped);
    }
    const { target } = this;
    if (target !== this.#was) {
      this.#was = target;
      this.#seen = "";
      this.#from = performance.now() + ANNOUNCED_MS;
      if (target) alert([target === guides.leader?.person ? t("{name} leads.", { name: model.name(target) }) : "", this.#words].filter(Boolean).join(" "));
    }
    whereabouts.show({ follows: target || null });
    main.classList.toggle("is-following", Boolean(target));
    look.isLed = Boolean(target);
    this.#goAlong(target);
    this.#see();
    this.#draw();
  }

  #drawn = "";

  /** Everybody who comes or goes is heard of; few of them change what stands among the notices. */
  #draw() {
    const { leader } = this.parts.guides;
    const key = [this.target, this.moving.to, leader?.person, leader?.since].join();
    if (key !== this.#drawn) this.parts.draw();
    this.#drawn = key;
  }

  /** To the board where they are. @param {string} target */
  #goAlong(target) {
    const at = target ? this.parts.guides.at(target) : null;
    if (!at || at === this.#here || !this.#isOpen(at)) return this.moving.to ? this.moving.stop() : undefined;
    if (this.moving.to !== at) this.moving.begin(at, false);
  }

  /** In the middle of a sentence, or of a choice beside a note. */
  get #isHeld() {
    return this.moving.isBusy || this.parts.popover.isIn(this.parts.look.surface.root);
  }

  #again() {
    this.#seen = "";
    this.#see();
  }

  #see() {
    clearTimeout(this.#timer);
    const { presence, viewpoint } = this.parts;
    const view = this.target ? presence.people.get(this.target)?.view : undefined;
    this.#pointAt(view?.item ?? null);
    const key = JSON.stringify(view ?? null);
    if (!view || key === this.#seen) return;
    const wait = this.#isHeld ? HELD_MS : this.#from - performance.now();
    if (wait > 0) {
      this.#timer = window.setTimeout(() => this.#see(), wait);
      return;
    }
    viewpoint.see(view, this.#seen ? NEXT_MS : FIRST_MS);
    this.#seen = key;
    this.#tell(view);
  }

  /** Its ring, in every view. @param {string | null} id */
  #pointAt(id) {
    if (id === this.#item) return;
    const both = new Set(/** @type {string[]} */ ([id, this.#item].filter(Boolean)));
    this.#item = id;
    this.parts.changed(both);
  }

  /** For who does not see it: what they look at, now and then. @param {import("./viewpoint.js").View} view */
  #tell({ region = "", item = "" }) {
    const { model, say } = this.parts;
    const found = model.item(item);
    const name = model.name(this.target);
    const text = found ? String(found[TEXT_FIELD[found.kind] ?? "text"] ?? "").slice(0, WORDS_SAID) : "";
    const title = model.regionTitle(region);
    const words = text ? t("{name} points at: {words}", { name, words: text }) : title ? t("{name} looks at “{title}”.", { name, title }) : "";
    if (!words || words === this.#said || performance.now() - this.#saidAt < SAID_MS) return;
    this.#said = words;
    this.#saidAt = performance.now();
    say(words);
  }

  // What the page says about it

  get #words() {
    const { model, look } = this.parts;
    const name = model.name(this.target);
    // Only where there is a board to move: on a phone and in the list the button is enough.
    return look.surface.root.hidden ? t("You are following {name}.", { name }) : t("You are following {name}. Move the board to stop.", { name });
  }

  notice() {
    const { model, guides, leading } = this.parts;
    const { leader } = guides;
    if (this.target) return this.#line("room", this.moving.to ? this.#away : this.#words, t("Stop following"), () => this.stop());
    if (!leader || leading.isOn || guides.seesMe(leader.person)) return nothing;
    return this.#line("plain", t("{name} leads.", { name: model.name(leader.person) }), t("Follow"), () => this.#join(leader.person));
  }

  /** Those who lead, and people at tables, follow by their own wish. @param {string} person */
  #join(person) {
    this.follow();
    if (!this.target) this.#keep(person, 0);
  }

  /** They have gone to another board. */
  get #away() {
    const { model } = this.parts;
    const name = model.name(this.target);
    const title = model.words(model.workshop.items.get(this.moving.to ?? "") ?? {}, "title");
    return this.moving.isBusy ? t("{name} has gone to “{title}”. You go along when you have finished writing.", { name, title }) : t("{name} goes to “{title}”. You go along.", { name, title });
  }

  /** @param {string} look @param {string} words @param {string} label @param {() => void} act */
  #line(look, words, label, act) {
    return html`<p class="notice notice--${look} notice--room-acts"><span>${icon("follow", "i--16")} ${words}</span><button type="button" class="btn btn--s" @click=${act}>${label}</button></p>`;
  }
}
