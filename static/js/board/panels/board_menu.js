/** The menu of a board, with what stands in it for whom. What each line does is done elsewhere. */
import { byId } from "../../lib/dom.js";
import { keep } from "../../lib/keep.js";
import { t } from "../../lib/words.js";
import { kindHere } from "../records/methods.js";
import { Menu } from "./menu.js";

/** Where what came to be is on the board itself, and not in the lists of the programme alone. */
const HAS_PAST = new Set(["zones", "columns", "free", "graph", "grid2", "rings"]);

/**
 * @param {import("../board.js").Board} board @param {import("../board.js").Given["page"]} page
 * @param {{setStage: (stage: "open" | "locked") => void, turnTranslations: (on: boolean) => void, leaving: () => void}} acts of the room
 */
export function boardMenu(board, page, { setStage, turnTranslations, leaving }) {
  const { acts, model, views, search, dialogs, images, list, phone, sync, making, others, silence, layer, cheering, ending } = board;
  const pointers = (/** @type {boolean} */ on) => {
    others.wanted = on;
    keep("cursors", on ? "1" : "0");
  };
  return new Menu({
    ...page, popover: board.popover, model, leaving,
    text: { get: () => views.textSize, set: (percent) => { views.textSize = percent; } },
    switches: [
      { label: t("Show translations beneath notes"), on: () => model.reader.isOn, turn: turnTranslations },
      { label: t("Show others’ pointers"), on: () => others.wanted, turn: pointers, when: () => !phone.isOpen },
      { label: t("Show what is protected"), on: () => layer.isShown, turn: (on) => (layer.isShown = on), when: () => model.leads },
      { label: t("People can react for everyone to see"), on: () => !cheering.isOff, turn: (on) => cheering.allow(on), when: () => model.leads },
    ],
    commands: [
      { icon: "search", label: t("Search the board"), key: "/", act: () => search.open() },
      { icon: "list", label: t("List view"), key: "L", act: () => views.toggleList(), when: () => !list.isOpen },
      { icon: "map", label: t("Board view"), key: "L", act: () => views.toggleList(), when: () => list.isOpen },
      { icon: "translate", label: t("Translate notes"), act: () => board.translate(), when: () => model.may("translate") },
      { icon: "calendar", label: t("Today"), act: () => board.today.open(byId("menu-button")), when: () => board.today.isOn },
      { icon: "group", label: t("Propose groups"), act: () => void board.withSheets(({ proposals }) => void proposals.open()), when: () => Boolean(page.groupsUrl) && model.may("cluster") && !model.hides && holdsNotes(model) },
      { icon: "vote", label: t("Results of votes"), act: () => void board.decide(({ voting }) => voting.showResult()), when: () => Boolean(model.votes?.closed.length) },
      { icon: "check", label: t("The proposal, and what was answered"), act: () => void board.decide(({ consenting }) => consenting.show()), when: () => board.consents.all.length > 0 },
      { icon: "undo", label: t("Undo"), act: () => acts.undo(), when: () => phone.isOpen && sync.canUndo },
      { icon: "redo", label: t("Redo"), act: () => acts.redo(), when: () => phone.isOpen && sync.canRedo },
      { icon: "image", label: t("Add an image"), act: () => images?.choose(), when: () => phone.isOpen && images !== null && model.may("add") },
      { icon: "history", label: t("Playback"), act: () => location.assign(page.playbackUrl), when: () => Boolean(page.playbackUrl) && HAS_PAST.has(model.layout) },
      { icon: "upload", label: t("Bring in a table (CSV, Excel)…"), act: () => void board.withSheets(({ bringIn }) => bringIn.choose()), when: () => Boolean(page.tableUrl) && model.may("add") && model.layout !== "graph" && (holdsNotes(model) || Boolean(kindHere(model.fields))) },
      { icon: "eye", label: t("Show my notes to everyone now"), act: () => silence.askToRelease(), when: () => model.hides && !model.nameless && silence.hasHidden },
      { icon: "hand", label: t("Raise my hand"), act: () => board.together.asking.hand(true), when: () => board.together.attention.takesPart && !board.together.attention.myHand },
      { icon: "smile", label: t("React for everyone to see"), key: "Shift R", act: () => cheering.open(byId("menu-button")), when: () => cheering.may },
      { icon: "follow", label: t("Lead my view"), act: () => board.together.leading.toggle(), when: () => model.leads && phone.isOpen },
      { icon: "people", label: t("We share this device"), act: () => board.entering.share(), when: () => model.role !== "observer" },
      { icon: "keyboard", label: t("Keyboard shortcuts"), key: "?", act: () => dialogs.keys() },
      { icon: "qr", label: t("Go on with another device"), act: () => void dialogs.wayBack(), when: () => Boolean(page.returnUrl) },
    ],
    setUp: [
      { icon: "vote", label: t("Open a vote"), room: true, act: () => void board.decide(({ voting }) => voting.ask()), when: () => !model.votes?.now },
      { icon: "check", label: t("Ask for consent"), room: true, act: () => void board.decide(({ consenting }) => consenting.ask()), when: () => !board.consents.now },
      { icon: "lock", label: t("Lock the board for everyone"), room: true, act: () => setStage("locked"), when: () => model.workshop.fields.stage !== "locked" },
      { icon: "unlock", label: t("Open the board for everyone"), room: true, act: () => setStage("open"), when: () => model.workshop.fields.stage === "locked" && !model.hiding && !model.isOver },
      { icon: "unlock", label: t("Let everyone change what is protected"), room: true, act: () => layer.open(true), when: () => !layer.isOpen && !layer.isEmpty },
      { icon: "lock", label: t("Protect it again for everyone"), room: true, act: () => layer.open(false), when: () => layer.isOpen },
      { icon: "lock", label: t("Protect everything that stands here"), act: () => layer.protectAll(), when: () => layer.others.length > 0 },
      { icon: "eyeoff", label: t("Write privately"), room: true, act: () => silence.begin(false), when: () => !model.hiding },
      { icon: "eyeoff", label: t("Write privately, without names"), room: true, act: () => silence.begin(true), when: () => !model.hiding },
      { icon: "eyeoff", label: t("Go on writing privately"), room: true, act: () => silence.goOn(), when: () => model.hiding && !model.silent },
      { icon: "eye", label: t("Reveal everyone’s notes"), room: true, act: () => silence.askToReveal(), when: () => model.hiding },
      { icon: "flag", label: t("End the workshop…"), room: true, act: () => ending.ask(), when: () => !model.isOver },
      { icon: "unlock", label: t("Open the workshop again"), room: true, act: () => ending.reopen(), when: () => model.isOver },
      { icon: "table", label: t("Zones"), act: () => board.zones.open(byId("menu-button")), when: () => model.flows },
      { icon: "plus", label: t("Add a zone"), act: () => making.addRegion(), when: () => model.flows },
      { icon: "text", label: t("Add a heading"), act: () => making.addHeading(), when: () => model.flows || model.layout === "free" || model.layout === "graph" },
      { icon: "select", label: t("Add a frame"), act: () => making.addFrame(), when: () => model.layout === "free" },
    ],
  });
}

/** @param {import("../model.js").Model} model */
function holdsNotes(model) {
  return model.flows || model.layout === "free";
}
