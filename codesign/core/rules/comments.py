"""Comments: what people say of a note, a picture or a group, beside it. Who is named in one is told, in the inbox."""

from __future__ import annotations

from collections.abc import Iterator

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import PutItem
from codesign.core.decision import Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.inbox import Inbox
from codesign.core.items import COMMENTED_KINDS, mention_key
from codesign.core.ops import AddComment
from codesign.core.rules.making import put, refuse_new
from codesign.core.stream import Draft, id_of
from codesign.core.visibility import is_in


def add_comment(op: AddComment, ask: Ask, draft: Draft) -> Decision:
    """Whoever may react may say why: also while others only look and vote."""
    about = draft.get(op.about)
    if about is None or about["kind"] not in COMMENTED_KINDS:
        return Refused("unknown", {"field": "about"})
    if no := ask.refuse("react", ask.whose(about)) or refuse_new(op.id, draft):
        return no
    if ask.person is None or ask.workshop is None:
        return Refused("forbidden")
    if not op.text.strip():
        return Refused("bad_op", {"field": "text", "reason": "needed"})
    there = sum(one["kind"] == "comment" for one in draft.pointing_at(op.about))
    if there >= limits.COMMENTS_PER_ITEM:
        return Refused("limit", {"limit": "comments", "most": limits.COMMENTS_PER_ITEM})
    if any(not is_in(person, ask.workshop) for person in op.mentions):
        return Refused("unknown", {"field": "mentions"})
    comment = {"id": op.id, "kind": "comment", "about": op.about, "text": op.text, "at": ask.now}
    comment |= {mention_key(person): True for person in op.mentions}
    decision = put(comment, ask, draft)
    if isinstance(decision, Accepted) and isinstance(decision.changes[0], PutItem):
        return Accepted(decision.changes, tuple(_told(op, ask, draft)))
    return decision


def _told(op: AddComment, ask: Ask, draft: Draft) -> Iterator[Effect]:
    """A message to each who is named, but for oneself; it says where, so that they find it."""
    workshop = str(draft.fields.get("workshop", ""))
    message = {"type": "deliver_message", "by": ask.person, "at": ask.now, "words": op.text}
    message |= {"board": id_of(ask.stream), "about": op.about}
    for person in dict.fromkeys(op.mentions):
        if person != ask.person:
            yield Effect(Inbox(workshop, person).stream, dict(message))
