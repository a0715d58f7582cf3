/** The run bar of those who lead: what time it is, the steps to scale, and the one button that takes everyone on. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { language, t, tn } from "../../lib/words.js";
import { counted, shortened } from "../plan.js";

/** @typedef {import("../model.js").Item} Step */
/**
 * @typedef {{
 *   box: HTMLElement, running: import("../running.js").Running, popover: import("./popover.js").Popover, agendaUrl: string,
 *   start: (step: Step, back?: boolean) => void, skip: (step: Step) => void, end: () => void, shorten: (steps: import("../plan.js").Lasting[]) => void,
 * }} Parts
 */
export class RunBar {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.clock = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  /** Is there an agenda to run, and somebody who may? */
  get isWanted() {
    const { running } = this.parts;
    return running.model.leads && running.steps.length > 0;
  }

  draw() {
    const { box } = this.parts;
    box.hidden = !this.isWanted;
    box.closest(".board")?.classList.toggle("has-run", this.isWanted);
    render(this.isWanted ? this.#content() : nothing, box);
  }

  /** Look at the next step, as its key does. */
  previewNext() {
    const { running, box } = this.parts;
    const anchor = /** @type {HTMLElement | null} */ (box.querySelector(`[data-step="${running.next?.id}"]`));
    if (anchor && running.next) this.#preview(anchor, running.next);
  }

  #content() {
    const { running } = this.parts;
    const { steps, next } = running;
    const at = steps.findIndex((s) => s.id === running.fields.step);
    return html`<button type="button" class="runbar__clock" aria-haspopup="true" aria-expanded="false" @click=${(/** @type {Event} */ e) => this.#times(/** @type {HTMLElement} */ (e.currentTarget))}><b class="num">${this.clock.format(running.clock.now())}</b>${this.#behind()}</button>
      <div class="run">${steps.map((s, i) => this.#step(s, i < at))}</div>${this.startButton(next)}`;
  }

