/** The translation beneath a note's words: drawn, as a line of the list, and said. The original always stands above it. */
import { html, nothing } from "lit-html";
import { glyph, icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { languageName } from "../languages.js";

/** @typedef {import("../translations.js").Translation} Translation */

/** What is to be known of it beside its words. @param {Translation} said */
export function kindOf(said) {
  return [said.byMachine ? t("By a machine") : "", said.isOutdated ? t("The note has changed since") : ""].filter(Boolean).join(", ");
}

/** For the ear: its words with what is to be known of them. @param {Translation} said */
export function sayBeneath(said) {
  return [t("in {language}: {words}", { language: languageName(said.lang), words: said.words }), kindOf(said)].filter(Boolean).join(", ");
}

/** As it stands on a note, for whoever measures it. @param {Translation | null} said */
export function linesOf(said) {
  return said ? [said.words, kindOf(said)].filter(Boolean).join("\n") : "";
}

/** On a note that is built by hand. @param {HTMLElement} node @param {Translation | null} said */
export function fillBeneath(node, said) {
  const old = node.querySelector(":scope > .note__tr");
  if (!said) return old?.remove();
  const kind = kindOf(said);
  const words = Object.assign(document.createElement("span"), { lang: said.lang, dir: "auto", textContent: said.words });
  const line = document.createElement("p");
  line.className = "note__tr";
  line.append(words);
  if (kind) line.append(marked(kind));
  if (old) old.replaceWith(line);
  else node.querySelector(".note__foot")?.before(line);
}

/** In a row of the list. @param {Translation | null} said */
export function beneathLine(said) {
  if (!said) return nothing;
  const kind = kindOf(said);
  return html`<p class="li__tr"><span lang=${said.lang} dir="auto">${said.words}</span>${kind ? html`<span class="tr__kind">${icon("translate")}${kind}</span>` : nothing}</p>`;
}

/** @param {string} kind */
function marked(kind) {
  const mark = document.createElement("span");
  mark.className = "tr__kind";
  mark.append(glyph("i-translate", "i"), kind);
  return mark;
}
