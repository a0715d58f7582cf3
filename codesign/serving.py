"""Running the server from the command line: what is listened on, what is printed, how it ends."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import segno
import uvicorn
from starlette.applications import Starlette

from codesign.app import create_app
from codesign.settings import Settings, SettingsError
from codesign.store.database import Database
from codesign.web.first_run import first_run
from codesign.web.house import House
from codesign.web.protocol import Server, server_config

if TYPE_CHECKING:
    from uvicorn._types import ASGIApplication


@dataclass(frozen=True, slots=True)
class Greeting:
    """What is printed when the server is up."""

    address: str
    link: str | None

    def text(self, encoding: str) -> str:
        lines = ["", f"  Codesign is at  {self.address}", ""]
        if picture := qr_picture(self.address, encoding):
            lines += [picture]
        if self.link:
            lines += [f"  Sign in as the facilitator, once:  {self.link}", ""]
        return "\n".join([*lines, "  Ctrl-C ends it.", ""])


def serve(settings: Settings, *, demo: bool) -> None:
    """Until Ctrl-C or SIGTERM. What can be said in a sentence is said before anything starts."""
    refuse_several_processes(settings, os.environ.get("WEB_CONCURRENCY", ""))
    settings.signing_secret()
    asyncio.run(_try_database(settings))
    listening = listen(settings.host, settings.port)
    app = create_app(settings)
    config = server_config(
        cast("ASGIApplication", app),  # Starlette's types and uvicorn's do not know each other
        log_level="warning" if settings.log_level == "info" else settings.log_level,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        lifespan="on",
        workers=1,  # else uvicorn takes WEB_CONCURRENCY
    )
    server = GreetingServer(config, settings, demo=demo)
    server.run([listening])
    if not server.started:
        sys.exit(3)


class GreetingServer(Server):
    """Prints the greeting once people can come in."""

    def __init__(self, config: uvicorn.Config, settings: Settings, *, demo: bool) -> None:
        super().__init__(config, self._rest)
        self._settings = settings
        self._demo = demo

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            address = address_of(self._settings, sockets[0].getsockname()[1])
            greeting = await greet(self._house, address, demo=self._demo)
            print(greeting.text(sys.stdout.encoding or "ascii"), flush=True)

    @property
    def _house(self) -> House:
        app: Starlette = self.config.app  # type: ignore[assignment]
        house: House = app.state.house
        return house

    async def _rest(self) -> None:
        """What was asked is answered, and everyone is told to come back, before the sockets close."""
        self._house.rehearsals.send_home()
        await self._house.rooms.stop()


async def greet(house: House, address: str, *, demo: bool) -> Greeting:
    first = await first_run(house, demo=demo)
    # The house does not know the port it is reached by, so of its link only the path is taken.
    return Greeting(address, first.link and address + urlsplit(first.link).path)


def refuse_several_processes(settings: Settings, concurrency: str) -> None:
    """SQLite has one writer, and so one process."""
    if concurrency in ("", "0", "1"):
        return
    if settings.database_url.startswith("sqlite"):
        raise SettingsError(
            f"WEB_CONCURRENCY is {concurrency}, but a SQLite database is served by one process. "
            "Set WEB_CONCURRENCY=1, or set DATABASE_URL to a PostgreSQL database."
        )
    print("One process serves for now, whatever WEB_CONCURRENCY says.", file=sys.stderr)


def listen(host: str, port: int) -> socket.socket:
    """Bound by us and not by uvicorn, so that a port that is taken is a sentence and not a log."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise SettingsError(f"Cannot listen on {host}, port {port}: {error.strerror}.") from None
    return listening


def address_of(settings: Settings, port: int) -> str:
    """What people type."""
    if settings.public_url:
        return settings.public_url
    host = settings.host
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = lan_address() if settings.lan else "127.0.0.1"
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}" + ("" if port == 80 else f":{port}")


def lan_address() -> str:
    """This machine's address on its own network. Connecting a datagram socket asks the routes and sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
        except OSError:  # no route: a network without a way out, or none
            return socket.gethostbyname(socket.gethostname())
        address: str = asking.getsockname()[0]
        return address


def qr_picture(address: str, encoding: str) -> str:
    """Drawn in half blocks; nothing where the terminal has no such letters."""
    picture = io.StringIO()
    segno.make(address, micro=False).terminal(out=picture, border=2, compact=True)
    text = picture.getvalue()
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ""
    return text


async def _try_database(settings: Settings) -> None:
    """Opens, migrates and closes it: uvicorn would put what is wrong with it into a traceback."""
    await (await Database.open(settings)).close()
