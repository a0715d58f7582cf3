// Who may do what, as codesign/core/permissions.py has it. The server decides; this only spares people what would be
// refused. tests/vectors/rights.json holds the two together.

export const LEADS = new Set(["owner", "facilitator", "co-facilitator"]);
const WRITERS = new Set(["host", "participant", "expert"]);
/** @typedef {"own" | "other" | "shared" | "protected"} Whose */
export const CAPABILITIES = ["add", "edit_own", "edit_all", "move", "connect"];

const EVERYONES = ["own", "other", "shared"];
/** @type {Record<string, Record<string, string[]>>} each capability: the actions it covers, and with whose items */
const COVERS = {
  add: { add: ["own"] },
  edit_own: { edit_text: ["own"], recolour: ["own"], delete: ["own"] },
  edit_all: { edit_text: ["own", "other"], recolour: ["own", "other"] },
  move: { move: EVERYONES, cluster: EVERYONES, edit_text: ["shared"], recolour: ["shared"], delete: ["shared"] },
  connect: { connect: [...EVERYONES, "protected"] },
};
/** @type {Record<string, string[]>} */
const STAGE_MAY = { silent: [], open: ["add", "edit_own", "move", "connect"], cluster: ["edit_own", "move", "connect"], vote: [], locked: [] };
const REACT_IN = new Set(["open", "cluster", "vote"]);
/** A table turns its own rounds. */
const ROUNDS_IN = new Set(["silent", "open"]);
const BESIDE = new Set(["react", "translate"]);

/** What the step under way lets people who write do; null: as its stage says. @param {Record<string, any>} fields of the workshop */
export function stepOf(fields) {
  const said = CAPABILITIES.filter((one) => fields[`may/${one}`]);
  return said.length ? said : null;
}

/**
 * @param {string} role @param {string} action @param {string} stage @param {Whose} whose
 * @param {string[] | null} [step] what the step lets writers do
 */
export function may(role, action, stage, whose, step = null) {
  if (LEADS.has(role)) return true;
  if (action === "rounds") return role === "host" && ROUNDS_IN.has(stage);
  if (!WRITERS.has(role)) return action === "rename_self" && role === "observer" && whose === "own";
  if (action === "rename_self") return whose === "own";
  if (BESIDE.has(action)) return REACT_IN.has(stage);
  const allowed = stage === "open" && step ? step : (STAGE_MAY[stage] ?? []);
  if (action === "undo") return allowed.length > 0;
  return allowed.some((one) => COVERS[one][action]?.includes(whose));
}
