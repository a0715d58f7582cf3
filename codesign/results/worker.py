"""Work that takes long or reads hostile files, each job in a process of its own: bounded, and cut off cleanly.

A process per job rather than a pool that is kept: what a file does to it ends with it, nothing grows, and a job that
takes too long is killed without hurting a second one. Starting one takes a fifth of a second.
Both ends are here: `Workers` in the server, `main` in the child. A message is a header with sizes, then bytes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codesign.results import scratch

log = logging.getLogger(__name__)

SECONDS = 60
MEMORY_BYTES = 1024 * 1024 * 1024
AT_ONCE = 2
#: Beyond these, people are told to come back rather than kept waiting.
WAITING = 20
#: The server's own work goes first, from the child's first line on: what it imports takes as long as many a job.
#: Not `-m`: this file would be there twice, and its WorkError not be the one that jobs raise.
CHILD = (
    "import os; hasattr(os, 'nice') and os.nice(10); "
    "from codesign.results.worker import main; main()"
)


class WorkError(Exception):
    """The job gave nothing. `code` is a refusal code, `reason` names the sentence for it."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Work:
    """What goes in and what comes out: a few values and some bytes."""

    values: Mapping[str, Any]
    parts: Sequence[bytes] = ()


@dataclass(slots=True)
class Workers:
    """Runs jobs, two at a time."""

    seconds: float = SECONDS
    memory: int = MEMORY_BYTES
    most_waiting: int = WAITING
    _free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _waiting: int = 0

    @property
    def is_full(self) -> bool:
        """Whether `run` would send one more away."""
        return self._waiting >= self.most_waiting

    @property
    def under_way(self) -> int:
        """How many jobs are being done or wait for it."""
        return self._waiting

    async def run(self, job: str, work: Work) -> Work:
        """The job's answer. Raises WorkError; a caller who gives up takes the process down."""
        if self.is_full:
            raise WorkError("rate", "busy")
        self._waiting += 1
        try:
            async with self._free:
                return await self._run(job, work)
        finally:
            self._waiting -= 1

    async def _run(self, job: str, work: Work) -> Work:
        with tempfile.TemporaryDirectory(prefix=scratch.prefix()) as folder:
            child = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-c", CHILD, job, str(self.memory), str(int(self.seconds))),
                cwd=folder,
                env=child_environment(),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                async with asyncio.timeout(self.seconds):
                    said, complaint = await child.communicate(_pack(work))
            except TimeoutError:
                raise WorkError("limit", "seconds") from None
            finally:
                if child.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        child.kill()
                    await asyncio.shield(child.wait())
        if not said:
            raise _died(job, child.returncode, complaint)
        return _answer(said)


def child_environment() -> dict[str, str]:
    """Only what Python needs: a child that reads strangers' files has no business with secrets."""
    package = Path(__file__).resolve().parents[2]
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR") if name in os.environ
    }
    return {**kept, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}


def _died(job: str, status: int | None, complaint: bytes) -> WorkError:
    """Status 1 is Python's own word for an error nobody expected; anything else was a limit."""
    if status != 1:
        return WorkError("limit", "memory")
    last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
    # Its class alone: what an error says may hold what people wrote.
    log.error("the worker's %s job broke: %s", job, last.partition(":")[0])
    return WorkError("unavailable", "broken")


def _answer(said: bytes) -> Work:
    answer = _unpack(said)
    if "code" in answer.values:
        raise WorkError(answer.values["code"], answer.values["reason"])
    return answer


def _pack(work: Work) -> bytes:
    header = {"values": work.values, "sizes": [len(part) for part in work.parts]}
    head = json.dumps(header).encode()
    return b"".join((len(head).to_bytes(4), head, *work.parts))


def _unpack(message: bytes) -> Work:
    at = 4 + int.from_bytes(message[:4])
    header = json.loads(message[4:at])
    parts = []
    for size in header["sizes"]:
        parts.append(message[at : at + size])
        at += size
    return Work(header["values"], tuple(parts))


# In the child

Job = Callable[[Mapping[str, Any], Sequence[bytes]], Work]


def main() -> None:
    """With arguments JOB MEMORY SECONDS: one message in, one out."""
    job, memory, seconds = sys.argv[1:]
    _bind(int(memory), int(seconds))
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    work = _unpack(sys.stdin.buffer.read())
    try:
        answer = _job(job)(work.values, work.parts)
    except MemoryError:
        answer = Work({"code": "limit", "reason": "memory"})
    except WorkError as error:
        answer = Work({"code": error.code, "reason": error.reason})
    out.write(_pack(answer))
    out.flush()


def _job(name: str) -> Job:
    """Imported late: a job loads only what it needs."""
    match name:
        case "export":
            from codesign.results import export

            return export.run
        case "report":
            from codesign.results import report_export

            return report_export.run
        case "documents":
            from codesign.results import document_export

            return document_export.run
        case "import":
            from codesign.results import json_archive

            return json_archive.run
        case "archive":
            from codesign.results import archive

            return archive.run
        case "bring_in":
            from codesign.results import archive_reading

            return archive_reading.run
        case "pictures":
            from codesign.results import archive_reading

            return archive_reading.clean_pictures
        case "groups":
            from codesign.results import groups

            return groups.run
        case "map_import":
            from codesign.results import map_import

            return map_import.run
        case "table_import":
            from codesign.results import table_import

            return table_import.run
        case "image":
            from codesign.results import images

            return images.run
    raise ValueError(name)


def _bind(memory: int, seconds: int) -> None:
    """Limits that hold whatever a file makes a library do."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the deadline holds there as well
        return
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
