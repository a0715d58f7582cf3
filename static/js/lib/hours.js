// Hours and days as this person writes them: in the language of the page, the way their own device does.
import { language } from "./words.js";

/** @param {number | Date} at */
export const hour = (at) => written(at, { hour: "numeric", minute: "2-digit" });

/** A day and its time to the second. @param {number | Date} at */
export const moment = (at) => written(at, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit", second: "2-digit" });

/** @param {number | Date} at @param {Intl.DateTimeFormatOptions} options */
function written(at, options) {
  const mine = navigator.languages?.find((one) => one.split("-")[0] === language().split("-")[0]);
  return new Intl.DateTimeFormat(mine ?? language(), options).format(at);
}
