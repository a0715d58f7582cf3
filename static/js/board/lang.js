/** Which language a note is probably in: the writer's own, unless the letters say otherwise. */

/** @param {string} text @param {string} mine the language of this person's page @returns {string | undefined} */
export function guessLang(text, mine) {
  const georgian = /\p{Script=Georgian}/u.test(text);
  const cyrillic = /\p{Script=Cyrillic}/u.test(text);
  const latin = /\p{Script=Latin}/u.test(text);
  if (georgian && !cyrillic) return "ka";
  const own = mine.split("-")[0];
  const inCyrillic = mine === "sr-Cyrl" || ["mk", "uk", "bg"].includes(own);
  if (cyrillic) return inCyrillic ? mine : own === "sr" ? "sr-Cyrl" : undefined;
  if (latin) return own === "ka" || inCyrillic ? (own === "sr" ? "sr-Latn" : undefined) : mine;
  return undefined;
}
