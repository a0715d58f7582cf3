// The agenda while it runs, as this page knows it: the step that is on, the plan (for those who lead), and the timer.
import { behind, counted, inOrder } from "./plan.js";
import { Seats } from "./seats.js";

/** @typedef {import("./model.js").Item} Item */
/** @typedef {{state: "none" | "rests" | "runs" | "over", left: number, of: number}} Timer ms */

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

  /** @returns {Timer} */
  get timer() {
    const { timer_ends: ends, timer_left: rests, timer_of: of = 0 } = this.fields;
    if (rests !== undefined) return { state: "rests", left: rests, of };
    if (ends === undefined) return { state: "none", left: 0, of };
    const left = ends - this.clock.now();
    return { state: left > 0 ? "runs" : "over", left: Math.max(0, left), of };
  }
}
