/**
 * A note on the surface: paper, words, who wrote it, what it signals. Built by hand because hundreds of them come and go
 * while the board is panned. Words of people are set as text, with their language and direction.
 *
 * @typedef {import("../model.js").Item} Item
 * @typedef {{
 *   model: import("../model.js").Model,
 *   trouble: (id: string) => {words: string, again?: () => void} | null,
 *   waiting: (id: string) => boolean,
 *   others: (id: string) => {writing: string | null, selecting: string | null},
 * }} Look
 */
import { fillInk, strokesOf } from "../cards/ink.js";
import { saysOf, strokesSay, tagOf } from "../cards/kinds.js";
import { fieldOf, groundOf, spotSays } from "../cards/ground.js";
import { glyph } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { sizeOf } from "../metrics.js";
import { dotWords, fillDots } from "../panels/dots.js";
import { paperName, reactionName, reactionsOf } from "../papers.js";
import { commentWords } from "../panels/comment_words.js";
import { standsFor, standsForWords } from "../panels/merged.js";
import { fillBeneath, sayBeneath } from "./beneath.js";
import { markOf } from "./shapes.js";
import { authorOf, enteredWords, fillEntered } from "./whose.js";

const SHAPE = document.createElement("template");
SHAPE.innerHTML =
  '<article class="note" tabindex="-1"><p class="note__text" dir="auto"></p>' +
  '<footer class="note__foot"><span class="note__mark"></span><span class="note__by" dir="auto"></span><span class="note__sp"></span></footer></article>';

export function makeNote() {
  return /** @type {HTMLElement} */ (/** @type {Element} */ (SHAPE.content.firstElementChild).cloneNode(true));
}

/** @param {HTMLElement} node @param {Item} item @param {Look} look */
export function fillNote(node, item, look) {
  const { model } = look;
  const paper = model.paper(item);
  const text = item.text ?? "";
  const others = look.others(item.id);
  const trouble = look.trouble(item.id);
  const waiting = !trouble && look.waiting(item.id);
  const size = sizeOf(text, item.lang);
  const flagged = others.writing ?? others.selecting;
  node.className =
    `note c-${paper}` +
    (size === "n" ? "" : ` note--${size}`) +
    (model.may("move", item) ? "" : " is-locked") +
    (item.cluster ? " is-inside" : "") +
    (waiting ? " is-pending" : "") +
    (trouble ? " is-error" : "") +
    (flagged ? " is-remote" : "");
  node.style.setProperty("--p", flagged ? model.ink(flagged) : null);
  const words = /** @type {HTMLElement} */ (node.querySelector(".note__text"));
  if (words.textContent !== text) words.textContent = text;
  words.lang = item.lang ?? "";
  const spot = model.layout === "image" ? fieldOf(groundOf(model), item) : "";
  fillTag(node, [tagOf(item, model.sorts.of(item), model.sorts.isOne), spot].filter(Boolean).join(" · "));
  fillInk(node, item);
  fillBeneath(node, model.reader.beneath(item));
  fillFoot(node, item, look, paper);
  fillDots(/** @type {HTMLElement} */ (node.querySelector(".note__foot")), model.votes, item.id);
  const foot = /** @type {HTMLElement} */ (node.querySelector(".note__foot"));
  fillCount(foot, "merged", "i-group", standsFor(model, item.id), standsForWords(model, item.id));
  fillCount(foot, "said", "i-message", model.comments(item.id).length, commentWords(model, item.id));
  fillFlag(node, flagWords(others, model));
  fillState(node, trouble?.words ?? (waiting ? t("Will be sent when you are back") : ""), trouble?.again);
  node.setAttribute("aria-label", sayNote(item, model));
}

/** What a screen reader hears: words, who, from where. @param {Item} item @param {import("../model.js").Model} model */
export function sayNote(item, model) {
  const isHidden = model.isHidden(item.id);
  const by = item.by === model.me || (isHidden && !item.entered) ? t("You") : authorOf(item, model);
  const city = model.cityOf(item.by);
  const paper = model.paper(item);
  // The city is its author's. Only a paper that says something else is said beside it.
  const odd = paper === (city?.colour ?? "stone") ? "" : paperName(paper);
  const signals = reactionsOf(item, model.me).map((r) =>
    tn("{n} × {reaction}", "{n} × {reaction}", r.n, { reaction: reactionName(r.reaction) }),
  );
  signals.push(dotWords(model.votes, item.id), standsForWords(model, item.id), commentWords(model, item.id));
  const beneath = model.reader.beneath(item);
  const kind = model.sorts.of(item);
  const drawn = strokesSay(strokesOf(item).length);
  const empty = drawn ? "" : t("Empty note");
  signals.push(...saysOf(item, kind), spotSays(item, model));
  return [item.card ? tagOf(item, kind) : "", item.text || empty, drawn, beneath ? sayBeneath(beneath) : "", by, isHidden ? t("only you see this") : city?.name, enteredWords(item, model), odd, ...signals].filter(Boolean).join(", ");
}

