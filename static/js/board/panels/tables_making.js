/** The form that makes tables: how many, from which board, what they are called, and who comes late. */
import { html } from "lit-html";
import { newId } from "../../lib/ids.js";
import { t } from "../../lib/words.js";
import { howMany, MOST_TABLES } from "../seats.js";

const A_TABLE = 5;

/** Where people go who come late. */
export function lateChoices() {
  return [
    ["wait", t("They wait until you seat them")], ["smallest", t("To the table with the fewest people")],
    ["city", t("To people from their city")], ["language", t("To people of their language")],
  ];
}

/**
 * @param {import("../seats.js").Seats} seats @param {(made: Parameters<typeof import("../ops_tables.js").makeTables>[0]) => void} make
 * @param {(() => void) | null} cancel @param {readonly string[]} [topics] what groups are about: a table for each
 */
export function makingForm(seats, make, cancel, topics = []) {
  const people = seats.model.people.filter((p) => p.role === "participant" || p.role === "host").length;
  const count = topics.length || Math.max(2, Math.min(MOST_TABLES, Math.ceil(people / A_TABLE)));
  const boards = seats.boards;
  const here = seats.model.who.board.slice("board:".length);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const box = /** @type {HTMLFormElement} */ (event.target);
    const form = new FormData(box);
    const names = String(form.get("names") ?? "").split("\n").map((name) => name.trim()).filter(Boolean);
    const n = howMany(String(form.get("count") ?? ""), names);
    const wrong = /** @type {HTMLElement} */ (box.querySelector("[role=alert]"));
    wrong.textContent = n ? "" : t("There can be 1 to {n} tables.", { n: MOST_TABLES });
    if (!n) return /** @type {HTMLElement} */ (box.elements.namedItem("count")).focus();
    const tables = Array.from({ length: n }, (_, at) => ({ id: newId(), board: newId(), ...(names[at] ? { title: names[at] } : {}) }));
    const choose = form.get("choose") === "on";
    const cap = Number(form.get("cap")) || 0;
    make({ id: newId(), template: String(form.get("template")), tables, late: String(form.get("late")), ...(choose ? { choose } : {}), ...(cap ? { cap } : {}) });
  };
  return html`<form class="tables__form" novalidate @submit=${submit}>
    <h3 class="h3">${t("Make tables")}</h3>
    <div class="tables__fields">
      <label class="tables__field">${t("How many tables")}<input class="input" name="count" type="number" min="1" max=${MOST_TABLES} .value=${String(count)} required></label>
      <label class="tables__field">${t("Each like this board")}<select class="input" name="template">${boards.map((board) => html`<option value=${board.id} ?selected=${board.id === here}>${board.title}</option>`)}</select></label>
      <label class="tables__field">${t("Who comes late")}<select class="input" name="late">${lateChoices().map(([value, words]) => html`<option value=${value} ?selected=${value === "smallest"}>${words}</option>`)}</select></label>
      <label class="tables__field tables__field--wide">${t("Names, one on each line (else they are numbered)")}<textarea class="input" name="names" rows="3" .value=${topics.join("\n")}></textarea></label>
      <label class="tables__check"><input type="checkbox" name="choose"> ${t("People choose their table")}</label>
      <label class="tables__field">${t("At most at one table")}<input class="input" name="cap" type="number" min="1" max="100"></label>
    </div>
    <p class="field__wrong tables__wrong" role="alert"></p>
    <div class="btn-row"><button class="btn btn--room">${t("Make tables")}</button>${cancel ? html`<button type="button" class="btn" @click=${cancel}>${t("Cancel")}</button>` : ""}</div>
  </form>`;
}
