"""The people of a workshop, some at a time: three hundred with a form each would be a page of 600 KB."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from codesign.transliteration import to_latin
from codesign.web.faces import Face

AT_ONCE = 30
#: Letters of a search that are looked at.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the list somebody looks at: who is searched for, and which page of them."""

    sought: str = ""
    number: int = 1

    @property
    def query(self) -> str:
        """For an address; empty for the beginning of the whole list."""
        said = {"q": self.sought} if self.sought else {}
        if self.number > 1:
            said["page"] = str(self.number)
        return f"?{urlencode(said)}" if said else ""


@dataclass(frozen=True, slots=True)
class PeopleList:
    look: Look
    #: On this page; those who were removed come last of all.
    faces: list[Face]
    #: In the workshop now, and found by the search, removed ones included.
    count: int
    found: int
    pages: int
    before: Look | None
    after: Look | None


def read_look(sought: str, number: str) -> Look:
    """From an address or a form; what makes no sense is the beginning."""
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return Look(" ".join(sought.split())[:LONGEST], max(1, page))


def part_of(everyone: Sequence[Face], look: Look, with_person: str = "") -> PeopleList:
    """The part; when a person is named, the page they are on. A page beyond the last one is the last one."""
    order = sorted(everyone, key=lambda face: (face.gone, not face.leads, face.name.casefold()))
    sought = folded(look.sought)
    found = [face for face in order if sought in folded(face.name)]
    at = next((at for at, face in enumerate(found) if face.id == with_person), None)
    pages = max(1, -(-len(found) // AT_ONCE))
    number = min(look.number, pages) if at is None else at // AT_ONCE + 1
    start = (number - 1) * AT_ONCE
    return PeopleList(
        look=Look(look.sought, number),
        faces=found[start : start + AT_ONCE],
        count=sum(not face.gone for face in order),
        found=len(found),
        pages=pages,
        before=Look(look.sought, number - 1) if number > 1 else None,
        after=Look(look.sought, number + 1) if number < pages else None,
    )


def folded(name: str) -> str:
    """Without case and marks, and Serbian in one script: "dorde" finds Ђорђе."""
    plain = unicodedata.normalize("NFKD", to_latin(name).casefold()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
