"""What is said of playbooks in the reader's language: the steps every agenda has, and the documents they end in."""

from __future__ import annotations

from codesign.core.playbook import Standing
from codesign.i18n import N_
from codesign.results.document_list import TITLES as DOCUMENTS

#: By standing step: its title, and what people are asked to do.
STANDING: dict[Standing, tuple[str, str]] = {
    "OPEN": (
        N_("Opening"),
        N_(
            "Say hello on the board: city, role, one word for today. We look at the aim, the agenda and where results "
            "will go. Choose your language."
        ),
    ),
    "BREAK": (N_("Break"), ""),
    "LUNCH": (N_("Lunch"), ""),
    "HARVEST": (
        N_("Harvest"),
        N_(
            "Two minutes per group: one surprise, one thing we must not lose. Listeners mark a star or a question."
        ),
    ),
    "CLOSE": (
        N_("Closing"),
        N_(
            "Read the summary. Write one thing you will do and by when. Rate the session and name one change."
        ),
    ),
}
#: Whose boards the first and the last step have.
BOARDS: dict[Standing, str] = {"OPEN": "checkin", "CLOSE": "feedback"}

__all__ = ["BOARDS", "DOCUMENTS", "STANDING"]
