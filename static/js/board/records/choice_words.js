/** What the quarters of impact and effort are called, and the axes. Functions, because words are loaded after modules. */
import { t } from "../../lib/words.js";

/** @param {string} code */
export function quarterName(code) {
  const names = { quick_wins: t("Do now"), big_projects: t("Plan well"), fill_ins: t("If there is time"), think_again: t("Think again") };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** @param {string} code */
export function quarterMeans(code) {
  const names = { quick_wins: t("Big effect, little effort"), big_projects: t("Big effect, much effort"), fill_ins: t("Small effect, little effort"), think_again: t("Small effect, much effort") };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** @param {{x: number, y: number}} place */
export function placeWords({ x, y }) {
  return t("effect {y} of 100, effort {x} of 100", { x: Math.round(x), y: Math.round(y) });
}

/** For the chooser of a place. */
export function axes() {
  return {
    label: t("Effect and effort"),
    x: { name: t("Effort"), more: t("More effort"), less: t("Less effort") },
    y: { name: t("Effect"), more: t("More effect"), less: t("Less effect") },
    cell: (/** @type {number} */ x, /** @type {number} */ y) => t("Effect {y} of 4, effort {x} of 4", { x, y }),
  };
}
