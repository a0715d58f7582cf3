"""Going over from one stage to another: the one place where silence begins and ends.

`silence` counts the stretches of silent writing; `hidden` (`named` or `anonymous`) stands there from the beginning of
one until it is revealed, also while it is locked. `ended` says since when the workshop is over; any stage that is set
after that opens it again.
"""

from __future__ import annotations

from codesign.core.ask import Ask
from codesign.core.effects import Effect
from codesign.core.stream import Draft, Fields


def enter_stage(
    stage: str, ask: Ask, draft: Draft, *, anonymous: bool = False, another: bool = False
) -> tuple[Fields, tuple[Effect, ...]]:
    """The workshop's fields in the new stage, and what follows from leaving the old one.

    `silent` begins a silence, or goes on with the one that was locked; in `another` step, or with another promise about
    names, it begins another one. `locked` keeps what is hidden; every other stage reveals it.
    """
    fields: Fields = {"stage": stage}
    if "ended" in draft.fields:
        fields["ended"] = None
    hidden = draft.fields.get("hidden")
    kind = "anonymous" if anonymous else "named"
    goes_on = stage == "silent" and hidden == kind and not another
    ends = hidden is not None and stage != "locked" and not goes_on
    if ends:
        fields["hidden"] = None
    if stage == "silent" and not goes_on:
        fields |= {"hidden": kind, "silence": draft.fields.get("silence", 0) + 1}
    return fields, (_revealing(ask, draft.fields),) if ends else ()


def _revealing(ask: Ask, fields: Fields) -> Effect:
    """An errand (live/errands.py): no stream sees all the lanes."""
    anonymous = fields["hidden"] == "anonymous"
    errand = {"type": "reveal_lanes", "silence": fields["silence"], "anonymous": anonymous}
    return Effect(ask.stream, errand)
