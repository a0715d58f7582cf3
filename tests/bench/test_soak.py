"""What is said of an hour of comings and goings."""

from __future__ import annotations

from bench.soak import Look, told


def test_the_last_quarter_is_held_against_the_first() -> None:
    looks = [Look(at, 100.0 + at / 10, 20 + at // 50, 0) for at in range(1, 401)]
    figures = {one.what: one for one in told(looks, 60)}
    assert round(figures["memory after quarter 1"].value, 1) == 109.6
    assert round(figures["memory grew by"].value) == 27
    assert figures["memory grew by"].is_met is False
    assert figures["more open files"].value == 6
    assert figures["refused or cut off"].is_met


def test_one_look_is_all_quarters() -> None:
    assert {one.value for one in told([Look(3.0, 90.0, 12, 0)], 0.1)} == {90.0, 0.0}
