// The fields of a persona as codesign/core/kinds.py has them (tests/vectors/personas.json holds the two together), what
// they and their choices are called, and what helps to fill them in.
import { t } from "../lib/words.js";

/** @typedef {import("./computed.js").Field} Field */

const LINES = [
  "name: text!",
  "avatar: image",
  "age_band: enum(under_18|18_29|30_44|45_64|65_74|75_up)!",
  "place_type: enum(centre|suburb|small_town|village|remote)!",
  "household: text",
  "livelihood: text",
  "languages: tags",
  "reading: enum(comfortable|basic|needs_help)",
  "digital_skill: scale!",
  "devices: multi(own_smartphone|shared_phone|basic_phone|computer|none)!",
  "connection: enum(fixed|good_mobile|limited_mobile|none)",
  "access_needs: multi(sight|hearing|hands|moving|memory_or_focus|reading|speech|mental_health|temporary|none_known)!",
  "channels_used: tags",
  "channels_trusted: multi(counter|phone|sms|messenger|social_media|website|app|post|local_leader|radio_or_tv)!",
  "scenario: longtext!",
  "goals: list!",
  "needs: list!",
  "frustrations: list!",
  "barriers: list",
  "helpers: text",
  "quote: text!",
  "services_used: tags",
  "excluded_if: text",
  "group_size: int",
  "must_do: list",
  "see: list",
  "say: list",
  "do: list",
  "hear: list",
  "think_feel: list",
  "pains: list",
  "gains: list",
  "drawing: enum(initials|short|long|bun|scarf|cap|bald)",
  "origin: ref(persona)",
];

/** @type {readonly Field[]} */
export const FIELDS = LINES.map((line) => {
  const [, name, type, options, required] = /** @type {RegExpMatchArray} */ (/^(\w+): (\w+)(?:\((.*)\))?(!?)$/.exec(line));
  return { name, type, options: options ? options.split("|") : [], required: required === "!" };
});
export const BY_NAME = new Map(FIELDS.map((field) => [field.name, field]));
export const SKILLS = 9;
/** @type {readonly string[]} */
export const EVIDENCE = ["assumption", "heard", "data", "research", "validated"];

/** Where a field stands on the sheet. */
export const FACTS = ["age_band", "place_type", "household", "livelihood", "languages", "reading", "group_size"];
export const STORY = ["scenario", "goals", "needs", "frustrations", "barriers", "helpers", "excluded_if"];
/** The blocks of the empathy map, in the order they are filled; they are not on the sheet. */
export const EMPATHY = ["must_do", "see", "say", "do", "hear", "think_feel", "pains", "gains"];
export const MEANS = ["digital_skill", "devices", "connection", "access_needs", "channels_trusted", "channels_used", "services_used"];

/** @param {string} field */
export function fieldName(field) {
  /** @type {Record<string, string>} */
  const names = {
    name: t("Invented name"), age_band: t("Age"), place_type: t("Lives in"), household: t("Household"), livelihood: t("Work"),
    languages: t("Languages"), reading: t("Reading"), digital_skill: t("Digital skill"), devices: t("Devices"), connection: t("Connection"),
    access_needs: t("Access needs"), channels_used: t("Channels used"), channels_trusted: t("Channels trusted"), scenario: t("Situation"),
    goals: t("Goals"), needs: t("Needs"), frustrations: t("Frustrations"), barriers: t("Obstacles"), helpers: t("Who helps"),
    quote: t("In their words"), services_used: t("Services used"), excluded_if: t("Left out if"), group_size: t("People like this"), drawing: t("Drawing"),
    origin: t("Copied from"), must_do: t("Must do"), see: t("Sees"), say: t("Says"), do: t("Does"), hear: t("Hears"),
    think_feel: t("Thinks and feels"), pains: t("Pains"), gains: t("Gains"),
  };
  return names[field] ?? field;
}

/** What to ask oneself, or somebody like this, about a field. @param {string} field */
export function questionOf(field) {
  /** @type {Record<string, string>} */
  const questions = {
    name: t("Not the name of a real person"), age_band: t("About how old are they?"), place_type: t("Where do they live?"),
    digital_skill: t("What do they do online by themselves?"), devices: t("What do they have at hand, and share with whom?"),
    access_needs: t("What makes seeing, hearing, reading or moving hard?"), channels_trusted: t("Whom or what do they believe?"),
    scenario: t("What happens on a day when they need this service?"), goals: t("What do they want to reach?"), needs: t("What do they need for it?"),
    frustrations: t("What annoys them today?"), quote: t("A sentence somebody really said, or mark it as assumed"),
    excluded_if: t("Who would be left out if we only built an app?"),
    must_do: t("What do they have to get done?"), see: t("What do they see around them?"), say: t("What do they say, word for word?"),
    do: t("What do they do today?"), hear: t("What do they hear from neighbours about this service?"),
    think_feel: t("What goes through their mind and heart?"), pains: t("What hurts, costs or frightens?"), gains: t("What would be good for them?"),
  };
  return questions[field] ?? "";
}

/** @param {string} field @param {string} option */
export function optionName(field, option) {
  /** @type {Record<string, Record<string, string>>} */
  const names = {
    age_band: { under_18: t("under 18"), "18_29": "18–29", "30_44": "30–44", "45_64": "45–64", "65_74": "65–74", "75_up": "75+" },
    place_type: { centre: t("City centre"), suburb: t("Suburb"), small_town: t("Small town"), village: t("Village"), remote: t("Remote place") },
    reading: { comfortable: t("Reads with ease"), basic: t("Reads simple texts"), needs_help: t("Needs help to read") },
    devices: { own_smartphone: t("Own smartphone"), shared_phone: t("Shared phone"), basic_phone: t("Basic phone"), computer: t("Computer"), none: t("No device") },
    connection: { fixed: t("Fixed line"), good_mobile: t("Good mobile network"), limited_mobile: t("Limited mobile data"), none: t("No connection") },
    access_needs: {
      sight: t("Sight"), hearing: t("Hearing"), hands: t("Hands"), moving: t("Moving"), memory_or_focus: t("Memory or focus"), reading: t("Reading"),
      speech: t("Speech"), mental_health: t("Mental health"), temporary: t("For a time only"), none_known: t("None known"),
    },
    channels_trusted: {
      counter: t("Counter"), phone: t("Phone"), sms: t("Text message"), messenger: t("Messenger"), social_media: t("Social media"), website: t("Website"),
      app: t("App"), post: t("Post"), local_leader: t("Local leader"), radio_or_tv: t("Radio or TV"),
    },
    drawing: { initials: t("Initials"), short: t("Short hair"), long: t("Long hair"), bun: t("Bun"), scarf: t("Headscarf"), cap: t("Cap"), bald: t("No hair") },
  };
  return names[field]?.[option] ?? option;
}

/** @param {number} step */
export function skillName(step) {
  return [
    t("Never online and does not want to be"), t("Was online, stopped"), t("Willing but not able"), t("Online unwillingly"), t("Learning"),
    t("Only set tasks"), t("Basic"), t("Confident"), t("Expert"),
  ][step - 1] ?? "";
}

/** What a field rests on, in one word. @param {string} ground */
export function groundName(ground) {
  return { heard: t("Heard"), data: t("Data"), research: t("Research"), validated: t("Checked") }[ground] ?? t("Assumed");
}

/** @param {string} label */
export function labelName(label) {
  return { partly_evidenced: t("Partly evidenced"), evidenced: t("Evidenced") }[label] ?? t("Mostly assumed");
}
