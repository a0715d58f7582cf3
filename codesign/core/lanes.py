"""Lanes: what one person writes on one board while writing is silent. Their names, and when they are open.

A lane is named after its board, its silence (counted in the workshop) and its key: the person, or in an anonymous
step a token that only the browser holds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from codesign.core import limits
from codesign.core.stream import Readable

_ID = rf"[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}"
_STREAM = re.compile(rf"lane:({_ID}):([1-9][0-9]{{0,8}}):({_ID})")
#: Facilitators see how many people have written in steps of so many.
TICK = 5


class Lane(NamedTuple):
    board: str
    silence: int
    key: str

    @property
    def stream(self) -> str:
        return f"lane:{self.board}:{self.silence}:{self.key}"


def lane_of(stream: str) -> Lane | None:
    """The lane that a stream is; None when it is none."""
    found = _STREAM.fullmatch(stream)
    return Lane(found[1], int(found[2]), found[3]) if found else None


def is_named(lane: Lane, workshop: Readable) -> bool:
    """Whether the lane is kept under a person's name; else nobody can tell whose it is."""
    person = workshop.get(lane.key)
    return person is not None and person["kind"] == "person"


def is_open(lane: Lane, workshop: Readable) -> bool:
    """Whether its person writes in it now: the workshop's committed stage is the only truth."""
    fields = workshop.fields
    if fields.get("stage") != "silent" or fields.get("silence") != lane.silence:
        return False
    return is_named(lane, workshop) == (fields.get("hidden") != "anonymous")


def may_follow_lane(person: str, lane: Lane, workshop: Readable) -> bool:
    """One's own under one's name; without names, whoever holds the token, until what it holds is revealed."""
    board = workshop.get(lane.board)
    if board is None or board["kind"] != "board":
        return False
    now = workshop.fields.get("silence", 0)
    if is_named(lane, workshop):
        without_names = now == lane.silence and workshop.fields.get("hidden") == "anonymous"
        return lane.key == person and lane.silence <= now and not without_names
    return now == lane.silence and workshop.fields.get("hidden") == "anonymous"


def silence_id(silence: int) -> str:
    """The item of the desk that counts who has written."""
    return f"silence-{silence}".ljust(limits.ID_LETTERS, "-")


def in_ticks(people: int) -> int:
    """How many have written, as facilitators are told it."""
    return people - people % TICK
