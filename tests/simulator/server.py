"""The server process of a world, and the disk under it: both may fail at any moment, on purpose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TYPE_CHECKING

from codesign.core.effects import Due
from codesign.core.stream import State
from codesign.live.rooms import Rooms
from codesign.store.errors import Unavailable
from codesign.store.journal import Append, Journal, Loaded
from codesign.store.rows import Row
from tests.builders import WORKSHOP

if TYPE_CHECKING:
    from tests.simulator.world import World


class Killed(Exception):
    """The process is no more; whatever it still does, nobody hears of it."""


class Server:
    """One life of the process. What it knows is in its memory; what lasts is in the journal."""

    def __init__(self, world: World, disk: Journal) -> None:
        self.alive = True
        self.rooms = Rooms(FlakyDisk(disk, self, world), world.epoch, clock=world.clock)
        if world.privacy is not None:
            world.privacy.join(self)
        self.rooms.effects.wake(0)

    def kill(self) -> None:
        self.alive = False

    async def person_for(self, session: str, workshop: str) -> str | None:
        return session if workshop == WORKSHOP else None


class Faults:
    """How often what goes wrong, in a thousand. Nothing does while `quiet`."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.quiet = True
        self.reads = random.choice([0, 0, 10])
        self.appends = {
            "fails": random.choice([0, 10, 40]),
            "fails for one": random.choice([0, 10]),
            "is written, but says it failed": random.choice([0, 0, 10]),
            "is killed before": random.choice([0, 4]),
            "is killed after": random.choice([0, 4]),
        }

    def of_append(self) -> str:
        if self.quiet:
            return "fine"
        drawn = self.random.randrange(1_000)
        for fault, share in self.appends.items():
            if drawn < share:
                return fault
            drawn -= share
        return "fine"

    def of_read(self) -> bool:
        return not self.quiet and self.random.randrange(1_000) < self.reads


class FlakyDisk(Journal):
    """A journal as one process sees it. It remembers for the checks which entries there are."""

    def __init__(self, disk: Journal, server: Server, world: World) -> None:
        self._disk = disk
        self._server = server
        self._world = world

    async def append(self, appends: Sequence[Append]) -> list[Exception | None]:
        self._gate()
        fault = self._world.faults.of_append()
        if fault != "fine":
            self._world.note(f"disk: the append {fault}")
        match fault:
            case "fails":
                return [Unavailable(fault)] * len(appends)
            case "fails for one":
                rest = await self._disk.append(appends[1:]) if len(appends) > 1 else []
                return [Unavailable(fault), *rest]
            case "is killed before":
                self._die()
        for append in appends:
            if self._world.privacy is not None:
                self._world.privacy.written(append)
        results = await self._disk.append(appends)
        if fault == "is killed after":
            self._die()
        lied = fault == "is written, but says it failed"
        return [Unavailable(fault)] * len(appends) if lied else results

    async def load(self, stream: str, *, tail: int | None = None) -> Loaded | None:
        self._read()
        memory = self._world.memory
        # A room that is opened begins with less than it may remember, and reads the rest when it is asked for.
        return await self._disk.load(stream, tail=memory if tail is None else memory // 8)

    async def entries(self, stream: str, after: int, to: int | None = None) -> list[Row]:
        self._read()
        return await self._disk.entries(stream, after, to)

    async def find(self, client: str, n: int) -> tuple[str, Row] | None:
        self._read()
        return await self._disk.find(client, n)

    async def acks(
        self, clients: Mapping[str, int], *, limit: int = 2_000
    ) -> list[tuple[str, int, str, int]]:
        self._read()
        return await self._disk.acks(clients, limit=limit)

    async def last(self, clients: Sequence[str]) -> dict[str, tuple[str | None, int]]:
        self._read()
        return await self._disk.last(clients)

    async def save_snapshot(self, stream: str, seq: int, state: State) -> None:
        self._gate()
        await self._disk.save_snapshot(stream, seq, state)

    async def snapshot(self, stream: str) -> tuple[int, State] | None:
        self._read()
        return await self._disk.snapshot(stream)

    async def due(self, now: int, *, limit: int = 100) -> list[Due]:
        self._read()
        return await self._disk.due(now, limit=limit)

    async def next_due(self) -> int | None:
        self._read()
        return await self._disk.next_due()

    async def mark_done(self, ids: Sequence[str], now: int) -> None:
        self._gate()
        await self._disk.mark_done(ids, now)

    async def streams(self) -> list[tuple[str, str, int]]:
        self._read()
        return await self._disk.streams()

    async def heads(self, workshop: str) -> dict[str, int]:
        self._read()
        return await self._disk.heads(workshop)

    async def lanes(self, workshop: str) -> list[str]:
        self._read()
        return await self._disk.lanes(workshop)

    async def forget(self, streams: Sequence[str]) -> None:
        self._gate()
        if self._world.privacy is not None:
            for stream in streams:
                loaded = await self._disk.load(stream)
                self._world.privacy.forgotten(loaded.state.dropped if loaded else set())
        await self._disk.forget(streams)

    def _gate(self) -> None:
        if not self._server.alive:
            raise Killed

    def _read(self) -> None:
        self._gate()
        if self._world.faults.of_read():
            self._world.note("disk: a read fails")
            raise Unavailable("a read fails")

    def _die(self) -> None:
        self._server.kill()
        raise Killed
