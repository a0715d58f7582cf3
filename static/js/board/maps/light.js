/**
 * What of a system map is lit: a loop, what lies up or down from a factor, the ways between two. The rest steps back;
 * what is lit is always said in words, too.
 *
 * @typedef {{kind: "loop", name: string}
 *   | {kind: "up" | "down", id: string, steps: number}
 *   | {kind: "paths", from: string, to: string}} Light
 */
import { t, tn } from "../../lib/words.js";
import { downstream, effect, pathsBetween, upstream } from "./loops.js";
import { called, effectName, loopSays } from "./words.js";

/** So many names are said before the rest is counted. */
const NAMED = 6;

export class Lit extends EventTarget {
  /** @type {Light | null} */
  light = null;
  /** @type {Set<string>} factors and links */
  ids = new Set();

  /** @param {import("../model.js").Model} model @param {import("./analysis.js").Analysis} analysis @param {(words: string) => void} say */
  constructor(model, analysis, say) {
    super();
    this.model = model;
    this.analysis = analysis;
    this.say = say;
    analysis.addEventListener("change", () => this.again());
  }

  get isOn() {
    return this.light !== null;
  }

  /** The loop that is lit. */
  get loop() {
    const { light } = this;
    return light?.kind === "loop" ? this.analysis.loops.listed.find((one) => one.name === light.name) : undefined;
  }

  /** The same again puts it out. @param {Light | null} light */
  show(light) {
    const same = light !== null && JSON.stringify(light) === JSON.stringify(this.light);
    this.light = same ? null : light;
    this.again();
    if (this.light) this.dispatchEvent(new Event("shown"));
    this.say(this.light ? this.words : t("Everything is shown alike again"));
  }

  /** The map is another one: what is lit may be. */
  again() {
    this.ids = this.#found();
    if (this.light && !this.ids.size) this.light = null;
    this.dispatchEvent(new Event("change"));
  }

  /** The next loop, or the first. @param {1 | -1} way */
  step(way) {
    const { listed } = this.analysis.loops;
    if (!listed.length) return this.say(t("No loop yet. What leads back to where it began?"));
    const at = listed.findIndex((one) => one.name === this.loop?.name);
    this.show({ kind: "loop", name: listed[(at + way + listed.length + (at < 0 && way < 0 ? 1 : 0)) % listed.length].name });
  }

  /** What is lit, in a sentence. */
  get words() {
    const { light, loop } = this;
    const find = (/** @type {string} */ id) => this.model.item(id);
    if (loop) return `${loop.name}: ${loopSays(loop, find)}`;
    if (!light || light.kind === "loop") return "";
    if (light.kind === "paths") {
      const names = { from: called(find(light.from)), to: called(find(light.to)), effect: effectName(this.effect) };
      return t("“{from}” on “{to}”: {effect}", names);
    }
    const others = [...this.#reached(light).keys()].filter((id) => id !== light.id);
    const label = called(find(light.id));
    if (!others.length) return light.kind === "up" ? t("Nothing leads to “{label}” yet", { label }) : t("“{label}” leads to nothing yet", { label });
    const names = others.slice(0, NAMED).map((id) => `“${called(find(id))}”`).join(", ");
    const rest = others.length > NAMED ? ` ${tn("and {n} more", "and {n} more", others.length - NAMED)}` : "";
    return (light.kind === "up" ? t("What moves “{label}”: {names}", { label, names }) : t("What “{label}” moves: {names}", { label, names })) + rest;
  }

  /** What more of the one does to the other. */
  get effect() {
    const { light, analysis } = this;
    return light?.kind === "paths" ? effect(analysis.factors, /** @type {any} */ (analysis.causes), light.from, light.to) : null;
  }

  /** The ways between two, the shortest first. */
  get paths() {
    const { light, analysis } = this;
    return light?.kind === "paths" ? pathsBetween(analysis.factors, /** @type {any} */ (analysis.causes), light.from, light.to) : { listed: [], more: 0 };
  }

  /** @returns {Set<string>} */
  #found() {
    const { light, loop } = this;
    if (loop) return new Set([...loop.factors, ...loop.links]);
    if (!light || light.kind === "loop") return new Set();
    if (light.kind === "paths") {
      if (!this.model.item(light.from) || !this.model.item(light.to)) return new Set();
      return new Set([light.from, light.to, ...this.paths.listed.flatMap((path) => [...path.factors, ...path.links])]);
    }
    if (!this.model.item(light.id)) return new Set();
    const far = this.#reached(light).set(light.id, 0);
    const within = (/** @type {import("../model.js").Item} */ link) => {
      const [near, next] = light.kind === "down" ? [link.from, link.to] : [link.to, link.from];
      return far.has(near) && far.has(next) && (far.get(near) ?? 0) < light.steps;
    };
    return new Set([...far.keys(), ...this.analysis.causes.filter(within).map(({ id }) => id)]);
  }

  /** @param {{kind: "up" | "down", id: string, steps: number}} light */
  #reached({ kind, id, steps }) {
    return (kind === "down" ? downstream : upstream)(/** @type {any} */ (this.analysis.causes), id, steps);
  }
}
