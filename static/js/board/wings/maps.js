/** The wing of system maps. */
import "../start.js";

export { SystemMap } from "../maps/system_map.js";
