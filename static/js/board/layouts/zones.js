/** Named areas side by side, two notes in a row. */
import { flow } from "./flow.js";

/** @param {import("./flow.js").Source} source */
export function zones(source) {
  return flow(source, { across: 2 });
}
