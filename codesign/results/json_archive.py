"""A board as an open JSON file, and back.

What equal means: an archive holds the board's state. Taken into the workshop it came from, the new board's state
has the same `state_hash` as the old one: same item ids, authors, times, reactions, files. Taken into another workshop,
people and files unknown there get new ids, their notes the paper that their city has there, the board's `workshop` is
the new one, and all else is equal: `Renaming` is the whole difference. What went before that state (history, undo, ids
once dropped) is not in it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fractional_indexing import generate_n_keys_between

from codesign.core import limits
from codesign.core.clean import Unclean, clean_line, clean_name
from codesign.core.hashing import state_hash
from codesign.core.items import COLOURS, COMMENTED_KINDS, JOINABLE_KINDS, LAYOUTS
from codesign.core.record_boards import method_of
from codesign.core.stream import Item, Readable, State, new_id
from codesign.core.translations import TRANSLATOR
from codesign.core.whole import LANGUAGE, about, check_about, check_fields, check_item, lasting
from codesign.results.images import make_clean
from codesign.results.worker import Work, WorkError

FORMAT, VERSION = "codesign-board", 1
#: What may be pointed at, by the field that does so.
POINTED: Mapping[str, frozenset[str]] = {
    "region": frozenset({"region"}),
    "cluster": frozenset({"cluster"}),
    "within": frozenset({"note"}),
    "about": COMMENTED_KINDS,
    "from": JOINABLE_KINDS,
    "to": JOINABLE_KINDS,
}
FILES_MOST, UNPACKED_BYTES = 2_000, 200 * 1024 * 1024


# Out


def write(board: Readable, workshop: Readable, values: Mapping[str, Any]) -> bytes:
    """The archive. `values` as export.run has them."""
    people = _people_on(board, workshop)
    home = {person["city"] for person in people if "city" in person}
    cities = [city for city in workshop.of_kind("city") if city["id"] in home]
    state = State(lasting(board.fields), {item["id"]: item for item in board.all()})
    # The workshop's other pictures stay where they are: they are on other boards, or on none any more.
    shown = {image["file"] for image in board.of_kind("image")}
    archive = {
        "format": FORMAT,
        "version": VERSION,
        "made": values["day"],
        "title": values["title"],
        "state_hash": state_hash(state),
        "board": {"id": values["board"], "fields": state.fields, "items": list(board.all())},
        "workshop": {
            "id": values["workshop"],
            "title": workshop.fields.get("title", ""),
            "cities": [_only(city, "id", "name", "colour", "order") for city in cities],
            "people": [_only(one, "id", "name", "suffix", "city", "lang") for one in people],
        },
        "files": {
            name: {"media_type": kind, "data": base64.b64encode(Path(path).read_bytes()).decode()}
            for name, (path, kind) in values["files"].items()
            if name in shown and Path(path).is_file()
        },
    }
    return json.dumps(archive, ensure_ascii=False, indent=1).encode()


def _people_on(board: Readable, workshop: Readable) -> list[Item]:
    """Who wrote, translated or reacted here. Nobody else's name goes along."""
    ids = {person for item in board.all() for person in _people_of(item)}
    people = (workshop.get(person) for person in sorted(ids))
    return [person for person in people if person is not None and person["kind"] == "person"]


def _people_of(item: Item) -> Iterator[str]:
    yield from (item[key] for key in ("by", "entered") if key in item)
    yield from (key.split("/")[2] for key in item if key.startswith("reaction/"))
    yield from (key.split("/")[1] for key in item if key.startswith("mention/"))
    yield from (item[key] for key in item if key.startswith(TRANSLATOR))


def _only(item: Item, *fields: str) -> dict[str, Any]:
    return {name: item[name] for name in fields if name in item}


# In


