"""One cleaner for text and one for names, applied before any length is checked.

The tables stand again in static/js/lib/clean.js; tests/vectors/clean.json holds them together.
"""

from __future__ import annotations

import re
import unicodedata

from codesign.core import limits


class Unclean(ValueError):
    """Text that cannot be repaired. `code` is a refusal code, `reason` says what was wrong."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


#: Line ends and separators that become one newline.
_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
#: Control characters, noncharacters and stray tag characters; tab and newline stay.
_DROPPED = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
#: Tag characters are kept only where they follow a black flag (sub-regional flags).
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]+)|[\U000e0000-\U000e007f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"))
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean_text(text: str, *, most: int = limits.TEXT_BYTES) -> str:
    """Text as it may be kept, at most `most` bytes of UTF-8. Raises `Unclean`.

    Nothing is normalised: what people write is kept byte for byte, line ends apart.
    """
    if not text.isprintable():  # in almost everything people write there is nothing to clean
        if "\x00" in text or _SURROGATE.search(text):
            raise Unclean("bad_op", "text")
        text = _LINES.sub("\n", text)
        text = _DROPPED.sub("", text)
        text = _TAGS.sub(lambda found: found.group(1) or "", text)
    if len(text.encode()) > most:
        raise Unclean("limit", "text")
    return text


def clean_line(text: str, *, most: int = limits.TITLE_BYTES) -> str:
    """One line of text: a title or label. Raises `Unclean`."""
    return re.sub(r"\s*\n\s*", " ", clean_text(text, most=most)).strip()


def clean_name(name: str) -> str:
    """A name: one line, NFC, no bidi controls, something visible in it. Raises `Unclean`."""
    name = _BIDI.sub("", clean_text(name, most=limits.TEXT_BYTES))
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    name = _thin_marks(name)
    if not any(_is_visible(letter) for letter in name):
        raise Unclean("bad_op", "name")
    if len(name.encode()) > limits.NAME_BYTES or _graphemes(name) > limits.NAME_GRAPHEMES:
        raise Unclean("limit", "name")
    return name


def _thin_marks(name: str) -> str:
    """At most four combining marks on one base: a stack of them covers other people's lines."""
    kept: list[str] = []
    marks = 0
    for letter in name:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= 4:
            kept.append(letter)
    return "".join(kept)


def _is_visible(letter: str) -> bool:
    return unicodedata.category(letter) not in _INVISIBLE and letter not in _BLANK


def _graphemes(name: str) -> int:
    """Bases, near enough to grapheme clusters for a limit: marks and joiners count nothing."""
    return sum(1 for letter in name if unicodedata.category(letter) not in ("Mn", "Me", "Cf"))
