/** One note in a row: lists side by side. */
import { flow } from "./flow.js";

/** @param {import("./flow.js").Source} source @param {number} [least] */
export function columns(source, least) {
  return flow(source, { across: 1, least });
}