@dataclass(frozen=True, slots=True)
class Renaming:
    """Which ids of people and files become which; what is not named stays.

    `papers`: by a person's old id, the paper their city had and the one it has here. A paper chosen by hand stays.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def item(self, item: Item) -> Item:
        new = {self._key(key): value for key, value in item.items()}
        before, here = self.papers.get(str(item.get("by")), ("", ""))
        if before and new.get("colour") == before:
            new["colour"] = here
        for key in new:
            if key in ("by", "entered", "holder", "sheet_of") or key.startswith(TRANSLATOR):
                new[key] = self.people.get(new[key], new[key])
        if "file" in new:
            new["file"] = self.files.get(new["file"], new["file"])
        return new

    def _key(self, key: str) -> str:
        if not key.startswith(("reaction/", "mention/")):
            return key
        head, _, person = key.rpartition("/")
        return f"{head}/{self.people.get(person, person)}"


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """The job of an import: an archive in; what to ask of the board and the workshop out.

    In: `board` (its new id), `workshop`, and what is known there: `people`, `files`, `cities` (name to id), `papers`
    (city to colour), and the last city's `order`. Out: `title`, `layout`, `question`, `people` to join, `cities` to
    add, `files` (id, size and kind of each), and the `state_hash` to be reached. Parts: the files, then ops that fill
    the board.
    """
    try:
        return _Import(_loaded(parts[0]), values).work()
    except Unclean as error:
        raise WorkError(error.code, "archive") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise WorkError("bad_op", "archive") from None


def _loaded(data: bytes) -> dict[str, Any]:
    archive = json.loads(data, parse_constant=_no_constant)
    if archive["format"] != FORMAT or archive["version"] != VERSION:
        raise ValueError("format")
    return dict(archive)


def _no_constant(word: str) -> None:
    raise ValueError(word)


class _Import:
    def __init__(self, archive: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        self.archive = archive
        self.values = values
        board = archive["board"]
        self.items = [check_item(item) for item in board["items"]]
        if len(self.items) > limits.ITEMS_PER_BOARD:
            raise WorkError("limit", "items")
        self.fields = _fields(board["fields"], values["workshop"])
        self.cities = {city["id"]: city for city in archive["workshop"]["cities"]}
        self.people = {person["id"]: person for person in archive["workshop"]["people"]}

    def work(self) -> Work:
        added, city_ids = self._cities()
        renaming = Renaming(
            {person: self._new(person) for person in self._strangers()},
            {name: self._new(name) for name in self._unknown_files()},
            self._papers(added, city_ids),
        )
        items = [renaming.item(item) for item in self.items]
        names, clean = self._files(renaming)
        state = State(self.fields, {item["id"]: item for item in items})
        if len(state) != len(items):
            raise ValueError("id")
        _check_pointers(state)
        values = {
            "title": clean_line(self.archive["title"]),
            "layout": self.fields["layout"],
            "question": clean_line(self.fields["question"]),
            "method": self.fields.get("method"),
            "about": about(self.fields),
            "cities": added,
            "people": [self._joining(old, new, city_ids) for old, new in renaming.people.items()],
            "files": names,
            "state_hash": state_hash(state),
        }
        return Work(values, [*clean, *_fillings(self.fields, items)])

    def _new(self, old: str) -> str:
        """An id that only this import gives: asked again after a break, it gives the same."""
        return new_id(hashlib.sha256(f"{self.values['board']}/{old}".encode()).digest()[:16])

    def _strangers(self) -> Collection[str]:
        known = set(self.values["people"])
        return {person for item in self.items for person in _people_of(item)} - known

    def _unknown_files(self) -> Collection[str]:
        used = {item["file"] for item in self.items if item["kind"] == "image"}
        return used - set(self.values["files"])

    def _files(self, renaming: Renaming) -> tuple[list[dict[str, Any]], list[bytes]]:
        """The pictures made anew: what comes out of a file is as strange as an upload."""
        names, clean, total = list[dict[str, Any]](), list[bytes](), 0
        given = self.archive["files"]
        if len(given) > FILES_MOST:
            raise WorkError("limit", "files")
        for old, new in renaming.files.items():
            if old not in given:
                continue
            picture, width, height = make_clean(_decoded(given[old]["data"]))
            total += len(picture)
            if total > UNPACKED_BYTES:
                raise WorkError("limit", "unpacked")
            kind = {"media_type": "image/webp", "width": width, "height": height}
            names.append({"id": new, **kind})
            clean.append(picture)
        return names, clean

    def _cities(self) -> tuple[list[dict[str, Any]], dict[str, str]]:
        """Cities to add, and every city's id here. One with the same name is the same."""
        here = dict(self.values["cities"])
        missing = [c for c in self.cities.values() if clean_name(c["name"]).casefold() not in here]
        orders = generate_n_keys_between(self.values["order"], None, len(missing))
        papers = _papers_for(missing, self.values["papers"].values())
        added = []
        for city, order in zip(missing, orders, strict=True):
            name, new = clean_name(city["name"]), self._new(city["id"])
            here[name.casefold()] = new
            added.append({"id": new, "name": name, "colour": papers[city["id"]], "order": order})
        ids = {old: here[clean_name(city["name"]).casefold()] for old, city in self.cities.items()}
        return added, ids

    def _papers(
        self, added: Sequence[Mapping[str, str]], city_ids: Mapping[str, str]
    ) -> dict[str, tuple[str, str]]:
        """What the paper of each stranger's city was and is: a paper says the author's city, or none."""
        here = {**self.values["papers"], **{city["id"]: city["colour"] for city in added}}
        homes = {one: self.people.get(one, {}).get("city") for one in self._strangers()}
        return {
            one: (self.cities[city]["colour"], here[city_ids[city]])
            for one, city in homes.items()
            if city in city_ids
        }

    def _joining(self, old: str, new: str, cities: Mapping[str, str]) -> dict[str, Any]:
        person = self.people.get(old, {"name": "?"})
        joining = {"person": new, "name": clean_name(person["name"])}
        if person.get("city") in cities:
            joining["city"] = cities[person["city"]]
        if isinstance(person.get("lang"), str) and LANGUAGE.fullmatch(person["lang"]):
            joining["lang"] = person["lang"]
        return joining


