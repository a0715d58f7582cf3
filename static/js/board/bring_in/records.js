/**
 * Rows of a table as records of one kind. What a cell cannot be is said by its row; actors that are named and not there
 * yet come in beside them, as they do where a plan is written by hand.
 *
 * @typedef {import("./matching.js").Row} Row
 * @typedef {import("./targets.js").Target} Target
 * @typedef {{id: string, kind: string, fields: Record<string, string | number | boolean | null>}} Made
 * @typedef {{records: Made[], titles: string[], here: number, actors: string[], without: number[], wrong: string[]}} Read `records`: all that come in; `titles`: of those that are rows
 */
import { Unclean, cleanLine, cleanText, TEXT_BYTES } from "../../lib/clean.js";
import { newId } from "../../lib/ids.js";
import { t } from "../../lib/words.js";
import { keysAt } from "../places.js";
import { cellsOf, plain } from "./matching.js";
import { alike, short } from "./notes.js";

const YES = ["yes", "x", "true", "1", "✓", "✔", "da", "po", "კი", "так", "да"];
const NO = ["no", "false", "0", "-", "–", "jo", "ne", "не", "ні", "არა"];
const MEMBERS = /[;\n]+|,(?=\s)/;

/** What a cell cannot be. */
class Odd extends Error {}

/**
 * @param {readonly Row[]} rows without the names of columns @param {readonly string[]} columns
 * @param {{kind: string, targets: readonly Target[], find: (kind: string, title: string) => string | undefined, here: ReadonlySet<string>, again: boolean}} board
 *   `find`: the id of a record by its title; `here`: titles of this kind that are here
 * @returns {Read}
 */
export function readRecords(rows, columns, { kind, targets, find, here, again }) {
  /** @type {Read} */
  const read = { records: [], titles: [], here: 0, actors: [], without: [], wrong: [] };
  const known = new Map(targets.map((one) => [one.key, one]));
  const [{ key: first }] = targets;
  /** @type {Map<string, number>} */
  const rowOf = new Map();
  const making = new Making(read, kind, find);
  for (const row of rows) {
    const cells = cellsOf(row, columns);
    const title = alike(cells[first] ?? "");
    const before = rowOf.get(title);
    if (!title) read.without.push(row.number);
    else if (before !== undefined) read.wrong.push(t("Row {row}: “{value}” is there already, in row {before}.", { row: row.number, value: short(cells[first]), before }));
    else if (here.has(title) && !again) read.here += 1;
    else {
      if (here.has(title)) read.here += 1;
      making.row(row.number, cells, known);
      read.titles.push(cells[first]);
    }
    if (title && before === undefined) rowOf.set(title, row.number);
  }
  return read;
}

/** What comes in, as it is put together. */
class Making {
  /** @type {Map<string, string>} actors that come in beside */
  #actors = new Map();

  /** @param {Read} read @param {string} kind @param {(kind: string, title: string) => string | undefined} find */
  constructor(read, kind, find) {
    this.read = read;
    this.kind = kind;
    this.find = find;
  }

  /** @param {number} number @param {Record<string, string>} cells @param {Map<string, Target>} known */
  row(number, cells, known) {
    const id = newId();
    /** @type {Made["fields"]} */
    const fields = {};
    /** @type {Made[]} */
    const lines = [];
    for (const [key, value] of Object.entries(cells)) {
      const target = known.get(key);
      if (!target || !value) continue;
      try {
        if (target.type === "list") lines.push(...linesOf(id, key, value));
        else Object.assign(fields, this.#value(target, value));
      } catch (error) {
        if (!(error instanceof Odd || error instanceof Unclean)) throw error;
        this.read.wrong.push(saying(error, { row: number, value: short(value), column: target.label }));
      }
    }
    this.read.records.push({ id, kind: this.kind, fields }, ...lines);
  }

  /** @param {Target} target @param {string} value @returns {Made["fields"]} */
  #value(target, value) {
    const { key, type, most } = target;
    switch (type) {
      case "text": return { [key]: cleanLine(value) };
      case "longtext": return { [key]: cleanText(value, most ?? TEXT_BYTES) };
      case "enum": return { [key]: optionOf(target, value) };
      case "int": return { [key]: wholeOf(value) };
      case "bool": return yesOf(value) ? { [key]: true } : {};
      case "date": return { [key]: dateOf(value) };
      case "month": return { [key]: monthOf(value) };
      case "money": return moneyOf(key, value);
      case "multi": return Object.fromEntries(members(value).map((one) => [`${key}/${optionOf(target, one)}`, true]));
      case "tags": return Object.fromEntries(members(value).map((one) => [`${key}/${newId()}`, cleanLine(one)]));
      case "ref": return { [key]: this.#other(target, value) };
      default: return Object.fromEntries(members(value).map((one) => [`${key}/${this.#other(target, one)}`, true]));
    }
  }

  /** @param {Target} target @param {string} name */
  #other({ of = "stakeholder" }, name) {
    const title = cleanLine(name);
    const found = this.find(of, alike(title)) ?? this.#actors.get(alike(title));
    if (found) return found;
    if (of !== "stakeholder") throw new Odd();
    const id = newId();
    this.#actors.set(alike(title), id);
    this.read.actors.push(title);
    this.read.records.push({ id, kind: "stakeholder", fields: { name: title } });
    return id;
  }
}

