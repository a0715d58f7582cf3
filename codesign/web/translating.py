"""A translation service that speaks the LibreTranslate API, where whoever runs the server names one.

Asked by the server, one note at a time, only when somebody presses for it. What it is not asked in time, or does not
say, is told to that person alone. Neither the words nor the answer are logged.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from codesign.core.clean import Unclean, clean_text
from codesign.transliteration import to_latin

#: All of one answer, from asking to its last byte.
SECONDS = 12.0
#: Asked at the same time by everybody together; each person asks one thing at a time.
AT_ONCE = 8
#: Letters of a note that are sent, and bytes of an answer that are read.
MOST_LETTERS = 5_000
MOST_BYTES = 64 * 1024


class Untranslated(Exception):
    """There is no translation. `code` is a refusal's, `reason` says which sentence people read."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


class Translating:
    def __init__(self, url: str, key: str = "", *, seconds: float = SECONDS) -> None:
        self._url = f"{url.rstrip('/')}/translate"
        self._key = key
        self._seconds = seconds
        self._asking: set[str] = set()

    @property
    def host(self) -> str:
        """Who hears of the words, as people are told."""
        return urlsplit(self._url).hostname or ""

    async def translate(self, person: str, text: str, source: str | None, target: str) -> str:
        """The words in the other language. Raises Untranslated."""
        if len(text) > MOST_LETTERS:
            raise Untranslated("limit", "long")
        with self._turn_of(person):
            try:
                async with asyncio.timeout(self._seconds):
                    words = _read(*await self._ask(text, source, target))
            except TimeoutError:
                raise Untranslated("unavailable", "slow") from None
            except ValueError:
                raise Untranslated("unavailable", "silent") from None
        return to_latin(words) if _is_latin(target) else words

    @contextmanager
    def _turn_of(self, person: str) -> Iterator[None]:
        if person in self._asking or len(self._asking) >= AT_ONCE:
            raise Untranslated("rate", "busy")
        self._asking.add(person)
        try:
            yield
        finally:
            self._asking.discard(person)

    async def _ask(self, text: str, source: str | None, target: str) -> tuple[int, bytes]:
        """Status and body. Raises TimeoutError, and ValueError where there was no answer."""
        # Here and not above: loading it takes longer than the rest of the page, and most servers never need it.
        import httpx2 as httpx

        asked = {"q": text, "source": code_of(source), "target": code_of(target), "format": "text"}
        if self._key:
            asked["api_key"] = self._key
        # Nothing but the address that was set: no proxy of the environment, and nowhere else it may point to.
        client = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=self._seconds)
        try:
            async with client, client.stream("POST", self._url, json=asked) as answer:
                body = b""
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > MOST_BYTES:
                        raise ValueError("too long")
            return answer.status_code, body
        except httpx.TimeoutException:
            raise TimeoutError from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ValueError(type(error).__name__) from None


def code_of(tag: str | None) -> str:
    """A language as these services call it: without its script. Of none they guess."""
    if not tag:
        return "auto"
    primary = tag.partition("-")[0].lower()
    return {"cnr": "sr", "no": "nb"}.get(primary, primary)


def _read(status: int, body: bytes) -> str:
    if status == 400:
        raise Untranslated("bad_op", "language")
    if status in (403, 429):
        raise Untranslated("rate", "refused")
    if status != 200:
        raise Untranslated("unavailable", "silent")
    words = json.loads(body)
    said = words.get("translatedText") if isinstance(words, dict) else None
    if not isinstance(said, str) or not said.strip():
        raise Untranslated("unavailable", "silent")
    try:
        return clean_text(said.strip())
    except Unclean:
        raise Untranslated("unavailable", "silent") from None


def _is_latin(target: str) -> bool:
    """These services write Serbian in Cyrillic."""
    return target.startswith("sr-Latn") or target == "cnr"
