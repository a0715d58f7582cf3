/** The wing of boards that show records: actors on their planes, sheets, plans, grids to choose from. */
import "../start.js";

export { Actors } from "../records/actors.js";
export { RecordBoard } from "../records/record_board.js";
