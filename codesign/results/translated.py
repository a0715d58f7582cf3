"""Translations that stand beside a note, and how each came to be: data, and a sentence for its reader."""

from __future__ import annotations

from dataclasses import dataclass

from codesign.core.stream import Item, Readable
from codesign.core.translations import BY_MACHINE, TEXT, TRANSLATOR, is_outdated, languages_of
from codesign.i18n import Words


@dataclass(frozen=True, slots=True)
class Translation:
    lang: str
    text: str
    #: Who wrote it; empty where no name is kept, or none is told.
    by: str = ""
    by_machine: bool = False
    #: The note has changed since.
    outdated: bool = False


def translations_of(note: Item, workshop: Readable) -> tuple[Translation, ...]:
    """By language."""
    return tuple(
        Translation(
            lang=lang,
            text=str(note[f"{TEXT}{lang}"]),
            by=_name(workshop.get(str(note.get(f"{TRANSLATOR}{lang}", ""))) or {}),
            by_machine=bool(note.get(f"{BY_MACHINE}{lang}")),
            outdated=is_outdated(note, lang),
        )
        for lang in (languages_of(note) if note["kind"] == "note" else ())
    )


def made_by(one: Translation, words: Words) -> str:
    """How it came to be, in one line."""
    _ = words.gettext
    if one.by_machine:
        told = _("Translated by a machine, kept by {name}", name=one.by)
        told = told if one.by else _("Translated by a machine")
    else:
        told = _("Translated by {name}", name=one.by) if one.by else _("Translated by hand")
    return _("{told}; the note has changed since", told=told) if one.outdated else told


def in_cells(translations: tuple[Translation, ...], words: Words) -> tuple[str, str]:
    """For a table: what it says in each language, and who said so."""
    told = "\n".join(f"[{one.lang}] {one.text}" for one in translations)
    return told, "\n".join(f"[{one.lang}] {made_by(one, words)}" for one in translations)


def _name(person: Item) -> str:
    return " ".join(str(person[key]) for key in ("name", "suffix") if person.get(key))
