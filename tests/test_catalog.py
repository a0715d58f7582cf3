"""The catalogue of methods: what is wrong is named with its file and line, and the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from codesign.catalog import HOUSE, read

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
            "method.toml:5: colour: Extra inputs",
        ),
        (
            ("prompts = [", 'feeds = ["nowhere"]\nprompts = ['),
            "method.toml:9: feeds: there is no nowhere",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    (found,) = faults(a_method(tmp_path, GOOD.replace(*change)))
    assert found.startswith(said)


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


def test_the_methods_of_the_house_can_all_be_read() -> None:
    assert [str(one) for one in read(HOUSE).faults if "feeds" not in one.what] == []
