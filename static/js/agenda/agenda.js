/**
 * The agenda on screen: the list of steps, what it adds up to, and the panel of the step that is chosen. It follows the
 * desk's stream as a board follows its own, so that several people can plan at once.
 */
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { newId } from "../lib/ids.js";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { addStep, copyStep, deleteStep, editStep, moveStep, setDesk } from "../board/ops_steps.js";
import { orderBetween } from "../board/order.js";
import { activity, beginnings, inOrder, lasting, minutesOf, missing, stretched, warnings } from "../board/plan.js";
import { Dragging } from "./dragging.js";
import { ICONS, beginning, kinds, threeHours } from "./plans.js";
import { Panel } from "./panel.js";
import { Summary } from "./summary.js";
import { Times } from "./times.js";

/** @typedef {import("../board/model.js").Item} Step */
const SAID_MS = 8_000;

/**
 * @typedef {{
 *   root: HTMLElement, sync: import("../board/sync.js").Sync, desk: string, workshop: string, lang: string,
 *   languages: {tag: string, name: string}[], say: (words: string) => void, alert: (words: string) => void,
 * }} Given
 */
export class Agenda {
  /** @type {string | null} the step whose panel is open */
  chosen = null;
  /** What is said above the list, with one thing to press. @type {{words: string, undo: boolean} | null} */
  #said = null;
  #wrong = "";
  #saying = 0;
  #isOver = false;
  #isDrawn = false;

