"""A workshop that is taken away leaves the database as if it had never been, and the others as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from codesign.core.changes import PutItem
from codesign.core.effects import Due
from codesign.core.stream import State
from codesign.store import (
    attendance,
    ballots,
    files,
    links,
    people,
    reports,
    retention,
    tokens,
    workshops,
)
from codesign.store.attendance import Stay
from codesign.store.database import Database
from codesign.store.deletion import delete_workshop, scrub_deleted
from codesign.store.files import File
from codesign.store.journal import Append, open_journal
from codesign.store.links import Link
from codesign.store.people import Account, Person, Session
from codesign.store.rehearsals import every_rehearsal, rehearsal_of, still_there
from codesign.store.tables import metadata
from codesign.store.tokens import Token
from codesign.store.workshops import Workshop
from tests.store.builders import At, row

#: What no workshop has rows in.
OF_NONE = {"meta", "accounts", "one_time_links", "endings", "ending_readers"}
Rows = dict[str, set[tuple[Any, ...]]]


async def rows(database: Database) -> Rows:
    """Every row there is, by table."""
    async with database.read() as connection:
        return {
            table.name: {tuple(found) for found in await connection.execute(sa.select(table))}
            for table in metadata.sorted_tables
        }


def files_with(folder: Path, words: bytes) -> list[str]:
    return [file.name for file in folder.iterdir() if words in file.read_bytes()]


async def fill(database: Database, name: str, *, of: str | None = None) -> None:
    """A workshop with something of everything; its words hold `canary-<name>`."""
    canary = f"canary-{name}"
    journal = open_journal(database)
    new = Workshop(name, f"programme {name}", 1, 1, 1, "owner")
    await workshops.add_workshop(database, new, canary, rehearsal_of=of)
    for person in ("ana", "bo"):
        await people.add_person(
            database, Person(f"{person} {name}", name, None), 1, f"back {person} {name}"
        )
        await people.open_session(database, Session(f"{person} {name}", None, 1, 1, 9))
        await people.take_seat(database, f"{person} {name}", name, f"{person} {name}")
    await people.add_person(database, Person(f"owner {name}", name, "owner"), 1, f"back {name}")
    await people.take_seat(database, "owner's browser", name, f"owner {name}")
    vote = {"id": f"vote {name}", "kind": "vote", "question": canary}
    for stream in ("workshop", "desk", "board", "register", "closed", "inbox", "lane"):
        client = f"{stream} {name}"
        put = PutItem(
            vote if stream == "workshop" else {"id": canary, "kind": "note", "text": canary}
        )
        append = Append(
            f"{stream}:{name}",
            name,
            0,
            [row(1, put, client=client, n=1)],
            dues=[Due(f"{stream}:{name}/1/0", 5, f"board:{name}", {"type": "close_lane"})],
            clients={client: (None, 1)},
            at=1,
        )
        assert await journal.append([append]) == [None]
        await journal.save_snapshot(f"{stream}:{name}", 1, State())
    await ballots.cast(database, f"vote {name}", "ana", {canary: 1}, page="page", n=1)
    await files.add_file(database, File(f"picture {name}", name, "image/webp", 1, 1, 1, 1))
    await links.add_links(
        database, [(Link(f"link {name}", name, "observer", None, 1), f"hash {name}")]
    )
    await tokens.add_token(
        database,
        Token(f"token {name}", canary, ("notes",), True, 1, 9, workshop=name),
        f"token hash {name}",
    )
    whole = Token(f"whole {name}", canary, (), True, 1, 9, programme=new.programme, account="owner")
    await tokens.add_token(database, whole, f"whole hash {name}")
    await retention.keep_until(database, new.programme, 5)
    await attendance.keep(database, [Stay(name, f"ana {name}", 1, 2)])
    await reports.keep_plan(database, name, {"note": canary}, 0)


@pytest.fixture
async def kept(database: Database) -> Rows:
    """All rows of a server with one workshop on it."""
    await people.add_account(database, Account("owner", "Olga", None, None, 1))
    await people.open_session(database, Session("owner's browser", "owner", 1, 1, 9))
    await fill(database, "kept")
    return await rows(database)


async def test_a_deleted_workshop_leaves_no_row_in_any_table(
    database: Database, kept: Rows
) -> None:
    await fill(database, "gone", of="kept")
    added = {name for name, found in (await rows(database)).items() if found - kept[name]}
    # A table that is new here is one that the deletion must know.
    assert added == kept.keys() - OF_NONE
    assert await delete_workshop(database, "gone") == ["picture gone"]
    assert await rows(database) == kept


async def test_deleting_twice_deletes_nothing_more(database: Database, kept: Rows) -> None:
    await fill(database, "gone")
    await delete_workshop(database, "gone")
    assert await delete_workshop(database, "gone") == []
    assert await rows(database) == kept


async def test_a_deletion_that_fails_on_the_way_deletes_nothing(
    database: Database, kept: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill(database, "gone")
    before = await rows(database)

    def breaks(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("codesign.store.deletion._delete_people", breaks)
    with pytest.raises(RuntimeError):
        await delete_workshop(database, "gone")
    assert await rows(database) == before


async def test_a_programme_with_another_workshop_stays_with_its_registers(
    database: Database, kept: Rows
) -> None:
    await fill(database, "gone")
    await database.write(
        lambda c: c.execute(
            sa.text("UPDATE workshops SET programme = 'programme gone' WHERE id = 'kept'")
        ).close()
    )
    await delete_workshop(database, "gone")
    left = await rows(database)
    assert {name for name, *_ in left["streams"] - kept["streams"]} == {
        "register:gone",
        "closed:gone",
    }
    assert "programme gone" in {id for id, *_ in left["programmes"]}


async def test_a_browser_that_is_somewhere_else_too_keeps_its_seat_there(
    database: Database, kept: Rows
) -> None:
    await people.take_seat(database, "ana kept", "kept", "ana kept")
    await fill(database, "gone")
    await people.take_seat(database, "ana kept", "gone", "bo gone")
    await delete_workshop(database, "gone")
    assert await rows(database) == kept


async def test_the_words_of_a_deleted_workshop_are_in_no_file_any_more(tmp_path: Path) -> None:
    database = await Database.open(At(f"sqlite+aiosqlite:///{tmp_path}/codesign.db"))
    await people.add_account(database, Account("owner", "Olga", None, None, 1))
    await people.open_session(database, Session("owner's browser", "owner", 1, 1, 9))
    await fill(database, "gone")
    assert files_with(tmp_path, b"canary-gone")
    await delete_workshop(database, "gone")
    await scrub_deleted(database)
    assert files_with(tmp_path, b"canary-gone") == []
    await database.close()


async def test_of_one_workshop_there_is_one_rehearsal_at_a_time(
    database: Database, kept: Rows
) -> None:
    await fill(database, "first", of="kept")
    with pytest.raises(sa.exc.IntegrityError):
        await workshops.add_workshop(
            database, Workshop("second", "another", 1, 1, 1, None), "", rehearsal_of="kept"
        )
    found = await rehearsal_of(database, "kept")
    assert found is not None
    assert (found.workshop, found.of, await every_rehearsal(database)) == ("first", "kept", [found])


async def test_a_rehearsal_is_nobodys_workshop_at_home(database: Database, kept: Rows) -> None:
    await fill(database, "first", of="kept")
    assert [one.id for one in await workshops.workshops_of(database, "owner")] == ["kept"]


async def test_a_server_says_that_its_rehearsals_live_and_hears_that_one_is_gone(
    database: Database, kept: Rows
) -> None:
    await fill(database, "first", of="kept")
    assert await still_there(database, "first", 77)
    assert [one.alive for one in await every_rehearsal(database)] == [77]
    await delete_workshop(database, "first")
    assert not await still_there(database, "first", 78)
