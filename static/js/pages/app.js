// What pages gain from scripts; each works without. htmx comes only where a page asks for it.

import { codeLetters, showCode } from "../lib/codes.js";
import { setTheme, theme } from "../lib/theme.js";
import { language, loadWords, t } from "../lib/words.js";
import { daysIn, hour } from "../lib/hours.js";
import { countDown } from "./countdown.js";

const REFRESH_MS = 4000;

startMenus();
startThemes();
startRefreshing();
startHtmx();
await loadWords(document.body.dataset.lang ?? "en", document.body.dataset.wordsUrl);
greet();
sayDays(document);
sayDates(document);
sayHours(document);
writeHours(document);
countDown(document);
startCopying();
startCode();

/** htmx swaps fragments of the page after forms and now and then. It puts no styles in: our policy forbids them. */
async function startHtmx() {
  if (!document.querySelector("[hx-post], [hx-get], [data-refresh]")) return;
  const { default: htmx } = await import("htmx.org");
  htmx.config.includeIndicatorCSS = false;
  htmx.config.defaultSwap = "innerHTML";
  let asked = "";
  addEventListener("submit", (event) => (asked = backTo(/** @type {HTMLElement} */ (event.target))), true);
  let hasTurned = false;
  addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest?.("[data-turn]")) hasTurned = true;
  }, true);
  document.addEventListener("htmx:after:swap", () => {
    sayDates(document);
    if (asked) goBackTo(asked);
    else if (hasTurned) turnTo();
    asked = "";
    hasTurned = false;
  });
}

/** The form that the focus goes back to: one that is gone with what it ended names another. @param {HTMLElement} form */
function backTo(form) {
  return form.dataset.back ?? form.id;
}

/**
 * After a form was answered the focus is where it was, and what came of it is said.
 * @param {string} id of the form, which is a new element by now
 */
function goBackTo(id) {
  const form = document.getElementById(id);
  if (form?.role === "search") {
    const found = document.querySelector("[data-found]") ?? document.getElementById("people-h");
    return announce(found?.textContent ?? "");
  }
  if (form?.querySelector("[role=alert]")) return /** @type {HTMLElement | null} */ (form.querySelector("input:not([type=hidden])"))?.focus();
  const closed = form?.closest("details:not([open])")?.querySelector("summary");
  (closed ?? form?.querySelector("button"))?.focus();
  announce(t("Saved"));
}

/** Another page of a list: its beginning, and which one it is. */
function turnTo() {
  document.getElementById("people-h")?.focus();
  announce(document.querySelector(".people__page")?.textContent ?? "");
}

/** A menu closes on a press elsewhere, and on Escape. */
function startMenus() {
  addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

/** @returns {HTMLDetailsElement[]} */
function openMenus() {
  return [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details[data-menu][open]"))];
}

function startThemes() {
  const group = /** @type {HTMLElement | null} */ (document.querySelector("[data-themes]"));
  if (!group) return;
  group.hidden = false;
  const show = () => {
    for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === theme()));
  };
  group.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button) setTheme(button.value);
    show();
  });
  show();
}

/** Lists that others change are fetched anew, unless somebody is at work in them or nobody looks. */
function startRefreshing() {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-refresh]"))) {
    setInterval(() => refresh(part.id), REFRESH_MS);
  }
}

/** @param {string} id found each time: the part may have been swapped */
async function refresh(id) {
  const part = document.getElementById(id);
  const isBusy = part?.querySelector("details[open]") || part?.contains(document.activeElement);
  if (!part?.dataset.refresh || isBusy || document.visibilityState !== "visible") return;
  const now = /** @type {HTMLElement | null} */ (part.querySelector("[data-refresh-as]"))?.dataset.refreshAs;
  try {
    // What names its state (`ETag`) is not made again as long as that is the same: the answer is 304, and nothing.
    const { refreshTag } = part.dataset;
    const answer = await fetch(now ?? part.dataset.refresh, { headers: { "HX-Request": "true", ...(refreshTag && { "If-None-Match": refreshTag }) } });
    if (!answer.ok || answer.redirected) return;
    const text = await answer.text();
    // What the clock of the server says is another thing each time, and no news.
    const news = text.replace(/data-now="\d*"/g, "");
    if (part.querySelector("details[open]")) return;
    part.dataset.refreshTag = answer.headers.get("ETag") ?? "";
    if (part.dataset.shown === news) return;
    part.dataset.shown = news;
    part.innerHTML = text;
    goOn(part);
    sayHours(part);
    countDown(part);
    const { default: htmx } = await import("htmx.org");
    htmx.process(part);
  } catch {
    // The next round may do better.
  }
}

