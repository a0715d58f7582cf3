/** A consent round as people see it: the proposal, my answer, and what was answered, objections first. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { ANSWERS } from "../consents.js";

/** @typedef {import("../consents.js").Consents} Consents */
/** @typedef {import("../model.js").Item} Item */
/** @typedef {import("../ops_consent.js").Said} Said */
/**
 * @typedef {{consents: Consents, choice: () => Said | null, words: () => string, wrong: () => string, choose: (said: Said) => void, write: (words: string) => void,
 *   send: () => void, takeBack: () => void, close: () => void, end: () => void, again: (consent: Item) => void, answerFor: (consent: Item) => void, show: (id: string) => void}} Parts
 */

/** @param {Said} said */
export function saidWords(said) {
  return { agree: t("Agree"), reserve: t("Agree with a reservation"), object: t("Object"), aside: t("Stand aside") }[said];
}

/** @type {Record<Said, string>} */
const SIGNS = { agree: "check", reserve: "info", object: "warn", aside: "minus" };

/** @param {Said} said */
function meaning(said) {
  return {
    agree: t("I can go with it."), reserve: t("I go with it, and want this to be heard."),
    object: t("It would do harm, or miss its aim: this is why."), aside: t("I leave it to the others."),
  }[said];
}

/** @param {Parts} parts @param {Item} consent */
export function content(parts, consent) {
  const { consents } = parts;
  const shown = consent.shown === "at_close" ? t("Everyone sees the answers when the round closes.") : t("Everyone sees each answer at once, with its name.");
  return html`<div class="vt__head"><div class="grow"><p class="small muted">${t("Consent round {n}", { n: consent.round ?? 1 })} · ${consent.state === "open" ? shown : t("Closed")}</p>
      <h2 class="vt__q" id="consent-title" tabindex="-1" dir="auto">${consent.proposal}</h2></div>
      <button type="button" class="tool" aria-label=${t("Close")} data-tip=${t("Close")} @click=${parts.close}>${icon("x")}</button></div>
    <div class="cs"><div class="cs__main">${consents.may(consent) ? mine(parts, consent) : nothing}${answers(consents, consent)}</div>
      <aside class="cs__side">${result(consents, consent)}${consents.model.leads ? leading(parts, consent) : nothing}${rounds(parts, consent)}</aside></div>`;
}

/** @param {Parts} parts @param {Item} consent */
function mine(parts, consent) {
  const { answer } = parts.consents.mine(consent);
  const choice = parts.choice() ?? answer ?? null;
  const asksWhy = choice === "object" || choice === "reserve";
  return html`<form class="cs__mine" @submit=${(/** @type {Event} */ e) => { e.preventDefault(); parts.send(); }}><fieldset class="cs__says"><legend class="field__label">${t("What do you say?")}</legend>
      ${[...ANSWERS].reverse().map((said) => html`<label class="cs__say ${choice === said ? "is-on" : ""}"><input type="radio" name="consent" value=${said} .checked=${choice === said} @change=${() => parts.choose(said)}>${icon(SIGNS[said])}<span><b>${saidWords(said)}</b><span class="small muted">${meaning(said)}</span></span></label>`)}</fieldset>
      ${asksWhy ? html`<label class="field"><span class="field__label">${choice === "object" ? t("Why do you object?") : t("What is your reservation?")}</span><textarea class="input" rows="2" dir="auto" maxlength="600" .value=${parts.words()} @input=${(/** @type {any} */ e) => parts.write(e.target.value)}></textarea></label>` : nothing}
      ${parts.wrong() ? html`<p class="field__wrong" role="alert">${icon("warn")}${parts.wrong()}</p>` : nothing}
      <p class="btn-row"><button class="btn btn--primary">${answer ? t("Change my answer") : t("Give this answer")}</button>${answer ? html`<button type="button" class="btn" @click=${parts.takeBack}>${t("Take it back")}</button>` : nothing}</p>
      ${answer ? html`<p class="small" role="status">${icon("check", "i--16")} ${t("You said: {answer}. You can change it until the round closes.", { answer: saidWords(answer) })}</p>` : nothing}</form>`;
}

