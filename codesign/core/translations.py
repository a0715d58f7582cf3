"""A note in other languages: which fields of it hold that, and of which words a translation was made (P17).

Twin of static/js/board/translations.js.
"""

from __future__ import annotations

import hashlib
from typing import Any

from codesign.core.stream import Fields, Item

#: Beside the words (`text/<lang>`): who wrote them, that a machine did, of which words of the note they were made.
TEXT, TRANSLATOR, BY_MACHINE, MADE_OF = "text/", "translator/", "by_machine/", "made_of/"
#: How every field of a translation begins.
STARTS = (TEXT, TRANSLATOR, BY_MACHINE, MADE_OF)


def languages_of(note: Item) -> list[str]:
    """Into which languages it has been translated."""
    return sorted(key.removeprefix(TEXT) for key in note if key.startswith(TEXT))


def fields_of(
    lang: str, words: str, translator: str | None, made_of: str | None, *, by_machine: bool
) -> Fields:
    """One translation as fields; null takes away what it has not. Without words there is none."""
    values: tuple[Any, ...] = (None,) * 4
    if words:
        values = (words, translator, by_machine or None, made_of)
    return {f"{start}{lang}": value for start, value in zip(STARTS, values, strict=True)}


def translation_for(note: Item, lang: str) -> str | None:
    """In which language somebody who reads `lang` reads this note: that one, or the same in another script."""
    found = languages_of(note)
    return lang if lang in found else next((one for one in found if is_same(one, lang)), None)


def lacks(note: Item, lang: str) -> bool:
    """Whether somebody who reads this language has nothing to read here yet, or something old."""
    if note["kind"] != "note" or not str(note.get("text", "")).strip():
        return False
    if is_same(str(note.get("lang", "")), lang):
        return False
    known = translation_for(note, lang)
    return known is None or is_outdated(note, known)


def is_same(a: str, b: str) -> bool:
    """Whoever reads one reads the other: Serbian in either script is one language."""
    return a.partition("-")[0].lower() == b.partition("-")[0].lower()


def mark_of(text: str) -> str:
    """16 hex digits that tell whether a translation was made of these words."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_outdated(note: Item, lang: str) -> bool:
    """The note says something else by now than when it was translated."""
    made_of = note.get(f"{MADE_OF}{lang}")
    return made_of is not None and made_of != mark_of(note.get("text", ""))


def without_translators(note: Item) -> Item:
    """The note as it is where no names are kept."""
    return {key: value for key, value in note.items() if not key.startswith(TRANSLATOR)}
