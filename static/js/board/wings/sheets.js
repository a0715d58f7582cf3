/** The wing of what opens over the board when somebody asks for it. */
import "../start.js";

export { BringIn } from "../bring_in/bring_in.js";
export { CardForm } from "../cards/card_form.js";
export { boardMenu } from "../panels/board_menu.js";
export { Comments } from "../panels/comments.js";
export { peopleList } from "../panels/people.js";
export { Proposals } from "../panels/proposals.js";
export { Translating } from "../panels/translating.js";
