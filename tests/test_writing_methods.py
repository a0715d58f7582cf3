"""docs/writing-methods.md, followed word by word in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from codesign.catalog import HOUSE, read
from codesign.core.kinds import TYPES
from codesign.core.method import Layout, Method, Purpose
from tests.hosts import check

PAGE = (Path(__file__).parent.parent / "docs/writing-methods.md").read_text("utf-8")
METHOD, WORDS = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
(GUIDE,) = re.findall(r"```markdown\n(.*?)```", PAGE, re.S)
NO_GUIDE, WELL, SPIRAL = re.findall(r"```text\n(.*?)\n```", PAGE, re.S)


@pytest.fixture
def folder(empty_folder: Path) -> Path:
    """The folder that the page says, made."""
    made = empty_folder / "data" / "methods" / "walk-and-talk"
    made.mkdir(parents=True)
    return made


def test_the_page_leads_to_a_method_that_the_library_has(folder: Path) -> None:
    (folder / "method.toml").write_text(METHOD, "utf-8")
    first = check("--methods")
    assert (first.exit_code, first.stderr.strip()) == (1, f"{folder.parent}/{NO_GUIDE}")
    (folder / "guide.en.md").write_text(GUIDE, "utf-8")
    second = check("--methods")
    assert (second.exit_code, second.output.strip()) == (0, WELL)
    (folder / "method.sq.toml").write_text(WORDS, "utf-8")
    assert check("--methods").output.strip() == WELL
    catalog = read(HOUSE, folder.parent)
    assert catalog.told("walk-and-talk", ["sq"])[1].title == "Ec dhe fol"
    assert catalog.methods["walk-and-talk"].purpose == "ideas"


def test_a_fault_is_told_as_the_page_says_and_the_others_stay(folder: Path) -> None:
    (folder / "method.toml").write_text(METHOD.replace('"zones"', '"spiral"', 1), "utf-8")
    (folder / "guide.en.md").write_text(GUIDE, "utf-8")
    assert check("--methods").stderr.strip() == f"{folder.parent}/{SPIRAL}"
    assert len(read(HOUSE, folder.parent).methods) == 49


def test_the_folder_can_be_another_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "method.toml").write_text(METHOD, "utf-8")
    (folder / "guide.en.md").write_text(GUIDE, "utf-8")
    monkeypatch.setenv("CODESIGN_METHODS", str(tmp_path / "elsewhere"))
    assert check("--methods").output.strip() == WELL.replace("50", "49")
    folder.parent.rename(tmp_path / "elsewhere")
    assert check("--methods").output.strip() == WELL


def test_check_names_faults_of_methods_beside_those_of_the_database(folder: Path) -> None:
    (folder / "method.toml").write_text("title = 3\n", "utf-8")
    found = check()
    assert found.exit_code == 1
    assert "method.toml:1: title: Input should be a valid string" in found.stderr


def test_the_page_names_every_key_every_type_every_layout_and_every_purpose() -> None:
    keys = re.findall(r"^\| (`.*?) \|", PAGE, re.M)
    named = {word for key in keys for word in re.findall(r"`(\w+)", key)}
    assert Method.model_fields.keys() - {"id"} | TYPES <= named
    for word in (*get_args(Layout), *get_args(Purpose)):
        assert f"`{word}`" in PAGE
