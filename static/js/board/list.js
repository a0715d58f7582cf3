/**
 * The same board as a list: zones are headings, notes list items, each with Move to, React or Edit, and More. Everything
 * the surface can do, by keyboard and screen reader, with what is happening beside it.
 *
 * @typedef {import("./model.js").Item} Item
 */
import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { face, icon, mark, stillness } from "../lib/dom.js";
import { language, t, tn } from "../lib/words.js";
import { matches } from "../lib/fold.js";
import { LEVELS } from "./announce.js";
import { spotSays } from "./cards/ground.js";
import { pathOf, strokesOf } from "./cards/ink.js";
import { saysOf, strokesSay, tagOf } from "./cards/kinds.js";
import { beneathLine } from "./items/beneath.js";
import { nothingHere } from "./items/nothing.js";
import { authorOf, enteredSign } from "./items/whose.js";
import { commentLines } from "./panels/comment_words.js";
import { dotButtons, dotWords } from "./panels/dots.js";
import { lengthNote } from "./panels/lengths.js";
import { mergedLines } from "./panels/merged.js";
import { paperSays, reactionName, reactionsOf } from "./papers.js";
import { TextField } from "./tools/text_field.js";

export class List extends EventTarget {
  /** @type {string} "all", "mine" or a region's id */
  #filter = "all";
  #query = "";
  #open = false;
  #frame = 0;
  /** @type {{id: string, field: TextField | null} | null} */
  #writing = null;

