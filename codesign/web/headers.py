"""What every answer says to the browser: nothing from elsewhere, nothing inside a frame, nothing kept by chance."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # `no-referrer` would make browsers send `Origin: null` with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
YEAR = 365 * 24 * 60 * 60
#: Names that browsers trust without encryption.
LOCAL = re.compile(r"(?:[^:]*\.)?localhost(?::\d+)?|127(?:\.\d+){3}(?::\d+)?|\[::1\](?::\d+)?")


class HeadersMiddleware:
    """Puts them on every answer. What may be kept says so itself; all else is `no-store`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-store")
                # Elsewhere browsers ignore it, and write an error on every page's console.
                if is_trusted(scope):
                    headers.setdefault("cross-origin-opener-policy", "same-origin")
                if scope["scheme"] == "https":
                    headers.setdefault("strict-transport-security", f"max-age={YEAR}")
            await send(message)

        await self.app(scope, receive, send_with_headers)


def is_trusted(scope: Scope) -> bool:
    """Whether browsers take this address for a trustworthy one: encrypted, or this very machine."""
    host = Headers(scope=scope).get("host", "")
    return scope["scheme"] == "https" or LOCAL.fullmatch(host.lower()) is not None
