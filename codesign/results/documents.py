"""What a document of a programme is made of: its sections, and what each shows.

Which there are is in document_list.py. How a section is shown is in document_parts.py; one builder makes them all
(document_building.py), and the writers of reports write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Show = Literal[
    "pairs",  # fields of the one record, point by point
    "texts",  # the same as headings and paragraphs
    "table",  # records of a kind, a column for each field
    "cards",  # each record of a kind with all its fields
    "blocks",  # entries of a canvas, block by block
    "found",  # what is worked out, in sentences
    "timeline",  # actions and quarters
    "attention",  # actions that are late, wait for each other, or are at risk; the load of leads
    "costs",  # of actions: what they cost and how far the money is
    "financing",  # of a project: costs, sources, gap, shares, payback
    "years",  # of investments: amounts by year, sources, gap
    "readiness",  # of a request: its points, and what is missing
    "grid",  # projects and dimensions
    "maps",  # system maps, as sentences
    "missing",  # what the document would still need
]
#: Text and tables; documents of words alone are offered as no spreadsheet.
PAPER = ("pdf", "docx", "html", "md")
TABLES = (*PAPER, "xlsx", "csv")


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    show: Show
    kind: str = ""
    fields: tuple[str, ...] = ()
    #: Whose words, regions and computed values: a method of the library.
    method: str = ""
    found: tuple[str, ...] = ()
    #: Whether the document lacks something where this is empty.
    is_needed: bool = True
    #: Begins a page of its own.
    is_annex: bool = False

    @property
    def key(self) -> str:
        """By which words of one's own find their chapter: made of its English title, so it outlasts another order."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.casefold()).strip("-")[:60]


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    #: One sentence: what it is for.
    aim: str
    sections: tuple[Section, ...]
    #: The kind of which each record has a document of its own.
    per: str = ""
    forms: tuple[str, ...] = TABLES
    #: Short, and set close; long ones have a list of their chapters.
    is_dense: bool = True
    #: Landscape where tables are wide, as plans are.
    is_wide: bool = False
    #: Asks for support, and so is complete only when the request can be sent.
    is_request: bool = False
