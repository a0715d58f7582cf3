"""P3 and P16 over HTTP: a canary in everything private, and whatever any other role can fetch holds none of them.

Wires are searched in tests/live. Of the exports the one that holds every word; the others have the same two sources.
"""

from __future__ import annotations

import io
import logging
import re
import secrets
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from codesign.core.ops import SetRole
from codesign.store import ballots
from codesign.store.tables import ballots as ballot_rows
from codesign.store.tables import vote_keys
from codesign.web import sign_in
from codesign.web.opening import Opened
from codesign.web.routes import ROUTES
from codesign.web.seats import make_id
from codesign.web.token_list import RIGHTS
from tests.web.browsing import Browser, Walk, walking
from tests.web.reading import made, read

#: Of a board, and of a report.
FORMS = ("json", "md")
ROLES = ("participant", "observer", "co-facilitator")
#: In which everything is, and in which a search that works finds it.
PRIVATE = (
    *("hidden", "translation"),
    *("desk", "closed", "table", "inbox", "vote key", "voter", "return", "sign-in"),
)


@dataclass
class Cast:
    walk: Walk
    opened: Opened
    programme: str
    browsers: dict[str, Browser]
    tamar: Browser
    canaries: dict[str, str] = field(default_factory=dict)
    streams: list[str] = field(default_factory=list)
    ids: list[dict[str, str]] = field(default_factory=list)

    async def ask(self, stream: str, op: dict[str, Any], person: str | None = None) -> None:
        rooms = self.walk.house.rooms
        answer = await rooms.ask(stream, op, person=person, product=person is None)
        assert not hasattr(answer, "code"), (op["type"], answer)

    def canary(self, name: str) -> str:
        return self.canaries.setdefault(name, "canary" + secrets.token_hex(12))


@pytest.mark.parametrize(
    "anonymous",
    [
        pytest.param(False, id="named"),
        pytest.param(True, id="without names", marks=pytest.mark.long),
    ],
)
@pytest.mark.timeout(300)
async def test_nothing_private_is_in_anything_that_others_can_fetch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, anonymous: bool
) -> None:
    caplog.set_level(logging.INFO)
    async with walking(tmp_path) as walk:
        cast = await gather(walk)
        await plant(cast, anonymous=anonymous)
        assert set(PRIVATE) <= set(cast.canaries)
        for role, browser in cast.browsers.items():
            found = canaries_in(await everything(cast, browser), cast.canaries)
            allowed = {"desk", "closed", "table"} if role in ("lead", "co-facilitator") else set()
            assert found == allowed, role  # and so the search finds what is there
        own = canaries_in(await everything(cast, cast.tamar), cast.canaries)
        hers = set() if anonymous else {"hidden", "translation"}
        assert own == hers | {"table", "inbox", "return"}
        assert canaries_in(await read_by_token(cast), cast.canaries) == set()
        assert canaries_in([await metrics(cast)], cast.canaries) == set()
        assert canaries_in([log_of(caplog).encode()], cast.canaries) == set()


async def test_the_search_finds_a_canary_that_is_in_something_public(tmp_path: Path) -> None:
    """On a page, in a snapshot, in every kind of export: a judge who never says no proves nothing."""
    async with walking(tmp_path) as walk:
        cast = await gather(walk)
        board = cast.opened.board
        await cast.ask(f"board:{board}", a_note(cast.canary("public")))
        await cast.ask(
            f"workshop:{cast.opened.workshop}",
            {"type": "join_workshop", "person": make_id(), "name": cast.canary("name")},
        )
        cast.streams, cast.ids = [f"board:{board}"], [{"board": board}]
        observer = cast.browsers["observer"]
        holding = [
            path for path in paths(cast) if canaries_in([await told(observer, path)], cast.canaries)
        ]
        workshop = cast.opened.workshop
        assert holding == [
            f"/b/{board}/history",
            f"/w/{workshop}/translations",
            f"/b/{board}/export.json",
            f"/b/{board}/report-picture",
            f"/w/{workshop}/report",
            f"/w/{workshop}/report.md",
            f"/streams/board:{board}",
        ]
        assert canaries_in(await read_by_token(cast), cast.canaries) == {"public", "name"}
        people = await cast.browsers["lead"].get(f"/workshops/{cast.opened.workshop}/people")
        assert canaries_in([people.content], cast.canaries) == {"name"}


