/** All tables at once, for those who lead: who sits where, what happens there, bringing back, gathering. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { newId } from "../../lib/ids.js";
import { t, tn } from "../../lib/words.js";
import {
  closeTables, dealSeats, editTable, expectPeople, gatherTables, makeTables, openTables, recallTables, seatPeople, setCall, setSeating,
} from "../ops_tables.js";
import { Outlines } from "../outlines.js";
import { readList } from "../seats.js";
import { bars, picture } from "./outline.js";
import { lateChoices, makingForm } from "./tables_making.js";
import { face } from "./top.js";

const FACES = 4;
const QUIET_MS = 4 * 60_000;
const DRAW_MS = 1_000;
/** So many people of a list are named who found no table. */
const NAMED = 5;

/** @typedef {import("../model.js").Item} Item */
/**
 * @typedef {{
 *   box: HTMLElement, main: HTMLElement, seats: import("../seats.js").Seats, clock: import("../clock.js").ServerClock,
 *   popover: import("./popover.js").Popover, url: string, tell: (words: string) => void, say: (words: string) => void,
 *   attention: import("../attention.js").Attention, drawn: () => void, back: () => void,
 * }} Parts
 */
export class Tables {
  #isOpen = false;
  /** The making of tables that is looked at. */
  #shown = "";
  #making = false;
  #drawing = 0;

