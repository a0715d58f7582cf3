"""Notes in many languages: which one a note is in, and what it says in others."""

from __future__ import annotations

from codesign.core import limits
from codesign.core.ask import Ask
from codesign.core.changes import PatchItem
from codesign.core.decision import NOTHING, Accepted, Decision, Refused
from codesign.core.ops import SetLanguage, TranslateNote
from codesign.core.rules.making import patched, refuse_more
from codesign.core.stream import Draft, Item
from codesign.core.translations import TEXT, TRANSLATOR, fields_of, languages_of


def set_language(op: SetLanguage, ask: Ask, draft: Draft) -> Decision:
    """Whoever may change the words may say in which language they are."""
    note = _note(op.id, draft)
    if note is None:
        return Refused("unknown", {"id": op.id})
    if no := ask.refuse("edit_text", ask.whose(note)):
        return no
    return patched(note, {"lang": op.lang}, ask)


def translate_note(op: TranslateNote, ask: Ask, draft: Draft) -> Decision:
    """Beside the note, whoever wrote it; the last to write it is named. Guarded and counted like any words."""
    note = _note(op.id, draft)
    if note is None:
        return Refused("unknown", {"id": op.id})
    if no := ask.refuse("translate", ask.whose(note)):
        return no
    if op.words and op.lang == note.get("lang"):
        return Refused("bad_op", {"field": "lang", "reason": "same_language"})
    fields = _fields(op, note, ask)
    # Whoever says again what stands there has not written it.
    if all(note.get(key) == value for key, value in fields.items() if TRANSLATOR not in key):
        return NOTHING
    if no := ask.guarded(note, fields) or _refuse_more(op, note, draft):
        return no
    changed = {key: value for key, value in fields.items() if note.get(key) != value}
    return Accepted((PatchItem(op.id, changed),))


def _fields(op: TranslateNote, note: Item, ask: Ask) -> dict[str, object]:
    """Of a note without a name no name is kept here either: who translates it may be who wrote it."""
    translator = ask.person if "by" in note else None
    return fields_of(op.lang, op.words, translator, op.made_of, by_machine=op.by_machine)


def _refuse_more(op: TranslateNote, note: Item, draft: Draft) -> Refused | None:
    before = note.get(f"{TEXT}{op.lang}")
    if before is None and len(languages_of(note)) >= limits.TRANSLATIONS_PER_NOTE:
        return Refused("limit", {"limit": "translations", "most": limits.TRANSLATIONS_PER_NOTE})
    return refuse_more(draft, len(op.words.encode()) - len((before or "").encode()))


def _note(item_id: str, draft: Draft) -> Item | None:
    item = draft.get(item_id)
    return item if item is not None and item["kind"] == "note" else None
