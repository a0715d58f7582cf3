/**
 * Voting, put onto the board: the tray, the options as cards, the result, and what those who lead do. It says when a vote
 * opens and closes, and takes nobody's caret away for it.
 *
 * @typedef {import("./model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../lib/dom.js";
import { newId } from "../lib/ids.js";
import { t, tn } from "../lib/words.js";
import { isBusy } from "./busy.js";
import { deviceWords } from "./items/whose.js";
import { all, setStage } from "./ops.js";
import { cancelVote, closeVote, openVote } from "./ops_votes.js";
import { ballot } from "./panels/ballot.js";
import { Results } from "./panels/results.js";
import { Tray } from "./panels/tray.js";
import { VoteSetup } from "./panels/vote_setup.js";

/**
 * @typedef {{
 *   main: HTMLElement, box: HTMLElement, tray: HTMLElement, dialog: HTMLDialogElement, votes: import("./votes.js").Votes,
 *   dialogs: import("./panels/dialogs.js").Dialogs, popover: import("./panels/popover.js").Popover, notices: import("./panels/notices.js").Notices,
 *   picked: () => string[], isList: () => boolean, alert: (words: string) => void, tell: (words: string) => void,
 *   items: (ids: Set<string>) => void, sized: () => void, back: () => void,
 *   hadNone: boolean,
 * }} Parts `hadNone`: this page has looked already, and no vote was open
 */
