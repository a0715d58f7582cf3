"""The grid of power and interest on the actors of Kutaisi (methods.md 6.1), and the other quadrants."""

from __future__ import annotations

import pytest

from codesign.core.computed.grids import (
    effect_ranks,
    has_voice_gap,
    impact_effort,
    is_borderline,
    position,
    power_interest,
    salience,
)

KUTAISI = {
    "city transport unit": (85, 70, "manage_closely"),
    "city council": (45, 90, "keep_satisfied"),
    "minibus operators": (90, 60, "manage_closely"),
    "municipal cleaning company": (80, 40, "keep_informed"),
    "residents without a car": (75, 20, "keep_informed"),
    "student eco club": (70, 25, "keep_informed"),
    "national roads agency": (20, 65, "keep_satisfied"),
    "tourism firms": (40, 30, "monitor"),
}


@pytest.mark.parametrize("name", KUTAISI)
def test_the_actors_of_kutaisi_stand_where_the_method_says(name: str) -> None:
    interest, power, quadrant = KUTAISI[name]
    assert power_interest(interest, power) == quadrant


def test_only_the_council_of_kutaisi_is_borderline() -> None:
    assert [name for name, (x, y, _) in KUTAISI.items() if is_borderline(x, y)] == ["city council"]


def test_people_much_affected_with_little_power_lack_a_voice() -> None:
    assert has_voice_gap({"affected": 3, "power": 20})
    assert not has_voice_gap({"affected": 3, "power": 50})
    assert not has_voice_gap({"affected": 1, "power": 20})
    assert not has_voice_gap({"affected": 3})  # nobody has said how much power


def test_several_peoples_places_are_one_median_and_what_lies_between_them() -> None:
    together = position([(10, 80), (20, 70), (60, 75)])
    assert together is not None
    assert (together.x, together.y, together.spread_x, together.spread_y) == (20, 75, 50, 10)
    assert together.should_be_discussed
    assert position([]) is None


def test_a_difference_of_a_quarter_is_no_disagreement_yet() -> None:
    together = position([(25, 50), (50, 50)])
    assert together is not None
    assert not together.should_be_discussed


def test_impact_and_effort_make_four_kinds_of_measures() -> None:
    corners = [(20, 80), (80, 80), (20, 20), (80, 20), (50, 50)]
    assert [impact_effort(x, y) for x, y in corners] == [
        *("quick_wins", "big_projects", "fill_ins", "think_again", "big_projects"),
    ]


def test_salience_names_each_of_the_eight() -> None:
    assert salience(True, True, True) == ("definitive", "definitive")
    assert salience(True, False, True) == ("forceful", "expectant")
    assert salience(False, True, False) == ("discretionary", "latent")
    assert salience(False, False, False) == ("outside", None)


def test_most_effect_for_the_effort_is_first_and_what_costs_none_costs_one() -> None:
    places = {"cheap": (0, 20), "dear": (80, 40), "same": (40, 20)}
    assert effect_ranks(places) == {"cheap": 1, "dear": 2, "same": 2}
