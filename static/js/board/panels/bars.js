/** The lower bars beside the field: zoom on the left, undo and list on the right. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t } from "../../lib/words.js";

export class Bars {
  /**
   * @param {{
   *   left: HTMLElement, right: HTMLElement, camera: import("../camera.js").Camera, look: import("../tools/look.js").Look,
   *   sync: import("../sync.js").Sync, acts: import("../acts.js").Acts, isList: () => boolean,
   *   toggleList: () => void, largerText: () => void, keys: () => void, image: (() => void) | null, finished: () => unknown, cheer: () => unknown,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  draw() {
    this.drawZoom();
    render(this.#right(), this.parts.right);
  }

  drawZoom() {
    const { left, isList } = this.parts;
    left.setAttribute("aria-label", isList() ? t("Reading") : t("Zoom"));
    render(isList() ? this.#reading() : this.#zoom(), left);
  }

  #zoom() {
    const { camera, look } = this.parts;
    const percent = Math.round(camera.zoom * 100);
    return html`${tool("minus", t("Zoom out"), () => look.step(-1))}
      <button type="button" class="tool tool--zoom num small strong" aria-label=${t("Zoom {percent} %, back to 100 %", { percent })}
        data-tip=${t("Back to 100 %")} @click=${() => (look.steer(), look.zoom(1))}>${percent}%</button>
      ${tool("plus", t("Zoom in"), () => look.step(1))} ${tool("fit", t("See the whole board"), () => look.fit())}`;
  }

  #reading() {
    const { largerText, keys } = this.parts;
    return html`<button type="button" class="tool tool--label" @click=${largerText}>${icon("text")}${t("Larger text")}</button>
      ${tool("keyboard", t("Keyboard shortcuts"), keys)}`;
  }

  #right() {
    const { sync, acts, isList, toggleList, image, finished, cheer } = this.parts;
    return html`${image ? tool("image", t("Add an image"), image) : nothing}
      ${tool("undo", t("Undo"), () => acts.undo(), !sync.canUndo)}
      ${tool("redo", t("Redo"), () => acts.redo(), !sync.canRedo)}
      <button type="button" class="tool tool--label" aria-pressed=${isList()} @click=${toggleList}>${icon("list")}${t("List")}</button>${cheer()}${finished()}`;
  }
}

/** @param {string} name @param {string} label @param {() => void} act @param {boolean} [off] */
export function tool(name, label, act, off = false) {
  return html`<button type="button" class="tool" aria-label=${label} data-tip=${label} aria-disabled=${off} @click=${act}>${icon(name)}</button>`;
}
