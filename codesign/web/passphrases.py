"""The word at the door. Kept as a keyed hash: whoever leads knows it, and the database gives it to nobody."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

#: Of what was typed, so much is looked at.
LETTERS = 200


def hash_of(secret: bytes, workshop: str, typed: str) -> str:
    said = folded(typed)
    return hmac.digest(secret, f"passphrase|{workshop}|{said}".encode(), hashlib.sha256).hex()


def is_right(secret: bytes, workshop: str, typed: str, kept: str | None) -> bool:
    return bool(
        kept and folded(typed) and hmac.compare_digest(hash_of(secret, workshop, typed), kept)
    )


def folded(typed: str) -> str:
    """Said aloud, a word has neither capitals nor the number of its blanks."""
    return " ".join(unicodedata.normalize("NFKC", typed[:LETTERS]).casefold().split())
