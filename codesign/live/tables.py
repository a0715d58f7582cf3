"""Errands of tables: their boards are set up from a template, and what they wrote is gathered on one board.

Both may run again after a crash or because somebody asked twice: what is copied has ids that derive from where it
came from (core/copies.py), so that nothing is there twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from codesign.core.copies import Origin, gathered, set_up_of
from codesign.core.decision import Refused
from codesign.core.effects import Due
from codesign.core.ops import CopyItems, SetUpBoard
from codesign.core.stream import Fields, Item, id_of
from codesign.core.whole import about
from codesign.live.asked import Answer
from codesign.live.errands import DONE
from codesign.live.outlines import Outlines
from codesign.live.rooms import Rooms

#: Items in one entry: what one frame carries, with room to spare.
AT_ONCE = 100
UNKNOWN = Refused("unknown", {"field": "tables"})


class Tables:
    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        rooms.outlines = Outlines(rooms)
        rooms.errands.learn("set_up_table", self._set_up)
        rooms.errands.learn("gather_tables", self._gather)

    async def _set_up(self, due: Due) -> Answer:
        board, template = (
            str(due.op["board"]),
            await self._rooms.open(f"board:{due.op['template']}"),
        )
        if template is None:
            return UNKNOWN
        fields, items = set_up_of(template.state, board)
        op = SetUpBoard(
            workshop=id_of(due.stream),
            layout=template.state.fields["layout"],
            question=str(fields.get("question", "")),
            method=template.state.fields.get("method"),
            about=about(template.state.fields),
        )
        answer = await self._rooms.ask(f"board:{board}", op, product=True)
        if isinstance(answer, Refused):
            return answer
        return await self._copy(board, items, fields)

    async def _gather(self, due: Due) -> Answer:
        """Table by table, in their order."""
        workshop = await self._rooms.open(due.stream)
        board = str(due.op["board"])
        if workshop is None:
            return UNKNOWN
        mine = (t for t in workshop.state.of_kind("table") if t["seating"] == due.op["id"])
        for table in sorted(mine, key=lambda table: int(table["number"])):
            source = await self._rooms.open(f"board:{table['board']}")
            target = await self._rooms.open(f"board:{board}")
            if source is None or target is None:
                continue  # a table whose board is not there yet wrote nothing
            title = str(table.get("title", ""))
            origin = Origin(str(table["board"]), title, int(table["number"]))
            answer = await self._copy(board, gathered(source.state, origin, target.state, board))
            if isinstance(answer, Refused):
                return answer
        return DONE

    async def _copy(
        self, board: str, items: Sequence[Item], fields: Fields | None = None
    ) -> Answer:
        for at in range(0, max(1, len(items)), AT_ONCE):
            some = tuple(items[at : at + AT_ONCE])
            op = CopyItems(items=some, fields=fields or {}) if fields else CopyItems(items=some)
            answer = await self._rooms.ask(f"board:{board}", op, product=True)
            if isinstance(answer, Refused):
                return answer
        return DONE
