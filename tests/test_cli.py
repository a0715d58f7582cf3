"""The `codesign` command, as someone at a terminal meets it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import Result
from typer.testing import CliRunner

from codesign import __version__, serving
from codesign.cli import cli
from codesign.settings import SettingsError, load
from codesign.store.database import Database
from codesign.store.journal import open_journal
from tests.store.builders import BOARD, OTHER, At, append


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the data, and no setting from outside."""
    for name in os.environ:
        if name.startswith("CODESIGN_") or name in ("DATABASE_URL", "PORT", "WEB_CONCURRENCY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CODESIGN_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def fails(*words: str) -> str:
    """What is on stderr of a command that fails in a plain sentence."""
    result = run(*words)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    return result.stderr.strip()


@pytest.fixture
def boards(data: Path) -> Path:
    """A database with two boards; one of them has a snapshot."""

    async def fill() -> None:
        database = await Database.open(At(f"sqlite+aiosqlite:///{data}/codesign.db"))
        journal = open_journal(database)
        await journal.append([append(BOARD, 0, 3), append(OTHER, 0, 1)])
        loaded = await journal.load(BOARD)
        assert loaded is not None
        await journal.save_snapshot(BOARD, 3, loaded.state)
        await database.close()

    asyncio.run(fill())
    return data


def test_it_says_what_it_can_do_and_which_version_it_is() -> None:
    assert run("--version").stdout == f"{__version__}\n"
    helped = run("--help").stdout
    commands = [
        "serve",
        "config",
        "migrate",
        "backup",
        "restore",
        "check",
        "state-hash",
        "replay",
        "assets",
    ]
    assert [name for name in commands if name not in helped] == []


def test_the_settings_are_printed_without_secrets(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODESIGN_SECRET", "k" * 40)
    monkeypatch.setenv("DATABASE_URL", "postgres://me:hunter2@db/codesign")
    said = run("config").stdout
    assert "k" * 40 not in said
    assert "hunter2" not in said
    assert "database_url = postgresql+asyncpg://me:(hidden)@db/codesign\n" in said


def test_a_wrong_setting_is_a_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    assert fails("config").startswith("PORT is wrong")


def test_migrating_is_asked_for_and_done(data: Path) -> None:
    assert "no database" in fails("migrate", "--check")
    assert run("migrate").exit_code == 0
    assert run("migrate", "--check").exit_code == 0
    with contextlib.closing(sqlite3.connect(data / "codesign.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    assert "newer Codesign" in fails("migrate")


def test_hashes_and_replays_agree(boards: Path) -> None:
    hashes = run("state-hash").stdout.split()
    assert [hashes[0], hashes[1], hashes[3], hashes[4]] == [BOARD, "3", OTHER, "1"]
    assert run("state-hash", OTHER).stdout.split() == hashes[3:]
    assert run("replay").stdout.split() == [*hashes[:3], "equal", *hashes[3:], "equal"]
    assert fails("replay", "board:three") == "There is no stream board:three."


def test_a_snapshot_that_lies_is_told(boards: Path) -> None:
    assert run("check").stdout == "All is well.\n"
    with contextlib.closing(sqlite3.connect(boards / "codesign.db")) as database:
        database.execute("UPDATE entries SET changes = '[]' WHERE seq = 2")
        database.commit()
    assert fails("check") == f"{BOARD}: its snapshot is not what its journal adds up to."
    result = run("replay", BOARD)
    assert (result.exit_code, result.stdout.split()[-1]) == (1, "DIFFERENT")


def test_a_backup_is_made_and_put_back(boards: Path, tmp_path: Path) -> None:
    before = run("state-hash").stdout
    assert run("backup", "copy").exit_code == 0
    assert "--force" in fails("restore", "copy")
    (boards / "codesign.db").unlink()
    assert "The new epoch is" in run("restore", "copy").stdout
    assert run("state-hash").stdout == before
    assert "cannot be restored: No such file" in fails("restore", "no-copy", "--force")


# Serving


@contextlib.contextmanager
def serving_at(*words: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A real server, and what it printed when it was up."""
    process = subprocess.Popen(
        [sys.executable, "-m", "codesign", "serve", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )
    try:
        assert process.stdout is not None
        printed = ""
        while "Ctrl-C" not in printed:
            line = process.stdout.readline()
            if not line:
                pytest.fail(process.communicate()[1])
            printed += line
        yield process, printed
    finally:
        process.kill()
        process.communicate()


def test_serving_prints_where_it_is_and_a_link_that_signs_in_and_ends_within_five_seconds(
    data: Path,
) -> None:
    with serving_at("--port", "0") as (process, printed):
        address = re.search(r"Codesign is at  (http://127\.0\.0\.1:\d+)\n", printed)
        link = re.search(r"once:  (\S+)\n", printed)
        assert address is not None
        assert link is not None
        assert "█" in printed
        assert link[1].startswith(f"{address[1]}/sign-in/")
        with urlopen(f"{address[1]}/healthz") as answer:
            assert answer.status == 200
        with urlopen(link[1]) as answer:
            assert answer.status == 200
        assert "already writing" in fails("serve", "--port", "0")
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=10)
        assert time.monotonic() - started < 5
        assert process.returncode in (0, -signal.SIGTERM)
        assert "Traceback" not in errors
    assert run("check").stdout == "All is well.\n"


def test_a_port_that_is_taken_is_a_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = fails("serve", "--port", str(port))
    assert said == f"Cannot listen on 127.0.0.1, port {port}: Address already in use."


def test_sqlite_with_several_processes_does_not_start(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_CONCURRENCY", "4")
    assert fails("serve").startswith("WEB_CONCURRENCY is 4, but a SQLite database is served by one")
    assert not data.exists()


def test_one_process_or_postgresql_may_start(data: Path) -> None:
    serving.refuse_several_processes(load(), "1")
    serving.refuse_several_processes(load(), "")
    serving.refuse_several_processes(load(database_url="postgresql://db/codesign"), "4")


@pytest.mark.parametrize(
    ("given", "port", "address"),
    [
        ({}, 8000, "http://127.0.0.1:8000"),
        ({"host": "::1"}, 8000, "http://[::1]:8000"),
        ({"host": "0.0.0.0"}, 80, "http://127.0.0.1"),
        ({"lan": True}, 8000, "http://10.1.2.3:8000"),
        ({"lan": True, "public_url": "https://board.example/"}, 8000, "https://board.example"),
    ],
)
def test_the_address_is_what_people_type(
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, object],
    port: int,
    address: str,
) -> None:
    monkeypatch.setattr(serving, "lan_address", lambda: "10.1.2.3")
    assert serving.address_of(load(**given), port) == address


def test_this_machine_has_an_address() -> None:
    socket.inet_aton(serving.lan_address())


def test_the_picture_is_left_out_where_the_terminal_cannot_draw_it() -> None:
    assert "▄" in serving.qr_picture("http://127.0.0.1:8000", "utf-8")
    assert serving.qr_picture("http://127.0.0.1:8000", "ascii") == ""
    greeting = serving.Greeting("http://here", None).text("ascii")
    assert "Codesign is at  http://here" in greeting
    assert "once" not in greeting


def test_a_host_that_is_not_ours_is_a_sentence() -> None:
    with pytest.raises(SettingsError, match=r"Cannot listen on 192\.0\.2\.7"):
        serving.listen("192.0.2.7", 0)


def test_importing_the_command_is_quick_because_it_loads_no_server() -> None:
    code = "import sys, codesign.cli; print([m for m in ('uvicorn', 'sqlalchemy') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
