/** Named areas side by side, two notes in a row. */
import { flow } from "./flow.js";

/** @param {import("./flow.js").Source} source @param {number} [least] */
export function zones(source, least) {
  return flow(source, { across: 2, least });
}
