// What the connection needs of a browser: network, clock, chance, and what happens to the page. Tests hand in their own.

/**
 * @typedef {object} World what a browser offers; tests hand in their own
 * @property {typeof globalThis.fetch} fetch
 * @property {(url: string) => WebSocket} open
 * @property {() => number} now
 * @property {() => number} random
 * @property {(act: () => void, ms: number) => unknown} later
 * @property {(timer: any) => void} forget
 * @property {() => boolean} isOnLine
 * @property {(type: "online" | "offline" | "visible" | "hide", act: () => void) => void} listen
 * @property {import("./ways.js").Memory} [memory]
 */

/** @returns {World} */
export function browser() {
  return {
    fetch: (...args) => fetch(...args),
    open: (url) => new WebSocket(new URL(url, location.href.replace(/^http/, "ws"))),
    now: Date.now,
    random: Math.random,
    later: (act, ms) => setTimeout(act, ms),
    forget: (timer) => clearTimeout(timer),
    isOnLine: () => navigator.onLine,
    listen(type, act) {
      if (type === "visible") {
        document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && act());
      } else {
        window.addEventListener(type === "hide" ? "pagehide" : type, act);
      }
    },
  };
}
