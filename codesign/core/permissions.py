"""Who may do what: one table, asked by pages and rooms alike.

`whose` is `own`, `other` (someone else's), `shared` (everybody's: clusters, connectors) or
`protected` (what the facilitator set up).
"""

from __future__ import annotations

from typing import Literal

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

#: What people who write may do with whose items while the stage is open.
WRITERS_MAY: dict[str, frozenset[str]] = {
    "add": frozenset({"own"}),
    "edit_text": frozenset({"own", "shared"}),
    "recolour": frozenset({"own", "shared"}),
    "move": frozenset({"own", "other", "shared"}),
    "cluster": frozenset({"own", "other", "shared"}),
    "connect": frozenset({"own", "other", "shared", "protected"}),
    "react": frozenset({"own", "other", "shared", "protected"}),
    "delete": frozenset({"own", "shared"}),
    "rename_self": frozenset({"own"}),
}
#: What only those who lead may do, in any stage.
LEADS_MAY = frozenset(WRITERS_MAY) | {"set_up", "protect", "people", "door", "stage", "workshop"}
#: What anyone may do whatever the stage.
ALWAYS = frozenset({"rename_self"})


def may(role: str, action: str, stage: str, whose: str = "own") -> bool:
    """Whether `role` may do `action` in `stage` to an item that is `whose`."""
    if role == "product":
        return True
    if role in LEADS:
        return action in LEADS_MAY
    if role in WRITERS:
        open_now = stage == "open" or action in ALWAYS
        return open_now and whose in WRITERS_MAY.get(action, ())
    return action == "rename_self" and role == "observer" and whose == "own"


def refusal(role: str, action: str, whose: str) -> str:
    """Why `may` said no: `stage` when it would be allowed in an open stage, else `forbidden`."""
    return "stage" if may(role, action, "open", whose) else "forbidden"
