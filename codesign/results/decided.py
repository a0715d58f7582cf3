"""What a board has come to, as tables beside its notes: votes and consent rounds."""

from __future__ import annotations

from codesign.core.stream import Readable
from codesign.i18n import Words
from codesign.results import consents, votes
from codesign.results.rows import Table


def decided(board: Readable, workshop: Readable, board_id: str, words: Words) -> list[Table]:
    """Those that have something in them."""
    dots = list(votes.rows_of_votes(board, workshop, board_id, words))
    asked = consents.rounds_of(workshop, board_id)
    answers = [[*map(str, row)] for row in consents.rows_of_consents(asked, words)]
    more = (12 for _ in dots[0][len(votes.WIDTHS) :]) if dots else ()
    tables: list[Table] = [
        (words.gettext("Votes"), (*votes.WIDTHS, *more), dots),
        (words.gettext("Consent rounds"), consents.CONSENT_WIDTHS, answers),
    ]
    return [table for table in tables if table[2]]
