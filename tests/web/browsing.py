"""The whole application on a database of its own, and browsers without scripts that walk its pages."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
from starlette.applications import Starlette

from codesign.app import create_app
from codesign.core.stream import State
from codesign.results.worker import Workers
from codesign.settings import Settings
from codesign.store import people
from codesign.store.people import Account
from codesign.web import sign_in
from codesign.web.given import make_links
from codesign.web.house import House
from codesign.web.opening import Opened, Plan, open_workshop
from codesign.web.seats import make_id
from tests.store.prepared import lay_sqlite
from tests.web.jobs import WorkersHere, employ

SECRET = "a secret that only tests have, long enough"


class SetClock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.ms = 1_790_000_000_000

    def now(self) -> int:
        return self.ms

    def monotonic(self) -> float:
        return self.ms / 1000


class Nobody:
    """Stand-ins who never come to a rehearsal: what they were told, and whether they were sent home."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        self.is_home = False

    async def send_for(self, **told: Any) -> Nobody:
        self.told, self.is_home = told, False
        return self

    def send_home(self) -> None:
        self.is_home = True

    async def leave(self) -> None:
        self.is_home = True


class Walk:
    """The application, and ways to begin."""

    def __init__(self, app: Starlette, clock: SetClock) -> None:
        self.app = app
        self.clock = clock
        #: How long (s) answers would have taken on purpose.
        self.waited: list[float] = []
        self.house.wait = self._wait
        employ(self.house, WorkersHere)
        self.nobody = Nobody()
        self.house.rehearsals.send_for = self.nobody.send_for  # type: ignore[assignment]

    @property
    def house(self) -> House:
        house: House = self.app.state.house
        return house

    async def _wait(self, seconds: float) -> None:
        self.waited.append(seconds)

    def start_processes(self) -> None:
        """From now on jobs are done as they are on a server."""
        employ(self.house, Workers)

    def browser(self, lang: str = "en", address: str = "192.0.2.1", **headers: str) -> Browser:
        return Browser(self.app, lang, address, headers)

    async def facilitator(self, name: str = "Elira Hoxha") -> Browser:
        """Somebody with an account, signed in by a one-time link."""
        account = Account(make_id(), name, None, None, self.clock.now())
        await people.add_account(self.house.database, account)
        token = await sign_in.make_link(self.house, account.id)
        browser = self.browser()
        browser.account = account
        await browser.get(f"/sign-in/{token}")
        await browser.post(f"/sign-in/{token}")
        return browser

    async def workshop(self, owner: Browser | None, **plan: object) -> Opened:
        wanted = {
            "title": "Getting around",
            "question": "What is hard?",
            "layout": "zones",
            "zones": ["On foot", "By bus"],
            "cities": ["Kutaisi", "Niš"],
        } | plan
        account = owner.account if owner else None
        return await open_workshop(self.house, Plan(**wanted), account, "en")  # type: ignore[arg-type]

    async def guest(self, opened: Opened, name: str = "Tamar", city: int = 0) -> Browser:
        browser = self.browser()
        path = await self.join_path(opened)
        await browser.get(path)
        answer = await browser.post(path, name=name, city=opened.cities[city])
        assert answer.status_code == 303, answer.text
        return browser

    async def join_path(
        self, opened: Opened, role: str = "participant", table: str | None = None
    ) -> str:
        from codesign.store import workshops

        if role != "participant" or table:
            made = await make_links(self.house, opened.workshop, role, [table])  # type: ignore[arg-type]
            return f"/join/{self.house.links.given(made[0].id)}"

        row = await workshops.workshop(self.house.database, opened.workshop)
        assert row is not None
        return f"/join/{self.house.links.join(row)}"

    async def code(self, opened: Opened) -> str:
        from codesign.store import workshops

        row = await workshops.workshop(self.house.database, opened.workshop)
        assert row is not None
        return self.house.links.code(row)

    async def state(self, opened: Opened) -> State:
        found = await self.house.rooms.state(f"workshop:{opened.workshop}")
        assert found is not None
        return found[1]

    async def person(self, opened: Opened, name: str) -> str:
        state = await self.state(opened)
        return next(p["id"] for p in state.of_kind("person") if p["name"] == name)


class Browser:
    """Keeps cookies, sends the hidden fields of the page it looks at, follows nothing by itself."""

    account: Account | None = None

    def __init__(self, app: Starlette, lang: str, address: str, headers: dict[str, str]) -> None:
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app, client=(address, 50_000)),
            base_url="http://board.test",
            headers={"accept-language": lang, **headers},
        )
        self.page = ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        answer = await self.http.get(path, headers=headers)
        return self._look(answer)

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """With the hidden fields of the form that goes there, as a browser would."""
        answer = await self.http.post(
            path, data=self.hidden() | fields, headers={"origin": "http://board.test"}
        )
        return self._look(answer)

    def hidden(self) -> dict[str, str]:
        inputs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.page)
        return {name: unescape(value) for name, value in inputs}

    @property
    def text(self) -> str:
        """The page's words, without its markup."""
        body = re.sub(r"<(script|style|svg).*?</\1>", " ", self.page, flags=re.DOTALL)
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))

    def _look(self, answer: httpx.Response) -> httpx.Response:
        if answer.headers.get("content-type", "").startswith("text/html"):
            self.page = answer.text
        return answer


def path_of(answer: httpx.Response) -> str:
    """Where a redirect leads."""
    assert answer.status_code == 303, answer.status_code
    return urlsplit(answer.headers["location"]).path


@asynccontextmanager
async def walking(folder: Path, **settings: object) -> AsyncIterator[Walk]:
    wanted = {"data": folder, "secret": SECRET} | settings
    if "database_url" not in settings:
        lay_sqlite(folder / "codesign.db")
    clock = SetClock()
    app = create_app(Settings(**wanted), clock=clock)  # type: ignore[arg-type]
    async with app.router.lifespan_context(app):
        yield Walk(app, clock)
