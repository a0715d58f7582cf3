/**
 * Which language a note is probably in, told from few words: by its letters, by small words that only one language has,
 * and, where those do not say otherwise, by the language of whoever writes. Nothing is asked of anybody else. It is a
 * guess, which its author corrects (docs/decisions.md, "The language of a note is guessed by its writer's page").
 */

/** Letters that few of the others have, and small words, each by language. @type {Record<string, {letters: RegExp, words: string}>} */
const LATIN = {
  sq: { letters: /[ëç]/g, words: "në dhe një nuk është janë për më me të ka që nga si kjo ky duhet shumë mungon unë ne ju ku kur pa ose por edhe çdo" },
  ro: { letters: /[ășțşţâî]/g, words: "nu este sunt și la cu pe de din mai pentru prea că are avem fără unde când care într un o mult" },
  sh: { letters: /[čćšžđ]/g, words: "je su se na u i nije ne za od do kod bez nema više treba da li sa ili ali uvijek uvek samo gdje gde kako što zašto biti ima nemamo loš loša preskup" },
  de: { letters: /[äöüß]/g, words: "der die das und ist nicht ein eine kein keine zu im am an auf für mit von wir mehr es den dem sind sich auch aber oder viel wird haben überall" },
  fr: { letters: /[éèêàœùû]/g, words: "le la les des est pas et un une du au aux pour que qui dans avec nous plus sur sont ce cette il elle trop mais toujours" },
  en: { letters: /[]/g, words: "the and is are not no to of for in on at with we more cannot there it this that be have has my our too many much but when" },
};
/** @type {typeof LATIN} */
const CYRILLIC = {
  "sr-Cyrl": { letters: /[ђћ]/g, words: "је су се није код за од до без више треба да са или али увек само где како што зашто има немамо лош" },
  mk: { letters: /[ѓќѕ]/g, words: "е се не во од за нема повеќе треба да со или но секогаш само каде како што зошто има немаме многу ги го ја ниту никаде дека лош скап скапи" },
  uk: { letters: /[іїєґ]/g, words: "не на та з до немає більше треба що для або але завжди тільки де як чому є ми дуже вже від" },
  be: { letters: /ў/g, words: "не няма больш трэба што для або але заўсёды дзе як ёсць мы вельмі" },
  ru: { letters: /[ыэё]/g, words: "не на и в нет больше надо что для или но всегда только где как почему есть мы очень уже от" },
  bg: { letters: /[ъщ]/g, words: "е не на в от за няма повече трябва да с или но винаги само къде как защо има нямаме много са" },
};
/** Serbian, Bosnian, Croatian, Montenegrin: one reads the other, and few words tell them apart. */
const SISTERS = new Set(["sr", "bs", "hr", "cnr"]);
const EKAVIAN = /\b(uvek|gde|vreme|hleb|lep|mleko|reka|dete|pijac\w*|vazduh\w*|voz\w*)\b/;
const CROATIAN = /\b(zrak\w*|kruh\w*|tjedan|tjedn\w*|vlak\w*|tržnic\w*|kolodvor\w*|tisuć\w*)\b/;
/** The one language that is written in a script, as far as it is written here. @type {[RegExp, string][]} */
const SCRIPTS = [[/\p{Script=Georgian}/u, "ka"], [/\p{Script=Armenian}/u, "hy"], [/\p{Script=Greek}/u, "el"]];
const IN_CYRILLIC = new Set(["sr-Cyrl", "mk", "uk", "bg", "ru", "be"]);
const OTHER_SCRIPT = new Set(["ka", "hy", "el"]);
/** So much more must speak for another language than for the writer's own. */
const DOUBT = 1;

/** @param {string} text @param {string} mine the language of this person's page @returns {string | undefined} */
export function guessLang(text, mine) {
  const words = text.toLowerCase();
  const cyrillic = count(words, /\p{Script=Cyrillic}/gu);
  const latin = count(words, /\p{Script=Latin}/gu);
  const [own] = SCRIPTS.filter(([script]) => count(words, new RegExp(script.source, "gu")) > Math.max(cyrillic, latin));
  if (own) return own[1];
  if (cyrillic > latin) return pick(words, CYRILLIC, IN_CYRILLIC.has(mine) ? mine : mine.startsWith("sr") ? "sr-Cyrl" : undefined);
  if (!latin) return undefined;
  const primary = mine.split("-")[0];
  const here = IN_CYRILLIC.has(mine) || OTHER_SCRIPT.has(primary) ? (primary === "sr" ? "sr-Latn" : undefined) : mine;
  const found = pick(words, LATIN, here && SISTERS.has(primary) ? "sh" : here);
  return found === "sh" ? sister(words, here && SISTERS.has(primary) ? here : undefined) : found;
}

/** The language that most speaks for; in doubt the writer's own. @param {string} text @param {typeof LATIN} of @param {string | undefined} mine */
function pick(text, of, mine) {
  const said = text.split(/[^\p{L}\p{M}]+/u);
  const scores = Object.entries(of).map(([lang, { letters, words }]) => {
    const small = new Set(words.split(" "));
    return { lang, n: 2 * count(text, letters) + said.filter((word) => small.has(word)).length };
  });
  scores.sort((a, b) => b.n - a.n);
  const [best, second] = scores;
  const own = scores.find(({ lang }) => lang === mine)?.n ?? 0;
  if (mine && best.n <= own + (mine in of ? DOUBT : 0)) return mine;
  return best.n > second.n ? best.lang : mine;
}

/** @param {string} text @param {string | undefined} mine */
function sister(text, mine) {
  if (mine) return mine;
  if (CROATIAN.test(text)) return "hr";
  return EKAVIAN.test(text) ? "sr-Latn" : "bs";
}

/** @param {string} text @param {RegExp} letters */
function count(text, letters) {
  return text.match(letters)?.length ?? 0;
}
