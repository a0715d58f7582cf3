/** "Your next note lands here": an outline in the zone that the field writes to. */
import { t } from "../../lib/words.js";

export class Ghost {
  #at = "";

  /** @param {import("../surface.js").Surface} surface @param {() => string | null} region */
  constructor(surface, region) {
    this.surface = surface;
    this.region = region;
    this.node = document.createElement("div");
    this.node.className = "note is-ghost";
    this.node.setAttribute("aria-hidden", "true");
    this.words = document.createElement("span");
    this.words.className = "note__mid";
    this.node.append(this.words);
    surface.layer.append(this.node);
    surface.addEventListener("drawn", () => this.draw());
  }

  draw() {
    const { surface, node } = this;
    const region = this.region();
    const slot = region ? surface.plan.slots.get(region) : undefined;
    node.hidden = !slot || surface.camera.level === "sheets" || !surface.model.may("add");
    if (!slot) return;
    if (!this.words.textContent) this.words.textContent = t("Your next note lands here");
    const at = `${slot.x} ${slot.y}`;
    if (at === this.#at) return;
    this.#at = at;
    node.style.translate = `${slot.x}px ${slot.y}px`;
    node.style.height = `${slot.h}px`;
  }
}
