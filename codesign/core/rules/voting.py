"""Votes come, close and are counted. Who chose what is in no stream (core/ballots.py)."""

from __future__ import annotations

from typing import Any

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import Change, PatchItem, PutItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.effects import Effect
from codesign.core.ops.voting import CancelVote, CloseVote, CountBallots, OpenVote, TallyVote
from codesign.core.rules.making import refuse_new
from codesign.core.stream import Draft, Item

UNKNOWN = Refused("unknown", {"field": "vote"})


def open_vote(op: OpenVote, ask: Ask, draft: Draft) -> Decision:
    """At most one at a time on one board: two would be one too many to keep apart."""
    if no := ask.refuse("votes") or refuse_new(op.id, draft):
        return no
    if draft.count_of("vote") >= limits.VOTES_PER_WORKSHOP:
        return Refused("limit", {"limit": "votes", "most": limits.VOTES_PER_WORKSHOP})
    board = draft.get(op.board)
    if board is None or board["kind"] != "board":
        return Refused("unknown", {"field": "board"})
    if len(set(op.options)) < len(op.options) or op.cap > op.dots:
        return Refused("bad_op", {"field": "options" if op.cap <= op.dots else "cap"})
    votes = draft.of_kind("vote")
    if any(one["state"] == "open" and one["board"] == op.board for one in votes):
        return Refused("conflict", {"reason": "vote_open", "field": "board"})
    if op.after is not None and _vote(draft, op.after) is None:
        return UNKNOWN
    item: dict[str, Any] = {
        "id": op.id,
        "kind": "vote",
        "question": op.question,
        "board": op.board,
        "dots": op.dots,
        "cap": op.cap,
        "secret": op.secret,
        "state": "open",
        "opened": ask.now,
        "cast": 0,
    }
    if op.leads:
        item["leads"] = True
    if op.after is not None:
        item["after"] = op.after
    item |= {f"option/{option}": at for at, option in enumerate(op.options)}
    return Accepted((PutItem(item),))


def close_vote(op: CloseVote, ask: Ask, draft: Draft) -> Decision:
    """Ballots that are on their way still count until they are counted; what comes later is told so."""
    return _ended(op.id, "counting", "count_vote", ask, draft)


def cancel_vote(op: CancelVote, ask: Ask, draft: Draft) -> Decision:
    return _ended(op.id, "cancelled", "forget_vote", ask, draft)


def count_ballots(op: CountBallots, ask: Ask, draft: Draft) -> Decision:
    vote = _vote(draft, op.vote)
    if ask.role != "product":
        return Refused("forbidden")
    if vote is None or vote["state"] != "open":
        return NOTHING
    counts = {} if vote["secret"] else {f"total/{id}": total for id, total in op.totals.items()}
    return _patched(vote, {"cast": op.cast, **counts})


def tally_vote(op: TallyVote, ask: Ask, draft: Draft) -> Decision:
    """Once: a second count finds the vote closed, and its ballots are gone."""
    vote = _vote(draft, op.vote)
    if ask.role != "product":
        return Refused("forbidden")
    if vote is None or vote["state"] != "counting":
        return NOTHING
    fields: dict[str, Any] = {
        "state": "closed",
        "closed": ask.now,
        "cast": op.ballots,
        "given": op.given,
        "voters": op.voters,
    }
    if op.shared:
        fields |= {"shared": op.shared, "sharing": op.sharing}
    if op.shared_cast is not None:
        fields["shared_cast"] = op.shared_cast
    # What was told while it was open counts no more: everybody may have taken their dots back since.
    fields |= {key: None for key in vote if key.startswith("total/")}
    fields |= {f"total/{id}": count for id, count in op.totals.items()}
    fields |= {f"supporters/{id}": count for id, count in op.supporters.items()}
    for group in op.groups:
        name = group.city or "rest"
        fields[f"ballots/{name}"] = group.ballots
        fields |= {f"of/{name}/{id}": count for id, count in group.totals.items()}
    return _patched(vote, fields)


def _ended(vote_id: str, state: str, errand: str, ask: Ask, draft: Draft) -> Decision:
    if no := ask.refuse("votes"):
        return no
    vote = _vote(draft, vote_id)
    if vote is None:
        return UNKNOWN
    if vote["state"] != "open":
        return NOTHING  # two screens closed it
    change: Change = PatchItem(vote_id, {"state": state})
    return Accepted((change,), (_errand(ask, errand, vote_id),))


def _errand(ask: Ask, kind: str, vote: str) -> Effect:
    return Effect(ask.stream, {"type": kind, "vote": vote})


def _vote(draft: Draft, vote_id: str) -> Item | None:
    item = draft.get(vote_id)
    return item if item is not None and item["kind"] == "vote" else None


def _patched(vote: Item, fields: dict[str, Any]) -> Decision:
    patch = {key: value for key, value in fields.items() if vote.get(key) != value}
    return Accepted((PatchItem(vote["id"], patch),)) if patch else NOTHING
