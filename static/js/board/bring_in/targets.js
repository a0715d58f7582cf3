/**
 * What a column of a table can be: a part of a note, or a field of a record, with the names by which people head such a
 * column here, in our own tables and on other boards.
 *
 * @typedef {"text" | "longtext" | "enum" | "int" | "bool" | "date" | "month" | "money" | "ref" | "refs" | "tags" | "multi" | "list"} Type
 * @typedef {{key: string, label: string, type: Type, names?: string[], options?: [string | number, string][], of?: string, most?: number}} Target `most`: bytes
 */
import { BY_NAME, fieldName, FIELDS as PERSONA, optionName, SKILLS, skillName } from "../../personas/fields.js";
import { TEXT_BYTES } from "../../lib/clean.js";
import { t } from "../../lib/words.js";
import { fieldsOf, numbers } from "../records/kinds.js";
import { stakeholderFields } from "../records/words.js";

const TYPES = { written: "text", choice: "enum", scale: "enum", tick: "bool", actor: "ref", tags: "tags" };
/** What no table holds: pictures, and what the product says itself. */
const OWN = new Set(["avatar", "drawing", "origin"]);

/** @param {{flows: boolean, mayGroup: boolean}} board @returns {Target[]} the words first */
export function noteTargets({ flows, mayGroup }) {
  const text = { key: "text", label: t("Words of the note"), type: /** @type {Type} */ ("text"), most: TEXT_BYTES, names: ["text", "note", "notes", "sticky", "sticky note", "sticky note text", "sticky notes", "idea", "ideas", "content", "card", "body", "description", "comment", t("Text"), t("Note")] };
  const zone = { key: "zone", label: t("Zone"), type: /** @type {Type} */ ("text"), names: ["zone", "region", "column", "section", "frame", "area", "list", "lane", "swimlane", "bucket", t("Region"), t("Zone")] };
  const group = { key: "group", label: t("Group"), type: /** @type {Type} */ ("text"), names: ["group", "cluster", "theme", "tag", "tags", "category", "topic", t("Group")] };
  const sides = ["x", "y"].map((side) => ({ key: side, label: side === "x" ? t("Place from the left") : t("Place from the top"), type: /** @type {Type} */ ("int"), names: [side, `position ${side}`, `pos ${side}`, `${side} position`, side === "x" ? "left" : "top"] }));
  return [text, ...(flows ? [zone] : []), ...(mayGroup ? [group] : []), ...(flows ? [] : sides)];
}

/** @param {string} kind @returns {Target[]} what it is called first */
export function recordTargets(kind) {
  if (kind === "persona") return personaTargets();
  if (kind === "stakeholder") return stakeholderFields().filter((one) => !one.closed).map(({ name, label, type, options }) => ({ key: name, label, type: /** @type {Type} */ (TYPES[type]), options, names: [name], ...(type === "actor" ? { of: "stakeholder" } : {}) }));
  return fieldsOf(kind).filter((one) => !one.closed).map(({ name, label, type, options, of }) => ({ key: name, label, type: type === "scale" ? "enum" : type === "place" ? "text" : type, options, of, names: [name], ...(type === "longtext" ? { most: TEXT_BYTES } : {}) }));
}

/** @returns {Target[]} */
function personaTargets() {
  return PERSONA.filter(({ name }) => !OWN.has(name)).map(({ name }) => {
    const field = /** @type {import("../../personas/computed.js").Field} */ (BY_NAME.get(name));
    const isScale = field.type === "scale";
    const options = isScale ? skills() : (field.options ?? []).map((one) => /** @type {[string, string]} */ ([one, optionName(name, one)]));
    const type = /** @type {Type} */ (isScale ? "enum" : field.type);
    return { key: name, label: fieldName(name), type, options, names: [name], ...(type === "longtext" ? { most: TEXT_BYTES } : {}) };
  });
}

/** By number, or by what the step is called. @returns {[number, string][]} */
function skills() {
  return numbers(1, SKILLS).map(([step]) => [step, skillName(step)]);
}
