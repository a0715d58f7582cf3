"""A real server with one board, and people who come to it in Chromium, for the walks of test_board_*.py."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.async_api import Locator, Page, expect
from pydantic import SecretStr
from starlette.applications import Starlette

from codesign.app import create_app
from codesign.core.decision import Refused
from codesign.core.items import Layout
from codesign.live.clock import SystemClock
from codesign.settings import Settings
from codesign.store import people, workshops
from codesign.store.people import Account
from codesign.web import sign_in
from codesign.web.house import House
from codesign.web.opening import Opened, Plan, open_workshop, order
from codesign.web.seats import make_id
from tests.e2e.pages import Pages
from tests.services import own_port, serve
from tests.store.prepared import lay_sqlite

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text("utf-8")
LAPTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Describing all that passed as well would take five times as long.
# What just comes is see-through for a moment: its colours are looked at when it has come.
FAULTS = """async (runOnly) => {
  const isShort = (one) => one.playState === "running" && one.effect.getComputedTiming().endTime < 2000;
  await Promise.allSettled(document.getAnimations().filter(isShort).map((one) => one.finished));
  return (await axe.run({ runOnly, resultTypes: ["violations"] })).violations;
}"""
ZONES = ["On foot", "By bus", "By bike and other ways"]
CITIES = ["Kutaisi", "Niš", "Tirana"]
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
SMALL_TARGETS = """() => {
  const grown = (el) => {
    const around = getComputedStyle(el, "::after");
    const catches = around.position === "absolute" && around.content !== "none";
    return catches ? 2 * Math.max(0, -parseFloat(around.top) || 0) : 0;
  };
  return [...document.querySelectorAll("button, a[href], select, summary")]
    .filter((el) => el.checkVisibility({ visibilityProperty: true }) && !el.closest(".note, .sr"))
    .map((el) => [el, el.offsetWidth + grown(el), el.offsetHeight + grown(el)])
    .filter(([, w, h]) => w < 43.5 || h < 43.5)
    .map(([el, w, h]) => `${el.outerHTML.slice(0, 90)} ${w}x${h}`);
}"""


class MovedClock:
    """The time of day, and as much later as a test says."""

    offset = 0

    def now(self) -> int:
        return SystemClock().now() + self.offset

    def monotonic(self) -> float:
        return SystemClock().monotonic()


class Hall:
    """The server, its one board, and the context that new people's browsers are made of."""

    #: Where people's pages come from; without it each has a new context.
    pages: Pages | None = None

    def __init__(
        self, address: str, app: Starlette, new_context: Callable[..., Any], clock: MovedClock
    ) -> None:
        self.url = f"http://{address}"
        self.app = app
        self.clock = clock
        self.new_context = new_context
        self.opened: Opened

    @property
    def house(self) -> House:
        house: House = self.app.state.house
        return house

    @property
    def stream(self) -> str:
        return f"board:{self.opened.board}"

    async def open(self, layout: Layout = "zones", zones: list[str] | None = None) -> None:
        rows = ZONES if zones is None else zones
        plan = Plan("Cities on the move", "What makes it hard?", layout, rows, CITIES)
        self.opened = await open_workshop(self.house, plan, None, "en")

    async def person(self, name: str, city: int = 0, **context: Any) -> Page:
        """Somebody who has joined and landed on the board."""
        page = await self._page(**context)
        await self.join(page, name, city)
        return page

    async def join(self, page: Page, name: str, city: int = 0) -> None:
        await self._take_a_seat(page, name, city)
        await self._land(page)

    async def lead(self, name: str = "Elira Hoxha", **context: Any) -> Page:
        """A facilitator of this workshop, on the board."""
        account = Account(make_id(), name, None, None, self.house.now())
        await people.add_account(self.house.database, account)
        token = await sign_in.make_link(self.house, account.id)
        page = await self._page(**context)
        await self._take_a_seat(page, name)
        await self._send(page, f"/sign-in/{token}", {})
        state = await self.house.rooms.state(f"workshop:{self.opened.workshop}")
        assert state is not None
        me = next(p["id"] for p in state[1].of_kind("person") if p["name"] == name)
        await self.ask_workshop({"type": "set_role", "person": me, "role": "facilitator"})
        await self._land(page)
        return page

    async def _page(self, **context: Any) -> Page:
        options = {"viewport": LAPTOP, "locale": "en-GB"} | context
        if self.pages:
            return await self.pages.take(**options)
        page: Page = await (await self.new_context(**options)).new_page()
        return page

    async def _take_a_seat(self, page: Page, name: str, city: int = 0) -> None:
        row = await workshops.workshop(self.house.database, self.opened.workshop)
        assert row is not None
        path = f"/join/{self.house.links.join(row, 'participant')}"
        await self._send(page, path, {"name": name, "city": self.opened.cities[city]})

    async def _send(self, page: Page, path: str, fields: dict[str, str]) -> None:
        """A form of ours, without showing it: what people see of it is the matter of test_join.py."""
        headers = {"accept-language": await page.evaluate("navigator.language")}
        shown = await page.request.get(self.url + path, headers=headers)
        form = dict(_HIDDEN.findall(await shown.text())) | fields
        answer = await page.request.post(self.url + path, form=form, headers=headers)
        assert answer.ok, (answer.status, await answer.text())

    async def _land(self, page: Page) -> None:
        await page.goto(f"{self.url}/b/{self.opened.board}")
        await landed(page)

    async def write(self, text: str, zone: int = 0, at: int = 0) -> str:
        """A note that was there before, by nobody in particular."""
        id = make_id()
        note = {"type": "create_note", "id": id, "text": text}
        await self.ask({**note, "region": self.opened.regions[zone], "order": order(at)})
        return id

    async def ask(self, op: dict[str, Any], person: str | None = None) -> None:
        """By this person, else by the product."""
        product = person is None
        answer = await self.house.rooms.ask(self.stream, op, person=person, product=product)
        assert not isinstance(answer, Refused), answer

    async def ask_workshop(self, op: dict[str, Any]) -> None:
        stream = f"workshop:{self.opened.workshop}"
        answer = await self.house.rooms.ask(stream, op, product=True)
        assert not isinstance(answer, Refused), answer

    async def notes(self) -> dict[str, dict[str, Any]]:
        """What is on disk: notes by id."""
        found = await self.house.rooms.state(self.stream)
        assert found is not None
        return {item["id"]: dict(item) for item in found[1].of_kind("note")}

    async def items(self, kind: str) -> list[dict[str, Any]]:
        found = await self.house.rooms.state(self.stream)
        assert found is not None
        return [dict(item) for item in found[1].of_kind(kind)]

    async def people(self) -> list[dict[str, Any]]:
        found = await self.house.rooms.state(f"workshop:{self.opened.workshop}")
        assert found is not None
        return [dict(person) for person in found[1].of_kind("person")]

    async def until_item(self, kind: str, true: Callable[[dict[str, Any]], bool]) -> None:
        """Wait for the first thing of this kind to be so."""
        await until(lambda: self.items(kind), lambda found: bool(found) and true(found[0]))

    async def until(self, true: Callable[[dict[str, dict[str, Any]]], bool]) -> None:
        """Wait for the server's notes to be so."""
        await until(self.notes, true)


