// Nothing moves anybody who writes: what comes for everyone waits until they have finished.
import { isWriting } from "../lib/dom.js";

/** @param {import("./model.js").Model} model */
export function isBusy(model) {
  const el = /** @type {HTMLTextAreaElement | null} */ (document.activeElement);
  // Where no note can be added any more, what is half written waits in the field until there can.
  const isDraft = Boolean(el?.closest("#composer")) && model.may("add") && Boolean(el?.value.trim());
  return isWriting(el) && (isDraft || Boolean(el?.closest("#view, #phone, #list, #task, #consent, dialog")));
}
