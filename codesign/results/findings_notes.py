"""What a board of notes comes to, in sentences: one entry for each name of `computed` that such methods list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from codesign.core.computed import cards, diagnosis, passing, questions
from codesign.results import findings_meeting
from codesign.results.cards import OPTIONS
from codesign.results.findings import Finding
from codesign.results.note_facts import NoteFacts, Record, Said


def note_findings(facts: NoteFacts) -> list[Finding]:
    """All that this method computes of its notes, in the order it names them; what says nothing is left out."""
    found: list[Finding] = []
    for name in facts.method.computed:
        if make := FINDINGS.get(name):
            found += [Finding(*one) for one in make(facts)]
    return [one for one in found if one.words]


# Ideas


def _by_group(facts: NoteFacts) -> Said:
    found: dict[str, int] = {}
    for (group, tag), n in cards.by_group_and_language(facts.cards).items():
        language = facts.language(tag) or facts.words.gettext("language not said")
        found[", ".join(filter(None, (group, language)))] = n
    yield facts.words.gettext("Notes by table and language"), facts.counted(found)


def _untranslated(facts: NoteFacts) -> Said:
    read = [tag for one in facts.people for tag in one["languages"]]
    spoken = [{**one, "lang": _base(one["lang"])} for one in facts.cards if one["lang"]]
    told = [{**one, "translations": [*map(_base, one["translations"])]} for one in spoken]
    ids = cards.untranslated(told, [*{_base(tag) for tag in read}])
    yield from facts.named(facts.words.gettext("Not everybody here can read these yet"), ids)


def _base(tag: str) -> str:
    """Serbian is read in both scripts by whoever reads one."""
    return tag.partition("-")[0]


def _length(facts: NoteFacts) -> Said:
    _ = facts.words.gettext
    told = {"short": _("too short to say who and what for"), "long": _("too long to keep in mind")}
    found = {one["id"]: questions.length_warning(one["text"]) for one in facts.cards}
    ids = [id for id, warning in found.items() if warning]
    said = [f"{facts.called(id)}: {told[found[id] or 'short']}" for id in ids]
    yield _("Questions to say anew"), *facts.some(said, ids)


def _breadth(facts: NoteFacts) -> Said:
    given = [one["breadth"] for one in facts.cards if one.get("breadth")]
    mean = questions.breadth(given)
    if mean is not None:
        n = len(given)
        words = facts.words.ngettext(
            "{mean} of {n} question", "{mean} of {n} questions", n, mean=f"{mean:g}"
        )
        yield facts.words.gettext("Breadth, from 1 too narrow to 5 too wide"), (words,)


def _solutions(facts: NoteFacts) -> Said:
    ids = questions.with_solution(facts.cards)
    yield from facts.named(facts.words.gettext("These contain a solution already"), ids)


def _frames(facts: NoteFacts) -> Said:
    full = [{**one, "name": one["text"]} for one in facts.cards if one["author"]]
    found = passing.frames_filled(full)
    order = sorted(found, key=lambda person: -found[person])
    most = len(facts.method.regions)
    said = [f"{facts.person(person)}: {found[person]} / {most}" for person in order]
    yield facts.words.gettext("Frames with an idea"), *facts.some(said)


def _without_choice(facts: NoteFacts) -> Said:
    """One picks by a mark on a frame of one's own."""
    authors = list(dict.fromkeys(one["author"] for one in facts.cards if one["author"]))
    picked = {a: c["id"] for c in facts.cards for a in c["marked_by"] if a == c["author"]}
    found = passing.without_choice(authors, picked)
    title = facts.words.gettext("Has not marked one of their own frames yet")
    yield title, *facts.some([*map(facts.person, found)])


def _sheets(facts: NoteFacts) -> list[Mapping[str, Any]]:
    return [one for one in facts.regions if "sheet_of" in one]


def _cells(facts: NoteFacts) -> Said:
    sheets, fields = _sheets(facts), facts.board.fields
    if not sheets:
        return
    all_of = passing.expected_cells(len(sheets), fields.get("rounds", 0), fields.get("cells", 0))
    there = {one["id"] for one in sheets}
    n = sum(one["region"] in there for one in facts.cards)
    said = facts.words.gettext("{n} of {all} are filled", n=n, all=all_of)
    yield facts.words.gettext("Cells of all sheets"), (said,)


def _next_hand(facts: NoteFacts) -> Said:
    """Who has left is passed over."""
    sheets, round = _sheets(facts), facts.board.fields.get("round", 0)
    if not 1 <= round < facts.board.fields.get("rounds", 0):
        return
    order = [str(one["sheet_of"]) for one in sheets]
    gone = {*order} - {one["id"] for one in facts.people}
    said = []
    for sheet in sheets:
        to = passing.next_hand(order, str(sheet["holder"]), gone)
        names = {"name": facts.person(str(sheet["holder"])), "other": facts.person(to or "")}
        if to:
            said.append(facts.words.gettext("{name} hands on to {other}", **names))
    yield facts.words.gettext("When this round ends"), *facts.some(said)


def _lineage(facts: NoteFacts) -> Said:
    """What the ideas of the last stage were made of, over all stages."""
    last = next((one["id"] for one in reversed(facts.regions)), "")
    inside: dict[str, list[str]] = {}
    for one in facts.everything:
        if one["within"]:
            inside.setdefault(one["within"], []).append(one["id"])
    known = [{**one, "origins": inside.get(one["id"], ())} for one in facts.everything]
    said, ids = [], []
    for one in facts.cards:
        made_of = cards.lineage(known, one["id"])
        if made_of and one["region"] == last:
            said.append(f"{facts.called(one['id'])} ← {'; '.join(facts.names(made_of))}")
            ids.append(one["id"])
    yield facts.words.gettext("What the last ideas were made of"), *facts.some(said, ids)


