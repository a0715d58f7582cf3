"""Rates: a bucket that fills with time. What the figures are stands in codesign.core.limits."""

from __future__ import annotations

#: Sums of small times miss a whole token by this much at most.
_ROUNDING = 1e-6
_LEAST_WAIT = 0.001


class Bucket:
    """`rate` tokens a second, at most `burst` of them. Time (seconds) is handed in."""

    __slots__ = ("_at", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now

    def take(self, now: float) -> bool:
        """Takes a token if there is one."""
        self._fill(now)
        if self._tokens < 1 - _ROUNDING:
            return False
        self._tokens -= 1
        return True

    def has(self, now: float) -> bool:
        """Whether there is a token to take."""
        self._fill(now)
        return self._tokens >= 1 - _ROUNDING

    def wait(self, now: float) -> float:
        """Seconds until there is a token."""
        self._fill(now)
        return max(_LEAST_WAIT, (1 - self._tokens) / self._rate)

    def _fill(self, now: float) -> None:
        if now > self._at:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
            self._at = now
