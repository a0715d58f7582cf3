"""The lines of a programme's steps that say what goes on, and what each of their targets is here and now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from codesign.catalog import Catalog
from codesign.core.carry import Carry, Target, read_carry
from codesign.core.fillings import EVIDENCE, fields_meant
from codesign.core.kinds import KINDS, REGISTERED
from codesign.core.outputs import OUTPUTS
from codesign.core.playbook_faults import PARTS, called, way_back
from codesign.core.stream import Item, State
from codesign.i18n import N_, Words
from codesign.results import field_words
from codesign.web.access import Leads, Place, state_of
from codesign.web.house import house_of
from codesign.web.playbook_words import DOCUMENTS
from codesign.web.programmes import desk_of, standing, steps_of
from codesign.web.sessions import known_visitor

CLOSE = "CLOSE"
UNREADABLE = N_("Nobody can read this line: it was written by hand. Mend it in the agenda.")
CIRCLE = N_("What is carried goes round: {way}. Mend it in the agenda.")
GONE = N_("“{title}” is not there any more. Nothing is carried.")
OVER = N_("“{title}” is over. Nothing is carried.")
#: Parts of a project that are filled as a whole.
PART_WORDS = {
    "identity": N_("what it is"),
    "reason": N_("why"),
    "content": N_("what is done"),
    "roles": N_("who does what"),
    "legal": N_("law and permits"),
    "money": N_("money"),
    "effects": N_("effects"),
    "readiness": N_("how ready it is"),
    "road": N_("the way there"),
    "sharing": N_("who may see it"),
}


@dataclass(frozen=True, slots=True)
class Where:
    """A target as it is found in this programme; nothing of it: not by itself, and `fault` says why."""

    name: str
    title: str
    #: A board of a step.
    board: str = ""
    state: State | None = None
    kinds: tuple[str, ...] = ()
    #: Of the register; and the fields of it that are filled.
    kind: str = ""
    fields: tuple[str, ...] = ()
    #: A workshop, whose groups are to be about what is carried.
    topics: str = ""
    #: A document that is to hold it.
    document: str = ""
    #: Its workshop is still to be made.
    later: bool = False
    fault: str = ""

    @property
    def is_there(self) -> bool:
        return not self.fault and bool(self.board or self.kind or self.topics or self.document)

    @property
    def key(self) -> str:
        return self.board or self.topics or self.kind

    @property
    def fills(self) -> bool:
        """Records that are there are told more, and none is made."""
        return bool(self.fields) and KINDS[self.kind].title not in self.fields


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a step's carry, with everything it needs to be seen and run."""

    place: Place
    step: Item
    line: int
    carry: Carry
    words: str
    wheres: tuple[Where, ...]
    #: What was carried by it, the newest first.
    runs: tuple[Item, ...]
    #: What is wrong with the line as it stands; then nothing is carried.
    fault: str = ""

    @property
    def round(self) -> int:
        return sum(bool(run.get("undone", False)) for run in self.runs)

    @property
    def is_carried(self) -> bool:
        return any(not run.get("undone", False) for run in self.runs)

    @property
    def held(self) -> Item | None:
        """What was carried last and stands: what a document holds of this step."""
        return next((run for run in self.runs if not run.get("undone", False)), None)

    @property
    def fills(self) -> bool:
        return any(one.fills for one in self.wheres)


