"""How much each token of `/api/v1` has asked of late. In memory: a restart forgives."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from codesign.live.limits import Bucket

#: Each token: one request a second, sixty at once.
RATE, BURST = 1.0, 60.0
TOKENS_KNOWN = 1_000


@dataclass(slots=True)
class Pace:
    _buckets: OrderedDict[str, Bucket] = field(default_factory=OrderedDict)

    def wait(self, token: str, now: float) -> int:
        """Whole seconds until it may ask; 0: it may, and has."""
        bucket = self._buckets.setdefault(token, Bucket(RATE, BURST, now))
        self._buckets.move_to_end(token)
        while len(self._buckets) > TOKENS_KNOWN:
            self._buckets.popitem(last=False)
        return 0 if bucket.take(now) else int(bucket.wait(now)) + 1
