"""A driver for dress rehearsals of playbooks: people who write, and somebody who carries on what the page proposes."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from codesign.core.ops import read_op
from codesign.store import workshops
from codesign.web.seats import make_id
from tests.web.test_carrying import Programme

TICK = re.compile(r'<input type="checkbox" name="item" value="([^"]+)"([^>]*)>')
SELECT = re.compile(
    r'<select class="input input--s" name="(field\.[^"]+)">(.*?)</select>', re.DOTALL
)


class Rehearsal:
    def __init__(self, ours: Programme) -> None:
        self.ours = ours
        self.people: dict[str, str] = {}

    async def let_in(self, key: str, *names: str) -> None:
        """Into the workshop of this step; whoever asks from here on is somebody of that workshop."""
        board = await self.ours.board(key)
        workshop = str(board.fields["workshop"])
        state = await self.ours.state(f"workshop:{workshop}")
        cities = [str(city["id"]) for city in state.of_kind("city")]
        for at, name in enumerate(names):
            op = {"type": "join_workshop", "person": make_id(), "name": name, "lang": "en"}
            op |= {"city": cities[at % len(cities)], "role": "participant"}
            await self.ours.ask(f"workshop:{workshop}", read_op(op))
            self.people[name] = str(op["person"])

    async def record(self, kind: str, by: str, /, **fields: Any) -> str:
        id = make_id()
        op = read_op({"type": "create_record", "id": id, "kind": kind, "fields": fields})
        await self.ours.ask(f"register:{self.ours.id}", op, self.people[by])
        return id

    async def place(self, key: str, by: str, *records: str) -> None:
        for record in records:
            op = read_op({"type": "create_placement", "id": make_id(), "record": record})
            await self.ours.ask(f"board:{self.ours.steps[key]['board']}", op, self.people[by])

    async def vote(self, key: str, dots: dict[str, int]) -> None:
        """What was counted, by the words of what was voted on."""
        board = await self.ours.board(key)
        workshop = f"workshop:{board.fields['workshop']}"
        ids = {str(one["text"]): str(one["id"]) for one in board.of_kind("note")}
        vote, options = make_id(), [ids[text] for text in dots]
        about = {"board": self.ours.steps[key]["board"], "dots": 3, "cap": 2, "options": options}
        told = {"question": "Which first?", "secret": False, **about}
        totals = {ids[text]: n for text, n in dots.items()}
        tally = {"ballots": 3, "given": sum(dots.values()), "voters": 3, "totals": totals}
        for op in (
            {"type": "open_vote", "id": vote, **told},
            {"type": "close_vote", "id": vote},
            {"type": "tally_vote", "vote": vote, "supporters": {}, **tally},
        ):
            await self.ours.ask(workshop, read_op(op))

    async def carry(self, key: str, *texts: str, line: int = 0) -> int:
        """What the page has ticked, or what has these words; how many rows."""
        await self.ours.look(key, line)
        page = self.ours.lead.page
        rows = page.split('<li class="card carry__row">')[1:]
        items = [found for row in rows if (found := TICK.search(row))]
        wanted = [
            unescape(found[1])
            for found, row in zip(items, rows, strict=False)
            if (any(text in unescape(row) for text in texts) if texts else "checked" in found[2])
        ]
        fields = {
            name: chosen[1]
            for name, options in SELECT.findall(page)
            if (chosen := re.search(r'value="([^"]+)" selected', options))
        }
        told = {"step": self.ours.steps[key]["id"], "line": str(line), "do": "run", **fields}
        answer = await self.ours.lead.http.post(
            f"/programmes/{self.ours.id}/carry",
            data=self.ours.lead.hidden() | told | {"item": wanted},
            headers={"origin": "http://board.test"},
        )
        assert answer.status_code == 303, (key, answer.status_code)
        return len(wanted)

    async def of_kind(self, kind: str) -> list[Any]:
        register = await self.ours.state(f"register:{self.ours.id}")
        return [one for one in register.of_kind(kind) if "merged" not in one]

    async def document(self, id: str) -> str:
        answer = await self.ours.lead.get(f"/programmes/{self.ours.id}/documents/{id}")
        assert answer.status_code == 200, id
        return self.ours.lead.text

    async def workshops(self) -> int:
        return len(await workshops.workshops_in(self.ours.walk.house.database, self.ours.id))
