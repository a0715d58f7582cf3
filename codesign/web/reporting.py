"""Reports being made: each once for all who ask for the same, in a worker, and kept as long as it stays true.

What is asked for is named by the streams' etags, so that nothing older than the workshop is ever handed out.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from codesign.live.encoded import Snapshot
from codesign.results.worker import Work, Workers

#: What all reports that are kept may weigh together.
KEPT_BYTES = 64 * 1024 * 1024
#: Boards whose pictures a page asks for at once, for a few languages.
PICTURES_WAITING = 200
#: What people look at while they wait has workers of its own: a file may take half a minute.
LOOKED_AT = ("page", "picture", "list", "compare")


@dataclass(slots=True)
class Job:
    task: asyncio.Task[Work]
    #: How many were there before it, when it was begun.
    ahead: int


@dataclass(slots=True)
class Reporting:
    files: Workers
    pages: Workers = field(default_factory=lambda: Workers(most_waiting=PICTURES_WAITING))
    _jobs: dict[str, Job] = field(default_factory=dict)
    _made: OrderedDict[str, Work] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def begin(
        self, values: Mapping[str, Any], snapshots: Sequence[Snapshot], job: str = "report"
    ) -> Job:
        """The job that makes this, begun now or by somebody else before."""
        key = f"{job} {_key(values, snapshots)}"
        if key in self._made:
            self._made.move_to_end(key)
            return Job(asyncio.ensure_future(_known(self._made[key])), 0)
        if key not in self._jobs:
            workers = self.pages if values["form"] in LOOKED_AT else self.files
            work = Work(values, [one.body for one in snapshots])
            task = asyncio.create_task(workers.run(job, work))
            self._jobs[key] = Job(task, workers.under_way)
            task.add_done_callback(lambda done: self._keep(key, done))
        return self._jobs[key]

    def forget(self) -> None:
        """Made anew for whoever asks: what a workshop that is no more came to is among them."""
        self._made.clear()
        self._bytes = 0

    def _keep(self, key: str, done: asyncio.Task[Work]) -> None:
        self._jobs.pop(key, None)
        if done.cancelled() or done.exception() is not None:
            return  # whoever waits hears it; the next one begins anew
        self._made[key] = done.result()
        self._bytes += _weight(done.result())
        while self._bytes > KEPT_BYTES:
            _, gone = self._made.popitem(last=False)
            self._bytes -= _weight(gone)


async def _known(made: Work) -> Work:
    return made


def _key(values: Mapping[str, Any], snapshots: Sequence[Snapshot]) -> str:
    # Files on disk never change under one name; whether they are there is not a matter of the report.
    said = {key: value for key, value in values.items() if key != "files"}
    named = json.dumps([said, [one.etag for one in snapshots]], sort_keys=True)
    return hashlib.sha256(named.encode()).hexdigest()


def _weight(made: Work) -> int:
    return sum(len(part) for part in made.parts)
