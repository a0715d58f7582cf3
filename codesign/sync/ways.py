"""Which way to the server: a socket, or the line where no socket opens (P12.9). Decides, and opens nothing.

Its twin is static/js/board/ways.js.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Way = Literal["socket", "line"]
#: Not open in time; open, and nothing heard; ended before the welcome; ended by silence.
Failure = Literal["late", "unheard", "ended", "silent"]

#: A socket opens within this (seconds), or the line is taken: so that it stands within five.
OPEN_SECONDS = 4.0
#: From being open to the first word.
UNHEARD_SECONDS = 8.0
#: So many sockets that ended before the welcome, one after the other.
MOST_ENDED = 3
#: So many that fell silent, each soon after the last.
MOST_SILENT = 2
SOON_SECONDS = 300.0
#: Lines that came to nothing, until sockets are tried again.
MOST_LINES = 2
FIRST_PROBE_SECONDS, LAST_PROBE_SECONDS = 30.0, 480.0


class Ways:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._ended = self._silent = self._lines = 0
        self._silent_at = -SOON_SECONDS
        self._probe_at = 0.0
        self._probe_wait = FIRST_PROBE_SECONDS
        #: The way of the next try.
        self.next: Way = "socket"

    def worked(self, way: Way) -> None:
        """The server has greeted."""
        if way == "socket":
            self._ended = 0
        else:
            self._lines = 0

    def failed(self, way: Way, how: Failure) -> bool:
        """A try came to nothing. True: the next one goes another way."""
        if way != self.next:
            return False
        if way == "line":
            self._lines += 1
            is_enough = self._lines >= MOST_LINES
        else:
            is_enough = self._is_enough(how)
        if is_enough:
            self._take("socket" if way == "line" else "line")
        return is_enough

    @property
    def until_probe(self) -> float:
        """While on the line: seconds until a socket is to be tried beside it."""
        return max(0.0, self._probe_at - self._now())

    def probed(self, answered: bool) -> None:
        """A socket was tried beside the line."""
        if answered:
            self._take("socket")
            self._ended = MOST_ENDED - 1  # one that ends now sends us back at once
        else:
            self._probe_wait = min(LAST_PROBE_SECONDS, self._probe_wait * 2)
            self._probe_at = self._now() + self._probe_wait

    def _is_enough(self, how: Failure) -> bool:
        if how == "ended":
            self._ended += 1
            return self._ended >= MOST_ENDED
        if how != "silent":
            return True
        soon = self._now() - self._silent_at < SOON_SECONDS
        self._silent = self._silent + 1 if soon else 1
        self._silent_at = self._now()
        return self._silent >= MOST_SILENT

    def _take(self, way: Way) -> None:
        self.next = way
        self._ended = self._lines = 0
        if way == "line":
            self._probe_at = self._now() + self._probe_wait
