// What a new step begins with, and a whole plan for those who have none yet. Titles are in the words of whoever adds
// them; from then on they are theirs.
import { t } from "../lib/words.js";

/** @typedef {"talk" | "write" | "group" | "vote" | "pause"} Kind */

/** The kinds of step that can be added, with their pictures. @returns {{kind: Kind, icon: string, label: string}[]} */
export function kinds() {
  return [
    { kind: "talk", icon: "person", label: t("Listen") },
    { kind: "write", icon: "note", label: t("Write") },
    { kind: "group", icon: "group", label: t("Group") },
    { kind: "vote", icon: "vote", label: t("Vote") },
    { kind: "pause", icon: "coffee", label: t("Break") },
  ];
}

/** The picture of what is done in a step. @type {Record<string, string>} */
export const ICONS = { talk: "person", write: "note", group: "group", vote: "vote", pause: "coffee", tables: "tables" };

/** @param {Kind} kind */
export function beginning(kind) {
  switch (kind) {
    case "talk": return { title: t("Welcome"), minutes: 15, stage: "locked" };
    case "write": return { title: t("Write ideas"), minutes: 25, stage: "silent", stage_minutes: 8, at_zero: "reveal" };
    case "group": return { title: t("Group the ideas"), minutes: 20, stage: "cluster" };
    case "vote": return { title: t("Vote"), minutes: 15, stage: "vote" };
    default: return { title: t("Break"), minutes: 15, stage: "locked", pause: true };
  }
}

/** Writing that everyone sees at once. @param {string} title @param {number} minutes @param {string} question */
function openly(title, minutes, question) {
  return { title, minutes, stage: "open", question };
}

/** Three hours, as most workshops have them. @param {string} question the workshop's own */
export function threeHours(question) {
  return [
    beginning("talk"),
    { ...beginning("write"), ...(question ? { question } : {}) },
    { ...beginning("group"), question: t("Which of these belong together? Give each group a name.") },
    { ...beginning("vote"), question: t("Which of these matter most?") },
    beginning("pause"),
    openly(t("Look closer"), 40, t("What would have to change, and who can do it?")),
    { ...beginning("talk"), title: t("Report back"), minutes: 30 },
    openly(t("Next steps"), 20, t("Who does what next, and until when?")),
  ];
}
