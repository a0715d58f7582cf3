/**
 * What each command of the keyboard does, on the surface, in the list and on the phone. `keyboard.js` says which key is
 * which command; the acts themselves are in acts.js.
 */
import { t, tn } from "../lib/words.js";
import { nearest } from "./going.js";
import { withContents } from "./layouts/free.js";

const STEP = 800;
const FAR = 4000;

export class Commands {
  /**
   * @param {{
   *   model: import("./model.js").Model, views: import("./views.js").Views, surface: import("./surface.js").Surface, selection: import("./selection.js").Selection,
   *   acts: import("./acts.js").Acts, look: import("./tools/look.js").Look, hand: import("./tools/hand.js").Hand,
   *   composer: import("./panels/composer.js").Composer, toolbar: import("./panels/toolbar.js").Toolbar,
   *   menus: import("./panels/item_menus.js").ItemMenus, list: import("./list.js").List, search: import("./panels/search.js").Search, dialogs: import("./panels/dialogs.js").Dialogs,
   *   picking: import("./picking.js").Picking, say: (words: string) => void,
   *   edit: (id: string) => void, group: (ids: string[]) => void, remove: (ids: string[]) => void, translate: (id: string) => void, dismiss: () => boolean, asking: () => import("./panels/asking.js").Asking, cheering: import("./cheering.js").Cheering,
   *   map: () => import("./maps/system_map.js").SystemMap | undefined,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {string} command @returns {boolean} whether it was done */
  run(command) {
    const [verb, what] = command.split(" ");
    switch (verb) {
      case "field": return done(this.parts.composer.focus());
      case "edit": return this.#edit();
      case "leave": return this.#leave();
      case "select": return this.#select();
      case "places": return this.#withSelection((ids) => this.#menu("move", ids));
      case "react": return this.#withSelection((ids) => this.#menu("react", ids));
      case "translate":
        // The same key is the strength of a link.
        if (this.#map?.menus.key("strength", this.current)) return true;
        return this.#withSelection(([id]) => this.parts.translate(id));
      case "group": return this.#withSelection((ids) => this.parts.group(ids));
      case "delete": return this.#withSelection((ids) => this.parts.remove(ids));
      case "connect": return this.#withSelection(([id]) => this.#connect(id));
      case "map": return Boolean(this.#map?.menus.key(what, this.current));
      case "dot": return this.#dot(what === "take");
      case "finished": return this.#said((asking) => asking.finish(!asking.attention.isFinished));
      case "help": return this.#said((asking) => asking.help(asking.attention.myHelp === undefined));
      case "cheer": return this.#cheer();
      case "list": return done(this.parts.views.toggleList());
      case "search": return done(this.parts.search.open());
      case "keys": return done(this.parts.dialogs.keys());
      case "undo": return done(this.parts.acts.undo());
      case "redo": return done(this.parts.acts.redo());
      case "all": return this.#all();
      case "go": return this.#go(/** @type {any} */ (what));
      case "first": return this.#end(0);
      case "last": return this.#end(-1);
      case "zone": return what === "before" ? this.#zone(-1) : what === "after" ? this.#zone(1) : this.parts.composer.chooseAt(Number(what));
      case "move": return this.#move(what, STEP);
      case "far": return this.#move(what, FAR);
      case "zoom": return this.#onSurface(() => this.parts.look.step(what === "in" ? 1 : -1));
      case "fit": return this.#onSurface(() => this.parts.look.fit());
      default: return false;
    }
  }

  /** Where arrows start from. */
  get current() {
    return this.parts.views.current;
  }

  #edit() {
    const id = this.current;
    if (!id) return false;
    const { model, selection, picking, toolbar, list, edit } = this.parts;
    if (picking.pick(id)) return true;
    const item = model.item(id);
    if (item && model.may("edit_text", item) && item.kind !== "image") return done(edit(id));
    selection.set([id]);
    if (!list.isOpen) toolbar.focus();
    this.parts.say(t("Only the person who wrote a note can change its words. Here is what you can do."));
    return true;
  }

  #leave() {
    const { hand, picking, search, selection, composer, dismiss } = this.parts;
    if (hand.busy) return done(hand.cancel());
    if (picking.stop()) return true;
    if (selection.size) return done(selection.clear());
    if (search.isOpen) return done(search.close());
    if (dismiss()) return true;
    return done(composer.focus());
  }

