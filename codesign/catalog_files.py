"""Reading the text files of methods and playbooks, and saying with file and line what is wrong in one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

#: One file. A prompt of megabytes is a mistake.
MOST_BYTES = 64 * 1024
TAG = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?"
GUIDE = re.compile(rf"guide\.({TAG})\.md")
Read = TypeVar("Read", bound=BaseModel)


@dataclass(frozen=True)
class Fault:
    file: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class Faulty(Exception):
    """A file cannot be used; its faults are noted."""


def read_file(file: Path, model: type[Read], faults: list[Fault], given: Mapping[str, Any]) -> Read:
    if said := _too_big(file):
        faults.append(Fault(file, 1, said))
        raise Faulty
    text = file.read_text("utf-8", errors="replace")
    try:
        return model.model_validate({**given, **tomllib.loads(text)})
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file, _line_of(error), str(error)))
    except ValidationError as error:
        faults += [_fault(file, text, one) for one in error.errors(include_url=False)]
    raise Faulty


def read_guides(folder: Path, faults: list[Fault]) -> dict[str, Path]:
    """The guides of a folder by language; one in English has to be there."""
    guides = {}
    for one in sorted(folder.iterdir()):
        if match := GUIDE.fullmatch(one.name):
            guides[match[1]] = one
            faults += faults_of_guide(one)
    if "en" not in guides:
        faults.append(Fault(folder / "guide.en.md", 1, "a guide in English is missing"))
    return guides


def faults_of_guide(file: Path) -> list[Fault]:
    if said := _too_big(file):
        return [Fault(file, 1, said)]
    if not file.read_text("utf-8", errors="replace").startswith("# "):
        return [Fault(file, 1, "a guide begins with its title: # Title")]
    return []


def missing_files(folder: Path, name: str) -> list[Fault]:
    """Folders with a guide and without the file it belongs to: somebody meant to add one."""
    guides = sorted(folder.glob("*/guide.en.md"))
    alone = [one.parent for one in guides if not (one.parent / name).exists()]
    return [Fault(one / name, 1, "is missing") for one in alone]


def fault_at(file: Path, loc: Sequence[int | str], said: str) -> Fault:
    return Fault(file, line_at(file.read_text("utf-8"), loc), said)


def line_at(text: str, loc: Sequence[int | str]) -> int:
    """The line that sets the key or opens its table, and of a list the entry meant; 1 where it is not there.

    `loc` as pydantic has it: ("workshops", 1, "steps", 0, "minutes") looks in the first `[[workshops.steps]]` of the
    second `[[workshops]]`.
    """
    lines = text.splitlines()
    start, rest, path = 0, tuple(loc), ""
    while len(rest) > 1 and isinstance(rest[1], int):
        head = f"[[{path}{rest[0]}]]"
        heads = [at for at in range(start, len(lines)) if lines[at].strip() == head]
        if not heads:
            break
        start, path = heads[min(rest[1], len(heads) - 1)], f"{path}{rest[0]}."
        rest = rest[2:]
    following = (at for at in range(start + 1, len(lines)) if path and lines[at].startswith("[["))
    end = next(following, len(lines))
    return start + (_line_in(lines[start:end], rest) if rest else 1)


def _line_in(lines: Sequence[str], loc: Sequence[int | str]) -> int:
    key, entry = loc[0], next((part for part in loc[1:] if isinstance(part, int)), 0)
    for at, line in enumerate(lines, 1):
        bare = line.strip().strip("[]").strip()
        if bare == key or bare.split("=")[0].split(".")[0].strip() == key:
            # A list with one entry on each line.
            return at + 1 + entry if line.rstrip().endswith("[") and len(loc) > 1 else at
    return 1


def _too_big(file: Path) -> str:
    size = file.stat().st_size
    return f"{size} bytes; {MOST_BYTES} at most" if size > MOST_BYTES else ""


def _fault(file: Path, text: str, error: Any) -> Fault:
    loc = error["loc"]
    where = ".".join(str(part) for part in loc)
    said = error["msg"].removeprefix("Value error, ")
    if error["type"] == "missing":
        said = "is missing"
    elif error["type"] == "extra_forbidden":
        said = "nobody knows this key"
    # A fault of the whole begins with the key it is about.
    line = line_at(text, loc or (said.split(":")[0],))
    return Fault(file, line, f"{where}: {said}" if where else said)


def _line_of(error: tomllib.TOMLDecodeError) -> int:
    words = str(error).replace(",", " ").replace(")", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else 1
