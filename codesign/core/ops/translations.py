"""Ops of a note's languages: which one it is in, and what it says in others."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from codesign.core.ops.base import Id, Language, OpModel, Text


class SetLanguage(OpModel):
    """The language a note is in, where it was guessed wrongly."""

    type: Literal["set_language"] = "set_language"
    id: Id
    lang: Language


class TranslateNote(OpModel):
    """What a note says, in another language. Empty takes it away."""

    type: Literal["translate_note"] = "translate_note"
    id: Id
    lang: Language
    words: Text
    #: Of the words that were translated (core/translations.py, mark_of).
    made_of: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")] | None = None
    by_machine: bool = False


TranslationOp = SetLanguage | TranslateNote
