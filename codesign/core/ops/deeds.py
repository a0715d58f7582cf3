"""What somebody who leads did outside of every stream, told to the desk so that the journal has it too."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from codesign.core import limits
from codesign.core.clean import clean_line
from codesign.core.ops.base import Id, OpModel, Role

#: Of a word, a code or an address only that there is a new one: what it is stands nowhere in the journal.
Deed = Literal[
    "new_code",
    "make_link",
    "end_link",
    "new_word",
    "make_token",
    "end_token",
    "set_up_report",
    "share_report",
    "end_report_link",
    "set_retention",
]
Label = Annotated[str, Field(max_length=limits.DEED_LETTERS), AfterValidator(clean_line)]


class RecordDeed(OpModel):
    """Whose deed it was is the entry's author. The newest stand on the desk, all are in the journal."""

    type: Literal["record_deed"] = "record_deed"
    id: Id
    deed: Deed
    #: Of a link: as what people come in by it, to which table, and how many were made at once.
    role: Role | None = None
    table: Id | None = None
    count: Annotated[int, Field(ge=1, le=limits.LINKS_PER_WORKSHOP)] | None = None
    #: Of a token: what those who lead say it is for. Of how long a programme is kept: the day, if there is one.
    label: Label | None = None
