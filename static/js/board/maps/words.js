/**
 * What a system map says in sentences: links, loops, paths, what is said of a factor. Everything the drawing shows by
 * line, mark and place is here as words.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { t, tn } from "../../lib/words.js";

export const POLARITIES = /** @type {const} */ (["+", "-", "mixed", "unknown"]);
/** The mark of a sign, as it stands on its link. @type {Record<string, string>} */
export const SIGNS = { "+": "+", "-": "−", mixed: "±", unknown: "?" };
/** A factor written as "Besimi · Trust" has its other language behind the dot. */
const BESIDE = " · ";

/** @param {string} polarity */
export function polarityName(polarity) {
  switch (polarity) {
    case "+": return t("makes more");
    case "-": return t("makes less");
    case "mixed": return t("now more, now less");
    default: return t("nobody knows yet");
  }
}

/** @param {string} [delay] */
export function delayName(delay) {
  return { months: t("after months"), years: t("after years") }[delay ?? ""] ?? t("at once");
}

/** @param {number} [strength] */
export function strengthName(strength) {
  return { 1: t("weak"), 2: t("middling"), 3: t("strong") }[strength ?? 0] ?? "";
}

/** @param {string} role */
export function roleName(role) {
  return { focal: t("what it is all about"), outcome: t("outcome"), driver: t("driver"), intervention: t("what we could do"), external: t("from outside") }[role] ?? "";
}

/** @param {string} wanted */
export function wantedName(wanted) {
  return { up: t("wanted more"), down: t("wanted less"), stable: t("wanted as it is"), open: t("not decided") }[wanted] ?? "";
}

/** The two names of a factor: as written, and in another language. @param {string} label @returns {[string, string]} */
export function namesOf(label) {
  const [first, ...rest] = label.split(BESIDE);
  return [first, rest.join(BESIDE)];
}

/** What a factor is called within a sentence. @param {Item | undefined} factor */
export function called(factor) {
  return namesOf(String(factor?.label ?? ""))[0] || t("something without a name");
}

/** "More buses on time makes more passengers." @param {Item} link @param {(id: string) => Item | undefined} find */
export function linkSays(link, find) {
  const names = { from: called(find(link.from)), to: called(find(link.to)) };
  const said = link.polarity === "+" ? t("More “{from}” makes more “{to}”", names)
    : link.polarity === "-" ? t("More “{from}” makes less “{to}”", names)
    : link.polarity === "mixed" ? t("More “{from}” makes now more, now less “{to}”", names)
    : t("“{from}” changes “{to}”; nobody knows yet which way", names);
  return [said, ...detailsOf(link)].join(", ");
}

/** What is said of a link beside its sign. @param {Item} link */
export function detailsOf(link) {
  return [strengthName(link.strength), link.delay && link.delay !== "none" ? delayName(link.delay) : ""].filter(Boolean);
}

/** @param {import("./loops.js").Loop} loop */
export function kindName({ kind }) {
  return { reinforcing: t("reinforcing"), balancing: t("balancing"), open: t("open") }[kind];
}

/**
 * A loop as a sentence that begins with more of its first factor and follows the signs round.
 * @param {import("./loops.js").Loop} loop @param {(id: string) => Item | undefined} find
 */
export function loopSays(loop, find) {
  const links = loop.links.map(find);
  if (loop.kind === "open") {
    const steps = loop.factors.map((id) => `“${called(find(id))}”`).join(" → ");
    return t("{steps} and back again. A sign in it is not known, so nobody can tell whether it grows or settles.", { steps }) + delaySays(loop);
  }
  const first = called(find(loop.factors[0]));
  let rises = true;
  const steps = [];
  for (let at = 0; at < links.length - 1; at += 1) {
    if (links[at]?.polarity === "-") rises = !rises;
    const label = called(find(loop.factors[at + 1]));
    steps.push(rises ? t("“{label}” rises", { label }) : t("“{label}” falls", { label }));
  }
  const chain = steps.join(", ");
  const said = loop.kind === "reinforcing"
    ? t("When “{first}” rises, {chain}, and then “{first}” rises even more. It feeds itself, and would do so downwards as well.", { first, chain })
    : t("When “{first}” rises, {chain}, and then “{first}” falls again. It holds itself back.", { first, chain });
  return said + delaySays(loop);
}

/** @param {import("./loops.js").Loop} loop */
function delaySays({ delayed }) {
  return delayed ? ` ${t("Somewhere in it there is a delay.")}` : "";
}

/** @param {import("./loops.js").Loops} found */
export function countSays({ listed, more }) {
  const n = listed.length;
  if (more) return tn("{n} loop is listed, the shortest first. There are more than we list.", "{n} loops are listed, the shortest first. There are more than we list.", n);
  return n ? tn("{n} loop", "{n} loops", n) : t("No loop yet. What leads back to where it began?");
}

/** @param {import("./loops.js").Path} path @param {(id: string) => Item | undefined} find */
export function pathSays(path, find) {
  const way = path.factors.map((id) => `“${called(find(id))}”`).join(" → ");
  return `${way}: ${effectName(path.sign)}${path.delayed ? `, ${t("with a delay")}` : ""}`;
}

/** What more of one does to another. @param {string | null} sign */
export function effectName(sign) {
  return sign === null ? t("does not reach it") : { "+": t("makes more"), "-": t("makes less") }[sign] ?? t("now more, now less");
}

/** What a screen reader hears of a factor. @param {Item} factor @param {{into: number, out: number}} [measured] */
export function factorSays(factor, measured) {
  const [first, second] = namesOf(factor.label ?? "");
  const links = measured ? [tn("{n} link in", "{n} links in", measured.into), tn("{n} link out", "{n} links out", measured.out)] : [];
  return [first || t("something without a name"), second, factor.role ? roleName(factor.role) : "", factor.wanted ? wantedName(factor.wanted) : "", ...links, factor.pinned ? t("pinned") : ""].filter(Boolean).join(", ");
}