/** @param {Error} error @param {{row: number, value: string, column: string}} about */
function saying(error, about) {
  if (error instanceof Unclean) return t("Row {row}: the words in “{column}” are too long.", about);
  if (error.message === "currency") return t("Row {row}: “{value}” has no currency. Please write it like this: 120 000 EUR.", about);
  return t("Row {row}: “{value}” is nothing that “{column}” can be.", about);
}

/** @param {string} value */
function members(value) {
  return value.split(MEMBERS).map((one) => one.trim()).filter(Boolean);
}

/** @param {string} of @param {string} field @param {string} value @returns {Made[]} */
function linesOf(of, field, value) {
  const words = value.split(/[;\n]+/).map((one) => cleanLine(one)).filter(Boolean);
  const keys = keysAt([], 0, words.length);
  return words.map((text, i) => ({ id: newId(), kind: "line", fields: { text, of, field, order: keys[i] } }));
}

/** By its code or by what it is called. @param {Target} target @param {string} value */
function optionOf({ options = [] }, value) {
  const wanted = plain(value);
  const isIt = (/** @type {string | number} */ code, /** @type {string} */ name) =>
    typeof code === "number" ? String(code) === value.replace("−", "-") || plain(name) === wanted : [code, name, name.split(":")[0]].some((one) => plain(one) === wanted);
  const found = options.find(([code, name]) => isIt(code, name));
  if (!found) throw new Odd();
  return found[0];
}

/** @param {string} value */
function wholeOf(value) {
  const plainly = value.replace(/[\s\u00a0\u202f]/g, "").replace("−", "-");
  if (!/^-?\d{1,12}$/.test(plainly)) throw new Odd();
  return Number(plainly);
}

/** @param {string} value */
function yesOf(value) {
  const said = value.toLowerCase();
  if ([...YES, t("yes")].includes(said)) return true;
  if ([...NO, t("no")].includes(said)) return false;
  throw new Odd();
}

/** 2027-03-01, or 1.3.2027. @param {string} value */
function dateOf(value) {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(value) ?? turned(/^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(value));
  if (!found) throw new Odd();
  const [, year, month, day] = found.map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900 || year > 2199) throw new Odd();
  return date.toISOString().slice(0, 10);
}

/** 2027-03, 3/2027, or any day of the month. @param {string} value */
function monthOf(value) {
  const found = /^(\d{4})-(\d{1,2})$/.exec(value) ?? /^(\d{1,2})[./](\d{4})$/.exec(value);
  if (!found) return dateOf(value).slice(0, 7);
  const [year, month] = found[1].length === 4 ? [found[1], found[2]] : [found[2], found[1]];
  return dateOf(`${year}-${month}-1`).slice(0, 7);
}

/** @param {RegExpExecArray | null} found */
function turned(found) {
  return found && [found[0], found[3], found[2], found[1]];
}

/** 120 000 EUR, € 1,200. Whole units, and always with a currency. @param {string} key @param {string} value */
function moneyOf(key, value) {
  const currency = /[A-Z]{3}/.exec(value)?.[0] ?? (value.includes("€") ? "EUR" : value.includes("₾") ? "GEL" : "");
  const digits = value.replace(/[A-Z]{3}|[€₾]/g, "").replace(/[\s\u00a0\u202f']/g, "").replace(/[.,](?=\d{3}(?!\d))/g, "");
  if (!currency) throw new Odd("currency");
  if (!/^\d{1,15}([.,]0{1,2})?$/.test(digits)) throw new Odd();
  return { [`${key}/amount`]: Number.parseInt(digits, 10), [`${key}/currency`]: currency };
}
