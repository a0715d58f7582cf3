"""Jobs done in the test's own process: starting one takes ten times as long as most of them.

What a process is for (limits, deadlines, secrets) is tested in tests/results/test_worker.py; tests here that want the
real thing, one for each kind of job, say `walk.start_processes()`.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
import threading

from codesign.results.worker import Work, WorkError, Workers, _answer, _job, _pack, _unpack
from codesign.web.house import House

_ONE = threading.Lock()


class WorkersHere(Workers):
    """Messages are packed and unpacked as on the way to a process and back."""

    async def _run(self, job: str, work: Work) -> Work:
        return _answer(await asyncio.to_thread(_done, job, _pack(work)))


def _done(job: str, message: bytes) -> bytes:
    """One at a time: like a process, a job has a folder of its own under its feet."""
    work = _unpack(message)
    with _ONE, tempfile.TemporaryDirectory(prefix="codesign-") as folder, contextlib.chdir(folder):
        try:
            return _pack(_job(job)(work.values, work.parts))
        except WorkError as error:
            return _pack(Work({"code": error.code, "reason": error.reason}))


def employ(house: House, kind: type[Workers]) -> None:
    """All who work for this house from now on."""
    house.workers = house.uploads.workers = house.reporting.files = kind()
    house.reporting.pages = kind(most_waiting=house.reporting.pages.most_waiting)
