"""Who is in the room, what cities tell each other, cards counted, sheets passed on: cases worked by hand."""

from __future__ import annotations

from codesign.core.computed import cards, passing, questions, rooms, sharing

PEOPLE = [
    {"id": "e", "city": "Vushtrri", "languages": ["sq", "en"], "device": "phone"},
    {"id": "n", "city": "Kutaisi", "languages": ["ka"], "device": "computer"},
    {"id": "m", "city": "Kutaisi", "languages": ["ka", "en"], "device": "phone"},
    {"id": "x"},
]


def test_who_is_here_by_city_and_language() -> None:
    cities, languages = rooms.present(PEOPLE)
    assert cities == {"Kutaisi": 2, "Vushtrri": 1}
    assert languages == {"en": 2, "ka": 2, "sq": 1}


def test_many_phones_propose_the_list_and_nobodys_word_is_guessed() -> None:
    share, proposed = rooms.phone_share(PEOPLE) or (0, False)
    assert (round(share, 2), proposed) == (0.67, True)
    assert rooms.phone_share([{"device": "computer"}, {"device": "computer"}]) == (0.0, False)
    assert rooms.phone_share([{"id": "x"}]) is None


def test_people_are_silent_only_after_ten_minutes() -> None:
    wrote = [{"author": "e"}]
    assert rooms.silent(PEOPLE, wrote, 9) == []
    assert rooms.silent(PEOPLE, wrote, 10) == ["n", "m", "x"]


def test_themes_are_ranked_by_cities_and_then_by_votes() -> None:
    themes = [
        {"id": "bins", "city": "A", "cities": ["A", "B", "B"]},
        {"id": "posts", "city": "C"},
        {"id": "papers", "city": "A", "cities": ["C", "A"]},
        {"id": "lights", "city": "B"},
    ]
    assert sharing.cities_per_theme(themes)["bins"] == ["A", "B"]
    ranks = sharing.theme_ranks(themes, {"bins": 2, "papers": 5, "lights": 9})
    assert ranks == {"papers": 1, "bins": 2, "lights": 3, "posts": 4}
    assert sharing.theme_ranks(themes[1:2] + themes[3:], {}) == {"posts": 1, "lights": 1}


def test_results_without_a_source_are_counted_as_such() -> None:
    results = [{"indicator": "coverage", "source": "audit"}, {"indicator": "dumps", "source": " "}]
    assert sharing.sourced_results({"results": results}) == (1, 2)
    assert sharing.sourced_results({}) == (0, 0)


def test_similar_practices_share_a_theme_however_it_is_written() -> None:
    practice = {"id": "1", "theme": "Waste"}
    others = [practice, {"id": "2", "theme": "waste "}, {"id": "3", "theme": "Water"}, {"id": "4"}]
    assert sharing.similar(practice, others) == ["2"]
    assert sharing.similar({"id": "5"}, others) == []


def test_the_owner_of_a_case_writes_in_the_first_and_the_last_phase_only() -> None:
    phases = ("case", "questions", "see", "suggestions", "take")
    assert [sharing.may_write(one, "owner", "owner") for one in phases] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert [sharing.may_write(one, "peer", "owner") for one in phases] == [
        False,
        True,
        True,
        True,
        False,
    ]


def exchange(id: str, region: str, theme: str, city: str, *languages: str) -> dict[str, object]:
    return {"id": id, "region": region, "theme": theme, "city": city, "languages": languages}


def test_an_offer_meets_a_need_of_another_city_that_speaks_its_language() -> None:
    found = sharing.pairs(
        [
            exchange("o", "offer", "waste", "Vushtrri", "sq", "en"),
            exchange("n", "need", "Waste", "Kutaisi", "ka", "en"),
            exchange("same city", "need", "waste", "Vushtrri", "en"),
            exchange("no language", "need", "waste", "Niš", "sr"),
            exchange("other theme", "need", "water", "Kutaisi", "en"),
        ]
    )
    assert found == [("o", "n")]


