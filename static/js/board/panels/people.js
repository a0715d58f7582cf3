/** Who is here: everyone by name, with city and role, those present first. */
import { html } from "lit-html";
import { language, t, tn } from "../../lib/words.js";
import { face } from "./top.js";

/** @param {import("../model.js").Model} model @param {readonly string[]} present */
export function peopleList(model, present) {
  const here = new Set([...present, model.me]);
  const sort = new Intl.Collator(language());
  const people = [...model.people].sort((a, b) => Number(here.has(b.id)) - Number(here.has(a.id)) || sort.compare(a.name, b.name));
  return html`<div class="menu__head">${tn("{n} person here", "{n} people here", people.filter((p) => here.has(p.id)).length)}</div>
    <ul class="people">${people.map(
      (p) => html`<li class=${here.has(p.id) ? "" : "is-away"}>${face(model, p)}<span class="grow"><span dir="auto" lang=${p.lang ?? ""}>${model.name(p.id)}</span>${p.id === model.me ? html` <b class="strong">${t("You")}</b>` : ""}
        <span class="people__s">${[model.cityOf(p.id)?.name, role(p.role), here.has(p.id) ? "" : t("not here now")].filter(Boolean).join(" · ")}</span></span></li>`,
    )}</ul>`;
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
