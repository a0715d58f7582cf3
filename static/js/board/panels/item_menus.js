/**
 * The menus of items: papers, places, reactions, more, and the sheet of a phone. One set for toolbar, list and phone; the
 * focus goes back to the item when one closes.
 *
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { draws, serves } from "../cards/kinds.js";
import { languageName } from "../languages.js";
import { languagesOf } from "../translations.js";
import { papers, places, reactions } from "./choices.js";
import { commentRow } from "./comment_words.js";
import { Serving } from "./serving.js";

export class ItemMenus {
  /**
   * @param {{
   *   model: import("../model.js").Model, acts: import("../acts.js").Acts, popover: import("./popover.js").Popover,
   *   edit: (id: string) => void, connect: (id: string) => void, group: (ids: string[]) => void,
   *   remove: (ids: string[]) => void, back: (id: string) => void, isPhone: () => boolean,
   *   spotlight: () => import("../spotlight.js").Spotlight, merging: import("./merged.js").Merged, comment: (id: string) => void, translate: (id: string) => void, map: () => import("../maps/system_map.js").SystemMap | undefined,
   *   card: (id: string) => void, ground: () => import("../cards/ground.js").Ground,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    this.model = parts.model;
    this.serving = new Serving({ model: parts.model, popover: parts.popover, say: (words) => parts.acts.tell.say(words) });
  }

  /** @param {HTMLElement} anchor @param {string[]} ids */
  papers(anchor, ids) {
    const { popover, acts } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const first = this.model.item(ids[0]);
    const content = papers(this.model, first ? this.model.paper(first) : null, (paper, name) => this.#done(ids, () => acts.recolour(ids, paper, name)));
    popover.open(anchor, content, { label: t("Colour"), className: "popover--papers", focus: "[aria-checked=true]", back: null });
  }

  /** @param {HTMLElement} anchor @param {string[]} ids */
  places(anchor, ids) {
    const { popover, acts } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const first = this.model.item(ids[0]);
    if (!first) return;
    const content = places(this.model, first, {
      region: (id) => this.#done(ids, () => acts.moveToRegion(ids, id)),
      cluster: (id) => this.#done(ids, () => acts.join(ids, id)),
    });
    popover.open(anchor, content, { label: t("Move to") });
  }

  /** @param {HTMLElement} anchor @param {string[]} ids */
  reactions(anchor, ids) {
    const { popover, acts } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const first = this.model.item(ids[0]);
    if (!first) return;
    const content = reactions(first, this.model.me, (reaction) => this.#done(ids, () => ids.forEach((id) => acts.react(id, reaction))));
    popover.open(anchor, content, { label: t("React"), className: "popover--faces" });
  }

  /** @param {HTMLElement} anchor @param {string} id */
  more(anchor, id) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    const item = this.model.item(id);
    if (item) popover.open(anchor, this.#rows(item, anchor, false), { label: t("More") });
  }

  /** On a phone: everything that can be done to an item, at the thumb. @param {HTMLElement} anchor @param {string} id */
  sheet(anchor, id) {
    const { popover } = this.parts;
    const item = this.model.item(id);
    if (!item) return;
    const words = item.text ?? item.label ?? item.name ?? item.alt ?? "";
    popover.open(
      anchor,
      html`<div class="sheet__bar"></div><div class="row sheet__head"><b class="strong grow clip" dir="auto" lang=${item.lang ?? nothing}>${words || t("Note")}</b>
        <button type="button" class="tool" aria-label=${t("Close")} @click=${() => popover.close()}>${icon("x")}</button></div>
        <div role="menu" aria-label=${t("What you can do")}>${this.#rows(item, anchor, true)}</div>`,
      { label: t("Note"), role: "dialog", className: "popover--sheet", focus: ".menu__item" },
    );
  }

  /** @param {Item} item @param {HTMLElement} anchor @param {boolean} whole also what the toolbar has */
  #rows(item, anchor, whole) {
    const { model } = this;
    const { acts, connect, group, edit, merging, comment } = this.parts;
    const { id, kind } = item;
    const ids = [id];
    if (kind === "factor" || kind === "causal_link") {
      return html`${this.parts.map()?.menus.rows(item, anchor, (name, label, key, act) => this.#row(name, label, key, act))}
        ${model.leads && kind === "factor" ? this.#spotlight(id) : nothing}${this.#last(item)}`;
    }
    const note = kind === "note";
    const inCluster = Boolean(item.cluster && model.item(item.cluster));
    const others = model.regions.filter((r) => r.id !== model.regionOf(item)).map((r) => model.words(r, "title")).join(", ");
    const region = model.regionOf(item);
    const next = this.#nextStage(item);
    const { votes } = model;
    const isOption = Boolean(whole && votes?.isVoting && votes.isOption(id));
    return html`${isOption ? html`${this.#row("vote", t("Give a dot"), "V", () => votes?.give(id))}${votes?.dotsOn(id) ? this.#row("minus", t("Take a dot back"), "", () => votes?.take(id)) : nothing}` : nothing}
      ${whole && model.may("edit_text", item) && kind !== "image" ? this.#row("edit", t("Edit the text"), "", () => edit(id)) : nothing}
      ${note && serves(model, item) ? this.#row("edit", draws(model, item) ? t("Draw and say more") : t("Say more about it"), "", () => this.parts.card(id)) : nothing}
      ${note && next && model.may("add") && model.may("connect", item) && !model.hides ? this.#row("arrow", t("Take on to {title}", { title: model.regionTitle(next.id) }), "", () => this.#done(ids, () => acts.takeOn(ids, next.id))) : nothing}
      ${note && this.parts.ground().isOn && model.may("move", item) ? this.#row("map", t("Move to a field of the map"), "", () => this.parts.ground().fields(anchor, id)) : nothing}
      ${whole && model.flows && model.may("move", item) ? this.#row("arrow", t("Move to"), "", () => this.places(anchor, ids), others) : nothing}
      ${whole && ["note", "image", "cluster"].includes(kind) && model.may("react", item) ? this.#row("smile", t("React"), "", () => this.reactions(anchor, ids)) : nothing}
      ${whole && note && model.may("recolour", item) ? this.#row("sliders", t("Colour"), "", () => this.papers(anchor, ids)) : nothing}
      ${note && model.may("move", item) && !model.isHidden(id) ? this.#row("persona", t("Whom is this for?"), "", () => this.serving.open(anchor, id)) : nothing}
      ${commentRow(model, item, (name, label, key, act, under) => this.#row(name, label, key, act, under), comment)}
      ${note && !model.isHidden(id) ? merging.rows(item, anchor, (name, label, key, act) => this.#row(name, label, key, act)) : nothing}
      ${note && (model.may("translate", item) || model.may("edit_text", item)) ? this.#row("translate", t("Language and translations"), "T", () => this.parts.translate(id), html`<bdi>${this.#languages(item)}</bdi>`) : nothing}
      ${note && model.may("cluster", item) && !inCluster ? this.#row("group", t("Make a group"), "G", () => group(ids)) : nothing}
      ${inCluster && region && model.flows ? this.#row("external", t("Take out of the group"), "", () => this.#done(ids, () => acts.moveToRegion(ids, region))) : nothing}
      ${kind === "cluster" ? this.#row("tables", t("Take the group apart"), "", () => acts.ungroup(id)) : nothing}
      ${kind !== "connector" && model.may("connect", item) ? this.#row("connect", t("Connect to…"), "C", () => connect(id)) : nothing}
      ${kind === "image" && model.may("edit_text", item) ? this.#row("text", t("Describe the image"), "", () => edit(id)) : nothing}
      ${["frame", "image"].includes(kind) && !model.flows && model.may("move", item) ? html`${this.#row("plus", t("Larger"), "", () => this.#done(ids, () => acts.scale(id, 1.25)))}${this.#row("minus", t("Smaller"), "", () => this.#done(ids, () => acts.scale(id, 0.8)))}` : nothing}
      ${model.leads && kind !== "connector" ? this.#spotlight(id) : nothing}
      ${this.#last(item)}`;
  }

  /** Where each zone is a stage, the one after the item's. @param {Item} item */
  #nextStage(item) {
    const { regions, fields, layout } = this.model;
    if (layout !== "zones" || regions.length !== fields.rounds) return undefined;
    return regions[regions.findIndex((r) => r.id === this.model.regionOf(item)) + 1];
  }

  /** What every item's menu ends with. @param {Item} item */
  #last(item) {
    const { model } = this;
    const { acts, remove } = this.parts;
    const { id, kind } = item;
    return html`${model.leads ? this.#row(item.protected ? "unlock" : "lock", item.protected ? t("Let everyone change it") : t("Protect it"), "", () => acts.protect([id], !item.protected)) : nothing}
      ${kind !== "cluster" && model.may("delete", item) ? this.#row("trash", t("Delete"), t("Del"), () => remove([id]), "", "btn--danger") : nothing}`;
  }

  /** The note's own, then those it has been translated into. @param {Item} note */
  #languages(note) {
    return [...(note.lang ? [note.lang] : []), ...languagesOf(/** @type {any} */ (note))].map(languageName).join(", ");
  }

  /** @param {string} id */
  #spotlight(id) {
    const spotlight = this.parts.spotlight();
    const on = spotlight.isOn(id);
    return this.#row("eye", on ? t("Show it no longer") : t("Show it to everyone"), "", () => spotlight.show(on ? null : id));
  }

  /** @param {string} name @param {string} label @param {string} key @param {() => void} act @param {unknown} [under] @param {string} [look] */
  #row(name, label, key, act, under = "", look = "") {
    return html`<button type="button" role="menuitem" class="menu__item ${look}" aria-keyshortcuts=${key.length === 1 ? key : nothing}
      @click=${() => { this.parts.popover.close(true); act(); }}>
      ${icon(name)}<span class="grow">${label}${under ? html`<br><span class="tiny muted">${under}</span>` : nothing}</span>
      ${key && !this.parts.isPhone() ? html`<span class="kbd">${key}</span>` : nothing}</button>`;
  }

  /** @param {string[]} ids @param {() => void} act */
  #done(ids, act) {
    this.parts.popover.close(false);
    act();
    this.parts.back(ids[0]);
  }
}