  /**
   * @param {{
   *   box: HTMLElement, isShown: (id: string) => boolean, model: import("./model.js").Model, sync: import("./sync.js").Sync,
   *   announcer: import("./announce.js").Announcer, selection: import("./selection.js").Selection,
   *   menus: import("./panels/item_menus.js").ItemMenus, zone: (id: string) => void, writing: (id: string | null) => void,
   *   picked: (id: string) => boolean, zones: (anchor: HTMLElement, id: string) => void,
   *   waiting: (id: string) => boolean, others: (id: string) => {writing: string | null},
   *   split: (id: string, pieces: string[]) => void, map: () => import("./maps/system_map.js").SystemMap | undefined, comesTo: () => import("./comes_to.js").ComesTo | undefined,
   * }} parts
   */
  constructor(parts) {
    super();
    this.parts = parts;
    parts.announcer.addEventListener("log", () => this.draw());
    parts.selection.addEventListener("change", () => this.draw());
    parts.box.addEventListener("focusin", (e) => this.#focused(e));
    parts.box.addEventListener("click", (e) => this.#pressed(/** @type {Element} */ (e.target)));
  }

  get isOpen() {
    return this.#open;
  }

  /** @param {boolean} open */
  show(open) {
    this.#open = open;
    this.parts.box.hidden = !open;
    this.endWriting();
    if (open) this.drawNow();
    else render(html``, this.parts.box);
  }

  /** Show only what holds these words. @param {string} query */
  search(query) {
    this.#query = query;
    this.draw();
  }

  /** Show all zones: a search is not kept inside one. */
  showAll() {
    this.#filter = "all";
    this.draw();
  }

  /** The zone that is shown, if one is. */
  get zone() {
    return this.#filter === "all" || this.#filter === "mine" ? null : this.#filter;
  }

  /** Somebody else shows the way: their zone or item comes into view, and the focus stays where it is. @param {string} region @param {string} item */
  lookAt(region, item) {
    if (this.#writing || (!region && !item)) return;
    if (this.#filter === "mine" || (this.zone && region && this.zone !== region)) this.#filter = "all";
    this.drawNow();
    const heading = /** @type {HTMLElement[]} */ ([...this.parts.box.querySelectorAll("[data-zone]")]).find((h) => h.dataset.zone === region);
    const row = this.#row(item);
    (row ?? heading)?.scrollIntoView({ block: row ? "center" : "start", behavior: stillness() ? "auto" : "smooth" });
  }

  draw() {
    if (this.#open && !this.#frame) this.#frame = requestAnimationFrame(() => this.drawNow());
  }

  drawNow() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (!this.#open) return;
    render(html`${this.#nav()}<div class="lv__main">${this.#main()}${this.#query ? nothing : this.parts.comesTo()?.text}</div>${this.#log()}`, this.parts.box);
  }

  /** Put the focus on an item's row. @param {string | null} id */
  focus(id) {
    this.drawNow();
    const { box } = this.parts;
    const row = (id && this.#row(id)) || box.querySelector(".li");
    /** @type {HTMLElement | null} */ (row)?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  /** The row after or before the one that has the focus. @param {1 | -1} way */
  step(way) {
    const rows = /** @type {HTMLElement[]} */ ([...this.parts.box.querySelectorAll(".li")]);
    const at = rows.findIndex((r) => r.contains(document.activeElement));
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + way))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} id */
  edit(id) {
    const item = this.parts.model.item(id);
    if (!item || !this.parts.model.may("edit_text", item)) return;
    this.endWriting();
    this.#writing = { id, field: null };
    this.drawNow();
    const area = /** @type {HTMLTextAreaElement | null} */ (this.#row(id)?.querySelector("textarea") ?? null);
    if (!area) return;
    const { sync, model } = this.parts;
    const field = item.kind === "cluster" ? "name" : "text";
    const moved = () => this.#grow(area, item);
    this.#writing.field = new TextField(area, sync, { stream: model.who.board, id, field }, moved, { long: item.kind === "note" });
    moved();
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    this.parts.writing(id);
  }

  /** Stop writing in a row, and give it the focus back. */
  endWriting() {
    const writing = this.#writing;
    if (!writing) return;
    writing.field?.end();
    this.#writing = null;
    this.parts.writing(null);
    this.drawNow();
    this.#row(writing.id)?.focus();
  }

  /** What can be done about long words belongs to the writing. @param {FocusEvent} event */
  #left(event) {
    const to = /** @type {Element | null} */ (event.relatedTarget);
    if (!to?.closest(".li__words")) this.endWriting();
  }

  /** @param {HTMLTextAreaElement} area @param {Item} item */
  #grow(area, item) {
    area.style.height = "0";
    area.style.height = `${area.scrollHeight + 3}px`;
    const gauge = /** @type {HTMLElement | null} */ (area.nextElementSibling);
    if (gauge && item.kind === "note") render(lengthNote(area.value, this.parts.model.may("add") ? (pieces) => this.#split(item.id, pieces) : null), gauge);
  }

  /** @param {string} id @param {string[]} pieces */
  #split(id, pieces) {
    this.endWriting();
    this.parts.split(id, pieces);
  }

  get writingId() {
    return this.#writing?.id ?? null;
  }

  #nav() {
    const { model } = this.parts;
    if (model.isSystem) return this.parts.map()?.text.nav() ?? nothing;
    const all = model.regions.flatMap((r) => model.notes(r.id));
    const loose = model.flows ? all : model.loose.filter((i) => i.kind === "note");
    const rows = [
      { id: "all", words: t("All notes"), n: loose.length },
      ...model.regions.map((r) => ({ id: r.id, words: model.words(r, "title"), n: model.notes(r.id).length })),
      { id: "mine", words: t("My notes"), n: [...model.items.values()].filter((i) => i.kind === "note" && i.by === model.me).length },
    ];
    return html`<nav class="lv__nav" aria-label=${t("Zones")}>
      ${rows.map(
        ({ id, words, n }) => html`<button type="button" class="lv__link ${id === this.#filter ? "is-on" : ""}" aria-current=${id === this.#filter ? "true" : nothing}
          @click=${() => this.#choose(id)}><span class="grow" dir="auto">${words}</span><span class="num small" aria-label=${tn("{n} note", "{n} notes", n)}>${n}</span></button>`,
      )}
    </nav>`;
  }

  /** @param {string} id */
  #choose(id) {
    this.#filter = id;
    if (this.zone) this.parts.zone(id);
    this.drawNow();
    this.dispatchEvent(new Event("zone"));
    this.parts.box.querySelector(".lv__main")?.scrollTo(0, 0);
  }

  #main() {
    const { model } = this.parts;
    if (model.isSystem) return html`${this.parts.map()?.text.main(this.#query)}${this.#beside()}`;
    if (!model.flows) return this.#section(t("All notes"), this.#wanted(model.loose.flatMap((i) => (i.kind === "cluster" ? [i, ...model.members(i.id)] : [i]))), "loose");
    const regions = model.regions.filter((r) => this.zone === null || r.id === this.zone);
    const sections = regions.map((r) => ({ r, items: this.#wanted(model.reading(r.id)) }));
    if (this.#query && sections.every((s) => !s.items.length)) return this.#nothing();
    return sections.filter((s) => s.items.length || !this.#query).map(({ r, items }) => this.#section(model.words(r, "title"), items, r.id));
  }

  /** Notes that lie beside a system map. */
  #beside() {
    const items = this.#wanted(this.parts.model.loose);
    return items.length ? this.#section(t("Notes"), items, "loose") : nothing;
  }

  /** @param {readonly Item[]} items */
  #wanted(items) {
    const { model } = this.parts;
    return items.filter((item) => {
      if (!["note", "cluster", "image"].includes(item.kind)) return false;
      if (this.#filter === "mine" && item.by !== model.me && item.entered !== model.me) return false;
      return !this.#query || matches(item.text ?? item.name ?? item.alt ?? "", this.#query);
    });
  }

  #nothing() {
    const { model } = this.parts;
    const query = this.#query;
    const title = this.zone ? model.regionTitle(this.zone) : "";
    return html`<p class="lv__empty">${title ? t("Nothing with “{query}” in {title}.", { query, title }) : t("Nothing with “{query}”.", { query })}
      ${this.zone ? html`<button type="button" class="btn btn--s" @click=${() => this.#choose("all")}>${t("Search the whole board")}</button>` : nothing}</p>`;
  }

  /** @param {string} title @param {readonly Item[]} items @param {string} key */
  #section(title, items, key) {
    const n = items.filter((i) => i.kind === "note").length;
    const { model, zones } = this.parts;
    const words = t("Zone {title}: rename, move, delete", { title });
    return html`<div class="lv__zone"><h2 dir="auto" data-zone=${key}>${title}<span class="zone__n">${tn("{n} note", "{n} notes", n)}</span></h2>
        ${model.flows && model.may("set_up") ? html`<button type="button" class="tool" aria-haspopup="dialog" aria-label=${words} data-tip=${t("Zones")} @click=${press((a) => zones(a, key))}>${icon("more")}</button>` : nothing}</div>
      ${items.length
        ? html`<ul>${repeat(items, (i) => i.id, (i) => this.#item(i))}</ul>`
        : html`<p class="lv__empty">${nothingHere(model)}</p>`}`;
  }

  /** @param {Item} item */
  #item(item) {
    const { model, waiting, others, selection } = this.parts;
    const mine = item.by === model.me;
    const paper = model.paper(item);
    const writing = others(item.id).writing;
    const cluster = item.cluster ? model.item(item.cluster) : undefined;
    const isCluster = item.kind === "cluster";
    return html`<li class="li ${isCluster ? "li--cluster" : ""} ${cluster ? "li--inside" : ""} ${selection.has(item.id) ? "is-selected" : ""} ${this.parts.isShown(item.id) ? "is-shown" : ""}" tabindex="-1" data-id=${item.id} data-paper=${paper}>
      ${isCluster ? html`<span class="swl swl--group">${icon("group")}</span>` : html`<span class="swl c-${paper}" role="img" aria-label=${paperSays(item, model)}>${mark(paper)}</span>`}
      <div class="li__words">${this.#words(item, isCluster)}${mergedLines(model, item.id)}${commentLines(model, item.id)}${this.#dots(item)}
        ${waiting(item.id) ? html`<p class="li__state">${icon("offline", "i--16")}${t("Will be sent when you are back")}</p>` : nothing}
        ${writing ? html`<p class="li__state">${t("{name} is writing…", { name: model.name(writing) })}</p>` : nothing}
        ${model.isHidden(item.id) ? html`<p class="li__state li__state--hidden">${icon("eyeoff", "i--16")}${t("Only you see this")}</p>` : nothing}
        ${this.#reactions(item)}</div>
      <span class="by" dir="auto" lang=${mine ? nothing : (model.person(item.by)?.lang ?? nothing)}>${isCluster ? nothing : mine ? html`<b class="strong">${t("You")}</b>` : html`${authorOf(item, model)} ${enteredSign(item, model)}`}</span>
      <span class="li__acts">${this.#acts(item)}</span></li>`;
  }

  /** @param {Item} item @param {boolean} isCluster */
  #words(item, isCluster) {
    if (this.#writing?.id === item.id) {
      return html`<textarea class="input li__write" dir="auto" rows="1" aria-label=${isCluster ? t("Title") : t("Words of the note")}
        @keydown=${(/** @type {KeyboardEvent} */ e) => this.#keys(e)} @blur=${(/** @type {FocusEvent} */ e) => this.#left(e)}></textarea><div class="li__gauge" @focusout=${(/** @type {FocusEvent} */ e) => this.#left(e)}></div>`;
    }
    if (item.kind === "image") return html`<p dir="auto">${item.alt || t("Image without a description")}</p>`;
    const text = isCluster ? item.name : item.text;
    const shown = text || (isCluster ? t("Group without a name") : t("Empty note"));
    const strokes = strokesOf(item).map(([, stroke]) => pathOf(stroke));
    const words = strokes.length && !text ? "" : shown;
    return isCluster ? html`<h3 dir="auto">${shown}</h3>` : html`${this.#card(item)}${strokes.length ? html`<svg class="li__ink" viewBox="0 0 1000 750" role="img" aria-label=${strokesSay(strokes.length)}><path d=${strokes.join("")}></path></svg>` : nothing}<p dir="auto" lang=${item.lang ?? nothing}>${words}</p>${beneathLine(this.parts.model.reader.beneath(item))}`;
  }

  /** What sort of card it is, what it says beside its words, and where on the map. @param {Item} item */
  #card(item) {
    const { model } = this.parts;
    const kind = model.sorts.of(item);
    const says = [item.card ? tagOf(item, kind) : "", ...saysOf(item, kind), item.kind === "note" ? spotSays(item, model) : "", item.round && model.layout !== "rounds" ? t("Round {n}", { n: item.round }) : ""].filter(Boolean);
    return says.length ? html`<p class="li__card">${says.join(" · ")}</p>` : nothing;
  }

  /** @param {Item} item */
  #reactions(item) {
    const found = reactionsOf(item, this.parts.model.me);
    if (!found.length) return nothing;
    return html`<p class="li__faces">${found.map((r) => html`<span role="img" aria-label=${`${r.n} × ${reactionName(r.reaction)}`}>${face(r.reaction)} ${r.n}</span>`)}</p>`;
  }

  /** @param {Item} item */
  #dots(item) {
    const words = dotWords(this.parts.model.votes, item.id);
    return words ? html`<p class="li__state">${icon("vote", "i--16")}${words}</p>` : nothing;
  }

  /** The button of a row that a key stands for: where it has none, its menu. @param {string} id @param {"move" | "react" | "link"} name */
  button(id, name) {
    const row = this.#row(id);
    return /** @type {HTMLElement | null} */ (row?.querySelector(`[data-${name}]`) ?? row?.querySelector("[data-more]") ?? null);
  }

  /** @param {Item} item */
  #acts(item) {
    const { model, menus } = this.parts;
    const { id } = item;
    return html`${dotButtons(model.votes, id, true)}${model.may("edit_text", item) && item.kind !== "image"
        ? html`<button type="button" class="btn btn--s" @click=${() => this.edit(id)}>${t("Edit")}</button>`
        : model.may("react", item) ? html`<button type="button" class="btn btn--s" data-react aria-haspopup="true" @click=${press((a) => menus.reactions(a, [id]))}>${t("React")}</button>` : nothing}
      ${model.flows && model.may("move", item) ? html`<button type="button" class="btn btn--s" data-move aria-haspopup="true" @click=${press((a) => menus.places(a, [id]))}>${t("Move to")}${icon("down", "i--16")}</button>` : nothing}
      <button type="button" class="tool" data-more aria-haspopup="true" aria-label=${t("More")} data-tip=${t("More")} @click=${press((a) => menus.more(a, id))}>${icon("more")}</button>`;
  }

  #log() {
    const { announcer } = this.parts;
    const names = { all: t("All"), important: t("Important"), off: t("Off") };
    const now = Date.now();
    return html`<aside class="lv__log" aria-label=${t("What is happening")}><h2 class="h3">${t("What is happening")}</h2>
      <div class="seg" role="group" aria-label=${t("Read aloud")}>
        ${LEVELS.map((l) => html`<button type="button" aria-pressed=${l === announcer.level} @click=${() => (announcer.level = l)}>${names[l]}</button>`)}
      </div>
      ${announcer.log.length
        ? html`<ol>${announcer.log.slice(0, 20).map(({ at, words }) => html`<li><time>${ago(at, now)}</time>${words}</li>`)}</ol>`
        : html`<p class="small muted">${t("What others do appears here.")}</p>`}</aside>`;
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing) return;
    if ((event.key === "Enter" && !event.shiftKey) || event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.endWriting();
    }
  }

  /** A row that was pressed while somebody waits for a second note. @param {Element} target */
  #pressed(target) {
    const row = /** @type {HTMLElement | null} */ (target.closest(".li"));
    if (row?.dataset.id && !target.closest("button, textarea, a")) this.parts.picked(row.dataset.id);
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest(".li"));
    if (row?.dataset.id) this.parts.selection.focus(row.dataset.id);
  }

  /** @param {string} id */
  #row(id) {
    return /** @type {HTMLElement[]} */ ([...this.parts.box.querySelectorAll(".li")]).find((r) => r.dataset.id === id);
  }
}

/** @param {number} at @param {number} now */
export function ago(at, now) {
  const s = Math.round((now - at) / 1000);
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  if (s < 10) return t("just now");
  if (s < 60) return words.format(-s, "second");
  return s < 3600 ? words.format(-Math.round(s / 60), "minute") : words.format(-Math.round(s / 3600), "hour");
}

/** @param {(anchor: HTMLElement) => void} act @returns {(event: Event) => void} */
function press(act) {
  return (event) => act(/** @type {HTMLElement} */ (event.currentTarget));
}