def _rounds(facts: NoteFacts) -> Said:
    found = {}
    for (region, round), n in cards.by_round(facts.cards).items():
        if region:
            title = facts.titles.get(region, "")
            at = facts.words.gettext("round {n}", n=round) if round else ""
            found[", ".join(filter(None, (title, at)))] = n
    yield facts.words.gettext("Notes on each topic"), facts.counted(found)


def _between(facts: NoteFacts) -> Said:
    found = cards.links_between(facts.everything, facts.links)
    said = {
        f"{facts.titles.get(a, '')} – {facts.titles.get(b, '')}": n for (a, b), n in found.items()
    }
    yield facts.words.gettext("Links between topics"), facts.counted(said)


def _clusters(facts: NoteFacts) -> Said:
    words, found = facts.words, cards.clusters(facts.cards)
    order = sorted(found, key=lambda id: -found[id].size)
    said = []
    for id in order:
        one = found[id]
        parts = [words.ngettext("{n} note", "{n} notes", one.size)]
        if one.groups:
            parts.append(words.ngettext("{n} table", "{n} tables", one.groups))
        if one.cities:
            parts.append(words.ngettext("{n} city", "{n} cities", one.cities))
        name = facts.called(id) or words.gettext("A group without a name")
        said.append(f"{name}: {', '.join(parts)}")
    yield words.gettext("Groups, the largest first"), *facts.some(said, order)


def _lone(facts: NoteFacts) -> Said:
    """Where there are no groups yet, all are alone, which tells nobody anything."""
    if any(one["cluster"] for one in facts.cards):
        title = facts.words.gettext("In no group. They may stay alone.")
        yield from facts.named(title, cards.lone(facts.cards))


# Situation


def _weighted(facts: NoteFacts) -> Said:
    fields = [one.id for one in facts.method.regions]
    placed = [{**one, "region": facts.codes.get(one["region"], "")} for one in facts.cards]
    found = diagnosis.weighted(placed, fields)
    weight = {one["id"]: f" ({one['weight']})" for one in placed if one.get("weight")}
    titles = {code: facts.titles[id] for id, code in facts.codes.items()}
    said = []
    for code, ids in found.items():
        heavy = [f"{facts.called(id)}{weight.get(id, '')}" for id in ids[:3]]
        if heavy:
            said.append(f"{titles.get(code, code)}: {'; '.join(heavy)}")
    yield facts.words.gettext("What weighs most"), tuple(said)


def _strategies(facts: NoteFacts) -> list[Record]:
    """A strategy ties those together that it is connected with."""
    rows = {one.id for one in facts.method.rows}
    inner = {"strengths": "inside", "weaknesses": "inside"}
    inner |= {"opportunities": "outside", "threats": "outside"}
    found: list[Record] = []
    for one in facts.cards:
        if facts.codes.get(one["region"]) not in rows:
            continue
        tied: dict[str, Any] = {"id": one["id"], "inside": [], "outside": []}
        for other in facts.joined(one["id"]):
            side = inner.get(facts.codes.get(facts.by_id[other]["region"], ""))
            if side:
                tied[side].append(other)
        found.append(tied)
    return found


def _pairs_used(facts: NoteFacts) -> Said:
    pairs = diagnosis.pairs_used(_strategies(facts))
    said = [f"{facts.called(a)} + {facts.called(b)}" for a, b in pairs]
    yield facts.words.gettext("Tied together by a strategy"), *facts.some(said)


def _unused(facts: NoteFacts) -> Said:
    rows = {one.id for one in facts.method.rows}
    points = [one for one in facts.cards if facts.codes.get(one["region"]) not in rows]
    ids = diagnosis.unused_strong(points, _strategies(facts))
    title = facts.words.gettext("Weighs much, and no strategy uses it: connect it with one")
    yield from facts.named(title, ids)


def _pins(facts: NoteFacts) -> Said:
    words = facts.words
    placed = [
        {"type": str(one.get("type", "")), "area": facts.spots.get(one["id"], "")}
        for one in facts.of_card("pin")
    ]
    types: Counter[str] = Counter()
    areas: dict[str, list[str]] = {}
    for (type_, area), n in sorted(diagnosis.pins(placed).items()):
        name = words.gettext(OPTIONS[type_]) if type_ in OPTIONS else words.gettext("kind not said")
        types[name] += n
        if area:
            areas.setdefault(area, []).append(f"{name} {n}")
    yield words.gettext("Pins"), facts.counted(types)
    said = [f"{area}: {', '.join(inside)}" for area, inside in areas.items()]
    yield words.gettext("By field of the map"), *facts.some(said)


FINDINGS: dict[str, Callable[[NoteFacts], Said]] = {
    "cards_by_group_and_language": _by_group,
    "untranslated": _untranslated,
    "question_length": _length,
    "breadth": _breadth,
    "contains_a_solution": _solutions,
    "frames_filled": _frames,
    "without_choice": _without_choice,
    "expected_cells": _cells,
    "next_hand": _next_hand,
    "lineage": _lineage,
    "cards_by_round": _rounds,
    "links_between_topics": _between,
    "clusters": _clusters,
    "lone_cards": _lone,
    "weighted": _weighted,
    "pairs_used": _pairs_used,
    "unused_strong": _unused,
    "pins": _pins,
    **findings_meeting.FINDINGS,
}
