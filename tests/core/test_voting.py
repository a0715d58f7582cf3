"""Votes and ballots: what may be voted, what it adds up to, and what a result never gives away."""

from __future__ import annotations

from typing import Any

import pytest

from codesign.core.ballots import Ballot, in_steps, refuse_ballot, tally, voter_name
from codesign.core.changes import PatchItem
from codesign.core.computed.ranking import options_of
from codesign.core.decision import NOTHING, Accepted
from codesign.core.effects import Effect
from codesign.core.ops import TallyVote
from codesign.core.stream import Item
from tests.builders import ANNA, BOARD, BORIS, OLGA, VERA, Play, a_board, an_id, refused

KEY = b"k" * 32
WATER, BUSES, PARKS = an_id("water"), an_id("buses"), an_id("parks")
OPEN = {
    "type": "open_vote",
    "id": an_id("vote"),
    "question": "Which first?",
    "board": BOARD,
    "options": [WATER, BUSES, PARKS],
    "dots": 3,
    "cap": 2,
}


def a_vote(**more: Any) -> tuple[Play, Item]:
    workshop = a_board().workshop
    assert workshop is not None
    workshop.do({**OPEN, **more}, OLGA)
    return workshop, workshop.item("vote")


def end(kind: str) -> dict[str, Any]:
    return {"type": kind, "id": an_id("vote")}


# Votes


def test_a_vote_keeps_its_options_in_the_order_they_were_offered() -> None:
    _, vote = a_vote(options=[PARKS, WATER, BUSES])
    assert options_of(vote) == [PARKS, WATER, BUSES]
    assert (vote["state"], vote["secret"], vote["cast"]) == ("open", True, 0)


def test_there_is_one_vote_at_a_time_on_a_board() -> None:
    workshop, _ = a_vote()
    again = workshop.ask({**OPEN, "id": an_id("second")}, OLGA)
    assert again == refused("conflict", reason="vote_open", field="board")
    workshop.do(end("cancel_vote"), OLGA)
    assert isinstance(workshop.ask({**OPEN, "id": an_id("second")}, OLGA), Accepted)


@pytest.mark.parametrize("wrong", [{"options": [WATER, WATER]}, {"dots": 2, "cap": 3}])
def test_a_vote_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    workshop = a_board().workshop
    assert workshop is not None
    decision = workshop.ask({**OPEN, **wrong}, OLGA)
    assert not isinstance(decision, Accepted)
    assert decision.code == "bad_op"


def test_a_vote_that_is_closed_is_counted_once() -> None:
    workshop, _ = a_vote()
    closed = workshop.do(end("close_vote"), OLGA)
    assert closed.effects == (
        Effect(workshop.stream, {"type": "count_vote", "vote": an_id("vote")}),
    )
    assert workshop.do(end("close_vote"), OLGA) == NOTHING  # from another screen
    result = tally(workshop.item("vote"), workshop.state, [], b"")
    workshop.do(result)
    assert workshop.item("vote")["state"] == "closed"
    assert workshop.do(result) == NOTHING


def test_what_was_told_of_an_open_vote_is_gone_when_all_have_taken_their_dots_back() -> None:
    workshop, _ = a_vote(secret=False)
    count = {"type": "count_ballots", "vote": an_id("vote"), "cast": 1, "totals": {WATER: 1}}
    workshop.do(count)
    workshop.do(end("close_vote"), OLGA)
    workshop.do(tally(workshop.item("vote"), workshop.state, [Ballot("v", {})], b""))
    closed = workshop.item("vote")
    assert (closed["state"], closed["cast"]) == ("closed", 0)
    assert [key for key in closed if key.startswith("total/")] == []


def test_counts_of_a_secret_vote_say_how_many_and_nothing_else() -> None:
    workshop, _ = a_vote()
    count = {"type": "count_ballots", "vote": an_id("vote"), "cast": 5, "totals": {WATER: 5}}
    assert workshop.do(count).changes == (PatchItem(an_id("vote"), {"cast": 5}),)
    workshop, _ = a_vote(secret=False)
    fields = {"cast": 5, f"total/{WATER}": 5}
    assert workshop.do(count).changes == (PatchItem(an_id("vote"), fields),)


# Ballots


def test_who_votes_is_who_takes_part() -> None:
    _, vote = a_vote()
    dots = {WATER: 1}
    roles = ("participant", "host", "expert", "observer", "owner", "facilitator")
    assert [refuse_ballot(vote, role, dots) is None for role in roles] == [
        *(True, True, False, False, False, False),
    ]
    _, vote = a_vote(leads=True)
    assert refuse_ballot(vote, "facilitator", dots) is None
    assert refuse_ballot(vote, "observer", dots) == refused("forbidden", action="vote")


