"""The way back of what a programme decided: of each action, project and idea the notes and records it came from.

It is made of the boards and the register that a report is made of, so it knows nothing that its reader may not read;
what lies elsewhere is only counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from codesign.core.kinds import kind_in
from codesign.core.stream import Item, Readable
from codesign.core.ways import Stop, Ways

#: What people ask the way of, in the order in which it comes about.
TOLD = ("idea", "action", "project")
#: Of one result, and results in all.
SOURCES_MOST, WAYS_MOST = 40, 200


@dataclass(frozen=True, slots=True)
class Source:
    """Something that a result rests on. `board` is where it stands; nothing for a record."""

    id: str
    kind: str
    text: str
    board: str


@dataclass(frozen=True, slots=True)
class Way:
    """`elsewhere`: how many more there are where the reader may not look, or beyond what is listed."""

    id: str
    kind: str
    title: str
    sources: tuple[Source, ...]
    elsewhere: int


def ways_of(
    register: Readable | None, boards: Mapping[str, Readable], titles: Mapping[str, str]
) -> Iterator[Way]:
    """Those that came from somewhere; a record that was written by itself has no way back."""
    if register is None:
        return
    ways = Ways(boards, register)
    live = (one for kind in TOLD for one in register.of_kind(kind) if "merged" not in one)
    for _, record in zip(range(WAYS_MOST), live, strict=False):
        stops = ways.back(Stop(0, "", record, is_record=True))
        read = [found for stop in stops if (found := _source(stop, register, titles)) is not None]
        if read:
            kind = str(record["kind"])
            hidden = sum(stop.item is None for stop in stops)
            more = max(0, len(read) - SOURCES_MOST)
            shown = tuple(read[:SOURCES_MOST])
            yield Way(str(record["id"]), kind, _called(record, register), shown, hidden + more)


def _source(stop: Stop, register: Readable, titles: Mapping[str, str]) -> Source | None:
    if stop.item is None or not (text := _called(stop.item, register)):
        return None
    board = "" if stop.is_record else titles.get(stop.board, "")
    return Source(str(stop.item["id"]), str(stop.item["kind"]), text, board)


def _called(item: Item, register: Readable) -> str:
    kind = kind_in(str(item["kind"]), register.fields)
    keys = (kind.title,) if kind else ("text", "name", "label", "title", "alt")
    return str(next((item[key] for key in keys if item.get(key)), ""))
