"""Ops about tables: small boards that people sit at, who sits where, bringing everyone back and gathering."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from codesign.core import limits
from codesign.core.ops.base import Id, Line, Name, OpModel
from codesign.core.ops.board import WholeItem
from codesign.core.whole import check_fields

#: Where people go who come when the tables are there already.
Late = Literal["wait", "smallest", "city", "language"]
#: What people are put together or spread by.
Trait = Literal["city", "country", "language"]
Dealing = Literal["random", "balanced", "together", "before", "new"]
Cap = Annotated[int, Field(ge=1, le=limits.PEOPLE_PER_WORKSHOP)]
#: The address of a call: a plain link that people open beside the board.
Address = Annotated[str, Field(pattern=r"^https?://[^\s<>\"'\\]{3,1000}$", max_length=1_000)]


class TableSpec(OpModel):
    id: Id
    board: Id
    #: Its own name; without one it is called by its number.
    title: Line | None = None


class MakeTables(OpModel):
    """So many tables, each with a board like `template`. The rule judges how many: too many has its code."""

    type: Literal["make_tables"] = "make_tables"
    id: Id
    template: Id
    tables: tuple[TableSpec, ...]
    late: Late = "wait"
    #: People choose for themselves where they sit.
    choose: bool = False
    #: How many may choose one table.
    cap: Cap | None = None


class SetSeating(OpModel):
    type: Literal["set_seating"] = "set_seating"
    id: Id
    late: Late | None = None
    choose: bool | None = None
    cap: Cap | None = None


class EditTable(OpModel):
    type: Literal["edit_table"] = "edit_table"
    id: Id
    title: Line | None = None
    #: Everyone in the workshop may look at it, as when it reports back.
    shown: bool | None = None


class SeatPeople(OpModel):
    """Where people end up: at a table, or at none. One person has one key, so nobody sits twice."""

    type: Literal["seat_people"] = "seat_people"
    id: Id
    sits: Annotated[dict[Id, Id | None], Field(min_length=1, max_length=limits.OPS_PER_BATCH)]


class TakeSeat(OpModel):
    """Oneself, where people choose for themselves."""

    type: Literal["take_seat"] = "take_seat"
    id: Id
    table: Id | None


class DealSeats(OpModel):
    """Everyone who takes part gets a table by a rule. The chance in it is `seed`: asked again it deals the same."""

    type: Literal["deal_seats"] = "deal_seats"
    id: Id
    rule: Dealing
    seed: Annotated[int, Field(ge=0, le=2**53)]
    by: Trait | None = None
    #: Of `before`: the tables whose people sit together again.
    like: Id | None = None
    #: Only those who sit nowhere yet.
    rest: bool = False


class ExpectedSpec(OpModel):
    id: Id
    name: Name
    table: Id | None


class ExpectPeople(OpModel):
    """People who are not here yet: by their name they find their table when they come. Without a table: no longer."""

    type: Literal["expect_people"] = "expect_people"
    id: Id
    people: Annotated[
        tuple[ExpectedSpec, ...], Field(min_length=1, max_length=limits.OPS_PER_BATCH)
    ]


class OpenTables(OpModel):
    """Everyone who has a seat is taken to their table; again for tables that were closed."""

    type: Literal["open_tables"] = "open_tables"
    id: Id


class RecallTables(OpModel):
    """Everyone is back at `at` (ms); without it they stay."""

    type: Literal["recall_tables"] = "recall_tables"
    id: Id
    at: int | None


class CloseTables(OpModel):
    """Everyone is back together. Nothing of the tables is lost. `at`: as it was announced, asked by the product."""

    type: Literal["close_tables"] = "close_tables"
    id: Id
    at: int | None = None


class GatherTables(OpModel):
    """What the tables wrote is copied to one board. Again: only what is new."""

    type: Literal["gather_tables"] = "gather_tables"
    id: Id
    board: Id


TablesOp = (
    MakeTables
    | SetSeating
    | EditTable
    | SeatPeople
    | TakeSeat
    | DealSeats
    | ExpectPeople
    | OpenTables
    | RecallTables
    | CloseTables
    | GatherTables
)


# Of a board, and some of a workshop, too


class SetCall(OpModel):
    type: Literal["set_call"] = "set_call"
    call: Address | None


class CopyItems(OpModel):
    """Items as another board has them, under ids that derive from theirs: again they add nothing."""

    type: Literal["copy_items"] = "copy_items"
    fields: Annotated[dict[str, str], AfterValidator(check_fields)] = Field(default_factory=dict)
    items: Annotated[tuple[WholeItem, ...], Field(max_length=limits.OPS_PER_BATCH)]


TableBoardOp = SetCall | CopyItems
