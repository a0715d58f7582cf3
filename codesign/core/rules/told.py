"""What is said beside the notes, as fields of a board or a workshop: a message, where the call is, help, finished."""

from __future__ import annotations

from typing import Any

from codesign.core.ask import Ask
from codesign.core.changes import PatchStream
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.items import finished_key
from codesign.core.ops import AskHelp, SayFinished, SendMessage, SetCall
from codesign.core.permissions import LEADS, WRITERS
from codesign.core.stream import Draft


def send_message(op: SendMessage, ask: Ask, draft: Draft) -> Decision:
    """The last one stands there; those before it are in the journal."""
    if no := ask.refuse("tables"):
        return no
    if not op.words.strip():
        return _set(draft, {"message": None, "message_at": None, "message_by": None})
    said = {"message": op.words, "message_at": ask.now, "message_by": ask.person}
    return _set(draft, said)


def set_call(op: SetCall, ask: Ask, draft: Draft) -> Decision:
    return ask.refuse("tables") or _set(draft, {"call": op.call})


def ask_help(op: AskHelp, ask: Ask, draft: Draft) -> Decision:
    """Whoever asks first is who waits; the first one who helps, or anyone at the table, ends it for all."""
    if ask.role not in WRITERS | LEADS:
        return Refused("forbidden", {"action": "help"})
    if op.on:
        if "help" in draft.fields:
            return NOTHING
        return _set(draft, {"help": ask.now, "help_by": ask.person})
    return _set(draft, {"help": None, "help_by": None})


def say_finished(op: SayFinished, ask: Ask, draft: Draft) -> Decision:
    if ask.role not in WRITERS | LEADS or ask.person is None:
        return Refused("forbidden", {"action": "finished"})
    return _set(draft, {finished_key(ask.person): True if op.on else None})


def _set(draft: Draft, wanted: dict[str, Any]) -> Decision:
    fields = {key: value for key, value in wanted.items() if draft.fields.get(key) != value}
    return Accepted((PatchStream(fields),)) if fields else NOTHING
