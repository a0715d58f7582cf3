"""How a board came to be what it is, for those who may follow it now.

Those who lead are told everything that everybody at the board once saw. Everyone else is told how what is there now
came there: what was taken away is not brought back before their eyes, nor are words that were changed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codesign.core.changes import Change, DropItem, PatchItem, PatchStream, PutItem, apply_changes
from codesign.core.items import question_keys
from codesign.core.stream import Fields, Item, Readable, State

#: What a board is; messages, calls and what else was going on there are over.
LASTING = ("layout", "workshop", "method")
#: Words, whatever kind says them; translations of them begin alike.
_WORDS = frozenset(
    ("text", "title", "name", "label", "alt", "description", "why", "source", "question")
)


def told(changes: Iterable[Change], now: Readable, *, leads: bool) -> list[Change]:
    """The changes of one entry as somebody may see them again; `now` is the board as it is."""
    found = (_lasting(change, now, leads=leads) for change in changes)
    kept = [change for change in found if change is not None]
    return kept if leads else [one for change in kept for one in _as_now(change, now)]


def go_on(state: State, rows: Iterable[Iterable[Change]]) -> None:
    """The board after these entries as well."""
    for changes in rows:
        apply_changes(state, changes)


def _lasting(change: Change, now: Readable, *, leads: bool) -> Change | None:
    """Of the board's own fields only what it is: of those who do not lead the question as it reads now."""
    if not isinstance(change, PatchStream):
        return change
    fields = {key: value for key, value in change.fields.items() if key in LASTING}
    if not leads:
        words = {key: now.fields[key] for key in question_keys(now.fields)}
        return PatchStream(fields | words) if fields else None
    fields |= {key: change.fields[key] for key in question_keys(change.fields)}
    return PatchStream(fields, change.text) if fields or change.text else None


def _as_now(change: Change, now: Readable) -> Iterator[Change]:
    """With the words, the author and the members that are there now, and nothing of what is gone."""
    if isinstance(change, PatchStream):
        yield change
        return
    id = change.item["id"] if isinstance(change, PutItem) else change.id
    there = now.get(id)
    if there is None:
        return
    match change:
        case PutItem(item):
            yield PutItem({**_plain(item, there), **_said(there)})
        case PatchItem(_, fields, _):
            if patch := _plain(fields, there):
                yield PatchItem(id, patch)
        case DropItem():
            yield change


def _plain(fields: Fields, there: Item) -> Fields:
    """What is neither words nor whose it is; of sets the members that are still in, as they are now."""
    return {
        key: there[key] if "/" in key else value
        for key, value in fields.items()
        if key.partition("/")[0] not in _WORDS and key != "by" and ("/" not in key or key in there)
    }


def _said(there: Item) -> Fields:
    return {
        key: value
        for key, value in there.items()
        if key.partition("/")[0] in _WORDS or key in ("by", "kind")
    }
