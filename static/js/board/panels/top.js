/** The upper bar: where I am, the question, and who is here. */
import { html, nothing, render } from "lit-html";
import { icon } from "../../lib/dom.js";
import { t, tn } from "../../lib/words.js";
import { TextField } from "../tools/text_field.js";
import { tool } from "./bars.js";

const FACES_SHOWN = 4;
const LOGO = html`<svg class="where__mark" viewBox="0 0 26 26" aria-hidden="true"><rect x="2" y="2" width="15" height="15" rx="3.6" fill="#0B6B55"></rect><rect x="9" y="9" width="15" height="15" rx="3.6" fill="#FFD95A"></rect><path d="M9 12.6A3.6 3.6 0 0 1 12.6 9H17v4.4a3.6 3.6 0 0 1-3.6 3.6H9z" fill="#17211D"></path></svg>`;
const RING = html`<svg class="timer__ring" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9.5"></circle><circle class="timer__left" cx="12" cy="12" r="9.5" pathLength="1"></circle></svg>`;

export class Top {
  /**
   * @param {{
   *   where: HTMLElement, task: HTMLElement, people: HTMLElement, model: import("../model.js").Model,
   *   present: () => string[], manageUrl: string, openMenu: (anchor: HTMLElement) => void,
   *   openPeople: (anchor: HTMLElement) => void, search: () => void, openRoom: () => void, isRoomOpen: () => boolean, atDoor: () => number,
   *   running: () => import("../running.js").Running | undefined, begins: () => string, asking: () => unknown,
   * }} parts
   */
  constructor(parts) {
    this.parts = parts;
    // The server's own words stand there until the board is known.
    parts.task.replaceChildren();
  }

  draw() {
    const { where, task, people, model } = this.parts;
    const question = model.votes?.now?.question ?? (this.parts.running()?.question ?? model.words(model.fields, "question"));
    render(this.#where(), where);
    render(this.#task(question || model.workshop.fields.title || ""), task);
    render(this.#people(), people);
  }

  /** @type {{end: () => void} | null} */
  #field = null;

  /** The question is the headline; those who lead may write it anew, several at once. @param {string} question */
  #task(question) {
    if (this.#field) {
      return html`<textarea class="task__write" rows="1" dir="auto" aria-label=${t("Question")} @keydown=${(/** @type {KeyboardEvent} */ e) => this.#keys(e)} @blur=${() => this.#endWriting()}></textarea>`;
    }
    return html`<div class="task__words">${this.#step()}<h1 class="task__q" dir="auto" tabindex="-1">${question}</h1></div>${this.#timer()}${this.parts.model.leads && !this.parts.model.votes?.now ? tool("edit", t("Edit the question"), () => this.#write()) : nothing}`;
  }

  /** Where in the agenda we are. */
  #step() {
    const running = this.parts.running();
    const step = running?.step;
    const begins = this.parts.begins();
    if (this.parts.model.isOver) return html`<p class="task__step">${t("The workshop has ended")}</p>`;
    if (!step && begins) return html`<p class="task__step num">${begins}</p>`;
    if (!running || !step) return nothing;
    const { step_number: n = 1, steps: all = 1 } = running.fields;
    return html`<p class="task__step" dir="auto">${t("Step {n} of {all}", { n, all })} · ${running.model.words(step, "title")}</p>`;
  }

  /** How much time is left; the seconds are written by the timer's face. */
  #timer() {
    const running = this.parts.running();
    if (!running || running.timer.state === "none") return nothing;
    return html`<span class="timer" role="timer" aria-live="off" data-timer>${running.timer.state === "rests" ? icon("pause") : RING}<b class="num" data-timer-words aria-hidden="true"></b></span>`;
  }

