/** The wing in which decisions are made: votes and consent rounds, from asking to what came of them. */
import "../start.js";

export { Consenting } from "../consenting.js";
export { Voting } from "../voting.js";