# Who there is, and what they keep to themselves


async def gather(walk: Walk) -> Cast:
    lead = await walk.facilitator("Elira")
    opened = await walk.workshop(lead, layout="free", zones=[])
    stranger, elsewhere = walk.browser(), await walk.facilitator("Ilir")
    other = await walk.guest(await walk.workshop(elsewhere), "Boris")
    browsers = {"lead": lead, "stranger": stranger, "other lead": elsewhere, "other guest": other}
    for role in ROLES:
        browsers[role] = await walk.guest(opened, role.title())
        person = await walk.person(opened, role.title())
        told = SetRole(person=person, role=role)  # type: ignore[arg-type]
        await walk.house.rooms.ask(f"workshop:{opened.workshop}", told, product=True)
    tamar = await walk.guest(opened, "Tamar")
    programme = str((await walk.state(opened)).fields["programme"])
    return Cast(walk, opened, programme, browsers, tamar)


async def plant(cast: Cast, *, anonymous: bool) -> None:
    walk, opened = cast.walk, cast.opened
    stream, board = f"workshop:{opened.workshop}", opened.board
    tamar, lead = await walk.person(opened, "Tamar"), await walk.person(opened, "Elira")
    step = {"type": "add_step", "id": make_id(), "order": "a0", "title": "Later"}
    await cast.ask(f"desk:{opened.workshop}", {**step, "note": cast.canary("desk")}, lead)
    await plant_closed(cast, lead)
    table = await plant_table(cast, tamar, lead)
    vote = await plant_ballot(cast, tamar, lead)
    message = {"type": "send_message", "words": cast.canary("inbox"), "to": tamar}
    await cast.ask(f"desk:{opened.workshop}", message, lead)
    silent = {"type": "set_stage", "stage": "silent", "anonymous": anonymous}
    await cast.ask(stream, silent, lead)
    token = make_id()
    lane = f"lane:{board}:1:{token if anonymous else tamar}"
    hidden = a_note(cast.canary("hidden"))
    await cast.ask(lane, hidden, tamar)
    said = {"type": "translate_note", "id": hidden["id"], "lang": "ka"}
    await cast.ask(lane, {**said, "words": cast.canary("translation")}, tamar)
    account = cast.browsers["lead"].account
    assert account is not None
    cast.canaries["sign-in"] = await sign_in.make_link(walk.house, account.id)
    cast.canaries["return"] = walk.house.links.back(tamar)
    sides = [f"register:{cast.programme}", f"closed:{cast.programme}"]
    desk, inbox = f"desk:{opened.workshop}", f"inbox:{opened.workshop}:{tamar}"
    cast.streams = [stream, f"board:{board}", f"board:{table}", desk, inbox, *sides]
    if anonymous:  # whoever knows its token follows it (P15.7): so the token itself is nowhere
        cast.canaries["token"] = token
    else:
        cast.streams.append(lane)
    cast.ids = [{"board": one, "vote": vote} for one in (board, table)]


async def plant_closed(cast: Cast, lead: str) -> None:
    record = make_id()
    grid = {"type": "add_board", "board": make_id(), "title": "Who", "layout": "grid2"}
    await cast.ask(f"workshop:{cast.opened.workshop}", {**grid, "question": "Who?"}, lead)
    for side in ("register", "closed"):
        set_up = {"type": "set_up_register", "workshop": cast.opened.workshop}
        await cast.ask(f"{side}:{cast.programme}", set_up)
    fields = {"name": "Council", "sector": "state"}
    made = {"type": "create_record", "id": record, "kind": "stakeholder", "fields": fields}
    await cast.ask(f"register:{cast.programme}", made, lead)
    contact = {"type": "edit_record", "id": record, "fields": {"contact": cast.canary("closed")}}
    await cast.ask(f"closed:{cast.programme}", contact, lead)


