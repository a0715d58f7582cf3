"""docs/first-change.md is followed to the letter in a copy, as far as Python goes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_BEFORE = r"(?i:before) `([^`]+)`[^`]*\n```\w*\n(.*?)```"
#: What the page says in words: the name stands in these lists, and is sorted in.
LISTS = {
    "codesign/core/ops/__init__.py": [("    DeleteItem,\n", ""), ('    "DeleteItem",\n', '"')],
    "codesign/core/rules/items.py": [("    DeleteItem,\n", "")],
}


@pytest.mark.long
def test_the_first_change_holds_when_it_is_followed_to_the_letter(tmp_path: Path) -> None:
    for name in ("codesign", "tests", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    text = (tmp_path / "docs/first-change.md").read_text("utf-8")
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        follow(section, tmp_path)
    for name, places in LISTS.items():
        assert f"`{name}`" in text, name
        for place, quote in places:
            put(tmp_path / name, place, f"    {quote}TickNote{quote},\n")
    tests = ["tests/core/test_tick_note.py", "tests/core/test_permissions.py"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *tests]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]


def follow(section: str, root: Path) -> None:
    """One section of the page: its file is named in its heading."""
    head, _, body = section.partition("\n")
    named = re.search(r"`((?:codesign|tests)/[\w/]+\.py)`", head)
    if not named:
        return
    file = root / named[1]
    if "a new file" in head:
        [words] = re.findall(r"```python\n(.*?)```", body, flags=re.S)
        file.write_text(words, "utf-8")
    elif line := re.search(r"among the fields of `(.+?)`:\n```python\n(.*?)```", body, flags=re.S):
        place = f"    {line[1]}\n"
        put(file, place, place + line[2], instead=True)
    for place, words in re.findall(_BEFORE, body, flags=re.S):
        blank = "\n\n" if words.startswith(("class ", "def ")) else ""
        put(file, place, words + blank)
    if line := re.search(r"a line `(.+?)` before `(.+?)`", body):
        put(file, line[2], f"    {line[1]}\n")


def put(file: Path, place: str, words: str, *, instead: bool = False) -> None:
    text = file.read_text("utf-8")
    assert place in text, (file.name, place)
    file.write_text(text.replace(place, words if instead else words + place, 1), "utf-8")
