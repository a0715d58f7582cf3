/**
 * The workshop as it runs, put onto the board: the step and its timer for everyone; run bar and cockpit for those who
 * lead; and being taken along when a step is on another board.
 */
import { html, nothing, render } from "lit-html";
import { isWriting } from "../lib/dom.js";
import { keep, kept } from "../lib/keep.js";
import { t } from "../lib/words.js";
import { Moving } from "./moving.js";
import { all } from "./ops.js";
import { editStep, setTimer, startStep, stopNotice } from "./ops_steps.js";
import { openTables } from "./ops_tables.js";
import { Door } from "./panels/door.js";
import { whyNotOver } from "./panels/ending.js";
import { TimerFace } from "./panels/timer_face.js";
import { Running } from "./running.js";

/** @typedef {import("./model.js").Item} Step */
/** Below this width the cockpit lies over the board. */
const DRAWER = "(max-width: 1099px)";
const BACK_MS = 10_000;

/**
 * @typedef {{
 *   main: HTMLElement, runbar: HTMLElement, cockpit: HTMLElement, notice: HTMLElement, model: import("./model.js").Model,
 *   clock: import("./clock.js").ServerClock, popover: import("./panels/popover.js").Popover, notices: import("./panels/notices.js").Notices,
 *   present: () => string[], openPeople: (anchor: HTMLElement) => void, setStage: (stage: "open" | "locked") => void, vote: () => void, end: () => void,
 *   silence: () => {begin: (anonymous: boolean) => void, askToReveal: () => void} | undefined,
 *   alert: (words: string) => void, tell: (words: string) => void, changed: () => void, sized: () => void, land: () => void, back: () => void,
 *   code: string, wallUrl: string, agendaUrl: string,
 *   tables: () => unknown, consents: import("./consents.js").Consents, consent: (now: Step | undefined) => void, gathering: () => import("./panels/gathering.js").Gathering | undefined,
 * }} Parts
 */