/** Who waited and was let in need not press anything. @param {ParentNode} part */
function goOn(part) {
  const link = /** @type {HTMLAnchorElement | null} */ (part.querySelector("a[data-go]"));
  if (link) location.assign(link.href);
}

function greet() {
  const heading = /** @type {HTMLElement | null} */ (document.querySelector("[data-greeting]"));
  if (!heading) return;
  const hour = new Date().getHours();
  const { morning, afternoon, evening } = heading.dataset;
  heading.textContent = (hour >= 5 && hour < 12 ? morning : hour >= 12 && hour < 18 ? afternoon : evening) ?? "";
}

/** @param {ParentNode} part */
function sayDays(part) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (part.querySelectorAll("time[data-day]"))) {
    const date = new Date(Number(time.dateTime));
    time.dateTime = date.toISOString();
    time.textContent = isToday(date) ? t("Made today") : t("Made on {date}", { date: dayName(date) });
  }
}

/** Day and hour on this device's clock, of times that do not say it yet. @param {ParentNode} part */
function sayDates(part) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (part.querySelectorAll("time[data-date]"))) {
    const ms = Number(time.dateTime);
    if (!ms) continue;
    const date = new Date(ms);
    time.dateTime = date.toISOString();
    time.textContent = t("{date}, {time}", { date: dayName(date), time: hour(date) });
  }
}

/** When a step begins, on this device's clock. @param {ParentNode} part */
function sayHours(part) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (part.querySelectorAll("time[data-clock]"))) {
    const date = new Date(Number(time.dateTime));
    time.dateTime = date.toISOString();
    time.textContent = hour(date);
  }
}

/** Times that are written are those of this device's clock; without scripts they are UTC, and say so. @param {ParentNode} part */
function writeHours(part) {
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input[data-local]"))) {
    const ms = Number(field.dataset.local);
    if (ms) field.value = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input[data-offset]"))) {
    field.value = String(-new Date(Number(field.dataset.offset)).getTimezoneOffset());
  }
  for (const word of part.querySelectorAll("[data-utc]")) word.remove();
}

/** @param {Date} date */
function isToday(date) {
  return date.toDateString() === new Date().toDateString();
}

/** @param {Date} date */
function dayName(date) {
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return daysIn(language(), { day: "numeric", month: "long", year }).format(date);
}

/** Copies a link. On plain http there is no clipboard: then a selection is copied the old way. */
function startCopying() {
  addEventListener("focusin", (event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.matches("[data-select]")) field.select();
  });
  addEventListener("click", async (event) => {
    const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.("[data-copy]"));
    if (!link?.dataset.copy) return;
    event.preventDefault();
    const isCopied = await copy(link.dataset.copy);
    say(link, isCopied ? t("Copied") : t("Press and hold to copy"));
  });
}

/** @param {string} text */
async function copy(text) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Not allowed; the old way may be.
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}

/**
 * What came of it, in the button itself and aloud.
 * @param {HTMLElement} button
 * @param {string} words
 */
function say(button, words) {
  const said = button.querySelector("span");
  announce(words);
  const before = said?.textContent ?? "";
  if (said) said.textContent = words;
  else button.classList.add("is-on");
  setTimeout(() => {
    if (said) said.textContent = before;
    button.classList.remove("is-on");
  }, 2000);
}

/** @param {string} words said aloud by screen readers */
function announce(words) {
  document.querySelector("body > [role=status]")?.remove();
  const live = document.createElement("span");
  live.className = "sr";
  live.setAttribute("role", "status");
  document.body.append(live);
  live.textContent = words;
}

/** Says how the code is read while it is typed, in whatever script. */
function startCode() {
  const form = document.querySelector("[data-code]");
  const field = form?.querySelector("input[name=code]");
  const read = /** @type {HTMLElement | null} */ (form?.querySelector("[data-code-read]") ?? null);
  const words = read?.querySelector("span");
  if (!(field instanceof HTMLInputElement) || !read || !words) return;
  const show = () => {
    const letters = codeLetters(field.value);
    read.hidden = letters.length < 2;
    words.textContent = t("You typed {typed}, we read {code}", { typed: field.value, code: showCode(letters) });
  };
  field.addEventListener("input", show);
  show();
}
