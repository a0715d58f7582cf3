// Who tells whom: what the parts of a board do when another one has changed, and what others are shown of it.

import { byId } from "../lib/dom.js";
import { t } from "../lib/words.js";
import { TEXT_FIELD } from "./model.js";

const SELECTION_SHOWN = 40;
const WRITTEN_SHOWN = 240;

/** @typedef {import("./board.js").Board} Board */

export class Listening {
  #percent = 0;

  /** @param {Board} board @param {AbortSignal} signal */
  constructor(board, signal) {
    this.board = board;
    this.#listen(signal);
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const { sync, model, redraw, surface, views, main, phone, composer, notices, selection, picking, search, toolbar, bars, writers, zones, seated } = this.board;
    const { board, workshop } = model.who;
    sync.on("change", (e) => (e.stream === board ? redraw.board(e) : e.stream === workshop && redraw.workshop()));
    sync.on("change", (e) => e.stream === board && zones.draw());
    sync.on("change", (e) => (e.stream === board || e.stream === workshop) && this.board.furnish());
    sync.on("change", (e) => (e.stream === board || e.stream === workshop) && this.#worked());
    sync.on("change", () => this.board.sheets?.translating.draw());
    const begun = sync.on("change", () => main.dataset.ready !== undefined && (begun(), location.hash === "#translate" && this.board.translate()));
    sync.on("status", (status) => (redraw.status(status), this.board.wings.line(status.online)));
    sync.on("refused", (e) => this.#refused(e));
    sync.on("unfollowed", (e) => e.code === "unknown" && (e.stream === workshop || (e.stream === board && !seated.isLeaving())) && this.board.end("forbidden"));
    /** @param {EventTarget} from @param {string} type @param {() => void} act */
    const on = (from, type, act) => from.addEventListener(type, act, { signal });
    on(selection, "change", () => this.#selected());
    on(picking, "change", () => this.#pickingChanged());
    on(search, "change", () => this.#searched());
    on(notices, "change", () => redraw.waiting());
    on(notices, "closed", () => (phone.isOpen ? byId("phone") : surface.root).focus());
    main.addEventListener("full", (e) => this.#full(/** @type {CustomEvent} */ (e).detail), { signal });
    on(composer, "region", () => this.#zoneChosen());
    on(phone, "zone", () => composer.setRegion(phone.zone));
    on(surface, "drawn", () => toolbar.place());
    on(surface, "camera", () => this.#cameraMoved());
    on(surface, "resized", () => views.choose());
    on(surface.root, "focus", () => views.enter());
    surface.root.addEventListener("click", (e) => this.#zonePressed(/** @type {Element} */ (e.target)), { signal });
    on(views, "change", () => bars.draw());
    for (const writer of Object.values(writers)) on(writer, "change", () => this.writing(writer.id));
    on(writers.surface, "grown", () => this.#grown());
    on(window, "themechange", () => this.#recoloured());
    on(window, "resize", () => views.choose());
    on(matchMedia("(prefers-color-scheme: dark)"), "change", () => this.#recoloured());
    on(document.fonts, "loadingdone", () => views.remeasure());
    const said = byId("said");
    new ResizeObserver(() => views.makeRoom(said.offsetHeight && said.offsetHeight + 8)).observe(said);
  }

  /** Rounds, a map and an open card follow what the board became. */
  #worked() {
    const { rounds, ground, sheets } = this.board;
    if (rounds.isOn) rounds.draw();
    ground.draw();
    sheets?.card.draw();
  }

  /** @param {import("./panels/why.js").Refused} refused */
  #refused(refused) {
    const { room, notices, refusals } = this.board;
    if (room.refused(refused)) return;
    notices.refused();
    refusals.add(refused);
  }

  /** Words did not go into a text that is full: a letter is only said, what was pasted is given back. @param {import("./tools/text_field.js").Full} full */
  #full({ id, field, words, most }) {
    const { model, notices, refusals } = this.board;
    if (words.length <= 1) return notices.tell(t("No more words fit in here."));
    const op = { type: "edit_text", id, field };
    refusals.add({ stream: model.who.board, n: 0, op, code: "limit", data: { limit: "text", most }, text: words });
  }

  #selected() {
    const { surface, selection, writers, presence, marks, toolbar, keeper } = this.board;
    const { current } = selection;
    for (const each of marks) each.refresh(new Set([...surface.shownIds, ...selection.ids]));
    surface.root.tabIndex = current && surface.elementOf(current) ? -1 : 0;
    surface.pin([current, writers.surface.id].filter((id) => id !== null));
    toolbar.draw();
    keeper.look();
    presence.show({ selection: selection.ids.slice(0, SELECTION_SHOWN) });
  }

  /** In what somebody writes, for all to see. @param {string | null} id */
  writing(id) {
    const { model, presence, toolbar } = this.board;
    const kind = id ? model.item(id)?.kind : undefined;
    presence.show({ writing: kind ? { id, field: TEXT_FIELD[kind] } : null });
    toolbar.hide(Boolean(kind));
  }

  /** The end of what is being written stays clear of the bars. */
  #grown() {
    const { surface, look, writers } = this.board;
    surface.drawNow();
    const rect = surface.rectOf(writers.surface.id ?? "");
    const h = Math.min(rect?.h ?? 0, WRITTEN_SHOWN);
    if (rect) look.reveal({ ...rect, y: rect.y + rect.h - h, h }, true);
  }

  #pickingChanged() {
    const { picking, surface } = this.board;
    const { words } = picking;
    const hint = byId("hint");
    hint.textContent = words;
    hint.hidden = !words;
    surface.root.classList.toggle("is-picking", Boolean(words));
  }

  #searched() {
    const { search, surface, phone, views, marks } = this.board;
    for (const box of [surface.root, byId("phone")]) box.classList.toggle("is-searching", search.isOn);
    for (const each of marks) each.refresh(phone.isOpen ? views.readingOrder : surface.shownIds);
  }

  #zoneChosen() {
    const { composer, surface, phone, views, look } = this.board;
    const { region } = composer;
    surface.changed(new Set(), true);
    if (region && phone.isOpen) phone.setZone(region);
    const slot = region ? surface.plan.slots.get(region) : undefined;
    if (slot && views.box.id === "view") look.reveal(slot);
  }

  #cameraMoved() {
    const { camera, bars, popover, surface } = this.board;
    const percent = Math.round(camera.zoom * 100);
    if (percent !== this.#percent) bars.drawZoom();
    this.#percent = percent;
    if (popover.isIn(surface.root)) popover.close();
  }

  #recoloured() {
    const { surface } = this.board;
    surface.sheets.forgetInks();
    surface.draw();
  }

  /** @param {Element} target */
  #zonePressed(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest(".zone__more"));
    const id = /** @type {HTMLElement | null} */ (button?.closest("[data-id]"))?.dataset.id;
    if (button && id) this.board.zones.open(button, id);
  }
}