  /** The steps one below the other, where there is no room for the bar. */
  list() {
    const { running } = this.parts;
    const open = (/** @type {Step} */ step) => (/** @type {Event} */ e) => this.#preview(/** @type {HTMLElement} */ (e.currentTarget), step);
    return html`<ol class="runlist">${running.steps.map((s) => {
      const on = s.id === running.fields.step;
      const state = on ? t("Now") : running.reached(s.id) ? t("finished") : s.skipped ? t("skipped") : "";
      return html`<li><button type="button" class="runlist__s ${on ? "is-now" : ""}" aria-current=${on ? "step" : nothing} aria-haspopup="true" aria-expanded="false" @click=${open(s)}><span class="grow" dir="auto">${this.#title(s)}</span><span class="small">${state || t("{n} min", { n: s.minutes })}</span></button></li>`;
    })}</ol>`;
  }

  /** The one fig button. @param {Step | undefined} next */
  startButton(next) {
    const { running, end } = this.parts;
    if (running.model.isOver) return html`<span class="runbar__end small muted">${t("The workshop has ended")}</span>`;
    if (!next) return html`<button type="button" class="btn btn--room runbar__start" @click=${end}><span><span class="runbar__what">${t("End the workshop…")}</span><small>${t("for everyone")}</small></span>${icon("flag")}</button>`;
    const title = this.#title(next);
    return html`<button type="button" class="btn btn--room runbar__start" @click=${() => this.parts.start(next)}><span><span class="runbar__what" dir="auto">${t("Start {title}", { title })}</span><small>${this.#forWhom(next)}</small></span>${icon("arrow")}</button>`;
  }

  /** One act: where tables are made and people seated, they open with a step at tables. @param {Step} step */
  #forWhom(step) {
    const { running } = this.parts;
    const tables = running.tablesOf(step);
    const n = tables ? running.seats.tables(tables.id).length : 0;
    return n ? tn("for everyone, at {n} table", "for everyone, at {n} tables", n) : t("for everyone");
  }

  #behind() {
    const late = this.parts.running.behind;
    if (late === null) return nothing;
    const words = late > 0 ? tn("{n} min behind", "{n} min behind", late) : late < 0 ? tn("{n} min ahead", "{n} min ahead", -late) : t("on time");
    return html`<span class="runbar__late ${late > 0 ? "is-late" : ""}">${words}</span>`;
  }

  /** @param {Step} step @param {boolean} before */
  #step(step, before) {
    const { running } = this.parts;
    const title = this.#title(step);
    const open = (/** @type {Event} */ e) => this.#preview(/** @type {HTMLElement} */ (e.currentTarget), step);
    if (step.id === running.fields.step) {
      return html`<button type="button" class="run__s is-now" data-step=${step.id} .style=${`--m:${weight(step)}`} aria-current="step" aria-haspopup="true" aria-expanded="false" @click=${open}><b dir="auto">${title}</b><i>${this.#left(step)}</i></button>`;
    }
    if (before || step.skipped) {
      const state = step.skipped && !running.reached(step.id) ? t("skipped") : t("finished");
      return html`<button type="button" class="run__s is-done" data-step=${step.id} aria-haspopup="true" aria-expanded="false" aria-label="${title}, ${state}" title=${title} @click=${open}>${icon(step.skipped && !running.reached(step.id) ? "right" : "check", "i--16")}</button>`;
    }
    return html`<button type="button" class="run__s" data-step=${step.id} .style=${`--m:${weight(step)}`} aria-haspopup="true" aria-expanded="false" @click=${open}><b dir="auto">${title}</b><i><span class="num" aria-hidden="true">${step.minutes}</span><span class="sr">${t("{n} min", { n: step.minutes })}</span></i></button>`;
  }

  /** What is left of what the timer was set for: of a first stage, while that is on. @param {Step} step */
  #left(step) {
    const { state, of } = this.parts.running.timer;
    const n = Math.round(of / 60_000);
    if (state === "none" || !n) return t("{n} min", { n: step.minutes });
    return html`<span data-timer><span data-timer-words></span></span> <span>${t("of {n} min", { n })}</span>`;
  }

  /** What a step is, without anything happening: only the fig button starts it. @param {HTMLElement} anchor @param {Step} step */
  #preview(anchor, step) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    popover.open(anchor, this.preview(step), { label: this.#title(step), role: "group", className: "popover--step", focus: ".btn--room" });
  }

  /** @param {Step} step */
  preview(step) {
    const { running, popover, start, skip, agendaUrl } = this.parts;
    const on = step.id === running.fields.step;
    const reached = running.reached(step.id);
    const act = (/** @type {() => void} */ what) => () => { popover.close(); what(); };
    const title = this.#title(step);
    const board = step.board && running.model.workshop.items.get(step.board)?.title;
    return html`<div class="stepcard"><h2 class="h3" dir="auto">${title}</h2>
      ${step.question ? html`<p dir="auto">${running.model.words(step, "question")}</p>` : nothing}
      <p class="small muted">${[t("{n} min", { n: step.minutes }), stageWords(step), board, step.at_zero === "lock" ? t("locks at the end") : ""].filter(Boolean).join(" · ")}</p>
      ${step.note ? html`<p class="stepcard__note small" dir="auto">${step.note}</p>` : nothing}
      <div class="btn-row">
        ${on ? nothing : reached
          ? html`<button type="button" class="btn btn--room" @click=${act(() => start(step, true))}>${icon("back")}${t("Back to {title}", { title })}</button>`
          : html`<button type="button" class="btn btn--room" @click=${act(() => start(step))}>${t("Start for everyone")}</button>`}
        ${on || reached ? nothing : html`<button type="button" class="btn" aria-pressed=${Boolean(step.skipped)} @click=${act(() => skip(step))}>${step.skipped ? t("Do not skip") : t("Skip")}</button>`}
        <a class="btn btn--quiet" href=${agendaUrl}>${t("Agenda")}</a></div></div>`;
  }

  /** Being behind, and what can be done about it. @param {HTMLElement} anchor */
  #times(anchor) {
    const { popover, running, shorten, end, agendaUrl } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const late = running.behind ?? 0;
    const { steps } = running;
    const rest = counted(steps.slice(steps.findIndex((s) => s.id === running.fields.step) + 1));
    const shorter = late > 0 ? shortened(rest, late) : [];
    const gained = shorter.reduce((sum, s) => sum + (rest.find((r) => r.id === s.id)?.minutes ?? 0) - s.minutes, 0);
    const words = late > 0 ? tn("{n} minute behind the plan.", "{n} minutes behind the plan.", late) : late < 0 ? tn("{n} minute ahead of the plan.", "{n} minutes ahead of the plan.", -late) : t("On time.");
    const content = html`<div class="stepcard"><p class="strong">${running.step ? words : t("No step has begun yet.")}</p>
      <div class="btn-row">${gained ? html`<button type="button" class="btn btn--room" @click=${() => { popover.close(); shorten(shorter); }}>${tn("Shorten the rest by {n} minute", "Shorten the rest by {n} minutes", gained)}</button>` : nothing}
      <a class="btn" href=${agendaUrl}>${icon("plan")}${t("Agenda")}</a>
      ${running.step && !running.model.isOver ? html`<button type="button" class="btn" @click=${() => { popover.close(); end(); }}>${icon("flag")}${t("End the workshop…")}</button>` : nothing}</div></div>`;
    popover.open(anchor, content, { label: t("Time"), role: "group", className: "popover--step" });
  }

  /** @param {Step} step */
  #title(step) {
    return this.parts.running.model.words(step, "title") || t("Without a name");
  }
}

/** How wide a step is drawn. @param {Step} step */
function weight(step) {
  return Math.max(8, Math.min(60, step.minutes));
}

/** @param {Step} step */
export function stageWords(step) {
  switch (step.stage) {
    case "silent": return t("Write privately, then show");
    case "cluster": return t("Move and group notes");
    case "vote": return t("Vote");
    case "locked": return step.pause ? t("Break") : t("Look and listen");
    default: return t("Write, everyone sees it at once");
  }
}
