"""A board as it is read from beginning to end, for everything that is written from it: rows, files, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from codesign.core.kinds import FieldType
from codesign.results.entered import Entered
from codesign.results.translated import Translation


@dataclass(frozen=True, slots=True)
class Entry:
    """A note, image or heading as people see it: its words, whose it is, and what was said to it."""

    id: str
    kind: str
    text: str
    lang: str = ""
    author: str = ""
    author_lang: str = ""
    city: str = ""
    colour: str = "stone"
    #: Kind and count, the most frequent first.
    reactions: tuple[tuple[str, int], ...] = ()
    protected: bool = False
    entered: Entered = field(default_factory=Entered)
    #: Of a note that is merged into another one: that one's words.
    within: str = ""
    #: Those that are merged into it.
    originals: tuple[Entry, ...] = ()
    #: Who said something of it, and what.
    comments: tuple[tuple[str, str], ...] = ()
    #: Of notes.
    translations: tuple[Translation, ...] = ()
    #: Of images.
    file: str = ""
    #: Of notes: what sort of card, what it says beside its words, its drawing, the round, the field of the map.
    card: str = ""
    said: tuple[tuple[FieldType, str], ...] = ()
    strokes: tuple[str, ...] = ()
    round: int = 0
    spot: str = ""
    #: Of factors of a system map: what it is there, and what is wanted of it.
    role: str = ""
    wanted: str = ""
    #: Where it stands and how large it is, in pixels; only planes and images have these.
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """A cluster with its notes."""

    id: str
    name: str
    members: tuple[Entry, ...]
    x: float = 0.0
    y: float = 0.0


Content = Entry | Group


@dataclass(frozen=True, slots=True)
class Region:
    id: str
    title: str
    contents: tuple[Content, ...]

    @property
    def notes(self) -> int:
        return sum(1 for _, entry in entries_of(self.contents) if entry.kind == "note")


@dataclass(frozen=True, slots=True)
class Frame:
    id: str
    title: str
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Connector:
    source: str
    target: str
    label: str
    #: Of a causal link: "+", "-", "mixed" or "unknown"; whether it takes time; 1 to 3.
    sign: str = ""
    delayed: bool = False
    strength: int = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that stands for cities here. `others`: not only their people have notes on it."""

    colour: str
    cities: tuple[str, ...]
    others: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Regions in their order in flowing layouts; everything in `loose` in free ones."""

    title: str
    workshop: str
    question: str
    layout: str
    regions: tuple[Region, ...] = ()
    loose: tuple[Content, ...] = ()
    frames: tuple[Frame, ...] = ()
    connectors: tuple[Connector, ...] = ()
    #: Papers on which notes of the city they stand for lie.
    legend: tuple[Paper, ...] = ()
    #: What each item that can be connected is called.
    words: dict[str, str] = field(default_factory=dict)

    def entries(self) -> Iterator[tuple[str, str, Entry]]:
        """Every entry as it is read, with the titles of its region and its group."""
        for region in self.regions:
            for group, entry in entries_of(region.contents):
                yield region.title, group, entry
        for group, entry in entries_of(self.loose):
            yield "", group, entry


def entries_of(contents: tuple[Content, ...]) -> Iterator[tuple[str, Entry]]:
    """Entries in reading order, with the name of their group; what is merged into a note comes after it."""
    for content in contents:
        if isinstance(content, Group):
            name, entries = content.name, content.members
        else:
            name, entries = "", (content,)
        for entry in entries:
            yield from ((name, one) for one in (entry, *entry.originals))
