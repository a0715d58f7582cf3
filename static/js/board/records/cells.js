/**
 * One field of one record, to be read and written in place: words that several people may write in at once, choices,
 * days and months, money with its currency, other records. In the cells of a table, on the forms of a phone, in a dialog.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("./kinds.js").Field} Field
 */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { fold } from "../../lib/fold.js";
import { daysIn } from "../../lib/hours.js";
import { t } from "../../lib/words.js";
import { titleOf } from "./kinds.js";

/** Of the countries that meet here, and three that are lent in. */
export const CURRENCIES = ["EUR", "ALL", "AMD", "AZN", "BAM", "CHF", "GEL", "MDL", "MKD", "RSD", "TRY", "UAH", "USD"];
/** The least and the most a field takes. @type {Record<string, [string, string]>} */
const LIMITS = { date: ["1900-01-01", "2199-12-31"], month: ["1900-01", "2199-12"], number: ["0", "1000000000"] };
const MONTH = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;

/** What of a record stands in a field. @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field */
export function valueOf({ registers, acts }, record, field) {
  if (field.closed) return registers.kept(record.id)[field.name];
  if (field.type === "list") return acts.lines(record.id, field.name);
  if (field.type === "multi") return membersOf(record, field.name);
  if (field.type === "tags") return Object.keys(record).filter((key) => key.startsWith(`${field.name}/`)).sort();
  if (field.type === "money") return record[`${field.name}/amount`];
  if (field.type === "refs") return membersOf(record, field.name).filter((id) => registers.record(id));
  return record[field.name];
}

/** Ids of a field that holds several. @param {Item} record @param {string} name */
export function membersOf(record, name) {
  const start = `${name}/`;
  return Object.keys(record).filter((key) => key.startsWith(start) && record[key] === true).map((key) => key.slice(start.length));
}

/** @param {any} value */
export function isBlank(value) {
  return value === undefined || value === null || String(value).trim() === "";
}

/** @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field */
export function isMissing(tools, record, field) {
  return Boolean(field.required) && isBlank(valueOf(tools, record, field));
}

/**
 * @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field
 * @param {{title?: string, after?: unknown, may?: boolean}} [how] `title`: what the record is called, where it does not say; `after`: what stands below
 */
export function cell(tools, record, field, { title = titleOf(record), after = nothing, may = tools.names.may("edit_text") } = {}) {
  const label = `${field.label}, ${title}`;
  switch (field.type) {
    case "text":
    case "longtext":
      // The closed side has no texts that several write in.
      if (field.closed) return html`${plain(tools, record, field, label, may)}${after}`;
      return html`${written(tools, record, field, label, may)}${after}`;
    case "enum":
    case "scale":
      return html`${chosen(tools, record, field, label, may)}${after}`;
    case "bool":
      return html`<input type="checkbox" class="plan__tick" aria-label=${label} .checked=${valueOf(tools, record, field) === true} ?disabled=${!may} @change=${(/** @type {Event} */ e) => set(tools, record, field, /** @type {HTMLInputElement} */ (e.target).checked || null)}>${after}`;
    case "money":
      return html`${money(tools, record, field, label, may)}${after}`;
    case "ref":
      return html`${named(tools, record, field, label, may)}${after}`;
    case "refs":
      return html`${several(tools, record, field, label, may)}${after}`;
    case "multi":
      return html`${ticked(tools, record, field, label, may)}${after}`;
    case "tags":
    case "list":
      return html`${listed(tools, record, field, label, may)}${after}`;
  }
  return html`${plain(tools, record, field, label, may)}${after}`;
}

/** @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {any} to */
function set(tools, record, field, to) {
  if (field.closed) tools.registers.editKept(record, { [field.name]: to });
  else tools.acts.set(record, { [field.name]: to }, `${field.label}: ${said(field, to)}`);
}

/** @param {Field} field @param {any} value */
function said(field, value) {
  if (value === null) return "–";
  if (value === true) return t("yes");
  return field.options?.find(([code]) => code === value)?.[1] ?? String(value);
}

/** @param {Event} event */
function taken(event) {
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (event.target).value;
}

/** @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function written({ writers }, record, field, label, may) {
  const long = field.type === "longtext";
  return html`<textarea class="plan__in" rows="1" dir="auto" data-text=${field.name} data-id=${record.id} ?data-long=${long} maxlength=${long ? 8000 : 1000} aria-label=${label} placeholder=${may ? (field.required ? t("Add") : "") : "–"} ?readonly=${!may}></textarea>${writers(record.id, field.name).map((who) => html`<span class="plan__writer">${who}</span>`)}`;
}

/** @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function chosen(tools, record, field, label, may) {
  const value = valueOf(tools, record, field);
  const isNumber = typeof field.options?.[0]?.[0] === "number";
  const pick = (/** @type {Event} */ e) => set(tools, record, field, taken(e) === "" ? null : isNumber ? Number(taken(e)) : taken(e));
  return html`<select class="plan__in" aria-label=${label} ?disabled=${!may} @change=${pick}><option value="" .selected=${value === undefined}>${field.required && may ? t("Choose") : "–"}</option>${field.options?.map(([code, words]) => html`<option value=${code} .selected=${value === code}>${words}</option>`)}</select>`;
}

