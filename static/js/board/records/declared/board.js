/**
 * A board that opens from its method's data: cards, blocks, rows or a tree of records, as the method declares them. Here is
 * what all four share: the form of the method, what is added by the field below, what is worked out while people work (asked
 * of the server, gathered, and never in the way of typing), and records that other boards show.
 *
 * @typedef {import("../../model.js").Item} Item
 * @typedef {import("./shape.js").Kind} Kind
 * @typedef {{title: string, words: string[], ids: string[]}} Finding
 */
import { html, nothing } from "lit-html";
import { icon } from "../../../lib/dom.js";
import { fold } from "../../../lib/fold.js";
import { t } from "../../../lib/words.js";
import { namesList } from "../cells.js";
import { titleOf } from "../kinds.js";
import { emptyBoard } from "../record_board.js";
import { blocks } from "./blocks.js";
import { rows } from "./rows.js";
import { Shape } from "./shape.js";
import { sheets } from "./sheets.js";
import { tree } from "./tree.js";

const LAYOUTS = { cards: sheets, canvas: blocks, table: rows, tree };
/** Findings are asked for when a board is quiet for this long, and not by everyone in the same moment. */
const QUIET_MS = 900;
const APART_MS = 600;

export class DeclaredBoard {
  /** @type {Shape | null} */
  shape = null;
  /** What is added next: its kind, and where. */
  kind = "";
  region = "";
  /** What hangs on this, in a tree. */
  parent = "";
  /** Which of two looks: together or mine, problems or aims, tree or table. */
  second = false;
  /** @type {Finding[]} */
  #found = [];
  #lost = false;
  /** In a tree: where the arrows are. */
  #at = "";
  #asking = 0;

