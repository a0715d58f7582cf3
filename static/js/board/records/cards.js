/**
 * Layout `cards`: the personas of the programme that this board shows, a card each, which opens its sheet. Beside them,
 * whom the set leaves out, and who of the programme is not on this board.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { fold } from "../../lib/fold.js";
import { t, tn } from "../../lib/words.js";
import { avatar } from "../../personas/avatar.js";
import { gathered, sheetOf } from "../../personas/computed.js";
import { FIELDS, labelName, optionName, skillName } from "../../personas/fields.js";
import { setCheck, warningsOf } from "../../personas/set.js";
import { personasUrl } from "../panels/serving.js";
import { emptyBoard } from "./record_board.js";

export class CardsView {
  /** @param {import("./record_board.js").Tools} tools */
  constructor(tools) {
    this.tools = tools;
  }

  get label() {
    return t("Personas");
  }

  /** @param {{isList: boolean}} how */
  main({ isList }) {
    const { registers, names } = this.tools;
    const all = registers.of("persona");
    const here = registers.placements;
    const shown = all.filter((p) => here.has(p.id));
    const others = all.filter((p) => !here.has(p.id));
    const lines = registers.of("line");
    const beside = html`<aside class="rec__side" aria-label=${t("Beside the cards")}>
      ${shown.length ? setCheck(warningsOf(shown, lines, names.languages)) : nothing}
      ${others.length ? html`<section><h2 class="h3">${t("Not on this board")} <span class="zone__n">${others.length}</span></h2><ul class="pcards__more">${others.map((p) => this.#other(p))}</ul></section>` : nothing}</aside>`;
    const cards = shown.length
      ? html`<ul class="pcards">${repeat(shown, (p) => p.id, (p) => this.#card(p, lines))}</ul>`
      : emptyBoard(t("No persona yet. Two are a good beginning: one typical, one likely to be left out."));
    return html`<div class="rec__two ${isList ? "is-text" : ""}"><div class="rec__main">${cards}</div>${shown.length || others.length ? beside : nothing}</div>`;
  }

  /** @param {Item} persona @param {Item[]} lines */
  #card(persona, lines) {
    const { registers, names, say } = this.tools;
    const { share, evidence, label } = sheetOf(FIELDS, persona, lines);
    const { goals = [] } = gathered(FIELDS, persona, lines);
    const facts = [optionName("age_band", persona.age_band ?? ""), optionName("place_type", persona.place_type ?? ""), persona.livelihood].filter(Boolean).join(" · ");
    const off = () => {
      registers.hide(persona.id);
      say(t("{name} taken off this board", { name: persona.name }));
    };
    return html`<li class="pcard" data-persona=${persona.id}>
      <a class="pcard__open" href="${personasUrl()}#${persona.id}">${avatar(persona, "pa--m")}<span class="pcard__who"><b dir="auto">${persona.name}</b>${facts ? html`<span class="small muted" dir="auto">${facts}</span>` : nothing}${persona.digital_skill ? html`<span class="small muted">${skillName(persona.digital_skill)}</span>` : nothing}</span></a>
      <div class="pcard__words">${persona.quote ? html`<p class="pcard__quote" dir="auto">${persona.quote}</p>` : nothing}
      <p class="pcard__goal" dir="auto">${icon("flag", "i--16")}<span>${goals.length ? goals[0] : html`<span class="muted">${t("No goal yet")}</span>`}${goals.length > 1 ? html` <span class="small muted">${tn("and {n} more", "and {n} more", goals.length - 1)}</span>` : nothing}</span></p></div>
      <div class="pcard__figs"><p class="small"><b class="num">${percent(evidence)}</b> ${labelName(label)}</p><span class="bar" aria-hidden="true"><i class="w-${Math.round(evidence * 20) * 5}"></i></span>
        <p class="small muted">${t("{share} complete", { share: percent(share) })}</p></div>
      ${names.may("add", "own") ? html`<button type="button" class="tool pcard__off" aria-label=${t("Take {name} off this board", { name: persona.name })} @click=${off}>${icon("eyeoff", "i--16")}</button>` : nothing}</li>`;
  }

  /** @param {Item} persona */
  #other(persona) {
    const put = () => this.#show(persona);
    return html`<li>${avatar(persona, "pa--s")}<span class="grow" dir="auto">${persona.name}</span>${this.tools.names.may("add", "own") ? html`<button type="button" class="btn btn--s" aria-label="${t("Put here")}: ${persona.name}" @click=${put}>${icon("plus", "i--16")}${t("Put here")}</button>` : nothing}</li>`;
  }

  /** @param {Item} persona */
  #show(persona) {
    this.tools.registers.show(persona.id);
    this.tools.say(t("{name} is on this board now", { name: persona.name }));
  }

  bar() {
    const may = this.tools.names.may("add", "own");
    return html`<input class="composer__in" name="persona" maxlength="120" autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? t("An invented name") : t("The board is locked")} aria-label=${t("An invented name")} ?readonly=${!may}>
      <button class="btn btn--primary composer__add" aria-label=${t("Add persona")}><span class="composer__word">${t("Add persona")}</span>${icon("send", "on-phone")}</button>`;
  }

  /** @param {HTMLFormElement} form */
  submit(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("persona"));
    const name = field.value.trim();
    if (!name) return field.focus();
    const { registers, acts, names, tell } = this.tools;
    const known = registers.of("persona").find((p) => fold(p.name) === fold(name));
    if (known) {
      registers.show(known.id);
      tell(t("{name} is there already. It is one persona on all boards.", { name: known.name }));
    } else {
      registers.show(acts.add(name));
      if (names.isSomebodys(name)) tell(t("Somebody here has this name. Invent another one, so that nobody is meant."));
    }
    field.value = "";
    field.focus();
  }
}

/** @param {number} share */
function percent(share) {
  return `${Math.round(share * 100)} %`;
}
