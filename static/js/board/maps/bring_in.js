/**
 * A map from a workbook: the server reads it and says everything that is wrong with it, or what is in it; then it is
 * drawn beside what is here, as one act that is undone as one.
 *
 * @typedef {{label: string, fields: Record<string, any>, x?: number, y?: number}} Given
 * @typedef {{from: number, to: number, polarity: string, fields: Record<string, any>}} GivenLink
 */
import { html, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { circle } from "../layouts/arrange.js";
import { namesOf } from "./words.js";

const MOST_BYTES = 5 * 1024 * 1024;
/** Between what is here and what comes (px). */
const BESIDE = 120;

export class BringIn {
  /**
   * @param {{
   *   model: import("../model.js").Model, acts: import("./acts.js").MapActs, surface: import("../surface.js").Surface, dialog: HTMLDialogElement,
   *   url: string, formToken: string, tell: (words: string) => void, offer: (words: string, label: string, act: () => void) => void, fit: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  choose() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    input.addEventListener("change", () => input.files?.[0] && void this.take(input.files[0]));
    input.click();
  }

  /** @param {File} file */
  async take(file) {
    const { url, formToken, tell } = this.parts;
    if (file.size > MOST_BYTES) return tell(t("The workbook is too large: 5 MB at most."));
    tell(t("Reading the workbook…"));
    try {
      const answer = await fetch(url, { method: "POST", body: file, headers: { "x-form-token": formToken } });
      const told = await answer.json().catch(() => ({}));
      if (told.wrong) this.#showWrong(told.wrong);
      else if (!answer.ok) tell(told.text ?? t("The workbook could not be read."));
      else this.#draw(told);
    } catch {
      tell(t("The workbook could not be sent: there is no connection."));
    }
  }

  /** @param {{factors: Given[], links: GivenLink[]}} told */
  #draw({ factors, links }) {
    const { acts, model, tell, offer, fit } = this.parts;
    const made = acts.bringIn(this.#placed(factors, links), links);
    if (!made) return tell(t("This map is too large to come in at once. Please bring it in in parts."));
    if (!made.n) return tell(t("Everything in the workbook is on the map already."));
    const words = `${tn("{n} factor came in", "{n} factors came in", made.added)}, ${tn("{n} link", "{n} links", made.linked)}.`;
    offer(words, t("Undo"), () => model.sync.undo(made.n));
    requestAnimationFrame(() => fit());
  }

  /** Where the workbook says, else in a circle; beside what is here. @param {Given[]} factors @param {GivenLink[]} links */
  #placed(factors, links) {
    const { surface, model } = this.parts;
    const isPlaced = factors.every(({ x, y }) => x !== undefined && y !== undefined);
    const cards = factors.map((one, at) => ({ id: String(at), x: 0, y: 0, ...surface.metrics.card(.../** @type {[string, string]} */ (namesOf(one.label)), "") }));
    const places = isPlaced
      ? new Map(factors.map(({ x, y }, at) => [String(at), { x: Number(x), y: Number(y) }]))
      : circle(cards, links.map(({ from, to }) => ({ from: String(from), to: String(to) })));
    const { x, y, w } = surface.plan.bounds;
    const all = [...places.values()];
    const corner = { x: Math.min(...all.map((p) => p.x)), y: Math.min(...all.map((p) => p.y)) };
    const start = model.factors.length ? { x: Math.round(x + w + BESIDE) * 100, y: Math.round(y) * 100 } : isPlaced ? corner : { x: 0, y: 0 };
    return factors.map((one, at) => {
      const place = places.get(String(at)) ?? corner;
      return { ...one, x: place.x - corner.x + start.x, y: place.y - corner.y + start.y };
    });
  }

  /** Everything that is wrong, at once: nobody mends a table line by line. @param {string[]} wrong */
  #showWrong(wrong) {
    const { dialog } = this.parts;
    render(
      html`<form method="dialog" class="dialog__body"><div class="row dialog__head"><h2 class="h3 grow" id="map-wrong">${t("Nothing was brought in")}</h2><button class="tool" aria-label=${t("Close")}>${icon("x")}</button></div>
        <p>${t("Please mend this in the workbook and bring it in once more:")}</p><ul class="wronglist">${wrong.map((words) => html`<li dir="auto">${words}</li>`)}</ul></form>`,
      dialog,
    );
    dialog.setAttribute("aria-labelledby", "map-wrong");
    if (!dialog.open) dialog.showModal();
  }
}
