"""Starts `codesign serve` again and again: the imports are done once, each server is a fork of this process.

Lines of JSON on stdin: {"do": "start", "environment": {...}, "strike": null | [where, count]} answers {"pid"};
{"do": "look", "pid"} answers {"status"}: null while that server runs.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any, NoReturn

from codesign import app, cli, serving, settings
from codesign.live import effects, errands, room, tables
from codesign.store import (
    ballots,
    database_postgres,
    database_sqlite,
    journal_postgres,
    journal_sql,
    journal_sqlite,
    writer,
)

LOADED = (app, cli, serving, database_postgres, database_sqlite, journal_postgres, journal_sqlite)


def main() -> None:
    for line in sys.stdin:
        told = json.loads(line)
        if told["do"] == "start":
            answer: dict[str, int | None] = {"pid": start(told)}
        else:
            ended, status = os.waitpid(told["pid"], os.WNOHANG)
            answer = {"status": status if ended else None}
        print(json.dumps(answer), flush=True)


def start(told: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    _serve(told["environment"], told["strike"])


def _serve(environment: dict[str, str], strike: tuple[str, int] | None) -> NoReturn:
    log = os.open(environment["LOG"], os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(environment)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a full disk is an error, as on a real one
    if strike is not None:
        install(*strike)
    if "SYNCHRONOUS" in environment:
        half_hearted(environment["SYNCHRONOUS"])
    try:
        serving.serve(settings.load(), demo=False)
    finally:
        os._exit(1)


def install(where: str, count: int) -> None:
    """Dies at a point that a blow from outside hardly ever hits: the `count`th time it is reached."""
    owner, name = POINTS[where]
    whole = getattr(owner, name)
    left = [count]

    def struck(*args: Any) -> Any:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(*args)

    setattr(owner, name, struck)


def half_hearted(level: str) -> None:
    """Commits that wait for the disk less than they should, to see that somebody notices."""
    pragmas = [word for word in writer._PRAGMAS if not word.startswith("synchronous")]
    writer._PRAGMAS = (*pragmas, f"synchronous = {level}")  # type: ignore[assignment]


POINTS: dict[str, tuple[Any, str]] = {
    "between commit and telling": (room.Room, "commit"),
    "between commit and effect": (effects.Effects, "_run"),
    "between closed lanes and the board": (errands.Errands, "_put"),
    "between the board and erased lanes": (errands.Errands, "_erase"),
    "between the last ballot and the count": (ballots, "close"),
    "between the count and forgotten ballots": (ballots, "forget"),
    "among what tables wrote": (tables.Tables, "_copy"),
    "between an errand and its mark": (journal_sql.SqlJournal, "mark_done"),
}

if __name__ == "__main__":
    main()
