"""Reads the streams of a workshop into the model of its report."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from codesign.core.computed.ranking import options_of, ranks
from codesign.core.record_boards import method_of
from codesign.core.stream import Item, Readable
from codesign.i18n import Words
from codesign.results import cards, report_boards, report_records, sheets, system_map
from codesign.results.board_model import Board, Entry, Group, entries_of
from codesign.results.board_reading import by_order, read_board
from codesign.results.consents import rounds_of
from codesign.results.entered import counted_apart
from codesign.results.report import Fate, Part, Priority, Report, Share, Sources, Step, Voice, Vote
from codesign.results.report_names import cities_of, people_beside, took_part
from codesign.results.report_ways import Way, ways_of
from codesign.results.table_words import board_name, origin_name
from codesign.results.translated import made_by
from codesign.results.votes import REST


def read_report(sources: Sources, words: Words) -> Report:
    return _Reading(sources, words).report()


class _Reading:
    def __init__(self, sources: Sources, words: Words) -> None:
        self.sources = sources
        self.workshop = sources.workshop
        self.words = words
        #: By id of a note or group: what it was voted into.
        self.voted: dict[str, Fate] = {}
        #: By id: the records that rest on it.
        self.became = defaultdict[str, list[Fate]](list)
        #: Board and id of what has a copy on another board that is told.
        self.gathered = set(_sources_of_copies(sources.boards.values()))

    def report(self) -> Report:
        closed = [vote for vote in self.workshop.of_kind("vote") if vote["state"] == "closed"]
        closed = [vote for vote in closed if vote["board"] in self.sources.boards]
        closed.sort(key=lambda vote: (vote["opened"], vote["id"]))
        for vote in closed:
            self._remember(vote)
        ways = tuple(self._ways())
        parts = tuple(self._part(board) for board in self.sources.boards)
        known = {voice.entry.id: voice for part in parts for voice in part.voices}
        register = self.sources.register
        return Report(
            title=self._said(self.workshop.fields, "title"),
            question=self._said(self.workshop.fields, "question"),
            **self._times(),
            cities=self.sources.cities or cities_of(self.workshop, named=self.sources.names),
            parts=parts,
            votes=tuple(self._vote(vote, known) for vote in closed),
            steps=tuple(self._steps()),
            personas=tuple(report_records.personas(register)),
            actors=tuple(report_records.actors(register, self.sources.boards.values())),
            actions=tuple(report_records.actions(register)),
            promises=tuple(report_records.promises(register)),
            named=self.sources.names,
            consents=tuple(rounds_of(self.workshop)),
            apart=counted_apart(one for one in self.workshop.of_kind("person") if took_part(one)),
            beside=people_beside(self.workshop, named=self.sources.names),
            languages=_languages(parts),
            milestones=tuple(report_records.milestones(register)),
            ways=ways,
        )

    def _ways(self) -> Iterator[Way]:
        """Before the notes are told, which say what came of them."""
        boards = self.sources.boards
        titles = {board: self._board(board) or self._title() for board in boards}
        for way in ways_of(self.sources.register, boards, titles):
            for source in way.sources:
                self.became[source.id].append(Fate(way.kind, way.title))
            yield way

    def _title(self) -> str:
        return str(self.workshop.fields.get("title", ""))

    # Boards

    def _part(self, board: str) -> Part:
        state, is_map = self.sources.boards[board], False
        beside: Readable | None = None
        tables = tuple(report_boards.tables(state, self.sources.register, self.words))
        if method_of(state.fields):
            is_map, beside = True, state
            if self.sources.register is not None:
                method, day = self.sources.methods.get(board), self.sources.day
                state = sheets.as_notes(state, self.sources.register, self.words, method, day)
        title = self._board(board) or self._title()
        model = read_board(state, self.workshop, title, self.words)
        if system_map.is_map(state):
            told = tuple(system_map.told(state, self.words))
            return Part(board, model, (), is_map=True, told=told, tables=tables)
        if beside is not None:
            # Records are told by their own chapters; notes that lie beside them are people's words like any others.
            notes = read_board(beside, self.workshop, title, self.words)
            voices = tuple(self._voices(board, notes))
            return Part(board, model, voices, is_map=is_map, tables=tables)
        return Part(board, model, tuple(self._voices(board, model)))

    def _board(self, board: str) -> str:
        return board_name(board, self.workshop, self.words)

    def _voices(self, board: str, model: Board) -> Iterator[Voice]:
        places = [(region.title, region.contents) for region in model.regions]
        for region, contents in [*places, ("", model.loose)]:
            for content in contents:
                group = content if isinstance(content, Group) else None
                for _, entry in entries_of((content,)):
                    # What was gathered is told where it was gathered, with the name of its table.
                    if entry.kind != "heading" and (board, entry.id) not in self.gathered:
                        yield self._voice(board, model.title, region, group, entry)

    def _voice(
        self, board: str, title: str, region: str, group: Group | None, entry: Entry
    ) -> Voice:
        item = self.sources.boards[board].get(entry.id) or {}
        name = group.name if group else ""
        fates = [Fate("group", name)] if group else []
        ids = (entry.id, group.id) if group else (entry.id,)
        fates += [self.voted[one] for one in ids if one in self.voted]
        fates += [Fate("merged", entry.within)] if entry.within else []
        fates += [Fate("persona", name) for name in self._served(item)]
        fates += self.became.get(entry.id, [])
        fates += [Fate("comment", f"{author}: {text}") for author, text in entry.comments]
        return Voice(
            entry=cards.told(entry, self.words),
            board=title,
            region=region,
            group=name,
            table=origin_name(item, self.words),
            translators=tuple(made_by(one, self.words) for one in entry.translations),
            fates=tuple(fates),
        )

    def _served(self, item: Item) -> Iterator[str]:
        for key in item:
            if key.startswith("serves/") and self.sources.register is not None:
                persona = self.sources.register.get(key.removeprefix("serves/"))
                if persona is not None and persona.get("name"):
                    yield str(persona["name"])

    # Votes

    def _remember(self, vote: Item) -> None:
        totals = _totals(vote)
        for option, place in ranks(totals).items():
            if totals[option]:
                name = str(vote["question"])
                self.voted[option] = Fate("vote", name, place, totals[option])

    def _vote(self, vote: Item, known: Mapping[str, Voice]) -> Vote:
        totals = _totals(vote)
        places = ranks(totals)
        found = [
            self._priority(vote, option, places[option], known)
            for option in sorted(totals, key=lambda one: places[one])
        ]
        return Vote(
            question=str(vote["question"]),
            board=self._board(str(vote["board"])),
            ballots=int(vote.get("cast", 0)),
            given=int(vote.get("given", 0)),
            voters=int(vote.get("voters", 0)),
            shared=int(vote.get("shared", 0)),
            sharing=int(vote.get("sharing", 0)),
            priorities=tuple(found),
        )

    def _priority(
        self, vote: Item, option: str, place: int, known: Mapping[str, Voice]
    ) -> Priority:
        board = self.sources.boards[vote["board"]]
        item = board.get(option) or {}
        voices = tuple(self._made_of(board, option, known))
        return Priority(
            id=option,
            place=place,
            title=_called(item),
            dots=int(vote[f"total/{option}"]),
            people=int(vote.get(f"supporters/{option}", 0)),
            shares=tuple(self._shares(vote, option)),
            voices=voices,
            tables=tuple(dict.fromkeys(voice.table for voice in voices if voice.table)),
        )

    def _made_of(self, board: Readable, option: str, known: Mapping[str, Voice]) -> Iterator[Voice]:
        if option in known:
            yield known[option]
        members = [item for item in board.pointing_at(option) if item.get("cluster") == option]
        members += [item for item in board.pointing_at(option) if item.get("region") == option]
        for item in sorted(members, key=by_order):
            if item["id"] in known:
                yield known[item["id"]]

    def _shares(self, vote: Item, option: str) -> Iterator[Share]:
        start = "ballots/"
        groups = [key.removeprefix(start) for key in vote if key.startswith(start)]
        shares = []
        for group in groups:
            city = self.workshop.get(group) or {}
            dots = int(vote.get(f"of/{group}/{option}", 0))
            if dots:
                name = "" if group == REST else str(city.get("name", ""))
                shares.append(Share(name, str(city.get("colour", "")), dots))
        yield from sorted(shares, key=lambda one: (not one.colour, -one.dots, one.city))

    # The rest

    def _steps(self) -> Iterator[Step]:
        steps = [step for step in self.workshop.of_kind("step") if step.get("reached")]
        for step in sorted(steps, key=lambda step: (step["reached"], step["id"])):
            yield Step(
                self._said(step, "title"),
                self._said(step, "question"),
                int(step.get("minutes", 0)),
                int(step["reached"]),
            )

    def _times(self) -> dict[str, int]:
        times = [
            int(item["at"])
            for board in self.sources.boards.values()
            for item in board.of_kind("note")
            if item.get("at")
        ]
        return {"begun": min(times, default=0), "ended": max(times, default=0)}

    def _said(self, fields: Item, key: str) -> str:
        short = self.words.tag.partition("-")[0]
        found = fields.get(f"{key}/{self.words.tag}") or fields.get(f"{key}/{short}")
        return str(found or fields.get(key, ""))


def _sources_of_copies(boards: Iterable[Readable]) -> Iterator[tuple[str, str]]:
    for board in boards:
        for item in board.all():
            if "origin/item" in item:
                yield str(item.get("origin/board")), str(item["origin/item"])


def _totals(vote: Item) -> dict[str, int]:
    return {
        option: int(vote[f"total/{option}"])
        for option in options_of(vote)
        if f"total/{option}" in vote
    }


def _called(item: Item) -> str:
    found = (item.get(key) for key in ("text", "name", "title", "alt"))
    return str(next((words for words in found if words), ""))


def _languages(parts: Iterable[Part]) -> tuple[str, ...]:
    """Those that notes say they are written in, the most frequent first."""
    counted = Counter(
        voice.entry.lang for part in parts for voice in part.voices if voice.entry.lang
    )
    return tuple(sorted(counted, key=lambda lang: (-counted[lang], lang)))
