/**
 * Whose a note is, where that is not only who wrote it: entered for somebody without a device, or from a device that
 * several share. Said by a sign and by words, never by a colour.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("../model.js").Model} Model
 */
import { html, nothing } from "lit-html";
import { glyph, icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";

/** The name under a note. @param {Item} item @param {Model} model */
export function authorOf(item, model) {
  return item.entered && !item.by ? t("In the room") : model.name(item.by);
}

/** How it came here, in words; empty for what people wrote on devices of their own. @param {Item} item @param {Model} model */
export function enteredWords(item, model) {
  if (item.entered) {
    return item.entered === model.me ? t("entered by you for somebody without a device") : t("entered by {name} for somebody without a device", { name: model.name(item.entered) || t("Somebody") });
  }
  return item.shared ? tn("written by {n} person at one device", "written by {n} people at one device", item.shared) : "";
}

/** The sign beside the name: built by hand, as notes are. @param {HTMLElement} foot @param {Item} item @param {Model} model */
export function fillEntered(foot, item, model) {
  const words = enteredWords(item, model);
  let sign = /** @type {HTMLElement | null} */ (foot.querySelector(".note__for"));
  if (!words) return sign?.remove();
  if (sign?.title === words) return;
  sign?.remove();
  sign = document.createElement("span");
  sign.className = "note__for";
  sign.title = words;
  sign.append(glyph(item.entered ? "i-nodevice" : "i-people", "i"), item.entered ? "" : String(item.shared));
  foot.querySelector(".note__by")?.after(sign);
}

/** The same in a list. @param {Item} item @param {Model} model */
export function enteredSign(item, model) {
  const words = enteredWords(item, model);
  return words ? html`<span class="for" title=${words}>${icon(item.entered ? "nodevice" : "people", "i--16")}${item.entered ? nothing : item.shared}<span class="sr">${words}</span></span>` : nothing;
}

/** What stands by a person's name wherever people are listed. @param {import("../model.js").Person} person */
export function deviceWords(person) {
  if (person.deviceless) return t("without a device");
  return person.shared ? tn("{n} person at this device", "{n} people at this device", person.shared) : "";
}
