"""A data folder, a server that can be killed, people who keep writing, and the program that compares."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

from codesign.app import open_house
from codesign.live.clock import SystemClock
from codesign.settings import Settings
from codesign.store import workshops
from codesign.web.given import make_links
from codesign.web.opening import Plan, open_workshop
from tests.kill.compare import look

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a secret that only tests have, long enough"
PLAN = Plan("The river", "What does it need?", "zones", ["Now", "Later"], [])


class Arena:
    def __init__(self, folder: Path, url: str, environment: dict[str, str]) -> None:
        self.folder = folder
        self.url = url
        self._environment = environment
        self.port = _free_port()
        self.server = 0
        self._zygote = _program("tests.kill.zygote")
        self._people: subprocess.Popen[str] | None = None

    # The server

    def start(self, strike: tuple[str, int] | None = None) -> None:
        environment = {
            "CODESIGN_DATA": str(self.folder),
            "CODESIGN_DATABASE_URL": self.url,
            "CODESIGN_SECRET": SECRET,
            "CODESIGN_PORT": str(self.port),
            "CODESIGN_HOST": "127.0.0.1",
            "LOG": str(self.folder / "server.log"),
            **self._environment,
        }
        told = {"do": "start", "environment": environment, "strike": strike}
        self.server = _asked(self._zygote, told)["pid"]
        until(self._answers, "the server does not start")

    def kill(self) -> None:
        os.kill(self.server, signal.SIGKILL)
        self.wait()

    def wait(self) -> int:
        """Until the server has ended; by which signal."""
        statuses: list[int] = []

        def has_ended() -> bool:
            status = _asked(self._zygote, {"do": "look", "pid": self.server})["status"]
            return status is not None and not statuses.append(status)

        until(has_ended, "the server does not end")
        self.server = 0
        return os.WTERMSIG(statuses[0])

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    # The people

    def let_people_in(self, count: int, lead_link: str, link: str) -> None:
        people = _program("tests.kill.people", self.folder, count, lead_link, link)
        self._people = people
        assert _line(people) == "joined"

    def acks(self) -> int:
        """Bytes of ack logs: they grow while people are being served."""
        return sum(log.stat().st_size for log in self.folder.glob("*.acks"))

    def until_acks(self, grown: int, seconds: float = 60) -> None:
        before = self.acks()
        until(lambda: self.acks() >= before + grown, "nobody is being served", seconds)

    def see_people_out(self, seconds: float = 60) -> list[dict[str, Any]]:
        """Everyone stops writing and waits until all is saved; what they see."""
        assert self._people is not None
        out, _ = self._people.communicate("\n", timeout=seconds)
        assert self._people.returncode == 0
        return [json.loads(line) for line in out.splitlines()]

    # Looking

    def compare(self, *, replay: bool = False) -> dict[str, Any]:
        """In a thread, since the test's own has a loop already; there is nothing to run in it meanwhile."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(look, self.url, self.folder, replay=replay).result()

    def end(self) -> None:
        for process in (self._people, self._zygote):
            if process is not None:
                process.kill()
                process.communicate()
        if self.server:
            os.kill(self.server, signal.SIGKILL)


@asynccontextmanager
async def arena(
    folder: Path, url: str, people: int = 6, environment: dict[str, str] | None = None
) -> AsyncIterator[Arena]:
    """A workshop with people in it who write without a pause."""
    made = Arena(folder, url, environment or {})
    try:
        links = await open_a_workshop(folder, url, made.port)
        made.start()
        await asyncio.to_thread(made.let_people_in, people, *links)
        yield made
    finally:
        made.end()


async def open_a_workshop(folder: Path, url: str, port: int) -> list[str]:
    """The links of those who lead and of those who take part."""
    settings = Settings(data=folder, database_url=url, secret=SECRET)  # type: ignore[arg-type]
    async with open_house(settings, SystemClock()) as house:
        opened = await open_workshop(house, PLAN, None, "en")
        row = await workshops.workshop(house.database, opened.workshop)
        assert row is not None
        (leads,) = await make_links(house, row.id, "co-facilitator", [None])
        tokens = [house.links.given(leads.id), house.links.join(row)]
    return [f"http://127.0.0.1:{port}/join/{token}" for token in tokens]


def until(holds: Callable[[], bool], otherwise: str, seconds: float = 60) -> None:
    """Other processes are looked at until it holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, otherwise  # the server's log is in the folder of the test
        time.sleep(0.003)


def _program(module: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, args)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _asked(process: subprocess.Popen[str], told: dict[str, Any]) -> dict[str, Any]:
    assert process.stdin is not None
    process.stdin.write(json.dumps(told) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(_line(process))
    return answer


def _line(process: subprocess.Popen[str]) -> str:
    out: IO[str] | None = process.stdout
    assert out is not None
    return out.readline().strip()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
