/**
 * The board of one page, wired by hand in reading order: what is read (model), what is seen (surface, list, phone), what
 * can be done (acts), and the panels around them. `main.js` hands in the page and the sync engine.
 */
import { byId } from "../lib/dom.js";
import { keep, kept } from "../lib/keep.js";
import { t } from "../lib/words.js";
import { Acts } from "./acts.js";
import { Announcer } from "./announce.js";
import { Camera } from "./camera.js";
import { Commands } from "./commands.js";
import { Lines, placeConnectors } from "./items/connector.js";
import { Keyboard } from "./keyboard.js";
import { guessLang } from "./lang.js";
import { columns } from "./layouts/columns.js";
import { free, freeSpot } from "./layouts/free.js";
import { zones } from "./layouts/zones.js";
import { List } from "./list.js";
import { Marks } from "./marks.js";
import { Metrics } from "./metrics.js";
import { Model, placeDiffers } from "./model.js";
import { Others } from "./others.js";
import { Bars } from "./panels/bars.js";
import { Composer } from "./panels/composer.js";
import { Dialogs } from "./panels/dialogs.js";
import { Ghost } from "./panels/ghost.js";
import { ItemMenus } from "./panels/item_menus.js";
import { Menu } from "./panels/menu.js";
import { Notices } from "./panels/notices.js";
import { peopleList } from "./panels/people.js";
import { Popover } from "./panels/popover.js";
import { Refusals } from "./panels/refusals.js";
import { Search } from "./panels/search.js";
import { Toolbar } from "./panels/toolbar.js";
import { Top } from "./panels/top.js";
import { Phone } from "./phone.js";
import { Picking } from "./picking.js";
import { Selection } from "./selection.js";
import { Surface } from "./surface.js";
import { Hand } from "./tools/hand.js";
import { Images } from "./tools/images.js";
import { Look } from "./tools/look.js";
import { Writer } from "./tools/writer.js";
import { sayAnything } from "./items/kinds.js";

const LAYOUTS = { zones, columns };

/**
 * @typedef {{
 *   sync: import("./sync.js").Sync, presence: import("./presence.js").Presence,
 *   who: {board: string, workshop: string, me: string, role: string, lang: string, filesUrl: string},
 *   page: {manageUrl: string, returnUrl: string, leaveUrl: string, languageUrl: string, formToken: string, imagesUrl: string, exportUrl: string,
 *     languages: {tag: string, name: string}[]},
 * }} Given
 */
export class Board {
  #abort = new AbortController();
  #landed = false;
  /** @type {Map<string, any>} what was seen last, to tell whether a place changed */
  #seen = new Map();

