/** From the model to rectangles: the layout of this board, and its lines on top. */
import { placeConnectors } from "../items/connector.js";
import { columns } from "./columns.js";
import { free } from "./free.js";
import { zones } from "./zones.js";

const FLOWING = { zones, columns };
const OTHER_HEIGHT = 128;

/**
 * @param {import("../model.js").Model} model @param {import("../metrics.js").Metrics} metrics
 * @param {import("./flow.js").How} how @returns {import("./flow.js").Plan}
 */
export function planOf(model, metrics, how) {
  const source = {
    regions: model.regions,
    loose: model.loose,
    entries: (/** @type {string} */ id) => model.entries(id),
    members: (/** @type {string} */ id) => model.members(id),
    height: (/** @type {import("../model.js").Item} */ item) => (item.kind === "note" ? metrics.height(item) : OTHER_HEIGHT),
  };
  const plan = model.layout === "free" ? free(source) : FLOWING[model.layout](source, how);
  placeConnectors(plan, model.connectors.map((id) => /** @type {any} */ (model.item(id))));
  return plan;
}
