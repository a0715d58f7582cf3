/**
 * Beside the map: what its lines mean, the loops told in words, where a hand is on the lever, and what leads where. The
 * same pieces stand under the list and on a phone.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { CONTROLLABLE, PATHS_LISTED, REACH } from "./loops.js";
import { called, countSays, kindName, loopSays, pathSays, SIGNS } from "./words.js";

/** @typedef {"loops" | "levers" | "ways"} Tab */

export class MapPanel {
  /** @type {Tab | null} closed at first: the map has the room */
  #tab = null;
  #from = "";
  #to = "";

  /**
   * @param {{
   *   box: HTMLElement, model: import("../model.js").Model, analysis: import("./analysis.js").Analysis, lit: import("./light.js").Lit,
   *   show: (id: string) => void, arrange: (how: "circle" | "spread") => void, draw: () => void, more: (anchor: HTMLElement) => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  draw() {
    const { box, analysis } = this.parts;
    const tabs = /** @type {[Tab, string, string][]} */ ([["loops", t("Loops"), `${analysis.loops.listed.length}${analysis.loops.more ? "+" : ""}`], ["levers", t("Levers"), ""], ["ways", t("Ways"), ""]]);
    box.classList.toggle("is-open", this.isOpen);
    render(
      html`${this.#tab ? html`<div class="mapside__body">${this.#tab === "loops" ? this.loops() : this.#tab === "levers" ? this.levers() : this.ways()}</div>` : nothing}
        <div class="mapside__bar"><div class="seg" role="group" aria-label=${t("About this map")}>${tabs.map(([id, words, n]) => html`<button type="button" aria-pressed=${this.#tab === id} @click=${() => this.#open(id)}>${words}${n ? html` <span class="num">${n}</span>` : nothing}</button>`)}</div>
          <button type="button" class="tool" aria-haspopup="true" aria-label=${t("Arrange, bring in, take home")} data-tip=${t("More")} @click=${(/** @type {Event} */ e) => this.parts.more(/** @type {HTMLElement} */ (e.currentTarget))}>${icon("more")}</button></div>
        ${legend()}`,
      box,
    );
  }

  get isOpen() {
    return this.#tab !== null;
  }

  /** @param {Tab} tab */
  #open(tab) {
    this.#tab = this.#tab === tab ? null : tab;
    this.parts.draw();
  }

  /** Every loop as a sentence; pressing it lights it. */
  loops() {
    const { analysis, lit, model } = this.parts;
    const find = (/** @type {string} */ id) => model.item(id);
    return html`<p class="small muted">${countSays(analysis.loops)}</p>
      <ol class="loops">${analysis.loops.listed.map((loop) => html`<li><button type="button" class="loop" aria-pressed=${lit.loop === loop} @click=${() => lit.show({ kind: "loop", name: loop.name })}>
        <span class="loop__n loop__n--${loop.kind}">${loop.name}</span><span><b class="small strong">${kindName(loop)}</b> <span class="small" dir="auto">${loopSays(loop, find)}</span></span></button></li>`)}</ol>
      <p class="tiny muted">${t("{r} reinforces, {b} balances, {o} is open: a loop is {r} when an even number of its links make less. Source: {source}.", { r: "R", b: "B", o: "O", source: "Sterman, Business Dynamics (2000)" })}</p>`;
  }

  /** Links in and out, leverage, and who lies between others. */
  levers() {
    const { analysis, show } = this.parts;
    const levers = new Set(analysis.levers);
    const rows = [...analysis.factors].sort((a, b) => {
      const [one, two] = [a, b].map(({ id }) => analysis.measures.get(id));
      return Number(levers.has(b.id)) - Number(levers.has(a.id)) || (two?.leverage ?? Infinity) - (one?.leverage ?? Infinity) || (two?.out ?? 0) - (one?.out ?? 0);
    });
    if (!rows.length) return html`<p class="small muted">${t("Nothing on the map yet.")}</p>`;
    return html`<table class="measures"><thead><tr><th scope="col">${t("Factor")}</th><th scope="col">${t("In")}</th><th scope="col">${t("Out")}</th><th scope="col">${t("Leverage")}</th><th scope="col">${t("Between")}</th></tr></thead>
      <tbody>${rows.map((factor) => {
        const m = analysis.measures.get(factor.id);
        return html`<tr><th scope="row"><button type="button" class="linkish" dir="auto" @click=${() => show(factor.id)}>${called(factor)}</button>${levers.has(factor.id) ? html` <span class="chip">${t("lever")}</span>` : nothing}</th>
          <td class="num">${m?.into ?? 0}</td><td class="num">${m?.out ?? 0}</td><td class="num">${m?.leverage ?? "–"}</td><td class="num">${Math.round((m?.betweenness ?? 0) * 100)} %</td></tr>`;
      })}</tbody></table>
      <p class="tiny muted">${t("Leverage is links out divided by links in. A lever is something we can move ({least} of 3 or more) that reaches an outcome within {reach} links. Between: the share of shortest ways over it ({source}).", { least: CONTROLLABLE, reach: REACH, source: "Freeman 1977" })}</p>`;
  }

  /** What one does to another, and by which ways. */
  ways() {
    const { analysis, lit, model } = this.parts;
    const find = (/** @type {string} */ id) => model.item(id);
    const { light } = lit;
    if (light?.kind === "paths") [this.#from, this.#to] = [light.from, light.to];
    const choose = (/** @type {string} */ label, /** @type {string} */ now, /** @type {(id: string) => void} */ act) => html`<label class="field"><span class="field__label">${label}</span><select class="input" @change=${(/** @type {Event} */ e) => { act(/** @type {HTMLSelectElement} */ (e.target).value); this.#look(); }}>
      <option value="" ?selected=${!now}>${t("choose…")}</option>${analysis.factors.map((one) => html`<option value=${one.id} ?selected=${one.id === now}>${called(one)}</option>`)}</select></label>`;
    const { listed, more } = lit.paths;
    return html`${choose(t("If this rises"), this.#from, (id) => { this.#from = id; })}${choose(t("what happens to this?"), this.#to, (id) => { this.#to = id; })}
      ${light?.kind === "paths" ? html`<p class="strong" role="status">${lit.words}</p>
        <ol class="paths">${listed.map((path) => html`<li class="small" dir="auto">${pathSays(path, find)}</li>`)}</ol>
        ${more ? html`<p class="small muted">${tn("and {n} way more than the {most} listed", "and {n} ways more than the {most} listed", more, { most: PATHS_LISTED })}</p>` : nothing}` : nothing}
      <p class="tiny muted">${t("Over at most six links, each factor once. Where ways differ, the effect is mixed.")}</p>`;
  }

  #look() {
    const { lit, draw } = this.parts;
    if (this.#from && this.#to && this.#from !== this.#to) lit.show({ kind: "paths", from: this.#from, to: this.#to });
    else draw();
  }
}

/** What the lines mean. */
export function legend() {
  const row = (/** @type {string} */ sign, /** @type {string} */ words) => html`<li><svg class="causes legend__line" viewBox="0 0 30 8" aria-hidden="true"><g data-sign=${sign}><path class="causes__line" d="M1 4H29"></path></g></svg><span class="cause__sign" data-sign=${sign} aria-hidden="true">${SIGNS[sign]}</span>${words}</li>`;
  return html`<ul class="maplegend" aria-label=${t("What the lines mean")}>${row("+", t("makes more"))}${row("-", t("makes less"))}</ul>`;
}
