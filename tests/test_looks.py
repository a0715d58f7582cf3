"""What is drawn has a look: a class that no style sheet knows leaves a button as the browser makes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STYLES = "\n".join(path.read_text("utf-8") for path in (ROOT / "static/css").rglob("*.css"))
KNOWN = set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", STYLES))
#: What is put in while drawing is no name; a name that goes on in it is not whole.
_FILLED = re.compile(r"[\w-]*(?:\$\{[^}]*\}|\{\{.*?\}\}|\{%.*?%\})[\w-]*")


def marked() -> Iterator[tuple[str, str]]:
    """Each tag with a class, and which file it is in."""
    scripts = (p for p in (ROOT / "static/js").rglob("*.js"))
    for path in [*scripts, *(ROOT / "templates").rglob("*.html")]:
        for tag in re.finditer(r'<\w[^<]*?class="[^"]*"', path.read_text("utf-8")):
            yield path.name, tag[0]


def classes(tag: str) -> list[str]:
    (found,) = re.findall(r'class="([^"]*)"$', tag)
    return [name for name in _FILLED.sub(" ", found).split() if re.fullmatch(r"[\w-]+", name)]


def test_every_look_that_is_named_has_a_rule() -> None:
    unknown = {
        (file, name)
        for file, tag in marked()
        for name in classes(tag)
        if "--" in name and name not in KNOWN
    }
    assert unknown == set()


def test_every_row_of_a_menu_looks_like_one() -> None:
    rows = [(file, set(classes(tag))) for file, tag in marked() if 'role="menuitem"' in tag]
    assert len(rows) > 5
    assert [file for file, names in rows if not names & {"menu__item", "tool", "paper"}] == []
