/**
 * A refusal in plain words: which thing it is about, what did not happen to it, and why. Pure.
 *
 * @typedef {{stream: string, n: number, op: any, code: string, data?: any, text?: string}} Refused
 * @typedef {import("../model.js").Model} Model
 * @typedef {import("../model.js").Item} Item
 */
import { t, tn } from "../../lib/words.js";
import { paperName } from "../papers.js";
import { lettersLikeThese } from "./lengths.js";

const WORDS_SHOWN = 48;

/** What did not happen, and to what. @param {Refused} refused @param {Model} model */
export function whatOf({ op, data, text = "" }, model) {
  const ops = op?.type === "all" ? op.ops : op ? [op] : [];
  if (!ops.length && data?.id) return t("{thing}: your last words were not sent.", { thing: thingOf(model.was(data.id)) });
  if (!ops.length) return t("Words you wrote here were not sent.");
  if (ops.length === 1) return one(ops[0], text, model);
  if (ops.some((/** @type {any} */ o) => o.type === "create_cluster")) return t("The group was not made.");
  const n = ops.length;
  switch (new Set(ops.map((/** @type {any} */ o) => o.type)).size === 1 ? ops[0].type : "") {
    case "create_note": return tn("{n} note was not added.", "{n} notes were not added.", n);
    case "move_item": return tn("{n} thing was not moved.", "{n} things were not moved.", n);
    case "delete_item": return tn("{n} thing was not deleted.", "{n} things were not deleted.", n);
    default: return tn("{n} change was not made.", "{n} changes were not made.", n);
  }
}

/** @param {any} op @param {string} text @param {Model} model */
function one(op, text, model) {
  const thing = thingOf(model.was(op.id), op.text ?? op.title ?? op.name ?? op.label ?? text);
  switch (op.type) {
    case "create_note": case "create_cluster": case "create_region": case "create_frame": case "create_heading": case "create_image": case "create_factor":
      return t("{thing} was not added.", { thing });
    case "create_connector": case "create_causal_link": return t("The line was not drawn.");
    case "edit_text": return op.id === null ? t("The question was not changed.") : t("{thing}: the words were not changed.", { thing });
    case "move_item": return t("{thing} was not moved.", { thing });
    case "recolour": return t("{thing}: the colour was not changed.", { thing });
    case "delete_item": return t("{thing} was not deleted.", { thing });
    case "translate_note": return t("{thing}: the translation was not kept.", { thing });
    case "set_language": return t("{thing}: the language was not changed.", { thing });
    case "react": return t("{thing}: your reaction was not kept.", { thing });
    case "undo": return t("The last step was not taken back.");
    default: return op.id ? t("{thing} was not changed.", { thing }) : t("This was not done.");
  }
}

/** A thing by its words, to begin a sentence with. @param {Item | undefined} item @param {string} [words] when it never was on the board */
export function thingOf(item, words = "") {
  const own = String(item?.text ?? item?.title ?? item?.name ?? item?.label ?? item?.alt ?? words).replace(/\s+/g, " ").trim();
  if (own) return t("“{words}”", { words: short(own) });
  switch (item?.kind) {
    case "note": return t("A note without words");
    case "cluster": return t("A group without a name");
    case "connector": case "causal_link": return t("A line between two things");
    case "image": return t("An image");
    default: return t("Something that is gone");
  }
}

/** @param {string} words */
function short(words) {
  const letters = [...words];
  return letters.length > WORDS_SHOWN ? `${letters.slice(0, WORDS_SHOWN).join("").trimEnd()}…` : words;
}

/** Why not. @param {Refused} refused @param {Model} model */
export function whyOf({ code, data, op, stream, text = "" }, model) {
  const lead = model.lead || t("The facilitator");
  switch (code) {
    case "conflict": if (op?.type === "create_causal_link" && data?.reason === "taken") return t("Somebody drew this link at the same time. There is one link from one factor to another.");
      return data?.by ? conflict(data, op, model) : t("This was taken meanwhile. Try once more.");
    case "unknown": return t("It is not there any more: somebody deleted it.");
    case "forbidden": return op?.type === "edit_text" ? t("Only the person who wrote a note can change its words.") : t("You may not do this here.");
    case "stage":
      if (stream?.startsWith("lane:")) return t("Everyone’s notes were revealed before this arrived.");
      return model.isOver ? t("The workshop has ended.") : t("{name} has locked the board.", { name: lead });
    case "limit": return limit(data, text);
    case "bad_op": return data?.reason === "same_language" ? t("The note is in that language itself.") : t("The server did not understand it.");
    case "too_old": return t("The words have moved on too far.");
    case "unavailable": return !op ? t("This page was asleep while another one of yours went on.") : t("We could not save this. It is still here.");
    default: return t("The server did not understand it.");
  }
}

/** Who was first, with what, and what I had chosen. @param {any} data @param {any} op @param {Model} model */
function conflict(data, op, model) {
  const name = model.name(data.by) || t("Somebody");
  const changed = t("{name} changed this while you were away.", { name });
  const which = op?.type === "all" ? `${thingOf(model.was(data.id))}: ${changed}` : changed;
  const mine = op?.type === "all" ? op.ops.find((/** @type {any} */ o) => o.id === data.id)?.[data.field] : op?.[data.field];
  const [theirs, yours] = [data.value, mine].map((value) => inWords(data.field, value, model));
  return theirs && yours && theirs !== yours ? `${which} ${t("Now: {theirs}. You chose: {yours}.", { theirs, yours })}` : which;
}

/** @param {string} field @param {unknown} value @param {Model} model */
function inWords(field, value, model) {
  if (typeof value !== "string") return "";
  if (field === "colour") return paperName(value);
  return field === "region" ? model.regionTitle(value) : "";
}

/** @param {any} data @param {string} text */
function limit(data, text) {
  switch (data?.limit) {
    case "items": return t("The board is full: {most} things are the most.", { most: data.most });
    case "text": return t("These words are too long: there is room for about {most} letters like these.", { most: lettersLikeThese(text, data.most) });
    case "words": return t("The board is full of words.");
    default: return t("That is more than fits.");
  }
}
