/** A factor of a system map: a rounded card with its name, its name in another language, and what it is in the map. */
import { glyph } from "../../lib/dom.js";
import { factorSays, namesOf, roleName, wantedName } from "../maps/words.js";
import { fillFlag, flagWords } from "./note.js";

export function makeFactor() {
  const node = document.createElement("article");
  node.className = "factor";
  node.tabIndex = -1;
  const words = document.createElement("span");
  words.className = "group__name factor__name";
  words.dir = "auto";
  const other = document.createElement("small");
  other.className = "factor__other";
  other.dir = "auto";
  const tag = document.createElement("span");
  tag.className = "factor__tag";
  node.append(words, other, tag);
  return node;
}

/** @param {HTMLElement} node @param {import("../model.js").Item} item @param {import("./note.js").Look} look */
export function fillFactor(node, item, look) {
  const { model } = look;
  const [name, other, tag] = /** @type {HTMLElement[]} */ ([...node.querySelectorAll(".factor__name, .factor__other, .factor__tag")]);
  const [first, second] = namesOf(item.label ?? "");
  name.textContent = first;
  name.lang = item.lang ?? "";
  other.textContent = second;
  tag.replaceChildren(...(item.pinned ? [glyph("i-pin", "i i--16")] : []), tagOf(item));
  const others = look.others(item.id);
  const flagged = others.writing ?? others.selecting;
  node.classList.toggle("factor--focal", item.role === "focal");
  node.classList.toggle("factor--outcome", item.role === "outcome");
  node.classList.toggle("is-locked", !model.may("move", item));
  node.classList.toggle("is-remote", Boolean(flagged));
  node.classList.toggle("is-pending", look.waiting(item.id));
  node.style.setProperty("--p", flagged ? model.ink(flagged) : null);
  fillFlag(node, flagWords(others, model));
  node.setAttribute("aria-label", factorSays(item));
}

/** The line under the name; empty where nothing is said. The width of a card is worked out from it, too. @param {import("../model.js").Item} item */
export function tagOf(item) {
  return [item.role && item.role !== "focal" ? roleName(item.role) : "", item.wanted && item.wanted !== "open" ? wantedName(item.wanted) : ""].filter(Boolean).join(" · ");
}
