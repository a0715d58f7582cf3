/**
 * The keys of the board. Single keys work only while the board, list or phone view has the focus, and can be switched
 * off; they go by the key's place (`event.code`), so they work on Georgian and Cyrillic keyboards. Browser zoom keys are
 * never taken. The table is also what the help shows.
 *
 * @typedef {{code: string, shift?: boolean, alt?: boolean, command?: boolean}} Stroke
 */
import { isWriting } from "../lib/dom.js";
import { t } from "../lib/words.js";

/** For people: what to press, what it does. */
export function keyTable() {
  return [
    ["N", t("go to the field")],
    ["Enter", t("add the note; on the board: edit")],
    ["Shift Enter", t("new line")],
    ["↑", t("in the empty field: edit my last note")],
    ["Alt 1–9", t("choose the zone")],
    ["Tab", t("field, board, bars")],
    ["← ↑ → ↓", t("nearest note that way")],
    ["Home End", t("first, last note of the zone")],
    ["PgUp PgDn", t("zone before, after")],
    ["Space", t("select, add to what is selected")],
    ["Esc", t("stop, then clear, then leave")],
    ["M", t("Move to…")],
    ["Alt ← ↑ → ↓", t("move: a place on or back, or to the next zone")],
    ["G", t("group")],
    ["C", t("connect")],
    ["R", t("react")],
    ["T", t("translate")],
    ["Shift R", t("react for everyone to see")],
    ["S D T", t("on a link of a system map: sign, delay, strength")],
    ["U D P", t("on a factor: what moves it, what it moves, keep in place")],
    ["O", t("on a system map: next loop")],
    ["V", t("in a vote: give a dot")],
    ["Shift V", t("in a vote: take a dot back")],
    ["Delete", t("delete mine, with Undo")],
    ["Ctrl Z", t("undo")],
    ["Ctrl Shift Z", t("redo")],
    ["+ − 0", t("zoom in, out, whole board")],
    ["L", t("list")],
    ["F", t("I’m finished")],
    ["H", t("Ask for help")],
    ["/", t("search")],
    ["?", t("this table")],
    ["Alt Shift L", t("follow whoever leads, or stop; for those who lead: lead my view")],
    ["Alt Shift P, N, B, K", t("for those who lead: pause, next step, bring everyone here, lock")],
  ];
}

/** Which command a key press means; null when it is none of ours. @param {KeyboardEvent | {code: string, key: string, altKey: boolean, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean}} e */
export function commandOf(e) {
  const command = e.ctrlKey || e.metaKey;
  if (command && !e.altKey) {
    if (e.code === "KeyZ") return e.shiftKey ? "redo" : "undo";
    if (e.code === "KeyY") return "redo";
    if (e.code === "KeyA") return "all";
    return null;
  }
  if (e.altKey && !command) {
    if (/^Digit[1-9]$/.test(e.code)) return `zone ${Number(e.code.slice(5)) - 1}`;
    if (e.code.startsWith("Arrow")) return `${e.shiftKey ? "far" : "move"} ${e.code.slice(5).toLowerCase()}`;
    return null;
  }
  if (e.key === "?") return "keys";
  if (e.code === "KeyR" && e.shiftKey) return "cheer";
  if (e.code === "KeyV") return e.shiftKey ? "dot take" : "dot give";
  return PLAIN[e.code] ?? null;
}

/**
 * Which entry of an open menu a key press means: the one that shows this key, by the key's place as above.
 * @template {{getAttribute: (name: string) => string | null}} T
 * @param {{code: string, altKey: boolean, ctrlKey: boolean, metaKey: boolean, shiftKey: boolean}} e @param {T[]} entries
 */
export function entryOf(e, entries) {
  if (e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return undefined;
  const key = /^(?:Key|Digit|Numpad)(\w)$/.exec(e.code)?.[1];
  return key && entries.find((entry) => entry.getAttribute("aria-keyshortcuts") === key);
}

/** @type {Record<string, string>} */
const PLAIN = {
  KeyN: "field", Enter: "edit", NumpadEnter: "edit", Escape: "leave", Space: "select", KeyM: "places", KeyG: "group",
  KeyS: "map sign", KeyD: "map delay", KeyU: "map upstream", KeyP: "map pin", KeyO: "map loop",
  KeyC: "connect", KeyR: "react", KeyT: "translate", KeyF: "finished", KeyH: "help", Delete: "delete", Backspace: "delete", KeyL: "list", Slash: "search",
  ArrowLeft: "go left", ArrowRight: "go right", ArrowUp: "go up", ArrowDown: "go down",
  Home: "first", End: "last", PageUp: "zone before", PageDown: "zone after",
  Equal: "zoom in", NumpadAdd: "zoom in", Minus: "zoom out", NumpadSubtract: "zoom out", Digit0: "fit", Numpad0: "fit",
};
/** These work from anywhere on the page, fields too. */
const EVERYWHERE = /^zone \d/;

export class Keyboard {
  /** Single keys can be switched off. */
  singles = true;

  /**
   * @param {HTMLElement} root @param {(command: string, event: KeyboardEvent) => boolean} run true when it was done
   * @param {AbortSignal} signal
   */
  constructor(root, run, signal) {
    this.run = run;
    root.addEventListener("keydown", (e) => this.#down(e), { signal });
    // Where nothing has the focus, keys are meant for the board.
    document.addEventListener("keydown", (e) => e.target === document.body && this.#down(e), { signal });
  }

  /** @param {KeyboardEvent} event */
  #down(event) {
    if (event.isComposing || event.defaultPrevented) return;
    const command = commandOf(event);
    if (!command) return;
    const writing = isWriting(event.target);
    if (writing && !EVERYWHERE.test(command)) return;
    const target = /** @type {Element} */ (event.target);
    // An open dialog has its own keys; Escape closes it.
    if (target.closest("dialog")) return;
    const chord = event.altKey || event.ctrlKey || event.metaKey;
    // Enter and Space belong to the button that has the focus; other single keys to the board, list or phone view.
    if (!chord && command !== "leave" && target !== document.body && !target.closest("[data-keys]")) return;
    if (!chord && !this.singles && command.length > 0 && /^(Key|Digit|Slash|Equal|Minus)/.test(event.code)) return;
    if (target.closest("button, a, summary") && ["edit", "select"].includes(command)) return;
    if (this.run(command, event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }
}
