// Hours as this person writes them: in the language of the page, the way their own device does.
import { language } from "./words.js";

/** @param {number | Date} at */
export function hour(at) {
  const mine = navigator.languages?.find((one) => one.split("-")[0] === language().split("-")[0]);
  return new Intl.DateTimeFormat(mine ?? language(), { hour: "numeric", minute: "2-digit" }).format(at);
}
