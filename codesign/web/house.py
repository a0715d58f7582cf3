"""What pages and sockets are handed: the one bag of everything there is, put together in app.py."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import Environment
from starlette.requests import HTTPConnection

from codesign.catalog import Shelf
from codesign.i18n import Catalogues
from codesign.live.clock import Clock
from codesign.live.rooms import Rooms
from codesign.results.worker import Workers
from codesign.settings import Settings
from codesign.store.database import Database
from codesign.store.journal import Journal
from codesign.web.codes import Tries
from codesign.web.known_findings import KnownFindings
from codesign.web.links import Doors, Links
from codesign.web.pace import Pace
from codesign.web.reporting import Reporting
from codesign.web.translating import Translating
from codesign.web.uploads import Uploads

if TYPE_CHECKING:
    from codesign.web.rehearsing import Rehearsals


@dataclass(slots=True, kw_only=True)
class House:
    settings: Settings
    secret: bytes
    clock: Clock
    database: Database
    journal: Journal
    rooms: Rooms
    catalogues: Catalogues
    templates: Environment
    links: Links
    doors: Doors
    shelf: Shelf
    wrong_codes: Tries = field(default_factory=Tries)
    wrong_passwords: Tries = field(default_factory=Tries)
    wrong_words: Tries = field(default_factory=Tries)
    api_pace: Pace = field(default_factory=Pace)
    workers: Workers = field(default_factory=Workers)
    findings: KnownFindings = field(default_factory=KnownFindings)
    #: For answers that take their time on purpose; tests count instead.
    wait: Callable[[float], Awaitable[None]] = asyncio.sleep
    uploads: Uploads = field(init=False)
    #: Put here by app.py, for they need all of the rest.
    rehearsals: Rehearsals = field(init=False)
    reporting: Reporting = field(init=False)
    #: None where nobody has named a service.
    translating: Translating | None = field(init=False)

    def __post_init__(self) -> None:
        self.uploads = Uploads(self.workers)
        self.reporting = Reporting(self.workers)
        self.translating = _translating(self.settings)

    def now(self) -> int:
        return self.clock.now()


def _translating(settings: Settings) -> Translating | None:
    if not settings.translation_url:
        return None
    key = settings.translation_key
    return Translating(settings.translation_url, key.get_secret_value() if key else "")


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house
