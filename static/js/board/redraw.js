/**
 * What the sync engine tells, put onto the screen: which items to draw again, whether places moved, what is said aloud,
 * and where people land when the board has come.
 *
 * @typedef {{ids: Set<string> | null, fields: boolean, entries: import("./changes.js").Entry[] | null}} Change
 * @typedef {import("./layouts/flow.js").Plan} Plan
 */
import { byId } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { placeDiffers } from "./sorting.js";

/** What the size of a card depends on. */
const SIZED = ["text", "said/type", "label", "role", "wanted", "pinned"];

export class Redraw {
  #landed = false;
  /** @type {Map<string, import("./model.js").Item>} what was seen last, to tell whether a place changed */
  #seen = new Map();
  /** Panels reach down to the bars where people land. */
  leastHeight = 0;

  /**
   * @param {{
   *   sync: import("./sync.js").Sync, main: HTMLElement, model: import("./model.js").Model, selection: import("./selection.js").Selection,
   *   surface: import("./surface.js").Surface, phone: import("./phone.js").Phone, list: import("./list.js").List,
   *   views: import("./views.js").Views, look: import("./tools/look.js").Look, metrics: import("./metrics.js").Metrics,
   *   announcer: import("./announce.js").Announcer, notices: import("./panels/notices.js").Notices,
   *   top: import("./panels/top.js").Top, composer: import("./panels/composer.js").Composer, bars: import("./panels/bars.js").Bars,
   *   toolbar: import("./panels/toolbar.js").Toolbar, search: import("./panels/search.js").Search, silence: import("./panels/silence.js").Silence,
   *   keeper: import("./keeper.js").Keeper, landed: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.model;
  }

  /** The board's stream. @param {Change} change */
  board({ ids, fields, entries }) {
    const { surface, phone, list, announcer, top, search, toolbar, bars, keeper } = this.parts;
    const { moved, reworded } = this.#compare(ids);
    const before = ids && moved ? surface.lastPlan : null;
    if (moved) this.model.moved();
    const touched = moved && ids ? this.#withTitles(ids) : ids;
    surface.changed(touched, moved || reworded);
    phone.changed(touched);
    list.draw();
    if (entries) announcer.heard(entries);
    if (entries) this.#revealed(entries);
    else if (ids === null) announcer.start(this.model.items.values());
    if (fields || ids === null) top.draw();
    this.parts.main.dataset.layout = this.model.layout;
    this.#forgetGone(ids, before);
    if (before) this.#comeBack(before);
    if (moved) this.#recount();
    search.again();
    toolbar.draw();
    bars.draw();
    keeper.look();
    if (!this.#landed && ids === null) this.#land();
  }

  /** What everyone wrote in private is there, said once. @param {import("./changes.js").Entry[]} entries */
  #revealed(entries) {
    for (const { changes } of entries) {
      if (changes.some((c) => "stream" in c && c.stream.fields?.revealed)) this.parts.silence.revealed(changes.filter((c) => "put" in c).length);
    }
  }

  /** The workshop's stream: names, cities, roles, the lock. */
  workshop() {
    const { sync, top, notices } = this.parts;
    this.model.peopleChanged();
    sync.paper = this.model.myPaper;
    this.items(null);
    top.draw();
    this.#recount();
    notices.room(this.parts.silence.notice);
  }

  /** These look different, though they are the same. @param {Set<string> | null} ids @param {boolean} [taller] */
  items(ids, taller = false) {
    this.parts.surface.changed(ids, taller);
    this.parts.phone.changed(ids);
    this.parts.list.draw();
  }

  /** @param {{online: boolean, unsent: number}} status */
  status(status) {
    const { notices, main, bars } = this.parts;
    const was = notices.away;
    main.dataset.unsent = String(status.unsent);
    notices.network(status);
    if (was || notices.away) this.waiting();
    bars.draw();
  }

  /** What waits for the network says so, and is a line taller. */
  waiting() {
    const { surface, metrics } = this.parts;
    for (const id of surface.shownIds) {
      const item = this.model.item(id);
      if (item) metrics.forget(item);
    }
    this.items(null, true);
  }

