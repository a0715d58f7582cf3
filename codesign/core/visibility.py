"""The one question that decides what leaves the server: may this person follow that stream?"""

from __future__ import annotations

from codesign.core.inbox import inbox_of
from codesign.core.items import sits_key
from codesign.core.lanes import lane_of, may_follow_lane
from codesign.core.permissions import LEADS
from codesign.core.stream import Readable, id_of, kind_of


def may_follow(person: str | None, stream: str, workshop: Readable | None) -> bool:
    """Whether `person` sees `stream`, given the state of the workshop the stream belongs to.

    Everyone who is in the workshop and has not been removed follows the workshop and its boards; the board of a table
    those who sit there, those who lead, and everybody while it is shown. A lane is followed by
    its one person, and by nobody else, whoever leads, and so is an inbox; the desk by those who lead. The register of a
    programme is followed by everyone in a workshop of it, its closed side by those who lead one.
    Sockets, snapshots, search, exports and counters all ask here; nothing else decides it.
    """
    if person is None or workshop is None or not is_in(person, workshop):
        return False
    match kind_of(stream):
        case "workshop":
            return True
        case "board":
            return _may_see_board(person, id_of(stream), workshop)
        case "lane":
            lane = lane_of(stream)
            return (
                lane is not None
                and may_follow_lane(person, lane, workshop)
                and _may_see_board(person, lane.board, workshop)
            )
        case "inbox":
            inbox = inbox_of(stream)
            return inbox is not None and inbox.person == person
        case "register":
            return _is_of(workshop, stream)
        case "closed":
            return _is_of(workshop, stream) and role_of(person, workshop) in LEADS
        case "desk":
            return role_of(person, workshop) in LEADS
    return False


def _may_see_board(person: str, board_id: str, workshop: Readable) -> bool:
    board = workshop.get(board_id)
    if board is None or board["kind"] != "board":
        return False
    if "table" not in board or role_of(person, workshop) in LEADS:
        return True
    table = workshop.get(board["table"])
    seating = None if table is None else workshop.get(table["seating"])
    if table is None or seating is None:
        return False
    if table.get("shown", False):
        return True
    return bool(seating["state"] != "prepared" and seating.get(sits_key(person)) == table["id"])


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
