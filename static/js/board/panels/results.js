/** What a vote came to: ranks with ties, the line that is drawn under the best, dots and people, turnout, and by city. */
import { html, nothing } from "lit-html";
import { icon, mark } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { cut, LEAST_VOTERS } from "../ranking.js";

/** Up to so many dots on one are drawn as marks; more as a bar. */
const MARKS = 40;

/** @typedef {import("../votes.js").Votes} Votes */
/** @typedef {import("../votes.js").Result} Result */
/** @typedef {import("../votes.js").Group} Group */
/** @typedef {import("../model.js").Item} Item */
/** @typedef {ReturnType<typeof cut>} Cut */
/**
 * @typedef {{votes: Votes, count: () => number, setCount: (n: number) => void, isTable: () => boolean, setTable: (on: boolean) => void,
 *   isLarge: () => boolean, setLarge: (on: boolean) => void, again: (vote: Item, options: string[]) => void, choose: (id: string) => void, close: () => void}} Parts
 */
export class Results {
  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {Item} vote */
  content(vote) {
    const { votes } = this.parts;
    const result = votes.result(vote);
    return html`<div class="vt__head"><div class="grow"><p class="small muted">${t("Result of the vote")}</p><h2 class="vt__q" id="vote-title" tabindex="-1" dir="auto">${vote.question}</h2></div>
        ${this.#acts()}</div>
      ${result.isTold ? this.#told(vote, result) : this.#untold(result)}`;
  }

