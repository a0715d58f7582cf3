/** The personas of a programme as a set: who there is, whom it leaves out, and what of this board is for whom. */
import { html, nothing } from "lit-html";
import { icon } from "../lib/dom.js";
import { t, tn } from "../lib/words.js";
import { fold } from "../lib/fold.js";
import { avatar } from "./avatar.js";
import { gathered, setWarnings, sheetOf } from "./computed.js";
import { FIELDS, labelName } from "./fields.js";

/** @typedef {import("../board/model.js").Item} Item */

/** @param {readonly Item[]} personas @param {readonly Item[]} lines @param {{name: string, words: Set<string>}[]} languages of the people here */
export function warningsOf(personas, lines, languages) {
  const read = personas.map((one) => {
    const values = gathered(FIELDS, one, lines);
    const spoken = (values.languages ?? []).map((/** @type {string} */ said) => languages.find((l) => l.words.has(fold(said.trim())))?.name ?? said);
    return { ...values, languages: spoken };
  });
  return setWarnings(read, languages.map((l) => l.name)).map(([code, detail]) => warningName(code, detail));
}

/** @param {string} code @param {string} detail */
function warningName(code, detail) {
  if (code === "nobody_rarely_online") return t("Nobody in this set is rarely online.");
  if (code === "nobody_with_access_need") return t("Nobody in this set has an access need.");
  return t("Nobody in this set speaks {language}.", { language: detail });
}

/** @param {readonly string[]} warnings */
export function setCheck(warnings) {
  if (!warnings.length) return html`<p class="ps__check notice notice--good">${icon("check")}${t("The set check finds nobody left out.")}</p>`;
  return html`<section class="ps__check notice notice--amber" aria-label=${t("Set check")}>${icon("warn")}<div><b>${t("Set check")}</b><ul>${warnings.map((each) => html`<li>${each}</li>`)}</ul></div></section>`;
}

/** @param {readonly Item[]} personas @param {readonly Item[]} lines @param {string | null} chosen @param {(id: string) => void} choose @param {ReadonlySet<string>} unserved */
export function cards(personas, lines, chosen, choose, unserved) {
  return html`<ul class="ps__cards" aria-label=${t("Personas")}>${personas.map((one) => {
    const { share, evidence, label } = sheetOf(FIELDS, one, lines);
    const percent = (/** @type {number} */ n) => `${Math.round(n * 100)} %`;
    return html`<li><button type="button" class="ps__card" data-card=${one.id} aria-current=${one.id === chosen ? "true" : nothing} @click=${() => choose(one.id)}>${avatar(one)}
      <span class="grow ps__words"><b dir="auto">${one.name}</b><span class="small muted">${t("{share} complete", { share: percent(share) })} · ${percent(evidence)} ${labelName(label)}</span>
      ${unserved.has(one.id) ? html`<span class="small ps__none">${icon("warn", "i--16")}${t("Served by nothing")}</span>` : nothing}</span></button></li>`;
  })}</ul>`;
}

/** What of the board and of the register is for a persona. @param {Item} persona @param {Iterable<Item>} notes @param {Iterable<Item>} records */
export function servedBy(persona, notes, records) {
  const found = [...notes].filter((i) => i.kind === "note" && i[`serves/${persona.id}`]);
  const ideas = [...records].filter((i) => !i.merged && (i[`for/${persona.id}`] || i[`personas/${persona.id}`] || (i.kind === "question" && i.persona === persona.id)));
  return [...found, ...ideas];
}

/** @param {Item} persona @param {readonly Item[]} items */
export function serves(persona, items) {
  if (!items.length) return html`<p class="notice notice--amber" data-unserved>${icon("warn")}${t("No note, idea or action is for {name} yet.", { name: persona.name })}</p>`;
  return html`<details class="fold ps__serves"><summary>${tn("{n} thing is for {name}", "{n} things are for {name}", items.length, { name: persona.name })}</summary><ul>${items.map((i) => html`<li dir="auto" lang=${i.lang ?? nothing}>${i.text ?? i.name ?? i.title}</li>`)}</ul></details>`;
}
