"""The stand-ins of a rehearsal, seen from the server: a process (codesign/standins.py) that is sent for and sent home.

A process and not tasks, so that two dozen pages that read and write in Python never hold up the people who work here.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence

from codesign.results.worker import child_environment

#: Not `-m`: as for workers (results/worker.py).
CHILD = "from codesign.standins import main; main()"


class Company:
    """They go when they are sent home, and when this server is no more: their process reads until its input ends."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def send_home(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self._process.returncode is None:
                self._process.kill()

    async def leave(self) -> None:
        self.send_home()
        await self._process.wait()


async def send_for(
    *, link: str, count: int, languages: Sequence[str], cities: Sequence[str], pace: float
) -> Company:
    """What they are told goes by their input: a command line is seen by everyone on the machine."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", CHILD),
        env=child_environment(),
        stdin=PIPE,
        stdout=DEVNULL,
        stderr=DEVNULL,
    )
    assert process.stdin is not None  # noqa: S101  asked for above
    told = {"link": link, "count": count, "languages": languages, "cities": cities, "pace": pace}
    process.stdin.write(json.dumps(told).encode() + b"\n")
    with contextlib.suppress(ConnectionError):  # it has broken down already: then nobody comes
        await process.stdin.drain()
    return Company(process)
