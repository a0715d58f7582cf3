/**
 * Rows of a table as notes: what comes in, what is here already, and everything that was not understood, by its row.
 *
 * @typedef {import("./matching.js").Row} Row
 * @typedef {{text: string, zone: string, group: string, x?: number, y?: number}} NoteRow `zone`: its title, empty for the zone that was chosen
 * @typedef {{notes: NoteRow[], here: number, zones: string[], without: number[], wrong: string[]}} Read `zones`: titles of new ones; `without`: rows with no words
 */
import { Unclean, cleanLine, cleanText, tidyText } from "../../lib/clean.js";
import { t } from "../../lib/words.js";
import { cellsOf } from "./matching.js";

/** As titles and words are compared. @param {string} words */
export function alike(words) {
  return words.toLowerCase().normalize("NFC").replace(/\s+/g, " ").trim();
}

/**
 * @param {readonly Row[]} rows without the names of columns @param {readonly string[]} columns
 * @param {{zones: Map<string, string>, mayAddZones: boolean, here: ReadonlySet<string>, again: boolean}} board
 *   `zones`: titles as here, by how they are compared; `here`: words of the notes that are here; `again`: bring those in once more
 * @returns {Read}
 */
export function readNotes(rows, columns, { zones, mayAddZones, here, again }) {
  /** @type {Read} */
  const read = { notes: [], here: 0, zones: [], without: [], wrong: [] };
  const added = new Map();
  for (const row of rows) {
    const cells = cellsOf(row, columns);
    const text = tidyText(cells.text ?? "").trim();
    if (!text) {
      read.without.push(row.number);
      continue;
    }
    const note = { text, zone: "", group: "" };
    const wrong = problemWith(row.number, text, cells);
    if (wrong) read.wrong.push(wrong);
    const zone = alike(cells.zone ?? "");
    if (zone && !zones.has(zone) && !mayAddZones) read.wrong.push(t("Row {row}: there is no zone “{value}” here.", { row: row.number, value: short(cells.zone) }));
    if (zone && !zones.has(zone) && !added.has(zone)) added.set(zone, cells.zone);
    note.zone = zone ? (zones.get(zone) ?? added.get(zone)) : "";
    note.group = cells.group ?? "";
    if (here.has(alike(text))) read.here += 1;
    if (!here.has(alike(text)) || again) read.notes.push({ ...note, ...placeOf(cells) });
  }
  const used = new Set(read.notes.map(({ zone }) => zone));
  read.zones = [...added.values()].filter((title) => used.has(title));
  return read;
}

/** @param {number} row @param {string} text @param {Record<string, string>} cells */
function problemWith(row, text, cells) {
  try {
    cleanText(text);
    cleanLine(cells.zone ?? "");
    cleanLine(cells.group ?? "");
  } catch (error) {
    if (!(error instanceof Unclean)) throw error;
    return t("Row {row}: the words are too long.", { row });
  }
  const odd = ["x", "y"].map((side) => cells[side] ?? "").find((value) => value && numberIn(value) === null);
  return odd ? t("Row {row}: “{value}” is no number.", { row, value: short(odd) }) : "";
}

/** Only where both are said. @param {Record<string, string>} cells */
function placeOf(cells) {
  const x = numberIn(cells.x ?? "");
  const y = numberIn(cells.y ?? "");
  return x === null || y === null ? {} : { x, y };
}

/** With a point or a comma; on no board further than a board reaches. @param {string} value */
export function numberIn(value) {
  if (!/^[-−]?\d{1,9}([.,]\d+)?$/.test(value)) return null;
  return Math.max(-1_000_000, Math.min(1_000_000, Math.round(Number(value.replace("−", "-").replace(",", ".")))));
}

/** @param {string} value */
export function short(value) {
  const letters = [...value];
  return letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : value;
}
