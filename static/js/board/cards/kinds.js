/**
 * Kinds of card that a board takes, read from its own fields (codesign/core/cards.py): a method's, a host's own as well.
 * What the house's kinds and fields are called stands here in the reader's words; others are shown as they are spelled.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {{name: string, type: string, options: string[], least?: number, most?: number, required: boolean}} Field
 * @typedef {{name: string, fields: Field[]}} Kind its first field are the words of the note
 */
import { t, tn } from "../../lib/words.js";
import { strokesOf } from "./ink.js";

const LINE = /^(\w+): (\w+)(?:\(([^)]*)\))?(!?)$/;
const RANGE = /^(-?\d+)\.\.(-?\d+)$/;

/** The kinds of card here, the one that new notes are first. @param {Record<string, any>} fields of the board @returns {Kind[]} */
export function kindsOf(fields) {
  const names = Object.keys(fields).filter((key) => key.startsWith("card/")).map((key) => key.slice(5)).sort();
  const first = fields.card;
  return names.sort((a, b) => Number(b === first) - Number(a === first)).map((name) => readKind(name, fields[`card/${name}`]));
}

/** The same, read once while the board's fields are what they were. */
export class Sorts {
  #key = "";
  /** @type {Kind[]} */
  #kinds = [];
  #fields;

  /** @param {() => Record<string, any>} fields of the board */
  constructor(fields) {
    this.#fields = fields;
  }

