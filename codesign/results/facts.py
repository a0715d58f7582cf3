"""What a board that opens from its method's data shows: its records as they are read, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from codesign.core.computed.reading import read_record
from codesign.core.declared_boards import between, place_of, records_of
from codesign.core.kinds import FieldType, Kind, kind_in
from codesign.core.stream import Item, Readable
from codesign.i18n import Words
from codesign.results import field_words
from codesign.results.actors import merged, shown

if TYPE_CHECKING:
    from codesign.core.method import Method

Record = Mapping[str, Any]
#: What a board comes to: each a title, its sentences, and the ids of the records that are meant, where there are.
Said = Iterable[tuple[str, tuple[str, ...]] | tuple[str, tuple[str, ...], tuple[str, ...]]]


def read_method(told: Mapping[str, Any]) -> Method:
    """A method as a job was told it. Its model is built where one is told, and not in every worker."""
    from codesign.core.method import Method

    return Method.model_validate(told)


@dataclass
class Facts:
    method: Method
    board: Readable
    register: Readable
    words: Words
    #: As 2026-11-22.
    today: str = ""
    #: The closed side, where the reader leads: read for what is filled, and never told.
    closed: Readable | None = None
    _read: dict[str, list[Record]] = field(default_factory=dict)

    @cached_property
    def shown(self) -> list[Item]:
        """What the board places, as it came."""
        return shown(self.board, self.register)

    def of(self, kind: str) -> list[Record]:
        """Those the board shows; what joins two is shown where both are."""
        if kind not in self._read:
            known = self.kind(kind)
            items = self._joined(kind) if known and between(known) else self.shown
            self._read[kind] = [self.read(one) for one in items if one["kind"] == kind]
        return self._read[kind]

    def all(self, kind: str) -> list[Record]:
        """Those of the whole programme."""
        found = [one for one in self.register.of_kind(kind) if "merged" not in one]
        found.sort(key=lambda one: (one.get("at", 0), one["id"]))
        return [self.read(one) for one in found]

    def kind(self, name: str) -> Kind | None:
        return kind_in(name, {**self.register.fields, **self.method.declares()})

    def read(self, record: Item) -> Record:
        kind = self.kind(str(record["kind"])) or Kind(str(record["kind"]), ())
        kept = (self.closed.get(str(record["id"])) if self.closed else None) or {}
        own = self._lines.get(str(record["id"]), ())
        found = read_record({**kept, **record}, kind, own, self._found)
        return {**found, "region": self.stands(record)}

    def place(self, record: Record) -> str:
        return str(record.get("region") or "")

    def name(self, id: str | None) -> str:
        """What a record is called."""
        record = self.register.get(merged(self.register, id)) if id else None
        return self.title(record) if record else ""

    def title(self, record: Item) -> str:
        kind = self.kind(str(record["kind"]))
        if kind is None:
            return ""
        first = kind.fields[0]
        value = record.get(first.name)
        if first.type == "ref" and value is not None:
            return self.name(str(value))
        if first.type == "enum" and value is not None:
            return self.option(first, str(value))
        return "" if value is None else str(value)

    def names(self, ids: Any) -> tuple[str, ...]:
        return tuple(filter(None, map(self.name, ids)))

    def option(self, of: FieldType, code: str) -> str:
        """What a choice is called; regions have the titles that the method gives them."""
        title = self.titles.get(code) if set(of.options) <= self.titles.keys() else None
        return title or field_words.option_word(of, code, self.words)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Of regions and rows, by their codes."""
        return {one.id: one.title for one in self.method.places}

    @cached_property
    def regions(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.method.regions)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        return records_of(self.method)

    @cached_property
    def _lines(self) -> dict[str, list[Item]]:
        """By the record they are of: looking through all for each takes long where there are thousands."""
        found: dict[str, list[Item]] = {}
        for line in self.register.of_kind("line"):
            found.setdefault(str(line["of"]), []).append(line)
        return found

    def _found(self, id: str) -> str | None:
        found = merged(self.register, id)
        return found if self.register.get(found) is not None else None

    def stands(self, record: Item) -> str:
        """The region it says itself, or that of its kind."""
        kind = str(record["kind"])
        if field := place_of(self.method, kind):
            return str(record.get(field) or "")
        return next((one.id for one in self.method.regions if one.kind == kind), "")

    def _joined(self, kind: str) -> list[Item]:
        here = {one["id"] for one in self.shown}
        found = (one for one in self.register.of_kind(kind) if "merged" not in one)
        ends = ("from", "to")
        return [one for one in found if all(self._found(str(one.get(end))) in here for end in ends)]


def named(facts: Facts, title: str, ids: Iterable[str]) -> Said:
    """Records by their names, below a title."""
    ids = tuple(ids)
    yield title, facts.names(ids), ids
