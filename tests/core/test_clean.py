"""Text, lines and names as they are kept. The vectors are shared with static/js/lib/clean.js."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from codesign.core.clean import Unclean, clean_line, clean_name, clean_text

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/clean.json").read_text("utf-8"))
CLEANERS: dict[str, Callable[[str], str]] = {
    "text": clean_text,
    "line": clean_line,
    "name": clean_name,
}
CASES = [(kind, vector) for kind, vectors in VECTORS.items() for vector in vectors]
ODD = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("ab \n\r\t\x0b\u2028\u0301\u0308\u200d\u202e🏴\U000e0067\U000e007f\ud800"),
    ),
    max_size=12,
)


@pytest.mark.parametrize(("kind", "vector"), CASES)
def test_what_is_kept_of_it(kind: str, vector: dict[str, Any]) -> None:
    said = {"in": vector["in"]}
    try:
        said["out"] = CLEANERS[kind](vector["in"])
    except Unclean as error:
        said["error"] = [error.code, error.reason]
    assert said == vector


@pytest.mark.parametrize("kind", CLEANERS)
@given(text=ODD)
@example(text="\r\x01\n")
@example(text="🏴\x01\U000e0067 \U000e0001")
@example(text="e\u0301\u0301\u0301\u0301\u0301\u0327\u0327")
def test_what_has_been_cleaned_is_clean(kind: str, text: str) -> None:
    clean = CLEANERS[kind]
    try:
        once = clean(text)
    except Unclean:
        assume(False)
        return
    assert clean(once) == once
    assert once.encode().decode() == once


def test_text_has_its_limit_in_bytes_after_cleaning() -> None:
    assert len(clean_text("щ" * 8_192)) == 8_192
    assert clean_text("a" * 16_384 + "\x01" * 100) == "a" * 16_384
    with pytest.raises(Unclean) as refusal:
        clean_text("щ" * 8_193)
    assert (refusal.value.code, refusal.value.reason) == ("limit", "text")
