/** Two personas side by side, field by field, to be read; what differs is said in a word. And the same as a table to take home. */
import { html, nothing } from "lit-html";
import { t } from "../lib/words.js";
import { avatar } from "./avatar.js";
import { gathered, groundOf } from "./computed.js";
import { FIELDS, fieldName, groundName, optionName, skillName } from "./fields.js";

/** @typedef {import("../board/model.js").Item} Item */
const NOT_READ = new Set(["avatar", "drawing", "origin"]);
const READ = FIELDS.filter((f) => !NOT_READ.has(f.name));

/** What a field says, in words. @param {Record<string, any>} read @param {import("./computed.js").Field} field @returns {string[]} */
export function wordsOf(read, { name, type }) {
  const value = read[name];
  if (value === undefined || value === "") return [];
  if (type === "multi") return value.map((/** @type {string} */ one) => optionName(name, one));
  if (type === "enum") return [optionName(name, value)];
  if (type === "scale") return [`${value}: ${skillName(value)}`];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** @param {Item} one @param {Item} other @param {readonly Item[]} lines */
export function sideBySide(one, other, lines) {
  const [a, b] = [one, other].map((each) => gathered(FIELDS, each, lines));
  const rows = READ.map((field) => ({ field, left: wordsOf(a, field), right: wordsOf(b, field) })).filter(({ left, right }) => left.length || right.length);
  return html`<div class="pc" role="region" aria-label=${t("Side by side")} tabindex="0"><table class="pc__table"><thead><tr><th scope="col">${t("Field")}</th>${[one, other].map((each) => html`<th scope="col">${avatar(each)}<span dir="auto">${each.name}</span></th>`)}</tr></thead>
    <tbody>${rows.map(({ field, left, right }) => {
      const differs = left.join("\n") !== right.join("\n");
      return html`<tr><th scope="row">${fieldName(field.name)}${differs ? html`<span class="chip chip--amber pc__differs">${t("differs")}</span>` : nothing}</th>${cell(left, groundOf(one, field.name))}${cell(right, groundOf(other, field.name))}</tr>`;
    })}</tbody></table></div>`;
}

/** @param {string[]} words @param {string} ground */
function cell(words, ground) {
  if (!words.length) return html`<td class="muted">–</td>`;
  return html`<td>${words.map((each) => html`<p dir="auto">${each}</p>`)}<p class="small muted">${groundName(ground)}</p></td>`;
}

/** All personas as CSV: for each field its words, what they rest on and where that is from. @param {readonly Item[]} personas @param {readonly Item[]} lines */
export function toCsv(personas, lines) {
  const head = READ.flatMap(({ name }) => [fieldName(name), `${fieldName(name)}: ${t("How do you know?")}`, `${fieldName(name)}: ${t("Where is that from?")}`]);
  const rows = personas.map((one) => {
    const read = gathered(FIELDS, one, lines);
    return READ.flatMap((field) => {
      const words = wordsOf(read, field);
      return [words.join("\n"), words.length ? groundName(groundOf(one, field.name)) : "", String(one[`source/${field.name}`] ?? "")];
    });
  });
  return `\ufeff${[head, ...rows].map((row) => row.map(cellOf).join(",")).join("\r\n")}\r\n`;
}

/** Quoted, and never a formula. @param {string} words */
function cellOf(words) {
  const safe = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return `"${safe.replaceAll('"', '""')}"`;
}