  get all() {
    const fields = this.#fields();
    const key = Object.keys(fields).filter((one) => one.startsWith("card")).map((one) => `${one}:${fields[one]}`).join();
    if (this.#key !== key) [this.#key, this.#kinds] = [key, kindsOf(fields)];
    return this.#kinds;
  }

  /** Are all new notes cards of one and the same sort? */
  get isOne() {
    return this.all.length === 1 && this.#fields().card === this.all[0].name;
  }

  /** @param {Item} item */
  of(item) {
    return item.card ? this.all.find((one) => one.name === item.card) : undefined;
  }
}

/** @param {string} name @param {string} lines @returns {Kind} */
export function readKind(name, lines) {
  return { name, fields: lines.split("\n").flatMap((line) => readField(line)) };
}

/** @param {string} line @returns {Field[]} */
function readField(line) {
  const found = LINE.exec(line);
  if (!found) return [];
  const [, name, type, inside = "", required] = found;
  const range = RANGE.exec(inside);
  const field = { name, type, options: !range && inside ? inside.split("|") : [], required: required === "!" };
  return [range ? { ...field, least: Number(range[1]), most: Number(range[2]) } : field];
}

/** Can it be drawn on, or say more than its words? @param {import("../model.js").Model} model @param {Item} item */
export function serves(model, item) {
  return item.kind === "note" && (draws(model, item) || Boolean(item.card));
}

/** Where people work in rounds they draw; what was drawn elsewhere can be changed there as well. @param {import("../model.js").Model} model @param {Item} item */
export function draws(model, item) {
  return model.layout === "rounds" || strokesOf(item).length > 0;
}

/** @param {string} name */
export function cardName(name) {
  const names = {
    idea: t("Idea"), question: t("Question"), challenge: t("Challenge"), opportunity: t("Opportunity"), action: t("Action"), pin: t("Pin"), topic: t("Topic"),
    exchange: t("Offer or need"), case: t("Case"), participant_card: t("Who I am"), vision: t("Vision"), objective: t("Objective"), project: t("Project"),
    note: t("Note"), document: t("Document"), domain_rating: t("Rating"), answer: t("Answer"), rating: t("Rating"), result: t("Result"),
  };
  return names[/** @type {keyof typeof names} */ (name)] ?? spelled(name);
}

/** @param {string} name */
export function fieldName(name) {
  const names = {
    need: t("Need"), because: t("Although"), breadth: t("Breadth: 1 too narrow, 5 too wide"), contains_a_solution: t("It contains a solution already"),
    what_it_does: t("What it does"), value: t("What changes, and for whom"), first_step: t("First step"), theme: t("Theme"), digital: t("Digital"),
    key_assumption: t("What must be true for it to work"), cost_band: t("Costs"), maturity: t("How far it is"), type: t("Kind"), place: t("Place in words"),
    host: t("Host"), city: t("City"), who_is_affected: t("Who is affected"), severity: t("How bad, 1 to 5"), open_until: t("Open until"),
    format: t("Form"), until: t("Until"), tried: t("What was tried"), key_question: t("Key question"), owner: t("Whose it is"), name: t("Name"), role: t("Role"),
    languages: t("Languages"), device: t("Device"), year: t("Year"), headline: t("Headline"), statement: t("Statement"), baseline: t("Today"), target: t("Target"),
    indicator: t("How we know"), weight: t("Weight, 1 to 3"), plans_served: t("Plans it serves"), output: t("What it brings"), start: t("From"), end: t("Until"), status: t("State"), risk: t("Risk"),
    mitigation: t("What we do against it"), next_step: t("Next step"), next_step_by: t("Next step by"), effort: t("Effort"),
    useful: t("How useful it was, 1 to 5"), heard: t("How much I was heard, 1 to 5"), what_we_did: t("What became of it"), reason: t("Because"),
  };
  return names[/** @type {keyof typeof names} */ (name)] ?? spelled(name);
}

/** @param {string} code */
export function optionName(code) {
  const names = {
    problem: t("Problem"), idea: t("Idea"), value: t("What is good"), project: t("Project"), phone: t("Phone"), computer: t("Computer"), shared_screen: t("Shared screen"),
    document: t("Document"), call: t("Call"), visit: t("Visit"), template: t("Template"), data: t("Data"), expert: t("Expert"),
    policy: t("Policy"), funding: t("Funding"), technology: t("Technology"), partner: t("Partner"), community: t("Community"), event: t("Event"),
    under_10k: t("under 10,000"), "10k_to_100k": t("10,000 to 100,000"), "100k_to_1m": t("100,000 to 1 million"), "1m_to_10m": t("1 to 10 million"), over_10m: t("over 10 million"), unknown: t("not known"),
    spark: t("a spark"), concept: t("a concept"), tested: t("tested"), runs_elsewhere: t("runs elsewhere"),
    not_started: t("not started"), on_track: t("on track"), at_risk: t("at risk"), delayed: t("delayed"), done: t("done"), dropped: t("dropped"),
    taken_up: t("taken up"), changed: t("changed"), later: t("later"), not_possible: t("not possible"),
  };
  return names[/** @type {keyof typeof names} */ (code)] ?? spelled(code);
}

/** What a card says beside its words, each as `name: value`. @param {Item} item @param {Kind | undefined} kind @returns {string[]} */
export function saysOf(item, kind) {
  return (kind?.fields.slice(1) ?? []).flatMap((field) => {
    const value = valueWords(item, field);
    return value ? [t("{field}: {value}", { field: fieldName(field.name), value })] : [];
  });
}

/** Over its words: what sort of card it is, and which of its sort. @param {Item} item @param {Kind | undefined} kind @param {boolean} [alone] a board of one sort need not say it on each */
export function tagOf(item, kind, alone = false) {
  if (!item.card) return "";
  const which = kind?.fields.find((field) => field.type === "enum" && field.name !== "cost_band");
  // A note that has a weight is a note all the same.
  return [alone || item.card === "note" ? "" : cardName(item.card), which ? valueWords(item, which) : ""].filter(Boolean).join(" · ");
}

/** @param {Item} item @param {Field} field */
function valueWords(item, field) {
  const key = `said/${field.name}`;
  if (field.type === "multi") return field.options.filter((one) => item[`${key}/${one}`]).map(optionName).join(", ");
  const value = item[key];
  if (value === undefined || value === false) return "";
  if (field.type === "bool") return t("yes");
  return field.type === "enum" ? optionName(value) : String(value);
}

/** How many strokes, for the ear. @param {number} n */
export function strokesSay(n) {
  return n ? tn("drawing of {n} stroke", "drawing of {n} strokes", n) : "";
}

/** @param {string} code */
function spelled(code) {
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
