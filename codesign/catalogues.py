"""Compiles `codesign/locale/<lang>/codesign.po` into one hashed JSON file per language in static/dist/i18n.

There is one compiled form and no .mo: browsers load these files and the server reads the very same ones, so a text
cannot differ between the two. A file maps msgid to its translation, or to the list of its plural forms; a message
with a context is under `context + "\\u0004" + msgid`, as gettext has it; `""` holds `{"plural": Plural-Forms}`.
What is not translated, or marked fuzzy, is left out, and readers fall back to the msgid.

Serbian in Latin script is not a translation but the Cyrillic one respelled; a sr-Latn/codesign.po wins if there is one.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from codesign.transliteration import to_latin

Text = str | list[str]
Catalogue = dict[str, Text | dict[str, str]]

# made language -> the language it is respelled from
RESPELLED = {"sr-Latn": "sr-Cyrl"}


class CatalogueError(Exception):
    """A catalogue cannot be compiled; the message names the file and the fault."""


def compile_all(locale: Path, out: Path) -> dict[str, str]:
    """Write every language's JSON below `out`; returns manifest entries, `i18n/<lang>` to the file's hashed path."""
    files = sorted(locale.glob("*/codesign.po"))
    # Folders are called as gettext calls them, sr_Cyrl; everything else says sr-Cyrl.
    read = {file.parent.name.replace("_", "-"): read_catalogue(file) for file in files}
    for made, source in RESPELLED.items():
        if source in read and made not in read:
            read[made] = respell(read[source])
    return {f"i18n/{lang}": _write(catalogue, lang, out) for lang, catalogue in read.items()}


def read_catalogue(path: Path) -> Catalogue:
    # Imported late: only a build needs Babel, while everything that imports assets.py comes past here.
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            po = read_po(file, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: {error}") from error
    # Babel puts a rule of its own where the header has none; two guesses about plurals are one too many.
    if "Plural-Forms:" not in path.read_text("utf-8"):
        raise CatalogueError(f"{path}: the header has no Plural-Forms")
    catalogue: Catalogue = {"": {"plural": po.plural_forms}}
    for message in po:
        if message.id and not message.fuzzy and (text := _translation(message, po.num_plurals)):
            catalogue[_key(message)] = text
    return catalogue


def respell(catalogue: Catalogue) -> Catalogue:
    """The same catalogue in Latin script. Keys stay: they are what the code asks for."""

    def latin(text: Text | dict[str, str]) -> Text | dict[str, str]:
        match text:
            case str():
                return to_latin(text)
            case list():
                return [to_latin(form) for form in text]
            case _:
                return text

    return {key: latin(text) for key, text in catalogue.items()}


def _key(message: Any) -> str:
    msgid: str = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}\x04{msgid}" if message.context else msgid


def _translation(message: Any, plurals: int) -> Text | None:
    """The translation, or None while it is missing or, of a plural, not yet complete."""
    if isinstance(message.string, str):
        return message.string or None
    forms = list(message.string)
    return forms if len(forms) == plurals and all(forms) else None


def _write(catalogue: Catalogue, lang: str, out: Path) -> str:
    content = json.dumps(
        catalogue, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()
    name = f"i18n/{lang}-{hashlib.sha256(content).hexdigest()[:10]}.json"
    target = out / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(content)
    return name
