/**
 * Images pasted, dropped or chosen: sent to the server first, which checks and re-encodes them, then put on the board by
 * an op that holds only the file's id.
 */
import { t } from "../../lib/words.js";

const TYPES = /^image\/(png|jpeg|webp|gif)$/;
const MOST_BYTES = 10 * 1024 * 1024;

export class Images {
  /**
   * @param {{
   *   root: HTMLElement, url: string, formToken: string, may: () => boolean, tell: (words: string) => void,
   *   add: (image: {file: string, alt: string, w: number, h: number}, point: {x: number, y: number} | null) => void, signal: AbortSignal,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    const { root, signal } = parts;
    root.addEventListener("dragover", (e) => this.#over(e), { signal });
    root.addEventListener("drop", (e) => this.#drop(e), { signal });
    document.addEventListener("paste", (e) => this.#paste(e), { signal });
  }

  /** Let the person choose a file. */
  choose() {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/png,image/jpeg,image/webp,image/gif";
    input.addEventListener("change", () => input.files?.[0] && void this.#send(input.files[0], null));
    input.click();
  }

  /** @param {DragEvent} event */
  #over(event) {
    if ([...(event.dataTransfer?.items ?? [])].some((i) => i.kind === "file")) event.preventDefault();
  }

  /** @param {DragEvent} event */
  #drop(event) {
    const file = [...(event.dataTransfer?.files ?? [])][0];
    if (!file) return;
    event.preventDefault();
    void this.#send(file, { x: event.clientX, y: event.clientY });
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const file = [...(event.clipboardData?.files ?? [])].find((f) => TYPES.test(f.type));
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    void this.#send(file, null);
  }

  /** @param {File} file @param {{x: number, y: number} | null} point on the page */
  async #send(file, point) {
    const { url, formToken, may, tell, add } = this.parts;
    if (!may()) return tell(t("The board is locked."));
    if (!TYPES.test(file.type)) return tell(t("Only PNG, JPEG, WebP and GIF images can be added."));
    if (file.size > MOST_BYTES) return tell(t("The image is too large: 10 MB at most."));
    tell(t("Sending the image…"));
    try {
      const answer = await fetch(url, { method: "POST", body: file, headers: { "content-type": file.type, "x-form-token": formToken } });
      const told = await answer.json().catch(() => ({}));
      if (!answer.ok) return tell(told.text ?? told.message ?? t("The image could not be added."));
      add({ file: told.file ?? told.id, alt: "", w: told.w ?? told.width, h: told.h ?? told.height }, point);
    } catch {
      tell(t("The image could not be sent: there is no connection."));
    }
  }
}
