"""The link by which anybody reads a report: derived from the secret, dead with its number, maybe locked."""

from __future__ import annotations

import base64
import hashlib
import hmac

from codesign.store.reports import Kept


def token_of(secret: bytes, workshop: str, link: int) -> str:
    """132 bits, as links that open workshops have."""
    return _derived(secret, f"report|{workshop}|{link}")


def is_token(secret: bytes, workshop: str, kept: Kept, token: str) -> bool:
    right = token_of(secret, workshop, kept.link)
    return kept.is_shared and hmac.compare_digest(right.encode(), token.encode())


def ticket_of(secret: bytes, workshop: str, kept: Kept) -> str:
    """What a browser keeps that has said the passphrase; worth nothing once link or passphrase are others."""
    return _derived(secret, f"report-read|{workshop}|{kept.link}|{kept.passphrase}")


def may_read(secret: bytes, workshop: str, kept: Kept, ticket: str) -> bool:
    if kept.passphrase is None:
        return True
    return hmac.compare_digest(ticket_of(secret, workshop, kept).encode(), ticket.encode())


def _derived(secret: bytes, message: str) -> str:
    digest = hmac.digest(secret, message.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode()[:22]
