"""Deeds that change no stream: on the desk the newest, in the journal all, in no archive any."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from codesign.core import limits
from codesign.core.changes import to_wire
from codesign.core.forgetting import Forgetting
from codesign.core.ops import read_op
from codesign.core.rules.deeds import newest_deeds
from codesign.core.whole_streams import check_stream
from tests.builders import OLGA, Play, a_desk, an_id, content, refused, replayed


def deed(name: str, deed: str = "new_code", **about: Any) -> dict[str, Any]:
    return {"type": "record_deed", "id": an_id(name), "deed": deed, **about}


def done(desk: Play, op: dict[str, Any]) -> None:
    """As a page asks it: the product, in the name of whoever leads."""
    desk.do(op, OLGA, role="product")


def test_a_deed_stands_on_the_desk_with_who_and_when() -> None:
    desk = a_desk()
    done(desk, deed("one", "make_link", role="observer", table=an_id("table"), count=2))
    (entry,) = desk.entries
    assert entry.by == OLGA
    assert newest_deeds(desk.state) == [
        {
            **{"id": an_id("one"), "kind": "deed", "deed": "make_link", "by": OLGA},
            **{"role": "observer", "table": an_id("table"), "count": 2, "at": desk.now},
        }
    ]
    assert desk.ask(deed("one"), OLGA, role="product") == refused(
        "conflict", id=an_id("one"), reason="taken"
    )


def test_the_newest_stay_in_their_order_and_the_journal_has_all() -> None:
    desk = a_desk()
    names = [f"deed {at}" for at in range(limits.DEEDS_KEPT + 3)]
    for name in names:  # all in one moment
        done(desk, deed(name))
    kept = [one["id"] for one in newest_deeds(desk.state)]
    assert kept == [an_id(name) for name in reversed(names[3:])]
    assert len(desk.entries) == len(names)
    assert content(replayed(desk)) == content(desk.state)


@pytest.mark.parametrize(
    "more",
    [
        {"deed": "ate_lunch"},
        {"label": "x" * (limits.DEED_LETTERS + 1)},
        {"passphrase": "river"},
        {"role": "king"},
        {"count": 0},
    ],
)
def test_what_is_no_deed_cannot_be_told(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read_op(deed("one") | more)


def test_forgetting_its_author_leaves_the_deed_and_nothing_but_an_id() -> None:
    desk = a_desk()
    done(desk, deed("one", "make_token", label="The city’s page"))
    wires = [to_wire(change) for change in desk.entries[0].changes]
    who = Forgetting(OLGA, words=True, names={"olga"})
    who.learn(wires)
    assert who.rewrite(wires) == wires


def test_no_archive_brings_a_deed_in() -> None:
    desk = a_desk(None, "step")
    check_stream("desk", desk.state.fields, [*desk.state.all()])
    done(desk, deed("one"))
    with pytest.raises(ValueError, match="deed"):
        check_stream("desk", desk.state.fields, [*desk.state.all()])
