"""The timer: where it ends, what happens then, and the ten seconds in which that can be stopped.

A running timer is `timer_ends` (server ms), a resting one `timer_left` (ms); `timer_of` is what it was set for, and
`timer_then` what happens at zero. Of one table: the same keys with `/<table>`.
"""

from __future__ import annotations

from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import PatchStream
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.history import STREAM
from codesign.core.ops import CarryOut, EndTimer, SetTimer, StopNotice
from codesign.core.rules.stages import enter_stage
from codesign.core.stream import Draft, Fields

NO_NOTICE: Fields = {"notice": None, "notice_at": None}
#: How the keys of tables' timers begin.
OF_TABLES = ("timer_ends/", "timer_left/", "timer_of/")
MINUTE = 60_000


def set_timer(op: SetTimer, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("stage"):
        return no
    if no := _refuse_times(op, ask.now):
        return no
    fields = timer_fields(op.ends_at, op.left, op.of, op.table)
    # Whoever was offline meanwhile would put an old timer over one that others have set.
    if no := ask.guarded({**draft.fields, "id": STREAM}, fields):
        return no
    if op.table is None:
        fields |= NO_NOTICE
        if op.ends_at is None and op.left is None:
            fields["timer_then"] = None
    return changed(draft, fields, _end(op.ends_at, ask, op.table))


def end_timer(op: EndTimer, ask: Ask, draft: Draft) -> Decision:
    """Time is up. Nobody is moved: nothing happens, or what is to happen is announced first."""
    if ask.role != "product":
        return Refused("forbidden")
    if draft.fields.get(_key("timer_ends", op.table)) != op.ends_at or op.table is not None:
        return NOTHING  # it was moved meanwhile
    then = draft.fields.get("timer_then")
    hidden = "hidden" in draft.fields
    if then is None or (not hidden if then == "reveal" else draft.fields["stage"] == "locked"):
        return NOTHING
    at = ask.now + limits.NOTICE_MS
    effect = Effect(ask.stream, {"type": "carry_out", "notice_at": at}, limits.NOTICE_MS)
    return Accepted((PatchStream({"notice": then, "notice_at": at}),), (effect,))


def stop_notice(op: StopNotice, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("stage"):
        return no
    if draft.fields.get("notice_at") != op.notice_at:
        return NOTHING
    return changed(draft, dict(NO_NOTICE))


def carry_out(op: CarryOut, ask: Ask, draft: Draft) -> Decision:
    """Ten seconds later, if nobody stopped it."""
    if ask.role != "product":
        return Refused("forbidden")
    if draft.fields.get("notice_at") != op.notice_at:
        return NOTHING
    stage = "locked" if draft.fields.get("notice") == "lock" else "open"
    fields, effects = enter_stage(stage, ask, draft)
    if stage == "open":
        rest, more = rest_of_step(ask, draft)
        fields, effects = fields | rest, (*effects, *more)
    return changed(draft, fields | NO_NOTICE, effects)


def start_timer(milliseconds: int, then: str | None, ask: Ask) -> tuple[Fields, tuple[Effect, ...]]:
    """A timer that runs from now; none at all for 0."""
    ends_at = ask.now + milliseconds if milliseconds else None
    fields = timer_fields(ends_at, None, milliseconds or None)
    return fields | {"timer_then": then if milliseconds else None}, _end(ends_at, ask)


def go_on(ends_at: int | None, left: int | None, ask: Ask) -> tuple[Fields, tuple[Effect, ...]]:
    """The timer of a step that people come back to: it went on without them, unless it rested."""
    if ends_at is not None and ends_at <= ask.now:
        ends_at = None
    return {"timer_ends": ends_at, "timer_left": left}, _end(ends_at, ask)


def rest_of_step(ask: Ask, draft: Draft) -> tuple[Fields, tuple[Effect, ...]]:
    """After a first stage with a time of its own: what is left of the step."""
    step = draft.get(str(draft.fields.get("step", "")))
    if step is None or "stage_minutes" not in step:
        return {}, ()
    whole = int(step["minutes"]) * MINUTE
    ends_at = int(draft.fields.get("step_at", 0)) + whole
    if ends_at <= ask.now:
        return timer_fields(None, None, None) | {"timer_then": None}, ()
    return timer_fields(ends_at, None, whole) | {"timer_then": None}, _end(ends_at, ask)


def timer_fields(
    ends_at: int | None, left: int | None, of: int | None, table: str | None = None
) -> Fields:
    said = {"timer_ends": ends_at, "timer_left": left, "timer_of": of}
    return {_key(name, table): value for name, value in said.items()}


def changed(draft: Draft, fields: Fields, effects: tuple[Effect, ...] = ()) -> Decision:
    """Only what is not so already; what follows from a change that is none does not follow."""
    fields = {key: value for key, value in fields.items() if draft.fields.get(key) != value}
    return Accepted((PatchStream(fields),), effects) if fields else NOTHING


def _refuse_times(op: SetTimer, now: int) -> Refused | None:
    most = {"limit": "timer", "most": limits.TIMER_MS}
    if op.ends_at is not None and op.left is not None:
        return Refused("bad_op", {"field": "left"})
    # A little in the past is a clock that is a little off, or a message that took its time.
    if op.ends_at is not None and not (
        now - limits.TIMER_LATE_MS <= op.ends_at <= now + limits.TIMER_MS
    ):
        return Refused("limit", most)
    if any(time is not None and not 0 <= time <= limits.TIMER_MS for time in (op.left, op.of)):
        return Refused("limit", most)
    return None


def _end(ends_at: int | None, ask: Ask, table: str | None = None) -> tuple[Effect, ...]:
    if ends_at is None:
        return ()
    op: dict[str, Any] = {"type": "end_timer", "ends_at": ends_at}
    if table is not None:
        op["table"] = table
    return (Effect(ask.stream, op, max(0, ends_at - ask.now)),)


def _key(name: str, table: str | None) -> str:
    return name if table is None else f"{name}/{table}"
