"""Serbian from Cyrillic to Latin script. One letter is one letter or one digraph, so nothing is ever ambiguous.

Only the thirty letters of Serbian change. Latin text, digits, markup, letters of other Cyrillic alphabets and what
stands in placeholders (`{name}`, `%(name)s`) stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

_SINGLE = dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True))
_LETTERS = _SINGLE | {cyrillic.upper(): latin.upper() for cyrillic, latin in _SINGLE.items()}
_LETTERS |= {"љ": "lj", "њ": "nj", "џ": "dž"}
_DIGRAPHS = {"Љ": ("Lj", "LJ"), "Њ": ("Nj", "NJ"), "Џ": ("Dž", "DŽ")}

_PLACEHOLDER = re.compile(r"(\{[^{}]*\}|%\([^()]*\)[a-z])")


def to_latin(text: str) -> str:
    # With a group in the pattern, split() puts the placeholders at the odd places.
    parts = _PLACEHOLDER.split(text)
    return "".join(part if at % 2 else _respell(part) for at, part in enumerate(parts))


def _respell(text: str) -> str:
    return "".join(
        _DIGRAPHS[letter][_in_capitals(text, at)]
        if letter in _DIGRAPHS
        else _LETTERS.get(letter, letter)
        for at, letter in enumerate(text)
    )


def _in_capitals(text: str, at: int) -> bool:
    """Whether the capital at `at` stands in a word of capitals: ЉУБАВ is LJUBAV, Љубав is Ljubav.

    The letter after it tells; at the end of a word the one before it does (КРАЉ: KRALJ). Alone, as in the initial
    Љ., it is taken for the head of a name: Lj.
    """
    after = _neighbour(text, at, 1)
    return after.isupper() if after.isalpha() else _neighbour(text, at, -1).isupper()


def _neighbour(text: str, at: int, step: int) -> str:
    """The character next to `at`, past any combining accents; empty at either end of the text."""
    at += step
    while 0 <= at < len(text) and unicodedata.combining(text[at]):
        at += step
    return text[at] if 0 <= at < len(text) else ""