@pytest.mark.parametrize(
    ("dots", "no"),
    [
        ({WATER: 2, BUSES: 1}, None),
        ({}, None),
        ({WATER: 3}, refused("limit", limit="dots_on_one", most=2)),
        ({WATER: 2, BUSES: 2}, refused("limit", limit="dots", most=3)),
        ({WATER: 0}, refused("limit", limit="dots_on_one", most=2)),
        ({an_id("other"): 1}, refused("unknown", id=an_id("other"))),
    ],
)
def test_a_ballot_keeps_to_its_dots(dots: dict[str, int], no: Any) -> None:
    _, vote = a_vote()
    assert refuse_ballot(vote, "participant", dots) == no


def test_no_ballot_comes_after_the_close_or_to_something_that_is_no_vote() -> None:
    workshop, _ = a_vote()
    workshop.do(end("close_vote"), OLGA)
    late = refuse_ballot(workshop.item("vote"), "participant", {WATER: 1})
    assert late == refused("stage", action="vote")
    assert refuse_ballot(workshop.item("anna"), "participant", {}) == refused(
        "unknown", field="vote"
    )


# Results


def a_ballot(person: str, dots: dict[str, int], given: bool = False) -> Ballot:
    return Ballot(voter_name(KEY, person), dots, given)


def with_people(workshop: Play, **cities: str) -> list[str]:
    """People named after their number, each of a city."""
    found = []
    for name, city in cities.items():
        if workshop.state.get(an_id(city)) is None:
            named = {"id": an_id(city), "name": city, "colour": "sun", "order": "a5"}
            workshop.do({"type": "add_city", **named}, OLGA)
        join = {"type": "join_workshop", "person": an_id(name), "name": name, "city": an_id(city)}
        workshop.do(join)
        found.append(an_id(name))
    return found


def test_a_result_says_how_many_could_vote_and_did() -> None:
    workshop, vote = a_vote()
    people = with_people(workshop, p="city", q="city", r="city")
    cast = [a_ballot(person, {WATER: 2, BUSES: 1}) for person in people]
    result = tally(vote, workshop.state, [*cast, a_ballot(ANNA, {})], KEY)
    assert (result.ballots, result.voters, result.given) == (3, 5, 0)
    assert result.totals == {WATER: 6, BUSES: 3, PARKS: 0}
    assert result.supporters == {WATER: 3, BUSES: 3, PARKS: 0}


def test_two_ballots_in_secret_give_no_result_and_an_open_vote_does() -> None:
    cast = [a_ballot(ANNA, {WATER: 1}), a_ballot(BORIS, {WATER: 1}, given=True)]
    workshop, vote = a_vote()
    hidden = tally(vote, workshop.state, cast, KEY)
    assert (hidden.ballots, hidden.totals, hidden.groups) == (2, {}, ())
    workshop, vote = a_vote(secret=False)
    shown = tally(vote, workshop.state, cast, KEY)
    assert (shown.totals[WATER], shown.given) == (2, 1)


def test_small_cities_are_told_together() -> None:
    workshop, vote = a_vote()
    people = with_people(
        workshop, a="big", b="big", c="big", d="big", e="mid", f="mid", g="mid", h="tiny"
    )
    result = tally(vote, workshop.state, [a_ballot(one, {WATER: 1}) for one in people], KEY)
    assert [(group.city, group.ballots) for group in result.groups] == [
        (an_id("big"), 4),
        (None, 4),
    ]


def test_a_result_never_has_a_group_of_one_or_two() -> None:
    workshop, vote = a_vote()
    people = with_people(workshop, a="big", b="big", c="big", d="tiny")
    result = tally(vote, workshop.state, [a_ballot(one, {WATER: 1}) for one in people], KEY)
    assert result.groups == ()  # big alone would leave tiny by subtraction


def test_the_ballot_of_somebody_who_has_left_since_counts() -> None:
    workshop, vote = a_vote()
    people = with_people(workshop, a="big", b="big", c="big")
    cast = [a_ballot(one, {WATER: 1}) for one in [*people, ANNA, BORIS]]
    for person in (ANNA, BORIS):
        workshop.do({"type": "remove_person", "person": person}, OLGA)
    result = tally(vote, workshop.state, cast, KEY)
    assert (result.ballots, result.voters, result.totals[WATER]) == (5, 5, 5)


def test_turnout_is_told_in_steps_of_five() -> None:
    assert [in_steps(count) for count in (0, 4, 5, 9, 10)] == [0, 0, 5, 5, 10]


def test_a_tally_is_the_same_whoever_came_first() -> None:
    workshop, vote = a_vote()
    cast = [a_ballot(ANNA, {WATER: 1}), a_ballot(BORIS, {BUSES: 1}), a_ballot(VERA, {PARKS: 1})]
    first = tally(vote, workshop.state, cast, KEY)
    assert isinstance(first, TallyVote)
    assert tally(vote, workshop.state, cast[::-1], KEY) == first
