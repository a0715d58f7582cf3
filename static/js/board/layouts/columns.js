/** One note in a row: lists side by side. */
import { flow } from "./flow.js";

/** @param {import("./flow.js").Source} source @param {import("./flow.js").How} [how] */
export function columns(source, how) {
  return flow(source, { ...how, across: 1 });
}
