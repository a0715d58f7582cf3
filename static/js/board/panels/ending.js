/**
 * The end of a workshop on the screen: asking for it, what everybody reads from then on with the way to the results, and
 * opening it again. While it is over nobody writes but those who lead; all of it stays to be read.
 */
import { t } from "../../lib/words.js";
import { setStage } from "../ops.js";
import { endWorkshop } from "../ops_steps.js";

export class Ending {
  /**
   * @param {{
   *   sync: import("../sync.js").Sync, model: import("../model.js").Model, dialogs: import("./dialogs.js").Dialogs,
   *   reportUrl: string,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** What stands above the board; null while the workshop goes on. @returns {import("./silence.js").Notice | null} */
  get notice() {
    const { model, reportUrl } = this.parts;
    if (!model.isOver) return null;
    if (model.leads) return { words: t("The workshop has ended for everyone."), icon: "flag", label: t("Open it again"), act: () => this.reopen() };
    const words = t("This workshop has ended. You can still read the board and the report.");
    return reportUrl ? { words, icon: "flag", label: t("Report"), act: () => location.assign(reportUrl) } : { words, icon: "flag" };
  }

  ask() {
    this.parts.dialogs.ask({
      title: t("End the workshop for everyone?"),
      words: t("Nobody can write or vote after this. The boards and the report stay to be read, and you can open it again."),
      label: t("End it"),
      room: true,
      act: () => this.#ask(endWorkshop()),
    });
  }

  reopen() {
    this.#ask(setStage("open"));
  }

  /** @param {import("../ops.js").Asked} asked */
  #ask(asked) {
    const { sync, model } = this.parts;
    sync.ask(model.who.workshop, asked);
  }
}

/** Why it does not end yet. @param {string | undefined} reason */
export function whyNotOver(reason) {
  switch (reason) {
    case "notes_hidden": return t("Private notes wait to be revealed. Reveal them, then end the workshop.");
    case "vote_open": return t("A vote is open. Close it, then end the workshop.");
    case "consent_open": return t("A consent round is open. Close it, then end the workshop.");
    default: return "";
  }
}