/** What sort of card it is, above its words. @param {HTMLElement} node @param {string} words */
function fillTag(node, words) {
  let tag = node.querySelector(":scope > .note__card");
  if (!words) return tag?.remove();
  if (!tag) {
    tag = document.createElement("span");
    tag.className = "note__card";
    node.prepend(tag);
  }
  if (tag.textContent !== words) tag.textContent = words;
}


/** @param {HTMLElement} node @param {Item} item @param {Look} look @param {string} paper */
function fillFoot(node, item, { model }, paper) {
  const holder = /** @type {HTMLElement} */ (node.querySelector(".note__mark"));
  if (holder.dataset.paper !== paper) {
    holder.dataset.paper = paper;
    holder.replaceChildren(markOf(paper));
  }
  const by = /** @type {HTMLElement} */ (node.querySelector(".note__by"));
  const isHidden = model.isHidden(item.id);
  const mine = item.by === model.me || (isHidden && !item.entered);
  by.classList.toggle("note__by--me", mine);
  by.textContent = mine ? t("You") : authorOf(item, model);
  by.lang = mine ? "" : (model.person(item.by)?.lang ?? "");
  const foot = /** @type {HTMLElement} */ (node.querySelector(".note__foot"));
  fillEntered(foot, item, model);
  const reacts = reactionsOf(item, model.me).slice(0, 3);
  const key = reacts.map((r) => `${r.reaction}${r.n}${r.mine}`).join() + (item.protected ? "p" : "") + (isHidden ? "h" : "");
  if (foot.dataset.signals === key) return;
  foot.dataset.signals = key;
  for (const old of foot.querySelectorAll(".note__react, .note__lock, .note__hidden")) old.remove();
  for (const { reaction, n, mine: own } of reacts) {
    const pill = document.createElement("span");
    pill.className = own ? "note__react is-mine" : "note__react";
    pill.append(glyph(`r-${reaction}`, "r"), String(n));
    foot.append(pill);
  }
  if (item.protected) foot.append(glyph("i-lock", "i note__lock"));
  if (isHidden) foot.append(hiddenMark());
}

/** So many notes are one here; so much was said of it. @param {HTMLElement} foot @param {string} name @param {string} sign @param {number} n @param {string} words */
function fillCount(foot, name, sign, n, words) {
  let pill = /** @type {HTMLElement | null} */ (foot.querySelector(`:scope > .note__${name}`));
  if (!n) return pill?.remove();
  if (!pill) foot.append((pill = document.createElement("span")));
  pill.className = `note__${name}`;
  pill.title = words;
  pill.replaceChildren(glyph(sign, "i"), name === "merged" ? `+${n}` : String(n));
}

/** The struck eye: others see nothing of this note. */
function hiddenMark() {
  const mark = document.createElement("span");
  mark.className = "note__hidden";
  mark.title = t("Only you see this");
  mark.append(glyph("i-eyeoff", "i"));
  return mark;
}

/** A ring of somebody else's colour always has a name. @param {{writing: string | null, selecting: string | null}} others @param {import("../model.js").Model} model */
export function flagWords({ writing, selecting }, model) {
  if (writing) return t("{name} is writing…", { name: model.name(writing) });
  return selecting ? model.name(selecting) : "";
}

/** @param {HTMLElement} node @param {string} words */
export function fillFlag(node, words) {
  let flag = node.querySelector(":scope > .note__flag");
  if (!words) return flag?.remove();
  if (!flag) {
    flag = document.createElement("span");
    flag.className = "note__flag";
    node.prepend(flag);
  }
  if (flag.textContent !== words) flag.textContent = words;
}

/** @param {HTMLElement} node @param {string} words @param {(() => void) | undefined} again */
function fillState(node, words, again) {
  const old = node.querySelector(".note__state");
  if (!words) return old?.remove();
  const state = document.createElement("div");
  state.className = "note__state";
  state.append(glyph(again ? "i-warn" : "i-offline"), words);
  if (again) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "note__again";
    button.textContent = t("Try again");
    button.addEventListener("click", again);
    state.append(" ", button);
  }
  if (old) old.replaceWith(state);
  else node.append(state);
}
