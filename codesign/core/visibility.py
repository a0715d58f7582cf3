"""The one question that decides what leaves the server: may this person follow that stream?"""

from __future__ import annotations

from codesign.core.lanes import lane_of, may_follow_lane
from codesign.core.permissions import LEADS
from codesign.core.stream import Readable, id_of, kind_of


def may_follow(person: str | None, stream: str, workshop: Readable | None) -> bool:
    """Whether `person` sees `stream`, given the state of the workshop the stream belongs to.

    Everyone who is in the workshop and has not been removed follows the workshop and its boards. A lane is followed by
    its one person, and by nobody else, whoever leads; the desk by those who lead. The register
    of a programme is followed by everyone in a workshop of it, its closed side by those who lead one.
    Sockets, snapshots, search, exports and counters all ask here; nothing else decides it.
    """
    if person is None or workshop is None or not is_in(person, workshop):
        return False
    match kind_of(stream):
        case "workshop":
            return True
        case "board":
            board = workshop.get(id_of(stream))
            return board is not None and board["kind"] == "board"
        case "lane":
            lane = lane_of(stream)
            return lane is not None and may_follow_lane(person, lane, workshop)
        case "register":
            return _is_of(workshop, stream)
        case "closed":
            return _is_of(workshop, stream) and role_of(person, workshop) in LEADS
        case "desk":
            return role_of(person, workshop) in LEADS
    return False


def _is_of(workshop: Readable, stream: str) -> bool:
    """Whether the stream is of the workshop's programme."""
    return bool(workshop.fields.get("programme") == id_of(stream))


def is_in(person: str, workshop: Readable) -> bool:
    """Whether the person has joined the workshop and has not been removed."""
    entry = workshop.get(person)
    return entry is not None and entry["kind"] == "person" and not entry.get("gone", False)


def role_of(person: str | None, workshop: Readable | None) -> str | None:
    """The person's role in the workshop; None when they are not in it."""
    if person is None or workshop is None or not is_in(person, workshop):
        return None
    entry = workshop.get(person)
    return None if entry is None else str(entry["role"])
