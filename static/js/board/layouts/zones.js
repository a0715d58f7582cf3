/** Named areas side by side, two notes in a row. */
import { flow } from "./flow.js";

/** @param {import("./flow.js").Source} source @param {import("./flow.js").How} [how] */
export function zones(source, how) {
  return flow(source, { ...how, across: 2 });
}
