"""The application, wired by hand in reading order: settings, store, rooms, pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from codesign import paths
from codesign.catalog import Shelf
from codesign.core.limits import POST_BYTES
from codesign.i18n import Catalogues
from codesign.live.attendance import Attendance
from codesign.live.clock import Clock, SystemClock
from codesign.live.forgetting import ForgettingErrand
from codesign.live.lines import Lines
from codesign.live.rooms import Rooms
from codesign.live.tables import Tables
from codesign.live.votes import Votes
from codesign.results import scratch
from codesign.settings import Settings
from codesign.store.database import Database
from codesign.store.errors import Unavailable
from codesign.store.journal import open_journal
from codesign.web import health, sign_in
from codesign.web.api import api_routes
from codesign.web.csrf import OriginMiddleware
from codesign.web.errors import CatchAllMiddleware, refuse_origin, show_error
from codesign.web.files import path_of
from codesign.web.forms import Stale
from codesign.web.headers import HeadersMiddleware
from codesign.web.house import House
from codesign.web.line import LinePages
from codesign.web.links import Doors, Links
from codesign.web.rehearsing import Rehearsals
from codesign.web.render import make_environment
from codesign.web.retention import look_hourly
from codesign.web.routes import page_routes
from codesign.web.snapshots import snapshot
from codesign.web.socket import socket, ticket
from codesign.web.static import StaticPage
from codesign.web.sweeping import sweep_daily

#: Forms are small; what takes more says so on its own route.
BODY_BYTES = 64 * 1024


def create_app(settings: Settings, *, clock: Clock | None = None) -> Starlette:
    """The application; its house is opened when the server starts and closed when it stops."""
    trusted = trusted_origins(settings)
    return Starlette(
        routes=routes(),
        middleware=[
            Middleware(HeadersMiddleware),
            Middleware(CatchAllMiddleware),
            Middleware(OriginMiddleware, trusted=trusted, refuse=refuse_origin),
            Middleware(RequestBodyLimitMiddleware, max_body_size=BODY_BYTES),
        ],
        exception_handlers={
            HTTPException: show_error,
            Stale: show_error,
            Unavailable: show_error,
            sign_in.LinkOver: sign_in.say_link_over,
        },
        lifespan=_lifespan(settings, clock or SystemClock(settings.clock_offset_ms)),
    )


def routes() -> list[BaseRoute]:
    return [
        Route("/static/{path:path}", StaticPage(paths.built()).show, name="static"),
        WebSocketRoute("/socket", socket, name="socket"),
        Route("/ticket", ticket, methods=["POST"], name="ticket"),
        *line_routes(LinePages(Lines())),
        Route("/streams/{stream}", snapshot, name="stream"),
        *page_routes(),
        *api_routes(),
        Route("/healthz", health.healthz, name="healthz"),
        Route("/readyz", health.readyz, name="readyz"),
        Route("/metrics", health.metrics, name="metrics"),
    ]


def line_routes(pages: LinePages) -> list[BaseRoute]:
    """For those whom no socket reaches (protocol 12)."""
    more = Middleware(RequestBodyLimitMiddleware, max_body_size=POST_BYTES)
    return [
        Route("/line", pages.open, methods=["POST"], name="line"),
        Route(
            "/line/{line}",
            pages.talk,
            methods=["GET", "POST"],
            name="line_talk",
            middleware=[more],
        ),
    ]


def trusted_origins(settings: Settings) -> frozenset[str]:
    """Origins that may post and connect, besides the one a request is addressed to."""
    origins = set(settings.trusted_origins)
    if settings.public_url:
        parts = urlsplit(settings.public_url)
        origins.add(f"{parts.scheme}://{parts.netloc}")
    return frozenset(origins)


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """Everything that lives as long as the server."""
    secret = settings.signing_secret().encode()
    await asyncio.to_thread(scratch.sweep)
    database = await Database.open(settings)
    try:
        journal = open_journal(database)
        rooms = Rooms(journal, database.epoch, clock=clock)
        Votes(database, rooms)
        Tables(rooms)
        ForgettingErrand(database, rooms, lambda file: path_of(settings, file))
        attendance = Attendance(database, rooms)
        links = Links(secret)
        house = House(
            settings=settings,
            secret=secret,
            clock=clock,
            database=database,
            journal=journal,
            rooms=rooms,
            catalogues=Catalogues(),
            templates=make_environment(),
            links=links,
            doors=Doors(database, links, clock.now),
            shelf=Shelf(settings),
        )
        house.rehearsals = Rehearsals(house)
        await attendance.begin()
        await house.rehearsals.clear()
        await rooms.start()
        chores = [asyncio.create_task(one(house)) for one in (sweep_daily, look_hourly)]
        try:
            yield house
        finally:
            for chore in chores:
                chore.cancel()
            if not rooms.stopping:
                await rooms.stop()
            await attendance.stop()
            await house.rehearsals.stop()
    finally:
        await database.close()


def _lifespan(
    settings: Settings, clock: Clock
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_house(settings, clock) as house:
            app.state.house = house
            yield

    return lifespan
