"""The kinds of thing on a board, their text fields, and the values fields may take."""

from __future__ import annotations

from typing import Any, Literal, get_args

from codesign.core import limits

Colour = Literal["sun", "apricot", "rose", "lilac", "sky", "sea", "leaf", "stone"]
Reaction = Literal["thumb", "heart", "idea", "question", "laugh"]
# fmt: off
Layout = Literal[
    "zones", "columns", "free", "graph", "grid2", "rings", "cards", "canvas", "table", "tree", "rounds", "image",
]
# fmt: on

COLOURS: tuple[str, ...] = get_args(Colour)
REACTIONS: tuple[str, ...] = get_args(Reaction)
LAYOUTS: tuple[str, ...] = get_args(Layout)
#: Layouts in which an item has a region and an order, and no place of its own (P2.5).
FLOWING = ("zones", "columns", "rounds")
#: Layouts that show records of a register: where those say on a plane, else as sheets, in blocks, in rows.
PLACING: tuple[Layout, ...] = ("grid2", "rings", "cards", "canvas", "table", "tree")

#: The one text field of each kind that splices may change, and its limit in bytes.
TEXT_FIELDS: dict[str, tuple[str, int]] = {
    "note": ("text", limits.TEXT_BYTES),
    "cluster": ("name", limits.TITLE_BYTES),
    "region": ("title", limits.TITLE_BYTES),
    "frame": ("title", limits.TITLE_BYTES),
    "heading": ("text", limits.TITLE_BYTES),
    "connector": ("label", limits.TITLE_BYTES),
    "image": ("alt", limits.TITLE_BYTES),
    "arrangement": ("title", limits.TITLE_BYTES),
    "comment": ("text", limits.COMMENT_BYTES),
    "factor": ("label", limits.TITLE_BYTES),
    "causal_link": ("why", limits.TITLE_BYTES),
}
#: Other words of a kind, which are replaced whole.
MORE_WORDS: dict[str, str] = {"factor": "description", "causal_link": "source"}

#: Kinds that people put into order or onto a place.
PLACED_KINDS = frozenset({"note", "cluster", "heading", "image", "frame", "factor"})
#: Kinds only facilitators set up.
SET_UP_KINDS = frozenset({"region", "frame", "heading"})
#: Kinds that belong to everybody at the table: any participant may edit their words.
SHARED_KINDS = frozenset({"cluster", "connector", "placement", "factor", "causal_link"})
#: Kinds a connector may join.
JOINABLE_KINDS = frozenset({"note", "cluster", "image", "frame", "heading", "factor"})
#: Kinds of which people may say something beside.
COMMENTED_KINDS = frozenset({"note", "image", "cluster"})
#: Kinds that are between two others, and nothing without them.
LINE_KINDS = frozenset({"connector", "causal_link"})
#: Kinds of a map on a `graph` board; what their fields hold is in kinds.py.
MAP_KINDS = frozenset({"factor", "causal_link"})


#: On a note: what its card says beside its words, and what is drawn on it, one key each (cards.py).
SAID, INK = "said/", "ink/"

#: On a seating: who sits at which table, one key per person (P2.2).
SITS = "sits/"


def sits_key(person: str) -> str:
    return f"{SITS}{person}"


#: Of a workshop: who has finished what the step asks, and who wants to speak, one key per person.
FINISHED, HAND = "finished/", "hand/"


def finished_key(person: str) -> str:
    return f"{FINISHED}{person}"


def hand_key(person: str) -> str:
    return f"{HAND}{person}"


def mention_key(person: str) -> str:
    """Of a comment: who is named in it."""
    return f"mention/{person}"


def question_keys(fields: dict[str, Any]) -> list[str]:
    """A board's question and its translations."""
    start = translation_key("question", "")
    return [key for key in fields if key == "question" or key.startswith(start)]


def reaction_key(reaction: str, person: str) -> str:
    """Where one person's reaction stands: sets are one key per member (P2.2)."""
    return f"reaction/{reaction}/{person}"


def translation_key(field: str, lang: str) -> str:
    return f"{field}/{lang}"


def word_bytes(item: dict[str, Any]) -> int:
    """UTF-8 bytes of the item's words and their translations, for the limit of a board."""
    spec = TEXT_FIELDS.get(item["kind"])
    if spec is None:
        return 0
    if item["kind"] == "note" or item["kind"] in SET_UP_KINDS:  # only those are translated
        return _bytes_of(item, spec[0], (SAID, INK))
    more = item.get(MORE_WORDS.get(item["kind"], ""), "")
    return len(item.get(spec[0], "").encode()) + len(more.encode())


def question_bytes(fields: dict[str, Any]) -> int:
    """The same of the board's own question."""
    return _bytes_of(fields, "question")


def _bytes_of(holder: dict[str, Any], field: str, more: tuple[str, ...] = ()) -> int:
    """Of the field and its translations, and of words under keys that begin with one of `more` (cards.py)."""
    size = len(holder.get(field, "").encode())
    for key in holder:
        # Most keys have none: each change of an item asks four times, of all its keys.
        if "/" in key and key.startswith((translation_key(field, ""), *more)):
            words = holder[key]
            size += len(words.encode()) if isinstance(words, str) else 0
    return size