export class Room {
  /** What was on when this page looked last. @type {{step: string | undefined, board: string | undefined} | null} */
  #seen = null;
  #isOpen = kept("cockpit", "1") === "1" && !matchMedia(DRAWER).matches;
  /** The step this page asked for: its own people need no notice. */
  #asked = "";
  #noticed = 0;
  /** Of those who lead, once their wing is there. @type {import("./panels/run_bar.js").RunBar | undefined} */
  runBar;
  /** @type {import("./panels/cockpit.js").Cockpit | undefined} */
  cockpit;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    const { model, clock } = parts;
    this.running = new Running(model, clock);
    this.moving = new Moving({ here: model.who.board.slice("board:".length), go: (board) => this.#go(board), draw: () => this.#notice() }, signal);
    this.face = new TimerFace({ root: parts.main, running: this.running, alert: parts.alert, tick: () => this.#tick() });
    this.door = new Door({
      model, desk: this.running.desk, alert: parts.alert, changed: parts.changed, offer: (words, label, act) => parts.notices.offer(words, label, act),
      isSeen: () => this.#isOpen, show: () => this.#isOpen || this.toggle(),
    });
    model.sync.on("change", (e) => this.#heard(e.stream));
    model.sync.on("loaded", (e) => this.#heard(e.stream));
    addEventListener("keydown", (e) => this.#keys(e), { signal });
    matchMedia(DRAWER).addEventListener("change", () => this.draw(), { signal });
    const minute = setInterval(() => this.runBar?.isWanted && this.draw(), 20_000);
    signal.addEventListener("abort", () => clearInterval(minute));
  }

  /** For those who lead. @param {typeof import("./wings/leading.js")} wing */
  furnish({ Cockpit, RunBar }) {
    const { parts } = this;
    this.runBar = new RunBar({
      box: parts.runbar, running: this.running, popover: parts.popover, agendaUrl: parts.agendaUrl, start: (step, back) => this.start(step, back),
      end: parts.end, skip: (step) => this.#askDesk(editStep(step.id, { skipped: !step.skipped })), shorten: (steps) => this.#shorten(steps),
    });
    this.cockpit = new Cockpit({
      box: parts.cockpit, running: this.running, runBar: this.runBar, code: parts.code, wallUrl: parts.wallUrl, present: parts.present,
      setTimer: (timer) => this.#ask(setTimer(timer)), drawn: () => this.face.draw(), setStage: parts.setStage, silence: parts.silence, vote: parts.vote, tables: parts.tables, consents: parts.consents, consent: parts.consent, door: () => this.door?.section() ?? nothing, gathering: parts.gathering, openPeople: parts.openPeople,
      close: () => this.toggle(), isDrawer: () => matchMedia(DRAWER).matches,
    });
    if (parts.model.sync.isLoaded(parts.model.who.workshop)) this.draw();
  }

  /** @param {string} stream */
  #heard(stream) {
    const { model } = this.parts;
    if (stream !== model.who.workshop && stream !== this.running.desk) return;
    if (model.leads) model.sync.follow(this.running.desk);
    if (stream === model.who.workshop) this.#compare();
    this.#compareRole();
    this.draw();
    // The upper bar is drawn after this; a timer that rests would stay without its figures there.
    queueMicrotask(() => this.face.draw());
  }

  draw() {
    const { main, model } = this.parts;
    const open = this.#isOpen && model.leads && this.cockpit !== undefined;
    const before = main.className;
    if (open !== main.classList.contains("has-cockpit")) this.#makeRoom(open);
    this.runBar?.draw();
    this.door.look();
    this.cockpit?.draw(open);
    this.#notice();
    this.face.draw();
    // Only when a bar came or went: people who join in hundreds must not have the board measured for each.
    if (main.className !== before) this.parts.sized();
  }

  /** People have come or gone. */
  drawCockpit() {
    if (this.parts.model.leads) this.cockpit?.draw(this.#isOpen);
  }

  /** Beside the cockpit the board is narrower: whoever has just come looks at all of it. @param {boolean} open */
  #makeRoom(open) {
    this.parts.main.classList.toggle("has-cockpit", open);
    if (open && !this.#hasMadeRoom) this.parts.land();
    this.#hasMadeRoom = true;
  }

  #hasMadeRoom = false;

  get isOpen() {
    return this.#isOpen;
  }

  toggle() {
    this.#isOpen = !this.#isOpen;
    keep("cockpit", this.#isOpen ? "1" : "0");
    this.draw();
    this.parts.changed();
    if (this.#isOpen) /** @type {HTMLElement | null} */ (this.parts.cockpit.querySelector("button, a"))?.focus();
    else this.parts.back();
  }

  // What those who lead do

  /** One act for everyone. @param {Step} step @param {boolean} [back] */
  start(step, back = false) {
    const { running } = this;
    this.#asked = step.id;
    const started = startStep(step.id, running.fields.step ?? null, back);
    const tables = back ? undefined : running.tablesOf(step);
    this.#ask(tables ? all([started, openTables(tables.id)]) : started);
  }

  /** @param {import("./plan.js").Lasting[]} steps */
  #shorten(steps) {
    const made = steps.map(({ id, ...fields }) => editStep(id, fields));
    this.#askDesk({ op: { type: "all", ops: made.map((m) => m.op) }, changes: made.flatMap((m) => m.changes) });
    this.parts.tell(t("The steps to come are shorter now."));
  }

  /** @param {import("./ops.js").Asked} asked */
  #ask(asked) {
    this.parts.model.sync.ask(this.parts.model.who.workshop, asked);
  }

  /** @param {import("./ops.js").Asked} asked */
  #askDesk(asked) {
    this.parts.model.sync.ask(this.running.desk, asked);
  }

  /** A no about the agenda or the timer: said, and nothing to be kept of it. @param {{stream: string, code: string, data?: any, op?: {type: string, ops?: {type: string}[]}}} refused */
  refused({ stream, code, data, op }) {
    const about = new Set(["start_step", "set_timer", "stop_notice", "bring_people", "spotlight_item", "end_workshop"]);
    const types = (op?.ops ?? [op]).map((one) => one?.type ?? "");
    if (stream !== this.running.desk && !types.some((type) => about.has(type))) return false;
    const { step } = this.running;
    const title = step ? this.running.model.words(step, "title") : "";
    const open = whyNotOver(data?.reason);
    if (op?.type === "end_workshop" && open) this.parts.tell(open);
    else if (data?.reason === "moved_on") this.parts.tell(t("Somebody else has started “{title}” meanwhile.", { title }));
    else if (data?.reason === "taken_by") this.parts.tell(t("{name} has gone to help already.", { name: this.running.model.name(data.value) }));
    else if (op?.type === "send_message") return false;
    else if (code === "limit") this.parts.tell(t("A timer runs for 24 hours at most."));
    else this.parts.tell(t("We could not save this. It is as it was before."));
    return true;
  }

  // What happens to everyone

  /** Has another step begun since this page looked last? */
  #compare() {
    const { model, alert, notices } = this.parts;
    if (!model.sync.isLoaded(model.who.workshop)) return;
    const { step, board } = model.workshop.fields;
    const before = this.#seen;
    this.#seen = { step, board };
    if (!before) return void (step && this.#isElsewhere(board) && this.moving.offer(board));
    if (step === before.step) return;
    const own = step === this.#asked;
    const previous = before.step ? model.workshop.items.get(before.step) : undefined;
    this.#asked = "";
    alert(this.words);
    if (board && (this.running.step?.board || board !== before.board)) this.moving.begin(board, own);
    if (own && previous && model.leads) {
      const title = model.words(previous, "title");
      // Offered for 10 s; in the run bar at any time.
      notices.offer(this.words, t("Back to {title}", { title }), () => this.start(previous, true));
    } else if (!own && model.leads) {
      notices.tell(this.words);
    }
    this.parts.changed();
    // Whoever reads with the keyboard begins at the question; a field keeps its caret, and whoever pressed the button is where they were.
    if (!own && !isWriting(document.activeElement)) /** @type {HTMLElement | null} */ (this.parts.main.querySelector(".task__q"))?.focus({ preventScroll: true });
  }

  /** The step that is on, in one line. */
  get words() {
    const { running } = this;
    const { step } = running;
    if (!step) return "";
    const title = running.model.words(step, "title");
    return [t("Step {n} of {all}: {title}", { n: running.fields.step_number ?? 1, all: running.fields.steps ?? 1, title }), running.model.words(step, "question")].filter(Boolean).join(". ");
  }

  /** Whoever leads from now on is told so, and whoever does no longer finds nothing open that would be refused. */
  #compareRole() {
    const { model, popover, tell } = this.parts;
    const led = this.#led;
    this.#led = model.sync.isLoaded(model.who.workshop) ? model.leads : led;
    if (led === null || led === this.#led || model.ended) return;
    if (led) popover.close();
    tell(led ? t("You do not lead this workshop any more.") : t("You lead this workshop now, too."));
  }

  /** @type {boolean | null} */
  #led = null;

  /** @param {string | undefined} board */
  #isElsewhere(board) {
    return Boolean(this.running.step?.board) && board !== undefined && `board:${board}` !== this.parts.model.who.board;
  }

  /** @param {string} board */
  #go(board) {
    const here = this.parts.model.who.board.slice("board:".length);
    location.assign(location.pathname.replace(here, board));
  }

  // What the page says about it

  #notice() {
    const { notice } = this.parts;
    const content = this.#moved() ?? this.#announced();
    render(content ?? nothing, notice);
  }

  #moved() {
    const { moving, running } = this;
    if (!moving.to) return null;
    const title = running.step ? running.model.words(running.step, "title") : "";
    const go = html`<button type="button" class="btn btn--s" @click=${() => moving.goNow()}>${t("Go there")}</button>`;
    if (moving.stays) return html`<p class="notice notice--plain notice--room-acts"><span>${t("Everyone is at “{title}”.", { title })}</span>${go}</p>`;
    if (moving.isBusy) return html`<p class="notice notice--room notice--room-acts"><span>${t("“{title}” has begun on another board. You go there when you have finished writing.", { title })}</span>${go}<button type="button" class="btn btn--s" @click=${() => moving.stay()}>${t("Stay here")}</button></p>`;
    return html`<p class="notice notice--room notice--room-acts"><span>${t("“{title}” begins. You are taken there.", { title })}</span><button type="button" class="btn btn--s" @click=${() => moving.stay()}>${t("Stay here")}</button></p>`;
  }

  /** What the timer is about to do, and the way to stop it. */
  #announced() {
    const { running } = this;
    const { notice, notice_at: at } = running.fields;
    if (!notice) return null;
    const seconds = Math.max(0, Math.ceil((at - running.clock.now()) / 1000));
    const words = notice === "lock" ? t("Time is up. The board is locked in {n} s.", { n: seconds }) : t("Time is up. The notes are shown to everyone in {n} s.", { n: seconds });
    if (at !== this.#noticed) this.parts.alert(notice === "lock" ? t("Time is up. The board is locked in ten seconds.") : t("Time is up. The notes are shown to everyone in ten seconds."));
    this.#noticed = at;
    setTimeout(() => this.#notice(), 250);
    return html`<p class="notice notice--amber notice--room-acts"><span>${words}</span>${running.model.leads ? html`<button type="button" class="btn btn--s" @click=${() => this.#ask(stopNotice(at))}>${t("Stop it")}</button>` : nothing}</p>`;
  }

  /** A second has passed. */
  #tick() {
    if (this.#wasOver !== (this.running.timer.state === "over")) {
      this.#wasOver = !this.#wasOver;
      this.cockpit?.draw(this.#isOpen && this.parts.model.leads);
    }
  }

  #wasOver = false;

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (!event.altKey || !event.shiftKey || !this.parts.model.leads) return;
    const locked = this.running.fields.stage === "locked";
    /** @type {Record<string, () => void>} */
    const acts = {
      KeyP: () => this.cockpit?.pause(),
      KeyN: () => this.runBar?.previewNext(),
      KeyK: () => this.parts.setStage(locked ? "open" : "locked"),
    };
    const act = acts[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  }
}
