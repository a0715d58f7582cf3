/** Who is here: everyone by name, with city and role, those present first. */
import { html, nothing } from "lit-html";
import { icon } from "../../lib/dom.js";
import { language, t, tn } from "../../lib/words.js";
import { deviceWords } from "../items/whose.js";
import { face } from "./top.js";

const LEADS = new Set(["owner", "facilitator", "co-facilitator"]);

/**
 * @param {import("../model.js").Model} model @param {readonly string[]} present
 * @param {(person: import("../model.js").Person) => void} [lead] makes somebody lead too: those who lead hand over so
 * @param {{target: string, toggle: (person: string) => void}} [following] whom I follow, and to follow somebody else
 * @param {() => void} [add] puts somebody without a device on the list
 */
export function peopleList(model, present, lead, following, add) {
  // Who has no device is in the room as far as anybody knows.
  const here = new Set([...present, model.me, ...model.people.filter((p) => p.deviceless).map((p) => p.id)]);
  const sort = new Intl.Collator(language());
  const people = [...model.people].sort((a, b) => Number(here.has(b.id)) - Number(here.has(a.id)) || sort.compare(a.name, b.name));
  return html`<div class="menu__head">${tn("{n} person here", "{n} people here", people.filter((p) => here.has(p.id)).length)}${apart(people.filter((p) => here.has(p.id)))}</div>
    <ul class="people">${people.map(
      (p) => html`<li class=${here.has(p.id) ? "" : "is-away"}>${face(model, p)}<span class="grow"><span dir="auto" lang=${p.lang ?? ""}>${model.name(p.id)}</span>${p.id === model.me ? html` <b class="strong">${t("You")}</b>` : ""}
        <span class="people__s">${[model.cityOf(p.id)?.name, role(p.role), deviceWords(p), here.has(p.id) ? "" : t("not here now"), model.workshop.fields[`finished/${p.id}`] ? t("finished") : ""].filter(Boolean).join(" · ")}</span></span>${following && p.id !== model.me && !p.deviceless && here.has(p.id) ? followButton(model, p, following) : nothing}${lead && model.leads && !p.deviceless && !LEADS.has(p.role ?? "") ? html`<button type="button" class="btn btn--s btn--room-soft" @click=${() => lead(p)} aria-label=${t("Let {name} lead too", { name: model.name(p.id) })} title=${t("Let {name} lead too", { name: model.name(p.id) })}>${icon("flag", "i--16")}</button>` : nothing}</li>`,
    )}</ul>${add && model.leads ? html`<button type="button" class="menu__item" @click=${add}>${icon("plus")}<span class="grow">${t("Add somebody without a device")}</span></button>` : nothing}`;
}

/** Those without a device, and who share one, counted apart. @param {import("../model.js").Person[]} people */
function apart(people) {
  const without = people.filter((p) => p.deviceless).length;
  const sharing = people.reduce((sum, p) => sum + (p.shared ?? 0), 0);
  const words = [without ? tn("{n} without a device", "{n} without a device", without) : "", sharing ? tn("{n} at a shared device", "{n} at shared devices", sharing) : ""].filter(Boolean).join(", ");
  return words ? html`<span class="people__apart">${words}</span>` : nothing;
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