class Finding:
    """Finds the rules of the workshops somebody leads."""

    def __init__(self, request: Request, leads: Leads, catalog: Catalog) -> None:
        self.request, self.leads, self.catalog = request, leads, catalog
        self.words: Words = known_visitor(request).words
        self.desks: Mapping[str, State] = {}
        self.books = [str(place.state.fields.get("playbook", "")) for place in leads.places]

    async def rules(self) -> list[Rule]:
        """Every line of every step, in order."""
        self.desks = {
            place.workshop.id: await desk_of(self.request, place.workshop.id)
            for place in self.leads.places
        }
        round_about = self._circles()
        found = []
        for place in self.leads.places:
            desk = self.desks[place.workshop.id]
            for step in steps_of(desk):
                for line, words in enumerate(str(step.get("carry", "")).splitlines()):
                    found.append(await self._rule(place, step, line, words, desk, round_about))
        return found

    async def _rule(
        self,
        place: Place,
        step: Item,
        line: int,
        words: str,
        desk: State,
        round_about: Mapping[str, str],
    ) -> Rule:
        runs = [
            run
            for run in desk.of_kind("carried")
            if run["step"] == step["id"] and run["line"] == line
        ]
        # Of two in one instant the later one stands behind the other on the desk.
        runs = sorted(reversed(runs), key=lambda run: run["at"], reverse=True)
        try:
            carry = read_carry(words)
        except ValueError:
            # Somebody wrote it by hand; the agenda is theirs.
            nothing, fault = read_carry("output workshop-record"), self.words.gettext(UNREADABLE)
            return Rule(place, step, line, nothing, words, (), tuple(runs), fault)
        wheres: list[Where] = []
        for target in self._targets(carry):
            wheres += await self._where(place, target, carry)
        circle = round_about.get(str(step.get("key", "")), "")
        leads_round = any(one.name in circle.split(" → ") for one in wheres)
        fault = self.words.gettext(CIRCLE, way=circle) if leads_round else ""
        fault = fault or next((one.fault for one in wheres if one.fault), "")
        return Rule(place, step, line, carry, words, tuple(wheres), tuple(runs), fault)

    def _targets(self, carry: Carry) -> tuple[Target, ...]:
        """A range is every step of it; `update` writes to the register."""
        if carry.verb == "update":
            return (Target(carry.kind),)
        found: list[Target] = []
        for one in carry.targets:
            found += [Target(key) for key in self._range(one)] if one.to else [one]
        parts = [one for one in found if "." in one.name and one.name.partition(".")[0] in KINDS]
        if len(parts) < 2:
            return tuple(found)
        # `project.money, project.roles` are told to one record, at once.
        return (parts[0], *(one for one in found if one not in parts))

    def _range(self, target: Target) -> list[str]:
        for id in self.books:
            book = self.catalog.books.playbooks.get(id)
            if book is not None and (keys := book.range(target.name, target.to)):
                return list(keys)
        return [target.name, target.to]

    async def _where(self, place: Place, target: Target, carry: Carry) -> list[Where]:
        name = target.name
        kind, _, field = name.partition(".")
        if carry.verb == "update" or carry.kind == EVIDENCE:
            told = (EVIDENCE,) if carry.kind == EVIDENCE else ()
            return [Where(name, self._title(name), kind=name, fields=told)]
        if carry.verb == "output" or (name in OUTPUTS and not self._step(place, name)):
            return [self._document(name)]
        if field and kind in KINDS:
            mine = (one.name.partition(".") for one in carry.targets)
            names = [part for of, _, part in mine if of == kind]
            fields = fields_meant(kind, names)
            return [Where(name, self._parts(kind, names), kind=kind, fields=fields)]
        if name in REGISTERED:
            return [Where(name, self._title(name), kind=name)]
        if workshops := [one for one in self.leads.places if self._is_gathering(one, name)]:
            return [self._topics(one) for one in workshops]
        if found := self._step(place, name):
            return [await self._board(*found, name, carry.kind)]
        if (method := self.catalog.methods.get(name)) is not None and method.kinds:
            title = self.catalog.told(name, [self.words.tag])[1].title
            return [Where(name, title, kind=method.kinds[0])]
        return [self._not_there(name)]

    def _not_there(self, name: str) -> Where:
        """A step whose workshop is not made yet, one that was taken out of its workshop, or what only people do."""
        for id in self.books:
            book = self.catalog.books.playbooks.get(id)
            gathering = book.gathering_of(name) or book.gathering(name) if book else None
            if gathering is None:
                continue
            step = gathering.step(name)
            title = f"{gathering.title}: {step.title}" if step else gathering.title
            if step and any(self._is_gathering(one, gathering.id) for one in self.leads.places):
                return Where(name, title, fault=self.words.gettext(GONE, title=title))
            return Where(name, title, later=True)
        return Where(name, name)

    async def _board(self, of: Place, step: Item, place: Place, name: str, kind: str) -> Where:
        """Where the step works; a board that is gone, and a workshop that is over, take nothing any more."""
        board, house = str(step["board"]), house_of(self.request)
        state = await state_of(house, f"board:{board}")
        ids = str(step.get("methods", "")).split("+")
        methods = [self.catalog.methods[id] for id in ids if id in self.catalog.methods]
        kinds = tuple(one for method in methods for one in method.kinds)
        if kind and kind not in (*KINDS, *kinds):
            # `as problem`, where a vision lies beside the tree of problems: what the tree takes.
            kinds = tuple(one for own in called(kind, methods) for one in own.kinds) or kinds
        title = f"{of.state.fields['title']}: {step['title']}"
        fault = ""
        if state is None or of.state.get(board) is None:
            fault = self.words.gettext(GONE, title=title)
        elif of is not place and self._is_over(of):
            fault = self.words.gettext(OVER, title=title)
        return Where(name, title, board, state, kinds, fault=fault)

    def _is_over(self, place: Place) -> bool:
        return (
            standing(place, self.desks[place.workshop.id], house_of(self.request).now()) == "done"
        )

    def _step(self, place: Place, name: str) -> tuple[Place, Item, Place] | None:
        """The step of this name with a board: of this workshop, else of the first that is not over."""
        near = [place] if name == CLOSE else [place, *self.leads.places]
        found = [
            (one, step, place)
            for one in near
            for step in steps_of(self.desks[one.workshop.id])
            if step.get("key") == name and "board" in step
        ]
        going = (one for one in found if one[0] is place or not self._is_over(one[0]))
        return next(going, next(iter(found), None))

    def _is_gathering(self, place: Place, name: str) -> bool:
        return str(place.state.fields.get("gathering", "")) == name

    def _topics(self, of: Place) -> Where:
        title = str(of.state.fields["title"])
        fault = self.words.gettext(OVER, title=title) if self._is_over(of) else ""
        told = self.words.gettext("What groups are about: {workshop}", workshop=title)
        return Where(str(of.state.fields["gathering"]), told, topics=of.workshop.id, fault=fault)

    def _document(self, name: str) -> Where:
        return Where(name, self.words.gettext(DOCUMENTS.get(name, name)), document=name)

    def _title(self, name: str) -> str:
        return field_words.kind_word(name, self.words) if name in KINDS else name

    def _parts(self, kind: str, names: list[str]) -> str:
        """A record's fields, in the reader's words; a part of it by what it holds."""
        told = [
            self.words.gettext(PART_WORDS[name])
            if name in PARTS.get(kind, ())
            else field_words.field_word(kind, name, self.words)
            for name in names
        ]
        return f"{self._title(kind)}: {', '.join(told)}"

    def _circles(self) -> dict[str, str]:
        """By step: the way on which what it gives comes back to it."""
        leads: dict[str, list[str]] = {}
        for desk in self.desks.values():
            for step in steps_of(desk):
                for words in str(step.get("carry", "")).splitlines():
                    try:
                        targets = read_carry(words).targets
                    except ValueError:
                        continue
                    names = [key for one in targets for key in (one.name, *self._between(one))]
                    leads.setdefault(str(step.get("key", "")), []).extend(names)
        ways = {key: way_back(key, leads) for key in leads if key not in ("", CLOSE)}
        return {key: " → ".join((*way, key)) for key, way in ways.items() if way}

    def _between(self, target: Target) -> list[str]:
        return self._range(target) if target.to else []
