"""The page's side of a line's numbers (protocol 12): what was said and not yet taken, and how far was heard.

It knows no network; its twin is `LineEnd` in static/js/board/line.js.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: Letters in one POST: at most four bytes each, and 256 KiB are taken.
POST_LETTERS = 48 * 1024


class LineEnd:
    def __init__(self) -> None:
        self._said: list[str] = []
        self._taken = 0
        #: The number of the last message heard.
        self.heard = 0

    def say(self, text: str) -> None:
        """`text` is a message without a line break."""
        self._said.append(text)

    def post(self) -> tuple[int, str] | None:
        """What the next POST carries: the number of its first message, and its body (P12.3)."""
        if not self._said:
            return None
        count, letters = 1, len(self._said[0])
        while count < len(self._said) and letters + len(self._said[count]) < POST_LETTERS:
            letters += len(self._said[count])
            count += 1
        return self._taken + 1, "\n".join(self._said[:count])

    def taken(self, n: int) -> None:
        """The server took all up to `n`."""
        more = min(n - self._taken, len(self._said))
        if more > 0:
            del self._said[:more]
            self._taken += more

    def hear(self, first: int, messages: Sequence[Any]) -> Sequence[Any]:
        """Those that were not heard before (P12.5)."""
        fresh = messages[max(0, self.heard + 1 - first) :]
        self.heard = max(self.heard, first + len(messages) - 1)
        return fresh