def _papers_for(cities: Sequence[Mapping[str, str]], taken: Iterable[str]) -> dict[str, str]:
    """A city keeps its paper, unless that means another city here: then it gets one that means none."""
    papers, used = dict[str, str](), set(taken)
    for city in cities:
        if city["colour"] not in COLOURS:
            raise ValueError("colour")
        if city["colour"] not in used:
            papers[city["id"]] = city["colour"]
            used.add(city["colour"])
    free = [paper for paper in COLOURS if paper not in used]
    for city in cities:
        if city["id"] not in papers:
            papers[city["id"]] = free.pop(0) if free else city["colour"]
    return papers


def _check_pointers(state: State) -> None:
    """Nothing may stand in a region or group that is not there, or hang on it: nobody would see it."""
    for item in state.all():
        for pointer, kinds in POINTED.items():
            if pointer in item and state.items.get(item[pointer], {}).get("kind") not in kinds:
                raise ValueError(pointer)


#: Of a board, and not among the words that fill it.
SET_UP = ("layout", "workshop", "method")


def _fields(fields: Mapping[str, Any], workshop: str) -> dict[str, Any]:
    if fields["layout"] not in LAYOUTS:
        raise ValueError("layout")
    more = check_about(about(fields))
    given = {key: fields[key] for key in fields if key not in (*SET_UP, *more)}
    method = {"method": fields["method"]} if "method" in fields else {}
    if method and method_of(fields) not in ("", fields["method"]):
        raise ValueError("method")
    made = {"layout": fields["layout"], "workshop": workshop, **method, **more}
    return {"question": "", **made, **check_fields(given)}


def _fillings(fields: Mapping[str, Any], items: Sequence[Item]) -> Iterator[bytes]:
    set_up = (*SET_UP, *about(fields))
    words = {key: value for key, value in fields.items() if key not in set_up}
    yield json.dumps({"type": "fill_board", "fields": words, "items": []}).encode()
    for at in range(0, len(items), limits.OPS_PER_BATCH):
        some = items[at : at + limits.OPS_PER_BATCH]
        yield json.dumps({"type": "fill_board", "items": some}).encode()


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error:
        raise ValueError("data") from None
