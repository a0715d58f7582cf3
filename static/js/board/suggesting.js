/**
 * Asking the server for a translation, where whoever runs it has named a service. The server asks; the page only ever
 * talks to the server. What it is told is for this person alone.
 *
 * @typedef {{words: string} | {wrong: string}} Answer
 */
import { t } from "../lib/words.js";

export class Suggesting {
  /** @param {{url: string, formToken: string, host: string}} page `host`: who hears of the words */
  constructor({ url, formToken, host }) {
    this.url = url;
    this.formToken = formToken;
    this.host = host;
  }

  /** @param {string} note its id @param {string} lang @returns {Promise<Answer>} */
  async ask(note, lang) {
    try {
      const body = new URLSearchParams({ form_token: this.formToken, note, lang });
      const answer = await fetch(this.url, { method: "POST", body, headers: { accept: "application/json" } });
      const { words, text } = await answer.json();
      return answer.ok && typeof words === "string" ? { words } : { wrong: text || t("There is no connection just now. Please try again in a moment.") };
    } catch {
      return { wrong: t("There is no connection just now. Please try again in a moment.") };
    }
  }
}
