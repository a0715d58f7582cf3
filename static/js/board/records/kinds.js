/**
 * The kinds of record that are chosen from and planned with: their fields as a form asks for them, in the reader's words.
 * Names, types and codes are those of codesign/core/kinds.py; tests/test_record_kinds.py holds them to it.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {"text" | "longtext" | "enum" | "scale" | "int" | "date" | "month" | "money" | "ref" | "refs" | "bool" | "multi" | "tags" | "list" | "place"} Type
 * @typedef {{name: string, label: string, type: Type, options?: [string | number, string][], of?: string, required?: boolean, closed?: boolean, least?: number, most?: number}} Field
 */
import { t } from "../../lib/words.js";

/** Kinds as the method of this page's board declares them. @type {Map<string, {label: string, fields: Field[]}>} */
const DECLARED = new Map();

/** @param {readonly {name: string, label: string, fields: Field[]}[]} kinds */
export function declare(kinds) {
  for (const one of kinds) DECLARED.set(one.name, one);
}

/** What a record is called: each kind names itself by its first field. @param {Item | undefined} record */
export function titleOf(record) {
  const first = record && DECLARED.get(record.kind)?.fields[0];
  if (first) return String(record[first.name] ?? "");
  return String(record?.title ?? record?.name ?? record?.text ?? record?.what ?? "");
}

/** @param {string} kind */
export function kindName(kind) {
  const declared = DECLARED.get(kind);
  if (declared) return declared.label;
  const names = { project: t("Project"), idea: t("Idea"), action: t("Action"), criterion: t("Criterion"), stakeholder: t("Actor"), persona: t("Persona") };
  return names[/** @type {keyof typeof names} */ (kind)] ?? "";
}

/** @param {number} least @param {number} most @returns {[number, string][]} */
export function numbers(least, most) {
  return Array.from({ length: most - least + 1 }, (_, i) => [least + i, String(least + i)]);
}

/** @param {string} kind @returns {Field[]} */
export function fieldsOf(kind) {
  return DECLARED.get(kind)?.fields ?? FIELDS[kind]?.() ?? [];
}

/** @param {string} kind @param {string} name @returns {Field} */
export function fieldOf(kind, name) {
  const found = fieldsOf(kind).find((one) => one.name === name);
  if (!found) throw new Error(`no field ${kind}.${name}`);
  return found;
}

/** @param {Field} field @param {any} code */
export function optionName(field, code) {
  return field.options?.find(([one]) => one === code)?.[1] ?? "";
}

/** Kinds whose forms there are. @type {Record<string, () => Field[]>} */
export const FIELDS = {
  action: () => [
    { name: "title", label: t("Action"), type: "text", required: true },
    { name: "output", label: t("What it brings"), type: "text" },
    { name: "next_step", label: t("First step"), type: "text" },
    { name: "next_step_by", label: t("First step by"), type: "date" },
    { name: "lead", label: t("Lead"), type: "ref", of: "stakeholder", required: true },
    { name: "partners", label: t("Partners"), type: "refs", of: "stakeholder" },
    { name: "start", label: t("From"), type: "month", required: true },
    { name: "end", label: t("Until"), type: "month", required: true },
    { name: "cost", label: t("Costs"), type: "money" },
    { name: "cost_basis", label: t("Costs rest on"), type: "enum", options: [["quote", t("an offer")], ["estimate", t("an estimate")], ["guess", t("a guess")]] },
    { name: "funding_status", label: t("Money"), type: "enum", required: true, options: [["none", t("none yet")], ["identified", t("found")], ["applied", t("applied for")], ["secured", t("secured")]] },
    { name: "indicator", label: t("How we know"), type: "text", required: true },
    { name: "baseline", label: t("Today"), type: "text" },
    { name: "target", label: t("Target"), type: "text" },
    { name: "status", label: t("State"), type: "enum", required: true, options: [["not_started", t("not started")], ["on_track", t("on track")], ["at_risk", t("at risk")], ["delayed", t("delayed")], ["done", t("done")], ["dropped", t("dropped")]] },
    { name: "depends_on", label: t("Waits for"), type: "refs", of: "action" },
    { name: "personas", label: t("For whom"), type: "refs", of: "persona" },
    { name: "risk", label: t("Risk"), type: "text" },
    { name: "likelihood", label: t("How likely, 1 to 5"), type: "scale", options: numbers(1, 5) },
    { name: "impact", label: t("How bad, 1 to 5"), type: "scale", options: numbers(1, 5) },
    { name: "mitigation", label: t("What we do against it"), type: "text" },
  ],
  criterion: () => [
    { name: "name", label: t("Criterion"), type: "text", required: true },
    { name: "weight", label: t("Weight, of 100"), type: "int" },
    { name: "direction", label: t("Which end is good"), type: "enum", options: [["more_is_better", t("more is better")], ["less_is_better", t("less is better")]] },
    { name: "anchor_0", label: t("0 means"), type: "text" },
    { name: "anchor_5", label: t("5 means"), type: "text" },
  ],
  project: () => [
    { name: "title", label: t("Title"), type: "text", required: true },
    { name: "city", label: t("City"), type: "text", required: true },
    { name: "promoter", label: t("Who stands behind it"), type: "ref", of: "stakeholder", required: true },
    { name: "theme", label: t("Theme"), type: "text", required: true },
    { name: "summary", label: t("Summary"), type: "longtext", required: true },
    { name: "problem", label: t("Problem"), type: "longtext", required: true },
    { name: "objectives", label: t("Objectives"), type: "longtext", required: true },
    { name: "description", label: t("What is done"), type: "longtext", required: true },
    { name: "capex", label: t("Investment"), type: "money", required: true },
    { name: "finance_sought", label: t("Money sought"), type: "money", required: true },
    { name: "people_reached", label: t("People reached"), type: "int", required: true },
    { name: "stage", label: t("Stage"), type: "enum", required: true, options: [["idea", t("idea")], ["concept", t("concept")], ["pre_feasibility", t("pre-feasibility")], ["feasibility", t("feasibility")], ["detailed_design", t("detailed design")], ["procurement", t("procurement")], ["implementation", t("implementation")]] },
    { name: "consent", label: t("Who may read this"), type: "enum", required: true, options: [["private", t("only this programme")], ["network", t("the network")], ["public", t("everyone")]] },
    { name: "contact", label: t("Contact"), type: "text", required: true, closed: true },
  ],
  idea: () => [
    { name: "name", label: t("Idea"), type: "text", required: true },
    { name: "what_it_does", label: t("What it does"), type: "longtext", required: true },
    { name: "value", label: t("What changes, and for whom"), type: "longtext", required: true },
    { name: "first_step", label: t("First step"), type: "text" },
    { name: "for", label: t("For whom"), type: "refs", of: "persona" },
    { name: "partners", label: t("Partners"), type: "refs", of: "stakeholder" },
    { name: "theme", label: t("Theme"), type: "text" },
    { name: "cost_band", label: t("Costs"), type: "enum", options: [["under_10k", t("under 10,000")], ["10k_to_100k", t("10,000 to 100,000")], ["100k_to_1m", t("100,000 to 1 million")], ["1m_to_10m", t("1 to 10 million")], ["over_10m", t("over 10 million")], ["unknown", t("not known")]] },
    { name: "maturity", label: t("How far it is"), type: "enum", options: [["spark", t("a spark")], ["concept", t("a concept")], ["tested", t("tested")], ["runs_elsewhere", t("runs elsewhere")]] },
    { name: "key_assumption", label: t("What must be true for it to work"), type: "text" },
  ],
};
