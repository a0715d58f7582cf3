// Tables as the workshop's stream has them: which are open, who sits where, who sits nowhere. It asks nothing and knows
// no DOM.
import { t } from "../lib/words.js";

/** @typedef {import("./model.js").Item} Item */
/** @typedef {import("./model.js").Person} Person */

const SITS = "sits/";
const SEATED = new Set(["host", "participant"]);

export class Seats {
  /** @param {import("./model.js").Model} model */
  constructor(model) {
    this.model = model;
  }

  /** All that were ever made, the newest first. */
  get seatings() {
    return this.#of("seating").sort((a, b) => b.made - a.made || (a.id < b.id ? 1 : -1));
  }

  /** The one that is open. */
  get open() {
    const found = this.model.workshop.items.get(this.model.workshop.fields.tables);
    return found?.kind === "seating" ? found : undefined;
  }

  /** @param {string} seating */
  tables(seating) {
    return this.#of("table").filter((table) => table.seating === seating).sort((a, b) => a.number - b.number);
  }

  /** @param {Item} seating @returns {Map<string, string>} person to table */
  sitting(seating) {
    const found = new Map();
    for (const [key, table] of Object.entries(seating)) if (key.startsWith(SITS)) found.set(key.slice(SITS.length), table);
    return found;
  }

  /** Those of a table who are in the workshop. @param {Item} seating @param {string} table @returns {Person[]} */
  at(seating, table) {
    const sitting = this.sitting(seating);
    return this.model.people.filter((p) => sitting.get(p.id) === table);
  }

  /** Who takes part and sits nowhere. @param {Item} seating @returns {Person[]} */
  without(seating) {
    const sitting = this.sitting(seating);
    const tables = new Set(this.tables(seating.id).map((table) => table.id));
    return this.model.people.filter((p) => SEATED.has(p.role ?? "") && !tables.has(sitting.get(p.id) ?? ""));
  }

  /** People who are not here yet. @param {string} seating */
  expected(seating) {
    return this.#of("expected").filter((one) => one.seating === seating);
  }

  /** Its own name, or its number. @param {Item} table */
  title(table) {
    return /** @type {string} */ (table.title ?? t("Table {n}", { n: table.number }));
  }

  /** The table that this page's board belongs to. */
  get here() {
    const board = this.model.workshop.items.get(this.model.who.board.slice("board:".length));
    const table = board?.table ? this.model.workshop.items.get(board.table) : undefined;
    return table?.kind === "table" ? table : undefined;
  }

  /** My own table, while tables are open. */
  get mine() {
    const { open } = this;
    const table = open ? this.model.workshop.items.get(open[`${SITS}${this.model.me}`]) : undefined;
    return table?.kind === "table" ? table : undefined;
  }

  /** Boards that are no table's: what tables can be made from, and gathered on. */
  get boards() {
    return this.#of("board").filter((board) => !board.table);
  }

  /** How many pairs sit together who have done so at earlier tables. @param {Item} seating */
  repeats(seating) {
    const met = new Set();
    for (const other of this.seatings) if (other.id !== seating.id) for (const pair of this.#pairs(other)) met.add(pair);
    return [...this.#pairs(seating)].filter((pair) => met.has(pair)).length;
  }

  /** @param {Item} seating */
  *#pairs(seating) {
    /** @type {Map<string, string[]>} */
    const tables = new Map();
    for (const [person, table] of this.sitting(seating)) tables.set(table, [...(tables.get(table) ?? []), person]);
    for (const there of tables.values()) {
      there.sort();
      for (const [at, one] of there.entries()) for (const other of there.slice(at + 1)) yield `${one} ${other}`;
    }
  }

  /** @param {string} kind */
  #of(kind) {
    return [...this.model.workshop.items.values()].filter((item) => item.kind === kind);
  }
}

/** So many tables at once, as the server has it. */
export const MOST_TABLES = 60;

/**
 * How many tables are to be made: as many as are named, or as the number says; null: none, or too many.
 * @param {string} typed @param {readonly string[]} names
 */
export function howMany(typed, names) {
  const n = Math.max(names.length, Math.round(Number(typed)) || 0);
  return n >= 1 && n <= MOST_TABLES ? n : null;
}

/**
 * A list of people as it was pasted, one on each line: name, then the table by its name or number. Who is not here is
 * expected; who has no table here is told, and never left out in silence.
 * @param {readonly string[]} lines
 * @param {readonly {id: string, title: string, number: number}[]} tables
 * @param {readonly {id: string, name: string}[]} people
 */
export function readList(lines, tables, people) {
  const fold = (/** @type {string} */ words) => words.normalize("NFKC").trim().toLocaleLowerCase();
  /** @type {Record<string, string>} */
  const sits = {};
  /** @type {{name: string, table: string}[]} */
  const expected = [];
  /** @type {string[]} */
  const lost = [];
  for (const line of lines) {
    const [name, at = ""] = line.split(/[;\t]/).map((part) => part.trim());
    if (!name) continue;
    const table = tables.find((one) => fold(one.title) === fold(at)) ?? tables.find((one) => String(one.number) === at);
    const person = people.find((one) => fold(one.name) === fold(name));
    if (!table) lost.push(name);
    else if (person) sits[person.id] = table.id;
    else expected.push({ name, table: table.id });
  }
  return { sits, expected, lost };
}
