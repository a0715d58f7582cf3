"""What one person gave to a workshop, for them to take along: state in, a plain description out.

Their own words and deeds alone: of somebody else's note that they liked it says that they did, not what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from codesign.core.items import TEXT_FIELDS
from codesign.core.stream import Item, Readable
from codesign.core.translations import TEXT, TRANSLATOR, languages_of
from codesign.i18n import Words
from codesign.results.table_words import board_name

FORMAT, VERSION = "codesign-my-data", 1


def own_data(
    person: str,
    workshop: Readable,
    boards: Mapping[str, Readable],
    hidden: Sequence[tuple[str, Readable]],
    inbox: Readable | None,
    stays: Iterable[tuple[int, int | None]],
    words: Words,
    corrections: Iterable[Item] = (),
) -> dict[str, Any]:
    """`hidden`: lanes of this person, each with the id of its board. `corrections`: of anybody's attendance."""
    titles = {id: board_name(id, workshop, words) for id in [*boards, *(id for id, _ in hidden)]}
    me = workshop.get(person) or {}
    city = workshop.get(str(me.get("city", ""))) or {}
    return {
        "format": FORMAT,
        "version": VERSION,
        "workshop": str(workshop.fields.get("title", "")),
        "person": {
            "id": person,
            "name": str(me.get("name", "")),
            "city": str(city.get("name", "")),
            "role": str(me.get("role", "")),
            "language": str(me.get("lang", "")),
        },
        "was_there": [{"came": came, "went": went} for came, went in stays],
        "corrected": [_corrected(one, workshop) for one in corrections if one["person"] == person],
        "written": [
            *(one for id, board in boards.items() for one in _written(person, titles[id], board)),
            *(
                {**one, "private": True}
                for id, lane in hidden
                for one in _written(person, titles[id], lane)
            ),
        ],
        "translated": [
            one for id, board in boards.items() for one in _translated(person, titles[id], board)
        ],
        "reactions": [
            one for id, board in boards.items() for one in _reactions(person, titles[id], board)
        ],
        "answered": [*_answered(person, workshop, inbox)],
        "messages_to_you": [] if inbox is None else [*_messages(inbox)],
        "helped": bool(inbox is not None and inbox.fields.get("helped_at")),
    }


def _corrected(correction: Item, workshop: Readable) -> dict[str, Any]:
    """What those who lead say of when they were there; who of them said so is not this person's."""
    city = workshop.get(str(correction.get("city", "")))
    said = {key: correction[key] for key in ("there", "came", "went", "at") if key in correction}
    return said | ({"city": str(city["name"])} if city else {})


def _answered(person: str, workshop: Readable, inbox: Readable | None) -> Iterator[dict[str, Any]]:
    """To proposals: as they said it themselves, else as it was entered for them."""
    own = {} if inbox is None else inbox.fields
    for one in workshop.of_kind("consent"):
        kept, key = (own, one["id"]) if own.get(f"answer/{one['id']}") else (one, person)
        if answer := kept.get(f"answer/{key}"):
            said = {"proposal": str(one.get("proposal", "")), "answer": answer}
            yield said | {"reason": str(kept.get(f"reason/{key}") or "")}


def _written(person: str, title: str, board: Readable) -> Iterator[dict[str, Any]]:
    for item in sorted(board.all(), key=lambda item: (item.get("at", 0), str(item["id"]))):
        if item.get("by") != person or "origin/item" in item:
            continue  # what was gathered from a table is told where it was written
        field = TEXT_FIELDS.get(item["kind"], ("",))[0]
        said = {"board": title, "kind": item["kind"], "text": item.get(field, "")}
        yield said | {key: item[key] for key in ("at", "lang", "file") if key in item}


def _translated(person: str, title: str, board: Readable) -> Iterator[dict[str, Any]]:
    for note in board.of_kind("note"):
        for lang in languages_of(note):
            if note.get(f"{TRANSLATOR}{lang}") == person:
                said = str(note[f"{TEXT}{lang}"])
                yield {"board": title, "lang": lang, "text": said}


def _reactions(person: str, title: str, board: Readable) -> Iterator[dict[str, Any]]:
    for item in board.all():
        for key in item:
            if key.startswith("reaction/") and key.endswith(f"/{person}"):
                kind = key.split("/")[1]
                yield {"board": title, "item": item["id"], "reaction": kind}


def _messages(inbox: Readable) -> Iterator[dict[str, Any]]:
    for key in sorted(inbox.fields):
        name, _, at = key.partition("/")
        if name in ("message", "message_quick"):
            yield {"at": int(at) if at.isdecimal() else 0, "text": str(inbox.fields[key])}
