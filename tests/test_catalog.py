"""The catalogue of methods: what is wrong is named with its file and line, and the rest goes on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from codesign.catalog import HOUSE, Catalog, read
from codesign.core.computed.table import COMPUTED

COMPUTED_TESTS = Path(__file__).parent / "core/computed"

GOOD = """\
title = "Open board"
purpose = "ideas"
aim = "Collect in any shape."
when = "Anywhere."
minutes = [5, 30]
people = [1, 300]
layout = "free"
kinds = ["note"]
prompts = ["One thought per card."]
"""


def a_method(folder: Path, text: str, name: str = "notes", guide: str = "# Open board\n") -> Path:
    (folder / name).mkdir()
    (folder / name / "method.toml").write_text(text, "utf-8")
    (folder / name / "guide.en.md").write_text(guide, "utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    return [f"{one.file.name}:{one.line}: {one.what}" for one in read(folder).faults]


def test_a_method_is_read_with_its_guide(tmp_path: Path) -> None:
    catalog = read(a_method(tmp_path, GOOD))
    assert catalog.faults == []
    assert catalog.methods["notes"].title == "Open board"
    assert catalog.guide("notes", ["ka"]) == ("en", "# Open board\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('layout = "free"', 'layout = "spiral"'), "method.toml:7: layout: Input should be 'free'"),
        (('title = "Open board"\n', ""), "method.toml:1: title: is missing"),
        (('kinds = ["note"]', 'kinds = ["sheep"]'), "method.toml:8: kinds: nobody knows sheep"),
        (
            ("minutes = [5, 30]", "minutes = [30, 5]"),
            "method.toml:5: minutes: minutes: the least first",
        ),
        (('"free"', '"grid2"'), "method.toml:1: a grid2 needs an x and a y"),
        (('title = "', 'title = "x" "'), "method.toml:1: Expected newline"),
        (
            ('when = "Anywhere."', 'when = "Anywhere."\ncolour = "red"'),
            "method.toml:5: colour: nobody knows this key",
        ),
        (
            ("prompts = [", 'feeds = ["nowhere"]\nprompts = ['),
            "method.toml:9: feeds: there is no nowhere",
        ),
        (
            ("prompts = [", 'feeds = ["notes"]\nprompts = ['),
            "method.toml:9: feeds: it leads on to itself",
        ),
        (
            ("prompts = [", 'computed = ["magic"]\nprompts = ['),
            "method.toml:9: computed: there is no magic",
        ),
        (
            ("prompts = [", 'fields = ["effort int"]\nprompts = ['),
            "method.toml:9: fields: not a field: 'effort int'",
        ),
        (
            ("prompts = [", 'own = [\n  { name = "a", fields = ["b: ref(c)"] },\n]\nprompts = ['),
            "method.toml:9: own: a points at c, which nobody knows",
        ),
        (
            (
                "prompts = [",
                'regions = [\n  { id = "a", title = "A" },\n  { id = "b" },\n]\nprompts = [',
            ),
            "method.toml:11: regions.1.title: is missing",
        ),
        (
            ("prompts = [", 'labels = { weight = ["low"] }\nprompts = ['),
            "method.toml:9: labels: there is no scale weight",
        ),
        (
            (
                "prompts = [",
                'regions = [{ id = "a", title = "A", weight = 90 }]\nprompts = [',
            ),
            "method.toml:9: regions: the weights add up to 90",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    (found,) = faults(a_method(tmp_path, GOOD.replace(*change)))
    assert found.startswith(said)


def test_kinds_that_need_each_other_can_never_be_made(tmp_path: Path) -> None:
    own = """own = [
  { name = "egg", fields = ["name: text!", "hen: ref(hen)!"] },
  { name = "hen", fields = ["name: text!", "egg: ref(egg)!"] },
  { name = "nest", fields = ["name: text!", "egg: ref(egg)!"] },
]
"""
    (found,) = faults(a_method(tmp_path, GOOD + own))
    assert found == "method.toml:10: own: egg and hen need each other, so neither can be the first"


def test_a_prompt_of_megabytes_is_named_and_not_read(tmp_path: Path) -> None:
    text = GOOD.replace("One thought per card.", "x" * 2_000_000)
    assert "bytes; 65536 at most" in faults(a_method(tmp_path, text))[0]


def test_a_method_without_a_guide_in_english_is_named(tmp_path: Path) -> None:
    a_method(tmp_path, GOOD)
    (tmp_path / "notes" / "guide.en.md").unlink()
    assert faults(tmp_path) == ["guide.en.md:1: a guide in English is missing"]


def test_one_bad_method_leaves_the_others_alone(tmp_path: Path) -> None:
    a_method(tmp_path, "title =", name="broken")
    catalog = read(a_method(tmp_path, GOOD))
    assert (list(catalog.methods), len(catalog.faults)) == (["notes"], 1)


def test_a_hosts_own_method_wins_over_the_one_of_the_house(tmp_path: Path) -> None:
    theirs = GOOD.replace("Open board", "Our board")
    (tmp_path / "house").mkdir()
    (tmp_path / "own").mkdir()
    catalog = read(a_method(tmp_path / "house", GOOD), a_method(tmp_path / "own", theirs))
    assert catalog.methods["notes"].title == "Our board"


GEORGIAN = """\
title = "ღია დაფა"
aim = "აზრების შეგროვება."
when = "ყველგან."
prompts = ["ბარათზე ერთი აზრი."]
"""


def test_a_method_is_told_in_a_language_it_has_and_else_in_english(tmp_path: Path) -> None:
    folder = a_method(tmp_path, GOOD)
    (folder / "notes" / "method.ka.toml").write_text(GEORGIAN, "utf-8")
    catalog = read(folder)
    assert catalog.faults == []
    tag, method = catalog.told("notes", ["ka"])
    assert (tag, method.title, method.layout) == ("ka", "ღია დაფა", "free")
    tag, method = catalog.told("notes", ["sq"])
    assert (tag, method.title) == ("en", "Open board")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('title = "ღია დაფა"\n', ""), "method.ka.toml:1: title: is missing"),
        (
            ('prompts = ["', 'prompts = ["a", "'),
            "method.ka.toml:4: prompts: the method has 1",
        ),
        (
            ('prompts = ["', 'regions = { a = "A" }\nprompts = ["'),
            "method.ka.toml:4: regions: the method has no a",
        ),
        (("when =", "layout = 'free'\nwhen ="), "method.ka.toml:3: layout: nobody knows this key"),
    ],
)
def test_a_translation_that_does_not_fit_is_named_and_the_method_stays(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    folder = a_method(tmp_path, GOOD)
    (folder / "notes" / "method.ka.toml").write_text(GEORGIAN.replace(*change), "utf-8")
    assert faults(folder)[0].startswith(said)
    assert list(read(folder).methods) == ["notes"]


def test_a_region_that_is_not_translated_is_named(tmp_path: Path) -> None:
    zones = GOOD.replace('"free"', '"zones"') + '[[regions]]\nid = "hopes"\ntitle = "Hopes"\n'
    folder = a_method(tmp_path, zones)
    (folder / "notes" / "method.ka.toml").write_text(GEORGIAN, "utf-8")
    assert faults(folder) == ["method.ka.toml:1: regions: hopes is missing"]


def test_a_guide_without_its_method_is_named(tmp_path: Path) -> None:
    a_method(tmp_path, GOOD)
    (tmp_path / "notes" / "method.toml").unlink()
    assert faults(tmp_path) == ["method.toml:1: is missing"]


# The methods of the house

METHODS = (
    *("checkin", "theme-call", "good-practice", "peer-consult", "offers-needs"),
    *(
        "notes",
        "hmw",
        "crazy8",
        "brainwriting",
        "one-two-four-all",
        "world-cafe",
        "affinity",
        "lotus",
        "idea-card",
    ),
    *("persona", "empathy", "journey", "test-plan"),
    *("actor-map", "power-interest", "salience", "onion", "net-map", "engagement-plan"),
    *(
        "system-map",
        "problem-tree",
        "swot",
        "challenges-opps",
        "framework-map",
        "place-map",
        "vision",
    ),
    *("dot-vote", "impact-effort", "moscow", "nuf", "criteria-matrix"),
    *("bmc", "social-bmc", "city-canvas", "financing-mix", "toc"),
    *(
        "action-plan",
        "investment-plan",
        "project-fiche",
        "intake-request",
        "portfolio",
        "task-force",
        "commitments",
        "feedback",
    ),
)


@cache
def house() -> Catalog:
    return read(HOUSE)


def test_the_house_has_these_49_methods_and_none_has_a_fault() -> None:
    catalog = house()
    assert [str(one) for one in catalog.faults] == []
    assert sorted(catalog.methods) == sorted(METHODS)
    assert len(METHODS) == 49


def test_everything_that_can_be_computed_is_asked_for_and_says_its_source() -> None:
    asked = {name for one in house().methods.values() for name in one.computed}
    assert asked == COMPUTED.keys()
    assert [name for name, one in COMPUTED.items() if not one.source] == []


def test_every_computed_function_has_a_test_that_calls_it() -> None:
    tests = "".join(file.read_text("utf-8") for file in COMPUTED_TESTS.glob("test_*.py"))
    called = {one.__name__ for entry in COMPUTED.values() for one in entry.functions}
    assert [name for name in sorted(called) if f"{name}(" not in tests] == []


#: What the demos are made with.
IN_DEMOS = (
    *("notes", "good-practice", "persona", "empathy", "system-map", "impact-effort"),
    *("actor-map", "power-interest", "salience", "onion", "net-map", "engagement-plan"),
    *("action-plan", "financing-mix", "project-fiche", "intake-request", "portfolio"),
)


@pytest.mark.parametrize("id", IN_DEMOS)
def test_the_methods_of_the_demos_are_told_in_every_language_of_the_interface(id: str) -> None:
    method, told = house().methods[id], house().words[id]
    assert set(told) == {"ka", "sq", "sr-Cyrl", "sr-Latn"}
    for words in told.values():
        assert len(words.samples) == len(method.samples)
        assert (words.x is None, words.y is None) == (method.x is None, method.y is None)
        assert words.labels.keys() == method.labels.keys()


@pytest.mark.parametrize("id", IN_DEMOS)
def test_their_guides_have_the_same_steps_and_minutes_in_every_language(id: str) -> None:
    guides = {tag: file.read_text("utf-8") for tag, file in house().guides[id].items()}
    assert set(guides) == {"en", "ka", "sq", "sr-Cyrl"}
    counted = {tuple(re.findall(r"^(\d)\.|\((\d+) ", one, re.M)) for one in guides.values()}
    assert len(counted) == 1
    assert {one.count("**") for one in guides.values()} == {guides["en"].count("**")}


@pytest.mark.parametrize("id", METHODS)
def test_a_guide_can_be_followed(id: str) -> None:
    found = house().guide(id, [])
    assert found is not None
    for part in ("**What comes out:**", "1. ", "**Watch out for:**", "**With several languages:**"):
        assert part in found[1]
    assert "minute" in found[1]
    assert 100 <= len(found[1].split()) <= 330


@pytest.mark.parametrize("id", METHODS)
def test_a_preview_has_samples_and_methods_name_no_network(id: str) -> None:
    catalog = house()
    assert catalog.methods[id].samples
    text = (HOUSE / id / "method.toml").read_text("utf-8") + str(catalog.guide(id, []))
    for name in ("Connective", "STATUS", "AFD", "UrbanA", "SEE City"):
        assert name not in text