/** A number, a day or a month. Where a browser knows no months they are written, as 2027-03. @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function plain(tools, record, field, label, may) {
  const value = valueOf(tools, record, field);
  const type = { int: "number", date: "date", month: "month" }[/** @type {string} */ (field.type)] ?? "text";
  const [usual, most] = LIMITS[type] ?? ["", ""];
  const least = field.least === undefined ? usual : String(field.least);
  const highest = field.name === "weight" ? "100" : field.most === undefined ? most : String(field.most);
  const take = (/** @type {Event} */ e) => {
    const words = taken(e).trim();
    if (type === "month" && words && !MONTH.test(words)) {
      /** @type {HTMLInputElement} */ (e.target).value = String(value ?? "");
      return tools.tell(t("Please write a month as 2027-03."));
    }
    set(tools, record, field, words === "" ? null : type === "number" ? Math.min(Number(highest), Math.max(Number(least), Math.round(Number(words)))) : words);
  };
  return html`<input class="plan__in" type=${type} min=${least} max=${highest} placeholder=${type === "month" ? "2027-03" : nothing} aria-label=${label} .value=${String(value ?? "")} ?disabled=${!may} @change=${take}>`;
}

/** An amount has its currency, from the first figure on. @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function money(tools, record, field, label, may) {
  const { name } = field;
  const amount = record[`${name}/amount`];
  const currency = record[`${name}/currency`] ?? usual(tools, name);
  const put = (/** @type {number | null} */ sum, /** @type {string} */ unit) =>
    tools.acts.set(record, { [`${name}/amount`]: sum, [`${name}/currency`]: sum === null ? null : unit }, `${field.label}: ${sum === null ? "–" : sayMoney(sum, unit)}`);
  const takeSum = (/** @type {Event} */ e) => {
    const words = taken(e).replace(/[\s.,’']/g, "");
    if (words && !/^\d{1,15}$/.test(words)) {
      /** @type {HTMLInputElement} */ (e.target).value = amount === undefined ? "" : grouped(amount);
      return tools.tell(t("Please write the sum as a whole number."));
    }
    put(words ? Number(words) : null, currency);
  };
  return html`<span class="plan__money"><input class="plan__in num" inputmode="numeric" aria-label=${label} .value=${amount === undefined ? "" : grouped(amount)} ?disabled=${!may} @change=${takeSum}><select class="plan__in" aria-label="${t("Currency")}, ${label}" ?disabled=${!may || amount === undefined} @change=${(/** @type {Event} */ e) => put(amount, taken(e))}>${CURRENCIES.map((one) => html`<option value=${one} .selected=${one === currency}>${one}</option>`)}</select></span>`;
}

/** The currency that others of this programme are in. @param {import("./record_board.js").Tools} tools @param {string} name */
function usual({ registers }, name) {
  const counts = new Map();
  for (const one of registers.all) if (one[`${name}/currency`]) counts.set(one[`${name}/currency`], (counts.get(one[`${name}/currency`]) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "EUR";
}

/** One other record, by its name; an actor nobody has named yet is named by it. @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function named(tools, record, field, label, may) {
  const { registers, acts, tell } = tools;
  const all = kindsOf(field).flatMap((kind) => registers.of(kind)).filter((one) => one.id !== record.id && titleOf(one));
  const now = titleOf(registers.record(record[field.name]));
  const list = `all-${field.of}`;
  const take = (/** @type {Event} */ e) => {
    const name = taken(e).trim();
    const known = all.find((one) => fold(titleOf(one)) === fold(name));
    if (!name) return set(tools, record, field, null);
    if (known) return acts.set(record, { [field.name]: known.id }, `${field.label}: ${titleOf(known)}`);
    if (field.of === "stakeholder" && tools.names.may("add", "own")) return acts.set(record, { [field.name]: acts.addActor(name) }, `${field.label}: ${name}`);
    /** @type {HTMLInputElement} */ (e.target).value = now;
    tell(t("Nobody here is called {name}.", { name }));
  };
  return html`<input class="plan__in" list=${list} dir="auto" maxlength="240" autocomplete="off" aria-label=${label} placeholder=${may ? (field.required ? t("Add") : "") : "–"} .value=${now} ?readonly=${!may} @change=${take}>`;
}

/** Lists of names that `named` offers, once for a page. @param {import("./record_board.js").Tools} tools @param {string} kind */
export function namesList({ registers }, kind) {
  return html`<datalist id="all-${kind}">${kind.split("|").flatMap((one) => registers.of(one)).map((one) => html`<option value=${titleOf(one)}></option>`)}</datalist>`;
}

/** Several others, ticked in a list that opens in place: a popover would lie beneath a dialog. @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function several(tools, record, field, label, may) {
  const { registers, acts } = tools;
  const there = new Set(valueOf(tools, record, field));
  const names = [...there].map((id) => titleOf(registers.record(id)));
  const shown = names.join(", ") || (may ? t("Choose") : "–");
  if (!may) return html`<span class="plan__in plan__several" dir="auto">${shown}</span>`;
  const others = kindsOf(field).flatMap((kind) => registers.of(kind)).filter((one) => one.id !== record.id);
  const tick = (/** @type {Item} */ one) => (/** @type {Event} */ event) => {
    const on = /** @type {HTMLInputElement} */ (event.target).checked;
    acts.set(record, { [`${field.name}/${one.id}`]: on || null }, `${field.label}: ${on ? "+" : "−"} ${titleOf(one)}`);
  };
  const list = others.map((one) => html`<label class="tickrow"><input type="checkbox" .checked=${there.has(one.id)} @change=${tick(one)}><span dir="auto">${titleOf(one)}</span></label>`);
  return html`<details class="plan__list"><summary class="plan__in plan__several" aria-label="${label}: ${shown}"><span dir="auto">${shown}</span></summary><div class="plan__ticks">${others.length ? list : html`<p class="small muted">${t("There is none yet.")}</p>`}</div></details>`;
}

