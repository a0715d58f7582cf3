"""Who may do what: one table, asked by pages and rooms alike.

`whose` is `own`, `other` (someone else's), `shared` (everybody's: clusters, connectors) or
`protected` (what the facilitator set up).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, get_args

Whose = Literal["own", "other", "shared", "protected"]

ROLES = (
    "owner",
    "facilitator",
    "co-facilitator",
    "host",
    "participant",
    "expert",
    "observer",
    "product",
)
LEADS = frozenset({"owner", "facilitator", "co-facilitator"})
WRITERS = frozenset({"host", "participant", "expert"})
ALL_OF = frozenset({"own", "other", "shared", "protected"})

#: What may be done now within a step. `silent` is judged in each person's lane; on a board it lets nobody write.
Stage = Literal["silent", "open", "cluster", "vote", "locked"]
#: What a step can let people who write do, beyond what its stage does.
Capability = Literal["add", "edit_own", "edit_all", "move", "connect"]

STAGES: tuple[str, ...] = get_args(Stage)
CAPABILITIES: tuple[str, ...] = get_args(Capability)
_SAYS = tuple((one, f"may/{one}") for one in CAPABILITIES)

_EVERYONES = frozenset({"own", "other", "shared"})
#: Each capability: the actions it covers, and with whose items.
COVERS: dict[str, dict[str, frozenset[str]]] = {
    "add": {"add": frozenset({"own"})},
    "edit_own": {action: frozenset({"own"}) for action in ("edit_text", "recolour", "delete")},
    "edit_all": {action: frozenset({"own", "other"}) for action in ("edit_text", "recolour")},
    "move": {
        "move": _EVERYONES,
        "cluster": _EVERYONES,
        **{action: frozenset({"shared"}) for action in ("edit_text", "recolour", "delete")},
    },
    "connect": {"connect": ALL_OF},
}
#: What people who write may do in each stage, while the step says nothing else.
OPEN = frozenset({"add", "edit_own", "move", "connect"})
STAGE_MAY: dict[str, frozenset[str]] = {
    "silent": frozenset(),
    "open": OPEN,
    "cluster": OPEN - {"add"},
    "vote": frozenset(),
    "locked": frozenset(),
}
#: Stages in which people react to what they see, and translate it for others.
REACT_IN = frozenset({"open", "cluster", "vote"})
#: Stages in which the host of a table says which round is on.
ROUNDS_IN = frozenset({"silent", "open"})
#: What is done beside a note and leaves it as it is: no step takes it away.
BESIDE = frozenset({"react", "translate"})
#: What only those who lead may do, in any stage.
LEADS_MAY = frozenset({action for covers in COVERS.values() for action in covers}) | {
    *BESIDE,
    *("undo", "rename_self"),
    *(
        "set_up",
        "protect",
        "people",
        "door",
        "stage",
        "workshop",
        "plan",
        "votes",
        "tables",
        "rounds",
    ),
}
#: What only owners may do beside that: an owner is made, demoted and let go by owners.
OWNERS_MAY = LEADS_MAY | {"owners"}
#: What anyone may do whatever the stage.
ALWAYS = frozenset({"rename_self"})


def may(
    role: str,
    action: str,
    stage: str,
    whose: str = "own",
    step: frozenset[str] | None = None,
) -> bool:
    """Whether `role` may do `action` in `stage` to an item that is `whose`; `step`: what the step lets writers do."""
    if role == "product":
        return True
    if role in LEADS:
        return action in (OWNERS_MAY if role == "owner" else LEADS_MAY)
    if action == "rounds":  # a table turns its own
        return role == "host" and stage in ROUNDS_IN
    if role in WRITERS:
        return _writer_may(action, stage, whose, step)
    return action == "rename_self" and role == "observer" and whose == "own"


def refusal(role: str, action: str, whose: str) -> str:
    """Why `may` said no: `stage` when it would be allowed in an open stage, else `forbidden`."""
    return "stage" if may(role, action, "open", whose) else "forbidden"


def step_of(fields: Mapping[str, Any]) -> frozenset[str] | None:
    """What the step under way lets writers do (`may/<capability>`); None: as its stage says."""
    said = [one for one, key in _SAYS if fields.get(key, False)]
    return frozenset(said) if said else None


@cache  # there are as many questions as actions, stages and sets of capabilities
def _writer_may(action: str, stage: str, whose: str, step: frozenset[str] | None) -> bool:
    if action in ALWAYS:
        return whose == "own"
    if action in BESIDE:
        return stage in REACT_IN
    allowed = step if stage == "open" and step is not None else STAGE_MAY.get(stage, frozenset())
    if action == "undo":
        return bool(allowed)
    return any(whose in COVERS[one].get(action, ()) for one in allowed)