/** @param {Consents} consents @param {Item} consent */
function answers(consents, consent) {
  if (!consents.isShown(consent)) return html`<p class="cs__none muted">${t("What others say is shown when the round closes.")}</p>`;
  const all = consents.answers(consent);
  if (!all.length) return html`<p class="cs__none muted">${t("Nobody has answered yet.")}</p>`;
  return ANSWERS.map((said) => {
    const some = all.filter((one) => one.answer === said);
    return some.length ? html`<section class="cs__sec cs__sec--${said}"><h3 class="cs__h">${icon(SIGNS[said])}${saidWords(said)} <span class="num">${some.length}</span></h3><ul class="cs__list">${some.map((one) => html`<li><b dir="auto">${consents.model.name(one.person)}</b> <span class="small muted" dir="auto">${consents.model.cityOf(one.person)?.name ?? ""}</span>${one.entered ? html` <span class="chip">${icon("nodevice", "i--16")}${t("entered by {name}", { name: consents.model.name(one.entered) })}</span>` : nothing}${one.reason ? html`<p dir="auto">${one.reason}</p>` : nothing}</li>`)}</ul></section>` : nothing;
  });
}

/** @param {Consents} consents @param {Item} consent */
function result(consents, consent) {
  const all = consents.answers(consent);
  const of = consents.electorate(consent);
  const entered = all.filter((one) => one.entered).length;
  const turnout = consents.isShown(consent) ? t("{n} of {all} have answered", { n: all.length, all: of }) : nothing;
  return html`<section class="res__sec" role="status">${consent.state === "closed" ? html`<p class="cs__result ${consents.stands(consent) ? "" : "is-not"}">${icon(consents.stands(consent) ? "check" : "warn")}${resultWords(consents, consent)}</p>` : nothing}
    <p class="small muted">${turnout}</p>${entered ? html`<p class="small muted">${tn("{n} answer was entered for somebody without a device.", "{n} answers were entered for people without a device.", entered)}</p>` : nothing}</section>`;
}

/** @param {Consents} consents @param {Item} consent */
export function resultWords(consents, consent) {
  const objections = consents.answers(consent).filter((one) => one.answer === "object").length;
  if (objections) return tn("No consent yet: {n} objection.", "No consent yet: {n} objections.", objections);
  return consents.stands(consent) ? t("Consent: nobody objects.") : t("Nobody has answered.");
}

/** @param {Parts} parts @param {Item} consent */
function leading(parts, consent) {
  const open = consent.state === "open";
  const isLast = !parts.consents.all.some((one) => one.after === consent.id);
  return html`<section class="res__sec cs__leads"><h3 class="cockpit__h">${t("For everyone")}</h3>
    ${open ? html`<button type="button" class="btn btn--room" @click=${parts.end}>${t("Close the round")}</button><button type="button" class="btn" @click=${() => parts.answerFor(consent)}>${icon("nodevice")}${t("Answer for somebody without a device")}</button>` : nothing}
    ${isLast && (open || !parts.consents.now) ? html`<button type="button" class="btn" @click=${() => parts.again(consent)}>${icon("edit")}${t("Change the proposal: next round")}</button>` : nothing}</section>`;
}

/** @param {Parts} parts @param {Item} consent */
function rounds({ consents, show }, consent) {
  const others = consents.all.filter((one) => one.id !== consent.id).reverse().slice(0, 20);
  if (!others.length) return nothing;
  return html`<section class="res__sec"><h3 class="cockpit__h">${t("Other rounds")}</h3><ul class="res__rounds">${others.map((one) => html`<li><button type="button" class="btn btn--quiet" @click=${() => show(one.id)}><span dir="auto">${one.proposal}</span><span class="small muted">${one.state === "open" ? t("open") : resultWords(consents, one)}</span></button></li>`)}</ul></section>`;
}