/** @param {Field} field */
function kindsOf(field) {
  return (field.of ?? "").split("|");
}

/** Several of what there is to choose from. @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function ticked(tools, record, field, label, may) {
  const there = new Set(membersOf(record, field.name));
  const options = field.options ?? [];
  const shown = options.filter(([code]) => there.has(String(code))).map(([, words]) => words).join(", ") || (may ? t("Choose") : "–");
  if (!may) return html`<span class="plan__in plan__several" dir="auto">${shown}</span>`;
  const tick = (/** @type {string} */ code, /** @type {string} */ words) => (/** @type {Event} */ event) => {
    const on = /** @type {HTMLInputElement} */ (event.target).checked;
    tools.acts.set(record, { [`${field.name}/${code}`]: on || null }, `${field.label}: ${on ? "+" : "−"} ${words}`);
  };
  return html`<details class="plan__list"><summary class="plan__in plan__several" aria-label="${label}: ${shown}"><span dir="auto">${shown}</span></summary><div class="plan__ticks">${options.map(([code, words]) => html`<label class="tickrow"><input type="checkbox" .checked=${there.has(String(code))} @change=${tick(String(code), words)}><span>${words}</span></label>`)}</div></details>`;
}

/** Lines, or words, one below the other, and a field for the next. @param {import("./record_board.js").Tools} tools @param {Item} record @param {Field} field @param {string} label @param {boolean} may */
function listed(tools, record, field, label, may) {
  const { acts } = tools;
  const isTags = field.type === "tags";
  const lines = /** @type {any[]} */ (valueOf(tools, record, field));
  const off = (/** @type {any} */ one) => () => (isTags ? acts.set(record, { [one]: null }, t("{name} removed", { name: record[one] })) : acts.removeLine(one));
  const add = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const words = input.value.trim();
    if (!words) return;
    if (isTags) acts.tag(record, field.name, words);
    else acts.addLine(record, field.name, words);
    input.value = "";
  };
  const enter = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    add(event);
  };
  return html`<span class="plan__lines">${lines.map((one) => html`<span class="plan__line"><span class="grow" dir="auto">${isTags ? record[one] : one.text}</span>${may ? html`<button type="button" class="tool" aria-label=${t("Remove {name}", { name: isTags ? record[one] : one.text })} @click=${off(one)}>${icon("x", "i--16")}</button>` : nothing}</span>`)}
    ${may ? html`<input class="plan__in" dir="auto" maxlength="1000" autocomplete="off" aria-label="${t("Add: {field}", { field: field.label })}, ${label}" placeholder=${t("Add")} @change=${add} @keydown=${enter}>` : nothing}</span>`;
}

/** @param {number} amount */
export function grouped(amount) {
  return amount.toLocaleString(document.documentElement.lang || undefined, { useGrouping: "always" });
}

/** @param {number} amount @param {string} currency */
export function sayMoney(amount, currency) {
  return `${grouped(amount)} ${currency}`;
}

/** @param {string} month as 2027-03 */
export function sayMonth(month) {
  const [year, number] = month.split("-").map(Number);
  return daysIn(document.documentElement.lang || undefined, { month: "short", year: "numeric", timeZone: "UTC" }).format(Date.UTC(year, number - 1, 15));
}
