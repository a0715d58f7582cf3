"""Reads the folders of methods and playbooks and says, with file and line, what is wrong in them.

A folder holds method.toml and guide.en.md, and may hold method.<language>.toml and guide.<language>.md. A host can add
a folder of their own; a method there wins over one of the house with the same id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from codesign.catalog_files import (
    TAG,
    Fault,
    Faulty,
    fault_at,
    missing_files,
    read_file,
    read_guides,
)
from codesign.catalog_playbooks import Playbooks, read_playbooks
from codesign.core.method import Method
from codesign.core.method_words import MethodWords
from codesign.settings import Settings
from codesign.transliteration import to_latin

HOUSE = Path(__file__).parent / "methods"
PLAYBOOKS = Path(__file__).parent / "playbooks"
ENGLISH = "en"
#: Serbian is written once and read in both scripts.
CYRILLIC, LATIN = "sr-Cyrl", "sr-Latn"
_WORDS = re.compile(rf"method\.({TAG})\.toml")


@dataclass
class Catalog:
    methods: dict[str, Method] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: By method and language: where its guide is, and its words.
    guides: dict[str, dict[str, Path]] = field(default_factory=dict)
    words: dict[str, dict[str, MethodWords]] = field(default_factory=dict)
    books: Playbooks = field(default_factory=Playbooks)
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

    def titles(self, method: str) -> dict[str, str]:
        """What each title of its regions and rows stands for, in every language: boards keep those of their maker."""
        told = (self.methods[method], *(self.told(method, [tag])[1] for tag in self.words[method]))
        return {one.title.strip().casefold(): one.id for by in told for one in by.places}


def folders(settings: Settings) -> tuple[Path, ...]:
    """The house's own, and what the host has added."""
    return (HOUSE, settings.methods) if settings.methods else (HOUSE,)


def playbook_folders(settings: Settings) -> tuple[Path, ...]:
    return (PLAYBOOKS, settings.playbooks) if settings.playbooks else (PLAYBOOKS,)


def read_all(settings: Settings) -> Catalog:
    """Methods and playbooks, the house's and the host's."""
    return read(*folders(settings), playbooks=playbook_folders(settings))


class Shelf:
    """The catalogue as it stands on disk: read again when somebody has changed a file of the host's own folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folders = (*folders(settings)[1:], *playbook_folders(settings)[1:])
        self._known: tuple[object, Catalog] | None = None
        #: A hundred pages that come back after a start ask in as many threads: one reads, the others wait for it.
        self._reading = Lock()

    def catalog(self) -> Catalog:
        """Reads files: beside the event loop."""
        with self._reading:
            now = self._signs()
            if self._known is None or self._known[0] != now:
                self._known = (now, read_all(self._settings))
            return self._known[1]

    def _signs(self) -> list[tuple[str, int]]:
        signs = []
        for file in (file for folder in self._folders for file in folder.glob("*/*")):
            with suppress(OSError):  # gone since it was listed
                signs.append((str(file), file.stat().st_mtime_ns))
        return sorted(signs)


def read(*folders: Path, playbooks: Iterable[Path] = ()) -> Catalog:
    """All methods of these folders, later ones over earlier ones; one with a fault is left out and named.

    `playbooks` are folders of those, read with the methods there are.
    """
    catalog = Catalog()
    for folder in folders:
        for file in sorted(folder.glob("*/method.toml")):
            with suppress(Faulty):
                _read_method(file, catalog)
        catalog.faults += missing_files(folder, "method.toml")
    _check_names(catalog)
    catalog.books = read_playbooks(playbooks, catalog.methods, catalog.faults)
    return catalog


def _read_method(file: Path, catalog: Catalog) -> None:
    folder = file.parent
    method = read_file(file, Method, catalog.faults, {"id": folder.name})
    if method.id != folder.name:
        catalog.faults.append(fault_at(file, ("id",), f"id: the folder is called {folder.name}"))
        raise Faulty
    guides, words = read_guides(folder, catalog.faults), {}
    for one in sorted(folder.iterdir()):
        if match := _WORDS.fullmatch(one.name):
            with suppress(Faulty):
                words[match[1]] = _read_words(one, method, catalog)
    if CYRILLIC in words and LATIN not in words:
        words[LATIN] = words[CYRILLIC].respelled(to_latin)
    catalog.methods[method.id] = method
    catalog.guides[method.id], catalog.words[method.id] = guides, words
    catalog._folders[method.id] = folder


def _read_words(file: Path, method: Method, catalog: Catalog) -> MethodWords:
    words = read_file(file, MethodWords, catalog.faults, {})
    if said := words.misfit(method):
        catalog.faults.append(fault_at(file, (said.split(":")[0],), said))
        raise Faulty
    return words


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
            catalog.faults.append(fault_at(file, (key,), f"{key}: {said}"))
