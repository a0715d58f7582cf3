"""Fractional order keys between two neighbours. Twin of static/js/board/order.js.

The keys are those of the npm package `fractional-indexing`: a head that tells how many letters the
whole part has, the whole part, and a fraction without a zero at its end.
"""

from __future__ import annotations

import random as _random
from collections.abc import Callable

from codesign.core.limits import ORDER_LETTERS

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#: Heads from the most letters below zero, through the shortest, to the most above.
_HEADS = DIGITS[10:]
_HALF = len(_HEADS) // 2
_SMALLEST = _HEADS[0] + DIGITS[0] * _HALF
_TAIL_LETTERS = 2


class BadKey(ValueError):
    """Not a key that this scheme makes."""


def order_between(
    before: str | None, after: str | None, random: Callable[[], float] = _random.random
) -> str:
    """A key between two neighbours; None is the open end.

    A short random tail keeps two people who insert at the same spot apart. Between equal
    neighbours there is no room: the key is theirs, and ids decide.
    """
    low, high = before, after
    if low is not None and high is not None:
        if low == high:
            return low
        low, high = min(low, high), max(low, high)
    key = _key_between(low, high)
    if key is None or len(key) > ORDER_LETTERS:
        return low if low is not None else str(high)
    tailed = key + _tail(random)
    fits = len(tailed) <= ORDER_LETTERS and (high is None or tailed < high)
    return tailed if fits else key


def _tail(random: Callable[[], float]) -> str:
    # Never a zero at the end: the keys between would have nowhere to go.
    most = len(DIGITS) - 1
    return "".join(DIGITS[1 + int(random() * most)] for _ in range(_TAIL_LETTERS))


def _key_between(low: str | None, high: str | None) -> str | None:
    try:
        return _fractional(low, high)
    except BadKey:
        # A key some other program made: any letters are allowed on the wire.
        return _plain(low or "", high)


def _fractional(low: str | None, high: str | None) -> str:
    for key in (low, high):
        if key is not None:
            _check(key)
    if low is None:
        return _HEADS[_HALF] + DIGITS[0] if high is None else _before(high)
    whole = _whole(low)
    if high is None:
        more = _increment(whole)
        return whole + _midpoint(low[len(whole) :], None) if more is None else more
    high_whole = _whole(high)
    if whole == high_whole:
        return whole + _midpoint(low[len(whole) :], high[len(whole) :])
    more = _increment(whole)
    if more is None:
        raise BadKey
    return more if more < high else whole + _midpoint(low[len(whole) :], None)


def _before(high: str) -> str:
    whole = _whole(high)
    if whole == _SMALLEST:
        return whole + _midpoint("", high[len(whole) :])
    if whole < high:
        return whole
    less = _decrement(whole)
    if less is None:
        raise BadKey
    return less


def _check(key: str) -> None:
    fraction = key[len(_whole(key)) :]
    if key == _SMALLEST or fraction.endswith(DIGITS[0]):
        raise BadKey


def _whole(key: str) -> str:
    length = _letters(key[:1])
    if length > len(key):
        raise BadKey
    return key[:length]


def _letters(head: str) -> int:
    """How long a whole part with this head is."""
    at = _HEADS.find(head) if head else -1
    if at < 0:
        raise BadKey
    return _HALF - at + 1 if at < _HALF else at - _HALF + 2


def _increment(whole: str) -> str | None:
    head, zeros = whole[0], ""
    for i in range(len(whole) - 1, 0, -1):
        at = DIGITS.index(whole[i]) + 1
        if at < len(DIGITS):
            return head + whole[1:i] + DIGITS[at] + zeros
        zeros += DIGITS[0]
    at = _HEADS.index(head) + 1
    if at == len(_HEADS):
        return None
    return _HEADS[at] + _grown(zeros, DIGITS[0], _letters(_HEADS[at]) - _letters(head))


def _decrement(whole: str) -> str | None:
    head, lasts = whole[0], ""
    for i in range(len(whole) - 1, 0, -1):
        at = DIGITS.index(whole[i]) - 1
        if at >= 0:
            return head + whole[1:i] + DIGITS[at] + lasts
        lasts += DIGITS[-1]
    at = _HEADS.index(head) - 1
    if at < 0:
        return None
    return _HEADS[at] + _grown(lasts, DIGITS[-1], _letters(_HEADS[at]) - _letters(head))


def _grown(run: str, letter: str, by: int) -> str:
    if by > 0:
        return run + letter
    return run[1:] if by < 0 else run


def _midpoint(low: str, high: str | None) -> str:
    """Halfway between two fractions; None is one."""
    zero = DIGITS[0]
    if high is not None and low >= high:
        raise BadKey
    if high:
        same = 0
        while (low[same : same + 1] or zero) == high[same : same + 1]:
            same += 1
        if same:
            return high[:same] + _midpoint(low[same:], high[same:])
    left = DIGITS.index(low[0]) if low else 0
    right = DIGITS.index(high[0]) if high is not None else len(DIGITS)
    if right - left > 1:
        return DIGITS[(left + right + 1) // 2]
    if high and len(high) > 1:
        return high[0]
    return DIGITS[left] + _midpoint(low[1:], None)


def _plain(low: str, high: str | None) -> str | None:
    """Halves the gap between any two strings of the alphabet; None where there is none."""
    key, at, is_below = "", 0, high is None
    while True:
        left = DIGITS.index(low[at]) if at < len(low) else 0
        if is_below or high is None:
            right = len(DIGITS)
        elif at >= len(high):
            return None
        else:
            right = DIGITS.index(high[at])
        if right - left > 1:
            return key + DIGITS[(left + right) // 2]
        key += DIGITS[left]
        is_below = is_below or right != left
        at += 1
