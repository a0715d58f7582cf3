"""What is said beside the notes, as fields of a board, a workshop or an inbox: messages, and where the call is.

A message has its time as its name: `message/<at>` are its words, or `message_quick/<at>` which of those that everyone
reads in their own language; `message_by/<at>` who sent it. The newest stand there, so that who was away finds them.
"""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import PatchStream
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.inbox import Inbox
from codesign.core.ops import DeliverMessage, SendMessage, SetCall
from codesign.core.rules.timer import changed
from codesign.core.stream import Draft, Fields, id_of
from codesign.core.visibility import is_in

#: What of a message stands under `<name>/<at>`; every message has the last one.
PARTS = ("message", "message_quick", "message_on", "message_by")


def send_message(op: SendMessage, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("tables"):
        return no
    if op.to is not None:
        return Refused("bad_op", {"field": "to"})
    if not op.words.strip() and op.quick is None:
        return changed(draft, _without(_times(draft), draft))
    at = max(ask.now, max(_times(draft), default=0) + 1)
    return Accepted((PatchStream(_kept(at, op.words, op.quick, ask.person, draft)),))


def send_to_person(op: SendMessage, ask: Ask, draft: Draft) -> Decision:
    """Of the desk: those who lead see that somebody was written to, `told/<person>`, and not what."""
    if no := ask.refuse("tables"):
        return no
    if op.to is None or ask.person is None or (not op.words.strip() and op.quick is None):
        return Refused("bad_op", {"field": "to"})
    if ask.workshop is None or not is_in(op.to, ask.workshop):
        return Refused("unknown", {"field": "to"})
    at = max(ask.now, int(draft.fields.get(f"told/{op.to}", 0)) + 1)
    message = {"type": "deliver_message", "by": ask.person, "at": at}
    message |= {"words": op.words} if op.quick is None else {"quick": op.quick}
    effect = Effect(Inbox(id_of(ask.stream), op.to).stream, message)
    return Accepted((PatchStream({f"told/{op.to}": at}),), (effect,))


def deliver_message(op: DeliverMessage, ask: Ask, draft: Draft) -> Decision:
    if ask.role != "product":
        return Refused("forbidden")
    at = op.at
    while (by := draft.fields.get(f"message_by/{at}")) is not None:
        # Done twice it adds nothing; two people may name somebody in the same moment.
        if (by, draft.fields.get(f"message/{at}", "")) == (op.by, op.words):
            return NOTHING
        at += 1
    fields = _kept(at, op.words, op.quick, op.by, draft)
    if op.board is not None and op.about is not None:
        fields[f"message_on/{at}"] = f"{op.board}/{op.about}"
    return Accepted((PatchStream(fields),))


def set_call(op: SetCall, ask: Ask, draft: Draft) -> Decision:
    return ask.refuse("tables") or changed(draft, {"call": op.call})


def _kept(at: int, words: str, quick: str | None, by: str | None, draft: Draft) -> Fields:
    """The message, and what is too old to stay beside it."""
    said: Fields = {f"message/{at}": words} if quick is None else {f"message_quick/{at}": quick}
    old = sorted(_times(draft))[: -(limits.MESSAGES_KEPT - 1)]
    return _without(old, draft) | said | {f"message_by/{at}": by or ""}


def _without(times: list[int], draft: Draft) -> Fields:
    keys = [f"{part}/{at}" for at in times for part in PARTS]
    return {key: None for key in keys if key in draft.fields}


def _times(draft: Draft) -> list[int]:
    start = f"{PARTS[-1]}/"
    return [int(key.removeprefix(start)) for key in draft.fields if key.startswith(start)]