  /** @param {import("../record_board.js").Tools} tools */
  constructor(tools) {
    this.tools = tools;
    void this.#load();
    tools.registers.sync.on("change", (e) => tools.registers.concerns(e.stream) && this.#later());
    tools.registers.sync.on("loaded", () => this.#later());
  }

  get label() {
    return this.shape?.told.title ?? "";
  }

  /** What to ask oneself, beside the question that stands above. */
  get prompts() {
    const { fields } = this.tools.registers.model;
    const words = (this.shape?.told.prompts ?? []).filter((one) => one !== fields.question).join(" ");
    return words ? html`<p class="decl__prompts small muted" dir="auto">${words}</p>` : nothing;
  }

  get may() {
    return this.tools.names.may("add", "own");
  }

  /** @param {{isPhone: boolean, isList: boolean}} how */
  main(how) {
    const { shape } = this;
    if (!shape) return emptyBoard(this.#lost ? t("This method is not on this server any more. What was written is kept.") : "…");
    const draw = LAYOUTS[/** @type {keyof typeof LAYOUTS} */ (shape.told.layout)] ?? rows;
    const others = this.#others();
    const beside = this.#found.length || others.length;
    return html`<div class="rec__two decl ${beside ? "" : "rec__two--alone"} ${how.isList ? "is-text" : ""}"><div class="rec__main decl__main decl__main--${shape.told.layout}">${draw(this, how)}</div>
      ${beside ? html`<aside class="rec__side" aria-label=${t("Beside the board")}>${this.#findings()}${others.length ? html`<section><h2 class="h3">${t("Not on this board")} <span class="zone__n">${others.length}</span></h2><ul class="pcards__more">${others.map((one) => this.#other(one))}</ul></section>` : nothing}</aside>` : nothing}
      ${[...this.#lists].map((kind) => namesList(this.tools, kind))}</div>`;
  }

  /** Everything about it, in a dialog. @param {string} id @param {Event} event */
  open(id, event) {
    this.tools.edit(id, /** @type {HTMLElement} */ (event.currentTarget));
  }

  /** What the field below adds next. @param {{kind?: string, region?: string, parent?: string}} what */
  aim({ kind = this.kind, region = this.region, parent = "" }) {
    Object.assign(this, { kind, region, parent });
    this.tools.draw();
    requestAnimationFrame(() => this.tools.focusBar());
  }

  // In a tree one goes by arrows, and Tab comes back to where one was

  /** @param {import("./shape.js").Grown} tree */
  walkable({ roots, children }) {
    const ids = new Set([...roots, ...[...children.values()].flat()].map((one) => one.id));
    if (!ids.has(this.#at)) this.#at = roots[0]?.id ?? "";
  }

  /** @param {string} id */
  walked(id) {
    return id === this.#at ? 0 : -1;
  }

  /** @param {string} id */
  walkTo(id) {
    this.#at = id;
    this.tools.draw();
  }

  /** @param {boolean} second @param {string} words */
  turn(second, words) {
    this.second = second;
    this.tools.say(words);
    this.tools.draw();
  }

  /** Off this board; the record stays. @param {Item} record */
  off(record) {
    this.tools.registers.hide(record.id);
    this.tools.say(t("{name} taken off this board", { name: titleOf(record) }));
  }

  /** My number, said once; taken back where there is none. @param {Kind} kind @param {Record<string, any>} about @param {Item | undefined} mine @param {string} given @param {string} words */
  say(kind, about, mine, given, words) {
    const { acts } = this.tools;
    const value = given === "" ? null : Number(given);
    if (mine && value === null) acts.drop(mine, words);
    else if (mine) acts.set(mine, { [kind.value]: value }, `${words}: ${given}`);
    else if (value !== null) acts.create(kind.name, { ...about, [kind.value]: value }, `${words}: ${given}`);
  }

  // What is worked out

  #findings() {
    if (!this.#found.length) return nothing;
    return html`<section class="decl__found" aria-live="polite"><h2 class="h3">${t("What this comes to")}</h2>${this.#found.map((one) => html`<div class="decl__finding"><h3 class="small strong" dir="auto">${one.title}</h3><ul>${one.words.map((words) => html`<li class="small" dir="auto">${words}</li>`)}</ul></div>`)}</section>`;
  }

  #later() {
    clearTimeout(this.#asking);
    this.#asking = window.setTimeout(() => void this.#ask(), QUIET_MS + Math.random() * APART_MS);
  }

  async #ask() {
    if (!this.shape) return;
    const told = await fetched("findings");
    if (!told) return;
    this.#found = told.findings;
    this.tools.draw();
  }

  async #load() {
    const told = await fetched("form");
    this.#lost = !told?.kinds;
    if (told?.kinds) {
      this.shape = new Shape(told, this.tools.registers);
      this.kind = this.shape.kinds[0]?.name ?? "";
      // In a tree one asks "Because of what?" first: below the core come its causes.
      this.region = told.layout === "tree" ? "" : (told.regions[0]?.id ?? "");
      if (told.layout === "tree") this.kind = told.regions[0]?.kind || this.kind;
      if (told.layout === "canvas") this.kind = this.shape.kindsIn(this.region)[0]?.name ?? this.kind;
      this.#later();
    }
    this.tools.draw();
  }

  // Records of other boards

  #others() {
    const { shape } = this;
    return shape && this.may ? shape.kinds.flatMap((kind) => shape.others(kind)) : [];
  }

  /** @param {Item} record */
  #other(record) {
    const put = () => {
      this.tools.registers.show(record.id);
      this.tools.say(t("{name} is on this board now", { name: titleOf(record) }));
    };
    return html`<li><span class="grow" dir="auto">${titleOf(record)}</span><button type="button" class="btn btn--s" aria-label="${t("Put here")}: ${titleOf(record)}" @click=${put}>${icon("plus", "i--16")}${t("Put here")}</button></li>`;
  }

  /** Kinds whose names are chosen from in cells. */
  get #lists() {
    const fields = this.shape?.kinds.flatMap((kind) => this.shape?.columns(kind) ?? []) ?? [];
    return new Set(fields.filter((one) => one.type === "ref").map((one) => one.of ?? ""));
  }

  // The field below

  bar() {
    const { shape, may } = this;
    const kind = shape?.kind(this.kind);
    if (!shape || !kind) return nothing;
    const isCanvas = shape.told.layout === "canvas";
    const kinds = isCanvas ? shape.kindsIn(this.region) : shape.kinds;
    const words = this.#asks(kind);
    const chosen = (/** @type {Event} */ e) => /** @type {HTMLSelectElement} */ (e.target).value;
    const pickRegion = (/** @type {Event} */ e) => {
      this.region = chosen(e);
      const fits = shape.kindsIn(this.region);
      if (!fits.some((one) => one.name === this.kind)) this.kind = fits[0]?.name ?? this.kind;
      this.tools.draw();
    };
    const pickKind = (/** @type {Event} */ e) => {
      Object.assign(this, { kind: chosen(e), parent: "" });
      this.tools.draw();
    };
    return html`${isCanvas ? html`<label class="sr" for="decl-region">${t("Where")}</label><select id="decl-region" class="composer__zone actors__sector" @change=${pickRegion}>${shape.told.regions.map((one) => html`<option value=${one.id} .selected=${one.id === this.region}>${one.title}</option>`)}</select>` : nothing}
      ${kinds.length > 1 ? html`<label class="sr" for="decl-kind">${t("Kind")}</label><select id="decl-kind" class="composer__zone actors__sector" @change=${pickKind}>${kinds.map((one) => html`<option value=${one.name} .selected=${one.name === this.kind}>${one.label}</option>`)}</select>` : nothing}
      <input class="composer__in" name="title" maxlength="240" autocomplete="off" enterkeyhint="send" dir="auto" placeholder=${may ? words : t("The board is locked")} aria-label=${words} ?readonly=${!may}>
      <button class="btn btn--primary composer__add" aria-label=${t("Add")}><span class="composer__word">${t("Add")}</span>${icon("send", "on-phone")}</button>`;
  }

  /** @param {Kind} kind */
  #asks(kind) {
    const above = this.tools.registers.record(this.#above(kind));
    const regions = this.shape?.told.regions ?? [];
    if (above && kind.parent) return t("{kind} of “{name}”", { kind: regions.find((one) => one.id === this.#side(kind))?.title ?? kind.label, name: titleOf(above) });
    if (above) return t("{kind} below “{name}”", { kind: kind.label, name: titleOf(above) });
    const { label, name } = kind.fields[0];
    const region = regions.find((one) => one.id === (kind.parent ? "core" : this.region));
    if (region && (kind.name === "canvas_entry" || kind.parent)) return region.title;
    return kind.label === label || ["title", "name", "text"].includes(name) ? kind.label : `${kind.label}: ${label}`;
  }

  /** @param {HTMLFormElement} form */
  submit(form) {
    const field = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("title"));
    const kind = this.shape?.kind(this.kind);
    const title = field?.value.trim();
    if (!field || !kind || !this.shape || !title) return field?.focus();
    const { registers, acts, tell } = this.tools;
    const known = [...this.shape.records(kind), ...this.shape.others(kind)].find((one) => fold(titleOf(one)) === fold(title));
    if (known && kind.name !== "canvas_entry" && !kind.parent) {
      registers.show(known.id);
      if (kind.place && known[kind.place] !== this.region) acts.set(known, { [kind.place]: this.region }, t("Moved"));
      tell(t("{name} is there already. It is one thing on all boards.", { name: titleOf(known) }));
    } else {
      const id = acts.create(kind.name, { [kind.fields[0].name]: title, ...this.#about(kind) }, t("{name} added", { name: title }));
      if (!kind.joins) registers.show(id);
    }
    field.value = "";
    field.focus();
  }

  /** What is said by where it is added. @param {Kind} kind */
  #about(kind) {
    /** @type {import("../../ops_records.js").RecordFields} */
    const about = {};
    const hangs = kind.parent || kind.under;
    const above = this.#above(kind);
    if (kind.place) about[kind.place] = this.region;
    if (above && hangs) about[hangs] = above;
    if (kind.parent && this.shape?.told.layout === "tree") about.side = this.#side(kind);
    return about;
  }

  /** What the next one hangs on: what was chosen, else the core of a tree of problems. @param {Kind} kind */
  #above(kind) {
    if (this.shape?.told.layout !== "tree") return "";
    return this.parent || (kind.parent ? (this.shape.records(kind).find((one) => one.side === "core")?.id ?? "") : "");
  }

  /** The first of a tree of problems is its core; others are on the side of what they hang on. @param {Kind} kind */
  #side(kind) {
    const above = this.tools.registers.record(this.#above(kind));
    if (!above) return "core";
    if (above.side && above.side !== "core") return above.side;
    return this.region === "effects" ? "effects" : "causes";
  }
}

/** What the server says of this board, beside its page; nothing where it does not answer. @param {string} what @returns {Promise<any>} */
async function fetched(what) {
  try {
    const answer = await fetch(`${location.pathname.replace(/\/$/, "")}/${what}`, { credentials: "same-origin", cache: "no-store" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
