/** What codes of stakeholders and relations are called. Functions, because words are loaded after modules. */
import { t } from "../../lib/words.js";

/** The paper of each kind of actor, so that its mark goes with its colour. @type {Record<string, string>} */
export const PAPERS = { state: "sky", private: "apricot", civil_society: "leaf", international: "sea", academia: "lilac", media: "stone" };
export const SECTORS = Object.keys(PAPERS);
export const NEARNESS = ["service", "users", "organisation", "surroundings"];
export const CLASSES = ["key", "primary", "secondary"];
export const RELATION_TYPES = ["close", "weak", "alliance", "dominance", "tension", "broken", "unclear"];
export const FLOWS = ["money", "information", "authority", "service", "data", "support"];

/** @param {string | undefined} code */
export function sectorName(code) {
  const names = {
    state: t("Public authority"), private: t("Operator, business"), civil_society: t("Civil society, residents"),
    international: t("International"), academia: t("Research, schools"), media: t("Media"),
  };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** @param {string | undefined} code */
export function className(code) {
  const names = { key: t("Key: without them nothing happens"), primary: t("Primary: directly concerned"), secondary: t("Secondary: takes part from outside") };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** One word, for a ring. @param {string} code */
export function ringName(code) {
  const names = { key: t("key"), primary: t("primary"), secondary: t("secondary") };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** The rings of an onion. @param {string | undefined} code */
export function nearnessName(code) {
  const names = {
    service: t("The service"), users: t("People who use or run it"),
    organisation: t("Organisation and partners"), surroundings: t("Wider surroundings"),
  };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** One of the three circles. @param {string} letter */
export function claimName(letter) {
  const names = { p: t("Power"), l: t("Legitimacy"), u: t("Urgency") };
  return names[/** @type {keyof typeof names} */ (letter)] ?? "";
}

/** Where circles overlap. @param {string} zone */
export function zoneName(zone) {
  const names = {
    plu: t("All three: definitive"), pl: t("Power and legitimacy: dominant"), pu: t("Power and urgency: forceful"),
    lu: t("Legitimacy and urgency: dependent"), p: t("Power: dormant"), l: t("Legitimacy: discretionary"), u: t("Urgency: demanding"), none: t("None of them"),
  };
  return names[/** @type {keyof typeof names} */ (zone)] ?? "";
}

/** What a claim of this zone is called, in one word. @param {string} zone */
export function salienceKind(zone) {
  const names = { plu: t("definitive"), pl: t("dominant"), pu: t("forceful"), lu: t("dependent"), p: t("dormant"), l: t("discretionary"), u: t("demanding") };
  return names[/** @type {keyof typeof names} */ (zone)] ?? "";
}

/** By how many of the three hold. @param {string | null} code */
export function salienceClass(code) {
  const names = { latent: t("one of three: latent"), expectant: t("two of three: expectant"), definitive: t("three of three") };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** @param {string} code */
export function quadrantName(code) {
  const names = { manage_closely: t("Work closely"), keep_satisfied: t("Keep satisfied"), keep_informed: t("Keep informed"), monitor: t("Keep an eye on") };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** @param {string} code */
export function quadrantMeans(code) {
  const names = {
    manage_closely: t("Strong and involved"), keep_satisfied: t("Strong, but not very involved"),
    keep_informed: t("Involved, but with little say"), monitor: t("Little power, little interest"),
  };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** @param {string} code */
export function relationName(code) {
  const names = {
    close: t("works together"), weak: t("weak"), alliance: t("alliance"), dominance: t("decides over"),
    tension: t("tension"), broken: t("broken"), unclear: t("unclear"),
  };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** @param {string} code */
export function flowName(code) {
  const names = { money: t("money"), information: t("information"), authority: t("authority"), service: t("service"), data: t("data"), support: t("support") };
  return names[/** @type {keyof typeof names} */ (code)] ?? "";
}

/** The word at a line: what flows, where that is asked and said, else how it is. @param {import("../model.js").Item} relation @param {boolean} [byFlow] */
export function lineWord(relation, byFlow) {
  const flows = byFlow ? FLOWS.filter((one) => relation[`flow/${one}`]).map(flowName) : [];
  return flows.join(", ") || relationName(relation.type);
}

/** A relation as a sentence. @param {import("../model.js").Item} relation @param {(id: string) => string} nameOf */
export function relationSays(relation, nameOf) {
  const flows = FLOWS.filter((one) => relation[`flow/${one}`]).map(flowName).join(", ");
  const values = { from: nameOf(relation.from), to: nameOf(relation.to), type: relationName(relation.type), flows };
  const isDirected = relation.directed || relation.type === "dominance";
  if (flows) return isDirected ? t("{from} → {to}: {type} ({flows})", values) : t("{from} – {to}: {type} ({flows})", values);
  return isDirected ? t("{from} → {to}: {type}", values) : t("{from} – {to}: {type}", values);
}

/**
 * The fields of an actor as a form asks for them. `written`: words that several people may write in at once.
 * `actor`: another one, chosen by name; `tags`: several, written with commas between.
 * @returns {{name: string, label: string, type: "written" | "choice" | "scale" | "tick" | "actor" | "tags", options?: [string | number, string][], closed?: boolean}[]}
 */
export function stakeholderFields() {
  const scale = (/** @type {number} */ least, /** @type {number} */ most) => Array.from({ length: most - least + 1 }, (_, i) => /** @type {[number, string]} */ ([least + i, String(least + i)]));
  return [
    { name: "name", label: t("Name"), type: "written" },
    { name: "sector", label: t("Kind of actor"), type: "choice", options: SECTORS.map((one) => [one, sectorName(one)]) },
    { name: "type", label: t("What it is"), type: "choice", options: [["organisation", t("Organisation")], ["unit", t("Part of an organisation")], ["group", t("Group of people")], ["role", t("Role")]] },
    { name: "level", label: t("Level"), type: "choice", options: [["neighbourhood", t("Neighbourhood")], ["city", t("City")], ["region", t("Region")], ["country", t("Country")], ["eu_or_wider", t("EU or wider")]] },
    { name: "role_in_topic", label: t("Role in this matter"), type: "written" },
    { name: "class", label: t("Ring"), type: "choice", options: CLASSES.map((one) => [one, className(one)]) },
    { name: "nearness", label: t("How near to the service"), type: "choice", options: NEARNESS.map((one) => [one, nearnessName(one)]) },
    { name: "affected", label: t("How much it is affected"), type: "choice", options: [[0, t("not")], [1, t("a little")], [2, t("much")], [3, t("very much")]] },
    { name: "influence", label: t("Influence, 1 to 5"), type: "scale", options: scale(1, 5) },
    { name: "tower", label: t("Influence on the outcome, 0 to 8"), type: "scale", options: scale(0, 8) },
    { name: "goals", label: t("Goals, with commas between"), type: "tags" },
    { name: "mandate", label: t("Mandate"), type: "written" },
    { name: "resources", label: t("Resources"), type: "written" },
    { name: "needs", label: t("What they need"), type: "written" },
    { name: "surrogate", label: t("Who speaks for them"), type: "actor" },
    { name: "in_the_room", label: t("Takes part in this workshop"), type: "tick" },
    { name: "has_power", label: t("Has power here"), type: "tick" },
    { name: "is_legitimate", label: t("Its claim is fair"), type: "tick" },
    { name: "is_urgent", label: t("Its claim cannot wait"), type: "tick" },
    { name: "stance", label: t("Stands, from −2 against to 2 for"), type: "scale", options: [[-2, "−2"], [-1, "−1"], [0, "0"], [1, "1"], [2, "2"]], closed: true },
    { name: "veto", label: t("Can stop it"), type: "tick", closed: true },
    { name: "contact", label: t("Contact"), type: "written", closed: true },
  ];
}
