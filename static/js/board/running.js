// The agenda while it runs, as this page knows it: the step that is on, the plan (for those who lead), and the timer.
import { behind, counted, inOrder } from "./plan.js";
import { Seats } from "./seats.js";

/** @typedef {import("./model.js").Item} Item */
/** @typedef {{state: "none" | "rests" | "runs" | "over", left: number, of: number, ends?: number}} Timer ms; `ends`: by the server's clock */

export class Running {
  /**
   * @param {import("./model.js").Model} model
   * @param {import("./clock.js").ServerClock} clock
   */
  constructor(model, clock) {
    this.model = model;
    this.clock = clock;
    this.desk = model.who.workshop.replace("workshop:", "desk:");
    this.seats = new Seats(model);
  }

  get fields() {
    return this.model.workshop.fields;
  }

  /** The step that is on. @returns {Item | undefined} */
  get step() {
    return this.model.workshop.items.get(this.fields.step);
  }

  /** The whole agenda; empty for those who do not lead. */
  get steps() {
    return inOrder(/** @type {Iterable<Item>} */ (this.model.sync.view(this.desk).items.values()));
  }

  get deskFields() {
    return /** @type {Record<string, any>} */ (this.model.sync.view(this.desk).fields);
  }

  /** The step that comes next: after the one that is on, or the first. */
  get next() {
    const { steps } = this;
    const at = steps.findIndex((s) => s.id === this.fields.step);
    return counted(steps.slice(at + 1))[0];
  }

  /** The step that was on before this one. */
  get previous() {
    const { steps } = this;
    const at = steps.findIndex((s) => s.id === this.fields.step);
    return at > 0 ? steps.slice(0, at).findLast((s) => this.reached(s.id)) : undefined;
  }

  /** The tables that open with a step at tables: those made last, if people are seated and have not been there. @param {Item | undefined} step @returns {Item | undefined} */
  tablesOf(step) {
    const newest = step?.mode === "breakout" ? this.seats.seatings[0] : undefined;
    return newest?.state === "prepared" && this.seats.sitting(newest).size ? newest : undefined;
  }

  /** @param {string} id */
  reached(id) {
    return this.model.workshop.items.has(id);
  }

  /** Minutes behind the plan; null when nothing is on. */
  get behind() {
    const began = Math.min(...[...this.model.workshop.items.values()].filter((i) => i.kind === "step").map((s) => s.reached ?? Infinity));
    if (!Number.isFinite(began)) return null;
    return behind({ steps: this.steps, starts: this.deskFields.starts, began, fields: this.fields, now: this.clock.now() });
  }

  /** The question people see: the step's, else the board's own. */
  get question() {
    const { model, step } = this;
    return (step && model.words(step, "question")) || model.words(model.fields, "question");
  }

  /** The table whose board this is. @returns {string | undefined} */
  get table() {
    return this.model.workshop.items.get(this.model.who.board.slice("board:".length))?.table;
  }

  /** What is counted here: the table's own time while it has some, else everyone's. @returns {Timer} */
  get timer() {
    const all = this.timerOf();
    const own = this.table ? this.timerOf(this.table) : all;
    const isOn = (/** @type {Timer} */ one) => one.state === "runs" || one.state === "rests";
    return isOn(own) || (own.state === "over" && !isOn(all)) ? own : all;
  }

  /** @param {string} [table] of it alone; else everyone's @returns {Timer} */
  timerOf(table) {
    const { fields } = this;
    const key = table ? `/${table}` : "";
    const [ends, rests, of = 0] = [`timer_ends${key}`, `timer_left${key}`, `timer_of${key}`].map((name) => fields[name]);
    if (rests !== undefined) return { state: "rests", left: rests, of };
    if (ends === undefined) return { state: "none", left: 0, of: 0 };
    const left = ends - this.clock.now();
    return { state: left > 0 ? "runs" : "over", left: Math.max(0, left), of, ends };
  }
}
