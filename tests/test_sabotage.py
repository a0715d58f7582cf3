"""The planted bugs still find their place: one that does not would prove nothing (`dev.py sabotage` runs them)."""

from __future__ import annotations

import pytest

from tests.sabotage import BUGS, ROOT, Bug


@pytest.mark.parametrize("bug", BUGS, ids=[bug.name for bug in BUGS])
def test_a_planted_bug_has_its_place_in_the_product(bug: Bug) -> None:
    assert (ROOT / bug.file).read_text("utf-8").count(bug.right) == 1
    path, name = bug.test.split("::")
    assert f"def {name.split('[')[0]}(" in (ROOT / path).read_text("utf-8")