  #acts() {
    const { isTable, setTable, isLarge, setLarge, close } = this.parts;
    return html`<span class="vt__acts"><button type="button" class="btn btn--s" aria-pressed=${isTable()} @click=${() => setTable(!isTable())}>${icon("table", "i--16")}${t("As a table")}</button>
      <button type="button" class="btn btn--s on-wide" aria-pressed=${isLarge()} @click=${() => setLarge(!isLarge())}>${icon("screen", "i--16")}${t("Large, for the wall")}</button>
      <button type="button" class="tool" aria-label=${t("Close the result")} data-tip=${t("Close")} @click=${close}>${icon("x")}</button></span>`;
  }

  /** @param {Result} result */
  #untold(result) {
    const words = result.cast === 0 ? t("Nobody has voted.") : tn("{n} person has voted.", "{n} people have voted.", result.cast);
    return html`<p class="vt__none">${words} ${result.cast ? t("With fewer than {n} ballots a secret vote has no result: it would tell who chose what.", { n: LEAST_VOTERS }) : nothing}</p>${this.#rounds()}`;
  }

  /** @param {Item} vote @param {Result} result */
  #told(vote, result) {
    const { isTable, count } = this.parts;
    const line = cut(result.rows, count());
    return html`<div class="res"><div class="res__main">${isTable() ? this.#table(result) : this.#list(vote, result, line)}</div>
      <aside class="res__side" aria-label=${t("About the vote")}>${this.#turnout(result)} ${this.#legend(result)} ${this.#again(vote, result, line)} ${this.#rounds()}</aside></div>`;
  }

  /** @param {Item} vote @param {Result} result @param {Cut} line */
  #list(vote, result, line) {
    const places = new Set([...line.inside, ...line.tied]);
    const above = result.rows.filter((row) => places.has(row.id));
    const below = result.rows.filter((row) => !places.has(row.id));
    return html`<ol class="rks">${above.map((row) => this.#row(vote, row, result, line))}</ol>
      ${this.#cut(vote, line)}
      ${below.length ? html`<ol class="rks is-out">${below.map((row) => this.#row(vote, row, result, line))}</ol>` : nothing}`;
  }

  /** What it had in the round before. @param {Item} vote @param {string} id */
  #before(vote, id) {
    const before = vote.after ? this.parts.votes.model.workshop.items.get(vote.after)?.[`total/${id}`] : undefined;
    return before === undefined ? nothing : html`<span class="small muted rk__before">${tn("{n} dot in the round before", "{n} dots in the round before", before)}</span>`;
  }

  /** @param {Item} vote @param {import("../ranking.js").Ranked} row @param {Result} result @param {Cut} line */
  #row(vote, row, result, line) {
    const { votes } = this.parts;
    const shared = result.rows.filter((other) => other.rank === row.rank).length > 1 && row.total > 0;
    const item = votes.model.was(row.id);
    return html`<li class="rk ${line.tied.includes(row.id) ? "is-tied" : ""}"><span class="rk__n"><span class="sr">${t("Place")} </span>${row.total ? row.rank : "–"}</span>
      <p class="rk__t"><span dir="auto" lang=${item?.lang ?? nothing}>${votes.words(row.id)}</span> ${shared ? html`<span class="chip rk__tie">${t("tie")}</span>` : nothing}${this.#before(vote, row.id)}</p>
      ${this.#marks(row, result)}<span class="rk__v"><b class="num">${row.total}<span class="sr"> ${tn("dot", "dots", row.total)}</span></b><span class="small muted">${tn("{n} person", "{n} people", row.voters)}</span></span></li>`;
  }

  /** One mark is one dot, in the paper of its city where cities are told apart. @param {import("../ranking.js").Ranked} row @param {Result} result */
  #marks(row, result) {
    const groups = result.groups.map((g) => ({ name: g.name, paper: g.paper, n: g.totals.get(row.id) ?? 0 })).filter((g) => g.n);
    const words = groups.map((g) => `${g.name} ${g.n}`).join(", ");
    const most = result.rows[0]?.total ?? 0;
    const parts = groups.length ? groups : row.total ? [{ name: "", paper: "", n: row.total }] : [];
    const all = parts.reduce((sum, part) => sum + part.n, 0) || 1;
    const told = words ? html`<span class="sr">${words}</span>` : nothing;
    if (most > MARKS) {
      return html`<span class="votesbar">${told}${parts.map((part) => html`<i class=${part.paper ? `c-${part.paper}` : "vm--all"} .style=${`--w:${(100 * (part.n / all) * row.total) / most}`}>${part.paper ? mark(part.paper) : nothing}</i>`)}</span>`;
    }
    return html`<span class="votesrow">${told}${parts.flatMap((part) => Array.from({ length: part.n }, () => html`<i class="vm ${part.paper ? `c-${part.paper}` : "vm--all"}" aria-hidden="true">${part.paper ? mark(part.paper) : nothing}</i>`))}</span>`;
  }

  /** @param {Item} vote @param {Cut} line */
  #cut(vote, line) {
    const { votes, count, setCount, again } = this.parts;
    const n = line.inside.length + line.tied.length;
    const names = line.tied.map((id) => votes.words(id));
    const words = line.tied.length
      ? t("A tie lies across the line after {count}. Decide together which go on:", { count: count() })
      : tn("The {n} above goes on", "The {n} above go on", n);
    return html`<div class="cut ${line.tied.length ? "is-tie" : ""}" role="group" aria-label=${t("Where the line is drawn")}>${icon(line.tied.length ? "warn" : "arrow")}
      <span class="grow"><span>${words}</span> ${line.tied.length ? html`<span dir="auto">${names.map((name) => `“${name}”`).join(", ")}</span>` : nothing}</span>
      ${line.tied.length && votes.model.leads && !votes.now ? html`<button type="button" class="btn btn--s btn--room" @click=${() => again(vote, line.tied)}>${icon("vote", "i--16")}${t("Vote on the tie")}</button>` : nothing}
      <button type="button" class="tool" aria-label=${t("One fewer goes on")} data-tip=${t("One fewer")} @click=${() => setCount(count() - 1)}>${icon("up")}</button>
      <button type="button" class="tool" aria-label=${t("One more goes on")} data-tip=${t("One more")} @click=${() => setCount(count() + 1)}>${icon("down")}</button></div>`;
  }

  /** @param {Result} result */
  #table(result) {
    const { votes } = this.parts;
    return html`<div class="res__scroll" tabindex="0" role="region" aria-label=${t("Result as a table")}><table class="res__table"><thead><tr><th scope="col">${t("Place")}</th><th scope="col">${t("Option")}</th><th scope="col">${t("Dots")}</th><th scope="col">${t("People")}</th>
        ${result.groups.map((g) => html`<th scope="col" dir="auto">${g.name}</th>`)}</tr></thead>
      <tbody>${result.rows.map((row) => html`<tr><td class="num">${row.total ? row.rank : "–"}</td><th scope="row" dir="auto">${votes.words(row.id)}</th><td class="num">${row.total}</td><td class="num">${row.voters}</td>${result.groups.map((g) => html`<td class="num">${g.totals.get(row.id) ?? 0}</td>`)}</tr>`)}</tbody>
      ${result.groups.length ? html`<tfoot><tr><td></td><th scope="row">${t("Ballots")}</th><td></td><td class="num">${result.cast}</td>${result.groups.map((g) => html`<td class="num">${g.ballots}</td>`)}</tr></tfoot>` : nothing}</table></div>`;
  }

  /** @param {Result} result */
  #turnout({ cast, voters, dots, given, ...rest }) {
    return html`<section class="res__sec res__nums"><span><b class="num res__big">${dots}</b><span class="small muted">${tn("dot", "dots", dots)}</span></span>
      <span><b class="num res__big">${cast}</b><span class="small muted">${t("of {all} have voted", { all: voters })}</span></span>
      ${given ? html`<p class="small muted">${tn("{n} ballot was given by a facilitator for somebody without a device.", "{n} ballots were given by a facilitator for people without a device.", given)}</p>` : nothing}
      ${rest.shared ? html`<p class="small muted">${sharedWords(rest)}</p>` : nothing}</section>`;
  }

  /** @param {Result} result */
  #legend({ groups }) {
    if (!groups.length) return nothing;
    return html`<section class="res__sec"><h3 class="cockpit__h">${t("One mark is one dot")}</h3><ul class="res__cities">
      ${groups.map((g) => html`<li class="row small"><i class="vm c-${g.paper}" aria-hidden="true">${mark(g.paper)}</i><span dir="auto">${g.name}</span><span class="quiet num">${g.ballots}</span></li>`)}</ul>
      <p class="small muted">${t("Names are never shown. Cities with fewer than {n} voters are counted together.", { n: LEAST_VOTERS })}</p></section>`;
  }

  /** @param {Item} vote @param {Result} result @param {Cut} line */
  #again(vote, result, line) {
    const { votes, again } = this.parts;
    const ids = [...line.inside, ...line.tied];
    if (!votes.model.leads || votes.now || ids.length < 2 || ids.length === result.rows.length) return nothing;
    return html`<section class="res__sec"><h3 class="cockpit__h">${t("For everyone")}</h3><button type="button" class="tile" @click=${() => again(vote, ids)}>${icon("vote")}<span>${t("Vote again")}<small>${tn("On the best {n}", "On the best {n}", ids.length)}</small></span></button></section>`;
  }

  /** Earlier votes of this board. */
  #rounds() {
    const { votes, choose } = this.parts;
    const { closed } = votes;
    if (closed.length < 2) return nothing;
    return html`<section class="res__sec"><h3 class="cockpit__h">${t("Votes on this board")}</h3><ul class="res__rounds">${closed.map((one) => html`<li><button type="button" class="btn btn--quiet" @click=${() => choose(one.id)}><span dir="auto">${one.question}</span><span class="small muted">${tn("{n} ballot", "{n} ballots", one.cast ?? 0)}</span></button></li>`)}</ul></section>`;
  }
}

/** Devices that several share, counted apart: each has one ballot. @param {{shared: number, sharing: number, sharedCast: number | null}} counted */
function sharedWords({ shared, sharing, sharedCast }) {
  const all = tn("{n} of the devices is shared, by {people} people.", "{n} of the devices are shared, by {people} people.", shared, { people: sharing });
  return sharedCast === null ? all : `${all} ${tn("{n} ballot came from them.", "{n} ballots came from them.", sharedCast)}`;
}
