/** The controls of a sheet, one for each type of field. They read the record and call the acts; text is `Writing`'s. */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon, mark } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { BY_NAME, fieldName, optionName, questionOf, SKILLS, skillName } from "./fields.js";

/** @typedef {import("../board/model.js").Item} Item */

export class Controls {
  /** @param {import("./acts.js").Acts} acts @param {import("./names.js").Names} names @param {(id: string, field: string) => string[]} writers who else writes there, by name */
  constructor(acts, names, writers) {
    this.acts = acts;
    this.names = names;
    this.writers = writers;
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  draw(persona, name, may) {
    const type = BY_NAME.get(name)?.type ?? "";
    const by = { enum: this.#enum, multi: this.#multi, scale: this.#scale, tags: this.#tags, list: this.#list, int: this.#int };
    return (by[/** @type {keyof typeof by} */ (type)] ?? this.text).call(this, persona, name, may);
  }

  /** @param {Item} persona @param {string} name @param {boolean} may @param {string} [look] */
  text(persona, name, may, look = "") {
    const long = BY_NAME.get(name)?.type === "longtext";
    return html`<textarea class="input pe__text ${look}" rows=${long ? 3 : 1} dir="auto" data-text=${name} data-id=${persona.id} aria-label=${fieldName(name)} placeholder=${questionOf(name)} ?readonly=${!may} autocomplete="off"></textarea>`;
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #enum(persona, name, may) {
    const { options = [] } = BY_NAME.get(name) ?? {};
    const pick = (/** @type {Event} */ e) => this.#set(persona, name, /** @type {HTMLSelectElement} */ (e.target).value || null);
    return html`<select class="input" aria-label=${fieldName(name)} ?disabled=${!may} @change=${pick}><option value="" .selected=${!persona[name]}>–</option>
      ${options.map((one) => html`<option value=${one} .selected=${persona[name] === one}>${optionName(name, one)}</option>`)}</select>`;
  }

  /** @param {Item} persona @param {string} name @param {string | number | null} value */
  #set(persona, name, value) {
    const said = value === null ? "–" : name === "digital_skill" ? skillName(Number(value)) : optionName(name, String(value));
    this.acts.set(persona, { [name]: value }, `${fieldName(name)}: ${said}`);
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #multi(persona, name, may) {
    const { options = [] } = BY_NAME.get(name) ?? {};
    return html`<div class="pe__picks" role="group" aria-label=${fieldName(name)}>${options.map((one) => {
      const key = `${name}/${one}`;
      const turn = () => this.acts.set(persona, { [key]: persona[key] ? null : true }, `${optionName(name, one)}: ${persona[key] ? t("no") : t("yes")}`);
      return html`<button type="button" class="pe__pick" aria-pressed=${Boolean(persona[key])} ?disabled=${!may} @click=${turn}>${persona[key] ? icon("check", "i--16") : nothing}${optionName(name, one)}</button>`;
    })}</div>`;
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #scale(persona, name, may) {
    const now = persona[name] ?? 0;
    const steps = Array.from({ length: SKILLS }, (_, i) => i + 1);
    return html`<div class="pe__scale" role="radiogroup" aria-label=${fieldName(name)}>${steps.map(
      (step) => html`<label class="pe__step ${step === now ? "is-on" : ""}"><input type="radio" name=${`${name}-${persona.id}`} value=${step} .checked=${step === now} ?disabled=${!may} aria-label=${`${step}: ${skillName(step)}`} @change=${() => this.#set(persona, name, step)}><span class="num" aria-hidden="true">${step}</span></label>`,
    )}</div><p class="small muted pe__said">${now ? `${now}: ${skillName(now)}` : `1: ${skillName(1)} – ${SKILLS}: ${skillName(SKILLS)}`}</p>`;
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #tags(persona, name, may) {
    const keys = Object.keys(persona).filter((key) => key.startsWith(`${name}/`)).sort();
    return html`<div class="pe__tags">${keys.map((key) => html`<span class="chip"><span dir="auto">${persona[key]}</span>${may
        ? html`<button type="button" class="pe__off" aria-label=${t("Remove {name}", { name: persona[key] })} @click=${() => this.acts.set(persona, { [key]: null }, t("{name} removed", { name: persona[key] }))}>${icon("x", "i--16")}</button>`
        : nothing}</span>`)}
      ${may ? this.#adder(t("Add: {field}", { field: fieldName(name) }), (words) => this.acts.tag(persona, name, words), name === "languages" ? "languages-own" : "") : nothing}</div>`;
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #list(persona, name, may) {
    const lines = this.acts.lines(persona.id, name);
    return html`${lines.length ? html`<ul class="pe__lines" aria-label=${fieldName(name)}>${repeat(lines, (l) => l.id, (l, i) => this.#line(l, i, lines.length, may))}</ul>` : nothing}
      ${may ? this.#adder(t("Add: {field}", { field: fieldName(name) }), (words) => this.acts.addLine(persona, name, words)) : nothing}`;
  }

  /** @param {Item} line @param {number} at @param {number} of @param {boolean} may */
  #line(line, at, of, may) {
    const { acts, names } = this;
    const paper = names.paper(line.by);
    const who = this.writers(line.id, "text");
    const label = `${fieldName(line.field)}, ${t("line {n} of {all}", { n: at + 1, all: of })}, ${names.name(line.by)}`;
    return html`<li class="pe__line ${who.length ? "is-written" : ""}" data-line=${line.id}><span class="pe__mark c-${paper}" title=${names.name(line.by)}>${mark(paper)}</span>
      <textarea class="pe__in" rows="1" dir="auto" data-text="text" data-id=${line.id} aria-label=${label} ?readonly=${!may} @blur=${() => this.#left(line)}></textarea>
      ${may ? html`<span class="pe__acts"><button type="button" class="tool" ?disabled=${at === 0} aria-label=${t("Up")} @click=${() => acts.moveLine(line, -1)}>${icon("up", "i--16")}</button><button type="button" class="tool" ?disabled=${at === of - 1} aria-label=${t("Down")} @click=${() => acts.moveLine(line, 1)}>${icon("down", "i--16")}</button><button type="button" class="tool" aria-label=${t("Delete line")} @click=${() => acts.removeLine(line)}>${icon("x", "i--16")}</button></span>` : nothing}
      ${who.map((each) => html`<span class="pe__who">${each}</span>`)}</li>`;
  }

  /** A line whose words were all taken out is no line. @param {Item} line */
  #left(line) {
    const now = this.acts.view.items.get(line.id);
    if (now && !String(now.text).trim()) this.acts.removeLine(now);
  }

  /** @param {Item} persona @param {string} name @param {boolean} may */
  #int(persona, name, may) {
    const pick = (/** @type {Event} */ e) => {
      const { value, validity } = /** @type {HTMLInputElement} */ (e.target);
      if (validity.valid) this.acts.set(persona, { [name]: value === "" ? null : Number(value) }, `${fieldName(name)}: ${value || "–"}`);
    };
    return html`<input class="input num pe__n" type="number" inputmode="numeric" min="0" max="1000000000" step="1" aria-label=${fieldName(name)} .value=${String(persona[name] ?? "")} ?disabled=${!may} @change=${pick}>`;
  }

  /** @param {string} words @param {(text: string) => void} add @param {string} [list] of suggestions */
  #adder(words, add, list = "") {
    const take = (/** @type {HTMLInputElement} */ input) => {
      const text = input.value.trim();
      if (text) add(text);
      input.value = "";
    };
    const pressed = (/** @type {KeyboardEvent} */ e) => {
      if (e.key !== "Enter" || e.isComposing) return;
      e.preventDefault();
      take(/** @type {HTMLInputElement} */ (e.target));
    };
    return html`<span class="pe__adder">${icon("plus", "i--16")}<input class="pe__add" dir="auto" maxlength="280" list=${list || nothing} aria-label=${words} placeholder=${t("Add")} enterkeyhint="done" autocomplete="off" @keydown=${pressed} @change=${(/** @type {Event} */ e) => take(/** @type {HTMLInputElement} */ (e.target))}></span>`;
  }
}