async def until(read: Callable[[], Awaitable[Any]], true: Callable[[Any], bool]) -> None:
    """The server's side of a walk has no event to wait for, so it is looked at until it is so."""
    end = monotonic() + 10
    while not true(found := await read()):
        assert monotonic() < end, found
        await asyncio.sleep(0.01)


@asynccontextmanager
async def hall_of(
    folder: Path, new_context: Callable[..., Any], again: Hall | None = None
) -> AsyncIterator[Hall]:
    """`again`: the server that stopped, which comes back at the same address on the same data."""
    clock = MovedClock()
    lay_sqlite(folder / "codesign.db")
    settings = Settings(data=folder, secret=SecretStr("a secret that only tests have, long enough"))
    app = create_app(settings, clock=clock)
    async with serve(app, own_port()) as address:
        hall = Hall(address, app, new_context, clock)
        if again is None:
            await hall.open()
        else:
            hall.opened = again.opened
        yield hall


async def landed(page: Page) -> None:
    await page.locator("#board[data-ready]").wait_for()


def field(page: Page) -> Locator:
    return page.locator("#composer textarea")


def note(page: Page, text: str) -> Locator:
    """A note on the surface or the phone, by its words."""
    return page.locator(".note:not(.is-ghost)", has_text=text)


async def refusals(page: Page) -> Locator:
    """What could not be done: the list that opens from the line among the notices."""
    await page.locator("#refused").get_by_role("button", name="Show").click()
    return page.get_by_role("region", name="What could not be done")


async def add(page: Page, text: str) -> None:
    await field(page).fill(text)
    await field(page).press("Enter")
    await expect(note(page, text)).to_be_visible()


async def is_sent(page: Page) -> None:
    """Everything this page asked is on disk."""
    await page.locator("#board[data-unsent='0']").wait_for()


async def faults(page: Page) -> list[str]:
    """What axe finds on the page as it is."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE)
    return [
        f"{v['id']}: {[(n['html'][:120], n.get('failureSummary', '')[:160]) for n in v['nodes'][:4]]}"
        for v in await page.evaluate(FAULTS, WCAG)
    ]
