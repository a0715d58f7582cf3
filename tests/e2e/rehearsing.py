"""A workshop of a day, for test_rehearsal.py: its agenda, who is there, and a clock that is moved for all of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, Page, expect

from codesign.store import workshops
from codesign.web.seats import make_id
from tests.e2e.boards import CITIES, PHONE, note
from tests.e2e.boards import field as composer
from tests.e2e.crowd import Crowd
from tests.e2e.restarting import Restarting
from tests.e2e.wires import Wire

MINUTE = 60_000
#: Seconds that a page says are left.
SHOWN = """() => {
  const words = document.querySelector("#task [data-timer-words]")?.textContent ?? "";
  return words.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}"""
DAY: list[dict[str, Any]] = [
    {"title": "Welcome", "minutes": 10, "stage": "locked"},
    {
        **{"title": "Write", "minutes": 25, "question": "What hinders you?", "stage": "silent"},
        **{"stage_minutes": 10, "at_zero": "reveal"},
    },
    {"title": "Group", "minutes": 20, "stage": "cluster"},
    {"title": "Vote", "minutes": 15, "stage": "vote"},
    {"title": "Break", "minutes": 15, "stage": "locked", "pause": True},
    {"title": "Tables", "minutes": 45, "mode": "breakout"},
    {"title": "Gather", "minutes": 10},
    {"title": "Report back", "minutes": 25, "stage": "locked"},
    {"title": "Next steps", "minutes": 15},
]


@dataclass
class Day:
    """One workshop on one day. `pages` are all browsers; `taking_part` those of people who do not lead."""

    hall: Restarting
    link: str
    lead: Page
    pages: list[Page]
    taking_part: list[Page]
    tables: int
    crowd: Crowd = field(default_factory=Crowd)
    wires: dict[Page, Wire] = field(default_factory=dict)
    #: What has been written on the board that everyone sees.
    written: set[str] = field(default_factory=set)
    at_tables: set[str] = field(default_factory=set)
    dots: Counter[str] = field(default_factory=Counter)

    @property
    def room(self) -> str:
        return f"workshop:{self.hall.opened.workshop}"

    async def fields(self) -> dict[str, Any]:
        found = await self.hall.house.rooms.state(self.room)
        assert found is not None
        return dict(found[1].fields)

    async def of_kind(self, kind: str) -> list[dict[str, Any]]:
        found = await self.hall.house.rooms.state(self.room)
        assert found is not None
        return [dict(item) for item in found[1].of_kind(kind)]

    async def later(self, minutes: float) -> None:
        """The clock is moved, what is due happens, and every browser hears what time it is."""
        self.hall.clock.offset += round(minutes * MINUTE)
        await self.hall.house.rooms.effects.run_due()
        for page in self.pages:
            await self.wires[page].learns_the_time()

    async def start(self, title: str, by: Page | None = None) -> None:
        """One press, and everyone is at the step."""
        button = (by or self.lead).locator("#runbar .runbar__start")
        await expect(button).to_contain_text(f"Start {title}")
        await button.click()
        for page in self.pages:
            await expect(page.locator(".task__step")).to_contain_text(f"· {title}")
        await self.crowd.until(lambda person: person.step == title)

    async def plan(self, *titles: str) -> None:
        steps = [step for step in DAY if not titles or step["title"] in titles]
        for at, step in enumerate(steps):
            op = {"type": "add_step", "id": make_id(), "order": f"a{at}", **step}
            await self.hall.house.rooms.ask(self.room.replace("workshop", "desk"), op, product=True)

    async def shows_one_time(self) -> None:
        """Every screen, as far as a second can be shown; one that has just been busy draws the next."""
        ends = (await self.fields())["timer_ends"]
        async with asyncio.timeout(10):
            for page in self.pages:
                while True:
                    before = (ends - self.hall.clock.now()) / 1000
                    shown = await page.evaluate(SHOWN)
                    if (ends - self.hall.clock.now()) / 1000 - 0.5 <= shown <= before + 1.5:
                        break

    async def write(self, page: Page, text: str) -> None:
        await composer(page).fill(text)
        await composer(page).press("Enter")
        await expect(note(page, text)).to_be_visible()


async def gathered_for(hall: Restarting, people: int, *, tables: int, whole: bool) -> Day:
    """Everyone has come: whoever leads on a laptop, others on a phone and in scripts; of a whole day some more."""
    row = await workshops.workshop(hall.house.database, hall.opened.workshop)
    assert row is not None
    link = f"{hall.url}/join/{hall.house.links.join(row, 'participant')}"
    wires: dict[Page, Wire] = {}
    plain_context = hall.new_context

    async def overheard(**options: Any) -> BrowserContext:
        context: BrowserContext = await plain_context(**options)
        context.on("page", lambda page: wires.update({page: Wire(page)}))
        return context

    hall.new_context = overheard
    phone = hall.person("Marko", 1, viewport=PHONE, has_touch=True, is_mobile=True)
    coming = [hall.lead(), phone]
    if whole:
        coming += [hall.lead("Ivan Petrović"), hall.person("Drita", 2)]
    pages = await asyncio.gather(*coming)
    day = Day(hall, link, pages[0], pages, pages[1::2], tables, wires=wires)
    await day.crowd.come(link, (f"Person {n}" for n in range(people)), CITIES)
    return day
