"""A backup is everything up to a moment; restoring it is all or nothing, and a new life."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import stat
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from codesign.store import ballots, schema
from codesign.store.backup import BackupError, back_up
from codesign.store.checking import faults_of
from codesign.store.database import Database
from codesign.store.errors import AlreadyServed
from codesign.store.journal import open_journal
from codesign.store.restore import restore
from tests.services import postgres_programs
from tests.store.builders import BOARD, append


@dataclass(frozen=True)
class Place:
    database_url: str
    data: Path


@pytest.fixture(autouse=True)
def programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """pg_dump and pg_restore in the server's version."""
    monkeypatch.setenv("PATH", f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def place(prepared_url: str, tmp_path: Path) -> Place:
    return Place(prepared_url, tmp_path)


@pytest.fixture
def sqlite_place(sqlite_url: str, tmp_path: Path) -> Place:
    return Place(sqlite_url, tmp_path)


async def fill(place: Place, count: int = 3) -> None:
    database = await Database.open(place)
    await open_journal(database).append([append(BOARD, 0, count, client="c")])
    await database.close()


async def head_of(place: Place) -> int:
    database = await Database.open(place)
    loaded = await open_journal(database).load(BOARD)
    await database.close()
    return loaded.head if loaded else 0


async def test_what_was_backed_up_comes_back_under_a_new_epoch(
    place: Place, tmp_path: Path
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files/picture").write_bytes(b"of a bus")
    await fill(place)
    database = await Database.open(place)
    before = database.epoch
    await back_up(place, tmp_path / "backup")  # beside the running server
    await open_journal(database).append([append(BOARD, 3, 5)])
    await database.close()
    (tmp_path / "files/picture").write_bytes(b"of a tram")

    epoch = await restore(place, tmp_path / "backup", force=True)
    database = await Database.open(place)
    assert database.epoch == epoch != before
    loaded = await open_journal(database).load(BOARD)
    assert loaded is not None
    assert loaded.head == 3
    assert [fault async for fault in faults_of(database, open_journal(database))] == []
    await database.close()
    assert (tmp_path / "files/picture").read_bytes() == b"of a bus"


async def test_a_picture_that_is_just_being_written_is_left_out(
    sqlite_place: Place, tmp_path: Path
) -> None:
    """A running server renames its drafts while we look: one that has gone is no reason to fail."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files/picture").write_bytes(b"of a bus")
    (tmp_path / "files/.other.part").write_bytes(b"half a")
    await fill(sqlite_place)
    await back_up(sqlite_place, tmp_path / "backup")
    with tarfile.open(tmp_path / "backup") as tar:
        assert tar.getnames() == ["about.json", "codesign.db", "files/picture"]


async def test_a_backup_under_load_holds_every_entry_acked_before_it(
    place: Place, tmp_path: Path
) -> None:
    database = await Database.open(place)
    journal, acked, ended = open_journal(database), 0, False

    async def work() -> None:
        nonlocal acked
        while not ended:
            assert await journal.append([append(BOARD, acked, 2, client="c", n=acked + 1)]) == [
                None
            ]
            acked += 2

    working = asyncio.create_task(work())
    while acked < 20:
        await journal.next_due()
    backups = []
    for number in range(3):
        backups.append((acked, tmp_path / f"backup{number}"))
        await back_up(place, backups[-1][1])
    ended = True
    await working
    await database.close()
    for least, file in backups:
        await restore(place, file, force=True)
        restored = await head_of(place)
        assert least <= restored <= acked


async def test_a_backup_can_be_restored_where_nothing_is(
    sqlite_place: Place, tmp_path: Path
) -> None:
    await fill(sqlite_place)
    await back_up(sqlite_place, tmp_path / "backup")
    elsewhere = Place(f"sqlite+aiosqlite:///{tmp_path}/new/codesign.db", tmp_path / "new")
    await restore(elsewhere, tmp_path / "backup")
    assert await head_of(elsewhere) == 3


async def test_work_is_not_restored_over_unless_told_to(place: Place, tmp_path: Path) -> None:
    await fill(place)
    await back_up(place, tmp_path / "backup")
    with pytest.raises(BackupError, match="--force"):
        await restore(place, tmp_path / "backup")
    assert await head_of(place) == 3


async def test_what_was_there_is_kept_beside_it(sqlite_place: Place, tmp_path: Path) -> None:
    await fill(sqlite_place)
    await back_up(sqlite_place, tmp_path / "backup")
    database = await Database.open(sqlite_place)
    await open_journal(database).append([append(BOARD, 3)])
    await database.close()
    await restore(sqlite_place, tmp_path / "backup", force=True)
    old = tmp_path / "codesign.db.before-restore"
    assert await head_of(Place(f"sqlite+aiosqlite:///{old}", tmp_path)) == 4


async def test_a_restore_that_is_broken_off_leaves_a_database_with_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever database is there, the one before or the backup's, the files it names are, too."""
    replace = Path.replace
    for steps in range(40):
        data = tmp_path / f"data{steps}"
        place = Place(f"sqlite+aiosqlite:///{data}/codesign.db", data)
        await fill(place)
        (data / "files").mkdir()
        (data / "files/shared").write_bytes(b"")
        (data / "files/picture").write_bytes(b"of the backup")
        await back_up(place, tmp_path / "backup")
        (data / "files/picture").rename(data / "files/later")
        database = await Database.open(place)
        await open_journal(database).append([append(BOARD, 3)])
        await database.close()

        left = steps

        def step(source: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left < 0:
                raise KeyboardInterrupt
            return replace(source, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", step)
            with contextlib.suppress(KeyboardInterrupt):
                await restore(place, tmp_path / "backup", force=True)
        needed = {4: "later", 3: "picture"}[await head_of(place)]
        assert {needed, "shared"} <= set(names_in(data / "files"))
        if left >= 0:
            break
    assert steps > 2
    assert names_in(data / "files") == ["picture", "shared"]
    assert names_in(data / "files.before-restore") == ["later"]


async def test_a_damaged_database_can_be_restored_over(sqlite_place: Place, tmp_path: Path) -> None:
    await fill(sqlite_place)
    await back_up(sqlite_place, tmp_path / "backup")
    (tmp_path / "codesign.db").write_bytes(b"\0" * 8192)
    await restore(sqlite_place, tmp_path / "backup", force=True)
    assert await head_of(sqlite_place) == 3


async def test_nothing_is_restored_under_a_running_server(place: Place, tmp_path: Path) -> None:
    await fill(place)
    await back_up(place, tmp_path / "backup")
    database = await Database.open(place)
    with pytest.raises(AlreadyServed):
        await restore(place, tmp_path / "backup", force=True)
    await database.close()
    assert await head_of(place) == 3


async def test_a_backup_is_for_nobody_else_to_read_and_has_no_secret(
    sqlite_place: Place, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("s" * 64)
    await fill(sqlite_place)
    await back_up(sqlite_place, tmp_path / "backup")
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
    with tarfile.open(tmp_path / "backup") as tar:
        assert tar.getnames() == ["about.json", "codesign.db"]
        held = tar.extractfile("codesign.db")
        assert held is not None
        assert b"s" * 64 not in held.read()
    assert [name for name in names_in(tmp_path) if name.startswith(".")] == []


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def hostile(about: dict[str, object], *members: tarfile.TarInfo) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        first = tarfile.TarInfo("about.json")
        first.size = len(json.dumps(about))
        tar.addfile(first, io.BytesIO(json.dumps(about).encode()))
        for member in members:
            tar.addfile(member, io.BytesIO(b"x" * member.size))
    return file.getvalue()


def member(name: str, size: int = 5, **more: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    for key, value in more.items():
        setattr(info, key, value)
    return info


GOOD = {"kind": "sqlite", "schema": schema.HEAD}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"not a backup", "cannot be read"),
        (hostile(GOOD)[:60], "cannot be read"),
        (hostile({}), "cannot be read"),
        (hostile({"kind": "postgresql", "schema": schema.HEAD}), "backup of postgresql"),
        (hostile({"kind": "sqlite", "schema": "9999", "version": "9"}), "newer Codesign"),
        (hostile(GOOD), "holds no database"),
        (hostile(GOOD, member("codesign.db")), "is damaged"),
    ],
    # An archive names the second it was made in: not a name for a test that several processes collect.
    ids=["nothing", "words", "cut", "blank", "foreign", "newer", "empty", "damaged"],
)
async def test_what_is_no_backup_changes_nothing(
    sqlite_place: Place, tmp_path: Path, content: bytes, said: str
) -> None:
    await fill(sqlite_place)
    (tmp_path / "backup").write_bytes(content)
    with pytest.raises(BackupError, match=said):
        await restore(sqlite_place, tmp_path / "backup", force=True)
    assert await head_of(sqlite_place) == 3


async def test_names_that_lead_elsewhere_are_left_in_the_backup(
    sqlite_place: Place, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    place = Place(f"sqlite+aiosqlite:///{data}/codesign.db", data)
    await fill(place)
    await back_up(place, tmp_path / "good")
    with tarfile.open(tmp_path / "good") as tar:
        held = tar.extractfile("codesign.db")
        assert held is not None
        database = held.read()
    bad = [
        member("../escaped"),
        member("/tmp/escaped-absolutely"),
        member("files/../../escaped"),
        member("files/.hidden"),
        member("secret"),
        member("files/link", 0, type=tarfile.SYMTYPE, linkname="/etc/passwd"),
    ]
    with tarfile.open(tmp_path / "bad", "w:gz") as tar:
        for info, content in [
            (member("about.json", len(json.dumps(GOOD))), json.dumps(GOOD).encode()),
            *((info, b"x" * info.size) for info in bad),
            (member("files/kept"), b"words"),
            (member("codesign.db", len(database)), database),
        ]:
            tar.addfile(info, io.BytesIO(content))
    await restore(place, tmp_path / "bad", force=True)
    assert names_in(tmp_path) == ["bad", "data", "good"]
    assert names_in(data / "files") == ["kept"]
    assert not (data / "secret").exists()


async def test_without_the_programs_of_postgresql_it_says_so(
    pg_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(pg_url, tmp_path)
    await fill(place)
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    with pytest.raises(BackupError, match="pg_dump is not installed"):
        await back_up(place, tmp_path / "backup")


async def test_there_is_nothing_to_back_up_before_the_first_start(sqlite_place: Place) -> None:
    with pytest.raises(Exception, match="There is no database"):
        await back_up(sqlite_place, sqlite_place.data / "backup")
    assert list(sqlite_place.data.iterdir()) == []


async def test_a_backup_of_an_open_vote_does_not_say_who_chose_what(
    place: Place, tmp_path: Path
) -> None:
    await fill(place)
    database = await Database.open(place)
    await ballots.cast(database, "vote", "anna", {"canary-water": 1}, page="page", n=1)
    await back_up(place, tmp_path / "backup.tar.gz")
    assert await ballots.mine(database, "vote", "anna") == {"canary-water": 1}  # the vote goes on
    await database.close()
    with tarfile.open(tmp_path / "backup.tar.gz") as tar:
        tar.extractall(tmp_path / "out", filter="data")
    (copy,) = (tmp_path / "out").glob("codesign.*")
    assert b"canary-water" not in copy.read_bytes()
    await restore(place, tmp_path / "backup.tar.gz", force=True)
    database = await Database.open(place)
    assert await ballots.mine(database, "vote", "anna") == {}
    assert await ballots.cast(database, "vote", "anna", {"canary-water": 1}, page="page", n=1)
    await database.close()
