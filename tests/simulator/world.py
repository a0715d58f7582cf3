"""A world: one server, a few people with their pages, a bad network, a clock of its own, one seed."""

from __future__ import annotations

import asyncio
import copy
import gzip
import json
import logging
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from codesign.core import limits
from codesign.core.visibility import may_follow
from codesign.store.journal import Journal
from codesign.store.memory import MemoryJournal
from tests.builders import ANNA, BORIS, CITY, OLGA, REGION, SECOND_REGION, VERA, an_id
from tests.live.hall import SET_UP, WORKSHOP_STREAM, StillClock, add_board
from tests.simulator.checks import Checks
from tests.simulator.engines import JsEngine, PyEngine, Start
from tests.simulator.lines import LineLink
from tests.simulator.network import Link
from tests.simulator.pages import Fetch, Page
from tests.simulator.people import Person
from tests.simulator.privacy import Privacy
from tests.simulator.server import Faults, Server

TURNS = 240


async def play(
    seed: int,
    starts: list[Start],
    lines: float = 0,
    *,
    private: bool | None = None,
    nameless: bool = False,
) -> None:
    """One world, from beginning to rest. What goes wrong names the seed.

    `private`: with votes; unless it is said, in one world of four, because they cost time. `nameless`: with silences
    without names as well.
    """
    private = seed % 4 == 0 if private is None else private
    world = World(seed, starts, lines=lines, private=private, nameless=nameless)
    logging.disable(logging.CRITICAL)  # it fails on purpose, again and again
    try:
        await world.play(TURNS)
    except Exception as error:
        clients = "python" if len(starts) == 1 else "mixed"
        story = "\n".join(world.log[-25:])
        again = f"python -m tests.simulator {seed} {clients} {lines:g} {private + nameless:d}"
        raise AssertionError(f"seed {seed}: {error}\n{again}\n{story}") from error
    finally:
        logging.disable(logging.NOTSET)