  /** @param {Given} given */
  constructor({ sync, presence, who, page }) {
    const { signal } = this.#abort;
    this.sync = sync;
    this.presence = presence;
    this.page = page;
    this.main = byId("board");
    this.model = new Model(sync, who);
    this.selection = new Selection();
    this.announcer = this.#makeAnnouncer(who.me);
    const say = this.say;
    const alert = (/** @type {string} */ words) => this.announcer.alert(words);
    this.notices = new Notices({ banner: byId("banner"), toast: byId("toast"), say, alert });
    this.acts = new Acts(sync, this.model, { say, offer: (...offer) => this.notices.offer(...offer) });
    this.picking = new Picking({ connect: (from, to) => this.#connect(from, to), say });
    this.popover = new Popover(byId("popover"), signal);

    // What is seen
    this.metrics = new Metrics(document.createElement("canvas").getContext("2d"), getComputedStyle(this.main).fontFamily);
    this.camera = new Camera();
    const look = {
      model: this.model,
      trouble: () => null,
      waiting: (/** @type {string} */ id) => this.notices.away && sync.mark(id) === "unsent",
      others: (/** @type {string} */ id) => this.others?.on(id) ?? { writing: null, selecting: null },
    };
    this.surface = new Surface({ root: byId("view"), model: this.model, camera: this.camera, metrics: this.metrics, look, plan: () => this.#plan() });
    this.look = new Look(this.surface, () => this.#insets(), signal);
    this.lines = new Lines(this.surface);
    this.others = new Others({ box: byId("cursors"), presence, surface: this.surface, changed: (ids) => this.#repaint(ids), came: () => this.top?.draw() });
    this.menus = new ItemMenus({
      model: this.model, acts: this.acts, popover: this.popover, edit: (id) => this.edit(id), connect: (id) => this.picking.start(id),
      group: (ids) => this.#group(ids), remove: (ids) => this.#remove(ids), back: (id) => this.#back(id), isPhone: () => this.phone.isOpen,
    });
    this.phone = new Phone({
      box: byId("phone"), tabs: byId("tabs"), model: this.model, look, selection: this.selection,
      open: (id) => this.#sheet(id), picked: (id) => this.picking.pick(id),
    });
    this.list = new List({
      box: byId("list"), model: this.model, sync, announcer: this.announcer, selection: this.selection, menus: this.menus,
      zone: (id) => this.composer.setRegion(id), waiting: look.waiting, others: look.others,
    });
    this.writers = { surface: new Writer(this.surface, sync), phone: new Writer(this.phone, sync) };

    // What is pressed
    this.composer = new Composer({
      form: /** @type {HTMLFormElement} */ (byId("composer")), model: this.model, popover: this.popover, say, signal,
      add: (text, region) => this.#add(text, region), addMany: (lines, region) => this.#addMany(lines, region), editLast: () => this.#editLast(),
    });
    this.ghost = new Ghost(this.surface, () => this.composer.region);
    this.hand = new Hand({
      surface: this.surface, look: this.look, acts: this.acts, selection: this.selection, signal,
      shareDrag: (drag) => this.#shareDrag(drag),
      wishes: { edit: (id) => this.edit(id), open: (id) => this.#sheet(id), picked: (id) => this.picking.pick(id), writeAt: (p) => this.#writeAt(p) },
    });
    this.toolbar = new Toolbar({
      box: byId("toolbar"), surface: this.surface, selection: this.selection, menus: this.menus, insets: () => this.#insets(),
      edit: (id) => this.edit(id), group: (ids) => this.#group(ids), remove: (ids) => this.#remove(ids),
    });
    this.search = new Search({
      box: byId("search"), model: this.model, order: () => this.#readingOrder(), show: (id) => this.#showHit(id),
      inList: () => this.list.isOpen, listed: (query) => this.list.search(query), back: () => this.#backToView(),
    });
    this.dialogs = new Dialogs(/** @type {HTMLDialogElement} */ (byId("dialog")), {
      returnUrl: page.returnUrl,
      singles: { get: () => this.keyboard.singles, set: (on) => { this.keyboard.singles = on; keep("singles", on ? "1" : "0"); } },
    });
    this.refusals = new Refusals({ box: byId("refusals"), sync, model: this.model, alert, putBack: (text) => this.composer.put(text) });
    this.images = page.imagesUrl
      ? new Images({ root: byId("view"), url: page.imagesUrl, formToken: page.formToken, may: () => this.model.may("add"), say, alert, add: (image, point) => this.#addImage(image, point), signal })
      : null;
    this.bars = new Bars({
      left: byId("zoom"), right: byId("history"), camera: this.camera, look: this.look, sync, acts: this.acts, isList: () => this.list.isOpen,
      toggleList: () => this.toggleList(), largerText: () => this.#largerText(), keys: () => this.dialogs.keys(), image: this.images && (() => this.images?.choose()),
    });
    this.menu = this.#makeMenu();
    this.top = new Top({
      where: byId("where"), task: byId("task"), people: byId("people"), model: this.model, present: () => this.others.present,
      manageUrl: page.manageUrl, openMenu: (anchor) => this.menu.open(anchor), openPeople: (anchor) => this.#openPeople(anchor), search: () => this.search.open(),
    });
    this.commands = new Commands({
      model: this.model, surface: this.surface, selection: this.selection, acts: this.acts, look: this.look, hand: this.hand,
      composer: this.composer, toolbar: this.toolbar, menus: this.menus, list: this.list, search: this.search, dialogs: this.dialogs,
      picking: this.picking, say, edit: (id) => this.edit(id), group: (ids) => this.#group(ids), remove: (ids) => this.#remove(ids),
      focusItem: (id) => this.focusItem(id), toggleList: () => this.toggleList(), dismiss: () => this.notices.dismiss(),
    });
    this.keyboard = new Keyboard(this.main, (command) => this.commands.run(command), signal);
    this.keyboard.singles = kept("singles", "1") === "1";
    this.marks = [
      new Marks({ view: this.surface, model: this.model, selection: this.selection, hits: (id) => this.search.hits(id), roving: true }),
      new Marks({ view: this.phone, model: this.model, selection: this.selection, hits: (id) => this.search.hits(id), roving: false }),
    ];
    this.#listen(signal);
    this.#textSize(Number(kept("text", "100")));
    this.#chooseView();
  }

  // What panels and keys ask for

  /** Words about what this person just did. */
  say = (/** @type {string} */ words) => this.announcer.say(words);

  /** Write in an item, in whatever view is open. @param {string} id @param {boolean} [fresh] */
  edit(id, fresh = false) {
    const item = this.model.item(id);
    if (!item) return;
    if (!this.model.may("edit_text", item)) return this.say(t("Only the person who wrote a note can change its words."));
    if (this.list.isOpen) this.list.edit(id);
    else if (this.phone.isOpen) this.writers.phone.open(id, fresh);
    else if (this.writers.surface.open(id, fresh)) this.#reveal(id);
  }

  /** Give an item the focus, clear of the bars. @param {string} id */
  focusItem(id) {
    this.selection.focus(id);
    this.surface.pin([id]);
    this.surface.drawNow();
    const node = this.surface.elementOf(id);
    const item = this.model.item(id);
    if (!node || !item) return;
    const selected = this.selection.has(id) ? t("selected") : "";
    node.setAttribute("aria-label", [sayAnything(item, this.model), this.marks[0].place(id), selected].filter(Boolean).join(", "));
    node.focus({ preventScroll: true });
    this.#reveal(id);
  }

  toggleList() {
    const open = !this.list.isOpen;
    keep("view", open ? "list" : "board");
    this.#openList(open);
    this.say(open ? t("The board as a list") : t("The board"));
    if (open) this.list.focus(this.selection.current);
    else this.#backToView();
  }

  // Inside

  /** @param {string} me */
  #makeAnnouncer(me) {
    const announcer = new Announcer({
      polite: byId("polite"), assertive: byId("assertive"), me, level: /** @type {any} */ (kept("aloud", "all")),
      names: {
        name: (id) => this.model.person(id)?.name ?? "",
        title: (id) => this.model.regionTitle(id),
        regionOf: (id) => this.model.item(id)?.region ?? "",
      },
    });
    announcer.addEventListener("log", () => keep("aloud", announcer.level));
    return announcer;
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { sync, who } = { sync: this.sync, who: this.model.who };
    sync.on("change", (e) => (e.stream === who.board ? this.#changed(e) : e.stream === who.workshop && this.#workshopChanged()));
    sync.on("status", (status) => this.#status(status));
    sync.on("refused", (e) => this.refusals.add(e));
    this.selection.addEventListener("change", () => this.#selected(), { signal });
    this.picking.addEventListener("change", () => this.#pickingChanged(), { signal });
    this.search.addEventListener("change", () => this.#searched(), { signal });
    this.composer.addEventListener("region", () => this.#zoneChosen(), { signal });
    this.phone.addEventListener("zone", () => this.composer.setRegion(this.phone.zone), { signal });
    this.surface.addEventListener("drawn", () => this.toolbar.place(), { signal });
    this.surface.addEventListener("camera", () => this.#cameraMoved(), { signal });
    this.surface.addEventListener("resized", () => this.#chooseView(), { signal });
    this.surface.root.addEventListener("focus", () => this.#viewFocused(), { signal });
    for (const writer of Object.values(this.writers)) writer.addEventListener("change", () => this.#writing(writer.id), { signal });
    addEventListener("themechange", () => this.#recoloured(), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#recoloured(), { signal });
    document.fonts.addEventListener("loadingdone", () => this.#remeasure(), { signal });
  }

  /** @param {{ids: Set<string> | null, fields: boolean, entries: any[] | null}} event */
  #changed({ ids, fields, entries }) {
    const { model } = this;
    const { moved, reworded } = this.#compare(ids);
    if (moved) model.moved();
    const touched = moved && ids ? this.#withTitles(ids) : ids;
    this.surface.changed(touched, moved || reworded);
    this.phone.changed(touched);
    this.list.draw();
    if (!entries && ids === null) this.announcer.start(model.items.values());
    else if (entries) this.announcer.heard(entries);
    if (fields || ids === null) this.top.draw();
    this.#forgetGone(ids);
    if (moved) {
      this.composer.draw();
      byId("empty").hidden = model.items.size > model.regions.length || !model.may("add");
    }
    this.search.again();
    this.toolbar.draw();
    this.bars.draw();
    if (!this.#landed && ids === null) this.#land();
  }

  /** Did anything change its place, or its words? Remembers what was seen. @param {Set<string> | null} ids */
  #compare(ids) {
    const { items } = this.model;
    if (!ids) {
      this.#seen = new Map(items);
      return { moved: true, reworded: true };
    }
    let moved = false;
    let reworded = false;
    for (const id of ids) {
      const now = items.get(id);
      const was = this.#seen.get(id);
      moved ||= placeDiffers(was, now);
      reworded ||= was?.text !== now?.text;
      if (now) this.#seen.set(id, now);
      else this.#seen.delete(id);
    }
    return { moved, reworded };
  }

  /** Titles tell how many notes they have, so they are drawn again with them. @param {Set<string>} ids */
  #withTitles(ids) {
    const more = new Set(ids);
    for (const region of this.model.regions) more.add(region.id);
    for (const id of this.model.clusters) more.add(id);
    return more;
  }

  /** @param {Set<string> | null} ids */
  #forgetGone(ids) {
    const { current } = this.selection;
    const lost = current && !this.model.item(current) && (ids === null || ids.has(current));
    const held = lost && document.activeElement === document.body;
    this.selection.prune((id) => this.model.items.has(id), this.#heir());
    if (held && this.selection.current) this.#back(this.selection.current);
  }

  /** Who takes the tab stop when the item that had it is gone. */
  #heir() {
    return this.surface.plan.order.find((id) => this.model.item(id)?.kind === "note") ?? null;
  }

  #workshopChanged() {
    this.model.peopleChanged();
    this.sync.paper = this.model.myPaper;
    this.surface.changed(null, false);
    this.phone.changed(null);
    this.list.draw();
    this.top.draw();
    this.composer.draw();
    this.notices.locked(this.model.locked ? t("{name} has locked the board.", { name: this.model.lead || t("The facilitator") }) : "");
  }

  /** @param {{online: boolean, unsent: number}} status */
  #status(status) {
    const was = this.notices.away;
    this.main.dataset.unsent = String(status.unsent);
    this.notices.network(status);
    if (was || this.notices.away) this.#unsentChanged();
    this.bars.draw();
  }

  /** What waits for the network says so, and is a line taller. */
  #unsentChanged() {
    for (const id of this.surface.shownIds) {
      const item = this.model.item(id);
      if (item) this.metrics.forget(item);
    }
    this.surface.changed(null, true);
    this.phone.changed(null);
    this.list.draw();
  }

  #land() {
    this.#landed = true;
    const { top, bottom } = this.#insets();
    this.#leastHeight = (this.surface.size.h - top - bottom) / this.look.land();
    this.surface.changed(null, true);
    this.main.dataset.ready = "";
    this.composer.draw();
    if (!this.list.isOpen && !document.activeElement?.matches("input, textarea")) this.composer.focus();
    this.announcer.dispatchEvent(new Event("log"));
  }

  #plan() {
    const { model, metrics } = this;
    const source = {
      regions: model.regions, loose: model.loose,
      entries: (/** @type {string} */ id) => model.entries(id), members: (/** @type {string} */ id) => model.members(id),
      height: (/** @type {any} */ item) => (item.kind === "note" ? metrics.height(item) : 128),
    };
    const plan = model.layout === "free" ? free(source) : LAYOUTS[model.layout](source, { least: this.#leastHeight, next: this.composer?.region });
    placeConnectors(plan, model.connectors.map((id) => /** @type {any} */ (model.item(id))));
    return plan;
  }

  /** Panels reach down to the bars where people land. */
  #leastHeight = 0;

  /** How much of the view the bars cover: asked of the page once for each of its sizes. */
  #insets() {
    const { w, h } = this.surface.size;
    const key = `${w} ${h} ${this.#scale}`;
    if (this.#covered.key !== key) this.#covered = { key, ...this.#measureBars() };
    return this.#covered;
  }

  #covered = { key: "", top: 88, right: 24, bottom: 92, left: 24 };

  #measureBars() {
    const bottom = this.main.clientHeight - byId("composer").offsetTop;
    const top = Math.max(byId("task").offsetTop + byId("task").offsetHeight, byId("where").offsetTop + byId("where").offsetHeight);
    return { top: Math.max(88, top + 16), right: 24, bottom: Math.max(92, bottom + 20), left: 24 };
  }

  /** @param {string} text @param {string | null} region */
  #add(text, region) {
    const lang = guessLang(text, this.model.who.lang);
    const place = region ? this.acts.end(region) : this.#freePlace();
    const id = this.acts.addNote(text, place, lang);
    for (const marks of this.marks) marks.land(id);
    this.say(region ? t("Note added to {title}", { title: this.model.regionTitle(region) }) : t("Note added"));
    this.#reveal(id);
    if (this.phone.isOpen) {
      this.phone.drawNow();
      this.phone.elementOf(id)?.scrollIntoView({ block: "nearest" });
    }
  }

  /** In `free`, near the middle of what is seen, where nothing lies yet. @param {{x: number, y: number}} [at] */
  #freePlace(at) {
    const { size, plan } = this.surface;
    const near = at ?? this.camera.toWorld({ x: size.w / 2, y: size.h * 0.4 });
    const taken = [...plan.rects].filter(([id]) => !["frame", "connector"].includes(this.model.item(id)?.kind ?? "")).map(([, r]) => r);
    const { x, y } = freeSpot(taken, near);
    return { x: x * 100, y: y * 100 };
  }

  /** @param {string[]} lines @param {string} region */
  #addMany(lines, region) {
    const ids = this.acts.addNotes(lines, region, guessLang(lines[0] ?? "", this.model.who.lang));
    const last = ids.at(-1);
    if (last) this.#reveal(last);
  }

  #editLast() {
    const mine = [...this.model.items.values()].filter((i) => i.kind === "note" && i.by === this.model.me);
    const last = mine.sort((a, b) => (b.at ?? 0) - (a.at ?? 0))[0];
    if (last) this.edit(last.id);
    return Boolean(last);
  }

  /** @param {{x: number, y: number}} point in the world */
  #writeAt(point) {
    for (const [id, r] of this.surface.plan.regions) if (point.x >= r.x && point.x < r.x + r.w) this.composer.setRegion(id);
    this.composer.focus();
  }

  /** @param {string[]} ids */
  #group(ids) {
    const cluster = this.acts.group(ids);
    if (!cluster) return;
    this.selection.set([cluster]);
    this.edit(cluster);
  }

  /** Delete, and give the focus to what comes next. @param {string[]} ids */
  #remove(ids) {
    const order = this.#readingOrder();
    const at = Math.max(...ids.map((id) => order.indexOf(id)));
    const next = order.slice(at + 1).find((id) => !ids.includes(id)) ?? order.slice(0, at).findLast((id) => !ids.includes(id));
    const inView = this.#viewBox().contains(document.activeElement);
    this.acts.remove(ids);
    this.selection.set([], next ?? null);
    if (inView && next) this.#back(next);
  }

  /** @param {string} from @param {string} to */
  #connect(from, to) {
    const id = this.acts.connect(from, to);
    if (!id) return;
    this.selection.set([id]);
    if (!this.list.isOpen && !this.phone.isOpen) this.edit(id);
  }

  /** @param {{file: string, alt: string, w: number, h: number}} image @param {{x: number, y: number} | null} point */
  #addImage(image, point) {
    const { model } = this;
    const ratio = image.h / image.w;
    const w = 36800;
    const size = { ...image, w, h: Math.max(100, Math.round(w * ratio)) };
    const box = this.surface.root.getBoundingClientRect();
    const at = point ? this.camera.toWorld({ x: point.x - box.left, y: point.y - box.top }) : undefined;
    const region = this.composer.region;
    const id = this.acts.addImage(size, model.flows && region ? this.acts.end(region) : this.#freePlace(at));
    this.#reveal(id);
  }

  /** @param {string} id */
  #reveal(id) {
    this.surface.drawNow();
    const rect = this.surface.rectOf(id);
    if (rect && !this.phone.isOpen && !this.list.isOpen) this.look.reveal(rect);
  }

  /** @param {string} id */
  #showHit(id) {
    this.selection.set([id]);
    const item = this.model.item(id);
    const region = item && this.model.regionOf(item);
    if (this.phone.isOpen && region) {
      this.phone.setZone(region);
      this.phone.drawNow();
      this.phone.elementOf(id)?.scrollIntoView({ block: "center" });
    } else this.#reveal(id);
    if (item) this.say(sayAnything(item, this.model));
  }

  #readingOrder() {
    const { model } = this;
    if (!model.flows) return this.surface.plan.order;
    return model.regions.flatMap((r) => model.reading(r.id).map((i) => i.id));
  }

  /** Open what can be done to an item, on touch screens. @param {string} id */
  #sheet(id) {
    const node = (this.phone.isOpen ? this.phone : this.surface).elementOf(id);
    if (node) this.menus.sheet(node, id);
  }

  /** @param {string} id */
  #back(id) {
    if (this.list.isOpen) this.list.focus(id);
    else if (this.phone.isOpen) this.phone.elementOf(id)?.focus();
    else this.focusItem(id);
  }

  #backToView() {
    if (this.list.isOpen) this.list.focus(this.selection.current);
    else if (this.phone.isOpen) byId("phone").focus();
    else this.#viewFocused(true);
  }

  /** The board is one tab stop: from there to the item that has it. @param {boolean} [take] */
  #viewFocused(take = true) {
    const id = this.commands.current;
    if (id && take) this.focusItem(id);
  }