export class Voting {
  /** What was on when this page looked last; undefined: it has not looked. @type {{id: string, state: string} | null | undefined} */
  #seen;
  /** @type {"" | "ballot" | "result"} */
  #open = "";
  /** Which result is shown; empty: the newest. */
  #result = "";
  #count = 0;
  #isTable = false;
  #isLarge = false;
  /** It opens when the person has finished writing. */
  #waits = false;
  #frame = 0;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    const { votes, box } = parts;
    this.#seen = parts.hadNone ? null : undefined;
    this.model = votes.model;
    this.tray = new Tray({
      box: parts.tray, votes, isOpen: () => this.#open === "ballot", toggle: () => this.toggle(), close: () => this.#askToClose(), isOnline: () => this.model.sync.isOnline,
      more: (anchor) => this.#more(anchor), done: () => this.#voteFor(null),
    });
    this.results = new Results({
      votes, count: () => this.#count, setCount: (n) => this.#cutAt(n), isTable: () => this.#isTable, setTable: (on) => this.#set(() => (this.#isTable = on)),
      isLarge: () => this.#isLarge, setLarge: (on) => this.#enlarge(on), again: (vote, options) => this.setup.show(vote.question, { vote: vote.id, options }),
      choose: (id) => this.showResult(id), close: () => this.hide(),
    });
    this.setup = new VoteSetup({ box: parts.dialog, model: this.model, picked: parts.picked, open: (chosen) => this.#begin(chosen) });
    votes.addEventListener("change", () => this.#changed());
    votes.ballots.addEventListener("refused", (e) => this.#refused(/** @type {CustomEvent} */ (e).detail));
    this.model.sync.on("change", (e) => e.stream === this.model.who.workshop && this.#compare());
    this.model.sync.on("loaded", (e) => e.stream === this.model.who.workshop && this.#compare());
    this.model.sync.on("status", () => this.#learn());
    this.model.sync.on("change", (e) => e.stream === this.model.who.board && this.#open && this.draw());
    box.addEventListener("keydown", (e) => this.#keys(e), { signal });
    for (const type of ["focusout", "input", "keyup"]) document.addEventListener(type, () => this.#waits && setTimeout(() => this.#comeIfFree()), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#learn(true), { signal });
    this.#compare();
  }

  // What is drawn

  draw() {
    this.#frame ||= requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { main, box, votes } = this.parts;
    const { now } = votes;
    if (this.#open === "ballot" && !now) this.#open = "";
    const result = this.#open === "result" ? this.#shown : undefined;
    if (this.#open === "result" && !result) this.#open = "";
    const hasTray = Boolean(now) && !this.#waits;
    main.classList.toggle("has-tray", hasTray);
    main.classList.toggle("has-vote", this.#open !== "");
    box.hidden = !this.#open;
    box.classList.toggle("is-large", this.#isLarge && this.#open === "result");
    box.classList.toggle("vt--result", this.#open === "result");
    render(this.#open === "ballot" && now ? ballot(votes, now) : result ? this.results.content(result) : nothing, box);
    this.tray.draw(hasTray);
  }

  /** The result that is shown. */
  get #shown() {
    const { closed } = this.parts.votes;
    return closed.find((vote) => vote.id === this.#result) ?? closed[0];
  }

  /** @param {() => void} act */
  #set(act) {
    act();
    this.draw();
  }

  /** The dots lie elsewhere, or were counted. */
  #changed() {
    const { votes, items } = this.parts;
    this.draw();
    const vote = votes.now;
    if (vote) items(new Set(votes.options(vote)));
  }

  // Opening and closing the panel

  toggle() {
    if (this.#open === "ballot") this.hide();
    else this.#show("ballot");
  }

  /** @param {string} [id] */
  showResult(id = "") {
    this.#result = id;
    this.#cutFor(this.#shown);
    this.#show("result");
  }

  hide() {
    if (this.#isLarge) this.#enlarge(false);
    this.#open = "";
    this.drawNow();
    this.parts.back();
  }

  /** @param {"ballot" | "result"} what @param {boolean} [takesFocus] */
  #show(what, takesFocus = true) {
    this.#open = what;
    this.drawNow();
    if (takesFocus) /** @type {HTMLElement | null} */ (this.parts.box.querySelector("#vote-title"))?.focus({ preventScroll: true });
    this.parts.box.scrollTo(0, 0);
  }

  /** It comes when they have finished. */
  get #isBusy() {
    return isBusy(this.model);
  }

  #comeIfFree() {
    if (!this.#waits || this.#isBusy) return;
    this.#waits = false;
    this.#present();
  }

  /** The vote that is open, as this person meets it. */
  #present() {
    const { votes, isList } = this.parts;
    const hadField = Boolean(document.activeElement?.closest("#composer")) || document.activeElement === document.body;
    if (votes.now && votes.mayVote(votes.now) && !isList()) this.#show("ballot", hadField);
    else this.drawNow();
  }

  /** @param {Item | undefined} vote */
  #cutFor(vote) {
    this.#count = vote ? Math.max(1, Math.round(this.parts.votes.options(vote).length / 3)) : 1;
  }

  /** @param {number} n */
  #cutAt(n) {
    const vote = this.#shown;
    if (!vote) return;
    this.#count = Math.max(1, Math.min(this.parts.votes.options(vote).length, n));
    this.drawNow();
    this.parts.votes.say(tn("The {n} above goes on", "The {n} above go on", this.#count));
  }

  /** @param {boolean} on */
  #enlarge(on) {
    this.#isLarge = on;
    this.drawNow();
    // Where a browser has no full screen, or does not allow it, it fills the page.
    if (on) void document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) void document.exitFullscreen();
  }

  // What happens

  /** Has a vote opened, or ended, since this page looked last? */
  #compare() {
    const { votes } = this.parts;
    if (!this.model.sync.isLoaded(this.model.who.workshop)) return;
    const { now } = votes;
    const before = this.#seen;
    this.#seen = now ? { id: now.id, state: now.state } : null;
    if (now) void this.#learn();
    if (now && before?.id !== now.id) this.#opened(now, before === undefined);
    else if (before && !now) this.#ended(before.id);
    this.draw();
  }

  /** @param {Item} vote @param {boolean} atOnce it was open when the page came */
  #opened(vote, atOnce) {
    const { votes, alert, notices } = this.parts;
    votes.forWhom = null;
    // A result tells how it was: whoever opened another vote from it looks on at what is asked now.
    if (this.#open === "result") this.#open = "";
    this.#waits = this.#isBusy;
    if (!atOnce || votes.mayVote(vote)) alert(t("A vote is open: {question}", { question: vote.question }));
    if (this.#waits) notices.offer(t("A vote is open. It comes when you have finished writing."), t("Vote now"), () => this.#comeNow());
    else this.#present();
    this.parts.sized();
  }

  #comeNow() {
    this.#waits = false;
    this.#show("ballot");
  }

  /** @param {string} id */
  #ended(id) {
    const { votes, alert, tell, notices, items } = this.parts;
    const vote = this.model.workshop.items.get(id);
    const wasOpen = this.#open === "ballot";
    this.#waits = false;
    votes.forWhom = null;
    votes.ballots.over(id);
    if (vote) items(new Set(votes.options(vote)));
    if (vote?.state === "cancelled") {
      tell(t("The vote was cancelled. Its dots are forgotten."));
      if (wasOpen) this.hide();
    } else if (vote?.state === "closed") {
      alert(t("The vote is closed. The result is there."));
      this.#result = "";
      if (this.#isBusy) notices.offer(t("The vote is closed."), t("See the result"), () => this.showResult());
      else this.showResult();
    }
    this.parts.sized();
  }

  /** Where my dots lie, as the server has them. @param {boolean} [again] */
  #learn(again = false) {
    const { votes } = this.parts;
    const { now } = votes;
    if (now?.state === "open" && votes.mayVote(now) && this.model.sync.isOnline) void votes.ballots.learn(now.id, again);
  }

  /** @param {import("./ballots.js").Refusal} refusal */
  #refused({ vote: id, voter, code, data, dots }) {
    const { votes, tell } = this.parts;
    const vote = this.model.workshop.items.get(id);
    if (vote?.state === "cancelled" && code === "stage") return;
    const were = Object.entries(dots).map(([item, n]) => `“${votes.words(item)}” ${n}`).join(", ");
    const lost = were ? t("Your dots were: {dots}.", { dots: were }) : "";
    tell([whyNot(code, data, voter === this.model.me ? "" : this.model.name(voter)), lost].filter(Boolean).join(" "));
  }

  // What those who lead do

  /** The tile of the cockpit. */
  askOrClose() {
    if (this.parts.votes.now) this.#askToClose();
    else this.ask();
  }

  ask() {
    const { votes } = this.parts;
    const step = this.model.workshop.items.get(this.model.workshop.fields.step);
    if (votes.now) return this.#show("ballot");
    this.setup.show((step && this.model.words(step, "question")) || this.model.words(this.model.fields, "question"));
  }

  /** @param {import("./panels/vote_setup.js").Chosen} chosen */
  #begin({ locks, ...chosen }) {
    const { model } = this;
    const board = model.who.board.slice("board:".length);
    const opened = openVote({ id: newId(), board, ...chosen, ...(chosen.leads ? {} : { leads: undefined }) }, { now: Date.now() });
    const free = ["open", "cluster"].includes(model.workshop.fields.stage ?? "open");
    this.#ask(locks && free ? [opened, setStage("vote")] : [opened]);
  }

  #askToClose() {
    const { votes, dialogs } = this.parts;
    const vote = votes.now;
    if (!vote) return;
    dialogs.ask({
      title: t("Close the vote?"),
      words: `${votes.turnout(vote)}. ${t("The dots are counted once, and everyone sees the result. Who chose what is forgotten for good.")}`,
      label: t("Close and count"),
      room: true,
      act: () => this.#ask([closeVote(vote.id), ...this.#unlocked(vote)]),
    });
  }

  /** @param {Item} vote */
  #askToCancel(vote) {
    this.parts.dialogs.ask({
      title: t("Cancel the vote?"),
      words: t("It ends without a result, and all dots are forgotten."),
      label: t("Cancel it"),
      room: true,
      act: () => this.#ask([cancelVote(vote.id), ...this.#unlocked(vote)]),
    });
  }

  /** Writing goes on after a vote, unless the step is one of voting or another board still votes. @param {Item} vote */
  #unlocked(vote) {
    const { fields, items } = this.model.workshop;
    const others = [...items.values()].some((i) => i.kind === "vote" && i.state === "open" && i.id !== vote.id);
    const step = items.get(fields.step);
    return fields.stage === "vote" && !others && step?.stage !== "vote" ? [setStage("open")] : [];
  }

  /** @param {HTMLElement} anchor */
  #more(anchor) {
    const { popover, votes } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const vote = votes.now;
    if (!vote) return;
    const act = (/** @type {() => void} */ what) => () => { popover.close(); what(); };
    popover.open(anchor, html`<button type="button" class="menu__item" @click=${() => this.#choosePerson(anchor)}>${icon("person")}<span class="grow">${t("Vote for somebody without a device")}</span></button>
      <button type="button" class="menu__item btn--danger" @click=${act(() => this.#askToCancel(vote))}>${icon("x")}<span class="grow">${t("Cancel the vote")}</span></button>`, { label: t("More about this vote"), role: "group" });
  }

  /** @param {HTMLElement} anchor */
  #choosePerson(anchor) {
    const { popover } = this.parts;
    const people = this.model.people.filter((p) => ["participant", "host"].includes(p.role ?? "")).sort((a, b) => Number(Boolean(b.deviceless)) - Number(Boolean(a.deviceless)));
    const rows = people.map((p) => html`<button type="button" class="menu__item" @click=${() => { popover.close(); this.#voteFor(p.id); }}><span class="grow" dir="auto">${this.model.name(p.id)}</span><span class="small muted" dir="auto">${[this.model.cityOf(p.id)?.name, deviceWords(p)].filter(Boolean).join(" · ")}</span></button>`);
    popover.open(anchor, html`<div class="menu__head">${t("Whose dots?")}</div>${rows.length ? rows : html`<p class="menu__head">${t("Nobody here could vote.")}</p>`}`, { label: t("Whose dots?"), role: "group", className: "popover--people" });
  }

  /** @param {string | null} person */
  #voteFor(person) {
    const { votes } = this.parts;
    votes.forWhom = person;
    if (!person) return this.hide();
    this.#show("ballot");
    votes.say(t("You put the dots of {name}. They are counted as given by a facilitator.", { name: this.model.name(person) }));
  }

  /** @param {import("./ops.js").Asked[]} asked */
  #ask(asked) {
    this.model.sync.ask(this.model.who.workshop, all(asked));
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      return this.hide();
    }
    if (event.code !== "KeyV" || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-id]"));
    if (!card?.dataset.id) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) this.parts.votes.take(card.dataset.id);
    else this.parts.votes.give(card.dataset.id);
    this.drawNow();
    // The button that had the focus may be gone with the last dot.
    if (!card.contains(document.activeElement)) /** @type {HTMLElement | null} */ (card.querySelector("[data-give]"))?.focus();
  }
}

/** Why dots were not counted. @param {string} code @param {any} data @param {string} name of somebody else, whose they are */
function whyNot(code, data, name) {
  switch (code) {
    case "stage": return t("The vote closed before these dots were counted.");
    case "conflict": return t("{name} has voted on a device of their own: that counts.", { name });
    case "limit": return tn("At most {n} dot fits there.", "At most {n} dots fit there.", data.most ?? 0);
    case "forbidden": return name ? t("{name} may not vote here.", { name }) : t("You may not vote here.");
    default: return t("These dots could not be counted.");
  }
}