  #select() {
    const id = this.current;
    if (!id) return false;
    const { selection, say } = this.parts;
    selection.toggle(id);
    say(selection.has(id) ? t("selected, {n} in all. Tab goes to what you can do.", { n: selection.size }) : t("no longer selected"));
    return true;
  }

  /** Of those who take part. @param {(asking: import("./panels/asking.js").Asking) => void} act */
  #said(act) {
    const asking = this.parts.asking();
    if (!asking.attention.takesPart) return false;
    return done(act(asking));
  }

  #cheer() {
    const { cheering } = this.parts;
    const anchor = document.querySelector(".cheer-button") ?? document.getElementById("menu-button");
    if (!cheering.may || !anchor) return false;
    return done(cheering.open(/** @type {HTMLElement} */ (anchor)));
  }

  /** @param {(ids: string[]) => void} act */
  #withSelection(act) {
    const { selection } = this.parts;
    const id = this.current;
    if (!selection.size && id) selection.set([id]);
    if (!selection.size) return false;
    this.parts.toolbar.draw();
    act(selection.ids);
    return true;
  }

  /** Where this board is one. */
  get #map() {
    const map = this.parts.map();
    return map?.isOn ? map : undefined;
  }

  /** A factor is linked by choosing from a list, anything else by pressing it. @param {string} id */
  #connect(id) {
    const { list, toolbar, map, picking, model } = this.parts;
    const anchor = model.item(id)?.kind !== "factor" ? null : list.isOpen ? list.button(id, "link") : toolbar.button("link");
    if (anchor) map()?.menus.linkTo(anchor, id, "+");
    else picking.start(id, "connect");
  }

  /** @param {"move" | "react"} name @param {string[]} ids */
  #menu(name, ids) {
    const { list, toolbar, menus } = this.parts;
    const anchor = list.isOpen ? list.button(ids[0], name) : toolbar.button(name);
    if (anchor) (name === "move" ? menus.places(anchor, ids) : menus.reactions(anchor, ids));
  }

  /** @param {boolean} back */
  #dot(back) {
    const { model, selection } = this.parts;
    const id = selection.only ?? this.current;
    if (!id || !model.votes?.now) return false;
    if (back) model.votes.take(id);
    else model.votes.give(id);
    return true;
  }

  #all() {
    const { selection, surface, model, say } = this.parts;
    const ids = surface.plan.order.filter((id) => ["note", "factor"].includes(model.item(id)?.kind ?? ""));
    selection.set(ids);
    say(tn("{n} selected", "{n} selected", ids.length));
    return true;
  }

  /** @param {"left" | "right" | "up" | "down"} way */
  #go(way) {
    const { list, surface, views } = this.parts;
    if (list.isOpen) return way === "up" || way === "down" ? done(list.step(way === "down" ? 1 : -1)) : false;
    const from = this.current;
    if (!from) return false;
    const here = document.activeElement?.closest("[data-id]");
    const to = here ? nearest(surface.plan.rects, from, way, (id) => views.isWalkable(id)) : from;
    if (to) views.focus(to);
    return true;
  }

  /** @param {0 | -1} at */
  #end(at) {
    const { model, views } = this.parts;
    const item = this.current ? model.item(this.current) : undefined;
    const region = item && model.regionOf(item);
    const all = region ? model.reading(region) : model.loose;
    const to = all.at(at)?.id;
    if (!to) return false;
    return done(views.focus(to));
  }

  /** @param {1 | -1} way */
  #zone(way) {
    const { model, views, say } = this.parts;
    const item = this.current ? model.item(this.current) : undefined;
    const at = model.regions.findIndex((r) => r.id === (item && model.regionOf(item)));
    for (let i = at + way; i >= 0 && i < model.regions.length; i += way) {
      const [first] = model.reading(model.regions[i].id);
      if (!first) continue;
      say(model.words(model.regions[i], "title"));
      return done(views.focus(first.id));
    }
    return true;
  }

  /** @param {string} way @param {number} step hundredths of a pixel */
  #move(way, step) {
    const { model, selection, acts, views, surface } = this.parts;
    const id = this.current;
    const ids = selection.size ? selection.ids : id ? [id] : [];
    const items = ids.map((i) => model.item(i)).filter((i) => i && model.may("move", i));
    if (!items.length || !id) return false;
    if (!model.flows) acts.moveBy(withContents(surface.plan, model.items, ids), way === "left" ? -step : way === "right" ? step : 0, way === "up" ? -step : way === "down" ? step : 0);
    else if (way === "left" || way === "right") acts.shiftRegion(ids, way === "right" ? 1 : -1);
    else acts.shift(ids[0], way === "down" ? 1 : -1);
    return done(views.focus(id));
  }

  /** @param {() => void} act */
  #onSurface(act) {
    if (this.parts.list.isOpen) return false;
    act();
    return true;
  }
}

/** @param {unknown} _nothing */
function done(_nothing) {
  return true;
}
