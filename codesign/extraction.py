"""Collects what is to be translated, from the Python, the templates and the browser's modules, for translators.

Only development needs this, and Babel with it: `python -m codesign.i18n extract` writes codesign.pot,
`python -m codesign.i18n update [language]` takes what is new into every catalogue, or begins one.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

Message = str | tuple[str, ...]
#: (file, line), the sentence or (one, many), comments for translators, context.
Sentence = tuple[tuple[str, int], Message, list[str], str | None]

HEAD = "# The sentences of Codesign: `python -m codesign.i18n extract` collects them."
_PYTHON: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
_BROWSER: dict[str, Any] = {"t": None, "tn": (1, 2), "N_": None}
#: folder, which files, how they are read, what marks a sentence
_SOURCES: Iterable[tuple[str, str, str, dict[str, Any]]] = (
    ("codesign", "**.py", "python", _PYTHON),
    ("templates", "**.html", "jinja2.ext:babel_extract", _PYTHON),
    ("static/js", "**.js", "codesign.extraction:javascript", _BROWSER),
)
_NEW = """\
msgid ""
msgstr ""
"Project-Id-Version: codesign\\n"
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {rule}\\n"

"""
_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_CALL = re.compile(rf"(?<![\w.$])(tn?|N_)\(\s*({_TEXT})(?:\s*,\s*({_TEXT}))?")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def collect(root: Path) -> Catalog:
    """Every sentence of a checkout, with the files it stands in."""
    return catalog_of(sentences(root))


def catalog_of(found: Iterable[Sentence]) -> Catalog:
    from babel.messages.catalog import Catalog

    catalog = Catalog(project="codesign", header_comment=HEAD, charset="utf-8", fuzzy=False)
    # A date would be a change in every collection.
    catalog.creation_date = datetime(2026, 11, 22, tzinfo=UTC)
    for place, message, comments, context in found:
        catalog.add(message, None, [place], auto_comments=comments, context=context)
    return catalog


def sentences(root: Path) -> Iterator[Sentence]:
    """Each one as it is met."""
    from babel.messages.extract import extract_from_dir

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
            yield (f"{folder}/{name}", line), message, comments, context


def write(root: Path) -> int:
    """Write codesign/locale/codesign.pot; returns how many sentences there are."""
    from babel.messages.pofile import write_po

    catalog = collect(root)
    with (root / "codesign/locale/codesign.pot").open("wb") as file:
        # Without lines: a sentence that moved would show up as a change in every catalogue.
        write_po(file, catalog, sort_by_file=True, include_lineno=False, width=100)
    return len(catalog)


def begin(root: Path, tag: str) -> Path:
    """A catalogue for one more language, empty, with the plural rule that Babel knows; one that is there stays."""
    from babel.messages.plurals import get_plural

    name = tag.replace("-", "_")
    file = root / "codesign/locale" / name / "codesign.po"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_NEW.format(tag=name, rule=get_plural(name)), encoding="utf-8")
    return file


def update(file: Path, template: Catalog) -> int:
    """Take new sentences into a catalogue and drop those that are gone; returns how many wait for words."""
    from babel.messages.pofile import read_po, write_po

    with file.open("rb") as source:
        catalog = read_po(source, abort_invalid=True)
    # The comments and the header are the translators' own.
    head, _, _ = file.read_text("utf-8").partition("\n\n")
    catalog.update(template, no_fuzzy_matching=True)
    body = io.BytesIO()
    write_po(
        body,
        catalog,
        omit_header=True,
        ignore_obsolete=True,
        sort_by_file=True,
        include_lineno=False,
        width=100,
    )
    file.write_text(f"{head}\n\n{body.getvalue().decode('utf-8')}", encoding="utf-8")
    return sum(not is_said(message.string) for message in catalog if message.id)


def is_said(text: str | Sequence[str] | None) -> bool:
    """Is a translation there, and of a plural every form?"""
    return bool(text) and all([text] if isinstance(text, str) else text or ())


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
