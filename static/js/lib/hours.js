// Hours and days as this person writes them: in the language of the page, the way their own device does.
import { language } from "./words.js";

/** @param {number | Date} at */
export const hour = (at) => written(at, { hour: "numeric", minute: "2-digit" });

/** A day and its time to the second. @param {number | Date} at */
export const moment = (at) => written(at, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit", second: "2-digit" });

/** @param {number | Date} at @param {Intl.DateTimeFormatOptions} options */
function written(at, options) {
  const mine = navigator.languages?.find((one) => one.split("-")[0] === language().split("-")[0]);
  return daysIn(mine ?? language(), options).format(at);
}

/**
 * Dates in a language, with months by their names where the browser knows them. Chrome has only the outline of languages
 * it has no menus in, such as Albanian and Georgian, and calls a month M11 there: then the date is written in numbers.
 * @param {string | undefined} lang
 * @param {Intl.DateTimeFormatOptions} options
 */
export function daysIn(lang, options) {
  const made = new Intl.DateTimeFormat(lang, options);
  return knowsMonths(made) ? made : new Intl.DateTimeFormat(lang, inNumbers(options));
}

/** @param {{formatToParts: (at: number) => {type: string, value: string}[]}} format @returns {boolean} */
export function knowsMonths(format) {
  return !format.formatToParts(0).some((part) => part.type === "month" && /^M\d+$/.test(part.value));
}

/** With the year, without which two numbers are no date; and without the English name of the day. @param {Intl.DateTimeFormatOptions} options @returns {Intl.DateTimeFormatOptions} */
export function inNumbers({ weekday, ...options }) {
  return { ...options, year: "numeric", month: "2-digit", ...(options.day && { day: "2-digit" }) };
}
