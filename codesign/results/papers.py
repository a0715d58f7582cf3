"""What papers and reactions are called and look like in files; the same words as static/js/board/papers.js."""

from __future__ import annotations

from collections.abc import Mapping

from codesign.i18n import N_

PAPER_NAMES: Mapping[str, str] = {
    "sun": N_("Yellow, circle"),
    "apricot": N_("Orange, triangle"),
    "rose": N_("Pink, plus"),
    "lilac": N_("Lilac, diamond"),
    "sky": N_("Blue, square"),
    "sea": N_("Teal, two bars"),
    "leaf": N_("Green, leaf"),
    "stone": N_("White, ring"),
}
FACES: Mapping[str, str] = {
    "thumb": "👍",
    "heart": "❤️",
    "idea": "💡",
    "question": "❓",
    "laugh": "😄",
}
REACTION_NAMES: Mapping[str, str] = {
    "thumb": N_("Thumbs up"),
    "heart": N_("Heart"),
    "idea": N_("Good idea"),
    "question": N_("Question"),
    "laugh": N_("Laugh"),
}
