/** The wing in which a board of notes says what it comes to. */
import "../start.js";

export { ComesTo } from "../comes_to.js";
