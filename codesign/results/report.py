"""What a workshop came to, as one model that every form of the report is written from.

It is made of the streams that its reader may follow, and of nothing else: whoever calls hands in those. What is not
revealed, closed sides of registers and ballots are in other streams, and never come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codesign.core.stream import Readable
from codesign.results import report_boards
from codesign.results.board_model import Board, Entry
from codesign.results.consents import Round
from codesign.results.entered import Apart
from codesign.results.report_names import Beside, City
from codesign.results.report_records import Action, Actor, Milestone, Persona, Promise
from codesign.results.report_ways import Way
from codesign.results.translated import Translation

if TYPE_CHECKING:
    from codesign.core.method import Method


@dataclass(frozen=True, slots=True)
class Sources:
    """Streams as they stand, in the order their boards are told; `register` is the open side."""

    workshop: Readable
    boards: Mapping[str, Readable]
    register: Readable | None
    #: Whether people are named; `report_names.hide` has taken the names out where they are not.
    names: bool = True
    #: By board, where it opens from its method's data.
    methods: Mapping[str, Method] = field(default_factory=dict)
    #: The day it is made, as 2026-11-22.
    day: str = ""
    #: How many took part from where, counted before names were taken out.
    cities: tuple[City, ...] = ()


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a note, or was said of it.

    `kind`: `group`, `vote`, `merged`, `persona`, `comment`, or the kind of record that came of it.
    """

    kind: str
    name: str
    place: int = 0
    dots: int = 0


@dataclass(frozen=True, slots=True)
class Voice:
    """Something that somebody wrote, and where."""

    entry: Entry
    board: str
    region: str
    group: str
    #: The table it was written at, where it came from one.
    table: str = ""
    #: How each of its translations came to be.
    translators: tuple[str, ...] = ()
    fates: tuple[Fate, ...] = ()

    def translated(self) -> Iterator[tuple[Translation, str]]:
        """Each translation, and how it came to be."""
        return zip(self.entry.translations, self.translators, strict=True)


@dataclass(frozen=True, slots=True)
class Share:
    """Votes of one city, or of all the small ones together (no colour)."""

    city: str
    colour: str
    dots: int


@dataclass(frozen=True, slots=True)
class Priority:
    id: str
    place: int
    title: str
    dots: int
    people: int
    shares: tuple[Share, ...]
    #: What it is made of: itself, or the notes of the group.
    voices: tuple[Voice, ...]
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    question: str
    board: str
    ballots: int
    given: int
    voters: int
    #: Devices that several share, and by how many: each has one ballot.
    shared: int
    sharing: int
    #: Nothing where there were too few ballots to be told.
    priorities: tuple[Priority, ...]

    @property
    def dots(self) -> int:
        return sum(one.dots for one in self.priorities)


@dataclass(frozen=True, slots=True)
class Part:
    """One board."""

    id: str
    model: Board
    voices: tuple[Voice, ...]
    #: Shows records or factors rather than notes.
    is_map: bool = False
    #: What a system map says of itself, in sentences.
    told: tuple[str, ...] = ()
    #: What its picture shows, for those who do not see it.
    tables: tuple[report_boards.Told, ...] = ()

    @property
    def title(self) -> str:
        return self.model.title

    @property
    def notes(self) -> int:
        return sum(voice.entry.kind == "note" for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    question: str
    minutes: int
    reached: int


@dataclass(frozen=True, slots=True)
class Report:
    title: str
    question: str
    #: Milliseconds: the first and the last thing that was written; 0 where nothing was.
    begun: int
    ended: int
    cities: tuple[City, ...]
    parts: tuple[Part, ...]
    votes: tuple[Vote, ...]
    steps: tuple[Step, ...]
    personas: tuple[Persona, ...]
    actors: tuple[Actor, ...]
    actions: tuple[Action, ...]
    promises: tuple[Promise, ...]
    named: bool
    consents: tuple[Round, ...] = ()
    #: People without a device, and those who share one.
    apart: Apart = field(default_factory=Apart)
    #: Those who led and those who observed.
    beside: Beside = field(default_factory=Beside)
    languages: tuple[str, ...] = field(default=())
    milestones: tuple[Milestone, ...] = ()
    #: Of ideas, actions and projects.
    ways: tuple[Way, ...] = ()

    @property
    def people(self) -> int:
        return sum(city.count for city in self.cities)

    @property
    def notes(self) -> int:
        return sum(part.notes for part in self.parts)

    @property
    def entered(self) -> int:
        """Notes that were entered for somebody without a device."""
        return sum(voice.entry.entered.is_for for voice in self.voices())

    @property
    def from_shared(self) -> int:
        return sum(bool(voice.entry.entered.shared) for voice in self.voices())

    def voices(self) -> Iterator[Voice]:
        for part in self.parts:
            yield from part.voices
