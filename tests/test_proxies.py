"""People behind proxies that cut, keep, refuse or drop: nothing is lost, nothing comes twice, the way is the right one.

They are the Python client's (codesign.client); what a browser does is in tests/browser and tests/e2e.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from codesign import connection, line
from codesign.client import Over, Page, Place
from codesign.sync import ways
from tests.builders import ANNA, BOARD, BORIS, OLGA, WORKSHOP
from tests.live.hall import WORKSHOP_STREAM
from tests.proxies import Proxy, Sockets, proxied
from tests.web.served import Served, serving, until


@dataclass
class Town:
    """A server, and the proxy through which Anna comes to it. Boris is elsewhere."""

    served: Served
    proxy: Proxy

    def anna(self) -> Page:
        origin = self.proxy.url
        return Page(Place(origin, BOARD, WORKSHOP, ANNA, {"x-person": ANNA, "Origin": origin}))

    def boris(self) -> Page:
        served = self.served
        return Page(Place(served.origin, BOARD, WORKSHOP, BORIS, served.headers(BORIS)))


@pytest.fixture
async def town(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """Patience is a tenth of what it is outside, so that nobody has to wait."""
    monkeypatch.setattr(connection, "OPEN_SECONDS", 0.4)
    monkeypatch.setattr(connection, "UNHEARD_SECONDS", 0.8)
    monkeypatch.setattr(connection, "LEAST_WAIT", 0.05)
    monkeypatch.setattr(connection, "MOST_WAIT", 0.4)
    async with serving() as served, proxied("127.0.0.1", served.port) as proxy:
        yield Town(served, proxy)


def note(page: Page, text: str) -> str:
    id = page.new_id()
    page.ask({"type": "create_note", "id": id, "text": text, **page.spot()})
    return id


async def write_to_each_other(one: Page, other: Page, count: int = 15) -> None:
    """Both write, one in the other's notes, too; then both have everything, once."""
    mine = [note(one, f"one {number}") for number in range(count)]
    theirs = [note(other, f"other {number}") for number in range(count)]
    for number, id in enumerate(mine):
        one.write(id, f"one {number}, and more")
    await asyncio.gather(one.saved(), other.saved())
    for page in (one, other):
        await page.until(lambda page=page: set(mine + theirs) <= page.items.keys())  # type: ignore[misc]
        assert [note["text"] for note in one.refused + other.refused] == []
        await page.until(
            lambda page=page: page.items[mine[-1]]["text"].endswith("and more")  # type: ignore[misc]
        )
    assert one.items == other.items
    assert len(one.items) == 2 * count


@pytest.mark.parametrize("habit", ["refuse", "hang", "mute", "deaf", "keep"])
async def test_where_sockets_do_not_serve_the_line_does(town: Town, habit: Sockets) -> None:
    """P12.9."""
    town.proxy.sockets = habit
    async with asyncio.timeout(10), town.anna() as anna, town.boris() as boris:
        assert anna.way == "line"
        await write_to_each_other(anna, boris)


async def test_a_proxy_that_hands_answers_on_only_when_they_are_whole(town: Town) -> None:
    """P12.4."""
    town.proxy.sockets = "refuse"
    town.proxy.keeps_answers = True
    async with asyncio.timeout(10), town.anna() as anna, town.boris() as boris:
        assert anna.way == "line"
        await write_to_each_other(anna, boris)


async def test_a_proxy_that_cuts_every_connection_again_and_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those that allow a minute; here a second. Sockets go on being sockets."""
    monkeypatch.setattr(connection, "OPEN_SECONDS", 4)
    town.proxy.cuts_after = 1
    async with asyncio.timeout(20), town.anna() as anna, town.boris() as boris:
        for _ in range(3):
            note(anna, "before the cut")
            await anna.until(lambda: not anna.sync.is_online)
            note(anna, "while there is none")
            await anna.until(lambda: anna.sync.is_online)
        assert anna.way == "socket"
        town.proxy.cuts_after = None
        await anna.saved()
        await boris.until(lambda: len(boris.items) == 6)
        assert anna.items == boris.items


async def test_a_proxy_that_cuts_answers_in_the_middle(town: Town) -> None:
    """P12.3, P12.5: requests of a line are sent again as often as need be."""
    town.proxy.sockets = "refuse"
    async with asyncio.timeout(20), town.anna() as anna, town.boris() as boris:
        assert anna.way == "line"
        town.proxy.cuts_answers = 3
        await write_to_each_other(anna, boris, count=8)
        assert anna.sync.is_online


async def test_a_proxy_that_cuts_what_is_held_is_no_reason_to_leave_the_line(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P12.4: shorter holds are asked for."""
    monkeypatch.setattr(line, "CUT_AFTER_SECONDS", 0.2)
    town.proxy.sockets = "refuse"
    async with asyncio.timeout(20), town.anna() as anna, town.boris() as boris:
        town.proxy.cuts_after = 0.4
        opened = sum(asked.startswith("POST /line ") for asked in town.proxy.asked)
        await until(lambda: sum("hold=3" in asked for asked in town.proxy.asked) > 3)
        await write_to_each_other(anna, boris, count=8)
        assert opened == sum(asked.startswith("POST /line ") for asked in town.proxy.asked)


async def test_once_sockets_get_through_one_takes_over_and_nothing_is_lost(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P12.8."""
    monkeypatch.setattr(ways, "FIRST_PROBE_SECONDS", 0.2)
    monkeypatch.setattr(ways.Ways, "until_probe", property(lambda self: 0.2))
    town.proxy.sockets = "refuse"
    async with asyncio.timeout(20), town.anna() as anna, town.boris() as boris:
        assert anna.way == "line"
        mine = [note(anna, f"on the line {number}") for number in range(10)]
        town.proxy.sockets = "pass"
        while anna.way == "line":
            mine.append(note(anna, "meanwhile"))
            await asyncio.sleep(0.02)
        mine.append(note(anna, "on the socket"))
        await anna.saved()
        await boris.until(lambda: set(mine) <= boris.items.keys())
        assert len(boris.items) == len(mine)
        assert anna.refused == []
        await until(lambda: town.proxy.open_sockets == 1)


async def test_who_is_removed_is_told_on_the_line(town: Town) -> None:
    """P12.7."""
    town.proxy.sockets = "refuse"
    async with asyncio.timeout(10), town.anna() as anna:
        op = {"type": "remove_person", "person": ANNA}
        await town.served.rooms.ask(WORKSHOP_STREAM, op, person=OLGA)
        with pytest.raises(Over, match="forbidden"):
            await anna.until(lambda: False)