class World:
    """`turn` lets something happen; `come_to_rest` lets everything arrive; then `checks` look."""

    def __init__(
        self,
        seed: int,
        starts: list[Start],
        disk: Journal | None = None,
        *,
        lines: float = 0,
        private: bool = True,
        nameless: bool = False,
    ) -> None:
        self.seed = seed
        #: Of all connections, so many are lines (protocol 12) and no sockets.
        self.line_share = lines
        self.random = Random(seed)
        self.starts = starts
        self.clock = StillClock()
        self.disk: Journal = disk or MemoryJournal()
        self.faults = Faults(self.random)
        #: How many entries a room has in memory after loading; small, so that it matters.
        self.memory = self.random.choice([2_000, 200, 30, 8])
        self.reader_room = self.random.choice([256, 256, 40])
        self.epoch = "epoch-0"
        self.checks = Checks(self)
        self.links: list[Link] = []
        self.fetches: list[Fetch] = []
        self.pages: list[Page] = []
        self.people: list[Person] = []
        self.closed: list[Page] = []
        self.asks: list[asyncio.Future[Any]] = []
        self.log: list[str] = []
        self.made = 0
        self.opened = 0
        self.backup: MemoryJournal | None = None
        #: Votes, and perhaps silences without names; None: there are none here.
        self.privacy = Privacy(self, nameless=nameless) if private else None
        self.server: Server = Server(self, self.disk)

    def note(self, line: str) -> None:
        self.log.append(f"{self.clock.seconds:9.3f} {line}")

    # Playing

    async def play(self, turns: int) -> None:
        tail, limits.TAIL_ENTRIES = limits.TAIL_ENTRIES, self.memory
        try:
            await self.open()
            self.faults.quiet = False
            for _ in range(turns):
                await self.turn()
            await self.come_to_rest()
            await self.checks.at_rest()
        finally:
            limits.TAIL_ENTRIES = tail
            await self.end()
            PyEngine.forget_all()
            JsEngine.forget_all()

    async def end(self) -> None:
        """What still runs in servers that were killed comes to nothing."""
        self.server.kill()
        for ask in self.asks:
            ask.cancel()
        for _ in range(30):
            await asyncio.sleep(0)

    async def open(self) -> None:
        """A workshop, its board, its people; each person opens one or two pages."""
        await self.ask(WORKSHOP_STREAM, SET_UP, product=True)
        leads = self.random.random() < 0.5
        for person in (OLGA, ANNA, BORIS, VERA):
            role = "owner" if person == OLGA else "facilitator" if leads else "participant"
            join = {"type": "join_workshop", "person": person, "role": role, "city": CITY}
            await self.ask(WORKSHOP_STREAM, {**join, "name": person.strip("_")}, product=True)
        layout = self.random.choice(["free", "zones", "columns"])
        board = add_board(layout)
        if layout != "free":
            board["regions"] = [
                {"id": REGION, "title": "Now", "order": "a0"},
                {"id": SECOND_REGION, "title": "Later", "order": "a1"},
            ]
        await self.ask(WORKSHOP_STREAM, board, person=OLGA)
        self.server.rooms.schedule.run_due()
        await self.settle()
        await self.people_come()

    async def people_come(self) -> None:
        may_undo = self.random.random() < 0.5
        for person in (OLGA, ANNA, BORIS, VERA):
            for _ in range(self.random.choice([1, 1, 2])):
                self.pages.append(Page(self, person, self.random.choice(self.starts)))
            self.people.append(Person(self, person, may_undo=may_undo))
        if self.random.random() < 0.8:
            await self.let_everything_arrive()

    async def turn(self) -> None:
        """One thing happens. Between two, whatever runs on the server goes one step on."""
        happenings: list[tuple[int, Callable[[], Awaitable[None] | None]]] = [
            (400, self.someone_acts),
            (260, self.something_goes_up),
            (260, self.something_comes_down),
            (120, self.beat_of_the_server),
            (60, self.a_fetch_moves),
            (60, self.time_passes),
            (40, self.someone_connects),
            (8, self.a_line_breaks),
            (4, self.someone_sends_again),
            (3, self.the_server_ends),
            (1, self.the_server_is_restarted),
            (2, self.a_board_is_added),
            (3, self.a_tab_closes),
            (3, self.a_laptop_sleeps),
            (2, self.everyone_leaves_for_a_while),
            (1, self.a_backup_is_made),
            (1, self.a_backup_is_restored),
            (1, self.someone_is_removed),
            (12, self.the_stage_changes),
        ]
        (happening,) = self.random.choices(
            [what for _, what in happenings], [weight for weight, _ in happenings]
        )
        done = happening()
        if done is not None:
            await done
        await asyncio.sleep(0)
        if not self.server.alive:
            self.bury()
        if self.privacy is not None:
            self.privacy.turn()
        if self.checks.broken:
            raise self.checks.broken

    # What can happen

    def someone_acts(self) -> None:
        self.random.choice(self.people).act()

    def something_goes_up(self) -> None:
        if waiting := [link for link in self.links if link.up]:
            link = self.random.choice(waiting)
            for _ in range(self.random.randint(1, 4)):
                if link.up:
                    link.deliver_up()

    def something_comes_down(self) -> None:
        if waiting := [link for link in self.links if link.down]:
            link = self.random.choice(waiting)
            for _ in range(self.random.randint(1, 4)):
                if link.down:
                    link.deliver_down()
        self.links = [link for link in self.links if not link.is_over]

    async def beat_of_the_server(self) -> None:
        if self.server.alive:
            await self.server.rooms.ticker.flush_once()

    async def a_fetch_moves(self) -> None:
        if not self.fetches:
            return
        fetch = self.random.choice(self.fetches)
        if fetch.answer is None:
            fetch.answer = await self.snapshot_for(fetch)
        else:
            self.fetches.remove(fetch)
            came = "failed" if isinstance(fetch.answer, int) else "fetched"
            fetch.page.do(came, fetch.ticket, fetch.stream, fetch.answer)

    def time_passes(self) -> None:
        self.pass_time(self.random.choice([0.01, 0.05, 0.05, 0.3, 1, 1, 5, 12]))

    def someone_connects(self) -> None:
        away = [page for page in self.pages if page.is_away]
        if away and self.server.alive:
            self.random.choice(away).connect()

    def a_line_breaks(self) -> None:
        if whole := [link for link in self.links if not link.is_cut]:
            link = self.random.choice(whole)
            self.note(f"{link.page.client[:8]} loses the line")
            link.cut()

    def someone_sends_again(self) -> None:
        """A page says something twice, as after a line it wrongly held for dead."""
        if waiting := [link for link in self.links if any('"op"' in said for said in link.up)]:
            link = self.random.choice(waiting)
            again = [said for said in link.up if said.startswith('{"type": "op"')]
            if again and not link.is_cut:
                link.up.append(self.random.choice(again))

    def the_server_ends(self) -> None:
        if self.server.alive:
            self.note("the server is killed")
            self.server.kill()

    async def the_server_is_restarted(self) -> None:
        """In good order: what was asked is answered, everyone is told to come back."""
        if self.server.alive:
            self.note("the server is restarted")
            await self.server.rooms.stop()
            self.server.kill()

    def a_board_is_added(self) -> None:
        """Its set-up is an effect on another stream, which outlives the process."""
        self.made += 1
        self.ask_soon(WORKSHOP_STREAM, add_board(name=an_id(f"board {self.made}")), person=OLGA)

    def a_tab_closes(self) -> None:
        """Its queue stays in the browser; another tab of the same person takes it over."""
        page = self.random.choice(self.pages)
        self.note(f"{page.client[:8]} is closed")
        self.close_tab(page)
        fresh = Page(self, page.person, page.start)
        self.pages[self.pages.index(page)] = fresh
        fresh.is_over = page.is_over

    def a_laptop_sleeps(self) -> None:
        page = self.random.choice(self.pages)
        self.note(f"{page.client[:8]} falls asleep")
        self.hang_up(page)
        page.asleep_until = self.clock.seconds + self.random.choice([5, 15, 30])

    def everyone_leaves_for_a_while(self) -> None:
        """The rooms close, and are opened again from snapshot and tail."""
        for link in self.links:
            if not link.is_cut:
                link.cut()
        for link in self.links:
            while link.up:
                link.deliver_up()
        for _ in range(3):
            self.pass_time(61)

    def a_backup_is_made(self) -> None:
        if self.backup is None and isinstance(self.disk, MemoryJournal):
            self.backup = copy.deepcopy(self.disk)

    def a_backup_is_restored(self) -> None:
        """Another life of the database: what was acked after the backup is lost, and known to be."""
        if self.backup is None:
            return
        self.note("a backup is restored")
        self.server.kill()
        self.bury(disk=self.backup)
        self.backup = None

    def someone_is_removed(self) -> None:
        person = self.random.choice([BORIS, VERA])
        self.checks.removed.add(person)
        op = {"type": "remove_person", "person": person}
        self.ask_soon(WORKSHOP_STREAM, op, person=OLGA)

    def the_stage_changes(self) -> None:
        stage = self.random.choice(["locked", "open", "open", "silent", "silent", "silent"])
        self.ask_soon(WORKSHOP_STREAM, {"type": "set_stage", "stage": stage}, person=OLGA)

    # How it is done

    def pass_time(self, seconds: float) -> None:
        self.clock.seconds += seconds
        if self.server.alive:
            self.server.rooms.schedule.run_due()
        for page in self.pages:
            page.beat()

    def close_tab(self, page: Page) -> None:
        self.hang_up(page)
        page.do("retire")
        self.closed.append(page)

    def hang_up(self, page: Page) -> None:
        """The page is gone at once; the server learns it when the end of the line gets there."""
        if page.link is not None:
            link = page.link
            if not link.is_cut:
                link.cut()
            page.line_ended(link, 1006)
            link.down.clear()

    def connect(self, page: Page) -> Link:
        is_line = bool(self.line_share) and self.random.random() < self.line_share
        made = LineLink if is_line else Link
        link = made(self, page, self.server, self.reader_room)
        self.links.append(link)
        return link

    async def snapshot_for(self, fetch: Fetch) -> dict[str, Any] | int:
        """What the page that serves snapshots does."""
        rooms = self.server.rooms
        try:
            workshop = await rooms.state(WORKSHOP_STREAM)
            if workshop is None or not may_follow(fetch.page.person, fetch.stream, workshop[1]):
                return 404
            snapshot = await rooms.snapshot(fetch.stream)
        except Exception:
            return 503
        if snapshot is None or not self.server.alive:
            return 0
        told: dict[str, Any] = json.loads(gzip.decompress(snapshot.body))
        return told

    def bury(self, disk: MemoryJournal | None = None) -> None:
        """The process has ended: every line breaks, and another process starts."""
        for link in self.links:
            if not link.is_cut:
                link.cut()
        for ask in self.asks:
            ask.cancel()
        self.asks.clear()
        if disk is not None:
            self.disk = disk
            self.epoch = f"epoch-{int(self.epoch.split('-')[1]) + 1}"
            self.checks.restored(disk)
            if self.privacy is not None:
                self.privacy.restored()
        self.server = Server(self, self.disk)

    def ask_soon(self, stream: str, op: dict[str, Any], **who: Any) -> None:
        self.asks.append(asyncio.ensure_future(self.server.rooms.ask(stream, op, **who)))

    async def ask(self, stream: str, op: dict[str, Any], **who: Any) -> Any:
        asking = asyncio.ensure_future(self.server.rooms.ask(stream, op, **who))
        while not asking.done():
            await asyncio.sleep(0)
            await self.settle()
        return asking.result()

    async def settle(self) -> None:
        for _ in range(3):
            await asyncio.sleep(0)
            await self.server.rooms.settle()

    async def come_to_rest(self) -> None:
        """Nothing fails any more; everyone comes back and everything arrives."""
        self.faults.quiet = True
        self.note("quiet")
        for person in self.people:
            for page in list(person.composing):
                person.compose_no_more(page)
        await self.ask(WORKSHOP_STREAM, {"type": "set_stage", "stage": "open"}, person=OLGA)
        for _ in range(200):
            moved = await self.let_everything_arrive()
            if self.checks.broken:
                raise self.checks.broken
            if not moved and all(map(self.is_done, self.pages)):
                break
            self.pass_time(3)
        self.pass_time(31)
        for page in self.pages:
            self.hang_up(page)  # so that everyone takes over what closed tabs left
        for _ in range(5):
            await self.let_everything_arrive()
            self.pass_time(3)
        if self.privacy is not None:
            await self.privacy.end_votes()
        for _ in range(2):
            # Beacons come, are compared, and heal what they find.
            self.pass_time(25)
            await self.let_everything_arrive()

    async def let_everything_arrive(self) -> bool:
        moved = False
        for _ in range(500):
            await self.settle()
            if not self.server.alive:
                self.bury()
            self.someone_connects()
            busy = [link for link in self.links if link.up or link.down]
            for link in busy:
                while link.up:
                    link.deliver_up()
            await self.settle()
            if self.line_share:
                self.server.rooms.schedule.run_due()  # what is held is answered after a turn
            for link in busy:
                while link.down:
                    link.deliver_down()
            self.links = [link for link in self.links if not link.is_over]
            fetches = list(self.fetches)
            for _ in fetches:
                await self.a_fetch_moves()
            if not busy and not fetches and not any(page.is_away for page in self.pages):
                return moved
            moved = True
        raise AssertionError("it never comes to rest")

    def is_done(self, page: Page) -> bool:
        return page.is_over or page.look()["unsent"] == 0