  #selected() {
    const ids = new Set([...this.surface.shownIds, ...this.selection.ids]);
    for (const marks of this.marks) marks.refresh(ids);
    const { current } = this.selection;
    this.surface.root.tabIndex = current && this.surface.elementOf(current) ? -1 : 0;
    this.surface.pin([current, this.writers.surface.id].filter((id) => id !== null));
    this.toolbar.draw();
    this.presence.show({ selection: this.selection.ids.slice(0, 40) });
  }

  /** @param {string | null} id */
  #writing(id) {
    const item = id ? this.model.item(id) : undefined;
    const field = item?.kind === "note" || item?.kind === "heading" ? "text" : item?.kind === "cluster" ? "name" : "title";
    this.presence.show({ writing: id ? { id, field } : null });
    this.toolbar.hide(Boolean(id));
  }

  /** @param {{ids: string[], x: number, y: number} | null} drag */
  #shareDrag(drag) {
    this.toolbar.hide(Boolean(drag));
    this.presence.show({ drag });
  }

  #pickingChanged() {
    const { words } = this.picking;
    const hint = byId("hint");
    hint.textContent = words;
    hint.hidden = !words;
    this.surface.root.classList.toggle("is-picking", Boolean(words));
  }

  #searched() {
    this.surface.root.classList.toggle("is-searching", this.search.isOn);
    byId("phone").classList.toggle("is-searching", this.search.isOn);
    const ids = [...this.surface.shownIds];
    for (const marks of this.marks) marks.refresh(this.phone.isOpen ? this.#readingOrder() : ids);
  }

  #zoneChosen() {
    this.surface.changed(new Set(), true);
    const { region } = this.composer;
    if (region && this.phone.isOpen) this.phone.setZone(region);
    const rect = region ? this.surface.plan.slots.get(region) : undefined;
    if (rect && !this.phone.isOpen && !this.list.isOpen) this.look.reveal(rect);
  }

  #cameraMoved() {
    const percent = Math.round(this.camera.zoom * 100);
    if (percent !== this.#percent) this.bars.drawZoom();
    this.#percent = percent;
    if (this.popover.isOpen && !this.popover.isFor(byId("menu-button"))) this.popover.close();
  }

  #percent = 0;

  /** @param {Set<string>} ids */
  #repaint(ids) {
    this.surface.changed(ids, false);
    this.phone.changed(ids);
    this.list.draw();
  }

  #recoloured() {
    this.surface.sheets.forgetInks();
    this.surface.draw();
  }

  #remeasure() {
    this.metrics.renew(this.#scale);
    this.surface.changed(new Set(), true);
  }

  #scale = 1;

  /** @param {number} percent */
  #textSize(percent) {
    this.#scale = percent / 100;
    document.documentElement.style.fontSize = percent === 100 ? "" : `${percent}%`;
    keep("text", String(percent));
    this.#remeasure();
  }

  #largerText() {
    const next = { 100: 120, 120: 140 }[Math.round(this.#scale * 100)] ?? 100;
    this.#textSize(next);
    this.say(t("Text size {percent} %", { percent: next }));
  }

  /** A narrow page is a phone's; a page zoomed in to 400 % is easier as a list. */
  #chooseView() {
    const narrow = matchMedia("(max-width: 719px)").matches;
    const zoomed = outerWidth / innerWidth >= 3 || (innerWidth <= 480 && innerHeight <= 480);
    const wants = this.list.isOpen ? this.#listByHand : kept("view") === "list";
    this.main.classList.toggle("is-phone", narrow);
    this.#openList(zoomed || wants, zoomed && !wants);
  }

  #listByHand = false;

  /** @param {boolean} open @param {boolean} [byItself] */
  #openList(open, byItself = false) {
    this.#listByHand = open && !byItself;
    const phone = !open && this.main.classList.contains("is-phone");
    if (this.list.isOpen !== open) this.list.show(open);
    if (this.phone.isOpen !== phone) this.phone.show(phone);
    this.main.classList.toggle("is-list", open);
    this.surface.root.hidden = open || phone;
    this.surface.hide(open || phone);
    this.bars?.draw();
  }

  #viewBox() {
    return byId(this.list.isOpen ? "list" : this.phone.isOpen ? "phone" : "view");
  }

  /** @param {HTMLElement} anchor */
  #openPeople(anchor) {
    if (this.popover.isFor(anchor)) return this.popover.close();
    this.popover.open(anchor, peopleList(this.model, this.others.present), { label: t("Who is here"), role: "group", className: "popover--people" });
  }

  #makeMenu() {
    const { page, model, acts } = this;
    return new Menu({
      popover: this.popover, model, languages: page.languages, languageUrl: page.languageUrl, formToken: page.formToken, leaveUrl: page.leaveUrl, exportUrl: page.exportUrl,
      text: { get: () => Math.round(this.#scale * 100), set: (p) => this.#textSize(p) },
      switches: [{ label: t("Show others’ pointers"), on: () => this.others.wanted, turn: (on) => { this.others.wanted = on; keep("cursors", on ? "1" : "0"); } }],
      commands: [
        { icon: "search", label: t("Search the board"), key: "/", act: () => this.search.open() },
        { icon: "list", label: t("List view"), key: "L", act: () => this.toggleList(), when: () => !this.list.isOpen },
        { icon: "map", label: t("Board view"), key: "L", act: () => this.toggleList(), when: () => this.list.isOpen },
        { icon: "undo", label: t("Undo"), act: () => acts.undo(), when: () => this.phone.isOpen },
        { icon: "redo", label: t("Redo"), act: () => acts.redo(), when: () => this.phone.isOpen && this.sync.canRedo },
        { icon: "image", label: t("Add an image"), act: () => this.images?.choose(), when: () => this.phone.isOpen && this.images !== null },
        { icon: "keyboard", label: t("Keyboard shortcuts"), key: "?", act: () => this.dialogs.keys() },
        { icon: "qr", label: t("My way back"), act: () => void this.dialogs.wayBack(), when: () => Boolean(page.returnUrl) },
      ],
      setUp: [
        { icon: "table", label: t("Add a zone"), act: () => this.edit(acts.addRegion(t("New zone")), true), when: () => model.flows },
        { icon: "text", label: t("Add a heading"), act: () => this.#addHeading() },
        { icon: "select", label: t("Add a frame"), act: () => this.#addFrame(), when: () => !model.flows },
      ],
    });
  }

  #addHeading() {
    const region = this.composer.region;
    const id = this.acts.addHeading(t("New heading"), this.model.flows && region ? this.acts.end(region) : this.#freePlace());
    this.#reveal(id);
    this.edit(id, true);
  }

  #addFrame() {
    const id = this.acts.addFrame(t("New frame"), { ...this.#freePlace(), w: 64000, h: 44800 });
    this.#reveal(id);
    this.edit(id, true);
  }
}
