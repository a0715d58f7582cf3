from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from codesign.web import codes
from codesign.web.codes import Tries

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/codes.json").read_text("utf-8"))
workshops = st.text("abcXYZ09_-", min_size=22, max_size=22)


@given(workshops, st.integers(1, 50))
def test_a_code_is_one_code_in_every_script_case_and_spacing(
    workshop: str, generation: int
) -> None:
    code = codes.make_code(b"secret", workshop, generation)
    letters = code.replace(" ", "")
    for written in (code, codes.in_cyrillic(code), codes.in_georgian(code)):
        for typed in (written, written.lower(), written.upper(), written.replace(" ", "-")):
            assert codes.read_code(f"  {typed} ") == letters


@given(workshops, st.integers(1, 50))
def test_a_code_is_two_words_of_three_syllables_and_none_is_rude(
    workshop: str, generation: int
) -> None:
    words = codes.make_code(b"secret", workshop, generation).split(" ")
    assert [len(codes.syllables(word)) for word in words] == [3, 3]
    assert all(syllable in codes.SYLLABLES for word in words for syllable in codes.syllables(word))
    assert not any(rude in word for word in words for rude in codes.UNWANTED)


def test_another_generation_or_secret_is_another_code() -> None:
    made = {codes.make_code(s, "w", g) for s in (b"one", b"two") for g in (1, 2, 3)}
    assert len(made) == 6


def test_every_unwanted_word_could_come_up() -> None:
    for word in codes.UNWANTED:
        assert all(syllable in codes.SYLLABLES for syllable in codes.syllables(word)), word


def test_what_is_typed_is_read_as_the_vectors_say() -> None:
    for typed, letters in VECTORS["read"]:
        assert codes.read_code(typed) == letters, typed


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_the_reading(typed: str) -> None:
    assert set(codes.read_code(typed)) <= set(codes.CONSONANTS + codes.VOWELS)


def test_twenty_wrong_codes_from_one_address_are_forgiven_for_ten_minutes() -> None:
    tries = Tries()
    for at in range(20):
        assert not tries.too_many("a", at)
        tries.wrong("a", at)
    assert tries.too_many("a", 20)
    assert not tries.too_many("b", 20)
    assert tries.too_many("a", codes.ADDRESS_MS - 1)
    assert not tries.too_many("a", codes.ADDRESS_MS + 1)


def test_three_hundred_wrong_codes_in_an_hour_close_the_codes_for_all() -> None:
    tries = Tries()
    for at in range(300):
        assert not tries.too_many("somebody else", at)
        tries.wrong(f"address {at}", at)
    assert tries.too_many("somebody else", 300)
    assert not tries.too_many("somebody else", codes.ALL_MS + 300)


def test_many_addresses_do_not_fill_the_memory() -> None:
    tries = Tries()
    for at in range(codes.ADDRESSES + 500):
        tries.wrong(f"address {at}", at)
    assert len(tries._by_address) <= codes.ADDRESSES
