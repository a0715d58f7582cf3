"""Reads the folders of playbooks: playbook.toml and guide.<language>.md in each. catalog.py reads the methods first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from codesign.catalog_files import (
    Fault,
    Faulty,
    fault_at,
    missing_files,
    read_file,
    read_guides,
)
from codesign.core.method import Method
from codesign.core.playbook import Playbook
from codesign.core.playbook_faults import faults_of

FILE = "playbook.toml"


@dataclass
class Playbooks:
    playbooks: dict[str, Playbook] = field(default_factory=dict)
    #: By playbook and language.
    guides: dict[str, dict[str, Path]] = field(default_factory=dict)

    def guide(self, playbook: str, languages: Iterable[str]) -> tuple[str, str] | None:
        """The language and the words of the first guide there is in these languages, else in English."""
        there = self.guides.get(playbook, {})
        tag = next((one for one in (*languages, "en") if one in there), None)
        return None if tag is None else (tag, there[tag].read_text("utf-8"))


def read_playbooks(
    folders: Iterable[Path], methods: Mapping[str, Method], faults: list[Fault]
) -> Playbooks:
    """Later folders win over earlier ones; one with a fault is left out and named."""
    found = Playbooks()
    for folder in folders:
        for file in sorted(folder.glob(f"*/{FILE}")):
            with suppress(Faulty):
                _read_playbook(file, methods, found, faults)
        faults += missing_files(folder, FILE)
    return found


def _read_playbook(
    file: Path, methods: Mapping[str, Method], found: Playbooks, faults: list[Fault]
) -> None:
    id = file.parent.name
    playbook = read_file(file, Playbook, faults, {"id": id})
    wrong = [
        fault_at(file, loc, f"{_where(loc)}: {said}") for loc, said in faults_of(playbook, methods)
    ]
    if playbook.id != id:
        wrong.append(fault_at(file, ("id",), f"id: the folder is called {id}"))
    if wrong:
        faults += sorted(wrong, key=lambda one: one.line)
        raise Faulty
    found.guides[id] = read_guides(file.parent, faults)
    found.playbooks[id] = playbook


def _where(loc: Iterable[int | str]) -> str:
    return ".".join(map(str, loc))
