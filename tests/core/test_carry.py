"""The language of carries: every line of the house's playbooks, and what is refused, with its sentence."""

from __future__ import annotations

import re

import pytest

from codesign.core.carry import Carry, Pick, Target, read_carry


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("merge all -> 0.2", Carry("merge", Pick(), "", (Target("0.2"),))),
        ("link all → 1.2, 1.3", Carry("link", Pick(), "", (Target("1.2"), Target("1.3")))),
        (
            "link top(3) -> W1 group topics",
            Carry("link", Pick("top", (), 3), "", (Target("W1", part="group topics"),)),
        ),
        (
            "link top(4) -> W3a (one local workshop each)",
            Carry("link", Pick("top", (), 4), "", (Target("W3a", note="one local workshop each"),)),
        ),
        (
            "copy region(suggestions, key question) -> 2.1",
            Carry("copy", Pick("region", ("suggestions", "key question")), "", (Target("2.1"),)),
        ),
        (
            "prefill computed(pairs) as commitment -> CLOSE",
            Carry("prefill", Pick("computed", ("pairs",)), "commitment", (Target("CLOSE"),)),
        ),
        (
            "copy region(challenge) -> II.4 as factor",
            Carry("copy", Pick("region", ("challenge",)), "factor", (Target("II.4"),)),
        ),
        (
            "link picked(1 per group) -> 2.2",
            Carry("link", Pick("picked", (), 1, per_group=True), "", (Target("2.2"),)),
        ),
        (
            "link all of chosen ideas -> 3.2",
            Carry("link", Pick(of="chosen ideas"), "", (Target("3.2"),)),
        ),
        (
            "link all -> III.2–III.5",
            Carry("link", Pick(), "", (Target("III.2", to="III.5"),)),
        ),
        ("prefill action -> 3.1", Carry("prefill", Pick(), "action", (Target("3.1"),))),
        ("prefill evidence -> persona", Carry("prefill", Pick(), "evidence", (Target("persona"),))),
        (
            "prefill all -> project.title, project.problem",
            Carry("prefill", Pick(), "", (Target("project.title"), Target("project.problem"))),
        ),
        ("update action", Carry("update", Pick(), "action", ())),
        (
            "output diagnostic-report (draft)",
            Carry("output", Pick(), "", (Target("diagnostic-report", note="draft"),)),
        ),
    ],
)
def test_a_line_is_read_into_typed_data(line: str, said: Carry) -> None:
    assert read_carry(line) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "nobody can carry nothing: copy, link, merge, prefill, update, output"),
        ("move all -> 1.2", "nobody can move: copy, link, merge, prefill, update, output"),
        ("copy all", "copy needs to say where to: copy all -> 1.2"),
        ("copy top -> 1.2", "top needs a number: top(3) or top(1 per group)"),
        ("copy top(0) -> 1.2", "top needs a number: top(3) or top(1 per group)"),
        ("copy top(three) -> 1.2", "top needs a number: top(3) or top(1 per group)"),
        ("copy region() -> 1.2", "region names nothing"),
        ("copy all(3) -> 1.2", "all takes no number"),
        ("copy the best -> 1.2", "the best is no filter"),
        ("copy all as idea -> 1.2 as action", "as is there twice"),
        ("copy all -> 1.2,", "nothing is no place to carry to"),
        ("copy all -> (somewhere)", "(somewhere) is no place to carry to"),
        ("update", "update needs the kind of record it writes back to"),
        ("output", "nothing is no place to carry to"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(said)}"):
        read_carry(line)
