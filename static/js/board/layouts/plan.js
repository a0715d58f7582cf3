/** From the model to rectangles: the layout of this board, and its lines on top. */
import { placeConnectors } from "../items/connector.js";
import { placeCauses } from "../items/cause.js";
import { tagOf } from "../items/factor.js";
import { namesOf } from "../maps/words.js";
import { columns, rounds } from "./columns.js";
import { free } from "./free.js";
import { zones } from "./zones.js";

/** Frames and sheets stand side by side as lists. */
const FLOWING = { zones, columns, rounds };
/** A pin covers as little of its map as may be. */
const PIN_WIDTH = 136;
const PIN_LEAST = 56;
const OTHER_HEIGHT = 128;
/** Those who set up a board have a button beside each title. */
const ZONE_BUTTON = 34;

/**
 * @param {import("../model.js").Model} model @param {import("../metrics.js").Metrics} metrics
 * @param {import("./flow.js").How} how @returns {import("./flow.js").Plan}
 */
export function planOf(model, metrics, how) {
  const pins = model.layout === "image";
  if (pins) metrics.least = PIN_LEAST;
  const source = {
    noteWidth: pins ? PIN_WIDTH : undefined,
    regions: model.regions,
    loose: model.loose,
    entries: (/** @type {string} */ id) => model.entries(id),
    members: (/** @type {string} */ id) => model.members(id),
    height: (/** @type {import("../model.js").Item} */ item) => (item.kind === "note" ? metrics.height(item, pins ? PIN_WIDTH : undefined) : OTHER_HEIGHT),
    card: (/** @type {import("../model.js").Item} */ factor) => metrics.card(.../** @type {[string, string]} */ (namesOf(factor.label ?? "")), `${factor.pinned ? "xx " : ""}${tagOf(factor)}`),
    titleLines: (/** @type {import("../model.js").Item} */ region, /** @type {number} */ room) => metrics.titleLines(model.words(region, "title"), room - (model.may("set_up") ? ZONE_BUTTON : 0)),
  };
  const plan = model.layout === "zones" || model.layout === "columns" || model.layout === "rounds" ? FLOWING[model.layout](source, how) : free(source);
  placeConnectors(plan, model.connectors.map((id) => /** @type {any} */ (model.item(id))));
  if (model.layout === "graph") placeCauses(plan, model.causes);
  return plan;
}
