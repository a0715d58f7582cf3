/**
 * Which column of a table is what: guessed from the names in its first row, and changed by whoever brings it in.
 *
 * @typedef {{number: number, cells: string[]}} Row `number`: as a spreadsheet counts
 * @typedef {import("./targets.js").Target} Target
 */

/** As names of columns are compared: no case, no marks, no signs around them. @param {string} name */
export function plain(name) {
  return name.toLowerCase().normalize("NFKC").replace(/[\s_:*.\-–]+/g, " ").trim();
}

/** @param {string} name @param {readonly Target[]} targets */
function targetOf(name, targets) {
  const wanted = plain(name);
  return wanted ? targets.find(({ key, label, names = [] }) => [key, label, ...names].some((one) => plain(one) === wanted)) : undefined;
}

/** Is the first row names of columns? @param {readonly Row[]} rows @param {readonly Target[]} targets */
export function hasHead(rows, targets) {
  return (rows[0]?.cells ?? []).some((cell) => targetOf(cell, targets));
}

/** How many columns there are. @param {readonly Row[]} rows */
export function widthOf(rows) {
  return Math.max(0, ...rows.map(({ cells }) => cells.length));
}

/**
 * For each column the key of what it is, or nothing. No two are the same; without a name the one with most words is what
 * comes first, the words of a note.
 * @param {readonly Row[]} rows @param {readonly Target[]} targets @param {boolean} isHeaded @returns {string[]}
 */
export function guessed(rows, targets, isHeaded) {
  const width = widthOf(rows);
  /** @type {string[]} */
  const columns = Array(width).fill("");
  if (isHeaded) {
    rows[0].cells.forEach((cell, at) => {
      const key = targetOf(cell, targets)?.key ?? "";
      if (key && !columns.includes(key)) columns[at] = key;
    });
  }
  const [{ key: first }] = targets;
  if (!columns.includes(first)) {
    const letters = columns.map((key, at) => (key ? -1 : rows.slice(isHeaded ? 1 : 0).reduce((n, { cells }) => n + (cells[at] ?? "").length, 0)));
    const most = letters.indexOf(Math.max(...letters));
    if (most >= 0 && letters[most] >= 0) columns[most] = first;
  }
  return columns;
}

/** A column becomes something; whichever was that before is nothing. @param {readonly string[]} columns @param {number} at @param {string} key */
export function chosen(columns, at, key) {
  return columns.map((one, i) => (i === at ? key : one === key ? "" : one));
}

/** What stands in a row, by what its columns are. @param {Row} row @param {readonly string[]} columns @returns {Record<string, string>} */
export function cellsOf({ cells }, columns) {
  return Object.fromEntries(columns.flatMap((key, at) => (key ? [[key, (cells[at] ?? "").trim()]] : [])));
}
