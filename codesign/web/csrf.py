"""Requests that change something must come from our own pages: proof by origin, and a token in each form.

The browser itself tells where a request comes from; the token holds where it does not.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Container
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def allowed(headers: Headers, trusted: Container[str]) -> bool:
    """Whether a request that changes something, or opens a socket, is from a page of ours."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin in trusted:
        return True
    if site is not None:
        return site in ("same-origin", "none")
    # Plain http on a LAN: browsers send no Sec-Fetch-Site there. No Origin at all is no browser.
    return origin is None or urlsplit(origin).netloc == headers.get("host")


class OriginMiddleware:
    """Refuses other sites' requests before anything reads them; sockets before the upgrade."""

    def __init__(self, app: ASGIApp, trusted: Container[str], refuse: ASGIApp) -> None:
        self.app = app
        self.trusted = trusted
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match scope["type"]:
            case "http" if scope["method"] not in SAFE and not self._allowed(scope):
                await self.refuse(scope, receive, send)
            case "websocket" if not self._allowed(scope):
                await send({"type": "websocket.close", "code": 4403, "reason": "forbidden"})
            case _:
                await self.app(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        return allowed(Headers(scope=scope), self.trusted)


def form_token(secret: bytes, key: str) -> str:
    """The token of a browser's forms. `key` is its session, or what stands for one before there is any."""
    return hmac.digest(secret, f"form|{key}".encode(), hashlib.sha256).hex()[:32]


def is_token(secret: bytes, key: str, given: str) -> bool:
    return hmac.compare_digest(form_token(secret, key).encode(), given.encode())
