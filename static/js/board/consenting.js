/**
 * Consent rounds, put onto the board: the panel, how a round is opened and ended, and what is said of it. It takes nobody's
 * caret away.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./ops_consent.js").Said} Said
 * @typedef {import("./consents.js").Consents} Consents
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../lib/dom.js";
import { newId } from "../lib/ids.js";
import { t } from "../lib/words.js";
import { isBusy } from "./busy.js";
import { ANSWERS } from "./consents.js";
import { deviceWords } from "./items/whose.js";
import { answerConsent, answerFor, closeConsent, openConsent } from "./ops_consent.js";
import { content, resultWords, saidWords } from "./panels/consent.js";

/**
 * @typedef {{main: HTMLElement, box: HTMLElement, model: import("./model.js").Model, dialogs: () => import("./panels/dialogs.js").Dialogs,
 *   notices: import("./panels/notices.js").Notices, alert: (words: string) => void, tell: (words: string) => void, drawn: () => void, back: () => void,
 *   consents: Consents, hadNone: boolean}} Parts `hadNone`: this page has looked already, and no round was open
 */
export class Consenting {
  /** What is shown; empty: nothing. */
  #open = "";
  /** @type {{id: string} | null | undefined} what was open when this page looked last; undefined: it has not looked */
  #seen = undefined;
  /** @type {import("./consents.js").Ahead | undefined} */
  #ahead = undefined;
  /** @type {Said | null} */
  #choice = null;
  #words = "";
  #wrong = "";
  #frame = 0;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    this.model = parts.model;
    this.consents = parts.consents;
    this.#seen = parts.hadNone ? null : undefined;
    const { who, sync } = this.model;
    const streams = new Set([who.workshop, this.consents.desk, this.consents.inbox]);
    sync.on("change", (e) => streams.has(e.stream) && this.#compare());
    sync.on("loaded", (e) => streams.has(e.stream) && this.#compare());
    sync.on("refused", ({ op, code }) => op?.type === "answer_consent" && this.#refused(code));
    parts.box.addEventListener("keydown", (e) => this.#keys(e), { signal });
    this.#compare();
  }

  // What is drawn

  draw() {
    this.#frame ||= requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { main, box } = this.parts;
    const consent = this.consents.all.find((one) => one.id === this.#open);
    if (!consent) this.#open = "";
    box.hidden = !consent;
    main.classList.toggle("has-consent", Boolean(consent));
    render(consent ? content(this.#panel, consent) : nothing, box);
  }

  /** @returns {import("./panels/consent.js").Parts} */
  get #panel() {
    return {
      consents: this.consents, choice: () => this.#choice, words: () => this.#words, wrong: () => this.#wrong,
      choose: (said) => this.#choose(said), write: (words) => (this.#words = words), send: () => this.#send(), takeBack: () => this.#takeBack(), close: () => this.hide(),
      end: () => this.#askToClose(), again: (consent) => this.ask(consent), answerFor: (consent) => this.#answerFor(consent), show: (id) => this.show(id),
    };
  }

  /** @param {string} [id] else the one that is open, or was last */
  show(id = this.consents.now?.id ?? this.consents.all.at(-1)?.id ?? "", takesFocus = true) {
    const consent = this.consents.all.find((one) => one.id === id);
    this.#choice = null;
    this.#wrong = "";
    this.#words = consent ? this.consents.mine(consent).reason : "";
    this.#open = id;
    this.drawNow();
    if (takesFocus) /** @type {HTMLElement | null} */ (this.parts.box.querySelector("#consent-title"))?.focus({ preventScroll: true });
    this.parts.box.scrollTo(0, 0);
  }

  hide() {
    const wasOpen = this.consents.now?.id === this.#open;
    this.#open = "";
    this.drawNow();
    this.parts.back();
    if (wasOpen) this.parts.tell(t("You find the proposal again in the menu."));
  }

  // What happens

  #compare() {
    if (!this.model.sync.isLoaded(this.model.who.workshop)) return;
    const { now } = this.consents;
    this.#giveWay();
    const before = this.#seen;
    this.#seen = now ? { id: now.id } : null;
    if (now && before?.id !== now.id) this.#opened(now);
    else if (before && !now) this.#closed(before.id);
    this.draw();
    this.parts.drawn();
  }

  /** What is newer stands in front, unless somebody is giving an answer just now. */
  #giveWay() {
    const before = this.#ahead;
    this.#ahead = this.consents.ahead;
    const shown = this.consents.all.find((one) => one.id === this.#open);
    if (!before || !shown || !this.consents.givesWay(shown, before, this.#ahead)) return;
    const isAnswering = this.#choice !== null || this.#words.trim() !== this.consents.mine(shown).reason.trim();
    if (shown.state === "open" && (isAnswering || isBusy(this.model))) return;
    if (this.parts.box.contains(document.activeElement)) this.hide();
    else this.#open = "";
  }

  /** @param {Item} consent */
  #opened(consent) {
    const { alert, notices } = this.parts;
    const said = this.consents.mine(consent).answer;
    if (said && this.#seen === undefined) return;
    alert(t("A proposal waits for your answer: {proposal}", { proposal: consent.proposal }));
    if (isBusy(this.model)) notices.offer(t("A proposal waits for your answer."), t("Answer now"), () => this.show(consent.id));
    else this.show(consent.id, false);
  }

  /** @param {string} id */
  #closed(id) {
    const consent = this.consents.all.find((one) => one.id === id);
    if (!consent) return;
    const { alert, notices } = this.parts;
    alert(`${t("The round is closed.")} ${resultWords(this.consents, consent)}`);
    if (this.#open !== id && !isBusy(this.model)) this.show(id, false);
    else if (this.#open !== id) notices.offer(t("The round is closed."), t("See the answers"), () => this.show(id));
  }

  // What I say

  /** @param {Said} said */
  #choose(said) {
    this.#choice = said;
    this.#wrong = "";
    this.drawNow();
    /** @type {HTMLElement | null} */ (this.parts.box.querySelector(`input[value=${said}]`))?.focus();
  }

  #send() {
    const consent = this.consents.now;
    if (!consent || consent.id !== this.#open) return;
    const answer = this.#choice ?? this.consents.mine(consent).answer;
    const words = answer === "object" || answer === "reserve" ? this.#words.trim() : "";
    this.#wrong = !answer ? t("Choose one of the four.") : answer === "object" && !words ? t("Write why: it is what the proposal is changed by.") : "";
    if (!answer || this.#wrong) return this.drawNow();
    this.model.sync.ask(this.consents.inbox, answerConsent(consent.id, answer, words));
    this.#choice = null;
    this.drawNow();
    this.parts.tell(t("You said: {answer}.", { answer: saidWords(answer) }));
  }

  #takeBack() {
    const consent = this.consents.now;
    if (!consent) return;
    this.model.sync.ask(this.consents.inbox, answerConsent(consent.id, null, ""));
    this.#choice = null;
    this.#words = "";
    this.drawNow();
    this.parts.tell(t("Your answer is taken back."));
  }

  /** @param {string} code */
  #refused(code) {
    this.parts.tell(code === "stage" ? t("The round is closed; your answer came too late.") : t("Your answer could not be kept."));
    this.draw();
  }

  // What those who lead do

  /** A proposal to put, or the same one changed. @param {Item} [before] */
  ask(before) {
    const submit = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      this.#begin(String(form.get("proposal") ?? "").trim(), form.get("shown") === "at_close" ? "at_close" : "at_once", form.get("leads") === "on", before);
    };
    const shown = before?.shown ?? "at_once";
    this.parts.dialogs().show(
      before ? t("Next round, with a changed proposal") : t("Ask for consent"),
      html`<form class="stack" @submit=${submit}><label class="field"><span class="field__label">${t("Proposal")}</span><textarea class="input" name="proposal" rows="4" maxlength="1200" required dir="auto" .value=${before?.proposal ?? ""}></textarea></label>
        <fieldset class="vs__scopes"><legend class="field__label">${t("Who sees the answers")}</legend>
          <label class="vs__scope"><input type="radio" name="shown" value="at_once" ?checked=${shown === "at_once"}><span>${t("Everyone, at once, with names")}</span></label>
          <label class="vs__scope"><input type="radio" name="shown" value="at_close" ?checked=${shown === "at_close"}><span>${t("Those who lead at once, everyone when the round closes")}</span></label></fieldset>
        <label class="vs__scope"><input type="checkbox" name="leads" ?checked=${Boolean(before?.leads)}><span>${t("Those who lead answer, too")}</span></label>
        ${before ? html`<p class="small muted">${t("The round before stays to be read, with its answers.")}</p>` : nothing}
        <p class="btn-row dialog__acts"><button class="btn btn--room">${t("Put it to everyone")}</button></p></form>`,
    );
  }

  /** @param {string} proposal @param {"at_once" | "at_close"} shown @param {boolean} leads @param {Item} [before] */
  #begin(proposal, shown, leads, before) {
    if (!proposal) return;
    const board = this.model.who.board.slice("board:".length);
    const next = before ? { after: before.id, round: (before.round ?? 1) + 1 } : {};
    this.parts.dialogs().box.close();
    this.model.sync.ask(this.model.who.workshop, openConsent({ id: newId(), proposal, board, shown, ...(leads ? { leads } : {}), ...next }, { now: Date.now() }));
  }

  #askToClose() {
    const consent = this.consents.now;
    if (!consent) return;
    this.parts.dialogs().ask({
      title: t("Close the round?"), words: t("Nobody answers after that. The answers stay with the proposal, in the report as well."), label: t("Close the round"), room: true,
      act: () => this.model.sync.ask(this.model.who.workshop, closeConsent(consent.id)),
    });
  }

  /** @param {Item} consent */
  #answerFor(consent) {
    const { dialogs } = this.parts;
    const people = this.consents.others(consent);
    const submit = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      const answer = /** @type {Said} */ (form.get("answer"));
      dialogs().box.close();
      this.model.sync.ask(this.model.who.workshop, answerFor(consent.id, String(form.get("person")), answer, String(form.get("words") ?? "").trim()));
    };
    dialogs().show(
      t("Answer for somebody without a device"),
      html`<form class="stack" @submit=${submit}><label class="field"><span class="field__label">${t("Whose answer?")}</span><select class="input" name="person" required>${people.map((p) => html`<option value=${p.id}>${[this.model.name(p.id), deviceWords(p)].filter(Boolean).join(" · ")}</option>`)}</select></label>
        <label class="field"><span class="field__label">${t("Answer")}</span><select class="input" name="answer">${[...ANSWERS].reverse().map((said) => html`<option value=${said}>${saidWords(said)}</option>`)}</select></label>
        <label class="field"><span class="field__label">${t("Why (an objection needs it)")}</span><textarea class="input" name="words" rows="2" maxlength="600" dir="auto"></textarea></label>
        <p class="btn-row dialog__acts"><button class="btn btn--primary" ?disabled=${!people.length}>${t("Enter it")}</button></p></form>`,
    );
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.hide();
  }
}
