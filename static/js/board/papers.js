/** The eight papers and their marks, and the five reactions. Colour is never alone: every paper has a shape and a name. */
import { t } from "../lib/words.js";

export const PAPERS = ["sun", "apricot", "rose", "lilac", "sky", "sea", "leaf", "stone"];

/** @param {string} paper */
export function paperName(paper) {
  switch (paper) {
    case "sun": return t("Yellow, circle");
    case "apricot": return t("Orange, triangle");
    case "rose": return t("Pink, plus");
    case "lilac": return t("Lilac, diamond");
    case "sky": return t("Blue, square");
    case "sea": return t("Teal, two bars");
    case "leaf": return t("Green, leaf");
    default: return t("White, ring");
  }
}

/**
 * What the paper of an item says: the city of its author, where it is that city's paper, else only its own name.
 * @param {import("./model.js").Item} item @param {import("./model.js").Model} model
 */
export function paperSays(item, model) {
  const city = model.cityOf(item.by);
  const paper = model.paper(item);
  return city?.colour === paper ? city.name : paperName(paper);
}

export const REACTIONS = ["thumb", "heart", "idea", "question", "laugh"];

/** @param {string} reaction */
export function reactionName(reaction) {
  switch (reaction) {
    case "thumb": return t("Thumbs up");
    case "heart": return t("Heart");
    case "idea": return t("Good idea");
    case "question": return t("Question");
    default: return t("Laugh");
  }
}

/**
 * The reactions on an item, most frequent first: kind, count, and whether one is mine.
 * @param {import("./model.js").Item} item @param {string} me
 */
export function reactionsOf(item, me) {
  /** @type {Map<string, {reaction: string, n: number, mine: boolean}>} */
  const counts = new Map();
  for (const key of Object.keys(item)) {
    if (!key.startsWith("reaction/")) continue;
    const [, reaction, person] = key.split("/");
    const seen = counts.get(reaction) ?? { reaction, n: 0, mine: false };
    counts.set(reaction, { reaction, n: seen.n + 1, mine: seen.mine || person === me });
  }
  return [...counts.values()].sort((a, b) => b.n - a.n || REACTIONS.indexOf(a.reaction) - REACTIONS.indexOf(b.reaction));
}
