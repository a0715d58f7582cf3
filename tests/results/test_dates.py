"""Days in words, in the order and the form of each language."""

from __future__ import annotations

import pytest

from codesign.i18n import Catalogues
from codesign.results.dates import from_to, in_words

SAID = {
    "en": ("22 November 2026", "March 2027"),
    "sq": ("22 nëntor 2026", "mars 2027"),
    "ka": ("22 ნოემბერი, 2026", "მარტი, 2027"),
    "sr-Cyrl": ("22. новембра 2026.", "марта 2027."),
    "sr-Latn": ("22. novembra 2026.", "marta 2027."),
}


@pytest.mark.parametrize("lang", SAID)
def test_a_day_and_a_month_are_words(lang: str) -> None:
    words = Catalogues().words(lang)
    assert (in_words("2026-11-22", words), in_words("2027-03", words)) == SAID[lang]


def test_what_is_no_date_stays_as_it_is() -> None:
    words = Catalogues().words("en")
    assert [in_words(one, words) for one in ("", "soon", "2026-13-01")] == [
        "",
        "soon",
        "2026-13-01",
    ]


def test_one_day_is_said_once() -> None:
    words = Catalogues().words("en")
    assert from_to("2026-11-22", "2026-11-22", words) == "22 November 2026"
    assert from_to("2026-11", "2027-01", words) == "November 2026 – January 2027"
