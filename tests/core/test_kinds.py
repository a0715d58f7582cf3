"""The kinds of record: readable lines, references that lead somewhere, and what is computed fits what is required."""

from __future__ import annotations

import pytest

from codesign.core.computed import personas, plans, readiness
from codesign.core.kinds import KINDS, REGISTERED, FieldType, kind, read_field


def test_a_field_is_one_line() -> None:
    assert read_field("stance: scale(-2..2) closed") == FieldType(
        "stance", "scale", (), -2, 2, False, True
    )
    assert read_field("sector: enum(state|private)!") == FieldType(
        "sector", "enum", ("state", "private"), None, None, True, False
    )


@pytest.mark.parametrize(
    "line", ["name text", "name: letters", "name: enum", "na me: text", "name: text !"]
)
def test_a_line_that_is_no_field_is_named(line: str) -> None:
    with pytest.raises(ValueError, match=line.split(":")[0]):
        read_field(line)


def test_a_field_that_is_there_twice_is_named() -> None:
    with pytest.raises(ValueError, match="twice"):
        kind("thing", "name: text", "name: text")


@pytest.mark.parametrize("name", KINDS)
def test_every_reference_points_at_a_kind(name: str) -> None:
    refs = [one for one in KINDS[name].fields if one.type in ("ref", "refs")]
    assert {option for one in refs for option in one.options} <= KINDS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_what_names_a_record_is_required_text(name: str) -> None:
    first = KINDS[name].fields[0]
    assert first.required
    assert first.type in ("text", "ref")


def test_what_is_computed_asks_for_what_is_required() -> None:
    assert set(KINDS["persona"].required) == set(personas.REQUIRED)
    assert set(KINDS["project"].required) == set(readiness.REQUIRED)
    assert set(KINDS["action"].required) == set(plans.REQUIRED)


def test_registers_hold_kinds_that_are_there() -> None:
    assert set(REGISTERED) <= KINDS.keys()
