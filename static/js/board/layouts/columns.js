/** One note in a row: lists side by side. */
import { flow } from "./flow.js";

/** @param {import("./flow.js").Source} source @param {import("./flow.js").How} [how] */
export function columns(source, how) {
  return flow(source, { ...how, across: 1 });
}

/** Columns in rounds: eight of them fit side by side. @param {import("./flow.js").Source} source @param {import("./flow.js").How} [how] */
export function rounds(source, how) {
  return flow(source, { ...how, across: 1, tight: source.regions.length > 7 });
}
