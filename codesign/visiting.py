"""The little of HTTP and HTML that a client without a browser needs: pages, forms, cookies."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

TIMEOUT_SECONDS = 10.0


class HttpError(Exception):
    """The server answered, but not with what was asked for."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Visitor:
    """Asks one site, keeps its cookies, follows where it leads."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            raise ValueError("not a web address")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._headers = dict(headers or {})
        self._jar = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._jar))

    @property
    def cookies(self) -> str:
        """As the header that sends them."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._jar)

    async def get(self, path: str) -> str:
        return await self._ask(path, None, self._headers)

    async def post(self, path: str, fields: Mapping[str, str]) -> str:
        headers = {**self._headers, "Origin": self.origin}
        return await self._ask(path, urlencode(fields).encode(), headers)

    async def _ask(self, path: str, data: bytes | None, headers: Mapping[str, str]) -> str:
        url = urljoin(self.origin, path)
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("not a web address")
        request = Request(url, data, dict(headers))  # noqa: S310 - looked at above
        return await asyncio.to_thread(self._ask_now, request)

    def _ask_now(self, request: Request) -> str:
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                body: bytes = answer.read()
                return body.decode()
        except HTTPError as error:
            error.close()
            raise HttpError(error.code) from None


@dataclass(slots=True)
class JoinForm:
    """What a join page asks: its hidden fields, and the cities by name."""

    hidden: dict[str, str] = field(default_factory=dict)
    cities: dict[str, str] = field(default_factory=dict)


def read_join_page(html: str) -> JoinForm:
    reader = _JoinReader()
    reader.feed(html)
    return reader.form


def read_board_page(html: str) -> dict[str, str]:
    """The data of a board's page: `board`, `workshop`, `person` and more."""
    reader = _BoardReader()
    reader.feed(html)
    if "board" not in reader.data:
        raise HttpError(422)
    return reader.data


class _JoinReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form = JoinForm()
        self._city: str | None = None
        self._is_name = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "input" and given.get("type") == "hidden":
            self.form.hidden[given["name"]] = given.get("value", "")
        elif tag == "input" and given.get("name") == "city":
            self._city = given["value"]
        self._is_name = tag == "bdi" and self._city is not None

    def handle_data(self, data: str) -> None:
        if self._is_name and self._city is not None:
            self.form.cities[data.strip()] = self._city
            self._city = None


class _BoardReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "main" and given.get("id") == "board":
            self.data = {key.removeprefix("data-"): value for key, value in given.items()}
