"""How much of uploads may be in memory at once, pictures and archives of everybody together.

Asked before a body is read: who is sent away costs nothing, and comes back in a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.requests import Request

from codesign.core.limits import UPLOADS_BYTES
from codesign.results.worker import WorkError, Workers


@dataclass(slots=True)
class Uploads:
    workers: Workers
    in_flight: int = 0

    @contextmanager
    def room_for(self, request: Request, most: int) -> Iterator[None]:
        """Held until the work with the upload is done. Raises WorkError when there is none.

        Counted by what the request says, and as the `most` of it that is in memory at once.
        """
        size = min(int(request.headers.get("content-length") or most), most)
        if self.workers.is_full or self.in_flight + size > UPLOADS_BYTES:
            raise WorkError("rate", "busy")
        self.in_flight += size
        try:
            yield
        finally:
            self.in_flight -= size
