"""docs/writing-playbooks.md, followed word by word in an empty folder."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from codesign.catalog import HOUSE, PLAYBOOKS, read
from codesign.core.carry import VERBS, Which
from codesign.core.playbook import Gathering, Mode, Playbook, Standing, Step
from tests.hosts import check

PAGE = (Path(__file__).parent.parent / "docs/writing-playbooks.md").read_text("utf-8")
(BOOK,) = re.findall(r"```toml\n(.*?)```", PAGE, re.S)
(GUIDE,) = re.findall(r"```markdown\n(.*?)```", PAGE, re.S)
WELL, WRONG = re.findall(r"```text\n(.*?)\n```", PAGE, re.S)


@pytest.fixture
def folder(empty_folder: Path) -> Path:
    """The folder that the page says, made."""
    made = empty_folder / "data" / "playbooks" / "street-week"
    made.mkdir(parents=True)
    (made / "guide.en.md").write_text(GUIDE, "utf-8")
    return made


def test_the_page_leads_to_a_playbook_that_the_library_has(folder: Path) -> None:
    assert check("--methods").stderr.strip() == f"{folder}/playbook.toml:1: is missing"
    (folder / "playbook.toml").write_text(BOOK, "utf-8")
    found = check("--methods")
    assert (found.exit_code, found.output.strip()) == (0, WELL)
    books = read(HOUSE, playbooks=(PLAYBOOKS, folder.parent)).books
    assert [one.id for one in books.playbooks["street-week"].workshops] == ["A", "B"]
    assert books.guide("street-week", ["ka"]) == ("en", GUIDE)


def test_faults_are_told_as_the_page_says_and_the_others_stay(folder: Path) -> None:
    text = BOOK.replace('minutes = 30\nmode = "plenary"', 'minutes = 40\nmode = "plenary"')
    text = text.replace("region(places)", "region(streets)")
    (folder / "playbook.toml").write_text(text, "utf-8")
    found = check("--methods")
    assert (found.exit_code, found.stderr.split("\n")[:-1]) == (
        1,
        [f"{folder.parent}/{line}" for line in WRONG.split("\n")],
    )
    assert len(read(HOUSE, playbooks=(PLAYBOOKS, folder.parent)).books.playbooks) == 5


def test_the_folder_can_be_another_one(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "playbook.toml").write_text(BOOK, "utf-8")
    monkeypatch.setenv("CODESIGN_PLAYBOOKS", str(tmp_path / "elsewhere"))
    assert check("--methods").output.strip() == WELL.replace("6", "5")
    folder.parent.rename(tmp_path / "elsewhere")
    assert check("--methods").output.strip() == WELL


def test_the_page_names_every_key_every_verb_every_filter_and_every_mode() -> None:
    keys = re.findall(r"^\| (`.*?) \|", PAGE, re.M)
    named = {word for key in keys for word in re.findall(r"`(\w+)", key)}
    for model in (Playbook, Gathering, Step):
        assert model.model_fields.keys() - {"id", "steps", "workshops"} <= named
    assert {*VERBS, *get_args(Which)} <= named
    for word in (*get_args(Mode), *get_args(Standing)):
        assert word in PAGE
