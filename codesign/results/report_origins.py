"""What became of a note, and what each idea, action and project rests on, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codesign.i18n import N_, Words
from codesign.results.field_words import kind_word
from codesign.results.report import Fate, Voice
from codesign.results.report_booklet import Block, Bullets, Head, Text
from codesign.results.report_ways import Source, Way

#: Of what is no record.
ITEMS = {"note": N_("Note"), "cluster": N_("Group"), "factor": N_("Factor"), "image": N_("Image")}
LETTERS, NAME_LETTERS = 160, 90


def way_blocks(ways: Iterable[Way], words: Words) -> Iterator[Block]:
    for way in ways:
        yield Head(f"{kind_word(way.kind, words)}: {_short(way.title)}")
        yield Bullets(tuple(_line(one, words) for one in way.sources))
        if way.elsewhere:
            yield Text(words.ngettext("and {n} more", "and {n} more", way.elsewhere), is_quiet=True)


def fate_of(voice: Voice, words: Words) -> str:
    """What became of a note, in one line."""
    told = (_fate(fate, words) for fate in voice.fates)
    return "; ".join(told) or words.gettext("Stands by itself")


def _fate(fate: Fate, words: Words) -> str:
    match fate.kind:
        case "group":
            return words.gettext(
                "In the group “{name}”", name=_short(fate.name, NAME_LETTERS) or "–"
            )
        case "vote":
            votes = words.ngettext("{n} vote", "{n} votes", fate.dots)
            return words.gettext("Place {place}, {votes}", place=fate.place, votes=votes)
        case "merged":
            return words.gettext(
                "Merged into “{name}”", name=_short(fate.name, NAME_LETTERS) or "–"
            )
        case "comment":
            return words.gettext("Comment by {name}", name=fate.name)
        case "idea" | "action" | "project":
            return f"{kind_word(fate.kind, words)}: “{_short(fate.name, NAME_LETTERS)}”"
    return words.gettext("For {name}", name=fate.name)


def _line(one: Source, words: Words) -> str:
    kind = words.gettext(ITEMS[one.kind]) if one.kind in ITEMS else kind_word(one.kind, words)
    return " · ".join(filter(None, (f"{kind}: “{_short(one.text)}”", one.board)))


def _short(text: str, letters: int = LETTERS) -> str:
    text = " ".join(text.split())
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
