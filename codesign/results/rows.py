"""A board as a table: one row for each note, image and heading, the same for CSV and XLSX. Headers are translated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codesign.i18n import N_, Words
from codesign.results import cards
from codesign.results.board_model import Board, Entry
from codesign.results.entered import entered_words
from codesign.results.papers import FACES, PAPER_NAMES
from codesign.results.translated import in_cells

HEADERS = (
    N_("Region"),
    N_("Group"),
    N_("Kind"),
    N_("Text"),
    N_("Language"),
    N_("Translations"),
    N_("Who translated"),
    N_("Author"),
    N_("Entered"),
    N_("City"),
    N_("Colour"),
    N_("Reactions"),
    N_("Connections"),
    N_("Merged into"),
    N_("Comments"),
)
#: Where a board has cards, drawings or a map.
MORE = (N_("Card"), N_("What it says"), N_("Drawing"), N_("Round"), N_("Field of the map"))
#: A title, the widths of its columns in a spreadsheet, and rows under their headers.
Table = tuple[str, Sequence[int], Sequence[Sequence[str]]]
KINDS = {"note": N_("Note"), "image": N_("Image"), "heading": N_("Heading"), "factor": N_("Factor")}


def rows_of(board: Board, words: Words) -> Iterator[tuple[str, ...]]:
    """The headers, then the rows in the order they are read."""
    has_cards = any(_is_card(entry) for _, _, entry in board.entries())
    yield tuple(words.gettext(header) for header in (*HEADERS, *(MORE if has_cards else ())))
    links = _links(board)
    for region, group, entry in board.entries():
        yield (
            region,
            group,
            words.gettext(KINDS[entry.kind]),
            entry.text,
            entry.lang,
            *in_cells(entry.translations, words),
            entry.author,
            entered_words(entry.entered, words),
            entry.city,
            words.gettext(PAPER_NAMES[entry.colour]) if entry.kind == "note" else "",
            ", ".join(f"{FACES[kind]} {n}" for kind, n in entry.reactions),
            "\n".join(links.get(entry.id, ())),
            entry.within,
            "\n".join(f"{author}: {text}" for author, text in entry.comments),
            *(_card(entry, words) if has_cards else ()),
        )


def _is_card(entry: Entry) -> bool:
    return bool(entry.card or entry.strokes or entry.spot or entry.round)


def _card(entry: Entry, words: Words) -> tuple[str, ...]:
    n = len(entry.strokes)
    drawn = words.ngettext("drawing of {n} stroke", "drawing of {n} strokes", n) if n else ""
    says = "\n".join(cards.says_of(entry, words))
    return cards.tag_of(entry, words), says, drawn, str(entry.round or ""), entry.spot


def _links(board: Board) -> dict[str, list[str]]:
    """For each item what it is connected with: an arrow, the other's words, and the label."""
    links: dict[str, list[str]] = {}
    for line in board.connectors:
        label = f" ({line.label})" if line.label else ""
        target, source = board.words.get(line.target, ""), board.words.get(line.source, "")
        links.setdefault(line.source, []).append(f"→ {target}{label}")
        links.setdefault(line.target, []).append(f"← {source}{label}")
    return links