  #write() {
    const { task, model } = this.parts;
    this.#field = /** @type {any} */ ({});
    this.draw();
    const area = /** @type {HTMLTextAreaElement} */ (task.querySelector("textarea"));
    const grow = () => {
      area.style.height = "0";
      area.style.height = `${area.scrollHeight}px`;
    };
    const running = this.parts.running();
    const step = running?.step?.question ? running.step : null;
    // The question of a step is the agenda's; the board's own is written letter by letter, several at once.
    if (step && running) this.#field = stepField(area, running, step, grow);
    else this.#field = new TextField(area, model.sync, { stream: model.who.board, id: null, field: "question" }, grow);
    grow();
    area.focus();
  }

  #endWriting() {
    const field = this.#field;
    if (!field) return;
    // First: taking the area out of the page tells it that it lost the focus.
    this.#field = null;
    field.end();
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  #keys(event) {
    if (event.isComposing || (event.key !== "Escape" && event.key !== "Enter")) return;
    event.preventDefault();
    event.stopPropagation();
    this.#endWriting();
    /** @type {HTMLElement | null} */ (this.parts.task.querySelector("button"))?.focus();
  }

  #where() {
    const { model, manageUrl } = this.parts;
    const question = model.words(model.fields, "question");
    const named = model.workshop.fields.title ?? "";
    // Often the question is all there is: then it is not said twice.
    const title = named === question || named === model.fields.question ? "Codesign" : named;
    const boards = [...model.workshop.items.values()].filter((i) => i.kind === "board");
    const board = boards.find((b) => model.who.board === `board:${b.id}`);
    const leads = manageUrl && model.leads;
    const second = [boards.length > 1 && board ? model.words(board, "title") : "", leads ? t("Link, code and people") : model.cityOf(model.me)?.name].filter(Boolean).join(" · ");
    const words = html`${LOGO}<span><span class="where__t" dir="auto">${title}</span>${second ? html`<span class="where__s" dir="auto">${second}</span>` : nothing}</span>`;
    return leads
      ? html`<a class="where" href=${manageUrl}>${words}${icon("sliders", "i--16")}</a>`
      : html`<div class="where">${words}</div>`;
  }

  /** How many wait at the door, while the cockpit that says who is closed. */
  #atDoor() {
    const n = this.parts.isRoomOpen() ? 0 : this.parts.atDoor();
    return n ? html`<b class="tool__n num" aria-hidden="true">${n}</b>` : nothing;
  }

  #roomWords() {
    const n = this.parts.atDoor();
    return n ? `${t("Room")}. ${tn("{n} person is at the door", "{n} people are at the door", n)}` : t("Room");
  }

  #people() {
    const { model, present, openMenu, openPeople, search } = this.parts;
    const here = new Set(present());
    const shown = model.people.filter((p) => p.id === model.me || here.has(p.id)).sort((a, b) => Number(a.id === model.me) - Number(b.id === model.me));
    const more = shown.length - FACES_SHOWN;
    return html`<button type="button" class="avatars" aria-haspopup="true" aria-expanded="false"
        data-tip=${t("Who is here")} @click=${press(openPeople)}><span class="sr">${tn("{n} person here", "{n} people here", shown.length)}</span>
        ${shown.slice(0, FACES_SHOWN).map((p) => face(model, p))}
        ${more > 0 ? html`<span class="avatars__more num" aria-hidden="true">+${more}</span>` : nothing}
      </button>
      <span class="sep"></span>${this.parts.asking()}
      ${model.leads ? html`<button type="button" class="tool" id="room-button" aria-pressed=${this.parts.isRoomOpen()} aria-label=${this.#roomWords()} data-tip=${t("Room")} @click=${this.parts.openRoom}>${icon("sliders")}${this.#atDoor()}</button>` : nothing}
      <button type="button" class="tool top__search" aria-label=${t("Search")} data-tip=${t("Search")} @click=${search}>${icon("search")}</button>
      <button type="button" class="tool" id="menu-button" aria-haspopup="true" aria-expanded="false" aria-label=${t("Menu")} data-tip=${t("Menu")} @click=${press(openMenu)}>${icon("more")}</button>`;
  }
}

/**
 * A field for the question of a step, in the language the person reads it in. It is asked when they are done.
 * @param {HTMLTextAreaElement} area @param {import("../running.js").Running} running @param {import("../model.js").Item} step @param {() => void} grow
 */
function stepField(area, running, step, grow) {
  const { model } = running;
  const before = model.words(step, "question");
  const lang = model.who.lang;
  area.value = before;
  area.addEventListener("input", grow);
  return {
    end: () => {
      const words = area.value.replace(/\s+/g, " ").trim();
      if (!words || words === before) return;
      const own = step[`question/${lang}`] === before;
      model.sync.ask(running.desk, own ? { type: "translate", id: step.id, field: "question", lang, words } : { type: "edit_step", id: step.id, question: words });
    },
  };
}

/** Initials in the person's own script, on the deep colour of their city. @param {import("../model.js").Model} model @param {import("../model.js").Person} person */
export function face(model, person) {
  const leads = ["owner", "facilitator", "co-facilitator"].includes(person.role ?? "");
  const paper = model.cityOf(person.id)?.colour ?? "stone";
  const finished = model.workshop.fields[`finished/${person.id}`] ? "is-finished" : "";
  return html`<span class="avatar ${finished} ${leads ? "avatar--fac" : `c-${paper}`}" title=${model.name(person.id)} aria-hidden="true">${initials(person.name)}</span>`;
}

/** @param {string} name */
export function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((w) => [...w][0] ?? "").join("").toLocaleUpperCase() .replace(/[\u1c90-\u1cbf]/g, (c) => c.toLowerCase());
}

/** @param {(anchor: HTMLElement) => void} act @returns {(event: Event) => void} */
function press(act) {
  return (event) => act(/** @type {HTMLElement} */ (event.currentTarget));
}