  /** @param {Given} given */
  constructor(given) {
    this.given = given;
    this.sync = given.sync;
    this.times = new Times(given.lang);
    this.panel = new Panel(this);
    this.summary = new Summary(this);
    this.dragging = new Dragging({ move: (id, at) => this.moveTo(id, at), draw: () => this.draw() });
    given.sync.on("change", (e) => (e.stream === given.desk || e.stream === given.workshop) && this.draw());
    given.sync.on("loaded", () => this.draw());
    given.sync.on("status", () => this.draw());
    given.sync.on("refused", (e) => this.#refused(e));
    given.sync.on("unfollowed", (e) => e.code === "unknown" && this.end());
    addEventListener("keydown", (e) => this.#keys(e));
    setInterval(() => this.draw(), 30_000);
  }

  // What is read

  get steps() {
    return inOrder(/** @type {Iterable<Step>} */ (this.sync.view(this.given.desk).items.values()));
  }

  get fields() {
    return /** @type {Record<string, any>} */ (this.sync.view(this.given.desk).fields);
  }

  get workshop() {
    return /** @type {{fields: Record<string, any>, items: Map<string, Step>}} */ (this.sync.view(this.given.workshop));
  }

  /** @param {string} kind */
  ofKind(kind) {
    return [...this.workshop.items.values()].filter((i) => i.kind === kind);
  }

  /** The language titles and questions are written in first. */
  get base() {
    return /** @type {string} */ (this.fields.lang ?? this.given.lang);
  }

  /** Languages questions are needed in, beside that one: those of the people, and those that were chosen. */
  get languagesInUse() {
    const people = this.ofKind("person").filter((p) => !p.gone && p.lang).map((p) => String(p.lang));
    const chosen = Object.keys(this.fields).filter((k) => k.startsWith("language/")).map((k) => k.slice("language/".length));
    const known = new Set(this.given.languages.map((l) => l.tag));
    return [...new Set([...chosen, ...people])].filter((l) => l !== this.base && known.has(l));
  }

  /** @param {string} tag */
  languageName(tag) {
    return this.given.languages.find((l) => l.tag === tag)?.name ?? tag;
  }

  /** The name of whoever leads and is not me, to say who changed something. @param {string | undefined} id */
  name(id) {
    return String(this.workshop.items.get(id ?? "")?.name ?? t("Somebody"));
  }

  // What is done

  /** @param {import("../board/ops.js").Asked} asked */
  ask(asked) {
    this.#wrong = "";
    this.#said = null; // its Undo would take back this instead
    this.sync.ask(this.given.desk, asked);
  }

  /** @param {string} id @param {import("../board/ops_steps.js").StepFields} fields */
  edit(id, fields) {
    this.ask(editStep(id, fields));
  }

  /** @param {import("./plans.js").Kind} kind */
  add(kind) {
    const { steps } = this;
    const at = steps.findIndex((s) => s.id === this.chosen);
    const before = at < 0 ? steps.at(-1) : steps[at];
    const after = at < 0 ? undefined : steps[at + 1];
    const id = newId();
    this.#remember();
    this.ask(addStep({ id, order: orderBetween(before?.order, after?.order), ...beginning(kind) }));
    this.choose(id, "title");
    this.given.say(t("Step added"));
  }

  /** A whole plan, as one act. */
  addThreeHours() {
    const { question = "", title = "" } = this.workshop.fields;
    let order = this.steps.at(-1)?.order;
    const made = threeHours(question || title).map((step) => addStep({ id: newId(), order: (order = orderBetween(order, null)), ...step }));
    this.#remember();
    this.#all(made);
    this.tell(t("Eight steps, three hours. Change what you like."), true);
  }

  /** @param {string} id */
  copy(id) {
    const { steps } = this;
    const at = steps.findIndex((s) => s.id === id);
    const copy = newId();
    this.ask(copyStep({ id: copy, of: id, order: orderBetween(steps[at].order, steps[at + 1]?.order) }, this.sync.view(this.given.desk)));
    this.choose(copy, "title");
    this.given.say(t("Copied"));
  }

  /** @param {Step} step */
  remove(step) {
    const { steps } = this;
    const at = steps.findIndex((s) => s.id === step.id);
    this.ask(deleteStep(step.id));
    this.choose(null);
    this.tell(t("{title} is deleted.", { title: this.titleOf(step) }), true);
    this.#focusRow((steps[at + 1] ?? steps[at - 1])?.id);
  }

  /** All steps longer or shorter. @param {number} factor */
  stretch(factor) {
    const made = stretched(this.steps, factor).map(({ id, ...fields }) => editStep(id, fields));
    if (!made.length) return;
    this.#all(made);
    this.tell(tn("All steps are changed: {n} minute in all.", "All steps are changed: {n} minutes in all.", minutesOf(this.steps)), true);
  }

  /** To this place of the list. @param {string} id @param {number} to */
  moveTo(id, to) {
    const others = this.steps.filter((s) => s.id !== id);
    const at = Math.max(0, Math.min(to, others.length));
    this.ask(moveStep(id, orderBetween(others[at - 1]?.order, others[at]?.order)));
    this.given.say(t("Place {n} of {all}", { n: at + 1, all: others.length + 1 }));
  }

  /** @param {{starts?: number | null, ends?: number | null, lang?: string, languages?: Record<string, boolean>}} desk */
  setDesk(desk) {
    this.ask(setDesk(desk));
  }

  undo() {
    this.#said = null;
    if (this.sync.undo()) this.given.say(t("Undone"));
    this.draw();
  }

  /** @param {string | null} id @param {string} [focus] a field of its panel */
  choose(id, focus = "") {
    this.chosen = id;
    this.panel.begin();
    this.draw();
    if (!focus) return;
    const field = /** @type {HTMLInputElement | null} */ (this.given.root.querySelector(`.ag__r [name="${focus}"]`));
    field?.focus();
    field?.select?.();
  }

  /** @param {string} words @param {boolean} [undo] */
  tell(words, undo = false) {
    this.#said = { words, undo };
    clearTimeout(this.#saying);
    this.#saying = window.setTimeout(() => {
      this.#said = null;
      this.draw();
    }, SAID_MS);
    this.given.say(words);
    this.draw();
  }

  end() {
    this.#isOver = true;
    this.draw();
  }

  // What is seen

  draw() {
    const { desk, root } = this.given;
    if (!this.sync.view(desk) || !this.sync.isLoaded(desk) || !this.sync.isLoaded(this.given.workshop)) return;
    if (this.chosen && !this.steps.some((s) => s.id === this.chosen)) this.chosen = null;
    root.classList.toggle("has-panel", this.chosen !== null);
    if (!this.#isDrawn) root.replaceChildren();
    this.#isDrawn = true;
    render(this.#page(), root);
    root.dataset.unsent = String(this.sync.unsent);
    root.dataset.ready = "";
  }

  #page() {
    const { steps } = this;
    const starts = beginnings(steps);
    const found = warnings(steps, this.languagesInUse);
    return html`<div class="ag__l">
      ${this.#notices()} ${this.summary.draw(steps, found)}
      ${steps.length
        ? html`<ol class="ag__steps">${repeat(steps, (s) => s.id, (s, at) => this.#row(s, at, starts.get(s.id) ?? 0, found))}</ol>`
        : html`<div class="ag__none card"><p>${t("No step yet. Add them one by one, or begin with a plan.")}</p><button type="button" class="btn btn--primary" @click=${() => this.addThreeHours()}>${icon("plan")}${t("A workshop of three hours")}</button></div>`}
      <div class="ag__add" role="group" aria-label=${t("Add a step")}><span class="ag__addh">${icon("plus")}${t("Add a step")}</span>
        ${kinds().map((k) => html`<button type="button" class="btn" @click=${() => this.add(k.kind)}>${icon(k.icon)}${k.label}</button>`)}</div>
    </div>${this.panel.draw(steps)}`;
  }

  #notices() {
    if (this.#isOver) return html`<p class="ag__notice ag__notice--amber" role="status">${t("You do not lead this workshop any more.")}</p>`;
    const away = !this.sync.isOnline;
    return html`${away ? html`<p class="ag__notice ag__notice--amber" role="status">${icon("offline")}${t("Connecting again… what you change is kept on this device.")}</p>` : nothing}
      ${this.#wrong ? html`<p class="ag__notice ag__notice--danger">${icon("warn")}<span class="grow">${this.#wrong}</span><button type="button" class="btn btn--s btn--quiet" @click=${() => { this.#wrong = ""; this.draw(); }}>${t("Close")}</button></p>` : nothing}
      ${this.#said ? html`<p class="ag__notice"><span class="grow">${this.#said.words}</span>${this.#said.undo && this.sync.canUndo ? html`<button type="button" class="btn btn--s" @click=${() => this.undo()}>${icon("undo")}${t("Undo")}</button>` : nothing}</p>` : nothing}`;
  }

  /** @param {Step} step @param {number} at @param {number} start @param {import("../board/plan.js").Warning[]} found */
  #row(step, at, start, found) {
    const { workshop } = this;
    const kind = activity(step);
    const mine = found.filter((w) => w.step === step.id);
    const on = workshop.fields.step === step.id;
    const title = this.titleOf(step);
    const isLast = at === this.steps.length - 1;
    const gap = this.dragging.gap === at ? "is-before" : isLast && this.dragging.gap > at ? "is-after" : "";
    return html`<li class="ag__step ${step.id === this.chosen ? "is-on" : ""} ${step.skipped ? "is-skipped" : ""} ${gap} ${this.dragging.id === step.id ? "is-dragged" : ""}" data-step=${step.id}>
      <button type="button" class="ag__grip" aria-label=${t("Move {title}: up and down", { title })} @pointerdown=${(/** @type {PointerEvent} */ e) => this.dragging.start(e, step.id)} @keydown=${(/** @type {KeyboardEvent} */ e) => this.#moveKeys(e, step, at)}>${icon("drag")}</button>
      <span class="num muted ag__time">${this.times.at(this.fields.starts, start)}</span>
      <span class="ag__ic ag__ic--${kind}">${icon(ICONS[kind])}</span>
      <button type="button" class="ag__what" aria-expanded=${step.id === this.chosen} @click=${() => this.choose(step.id === this.chosen ? null : step.id)}>
        <span class="ag__title"><b dir="auto">${title}</b>${on ? html`<span class="chip chip--room">${t("Now")}</span>` : nothing}${this.#tags(step)}</span>
        ${step.question ? html`<small class="clip" dir="auto">${step.question}</small>` : nothing}
        ${mine.length ? html`<span class="ag__warn">${icon("warn", "i--16")}${mine.map((w) => this.warningWords(w)).join(" · ")}</span>` : nothing}</button>
      <label class="ag__min"><span class="sr">${t("Minutes of {title}", { title })}</span><input class="num" type="number" inputmode="numeric" min="0" max="1440" .value=${String(step.minutes)} @change=${(/** @type {Event} */ e) => this.setMinutes(step, /** @type {HTMLInputElement} */ (e.target))}><span aria-hidden="true">${t("min")}</span></label>
    </li>`;
  }

  /** @param {Step} step */
  #tags(step) {
    const tags = [];
    if (step.stage === "silent") tags.push(["eyeoff", step.stage_minutes ? t("private {n} min", { n: step.stage_minutes }) : t("private")]);
    if (step.at_zero === "lock") tags.push(["lock", t("locks at the end")]);
    if (step.mode === "breakout") tags.push(["tables", t("at tables")]);
    if (step.mode === "individual") tags.push(["person", t("each alone")]);
    if (step.mode === "async") tags.push(["calendar", t("in one’s own time")]);
    if (step.skipped) tags.push(["right", t("skipped")]);
    return tags.map(([name, words]) => html`<span class="ag__tag">${icon(name, "i--16")}${words}</span>`);
  }

  /** @param {Step} step @param {HTMLInputElement} field */
  setMinutes(step, field) {
    const minutes = Number(field.value);
    if (Number.isInteger(minutes) && minutes >= 0 && minutes <= 1440 && field.value !== "") this.edit(step.id, lasting(step, minutes));
    else field.value = String(step.minutes);
  }

  /** @param {Step} step */
  titleOf(step) {
    return String(step.title || t("Without a name"));
  }

  /** @param {import("../board/plan.js").Warning} warning */
  warningWords(warning) {
    if (warning.what === "pause") return t("{n} minutes without a pause", { n: warning.minutes });
    return t("Question missing in {language}", { language: this.languageName(warning.lang) });
  }

  /** @param {Step} step */
  missing(step) {
    return missing(step, this.languagesInUse);
  }

  // Inside

  /** @param {KeyboardEvent} event @param {Step} step @param {number} at */
  #moveKeys(event, step, at) {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!way) return;
    event.preventDefault();
    if (at + way < 0 || at + way >= this.steps.length) return;
    this.moveTo(step.id, at + way);
    /** @type {HTMLElement | null} */ (this.given.root.querySelector(`[data-step="${step.id}"] .ag__grip`))?.focus();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.key === "Escape" && this.chosen) {
      const { chosen } = this;
      this.choose(null);
      this.#focusRow(chosen);
    } else if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !target.closest("input, textarea, select")) {
      event.preventDefault();
      if (event.shiftKey) this.sync.redo();
      else this.undo();
    }
  }

  /** @param {string | undefined} id */
  #focusRow(id) {
    /** @type {HTMLElement | null} */ (this.given.root.querySelector(`[data-step="${id}"] .ag__what`))?.focus();
  }

  /** The language of the first words is that of whoever writes them. */
  #remember() {
    if (this.fields.lang === undefined) this.setDesk({ lang: this.given.lang });
  }

  /** Several as one act, with one undo. @param {import("../board/ops.js").Asked[]} made */
  #all(made) {
    this.ask({ op: { type: "all", ops: made.map((m) => m.op) }, changes: made.flatMap((m) => m.changes) });
  }

  /** @param {{code: string, data?: any, op?: any}} refused */
  #refused({ code, data }) {
    this.#wrong = this.#wordsOf(code, data ?? {});
    this.given.alert(this.#wrong);
    this.draw();
  }

  /** @param {string} code @param {any} data */
  #wordsOf(code, data) {
    if (data.reason === "under_way") return t("People are in this step. Start another one first.");
    if (code === "conflict") return t("{name} changed this meanwhile. Have a look, then try again.", { name: this.name(data.by) });
    if (code === "limit") return t("That is more than fits.");
    return t("We could not save this. It is as it was before.");
  }
}
