/**
 * What popovers offer for items: a paper, a reaction, a place. Templates only; what a choice does is handed in.
 *
 * @typedef {import("../model.js").Model} Model
 * @typedef {import("../model.js").Item} Item
 */
import { html, nothing } from "lit-html";
import { face, icon, mark } from "../../lib/dom.js";
import { t } from "../../lib/words.js";
import { PAPERS, REACTIONS, paperName, reactionName } from "../papers.js";

/** @param {Model} model @param {string | null} now @param {(paper: string, name: string) => void} choose */
export function papers(model, now, choose) {
  return html`<div class="papers">
    ${PAPERS.map((paper) => {
      const name = paperName(paper);
      const cities = model.meaning(paper);
      return html`<button type="button" role="menuitemradio" class="paper c-${paper}" aria-checked=${paper === now}
        title=${cities || name} aria-label=${cities ? `${name}: ${cities}` : name} @click=${() => choose(paper, name)}>
        <span class="paper__sheet">${mark(paper)}</span><span class="paper__name">${cities || name}</span>
      </button>`;
    })}
  </div>`;
}

/** @param {Item} item @param {string} me @param {(reaction: string) => void} choose */
export function reactions(item, me, choose) {
  return html`<div class="faces">
    ${REACTIONS.map(
      (reaction) => html`<button type="button" role="menuitemcheckbox" class="tool face"
        aria-checked=${Boolean(item[`reaction/${reaction}/${me}`])} aria-label=${reactionName(reaction)}
        data-tip=${reactionName(reaction)} @click=${() => choose(reaction)}>${face(reaction)}</button>`,
    )}
  </div>`;
}

/**
 * The regions, the groups in them, and "out of the group".
 * @param {Model} model @param {Item} item @param {{region: (id: string) => void, cluster: (id: string) => void}} choose
 */
export function places(model, item, choose) {
  const here = model.regionOf(item);
  const groups = item.kind === "note" ? [...model.items.values()].filter((i) => i.kind === "cluster") : [];
  return html`<div class="menu__head">${t("Move to")}</div>
    ${model.regions.map(
      (region, i) => html`<button type="button" role="menuitem" class="menu__item" ?disabled=${region.id === here && !item.cluster}
        aria-keyshortcuts=${i < 9 ? i + 1 : nothing}
        @click=${() => choose.region(region.id)}>
        <span class="grow" dir="auto">${model.words(region, "title")}</span>
        ${region.id === here && !item.cluster ? html`<span class="tiny quiet">${t("here")}</span>` : i < 9 ? html`<span class="kbd">${i + 1}</span>` : nothing}
      </button>`,
    )}
    ${groups.length ? html`<div class="menu__sep"></div>` : nothing}
    ${groups.map(
      (group) => html`<button type="button" role="menuitem" class="menu__item" ?disabled=${item.cluster === group.id}
        @click=${() => choose.cluster(group.id)}>${icon("group", "i--16")}<span class="grow" dir="auto">${group.name || t("Group without a name")}</span></button>`,
    )}`;
}
