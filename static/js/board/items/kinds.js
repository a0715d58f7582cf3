/** How each kind is drawn: `make` an element once, `fill` it whenever the item's object was replaced. */
import { factorSays, linkSays } from "../maps/words.js";
import { fillCause, makeCause } from "./cause.js";
import { fillCluster, makeCluster, sayCluster } from "./cluster.js";
import { fillConnector, makeConnector, sayConnector } from "./connector.js";
import { fillFactor, makeFactor } from "./factor.js";
import { fillNote, makeNote, sayNote } from "./note.js";
import { fillFrame, fillHeading, fillImage, makeFrame, makeHeading, makeImage } from "./others.js";
import { fillRegion, makeRegion } from "./region.js";

/** @type {Record<string, {make: () => HTMLElement, fill: (node: HTMLElement, item: import("../model.js").Item, look: import("./note.js").Look) => void}>} */
export const KINDS = {
  note: { make: makeNote, fill: fillNote },
  cluster: { make: makeCluster, fill: fillCluster },
  region: { make: makeRegion, fill: fillRegion },
  frame: { make: makeFrame, fill: fillFrame },
  heading: { make: makeHeading, fill: fillHeading },
  image: { make: makeImage, fill: fillImage },
  connector: { make: makeConnector, fill: fillConnector },
  factor: { make: makeFactor, fill: fillFactor },
  causal_link: { make: makeCause, fill: fillCause },
};

/** What a screen reader hears of any item. @param {import("../model.js").Item} item @param {import("../model.js").Model} model @returns {string} */
export function sayAnything(item, model) {
  switch (item.kind) {
    case "note": return sayNote(item, model);
    case "cluster": return sayCluster(item, model);
    case "connector": return sayConnector(item, model);
    case "factor": return factorSays(item);
    case "causal_link": return linkSays(item, (id) => model.item(id));
    default: return model.words(item, item.kind === "image" ? "alt" : item.kind === "heading" ? "text" : "title");
  }
}
