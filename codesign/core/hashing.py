"""One spelling of a state, and the hashes that tell whether two copies are the same (P6.9)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from codesign.core.stream import Readable


def canonical(item: Mapping[str, Any]) -> bytes:
    """The item as JSON in UTF-8: keys sorted, no spaces, nothing escaped that need not be."""
    return to_json({key: item[key] for key in sorted(item)})


def item_hash(item: Mapping[str, Any]) -> int:
    """64 bits: the first 8 bytes of SHA-256 of the canonical JSON."""
    return int.from_bytes(hashlib.sha256(canonical(item)).digest()[:8])


def xor_of(state: Readable) -> int:
    """The beacon of a state: all item hashes and that of the fields, xored."""
    xor = item_hash(state.fields)
    for item in state.all():
        xor ^= item_hash(item)
    return xor


def state_hash(state: Readable) -> str:
    """SHA-256 (hex) of the whole state, for archives and tests."""
    items = sorted(state.all(), key=lambda item: str(item["id"]))
    digest = hashlib.sha256(canonical(state.fields))
    for item in items:
        digest.update(b"\n" + canonical(item))
    return digest.hexdigest()
