"""The little of HTTP and HTML that a client without a browser needs: pages, forms, cookies."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar, DefaultCookiePolicy
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
    """Asks one site, keeps its cookies, follows where it leads.

    `same_machine`: what comes from there is not on a network, so that cookies for https go back over http as well.
    """

    def __init__(
        self,
        address: str,
        headers: Mapping[str, str] | None = None,
        *,
        same_machine: bool = False,
    ) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https"):
            raise ValueError("not a web address")
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._headers = dict(headers or {})
        secure = ("https", "http") if same_machine else ("https",)
        self._jar = CookieJar(DefaultCookiePolicy(secure_protocols=secure))
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

    async def send(self, path: str, data: bytes | None, timeout: float) -> str:  # noqa: ASYNC109
        """Posts plain bytes, or gets; in a thread of its own, which may be held for long."""
        headers = {**self._headers, "Origin": self.origin, "Content-Type": "text/plain"}
        request = self._request(path, data, headers)
        return await _in_thread(lambda: self._ask_now(request, timeout))

    async def _ask(self, path: str, data: bytes | None, headers: Mapping[str, str]) -> str:
        request = self._request(path, data, headers)
        return await asyncio.to_thread(self._ask_now, request, TIMEOUT_SECONDS)

    def _request(self, path: str, data: bytes | None, headers: Mapping[str, str]) -> Request:
        url = urljoin(self.origin, path)
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("not a web address")
        return Request(url, data, dict(headers))  # noqa: S310 - looked at above

    def _ask_now(self, request: Request, timeout: float) -> str:
        try:
            with self._opener.open(request, timeout=timeout) as answer:
                body: bytes = answer.read()
                return body.decode()
        except HTTPError as error:
            error.close()
            raise HttpError(error.code) from None
        except HTTPException as error:  # cut in the middle of an answer
            raise ConnectionError(type(error).__name__) from None


async def _in_thread(work: Callable[[], str]) -> str:
    """As asyncio.to_thread, but nobody waits for the thread: not other calls, and not the end of the program."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[str] = loop.create_future()

    def tell(result: str | None, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result or "")

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except Exception as raised:
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is gone, and whoever asked with it
            loop.call_soon_threadsafe(tell, result, error)

    threading.Thread(target=run, daemon=True).start()
    return await future


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
