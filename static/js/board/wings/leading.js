/** The wing of those who lead: the run bar, the cockpit and what is in it, the tables. */
import "../start.js";

export { Cockpit } from "../panels/cockpit.js";
export { Gathering } from "../panels/gathering.js";
export { RunBar } from "../panels/run_bar.js";
export { Tables } from "../panels/tables.js";
