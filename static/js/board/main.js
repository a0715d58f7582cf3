/** The board's page: what it opens with lies in one file with all it needs, `start.js`. */
import { open } from "./start.js";

void open(/** @type {HTMLElement} */ (document.getElementById("board")));
