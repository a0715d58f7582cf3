"""Reads the folders of methods and says, with file and line, what is wrong in them.

A folder holds method.toml, guide.<language>.md and may hold thumbnail.svg. A host can add a folder of their own; a
method there wins over one of the house with the same id.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from codesign.core.method import Method

HOUSE = Path(__file__).parent / "methods"
#: One file of a method. A prompt of megabytes is a mistake.
MOST_BYTES = 64 * 1024


@dataclass(frozen=True)
class Fault:
    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass
class Catalog:
    methods: dict[str, Method] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: By method and language: where its guide is.
    guides: dict[str, dict[str, Path]] = field(default_factory=dict)

    def guide(self, method: str, languages: Iterable[str]) -> tuple[str, str] | None:
        """The language and the words of the first guide there is in these languages, else in English."""
        there = self.guides.get(method, {})
        found = next((one for one in (*languages, "en") if one in there), None)
        return (found, there[found].read_text("utf-8")) if found else None


def read(*folders: Path) -> Catalog:
    """All methods of these folders, later ones over earlier ones; one with a fault is left out and named."""
    catalog = Catalog()
    for folder in folders:
        for file in sorted(folder.glob("*/method.toml")):
            _read_method(file, catalog)
    _check_feeds(catalog, folders)
    return catalog


def _read_method(file: Path, catalog: Catalog) -> None:
    if (size := file.stat().st_size) > MOST_BYTES:
        catalog.faults.append(Fault(file, 1, f"{size} bytes; {MOST_BYTES} at most"))
        return
    text = file.read_text("utf-8", errors="replace")
    try:
        method = Method.model_validate({"id": file.parent.name, **tomllib.loads(text)})
    except tomllib.TOMLDecodeError as error:
        catalog.faults.append(Fault(file, _line_of(error), str(error)))
        return
    except ValidationError as error:
        catalog.faults += [_fault(file, text, one) for one in error.errors(include_url=False)]
        return
    if method.id != file.parent.name:
        line = _line_with(text, "id")
        catalog.faults.append(Fault(file, line, f"id: the folder is called {file.parent.name}"))
        return
    guides = {one.name.split(".")[1]: one for one in file.parent.glob("guide.*.md")}
    if "en" not in guides:
        catalog.faults.append(
            Fault(file.parent / "guide.en.md", 1, "a guide in English is missing")
        )
    catalog.methods[method.id] = method
    catalog.guides[method.id] = guides


def _check_feeds(catalog: Catalog, folders: tuple[Path, ...]) -> None:
    from codesign.core.outputs import LEADS_TO

    for method in catalog.methods.values():
        for name in method.feeds:
            if name not in catalog.methods and name not in LEADS_TO:
                file = next(
                    one
                    for folder in reversed(folders)
                    if (one := folder / method.id / "method.toml").exists()
                )
                line = _line_with(file.read_text("utf-8"), "feeds")
                catalog.faults.append(Fault(file, line, f"feeds: there is no {name}"))


def _fault(file: Path, text: str, error: Any) -> Fault:
    where = ".".join(str(part) for part in error["loc"])
    said = (
        "is missing" if error["type"] == "missing" else error["msg"].removeprefix("Value error, ")
    )
    # A fault of the whole begins with the key it is about.
    key = str(error["loc"][0]) if error["loc"] else said.split(":")[0]
    return Fault(file, _line_with(text, key), f"{where}: {said}" if where else said)


def _line_with(text: str, key: str) -> int:
    """The first line that sets the key or opens its table; 1 where it is not there."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().strip("[]").strip()
        if bare == key or bare.split("=")[0].split(".")[0].strip() == key:
            return number
    return 1


def _line_of(error: tomllib.TOMLDecodeError) -> int:
    words = str(error).replace(",", " ").replace(")", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else 1
