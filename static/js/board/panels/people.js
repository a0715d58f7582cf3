/** Who is here: everyone by name, with city and role, those present first. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { language, t, tn } from "../../lib/words.js";
import { face } from "./top.js";

const LEADS = new Set(["owner", "facilitator", "co-facilitator"]);

/**
 * @param {import("../model.js").Model} model @param {readonly string[]} present
 * @param {(person: import("../model.js").Person) => void} [lead] makes somebody lead too: those who lead hand over so
 * @param {{target: string, toggle: (person: string) => void}} [following] whom I follow, and to follow somebody else
 */
export function peopleList(model, present, lead, following) {
  const here = new Set([...present, model.me]);
  const sort = new Intl.Collator(language());
  const people = [...model.people].sort((a, b) => Number(here.has(b.id)) - Number(here.has(a.id)) || sort.compare(a.name, b.name));
  return html`<div class="menu__head">${tn("{n} person here", "{n} people here", people.filter((p) => here.has(p.id)).length)}</div>
    <ul class="people">${people.map(
      (p) => html`<li class=${here.has(p.id) ? "" : "is-away"}>${face(model, p)}<span class="grow"><span dir="auto" lang=${p.lang ?? ""}>${model.name(p.id)}</span>${p.id === model.me ? html` <b class="strong">${t("You")}</b>` : ""}
        <span class="people__s">${[model.cityOf(p.id)?.name, role(p.role), here.has(p.id) ? "" : t("not here now"), model.workshop.fields[`finished/${p.id}`] ? t("finished") : ""].filter(Boolean).join(" · ")}</span></span>${following && p.id !== model.me && here.has(p.id) ? followButton(model, p, following) : nothing}${lead && model.leads && !LEADS.has(p.role ?? "") ? html`<button type="button" class="btn btn--s btn--room-soft" @click=${() => lead(p)} aria-label=${t("Let {name} lead too", { name: model.name(p.id) })} title=${t("Let {name} lead too", { name: model.name(p.id) })}>${icon("flag", "i--16")}</button>` : nothing}</li>`,
    )}</ul>`;
}

/** @param {import("../model.js").Model} model @param {import("../model.js").Person} person @param {{target: string, toggle: (person: string) => void}} following */
function followButton(model, { id }, { target, toggle }) {
  const on = target === id;
  const words = on ? t("Stop following {name}", { name: model.name(id) }) : t("Follow {name}: see what they see", { name: model.name(id) });
  return html`<button type="button" class="btn btn--s btn--icon people__follow ${on ? "is-on" : ""}" aria-pressed=${on} aria-label=${words} title=${words} @click=${() => toggle(id)}>${icon("follow", "i--16")}</button>`;
}

/** @param {string | undefined} name */
function role(name) {
  switch (name) {
    case "owner":
    case "facilitator":
    case "co-facilitator": return t("facilitator");
    case "host": return t("host");
    case "expert": return t("expert");
    case "observer": return t("observer");
    default: return "";
  }
}
