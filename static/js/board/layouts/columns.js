/** One note in a row: lists side by side. */
import { flow } from "./flow.js";

/** @param {import("./flow.js").Source} source */
export function columns(source) {
  return flow(source, { across: 1 });
}
