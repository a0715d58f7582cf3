"""Tickets for the socket: 60 seconds, bound to one browser session and one origin (P6.1).

A page of ours can post for one; a page of somebody else's, which could open a socket with the
visitor's cookie, cannot. Nothing is stored: a ticket proves itself.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

LASTS_MS = 60_000


class Tickets:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def issue(self, session: str, origin: str, now: int) -> str:
        expires = now + LASTS_MS
        return f"{expires}.{self._proof(session, origin, expires)}"

    def is_good(self, ticket: str, session: str, origin: str, now: int) -> bool:
        head, _, proof = ticket.partition(".")
        if not (head.isascii() and head.isdigit() and len(head) <= 16):
            return False
        expires = int(head)
        right = self._proof(session, origin, expires)
        is_ours = hmac.compare_digest(proof.encode(errors="replace"), right.encode())
        return is_ours and now <= expires <= now + LASTS_MS

    def _proof(self, session: str, origin: str, expires: int) -> str:
        said = f"ticket|{expires}|{session}|{origin}".encode()
        digest = hmac.digest(self._secret, said, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
