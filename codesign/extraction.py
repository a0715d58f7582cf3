"""Collects what is to be translated, from the Python, the templates and the browser's modules, into one .pot file.

Only development needs this, and Babel with it: `python -m codesign.i18n extract`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

HEAD = "# The sentences of Codesign: `python -m codesign.i18n extract` collects them."
_PYTHON: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
_BROWSER: dict[str, Any] = {"t": None, "tn": (1, 2), "N_": None}
#: folder, which files, how they are read, what marks a sentence
_SOURCES: Iterable[tuple[str, str, str, dict[str, Any]]] = (
    ("codesign", "**.py", "python", _PYTHON),
    ("templates", "**.html", "jinja2.ext:babel_extract", _PYTHON),
    ("static/js", "**.js", "codesign.extraction:javascript", _BROWSER),
)
_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_CALL = re.compile(rf"(?<![\w.$])(tn?|N_)\(\s*({_TEXT})(?:\s*,\s*({_TEXT}))?")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def collect(root: Path) -> Catalog:
    """Every sentence of a checkout, with the files it stands in."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir

    catalog = Catalog(project="codesign", header_comment=HEAD, charset="utf-8", fuzzy=False)
    # A date would be a change in every collection.
    catalog.creation_date = datetime(2026, 11, 22, tzinfo=UTC)
    for folder, files, method, keywords in _SOURCES:
        found = extract_from_dir(
            root / folder,
            method_map=[(files, method)],
            keywords=keywords,
            comment_tags=("Translators:",),
            options_map={"**": {"encoding": "utf-8"}},
            strip_comment_tags=True,
        )
        for name, line, message, comments, context in found:
            # Without the line: a sentence that moved would show up as a change in every catalogue.
            catalog.add(
                message, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context
            )
    return catalog


def write(root: Path) -> int:
    """Write codesign/locale/codesign.pot; returns how many sentences there are."""
    from babel.messages.pofile import write_po

    catalog = collect(root)
    with (root / "codesign/locale/codesign.pot").open("wb") as file:
        write_po(
            file, catalog, omit_header=False, sort_by_file=True, include_lineno=False, width=100
        )
    return len(catalog)


def javascript(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """The sentences of a module. Babel's own reader loses those inside nested template literals, and most are there."""
    text = file.read().decode("utf-8")
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for call in _CALL.finditer(text):
        name, one = call[1], json.loads(call[2])
        line = text.count("\n", 0, call.start()) + 1
        yield line, name, (one, json.loads(call[3])) if name == "tn" else one, []
