/**
 * Layout `table` of weighted criteria: options against criteria, scored 0 to 5 by each person, shown together as means
 * with their spread. The result ranks the options and says what would change if one weight were moved by a fifth.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {import("./scores.js").Scored} Scored
 * @typedef {{options: Item[], criteria: Item[], scores: import("./scores.js").Score[], result: Map<string, Scored>}} Matrix
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/dom.js";
import { fold } from "../../lib/fold.js";
import { t, tn } from "../../lib/words.js";
import { cell } from "./cells.js";
import { fieldOf, kindName, titleOf } from "./kinds.js";
import { emptyBoard, emptyTable } from "./record_board.js";
import { scored, sensitivity } from "./scores.js";

/** What is chosen among, and what it is judged by. */
const OPTIONS = ["idea", "action", "project"];
const KINDS = [...OPTIONS, "criterion"];
const VALUES = [0, 1, 2, 3, 4, 5];
/** People so far apart in one cell should talk. */
const APART = 2;

export class CriteriaMatrix {
  #together = false;
  #kind = KINDS[0];

  /** @param {import("./record_board.js").Tools} tools */
  constructor(tools) {
    this.tools = tools;
  }

  get label() {
    return t("Weighted criteria");
  }

  /** What the board shows, and what was scored. @returns {Matrix} */
  get #matrix() {
    const { registers } = this.tools;
    const here = registers.placements;
    const of = (/** @type {string[]} */ kinds) => kinds.flatMap((kind) => registers.of(kind)).filter((one) => here.has(one.id));
    const options = of(OPTIONS);
    const criteria = of(["criterion"]);
    const known = new Set([...options, ...criteria].map((one) => one.id));
    const all = registers.of("score").map((one) => ({ person: one.by ?? "", item: registers.record(one.item)?.id ?? "", criterion: one.criterion, value: one.value }));
    // One cell of one person counts once, the last.
    const scores = [...new Map(all.filter((one) => known.has(one.item) && known.has(one.criterion)).map((one) => [`${one.person} ${one.item} ${one.criterion}`, one])).values()];
    const found = scored(options.map((one) => one.id), criteria.map(plain), scores);
    return { options, criteria, scores, result: new Map(found.map((one) => [one.id, one])) };
  }

  /** @param {{isPhone: boolean}} how */
  main({ isPhone }) {
    const matrix = this.#matrix;
    const { options, criteria } = matrix;
    if (!criteria.length) return html`<div class="choice__begin">${emptyBoard(t("What do you judge by? Name a criterion, or begin with the five that are usual."))}${this.#usual()}</div>`;
    if (!options.length) return html`<div class="choice__begin">${emptyTable([t("Option"), ...criteria.map(titleOf), t("Result")], t("What do you choose among? Name the first option."), isPhone)}${this.#others(options)}</div>`;
    const content = isPhone ? this.#forms(matrix) : this.#table(matrix);
    return html`<div class="plan matrix ${isPhone ? "is-forms" : ""}">${this.#head()}<div class="plan__rows">${content}${this.#others(options)}</div>${this.#result(matrix)}</div>`;
  }

  #head() {
    const turn = (/** @type {boolean} */ together) => () => {
      this.#together = together;
      this.tools.say(together ? t("Together") : t("My scores"));
      this.tools.draw();
    };
    return html`<div class="plan__head"><div class="seg" role="group" aria-label=${t("Show")}><button type="button" aria-pressed=${!this.#together} @click=${turn(false)}>${icon("person", "i--16")}${t("My scores")}</button><button type="button" aria-pressed=${this.#together} @click=${turn(true)}>${icon("people", "i--16")}${t("Together")}</button></div></div>`;
  }

  /** @param {Matrix} matrix */
  #table(matrix) {
    const { options, criteria, result } = matrix;
    const rows = this.#together ? [...options].sort((a, b) => (result.get(a.id)?.rank ?? 0) - (result.get(b.id)?.rank ?? 0)) : options;
    return html`<table class="plan__table matrix__table"><thead><tr><th scope="col">${t("Option")}</th>${repeat(criteria, (one) => one.id, (one) => html`<th scope="col" class="matrix__h">${this.#criterion(one)}</th>`)}<th scope="col">${t("Result")}</th></tr></thead>
      <tbody>${repeat(rows, (one) => one.id, (one) => html`<tr data-row=${one.id}><th scope="row">${this.#option(one)}</th>${criteria.map((by) => html`<td>${this.#cell(one, by, matrix)}</td>`)}<td class="matrix__sum">${this.#sum(result.get(one.id))}</td></tr>`)}</tbody></table>`;
  }

  /** @param {Matrix} matrix */
  #forms(matrix) {
    const { options, criteria, result } = matrix;
    return html`<section class="matrix__weights">${criteria.map((one) => html`<div class="plan__field">${this.#criterion(one)}</div>`)}</section>
      <ul class="plan__forms">${repeat(options, (one) => one.id, (one) => html`<li data-row=${one.id}><div class="row"><h2 class="h3 grow">${this.#option(one)}</h2>${this.#sum(result.get(one.id))}</div>
      ${criteria.map((by) => html`<div class="plan__field"><span class="small muted" dir="auto" aria-hidden="true">${titleOf(by)}</span>${this.#cell(one, by, matrix)}</div>`)}</li>`)}</ul>`;
  }

  /** @param {Item} option */
  #option(option) {
    return html`<button type="button" class="tl__name" aria-haspopup="dialog" @click=${(/** @type {Event} */ e) => this.tools.edit(option.id, /** @type {HTMLElement} */ (e.currentTarget))}><b dir="auto">${titleOf(option)}</b><span class="small muted">${kindName(option.kind)}</span></button>`;
  }

  /** Its name, which opens all about it, and what it weighs. @param {Item} criterion */
  #criterion(criterion) {
    const less = criterion.direction === "less_is_better";
    return html`<button type="button" class="tl__name" aria-haspopup="dialog" @click=${(/** @type {Event} */ e) => this.tools.edit(criterion.id, /** @type {HTMLElement} */ (e.currentTarget))}><b dir="auto">${titleOf(criterion)}</b>${less ? html`<span class="small muted">${t("less is better")}</span>` : nothing}</button>
      <span class="matrix__w">${cell(this.tools, criterion, fieldOf("criterion", "weight"))}<span class="small muted" aria-hidden="true">%</span></span>`;
  }

  /** @param {Item} option @param {Item} criterion @param {Matrix} matrix */
  #cell(option, criterion, { scores, result }) {
    const label = t("{option} by {criterion}", { option: titleOf(option), criterion: titleOf(criterion) });
    if (this.#together) {
      const mean = result.get(option.id)?.means.get(criterion.id);
      const spread = result.get(option.id)?.spreads.get(criterion.id) ?? 0;
      if (mean === undefined) return html`<span class="matrix__v muted" aria-label=${label}>–</span>`;
      return html`<span class="matrix__v" aria-label="${label}: ${oneDigit(mean)}${spread ? `, ${t("{n} apart", { n: spread })}` : ""}"><b class="num">${oneDigit(mean)}</b>${spread >= APART ? html`<span class="chip chip--amber">↔ ${spread}</span>` : nothing}</span>`;
    }
    const mine = scores.find((one) => one.person === this.tools.registers.model.me && one.item === option.id && one.criterion === criterion.id)?.value;
    const pick = (/** @type {Event} */ e) => this.#score(option, criterion, /** @type {HTMLSelectElement} */ (e.target).value);
    return html`<select class="plan__in num" aria-label=${label} ?disabled=${!this.tools.names.may("add", "own")} @change=${pick}><option value="" .selected=${mine === undefined}>–</option>${VALUES.map((one) => html`<option value=${one} .selected=${one === mine}>${anchored(criterion, one)}</option>`)}</select>`;
  }

  /** @param {Scored | undefined} one */
  #sum(one) {
    if (!one?.means.size) return html`<span class="muted">–</span>`;
    return html`<span class="matrix__rank"><b class="num">${one.rank}.</b> <span class="num">${one.score.toFixed(2)}</span></span>`;
  }

  /** My value of one cell, taken back where there is none. @param {Item} option @param {Item} criterion @param {string} given */
  #score(option, criterion, given) {
    const { registers, acts, say } = this.tools;
    const own = registers.of("score").filter((one) => one.by === registers.model.me && registers.record(one.item)?.id === option.id && one.criterion === criterion.id).at(-1);
    const words = `${titleOf(option)}, ${titleOf(criterion)}: ${given || "–"}`;
    if (given === "" && own) acts.drop(own, words);
    else if (given !== "" && own) acts.set(own, { value: Number(given) }, words);
    else if (given !== "") acts.create("score", { item: option.id, criterion: criterion.id, value: Number(given) }, words);
    else say(words);
  }

  /** Who is first, and unless what. @param {Matrix} matrix */
  #result({ options, criteria, scores, result }) {
    const weights = criteria.reduce((sum, one) => sum + (one.weight ?? 0), 0);
    const [first, second] = [...result.values()];
    const name = (/** @type {string} */ id) => titleOf(this.tools.registers.record(id));
    const people = new Set(scores.map((one) => one.person)).size;
    const moves = sensitivity(options.map((one) => one.id), criteria.map(plain), scores);
    const isTie = second?.rank === 1;
    const others = moves.filter((one) => one.order[0] !== first?.id);
    const unless = (/** @type {import("./scores.js").Change} */ { criterion, moved, order }) => {
      const said = { criterion: name(criterion), other: name(order[0]) };
      return moved > 0 ? t("unless “{criterion}” counts a fifth more: then “{other}” is first", said) : t("unless “{criterion}” counts a fifth less: then “{other}” is first", said);
    };
    const lead = !scores.length ? "" : isTie ? t("A tie: talk about it before you choose.") : others.length ? t("“{name}” is first,", { name: name(first.id) }) : t("“{name}” is first, and stays first if any one weight moves by a fifth.", { name: name(first.id) });
    return html`<div class="plan__sums matrix__result" aria-live="polite">${lead ? html`<p class="small" dir="auto"><b class="strong">${lead}</b>${isTie ? nothing : others.map((one) => html` ${unless(one)};`)}${moves.length > others.length ? html` <span class="muted">${tn("{n} other move changes the order further down.", "{n} other moves change the order further down.", moves.length - others.length)}</span>` : nothing}</p>` : nothing}
      <p class="plan__foot"><span class="grow small muted">${people ? tn("Scored by {n} person, 0 to 5", "Scored by {n} people, 0 to 5", people) : t("Agree what 0 and 5 mean before you score.")}</span>${weights === 100 ? nothing : html`<span class="chip chip--amber">${icon("warn", "i--16")}${t("Weights add up to {n}, not to 100", { n: weights })}</span>`}</p></div>`;
  }

  /** Ideas and actions that this board does not show. @param {Item[]} options */
  #others(options) {
    const { registers, names, say } = this.tools;
    const there = new Set(options.map((one) => one.id));
    const rest = OPTIONS.flatMap((kind) => registers.of(kind)).filter((one) => !there.has(one.id));
    if (!rest.length || !names.may("add", "own")) return nothing;
    const put = (/** @type {Item} */ one) => () => {
      registers.show(one.id);
      say(t("{name} is on this board now", { name: titleOf(one) }));
    };
    return html`<section class="plan__without"><h2 class="small strong">${t("Not on this board")}</h2><ul>${rest.map((one) => html`<li><button type="button" class="btn btn--s" @click=${put(one)}>${icon("plus", "i--16")}<span dir="auto">${titleOf(one)}</span></button></li>`)}</ul></section>`;
  }

  #usual() {
    if (!this.tools.names.may("add", "own")) return nothing;
    const begin = () => {
      const five = [[t("Effect on people"), 25], [t("Climate and environment"), 20], [t("Feasibility"), 20], [t("Cost and funding"), 20], [t("Urgency"), 15]];
      for (const [name, weight] of five) this.tools.registers.show(this.tools.acts.create("criterion", { name, weight }));
      this.tools.say(t("Five criteria added"));
    };
    return html`<p class="choice__usual"><button type="button" class="btn btn--primary" @click=${begin}>${icon("plus")}${t("Begin with the usual five")}</button></p>`;
  }

  bar() {
    const may = this.tools.names.may("add", "own");
    const words = this.#kind === "criterion" ? t("Name a criterion") : t("Name an option");
    const pick = (/** @type {Event} */ e) => {
      this.#kind = /** @type {HTMLSelectElement} */ (e.target).value;
      this.tools.draw();
    };
    return html`<label class="sr" for="matrix-kind">${t("Kind")}</label><select id="matrix-kind" class="composer__zone actors__sector" @change=${pick}>${KINDS.map((one) => html`<option value=${one} .selected=${one === this.#kind}>${kindName(one)}</option>`)}</select>
      <input class="composer__in" name="title" maxlength="240" autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? words : t("The board is locked")} aria-label=${words} ?readonly=${!may}>
      <button class="btn btn--primary composer__add" aria-label=${t("Add")}><span class="composer__word">${t("Add")}</span>${icon("send", "on-phone")}</button>`;
  }

  /** @param {HTMLFormElement} form */
  submit(form) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("title"));
    const title = field.value.trim();
    if (!title) return field.focus();
    const { registers, acts, tell } = this.tools;
    const known = registers.of(this.#kind).find((one) => fold(titleOf(one)) === fold(title));
    if (known && registers.placements.has(known.id)) tell(t("{name} is there already. It is one thing on all boards.", { name: titleOf(known) }));
    const key = this.#kind === "action" || this.#kind === "project" ? "title" : "name";
    registers.show(known ? known.id : acts.create(this.#kind, { [key]: title, ...(this.#kind === "criterion" ? { weight: 10 } : {}) }, t("{name} added", { name: title })));
    field.value = "";
    field.focus();
  }
}

/** @param {Item} criterion @returns {import("./scores.js").Criterion} */
function plain({ id, weight, direction }) {
  return { id, weight: weight ?? 0, direction };
}

/** A value, with what its ends were agreed to mean. @param {Item} criterion @param {number} value */
function anchored(criterion, value) {
  const said = value === 0 || value === 5 ? criterion[`anchor_${value}`] : "";
  return said ? `${value} · ${said}` : String(value);
}

/** @param {number} value */
function oneDigit(value) {
  return value.toLocaleString(document.documentElement.lang || undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