def test_cards_are_counted_by_group_and_language_and_by_round() -> None:
    written = [
        {"id": "1", "group": "A", "lang": "ka", "region": "bus", "round": 1},
        {"id": "2", "group": "A", "lang": "ka", "region": "bus", "round": 2},
        {"id": "3", "group": "B", "lang": "sq", "region": "bus", "round": 2},
    ]
    assert cards.by_group_and_language(written) == {("A", "ka"): 2, ("B", "sq"): 1}
    assert cards.by_round(written) == {("bus", "1"): 1, ("bus", "2"): 2}
    assert cards.counts([{"id": "x"}], "group") == {("",): 1}


def test_a_card_is_untranslated_while_one_language_is_missing() -> None:
    written = [
        {"id": "1", "lang": "ka", "translations": {"en": "Bins"}},
        {"id": "2", "lang": "en"},
        {"id": "3", "lang": "sq", "translations": {"ka": "…", "en": "…"}},
    ]
    assert cards.untranslated(written, ["ka", "en"]) == ["2"]


def test_clusters_say_how_many_groups_and_cities_stand_behind_them() -> None:
    written = [
        {"id": "1", "cluster": "c", "group": "A", "city": "Kutaisi"},
        {"id": "2", "cluster": "c", "group": "B", "city": "Kutaisi"},
        {"id": "3"},
    ]
    assert cards.clusters(written) == {"c": cards.Cluster(2, 2, 1)}
    assert cards.lone(written) == ["3"]


def test_stars_and_links_between_topics() -> None:
    written = [
        {"id": "1", "region": "bus", "marks": ["star"]},
        {"id": "2", "region": "waste", "marks": ["question"]},
        {"id": "3", "region": "bus"},
    ]
    links = [{"from": a, "to": b} for a, b in (("1", "2"), ("2", "3"), ("1", "3"), ("1", "gone"))]
    assert cards.starred(written) == ["1"]
    assert cards.links_between(written, links) == {("bus", "waste"): 2}


def test_an_idea_knows_everyone_it_was_made_of() -> None:
    written = [
        *({"id": id} for id in "abc"),
        {"id": "pair", "origins": ["a", "b"]},
        {"id": "four", "origins": ["pair", "c", "a"]},
        {"id": "round", "origins": ["round", "c"]},
    ]
    assert cards.lineage(written, "four") == ["c", "a", "b"]
    assert cards.lineage(written, "a") == []
    assert cards.lineage(written, "round") == ["c"]


def test_a_petal_below_four_is_thin() -> None:
    written = [{"id": str(at), "region": "p1"} for at in range(4)] + [{"id": "x", "region": "p2"}]
    assert cards.petals(written, ["p1", "p2", "p3"]) == ({"p1": 4, "p2": 1, "p3": 0}, ["p2", "p3"])


def test_frames_are_filled_by_a_drawing_or_by_words() -> None:
    frames = [
        {"author": "e", "sketch": "file"},
        {"author": "e", "name": "Bell"},
        {"author": "e", "name": " "},
        {"author": "n"},
    ]
    assert passing.frames_filled(frames) == {"e": 2, "n": 0}
    assert passing.without_choice(["e", "n"], {"e": "2"}) == ["n"]


def test_six_people_and_six_rounds_are_108_cells_and_a_sheet_skips_who_left() -> None:
    assert passing.expected_cells(6, 6) == 108
    assert passing.next_hand(["a", "b", "c"], "a", ()) == "b"
    assert passing.next_hand(["a", "b", "c"], "c", ()) == "a"
    assert passing.next_hand(["a", "b", "c"], "a", {"b"}) == "c"
    assert passing.next_hand(["a", "b"], "a", {"b"}) is None


def test_questions_that_hold_their_answer_are_listed() -> None:
    asked = [{"id": "1", "contains_a_solution": True}, {"id": "2"}]
    assert questions.with_solution(asked) == ["1"]
