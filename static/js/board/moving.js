/**
 * When a step takes people to another board. Nobody's caret is taken (design 1.5): who is writing is told, and is moved
 * after Enter, Esc or ten seconds of stillness. Everyone may stay.
 */
import { isWriting } from "../lib/dom.js";

const STILL_MS = 10_000;
const NOTICE_MS = 3_000;
const LOOK_MS = 250;

export class Moving {
  /** @type {string | null} the board people are taken to */
  to = null;
  /** They stay where they are, by their own wish. */
  stays = false;
  #typedAt = -Infinity;
  #toldAt = 0;
  #timer = 0;
  #wasWaiting = false;

  /**
   * @param {{here: string, go: (board: string) => void, draw: () => void, now?: () => number}} parts `here`: this board
   * @param {AbortSignal} signal
   */
  constructor({ here, go, draw, now = () => performance.now() }, signal) {
    this.parts = { here, go, draw, now };
    document.addEventListener("input", (e) => isWriting(e.target) && (this.#typedAt = now()), { signal, capture: true });
    document.addEventListener("keydown", (e) => this.#key(e), { signal, capture: true });
    signal.addEventListener("abort", () => clearInterval(this.#timer));
  }

  /** Somebody is in the middle of a sentence. */
  get isBusy() {
    return isWriting(document.activeElement) && this.parts.now() - this.#typedAt < STILL_MS;
  }

  /** The step that has begun is elsewhere. @param {string} board @param {boolean} atOnce whoever started it needs no notice */
  begin(board, atOnce) {
    if (board === this.parts.here) return this.stop();
    this.to = board;
    this.stays = false;
    this.#toldAt = atOnce ? -Infinity : this.parts.now();
    clearInterval(this.#timer);
    this.#timer = window.setInterval(() => this.#look(), LOOK_MS);
    this.#look();
    this.parts.draw();
  }

  /** People are there already when they come: nothing moves, but they can follow. @param {string} board */
  offer(board) {
    if (board === this.parts.here) return this.stop();
    this.to = board;
    this.stay();
  }

  goNow() {
    const { to } = this;
    this.stop();
    if (to) this.parts.go(to);
  }

  stay() {
    this.stays = true;
    clearInterval(this.#timer);
    this.parts.draw();
  }

  stop() {
    clearInterval(this.#timer);
    this.to = null;
    this.parts.draw();
  }

  #look() {
    if (this.#wasWaiting !== this.isBusy) {
      this.#wasWaiting = this.isBusy;
      this.parts.draw();
    }
    if (this.isBusy || this.parts.now() - this.#toldAt < NOTICE_MS) return;
    this.goNow();
  }

  /** Enter and Esc end a sentence. @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape") || event.shiftKey) return;
    // After what the key does by itself.
    setTimeout(() => (this.#typedAt = -Infinity));
  }
}
