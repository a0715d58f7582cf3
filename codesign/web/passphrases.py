"""The word at the door. Kept as a keyed hash: whoever leads knows it, and the database gives it to nobody."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from codesign.core.computed.doubles import fold

#: Of what was typed, so much is looked at.
LETTERS = 200


def hash_of(secret: bytes, workshop: str, typed: str) -> str:
    return _hash(secret, workshop, heard(typed))


def is_right(secret: bytes, workshop: str, typed: str, kept: str | None) -> bool:
    """Words kept before they were heard alike in every script are compared as they were then."""
    said = folded(typed)
    return bool(kept and said) and any(
        hmac.compare_digest(_hash(secret, workshop, one), kept or "")
        for one in (heard(typed), said)
    )


def heard(typed: str) -> str:
    """As it sounds: `tramvaj` and `Трамвај` are one word, for it is told, and typed on any keyboard."""
    said = folded(typed)
    return fold(said) or said


def _hash(secret: bytes, workshop: str, said: str) -> str:
    return hmac.digest(secret, f"passphrase|{workshop}|{said}".encode(), hashlib.sha256).hex()


def folded(typed: str) -> str:
    """Said aloud, a word has neither capitals nor the number of its blanks."""
    return " ".join(unicodedata.normalize("NFKC", typed[:LETTERS]).casefold().split())