async def plant_table(cast: Cast, tamar: str, lead: str) -> str:
    """Tamar sits at one table, the others at none."""
    stream, board, table, seating = (
        f"workshop:{cast.opened.workshop}",
        make_id(),
        make_id(),
        make_id(),
    )
    tables = [{"id": table, "board": board}]
    make = {"type": "make_tables", "id": seating, "template": cast.opened.board, "tables": tables}
    await cast.ask(stream, make, lead)
    await cast.ask(
        f"board:{board}",
        {"type": "set_up_board", "workshop": cast.opened.workshop, "layout": "free"}
        | {"question": "", "regions": []},
    )
    await cast.ask(stream, {"type": "seat_people", "id": seating, "sits": {tamar: table}}, lead)
    await cast.ask(stream, {"type": "open_tables", "id": seating}, lead)
    await cast.ask(f"board:{board}", a_note(cast.canary("table")), lead)
    return board


async def plant_ballot(cast: Cast, tamar: str, lead: str) -> str:
    board, vote, options = cast.opened.board, make_id(), [make_id(), make_id()]
    for option in options:
        await cast.ask(f"board:{board}", {**a_note("An option"), "id": option}, lead)
    about = {"question": "Which?", "board": board, "options": options, "dots": 3, "cap": 3}
    op = {"type": "open_vote", "id": vote, **about}
    await cast.ask(f"workshop:{cast.opened.workshop}", op, lead)
    database = cast.walk.house.database
    await ballots.cast(database, vote, tamar, {options[0]: 3}, page=make_id(), n=1)
    async with database.read() as connection:
        key = await connection.scalar(sa.select(vote_keys.c.key))
        voter = await connection.scalar(sa.select(ballot_rows.c.voter))
    cast.canaries["vote key"] = bytes(key or b"").hex()
    cast.canaries["voter"] = voter.hex() if isinstance(voter, bytes) else str(voter)
    return vote


def a_note(text: str) -> dict[str, Any]:
    return {"type": "create_note", "id": make_id(), "text": text, "x": 0, "y": 0}


# What somebody can fetch


async def everything(cast: Cast, browser: Browser) -> list[bytes]:
    return [await told(browser, path) for path in paths(cast)]


async def told(browser: Browser, path: str) -> bytes:
    answer = await browser.http.get(path, headers={"accept-encoding": "identity"})
    while answer.status_code == 202:  # it is being made: the page would ask again, too
        answer = await browser.http.get(path, headers={"accept-encoding": "identity"})
    return repr(answer.headers.multi_items()).encode() + unpacked(answer.content)


async def read_by_token(cast: Cast) -> list[bytes]:
    """What another program reads that may read everything of the programme, with names."""
    token = await made(cast.browsers["lead"], f"/programmes/{cast.programme}", *RIGHTS, names="on")
    answers = [await read(cast.walk, part, token) for part in ("workshops", *RIGHTS)]
    assert [one.status_code for one in answers] == [200] * len(answers)
    return [one.content for one in answers]


def paths(cast: Cast) -> list[str]:
    """Every page of the table with every id there is, every export, every stream."""
    found: dict[str, None] = {}
    for ids in cast.ids:
        known = {"workshop": cast.opened.workshop, **ids}
        for entry in (entry for entry in ROUTES if entry.get is not None):
            for form in FORMS if "{form}" in entry.path else ("",):
                found[_filled(entry.path, {**known, "form": form})] = None
    # Last, for a board's page gives those who lead their seat.
    return [*found, *(f"/streams/{stream}" for stream in cast.streams)]


def _filled(path: str, known: dict[str, str]) -> str:
    """What is not known is asked for all the same."""
    return re.sub(r"\{(\w+)\}", lambda name: known.get(name[1], "x" * 22), path)


def unpacked(content: bytes) -> bytes:
    if not content.startswith(b"PK"):
        return content
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"".join(archive.read(name) for name in archive.namelist())


def canaries_in(told: list[bytes], canaries: dict[str, str]) -> set[str]:
    return {
        name for name, canary in canaries.items() if any(canary.encode() in one for one in told)
    }


async def metrics(cast: Cast) -> bytes:
    here = cast.walk.browser(address="127.0.0.1")
    answer = await here.get("/metrics")
    assert answer.status_code == 200
    return answer.content


def log_of(caplog: pytest.LogCaptureFixture) -> str:
    """What the server logged; the browser of these tests logs as well."""
    return "\n".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("http")
    )
