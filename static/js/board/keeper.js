/**
 * The keyboard never loses its place. When what had the focus goes away (an item that was undone, a toolbar that closes, a
 * button that has nothing to do any more), the browser gives the focus to nothing; here it comes back to the board.
 */
export class Keeper {
  /** @type {Element | null} what had the focus last */
  #last = null;
  #frame = 0;
  #again = false;

  /** @param {{main: HTMLElement, back: () => void}} parts `back`: where to, when it is lost @param {AbortSignal} signal */
  constructor({ main, back }, signal) {
    this.back = back;
    main.addEventListener("focusin", (e) => (this.#last = /** @type {Element} */ (e.target)), { signal });
  }

  /** Something changed: once it is drawn, see whether it took the focus along. */
  look() {
    // Views are drawn in the next frame; the one after that has come when they are in the page.
    if (this.#frame) this.#again = true;
    else this.#frame = requestAnimationFrame(() => (this.#frame = requestAnimationFrame(() => this.#look())));
  }

  #look() {
    this.#frame = 0;
    // What changed since the look was asked for may be drawn later in this very frame.
    if (this.#again) {
      this.#again = false;
      this.look();
    }
    const last = this.#last;
    if (!last || document.activeElement !== document.body) return;
    // Still there: the person has let go of it on purpose.
    if (last.isConnected && last.checkVisibility() && !last.matches(":disabled")) return;
    this.back();
  }
}