  /** @param {Parts} parts @param {AbortSignal} signal */
  constructor(parts, signal) {
    this.parts = parts;
    this.seats = parts.seats;
    this.model = parts.seats.model;
    this.outlines = new Outlines(parts.url, () => this.draw());
    const { sync, who } = this.model;
    for (const type of ["change", "loaded"]) sync.on(type, (/** @type {{stream: string}} */ e) => (e.stream === who.workshop || e.stream === parts.attention.desk) && this.draw());
    parts.box.addEventListener("keydown", (e) => e.key === "Escape" && !e.defaultPrevented && this.toggle(), { signal });
    signal.addEventListener("abort", () => (clearInterval(this.#drawing), this.outlines.watch("")));
    // The page of another table was looked at from here.
    if (sessionStorage.getItem("tables") === "1") this.#isOpen = true;
  }

  /** The button in the cockpit. */
  tile() {
    const { open } = this.seats;
    const count = open ? this.seats.tables(open.id).length : 0;
    return html`<button type="button" id="tables-button" class="tile ${this.#isOpen ? "is-on" : ""}" aria-pressed=${this.#isOpen} @click=${() => this.toggle()}>${icon("tables")}<span>${t("Tables")}<small>${open ? tn("{n} table open", "{n} tables open", count) : t("Work in small groups")}</small></span></button>`;
  }

  toggle() {
    this.#isOpen = !this.#isOpen;
    if (!this.#isOpen) sessionStorage.removeItem("tables");
    this.draw();
    this.parts.drawn();
    if (this.#isOpen) /** @type {HTMLElement | null} */ (this.parts.box.querySelector("button, input, a"))?.focus();
    else (document.getElementById("tables-button") ?? document.getElementById("room-button"))?.focus();
  }

  draw() {
    const { box, main } = this.parts;
    const open = this.#isOpen && this.model.leads;
    const seating = this.#seating;
    main.classList.toggle("has-tables", open);
    box.hidden = !open;
    this.outlines.watch(open && seating ? seating.id : "");
    clearInterval(this.#drawing);
    if (open && seating?.recall) this.#drawing = window.setInterval(() => this.draw(), DRAW_MS);
    render(open ? this.#content(seating) : nothing, box);
  }

  get #seating() {
    const { seatings, open } = this.seats;
    return seatings.find((s) => s.id === this.#shown) ?? open ?? seatings[0];
  }

  /** @param {import("../ops.js").Asked} asked @param {string} [stream] */
  #ask(asked, stream = this.model.who.workshop) {
    this.model.sync.ask(stream, asked);
  }

  /** What groups are to be about, as it was carried here from an earlier step. */
  #topics() {
    const items = [...this.model.sync.view(this.parts.attention.desk).items.values()].filter((item) => item.kind === "topic");
    return items.sort((a, b) => Number(a.at) - Number(b.at)).map((item) => String(item.title));
  }

  // What is drawn

  /** @param {Item | undefined} seating */
  #content(seating) {
    if (!seating || this.#making) {
      return html`${this.#head(seating)}${makingForm(this.seats, (made) => this.#make(made), seating ? () => this.#turn(false) : null, this.#topics())}`;
    }
    const tables = this.seats.tables(seating.id);
    return html`${this.#head(seating)}${this.#running(seating)}${this.#nobody(seating, tables)}
      <ul class="tables__grid">${tables.map((table) => this.#table(seating, table))}</ul>
      ${this.#foot(seating)}`;
  }

  /** @param {Item | undefined} seating */
  #head(seating) {
    const { seatings } = this.seats;
    const states = { prepared: t("being prepared"), open: t("open"), closed: t("closed") };
    const name = (/** @type {Item} */ s) => t("Tables {n}: {state}", { n: seatings.length - seatings.indexOf(s), state: /** @type {Record<string, string>} */ (states)[s.state] ?? "" });
    return html`<header class="tables__head"><h2 class="h2 grow">${t("Tables")}</h2>
      ${seatings.length > 1 && seating ? html`<select class="input tables__which" aria-label=${t("Which tables")} @change=${(/** @type {Event} */ e) => this.#show(/** @type {HTMLSelectElement} */ (e.target).value)}>${seatings.map((s) => html`<option value=${s.id} ?selected=${s.id === seating.id}>${name(s)}</option>`)}</select>` : nothing}
      ${seating && !this.#making ? html`<button type="button" class="btn" @click=${() => this.#turn(true)}>${icon("plus")}${t("Make tables")}</button>` : nothing}
      <button type="button" class="tool" aria-label=${t("Close the tables")} data-tip=${t("Close the tables")} @click=${() => this.toggle()}>${icon("x")}</button></header>`;
  }

  /** Opening, bringing back, gathering: each for everyone. @param {Item} seating */
  #running(seating) {
    const seconds = seating.recall ? Math.max(0, Math.ceil((seating.recall - this.parts.clock.now()) / 1000)) : 0;
    const gather = html`<button type="button" class="btn" @click=${() => this.#gather(seating)}>${icon("download")}${t("Gather on the board")}</button>`;
    if (seating.state !== "open") {
      return html`<div class="tables__bar">${this.#dealing(seating)}<span class="grow"></span>${seating.state === "closed" ? gather : nothing}
        <button type="button" class="btn btn--room" @click=${() => this.#open(seating)}>${icon("tables")}${seating.state === "closed" ? t("Open again for everyone") : t("Open for everyone")}</button></div>`;
    }
    return html`<div class="tables__bar">${this.#dealing(seating)}<span class="grow"></span>${gather}
      ${seating.recall
        ? html`<span class="chip chip--amber" role="timer" aria-live="off">${tn("Back in {n} second", "Back in {n} seconds", seconds)}</span><button type="button" class="btn" @click=${() => this.#recall(seating, null)}>${t("Stop it")}</button>`
        : html`<button type="button" class="btn btn--room" @click=${() => this.#recall(seating, 1)}>${t("Bring back everyone in 1 min")}${icon("arrow")}</button>`}
      <button type="button" class="btn" @click=${() => this.#close(seating)}>${t("Bring back now")}</button></div>`;
  }

  /** @param {Item} seating */
  #dealing(seating) {
    const repeats = this.seats.repeats(seating);
    const before = this.seats.seatings.filter((s) => s.id !== seating.id);
    return html`<button type="button" class="btn" aria-haspopup="true" aria-expanded="false" @click=${(/** @type {Event} */ e) => this.#dealMenu(seating, /** @type {HTMLElement} */ (e.currentTarget))}>${icon("shuffle")}${t("Seat people")}${icon("down", "i--16")}</button>
      ${before.length ? html`<span class="small muted">${tn("{n} pair meets again", "{n} pairs meet again", repeats)}</span>` : nothing}`;
  }

  /** @param {Item} seating @param {HTMLElement} anchor */
  #dealMenu(seating, anchor) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const before = this.seats.seatings.find((s) => s.id !== seating.id);
    const row = (/** @type {string} */ words, /** @type {any} */ how) => html`<button type="button" role="menuitem" class="menu__item" @click=${() => (popover.close(), this.#deal(seating, how))}>${words}</button>`;
    popover.open(anchor, html`${row(t("Mix by chance"), { rule: "random" })}${row(t("Spread the cities"), { rule: "balanced", by: "city" })}${row(t("Spread the languages"), { rule: "balanced", by: "language" })}
      ${row(t("Cities together"), { rule: "together", by: "city" })}${row(t("Countries together"), { rule: "together", by: "country" })}${row(t("Languages together"), { rule: "together", by: "language" })}
      ${before ? html`${row(t("As before"), { rule: "before", like: before.id })}${row(t("All new partners"), { rule: "new" })}` : nothing}
      ${row(t("Only those without a table"), { rule: "balanced", by: "city", rest: true })}
      <button type="button" role="menuitem" class="menu__item" @click=${() => this.#listMenu(seating, anchor)}>${t("From a list…")}</button>`, { label: t("Seat people") });
  }

  /** Names and tables, one person on each line; who is not here yet is expected. @param {Item} seating @param {HTMLElement} anchor */
  #listMenu(seating, anchor) {
    const { popover } = this.parts;
    const take = (/** @type {Event} */ event) => {
      event.preventDefault();
      const lines = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get("list") ?? "").split("\n");
      popover.close();
      this.#seatFromList(seating, lines);
    };
    popover.open(anchor, html`<form class="tables__list" @submit=${take}><label class="tables__field">${t("One person on each line: name; table")}<textarea class="input" name="list" rows="8" placeholder="Nino; 2"></textarea></label><button class="btn btn--room">${t("Seat these people")}</button></form>`, { label: t("Seat people from a list"), role: "dialog", focus: "textarea" });
  }

  /** Who has no seat, and who is not here yet. @param {Item} seating @param {Item[]} tables */
  #nobody(seating, tables) {
    const without = this.seats.without(seating);
    const expected = this.seats.expected(seating.id);
    if (!without.length && !expected.length) return nothing;
    return html`<section class="tables__nobody" aria-label=${t("Not at a table")} @dragover=${over} @drop=${(/** @type {DragEvent} */ e) => this.#dropped(e, seating, null)}>
      <h3 class="cockpit__h"><span>${t("Not at a table")}</span><span class="num">${without.length}</span></h3>
      <ul class="tables__people">${without.map((person) => this.#person(seating, tables, person, t("Seat"), t("Seat {name} at…", { name: this.model.name(person.id) })))}
        ${expected.map((one) => html`<li class="seat is-away"><span class="grow clip"><span dir="auto">${one.name}</span> <span class="small muted">${t("not here yet")}, ${this.#titleOf(one.table)}</span></span><button type="button" class="tool" aria-label=${t("Expect {name} no longer", { name: one.name })} @click=${() => this.#ask(expectPeople(seating.id, [{ id: one.id, name: one.name, table: null }]))}>${icon("x", "i--16")}</button></li>`)}</ul></section>`;
  }

  /** @param {Item} seating @param {Item} table */
  #table(seating, table) {
    const { seats, model } = this;
    const people = seats.at(seating, table.id);
    const outline = this.outlines.known.get(table.board);
    const title = seats.title(table);
    const cities = [...new Set(people.map((p) => model.cityOf(p.id)?.name).filter(Boolean))].join(", ");
    const href = location.pathname.replace(model.who.board.slice("board:".length), table.board);
    const now = this.parts.clock.now();
    const quiet = seating.state === "open" && outline?.last && now - outline.last > QUIET_MS ? Math.floor((now - outline.last) / 60_000) : 0;
    const { attention } = this.parts;
    const finished = people.filter((p) => attention.hasFinished(p.id)).length;
    const waiting = attention.queue.find((one) => one.board === table.board);
    return html`<li class="tb ${waiting ? "is-help" : ""}" data-table=${table.id} @dragover=${over} @drop=${(/** @type {DragEvent} */ e) => this.#dropped(e, seating, table.id)}>
      <div class="tb__h"><h3 class="grow clip"><b dir="auto">${title}</b> <span class="small muted">${cities}</span></h3>
        <span class="avatars" aria-hidden="true">${people.slice(0, FACES).map((p) => face(model, p))}${people.length > FACES ? html`<span class="avatars__more num">+${people.length - FACES}</span>` : nothing}</span>
        <button type="button" class="tool" aria-haspopup="true" aria-expanded="false" aria-label=${t("More for {table}", { table: title })} @click=${(/** @type {Event} */ e) => this.#tableMenu(table, /** @type {HTMLElement} */ (e.currentTarget))}>${icon("more")}</button></div>
      ${waiting ? html`<p class="tb__alert">${icon("help")}<span class="grow">${attention.askedForHelp(waiting)}</span><a class="btn btn--s" href=${href} @click=${() => this.#goToHelp(waiting.person)}>${t("Go there")}</a></p>` : nothing}
      ${picture(outline)}
      <ul class="tables__people">${people.map((person) => this.#person(seating, seats.tables(seating.id), person, t("Move"), t("Move {name} to…", { name: model.name(person.id) })))}</ul>
      ${people.length ? nothing : html`<p class="small muted tb__empty">${t("{table} is empty.", { table: title })}</p>`}
      <div class="tb__f"><span class="small">${tn("{n} note", "{n} notes", outline?.notes ?? 0)}</span>${outline ? bars(outline.activity) : nothing}
        ${finished && finished >= people.length ? html`<span class="chip chip--pine">${icon("check", "i--16")}${t("All finished")}</span>` : finished ? html`<span class="small num">${t("{n} of {all} finished", { n: finished, all: people.length })}</span>` : quiet ? html`<span class="chip chip--amber">${icon("clock", "i--16")}${t("Quiet {n} min", { n: quiet })}</span>` : nothing}
        <span class="grow"></span><a class="btn btn--s" href=${href} aria-label=${t("Look in at {table}", { table: title })} @click=${() => sessionStorage.setItem("tables", "1")}>${icon("eye", "i--16")}${t("Look in")}</a></div></li>`;
  }

  /** @param {Item} seating @param {Item[]} tables @param {import("../model.js").Person} person @param {string} words @param {string} label */
  #person(seating, tables, person, words, label) {
    const { model } = this;
    const name = model.name(person.id);
    return html`<li class="seat" draggable="true" data-person=${person.id} @dragstart=${(/** @type {DragEvent} */ e) => e.dataTransfer?.setData("text/plain", person.id)}>${face(model, person)}<span class="grow clip" dir="auto" lang=${person.lang ?? ""}>${name}</span>
      <button type="button" class="btn btn--s" aria-haspopup="true" aria-expanded="false" aria-label=${label} @click=${(/** @type {Event} */ e) => this.#moveMenu(seating, tables, person, /** @type {HTMLElement} */ (e.currentTarget))}>${words}${icon("down", "i--16")}</button></li>`;
  }

  /** @param {Item} seating @param {Item[]} tables @param {import("../model.js").Person} person @param {HTMLElement} anchor */
  #moveMenu(seating, tables, person, anchor) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const at = this.seats.sitting(seating).get(person.id);
    const row = (/** @type {string} */ words, /** @type {string | null} */ to) => html`<button type="button" role="menuitem" class="menu__item" ?disabled=${to === (at ?? null)} @click=${() => (popover.close(), this.#seat(seating, person.id, to))}>${words}</button>`;
    popover.open(anchor, html`${tables.map((table) => row(`${this.seats.title(table)} (${this.seats.at(seating, table.id).length})`, table.id))}${row(t("No table"), null)}`, { label: t("Move {name} to…", { name: this.model.name(person.id) }) });
  }

  /** @param {Item} table @param {HTMLElement} anchor */
  #tableMenu(table, anchor) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const outline = this.outlines.known.get(table.board);
    const save = (/** @type {Event} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
      popover.close();
      const title = String(form.get("title") ?? "").trim();
      if (title !== (table.title ?? "")) this.#ask(editTable(table.id, { title }));
      const call = String(form.get("call") ?? "").trim();
      if (call !== (outline?.call ?? "")) this.#ask(setCall(call || null), `board:${table.board}`);
    };
    popover.open(anchor, html`<form class="tables__list" @submit=${save}>
      <label class="tables__field">${t("Name")}<input class="input" name="title" .value=${table.title ?? ""} maxlength="200"></label>
      <label class="tables__field">${t("Address of this table’s call")}<input class="input" name="call" type="url" pattern="https?://.+" placeholder="https://" .value=${outline?.call ?? ""}></label>
      <button class="btn btn--room">${t("Save")}</button>
      <button type="button" class="btn" @click=${() => (popover.close(), this.#ask(editTable(table.id, { shown: !table.shown })))}>${icon("eye")}${table.shown ? t("Only those who sit here may look") : t("Everyone may look at it")}</button></form>`, { label: this.seats.title(table), role: "dialog" });
  }

  /** What holds for all. @param {Item} seating */
  #foot(seating) {
    return html`<div class="tables__foot">
      <label class="tables__field">${t("Who comes late")}<select class="input" @change=${(/** @type {Event} */ e) => this.#ask(setSeating(seating.id, { late: /** @type {HTMLSelectElement} */ (e.target).value }))}>${lateChoices().map(([value, words]) => html`<option value=${value} ?selected=${value === seating.late}>${words}</option>`)}</select></label></div>`;
  }

  // What is done

  /** @param {boolean} making */
  #turn(making) {
    this.#making = making;
    this.draw();
  }

  /** @param {string} seating */
  #show(seating) {
    this.#shown = seating;
    this.draw();
  }

  /** @param {Parameters<typeof makeTables>[0]} made */
  #make(made) {
    this.#ask(makeTables(made));
    this.#shown = made.id;
    this.#making = false;
    this.parts.tell(tn("{n} table is made.", "{n} tables are made.", made.tables.length));
    this.draw();
  }

  /** @param {Item} seating @param {any} how */
  #deal(seating, how) {
    this.#ask(dealSeats(seating.id, { seed: Math.floor(Math.random() * 2 ** 31), ...how }));
    this.parts.tell(t("People are seated."));
  }

  /** @param {Item} seating @param {string} person @param {string | null} table */
  #seat(seating, person, table) {
    this.#ask(seatPeople(seating.id, { [person]: table }));
    const name = this.model.name(person);
    this.parts.tell(table ? t("{name} sits at {table} now.", { name, table: this.#titleOf(table) }) : t("{name} sits at no table now.", { name }));
  }

  /** @param {DragEvent} event @param {Item} seating @param {string | null} table */
  #dropped(event, seating, table) {
    const person = event.dataTransfer?.getData("text/plain") ?? "";
    if (!this.model.person(person)) return;
    event.preventDefault();
    if ((this.seats.sitting(seating).get(person) ?? null) !== table) this.#seat(seating, person, table);
  }

  /** @param {Item} seating @param {string[]} lines */
  #seatFromList(seating, lines) {
    const tables = this.seats.tables(seating.id).map(({ id, number, ...table }) => ({ id, number, title: this.seats.title({ id, number, ...table }) }));
    const people = this.model.people.map(({ id }) => ({ id, name: this.model.name(id) }));
    const { sits, expected, lost } = readList(lines, tables, people);
    if (Object.keys(sits).length) this.#ask(seatPeople(seating.id, sits));
    if (expected.length) this.#ask(expectPeople(seating.id, expected.map((one) => ({ id: newId(), ...one }))));
    const seated = tn("{n} person from the list has a table.", "{n} people from the list have a table.", Object.keys(sits).length + expected.length);
    this.parts.tell(lost.length ? `${seated} ${t("No such table for: {names}.", { names: lost.slice(0, NAMED).join(", ") + (lost.length > NAMED ? " …" : "") })}` : seated);
  }

  /** @param {Item} seating */
  #open(seating) {
    this.#ask(openTables(seating.id));
    this.parts.tell(t("Everyone goes to their table."));
  }

  /** @param {Item} seating @param {number | null} minutes */
  #recall(seating, minutes) {
    this.#ask(recallTables(seating.id, minutes === null ? null : Math.round(this.parts.clock.now()) + minutes * 60_000));
    this.parts.tell(minutes === null ? t("The tables stay open.") : tn("Everyone is back in {n} minute.", "Everyone is back in {n} minutes.", minutes));
  }

  /** @param {Item} seating */
  #close(seating) {
    this.#ask(closeTables(seating.id));
    this.parts.tell(t("Everyone goes back together."));
  }

  /** @param {Item} seating */
  #gather(seating) {
    const board = seating.gathered_to ?? this.model.workshop.fields.board;
    this.#ask(gatherTables(seating.id, board));
    this.parts.tell(t("What the tables wrote is copied to the board. Again, only what is new."));
  }

  /** The first who goes there ends the waiting for all. @param {string} person */
  #goToHelp(person) {
    sessionStorage.setItem("tables", "");
    this.parts.attention.take(person);
  }

  /** @param {string} table */
  #titleOf(table) {
    const found = this.model.workshop.items.get(table);
    return found ? this.seats.title(found) : "";
  }
}

/** @param {DragEvent} event */
function over(event) {
  event.preventDefault();
}
