"""A whole workshop: 300 people at 50 tables, six who lead and look at all of them; coming in, working, coming back."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import json
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from bench import cache, prepare, product
from bench.figures import Figure
from bench.live import Bench, Stage, stage
from bench.prepare import Crowd, Place
from bench.trouble import come_back, doubt
from codesign.visiting import Visitor, read_board_page, read_join_page

PEOPLE, TABLES, LEADS = 300, 50, 6
#: Each writes once in so many seconds.
WRITES_EVERY = 5
#: Seconds between two looks of one who leads, as the page has it.
LOOKS_EVERY = 2.0
#: So many at a time open the link: a crowd at a door.
AT_ONCE = 30
JOIN_MOST_S, P95_MOST_MS, P99_MOST_MS, CPU_MOST = 60.0, 300.0, 800.0, 1.0
#: What of the workshop is as it was after a restart.
KEPT = ("step", "step_at", "step_number", "timer_ends", "timer_of", "tables", "stage", "board")


@dataclass(frozen=True, slots=True)
class Size:
    people: int = PEOPLE
    tables: int = TABLES
    leads: int = LEADS

    @property
    def crowd(self) -> Crowd:
        return Crowd(self.people + self.leads, leads=self.leads, tables=self.tables)


def workshop(bench: Bench, peers: list[str], size: Size | None = None) -> Iterator[Figure]:
    size = size or Size()
    yield from _joined(bench, size)
    with stage(bench, size.crowd) as here:
        with Looking(bench, here, here.places[-size.leads :]) as looking:
            load: dict[str, object] = {"edits": 1 / WRITES_EVERY, "writers": size.people}
            seconds = max(15.0, bench.seconds)
            run = here.load(bench, **load, seconds=seconds, warm=max(5.0, bench.warm))
        yield from worked(run, looking.found, size)
    # Anew: the generator knows only notes that nobody has edited.
    with stage(bench, size.crowd) as here:
        seen: list[Any] = []

        def look() -> None:
            seen.append(_kept(here, here.places[-1]))

        what = "step, timer, tables, and who sits where"
        yield from come_back(bench, here, "workshop", "each at their table", look)
        changed = float(seen[0] != seen[1])
        yield Figure("workshop", "codesign", "not as it was", changed, "", "workshop", 0, what)


# Coming in


def _joined(bench: Bench, size: Size) -> Iterator[Figure]:
    """By the link, the form and the board's page, from one address."""
    with cache.scratch() as folder:
        (lead,) = prepare.prepare(folder / "data", Crowd(1, leads=1))
        path, port = prepare.link_of(folder / "data", lead.workshop), product.free_port()
        with product.serving(folder / "data", port, bench.cores.server):
            link = f"http://127.0.0.1:{port}{path}"
            with ThreadPoolExecutor(1) as aside:
                took = aside.submit(_come, bench, link, size.people).result()
    note = f"{AT_ONCE} at a time; each two pages and a form"
    yield Figure(
        "workshop", "codesign", f"{size.people} joining", took, "s", "workshop", JOIN_MOST_S, note
    )


def _come(bench: Bench, link: str, people: int) -> float:
    _pin(bench)

    async def all_of_them() -> float:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(AT_ONCE))
        began = time.monotonic()
        await asyncio.gather(*(_come_in(link, at) for at in range(people)))
        return time.monotonic() - began

    return asyncio.run(all_of_them())


async def _come_in(link: str, at: int) -> None:
    visitor = Visitor(link)
    form = read_join_page(await visitor.get(link))
    read_board_page(await visitor.post(link, form.hidden | {"name": f"Person {at}"}))


# Working


@dataclass(slots=True)
class Looks:
    """How those who lead fared who look at all tables; the slowest in milliseconds."""

    count: int = 0
    refused: int = 0
    slowest: float = 0.0


def worked(run: dict[str, Any], looks: Looks, size: Size) -> Iterator[Figure]:
    p50, p95, p99 = run["edit_ms"]
    who = f"{size.people} people at {size.tables} tables, each writing every {WRITES_EVERY} s"
    name, server = "workshop", "codesign"
    yield Figure(name, server, "delivery p50", p50, "ms", "workshop", note=who + doubt(run))
    yield Figure(name, server, "delivery p95", p95, "ms", "workshop", P95_MOST_MS)
    yield Figure(name, server, "delivery p99", p99, "ms", "workshop", P99_MOST_MS)
    missing = (1 - run["edits_share"]) * 100
    yield Figure(name, server, "not delivered", missing, "%", "workshop", 0.1)
    yield Figure(name, server, "server", run["cpu"], "cores", "workshop", CPU_MOST)
    yield Figure(name, server, "memory", run["rss_mb"], "MB")
    note = f"{looks.count} looks of {size.leads} who lead, {looks.refused} refused"
    yield Figure(name, server, "slowest look at all tables", looks.slowest, "ms", note=note)


class Looking:
    """Those who lead, each with the tables open: what is new of their outlines, again and again."""

    def __init__(self, bench: Bench, here: Stage, leading: list[Place]) -> None:
        self.found = Looks()
        self._bench, self._port, self._leading = bench, here.port, leading
        self._seating = str(_snapshot(here, leading[0])["fields"]["tables"])
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_around)

    def __enter__(self) -> Looking:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look_around(self) -> None:
        """In one thread: the generator needs its core. Each has a turn of their own within the two seconds."""
        _pin(self._bench)
        versions = [0] * len(self._leading)
        while True:
            for at, lead in enumerate(self._leading):
                if self._over.wait(LOOKS_EVERY / len(self._leading)):
                    return
                versions[at] = self._look(lead, versions[at])

    def _look(self, lead: Place, after: int) -> int:
        path = f"/workshops/{lead.workshop}/tables/{self._seating}?after={after}"
        began = time.perf_counter()
        status, body = _get(self._port, path, lead)
        self.found.slowest = max(self.found.slowest, (time.perf_counter() - began) * 1000)
        self.found.count += 1
        if status != 200:
            self.found.refused += 1
            return after
        return int(json.loads(body)["version"])


# Coming back


def _kept(here: Stage, lead: Place) -> Any:
    state = _snapshot(here, lead)
    seatings = [item for item in state["items"] if item["kind"] == "seating"]
    return {key: state["fields"].get(key) for key in KEPT}, seatings


def _snapshot(here: Stage, lead: Place) -> Any:
    status, body = _get(here.port, f"/streams/workshop:{lead.workshop}", lead)
    if status != 200:
        raise RuntimeError(f"the workshop could not be read: HTTP {status}")
    return json.loads(body)["state"]


def _get(port: int, path: str, who: Place) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": f"codesign_session={who.cookie}", "Accept-Encoding": "gzip"}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return answer.status, gzip.decompress(body) if packed else body
    finally:
        connection.close()


def _pin(bench: Bench) -> None:
    """This thread, and those it starts."""
    if bench.cores.load is not None:
        os.sched_setaffinity(0, {bench.cores.load})
