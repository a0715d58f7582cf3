/** Moving a step by its grip: where it would land shows as a gap, and letting go puts it there. Escape leaves it. */
const FAR_ENOUGH = 4;
/** So near to the edge of the window the page scrolls along. */
const EDGE = 48;
const SCROLLS = 12;

export class Dragging {
  /** @type {string | null} the step in hand */
  id = null;
  /** The row before which it would land; -1: none. */
  gap = -1;
  #startY = 0;
  #rows = /** @type {HTMLElement[]} */ ([]);
  #from = -1;
  /** @type {AbortController | null} */
  #ends = null;

  /** @param {{move: (id: string, at: number) => void, draw: () => void}} acts */
  constructor(acts) {
    this.acts = acts;
  }

  /** @param {PointerEvent} event @param {string} id */
  start(event, id) {
    if (event.button !== 0) return;
    const grip = /** @type {HTMLElement} */ (event.currentTarget);
    const rows = [.../** @type {NodeListOf<HTMLElement>} */ (grip.closest("ol")?.querySelectorAll(":scope > li") ?? [])];
    this.#rows = rows;
    this.#from = rows.findIndex((row) => row.dataset.step === id);
    this.#startY = event.clientY;
    this.#ends?.abort();
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener("pointermove", (e) => this.#go(e, id), { signal });
    grip.addEventListener("pointerup", () => this.#drop(), { signal });
    grip.addEventListener("pointercancel", () => this.#end(), { signal });
    addEventListener("keydown", (e) => e.key === "Escape" && this.#end(), { signal });
  }

  /** @param {PointerEvent} event @param {string} id */
  #go(event, id) {
    if (this.id === null && Math.abs(event.clientY - this.#startY) < FAR_ENOUGH) return;
    this.id = id;
    if (event.clientY < EDGE) scrollBy(0, -SCROLLS);
    else if (event.clientY > innerHeight - EDGE) scrollBy(0, SCROLLS);
    // Where the rows are now: the page may have been scrolled under the hand.
    const below = this.#rows.findIndex((row) => {
      const { top, height } = row.getBoundingClientRect();
      return event.clientY < top + height / 2;
    });
    this.gap = below < 0 ? this.#rows.length : below;
    this.acts.draw();
  }

  #drop() {
    const { id, gap } = this;
    const from = this.#from;
    this.#end();
    if (id === null || gap < 0) return;
    const at = gap > from ? gap - 1 : gap;
    if (at !== from) this.acts.move(id, at);
  }

  #end() {
    this.#ends?.abort();
    this.#ends = null;
    this.id = null;
    this.gap = -1;
    this.acts.draw();
  }
}
