/** The menu: language, text size, theme, list, cursors, shortcuts, my way back, leave; set-up for those who lead. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { THEMES, setTheme, theme } from "../../lib/theme.js";
import { language, t } from "../../lib/words.js";
import { ACTORS, methodOf } from "../records/methods.js";
import { personasUrl } from "./serving.js";

/**
 * @typedef {{
 *   popover: import("./popover.js").Popover, model: import("../model.js").Model,
 *   languages: {tag: string, name: string}[], languageUrl: string, formToken: string, leaveUrl: string, leaving: () => void, exportUrl?: string, reportUrl?: string, meUrl?: string, becameUrl?: string,
 *   text: {get: () => number, set: (percent: number) => void},
 *   switches: {label: string, on: () => boolean, turn: (on: boolean) => void, when?: () => boolean}[],
 *   commands: {icon: string, label: string, key?: string, act: () => void, when?: () => boolean}[],
 *   setUp: {icon: string, label: string, act: () => void, when?: () => boolean, room?: boolean}[],
 * }} MenuParts
 */
export class Menu {
  /** @param {MenuParts} parts */
  constructor(parts) {
    this.parts = parts;
  }

  /** @param {HTMLElement} anchor */
  open(anchor) {
    const { popover } = this.parts;
    if (popover.isFor(anchor)) return popover.close();
    popover.open(anchor, this.#content(), { label: t("Menu"), role: "group", className: "popover--menu" });
  }

  #content() {
    const { commands, switches, setUp, model } = this.parts;
    return html`
      ${commands.filter((c) => c.when?.() ?? true).map((c) => this.#row(c.icon, c.label, c.act, c.key))}
      <div class="menu__sep"></div>
      ${switches.filter((s) => s.when?.() ?? true).map((s) => html`<button type="button" class="switch menu__switch" role="switch" aria-checked=${s.on()} @click=${() => { s.turn(!s.on()); this.#again(); }}><span class="grow">${s.label}</span><span class="switch__track"></span></button>`)}
      ${this.#sizes()} ${this.#themes()} ${this.#languages()}
      <div class="menu__sep"></div><a class="menu__item" href=${personasUrl()}>${icon("persona")}<span class="grow">${t("Personas")}</span></a>
      ${this.#takeHome()}
      ${model.leads && setUp.length ? html`<div class="menu__sep"></div><div class="menu__head">${t("Set up the board")}</div>${setUp.filter((c) => c.when?.() ?? true).map((c) => this.#row(c.icon, c.label, c.act, "", c.room ? "menu__item--room" : ""))}` : nothing}
      ${this.#leave()}`;
  }

  #again() {
    this.parts.popover.show(this.#content());
  }

  /** @param {string} name @param {string} label @param {() => void} act @param {string} [key] @param {string} [look] */
  #row(name, label, act, key = "", look = "") {
    return html`<button type="button" class="menu__item ${look}" @click=${() => { this.parts.popover.close(); act(); }}>${icon(name)}<span class="grow">${label}</span>${key ? html`<span class="kbd">${key}</span>` : nothing}</button>`;
  }

  #sizes() {
    const { text } = this.parts;
    return html`<div class="menu__choice"><span class="small strong" id="menu-size">${t("Text size")}</span><div class="seg" role="group" aria-labelledby="menu-size">
      ${[100, 120, 140].map((p) => html`<button type="button" aria-pressed=${p === text.get()} @click=${() => { text.set(p); this.#again(); }}>${p} %</button>`)}</div></div>`;
  }

  #themes() {
    /** @type {Record<string, string>} */
    const names = { system: t("As the device"), light: t("Light"), dark: t("Dark") };
    return html`<div class="menu__choice"><span class="small strong" id="menu-theme">${t("Colours")}</span><div class="seg" role="group" aria-labelledby="menu-theme">
      ${THEMES.map((one) => html`<button type="button" aria-pressed=${one === theme()} @click=${() => { setTheme(one); this.#again(); dispatchEvent(new Event("themechange")); }}>${names[one] ?? one}</button>`)}</div></div>`;
  }

  #languages() {
    const { languages, languageUrl, formToken } = this.parts;
    if (languages.length < 2 || !languageUrl) return nothing;
    const now = languages.find((l) => l.tag === language())?.name ?? "English";
    return html`<button type="button" class="menu__item" @click=${() => this.#chooseLanguage()}>${icon("globe")}<span class="grow">${t("Language")}: <span lang=${language()}>${now}</span></span>${icon("right", "i--16")}</button>`;
  }

  /** One press for each language: nothing changes before it is meant. */
  #chooseLanguage() {
    const { languages, languageUrl, formToken, popover } = this.parts;
    popover.show(html`<form method="post" action=${languageUrl}>
      <input type="hidden" name="form_token" value=${formToken}><input type="hidden" name="back" value=${location.pathname}>
      <div class="menu__head">${t("Language")}</div>
      ${languages.map((l) => html`<button class="menu__item" name="lang" value=${l.tag} lang=${l.tag} aria-current=${l.tag === language() ? "true" : nothing}><span class="grow">${l.name}</span>${l.tag === language() ? icon("check", "i--16") : nothing}</button>`)}
    </form>`);
    popover.focusFirst();
  }

  /** The board as files: the server makes them, the browser keeps them. */
  #takeHome() {
    const { exportUrl, reportUrl, meUrl, becameUrl } = this.parts;
    if (!exportUrl) return nothing;
    const forms = [["pdf", "PDF"], ["png", "PNG"], ["svg", "SVG"], ["xlsx", "Excel"], ["csv", "CSV"], ["json", "JSON"]];
    if (this.parts.model.isSystem || ACTORS.includes(methodOf(this.parts.model.fields))) forms.push(["graphml", "GraphML"]);
    return html`<div class="menu__sep"></div><div class="menu__choice"><span class="small strong" id="menu-home">${t("Take the board home")}</span>
      <div class="menu__files" role="group" aria-labelledby="menu-home">${forms.map(([form, name]) => html`<a class="btn" href=${exportUrl + form} download>${name}</a>`)}</div></div>
      ${reportUrl ? html`<a class="menu__item" href=${reportUrl} target="_blank" rel="noopener">${icon("doc")}<span class="grow">${t("Report")}</span></a>` : nothing}
      ${becameUrl ? html`<a class="menu__item" href=${becameUrl}>${icon("arrow")}<span class="grow">${t("What became of my notes")}</span></a>` : nothing}
      ${meUrl ? html`<a class="menu__item" href=${meUrl}>${icon("lock")}<span class="grow">${t("What is kept about me")}</span></a>` : nothing}`;
  }

  #leave() {
    const { leaveUrl, formToken, leaving } = this.parts;
    if (!leaveUrl) return nothing;
    return html`<div class="menu__sep"></div><form method="post" action=${leaveUrl} @submit=${leaving}>
      <input type="hidden" name="form_token" value=${formToken}>
      <button class="menu__item">${icon("back")}<span class="grow">${t("Leave the workshop on this device")}</span></button></form>`;
  }
}
