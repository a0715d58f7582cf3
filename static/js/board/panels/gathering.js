/** In the cockpit: bringing everyone here, who is finished, who wants to speak, who waits for help, and messages. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { QUICK, quickWords } from "../messages.js";
import { sendMessage } from "../ops_together.js";
import { face } from "./top.js";

/** That the tables lie over the board; not on the page that one goes to. */
const PLACES = "tables";

/**
 * @typedef {{
 *   attention: import("../attention.js").Attention, bringing: import("../bringing.js").Bringing, leading: import("../leading.js").Leading, seats: import("../seats.js").Seats,
 *   popover: import("./popover.js").Popover, present: () => string[], tell: (words: string) => void,
 * }} Parts
 */
export class Gathering {
  /** What is written in the field, which comes and goes with the panel. */
  #words = "";
  /** A stream, or a person; empty: everyone. */
  #to = "";

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.attention.model;
  }

  // Everyone here

  tile() {
    const { bringing, seats } = this.parts;
    const held = this.model.workshop.fields.brought !== undefined && seats.open;
    return html`<button type="button" class="tile ${held ? "is-on" : ""}" aria-haspopup=${seats.open ? "true" : nothing} @click=${(/** @type {Event} */ e) => (seats.open ? this.#choose(/** @type {HTMLElement} */ (e.currentTarget)) : bringing.bring())}>${icon("summon")}<span>${t("Bring everyone here")}<small>${held ? t("Away from the tables") : t("To what I see")}</small></span></button>`;
  }

  leadTile() {
    const { leading } = this.parts;
    const { isOn } = leading;
    const n = leading.parts.guides.followers;
    return html`<button type="button" class="tile ${isOn ? "is-on" : ""}" aria-pressed=${isOn} @click=${() => leading.toggle()}>${icon("follow")}<span>${t("Lead my view")}<small>${isOn ? tn("{n} follows", "{n} follow", n) : t("Off")}</small></span></button>`;
  }

  /** While there are tables: all of them, or one. @param {HTMLElement} anchor */
  #choose(anchor) {
    const { popover, seats, bringing } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const { open } = seats;
    if (!open) return;
    const row = (/** @type {string} */ words, /** @type {() => void} */ act) => html`<button type="button" role="menuitem" class="menu__item" @click=${() => (popover.close(), act())}><span class="grow" dir="auto">${words}</span></button>`;
    popover.open(anchor, html`${row(t("Everyone"), () => bringing.bring())}
      ${seats.tables(open.id).map((table) => row(seats.title(table), () => bringing.bring(table.id)))}
      ${this.model.workshop.fields.brought === undefined ? nothing : html`<div class="menu__sep"></div>${row(t("Let them go back to their tables"), () => bringing.release())}`}`, { label: t("Bring everyone here") });
  }

  // Who is finished, who waits

  finished() {
    const { finished, of } = this.parts.attention.turnout(this.#everyone());
    if (!of) return nothing;
    return html`<p class="gathering__done small num">${t("{n} of {all} finished", { n: finished, all: of })}</p>`;
  }

  /** Those on this board, and those at tables. */
  #everyone() {
    const { seats, present } = this.parts;
    const sitting = seats.open ? [...seats.sitting(seats.open).keys()] : [];
    return new Set([...present(), ...sitting]);
  }

  /** Help and hands: each with what can be done about it. */
  waiting() {
    const { attention } = this.parts;
    const { hands, queue } = attention;
    if (!hands.length && !queue.length) return nothing;
    return html`<ul class="gathering">${queue.map((w) => this.#help(w))}${hands.map((p, at) => this.#hand(p, at))}</ul>`;
  }

  /** @param {import("../attention.js").Waiting} waiting */
  #help(waiting) {
    const { person, board } = waiting;
    const { attention } = this.parts;
    const { model } = this;
    const name = model.name(person);
    const here = model.who.board === `board:${board}`;
    const who = model.person(person);
    const item = model.workshop.items.get(board);
    const table = item?.table ? model.workshop.items.get(item.table) : undefined;
    const where = table ? this.parts.seats.title(table) : "";
    return html`<li class="gathering__one is-help">${who ? face(model, who) : nothing}<span class="grow"><b dir="auto">${name}</b>
        <span class="small">${[where, attention.needsHelp(waiting)].filter(Boolean).join(" · ")}</span></span>
      ${here || !item ? nothing : html`<a class="btn btn--s" href=${this.#href(board)} aria-label=${t("Go to {name}", { name })} @click=${() => this.#goTo(person)}>${t("Go there")}</a>`}
      <button type="button" class="btn btn--icon" aria-label=${t("I help {name}", { name })} data-tip=${t("I help {name}", { name })} @click=${() => attention.take(person)}>${icon("check")}</button></li>`;
  }

  /** @param {string} person */
  #goTo(person) {
    sessionStorage.setItem(PLACES, "");
    this.parts.attention.take(person);
  }

  /** @param {string} board */
  #href(board) {
    return location.pathname.replace(this.model.who.board.slice("board:".length), board);
  }

  /** @param {import("../model.js").Person} person @param {number} at */
  #hand(person, at) {
    const name = this.model.name(person.id);
    return html`<li class="gathering__one">${face(this.model, person)}<span class="grow"><b dir="auto">${name}</b> <span class="small">${at ? t("wants to speak, {n}.", { n: at + 1 }) : t("wants to speak")}</span></span>
      <button type="button" class="btn btn--icon" aria-label=${t("Take {name}’s hand down", { name })} data-tip=${t("Take {name}’s hand down", { name })} @click=${() => this.parts.attention.hand(false, person.id)}>${icon("hand")}</button></li>`;
  }

  // Messages

  messages() {
    const { seats } = this.parts;
    const { open } = seats;
    const { model } = this;
    const tables = open ? seats.tables(open.id) : [];
    const others = model.people.filter((p) => p.id !== model.me).sort((a, b) => a.name.localeCompare(b.name));
    return html`<section class="cockpit__sec" aria-label=${t("Message")}><form @submit=${(/** @type {Event} */ e) => this.#sent(e)}>
      <div class="gathering__to"><h3 class="cockpit__h grow" id="message-h">${t("Message")}</h3><select class="input" aria-label=${t("To")} @change=${(/** @type {Event} */ e) => (this.#to = /** @type {HTMLSelectElement} */ (e.target).value)}>
        <option value="" ?selected=${!this.#to}>${t("Everyone")}</option>
        ${tables.map((table) => html`<option value=${`board:${table.board}`} ?selected=${this.#to === `board:${table.board}`}>${seats.title(table)}</option>`)}
        ${others.map((p) => html`<option value=${p.id} ?selected=${this.#to === p.id}>${model.name(p.id)}</option>`)}</select></div>
      <div class="gathering__say"><textarea class="input" name="words" rows="1" maxlength="600" dir="auto" aria-labelledby="message-h" placeholder=${t("Write a message")} .value=${this.#words} @input=${(/** @type {Event} */ e) => (this.#words = /** @type {HTMLTextAreaElement} */ (e.target).value)} @keydown=${(/** @type {KeyboardEvent} */ e) => this.#key(e)}></textarea>
        <button class="btn btn--room btn--icon" aria-label=${t("Send")} data-tip=${t("Send")}>${icon("send")}</button></div></form>
      <div class="gathering__quick">${QUICK.map((quick) => html`<button type="button" class="btn btn--s btn--room-soft" title=${t("Each reads it in their own language")} @click=${() => this.#send({ quick })}>${icon("translate", "i--16")}${quickWords(quick)}</button>`)}</div></section>`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit();
  }

  /** @param {Event} event */
  #sent(event) {
    event.preventDefault();
    const words = this.#words.trim();
    if (!words) return;
    this.#words = "";
    const area = /** @type {HTMLFormElement} */ (event.target).querySelector("textarea");
    if (area) area.value = "";
    this.#send({ words });
  }

  /** @param {import("../ops_together.js").Said} said */
  #send(said) {
    const { attention, tell, seats } = this.parts;
    const { model } = this;
    const to = this.#to;
    const person = model.person(to);
    const table = seats.open && seats.tables(seats.open.id).find((one) => to === `board:${one.board}`);
    if (person) model.sync.ask(attention.desk, sendMessage(said, to));
    else if (table) model.sync.ask(to, sendMessage(said));
    else model.sync.ask(model.who.workshop, sendMessage(said));
    tell(person ? t("Sent to {name}.", { name: model.name(to) }) : table ? t("Sent to {table}.", { table: seats.title(table) }) : t("Sent to everyone."));
  }
}
