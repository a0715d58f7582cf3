"""Reads the folders of methods and says, with file and line, what is wrong in them.

A folder holds method.toml and guide.en.md, and may hold method.<language>.toml and guide.<language>.md. A host can add
a folder of their own; a method there wins over one of the house with the same id.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from codesign.core.method import Method
from codesign.core.method_words import MethodWords
from codesign.settings import Settings
from codesign.transliteration import to_latin

HOUSE = Path(__file__).parent / "methods"
#: One file of a method. A prompt of megabytes is a mistake.
MOST_BYTES = 64 * 1024
ENGLISH = "en"
#: Serbian is written once and read in both scripts.
CYRILLIC, LATIN = "sr-Cyrl", "sr-Latn"
Read = TypeVar("Read", bound=BaseModel)
_TAG = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?"
_WORDS = re.compile(rf"method\.({_TAG})\.toml")
_GUIDE = re.compile(rf"guide\.({_TAG})\.md")


@dataclass(frozen=True)
class Fault:
    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class _Faulty(Exception):
    """A file cannot be used; its faults are noted."""


@dataclass
class Catalog:
    methods: dict[str, Method] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: By method and language: where its guide is, and its words.
    guides: dict[str, dict[str, Path]] = field(default_factory=dict)
    words: dict[str, dict[str, MethodWords]] = field(default_factory=dict)
    _folders: dict[str, Path] = field(default_factory=dict)

    def guide(self, method: str, languages: Iterable[str]) -> tuple[str, str] | None:
        """The language and the words of the first guide there is in these languages, else in English."""
        there = self.guides.get(method, {})
        for tag in (*languages, ENGLISH):
            if tag in there:
                return tag, there[tag].read_text("utf-8")
            if tag == LATIN and CYRILLIC in there:
                return tag, to_latin(there[CYRILLIC].read_text("utf-8"))
        return None

    def told(self, method: str, languages: Iterable[str]) -> tuple[str, Method]:
        """The first of these languages that the method is told in, and the method in it; else English."""
        there = self.words.get(method, {})
        found = next((one for one in (*languages, ENGLISH) if one in there or one == ENGLISH), "")
        ours = self.methods[method]
        return found, there[found].put_on(ours) if found in there else ours


def folders(settings: Settings) -> tuple[Path, ...]:
    """The house's own, and what the host has added."""
    return (HOUSE, settings.methods) if settings.methods else (HOUSE,)


class Shelf:
    """The catalogue as it stands on disk: read again when somebody has changed a file of the host's own folder."""

    def __init__(self, settings: Settings) -> None:
        self._folders = folders(settings)
        self._known: tuple[object, Catalog] | None = None

    def catalog(self) -> Catalog:
        """Reads files: beside the event loop."""
        now = self._signs()
        if self._known is None or self._known[0] != now:
            self._known = (now, read(*self._folders))
        return self._known[1]

    def _signs(self) -> list[tuple[str, int]]:
        signs = []
        for file in (file for folder in self._folders[1:] for file in folder.glob("*/*")):
            with suppress(OSError):  # gone since it was listed
                signs.append((str(file), file.stat().st_mtime_ns))
        return sorted(signs)


def read(*folders: Path) -> Catalog:
    """All methods of these folders, later ones over earlier ones; one with a fault is left out and named."""
    catalog = Catalog()
    for folder in folders:
        for file in sorted(folder.glob("*/method.toml")):
            try:
                _read_method(file, catalog)
            except _Faulty:
                continue
        catalog.faults += _empty_folders(folder)
    _check_names(catalog)
    return catalog


def _read_method(file: Path, catalog: Catalog) -> None:
    folder = file.parent
    method = _read_file(file, Method, catalog, {"id": folder.name})
    if method.id != folder.name:
        said = f"id: the folder is called {folder.name}"
        catalog.faults.append(Fault(file, _line_at(file.read_text("utf-8"), ("id",)), said))
        raise _Faulty
    guides, words = {}, {}
    for one in sorted(folder.iterdir()):
        if match := _GUIDE.fullmatch(one.name):
            guides[match[1]] = one
            catalog.faults += _faults_of_guide(one)
        elif match := _WORDS.fullmatch(one.name):
            try:
                words[match[1]] = _read_words(one, method, catalog)
            except _Faulty:
                continue
    if CYRILLIC in words and LATIN not in words:
        words[LATIN] = words[CYRILLIC].respelled(to_latin)
    if ENGLISH not in guides:
        said = "a guide in English is missing"
        catalog.faults.append(Fault(folder / "guide.en.md", 1, said))
    catalog.methods[method.id] = method
    catalog.guides[method.id], catalog.words[method.id] = guides, words
    catalog._folders[method.id] = folder


