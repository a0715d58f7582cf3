/** What stands where there are no notes yet: an invitation, where one may write. */
import { t } from "../../lib/words.js";

/** @param {import("../model.js").Model} model */
export function nothingHere(model) {
  return model.may("add") ? t("The first note is the hardest. Write one thing you noticed this week.") : t("There is no note here yet.");
}
