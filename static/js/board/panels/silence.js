/**
 * Silent writing on the screen: what those who write are told before and while they do, what those who lead see and can
 * do, and the words when everything is shown. It never knows a number but the one that the desk tells, in ticks.
 */
import { t, tn } from "../../lib/words.js";
import { setStage } from "../ops.js";
import { methodOf } from "../records/methods.js";

/** @typedef {import("../lanes.js").Lanes} Lanes */
/** @typedef {{words: string, icon: string, label?: string, act?: () => void}} Notice */

export class Silence {
  /**
   * @param {{
   *   sync: import("../sync.js").Sync, model: import("../model.js").Model, dialogs: import("./dialogs.js").Dialogs,
   *   tell: (words: string) => void, ended: () => Notice | null,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** What stands above the board; null when nothing does. @returns {Notice | null} */
  get notice() {
    const { model, ended } = this.parts;
    const name = model.lead || t("The facilitator");
    if (model.isOver) return ended();
    if (model.leads) return model.hiding ? this.#leading() : null;
    if (model.locked) return { words: t("{name} has locked the board.", { name }), icon: "lock" };
    if (!model.silent) return null;
    if (methodOf(model.fields) === "impact-effort") return { words: t("Private placing. Only you see where you put things until {name} reveals it.", { name }), icon: "eyeoff" };
    const words = model.nameless
      ? t("Private writing without names. Only you see your notes until {name} reveals them.", { name })
      : t("Private writing. Only you see your notes until {name} reveals them.", { name });
    return { words, icon: "eyeoff" };
  }

  /** What those who lead see: how many have written, in ticks of five, and the way to the end of it. @returns {Notice} */
  #leading() {
    const { model } = this.parts;
    const n = model.written;
    const counted = n ? tn("About {n} person has written.", "About {n} people have written.", n) : t("Fewer than 5 people have written.");
    const words = model.silent ? t("Private writing. {counted}", { counted }) : t("Private notes wait. {counted}", { counted });
    return { words, icon: "eyeoff", label: t("Reveal…"), act: () => this.askToReveal() };
  }

  /** What is stored, to be read before the first word. */
  get promise() {
    const { model } = this.parts;
    if (!model.hides || !model.nameless) return "";
    return t("No name is kept: we store your words, their zone and paper, and the minute they are revealed. From then on you cannot change them. If this browser forgets them, you cannot change them either; they are revealed all the same.");
  }

  askToReveal() {
    this.parts.dialogs.ask({
      title: t("Reveal everyone’s notes?"),
      words: t("All private notes appear on the board at once, in no order that says who wrote first. They cannot be hidden again."),
      label: t("Reveal"),
      room: true,
      act: () => this.#set("open"),
    });
  }

  /** Before the others', my own. */
  askToRelease() {
    const { dialogs, sync } = this.parts;
    dialogs.ask({
      title: t("Show your notes to everyone now?"),
      words: t("What you have written so far appears on the board with your name. It cannot be hidden again. What you write from now on stays private."),
      label: t("Show mine"),
      act: () => /** @type {Lanes} */ (sync).release(),
    });
  }

  /** Is there anything that only this person sees? */
  get hasHidden() {
    return /** @type {Lanes} */ (this.parts.sync).hidden.size > 0;
  }

  goOn() {
    this.#set("silent");
  }

  /** @param {boolean} anonymous */
  begin(anonymous) {
    this.#set("silent", anonymous);
  }

  /** Everything is there: said and shown once. @param {number} n notes */
  revealed(n) {
    this.parts.tell(tn("Everyone’s notes are here: {n} note.", "Everyone’s notes are here: {n} notes.", n));
  }

  /** @param {"silent" | "open"} stage @param {boolean} [anonymous] */
  #set(stage, anonymous) {
    const { sync, model } = this.parts;
    sync.ask(model.who.workshop, setStage(stage, anonymous));
  }
}
