"""Running the agenda: which step is on, and what people see of the plan."""

from __future__ import annotations

from typing import Any

from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PatchStream, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.ops import EndWorkshop, ShowPlan, StartStep
from codesign.core.permissions import CAPABILITIES
from codesign.core.rules.stages import enter_stage
from codesign.core.rules.steps import UNKNOWN, in_order
from codesign.core.rules.tables import closing
from codesign.core.rules.timer import MINUTE, NO_NOTICE, OF_TABLES, go_on, start_timer, timer_fields
from codesign.core.rules.together import next_step
from codesign.core.stream import Draft, Fields, Item, Readable

#: What of a step never leaves the desk.
PRIVATE = frozenset({"note", "carry"})
#: What the workshop's copy of a step remembers for itself.
REMEMBERED = frozenset(
    {"reached", "was_at", "was_board", "was_ends", "was_left", "was_of", "was_then", "was_stage"}
)


def start_step(op: StartStep, ask: Ask, draft: Draft) -> Decision:
    """Two screens that start the same step, or different ones, end in one state: the second asker is told."""
    if no := ask.refuse("plan"):
        return no
    step = None if ask.desk is None else ask.desk.get(op.step)
    if ask.desk is None or step is None or step["kind"] != "step":
        return UNKNOWN
    now_on = draft.fields.get("step")
    if now_on == op.step:
        return NOTHING
    if now_on != op.source:
        return Refused("conflict", {"reason": "moved_on", "field": "step", "value": now_on})
    shown = _shown(step)
    known = draft.get(op.step)
    fields, effects = _entered(step, known if op.back else None, ask, draft)
    changes: list[Change] = [*_left(draft)]
    if step.get("mode") != "breakout" and (closed := closing(draft)):
        changes += closed
        fields["tables"] = None
    if known is None:
        changes.append(PutItem({**shown, "reached": ask.now}))
    elif patch := _differing(known, shown):
        changes.append(PatchItem(op.step, patch))
    fields = next_step(draft) | fields
    fields |= {"step": op.step, "step_at": ask.now, **_numbers(ask.desk, op.step), **NO_NOTICE}
    if op.back and known is not None:
        fields["step_at"] = known.get("was_at", ask.now)
    return Accepted((*changes, PatchStream(_news(draft, fields))), effects)


def end_workshop(op: EndWorkshop, ask: Ask, draft: Draft) -> Decision:
    """Nobody writes any more, and everything stays to be read; whatever sets a stage opens it again (`enter_stage`).

    What somebody still has to decide is decided first: ending shows no hidden note and counts no vote.
    """
    if no := ask.refuse("stage"):
        return no
    if "ended" in draft.fields:
        return NOTHING
    if under_way := _under_way(draft):
        return Refused("conflict", {"reason": under_way})
    fields, effects = enter_stage("locked", ask, draft)
    fields |= next_step(draft) | timer_fields(None, None, None) | NO_NOTICE
    fields |= dict.fromkeys(key for key in draft.fields if key.startswith(OF_TABLES))
    fields |= {"timer_then": None, "tables": None, "ended": ask.now}
    news = PatchStream(_news(draft, fields))
    return Accepted((*_left(draft), *closing(draft), news), effects)


def show_plan(op: ShowPlan, ask: Ask, draft: Draft) -> Decision:
    """Asked after each change of the desk: what is shown of it is what it says now. Any order, any number of times."""
    if ask.role != "product":
        return Refused("forbidden")
    if ask.desk is None:
        return NOTHING
    changes: list[Change] = []
    for known in draft.of_kind("step"):
        step = ask.desk.get(known["id"])
        if step is not None and (patch := _differing(known, _shown(step))):
            changes.append(PatchItem(known["id"], patch))
    now_on = draft.fields.get("step")
    if now_on is not None and (news := _news(draft, _numbers(ask.desk, now_on))):
        changes.append(PatchStream(news))
    return Accepted(tuple(changes)) if changes else NOTHING


def follow_desk(decision: Decision, ask: Ask) -> Decision:
    """Once the workshop runs, people see what those who lead change of its plan."""
    if not isinstance(decision, Accepted) or not decision.changes or ask.workshop is None:
        return decision
    if "step" not in ask.workshop.fields or all(
        isinstance(c, PatchStream) for c in decision.changes
    ):
        return decision
    effect = Effect(ask.stream.replace("desk:", "workshop:", 1), {"type": "show_plan"})
    return Accepted(decision.changes, (*decision.effects, effect))


def _entered(
    step: Item, back: Item | None, ask: Ask, draft: Draft
) -> tuple[Fields, tuple[Effect, ...]]:
    """Stage, board, rights and timer of the step; of one that people come back to, as they left it."""
    stage = step["stage"] if back is None else back.get("was_stage", step["stage"])
    anonymous = bool(step.get("anonymous", False))
    fields, hidden = enter_stage(str(stage), ask, draft, anonymous=anonymous, another=True)
    board = step.get("board") if back is None else back.get("was_board", step.get("board"))
    if board is not None:
        fields["board"] = board
    fields |= {f"may/{one}": step.get(f"may/{one}") for one in CAPABILITIES}
    if back is not None and {"was_ends", "was_left"} & back.keys():
        timer, effects = go_on(back.get("was_ends"), back.get("was_left"), ask)
        timer |= {"timer_of": back.get("was_of"), "timer_then": back.get("was_then")}
    else:
        minutes = int(step.get("stage_minutes") or step["minutes"])
        timer, effects = start_timer(minutes * MINUTE, step.get("at_zero"), ask)
    return fields | timer, (*hidden, *effects)


def _left(draft: Draft) -> list[Change]:
    """The step that is left remembers how it stood, for whoever comes back in a moment."""
    item = draft.get(str(draft.fields.get("step", "")))
    now = draft.fields
    if item is None or "ended" in now:  # then it remembers since the end
        return []
    was = {
        "was_at": now.get("step_at"),
        "was_board": now.get("board"),
        "was_ends": now.get("timer_ends"),
        "was_left": now.get("timer_left"),
        "was_of": now.get("timer_of"),
        "was_then": now.get("timer_then"),
        "was_stage": now.get("stage"),
    }
    patch = {key: value for key, value in was.items() if item.get(key) != value}
    return [PatchItem(item["id"], patch)] if patch else []


def _under_way(draft: Draft) -> str:
    """What has to come to an end before the workshop does; empty: nothing."""
    if "hidden" in draft.fields:
        return "notes_hidden"
    if any(vote["state"] == "open" for vote in draft.of_kind("vote")):
        return "vote_open"
    is_asked = any(one["state"] == "open" for one in draft.of_kind("consent"))
    return "consent_open" if is_asked else ""


def _shown(step: Item) -> Item:
    return {key: value for key, value in step.items() if key not in PRIVATE}


def _differing(known: Item, shown: Item) -> dict[str, Any]:
    patch = {key: value for key, value in shown.items() if known.get(key) != value}
    return patch | {key: None for key in known.keys() - shown.keys() - REMEMBERED}


def _numbers(desk: Readable, step: str) -> Fields:
    """Which of how many; those that are skipped do not count."""
    counted = [
        one["id"] for one in in_order(desk) if not one.get("skipped", False) or one["id"] == step
    ]
    if step not in counted:
        return {}
    return {"step_number": counted.index(step) + 1, "steps": len(counted)}


def _news(draft: Draft, fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if draft.fields.get(key) != value}
