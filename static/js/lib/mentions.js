// Who is named in words: `@` and a name as it is shown. Pure.

/**
 * @param {string} text @param {readonly {id: string, name: string}[]} people
 * @returns {string[]} their ids, each once, in the order they are named
 */
export function mentioned(text, people) {
  // The longer name first: `@Ana Marku` is not Ana.
  const byLength = [...people].filter((one) => one.name).sort((a, b) => b.name.length - a.name.length);
  const folded = text.toLocaleLowerCase();
  /** @type {string[]} */
  const found = [];
  for (let at = folded.indexOf("@"); at >= 0; at = folded.indexOf("@", at + 1)) {
    const rest = folded.slice(at + 1);
    const who = byLength.find((one) => rest.startsWith(one.name.toLocaleLowerCase()) && !/^[\p{L}\p{N}]/u.test(rest.slice(one.name.length)));
    if (who && !found.includes(who.id)) found.push(who.id);
  }
  return found;
}
