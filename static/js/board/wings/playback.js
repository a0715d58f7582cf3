/** The wing in which a board is played back: a page of its own, drawn by the board. */
import "../start.js";

export { startPlayback } from "../playback/start.js";