  /** Did anything change its place, or its words? @param {Set<string> | null} ids */
  #compare(ids) {
    const { items } = this.model;
    if (!ids) {
      for (const was of this.#seen.values()) if (!items.has(was.id)) this.model.went(was);
      this.#seen = new Map(items);
      return { moved: true, reworded: true };
    }
    let moved = false;
    let reworded = false;
    for (const id of ids) {
      const now = items.get(id);
      const was = this.#seen.get(id);
      moved ||= placeDiffers(was, now);
      reworded ||= SIZED.some((key) => was?.[key] !== now?.[key]) || drawnOn(was) !== drawnOn(now) || this.model.reader.differs(was, now);
      if (now) this.#seen.set(id, now);
      else this.#seen.delete(id);
      if (was && !now) this.model.went(was);
    }
    return { moved, reworded };
  }

  /** Titles tell how many notes they have, and notes how many they stand for, so they are drawn again with them. @param {Set<string>} ids */
  #withTitles(ids) {
    return new Set([...ids, ...this.model.regions.map((r) => r.id), ...this.model.clusters, ...this.model.standing]);
  }

  /** The tab stop goes on to what lies nearest to where it was. @param {Set<string> | null} ids @param {Plan | null} before */
  #forgetGone(ids, before) {
    const { selection } = this.parts;
    const { current } = selection;
    const lost = current !== null && !this.model.item(current) && (ids === null || ids.has(current));
    selection.prune((id) => this.model.items.has(id), lost ? this.#heir(current, before) : null);
  }

  /** @param {string} gone @param {Plan | null} before @returns {string | null} */
  #heir(gone, before) {
    const { surface, views } = this.parts;
    const { rects, order } = surface.plan;
    const was = before?.rects.get(gone);
    const walked = order.filter((id) => views.isWalkable(id));
    if (!was) return walked[0] ?? null;
    const far = (/** @type {string} */ id) => Math.hypot((rects.get(id)?.x ?? Infinity) - was.x, (rects.get(id)?.y ?? Infinity) - was.y);
    return walked.reduce((/** @type {string | null} */ best, id) => (best === null || far(id) < far(best) ? id : best), null);
  }

  /** What was looked at is gone, and nothing else is in view: to what is left. @param {Plan} before */
  #comeBack(before) {
    const { surface, look } = this.parts;
    if (surface.root.hidden || !look.sees(this.#sheets(before))) return;
    const sheets = this.#sheets(surface.plan);
    if (!sheets.length) look.fit();
    else if (!look.sees(sheets)) look.toNearest(sheets);
  }

  /** Where things lie that are no ground for others. @param {Plan} plan */
  #sheets({ rects, regions }) {
    return [...rects].filter(([id]) => !regions.has(id) && this.model.item(id)?.kind !== "frame").map(([, rect]) => rect);
  }

  #recount() {
    this.parts.composer.draw();
    byId("empty").hidden = this.model.items.size > this.model.regions.length || !this.model.may("add");
  }

  /** The first look at the board. */
  #look() {
    const { views, surface, look } = this.parts;
    const { top, bottom } = views.insets;
    this.leastHeight = (surface.size.h - top - bottom) / look.land();
    surface.changed(null, true);
  }

  #land() {
    const { surface, main, composer, list, announcer } = this.parts;
    this.#landed = true;
    // On a phone, or in the list, the surface has no size until somebody opens it.
    if (surface.size.w) this.#look();
    else surface.addEventListener("resized", () => this.#look(), { once: true });
    main.dataset.ready = "";
    composer.draw();
    if (!list.isOpen && !document.activeElement?.matches("input, textarea")) composer.focus();
    announcer.dispatchEvent(new Event("log"));
    this.parts.landed();
  }
}

/** Is there a drawing on it? @param {import("./model.js").Item | undefined} item */
function drawnOn(item) {
  return Boolean(item && Object.keys(item).some((key) => key.startsWith("ink/")));
}
