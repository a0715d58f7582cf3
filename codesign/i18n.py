"""Words in the reader's language: which languages there are, which one a reader gets, and how a sentence is filled.

The msgid is the English sentence, so English needs no catalogue. Catalogues are what catalogues.py compiled, the very
files that browsers load. `python -m codesign.i18n extract` collects the sentences: docs/languages.md.
"""

from __future__ import annotations

import gettext as plurals
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from codesign import paths

ENGLISH = "en"
#: Made from the msgids for tests: longer, accented, in brackets. Never offered.
PSEUDO = "en-XA"


@dataclass(frozen=True, slots=True)
class Language:
    """One the product speaks: its own name, a greeting, and the paper it is written on (design.md 13)."""

    tag: str
    name: str
    welcome: str
    paper: str


#: In the order the join page shows them.
LANGUAGES = (
    Language("sq", "Shqip", "Mirë se vini", "apricot"),
    Language("en", "English", "Welcome", "sun"),
    Language("ka", "ქართული", "მოგესალმებით", "rose"),
    Language("sr-Cyrl", "Српски", "Добро дошли", "sky"),
    Language("sr-Latn", "Srpski", "Dobro došli", "leaf"),
)
BY_TAG = {language.tag: language for language in LANGUAGES}
#: What browsers ask for, where our tag is another one.
_ALSO = {
    "sr": "sr-Cyrl",
    "sr-rs": "sr-Cyrl",
    "sr-me": "sr-Latn",
    "sr-ba": "sr-Latn",
    "sh": "sr-Latn",
}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Catalogue = Mapping[str, Any]


class Words:
    """The sentences of one language. Values go into `{placeholders}`, by name."""

    def __init__(self, tag: str, catalogue: Catalogue) -> None:
        self.tag = tag
        self._catalogue = catalogue
        header = str(catalogue.get("", {}).get("plural", ""))
        self._form = _plural_rule(header)

    def gettext(self, msgid: str, **values: object) -> str:
        return fill(self._text(msgid), values)

    def ngettext(self, one: str, many: str, n: int, **values: object) -> str:
        """The form for `n`, which is also the value of `{n}`."""
        return fill(self._plural(one, many, n), {"n": n, **values})

    def html(self, msgid: str, **values: object) -> Markup:
        """The sentence for a template: everything is escaped but values that are markup already."""
        return _fill_html(self._text(msgid), values)

    def html_plural(self, one: str, many: str, n: int, **values: object) -> Markup:
        return _fill_html(self._plural(one, many, n), {"n": n, **values})

    def _text(self, msgid: str) -> str:
        found = self._catalogue.get(msgid)
        return found if isinstance(found, str) else msgid

    def _plural(self, one: str, many: str, n: int) -> str:
        forms = self._catalogue.get(one)
        if isinstance(forms, list):
            return str(forms[min(self._form(n), len(forms) - 1)])
        return one if n == 1 else many


class Pseudo(Words):
    """English as a stranger sees it: 40 % longer, accented, in brackets. Shows what escaped the catalogue."""

    def __init__(self) -> None:
        super().__init__(PSEUDO, {})

    def _text(self, msgid: str) -> str:
        return pseudo(msgid)

    def _plural(self, one: str, many: str, n: int) -> str:
        return pseudo(one if n == 1 else many)


class Catalogues:
    """All languages, each read once, when somebody first asks for it."""

    def __init__(self) -> None:
        self._words: dict[str, Words] = {ENGLISH: Words(ENGLISH, {}), PSEUDO: Pseudo()}

    def words(self, tag: str) -> Words:
        """The words of a language we speak; English for any other."""
        if tag not in self._words:
            self._words[tag] = Words(tag, _compiled(tag)) if tag in BY_TAG else self._words[ENGLISH]
        return self._words[tag]


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogue where it is kept rather than shown."""
    return msgid


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values into placeholders. A brace that is no placeholder of ours is just a brace."""
    return _PLACEHOLDER.sub(lambda m: str(values[m[1]]) if m[1] in values else m[0], text)


def _fill_html(text: str, values: Mapping[str, object]) -> Markup:
    # Escaping leaves braces alone, so the placeholders are still there afterwards.
    safe = {name: escape(value) for name, value in values.items()}
    return Markup(fill(str(escape(text)), safe))  # noqa: S704  all of it is escaped


def asset_of(tag: str) -> str | None:
    """What the manifest calls the catalogue of a language; None for English, which needs none."""
    name = f"i18n/{tag}"
    return name if name in paths.manifest() else None


def choose(cookie: str | None, accept: str) -> str:
    """The reader's language: what they chose, else the first one we speak that their browser asks for."""
    if cookie in BY_TAG or cookie == PSEUDO:
        return str(cookie)
    for tag in accepted(accept):
        if found := speak(tag):
            return found
    return ENGLISH


def speak(tag: str) -> str | None:
    """Our tag for what a browser or a person calls a language; None when we do not speak it."""
    wanted = tag.lower()
    while wanted:
        if wanted in _ALSO:
            return _ALSO[wanted]
        for ours in BY_TAG:
            if ours.lower() == wanted:
                return ours
        wanted = wanted.rpartition("-")[0]
    return None


def accepted(header: str) -> list[str]:
    """The tags of an Accept-Language header, the most wanted first. Nonsense in it is passed over."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:1000].split(",")):
        tag, _, weight = part.strip().partition(";")
        quality = _quality(weight)
        if re.fullmatch(r"[A-Za-z0-9-]{1,35}", tag.strip()) and quality > 0:
            weighed.append((-quality, place, tag.strip()))
    return [tag for _, _, tag in sorted(weighed)]


def pseudo(text: str) -> str:
    """The msgid made strange; placeholders stay as they are."""
    parts = re.split(r"(\{\w+\})", text)
    strange = "".join(part if at % 2 else part.translate(_STRANGE) for at, part in enumerate(parts))
    return f"⟦{strange}{'·' * (len(text) * 2 // 5)}⟧"


_STRANGE = str.maketrans("AEIOUaeiouncsSC", "ÀÉÎÕÜàéîõüñçšŠÇ")


def _quality(weight: str) -> float:
    try:
        return float(weight.strip().removeprefix("q=")) if weight else 1.0
    except ValueError:
        return 0.0


def _compiled(tag: str) -> Catalogue:
    name = asset_of(tag)
    if name is None:
        return {}
    file = paths.built() / paths.manifest()[name]
    catalogue: Catalogue = json.loads(file.read_text("utf-8"))
    return catalogue


def _plural_rule(header: str) -> Callable[[int], int]:
    """The rule of a `Plural-Forms` header, as gettext itself reads it."""
    found = re.search(r"plural\s*=\s*(.+?);?\s*$", header)
    rule: Callable[[int], int] = plurals.c2py(found[1] if found else "n != 1")
    return rule


def main(said: list[str]) -> None:
    """`extract`, `update` or `update <language>`: what translators need of a checkout."""
    from codesign import extraction

    root = paths.templates().parent
    match said:
        case ["extract"]:
            print(f"{extraction.write(root)} sentences in codesign/locale/codesign.pot")
        case ["update", *tags] if len(tags) < 2:
            extraction.write(root)
            for tag in tags:
                extraction.begin(root, tag)
            template = extraction.collect(root)
            for file in sorted((root / "codesign/locale").glob("*/codesign.po")):
                print(f"{file.parent.name}: {extraction.update(file, template)} to translate")
        case _:
            raise SystemExit("usage: python -m codesign.i18n extract | update [language]")


if __name__ == "__main__":
    main(sys.argv[1:])
