/**
 * The timer on screen: how much is left, to the second, by the server's clock. It writes into elements that carry
 * `data-timer`, so that a second that passes draws nothing else anew; and it speaks at its moments.
 */
import { clockWords } from "../../lib/clock_words.js";
import { t } from "../../lib/words.js";

const SOON_MS = 120_000;
/** A timer shorter than this says nothing about two minutes. */
const LONG_MS = 150_000;

export class TimerFace {
  #next = 0;
  #last = { key: "", left: Infinity };

  /** @param {{root: ParentNode, running: import("../running.js").Running, alert: (words: string) => void, tick: () => void}} parts */
  constructor(parts) {
    this.parts = parts;
    document.addEventListener("visibilitychange", () => this.draw());
  }

  draw() {
    const { root, running, tick } = this.parts;
    const here = running.timer;
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-timer]"))) {
      // Those who lead may look at everyone's time from a table, and at the table's.
      const timer = node.dataset.timer === "room" ? running.timerOf() : node.dataset.timer === "table" ? running.timerOf(running.table) : here;
      const words = timer.state === "none" ? "" : clockWords(timer.left);
      const look = timer.state === "over" || (timer.state === "runs" && timer.left <= SOON_MS) ? "soon" : timer.state;
      node.hidden = timer.state === "none";
      node.dataset.look = look;
      const face = node.querySelector("[data-timer-words]") ?? node;
      if (face.textContent !== words) face.textContent = words;
      const part = timer.of ? Math.min(1, timer.left / timer.of) : 0;
      node.style.setProperty("--part", String(Math.round(part * 1000) / 1000));
      if (node.hasAttribute("role")) node.setAttribute("aria-label", spoken(timer));
    }
    this.#speak(here);
    tick();
    clearTimeout(this.#next);
    const counting = [here, running.timerOf()].filter((one) => one.state === "runs");
    if (counting.length) this.#next = window.setTimeout(() => this.draw(), Math.min(...counting.map((one) => one.left % 1000)) + 5);
  }

  /** At two minutes and at the end, once; not for a timer that was there already when the page came. @param {import("../running.js").Timer} timer */
  #speak(timer) {
    const { alert } = this.parts;
    const key = String(timer.ends ?? "");
    const before = this.#last;
    this.#last = { key, left: timer.left };
    if (!key || before.key !== key) return;
    const passed = (/** @type {number} */ at) => before.left > at && timer.left <= at;
    if (timer.of >= LONG_MS && passed(SOON_MS)) alert(t("2 minutes left"));
    if (passed(0)) alert(t("Time is up. Finish your sentence."));
  }
}

/** For who cannot see it: read when asked, never by itself. @param {import("../running.js").Timer} timer */
function spoken(timer) {
  const minutes = Math.floor(timer.left / 60_000);
  const seconds = Math.ceil((timer.left % 60_000) / 1000);
  if (timer.state === "over") return t("Time is up");
  if (timer.state === "rests") return t("Timer paused, {m} minutes {s} seconds left", { m: minutes, s: seconds });
  return t("{m} minutes {s} seconds left", { m: minutes, s: seconds });
}
