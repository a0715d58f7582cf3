/**
 * What is protected on this board, as one layer: seen at a glance by those who lead, opened for everyone at once and
 * locked again. What is protected stays marked meanwhile, so that nobody has to remember which it was.
 */
import { html, nothing } from "lit-html";
import { icon } from "../lib/dom.js";
import { keep, kept } from "../lib/keep.js";
import { t } from "../lib/words.js";
import { openLayer } from "./ops.js";

const KEPT = "layer";
/** At most so many ops are one (P10, `all`). */
const AT_ONCE = 500;

export class Layer {
  #shown = kept(KEPT) === "1";
  /** @type {boolean | null} */
  #was = null;

  /**
   * @param {{
   *   main: HTMLElement, model: import("./model.js").Model, acts: import("./acts.js").Acts, alert: (words: string) => void, say: (words: string) => void, draw: () => void,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    for (const type of ["change", "loaded"]) {
      parts.model.sync.on(type, (/** @type {{stream: string}} */ e) => e.stream === parts.model.who.board && this.#compare());
    }
    this.#draw();
  }

  get isOpen() {
    return Boolean(this.parts.model.fields.layer_open);
  }

  /** Is there anything in it? */
  get isEmpty() {
    return !this.#all((item) => item.protected).length;
  }

  /** What stands here and is not protected. */
  get others() {
    return this.#all((item) => !item.protected);
  }

  /** @param {(item: import("./model.js").Item) => boolean} wanted */
  #all(wanted) {
    const items = [...this.parts.model.items.values()].filter((item) => item.kind !== "region" && item.kind !== "placement" && item.kind !== "arrangement" && !this.parts.model.isHidden(item.id));
    return items.filter(wanted).map((item) => item.id);
  }

  /** Everyone who writes may change it; or nobody but those who lead. @param {boolean} on */
  open(on) {
    const { model } = this.parts;
    model.sync.ask(model.who.board, openLayer(on));
  }

  /** What stands here now becomes a part of it, at once: taken back by one undo. */
  protectAll() {
    this.parts.acts.protect(this.others.slice(0, AT_ONCE), true);
  }

  /** Outlined, for those who lead. */
  get isShown() {
    return this.#shown;
  }

  set isShown(on) {
    this.#shown = on;
    keep(KEPT, on ? "1" : "0");
    this.#draw();
  }

  #compare() {
    const { model, alert, say, draw } = this.parts;
    if (!model.sync.isLoaded(model.who.board)) return;
    const { isOpen } = this;
    if (this.#was !== null && this.#was !== isOpen) {
      const words = isOpen ? t("Everyone may change what was set up here.") : t("What was set up here is protected again.");
      if (model.leads) say(words);
      else alert(words);
    }
    if (this.#was !== isOpen) draw();
    this.#was = isOpen;
    this.#draw();
  }

  /** What stands among the notices of those who lead: that it is open must not be forgotten. */
  notice() {
    if (!this.isOpen || !this.parts.model.leads) return nothing;
    return html`<p class="notice notice--plain notice--room-acts"><span>${icon("unlock", "i--16")} ${t("Everyone may change what was set up here.")}</span><button type="button" class="btn btn--s" @click=${() => this.open(false)}>${t("Protect it again for everyone")}</button></p>`;
  }

  #draw() {
    const { main, model } = this.parts;
    main.classList.toggle("shows-layer", this.#shown && model.leads);
    main.classList.toggle("is-layer-open", this.isOpen);
  }
}
