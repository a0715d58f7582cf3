"""An inbox, `inbox:<workshop>:<person>`: what is for one person alone, and followed by nobody else."""

from __future__ import annotations

import re
from typing import NamedTuple

from codesign.core import limits

_ID = rf"[A-Za-z0-9_-]{{{limits.ID_LETTERS}}}"
_STREAM = re.compile(rf"inbox:({_ID}):({_ID})")


class Inbox(NamedTuple):
    workshop: str
    person: str

    @property
    def stream(self) -> str:
        return f"inbox:{self.workshop}:{self.person}"


def inbox_of(stream: str) -> Inbox | None:
    """The inbox that a stream is; None when it is none."""
    found = _STREAM.fullmatch(stream)
    return Inbox(found[1], found[2]) if found else None