def _read_words(file: Path, method: Method, catalog: Catalog) -> MethodWords:
    words = _read_file(file, MethodWords, catalog, {})
    if said := words.misfit(method):
        text = file.read_text("utf-8")
        catalog.faults.append(Fault(file, _line_at(text, (said.split(":")[0],)), said))
        raise _Faulty
    return words


def _read_file(file: Path, model: type[Read], catalog: Catalog, given: Mapping[str, Any]) -> Read:
    if said := _too_big(file):
        catalog.faults.append(Fault(file, 1, said))
        raise _Faulty
    text = file.read_text("utf-8", errors="replace")
    try:
        return model.model_validate({**given, **tomllib.loads(text)})
    except tomllib.TOMLDecodeError as error:
        catalog.faults.append(Fault(file, _line_of(error), str(error)))
    except ValidationError as error:
        catalog.faults += [_fault(file, text, one) for one in error.errors(include_url=False)]
    raise _Faulty


def _faults_of_guide(file: Path) -> list[Fault]:
    if said := _too_big(file):
        return [Fault(file, 1, said)]
    if not file.read_text("utf-8", errors="replace").startswith("# "):
        return [Fault(file, 1, "a guide begins with its title: # Title")]
    return []


def _too_big(file: Path) -> str:
    size = file.stat().st_size
    return f"{size} bytes; {MOST_BYTES} at most" if size > MOST_BYTES else ""


def _empty_folders(folder: Path) -> list[Fault]:
    """Folders with a guide and without a method: somebody meant to add one."""
    guides = sorted(folder.glob("*/guide.en.md"))
    alone = [one.parent for one in guides if not (one.parent / "method.toml").exists()]
    return [Fault(one / "method.toml", 1, "is missing") for one in alone]


def _check_names(catalog: Catalog) -> None:
    """What a method computes and leads on to has to be there."""
    from codesign.core.computed.table import COMPUTED
    from codesign.core.outputs import LEADS_TO

    for id, method in catalog.methods.items():
        wrong = [
            *(("computed", name) for name in method.computed if name not in COMPUTED),
            *(("feeds", n) for n in method.feeds if n not in catalog.methods and n not in LEADS_TO),
        ]
        found = [(key, f"there is no {name}") for key, name in wrong]
        if id in method.feeds and id not in LEADS_TO:
            found.append(("feeds", "it leads on to itself"))
        file = catalog._folders[id] / "method.toml"
        for key, said in found:
            line = _line_at(file.read_text("utf-8"), (key,))
            catalog.faults.append(Fault(file, line, f"{key}: {said}"))


def _fault(file: Path, text: str, error: Any) -> Fault:
    loc = error["loc"]
    where = ".".join(str(part) for part in loc)
    said = error["msg"].removeprefix("Value error, ")
    if error["type"] == "missing":
        said = "is missing"
    elif error["type"] == "extra_forbidden":
        said = "nobody knows this key"
    # A fault of the whole begins with the key it is about.
    line = _line_at(text, loc or (said.split(":")[0],))
    return Fault(file, line, f"{where}: {said}" if where else said)


def _line_at(text: str, loc: Sequence[int | str]) -> int:
    """The line that sets the key or opens its table, and of a list the entry meant; 1 where it is not there."""
    lines = text.splitlines()
    key, entry = loc[0], next((part for part in loc[1:] if isinstance(part, int)), 0)
    tables = [at for at, line in enumerate(lines, 1) if line.strip() == f"[[{key}]]"]
    if tables:
        return tables[min(entry, len(tables) - 1)]
    for at, line in enumerate(lines, 1):
        bare = line.strip().strip("[]").strip()
        if bare == key or bare.split("=")[0].split(".")[0].strip() == key:
            # A list with one entry on each line.
            return at + 1 + entry if line.rstrip().endswith("[") and len(loc) > 1 else at
    return 1


def _line_of(error: tomllib.TOMLDecodeError) -> int:
    words = str(error).replace(",", " ").replace(")", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else 1
