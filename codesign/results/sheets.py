"""Personas, empathy maps and plans as boards that can be written down: a region for each persona, block or level.

The closed side is never handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codesign.core.computed.completeness import completeness, evidence
from codesign.core.computed.personas import REQUIRED
from codesign.core.computed.sheets import gathered, grounds
from codesign.core.record_boards import is_from_data, method_of
from codesign.core.stream import Fields, Item, Readable, State
from codesign.i18n import N_, Words
from codesign.results import actors, choosing, declared
from codesign.results.facts import Facts

if TYPE_CHECKING:
    from codesign.core.method import Method

LABELS = {
    "mostly_assumed": N_("Mostly assumed"),
    "partly_evidenced": N_("Partly evidenced"),
    "evidenced": N_("Evidenced"),
}
#: What a card says of a persona, beside how sure that is.
SAID = {
    "livelihood": N_("Work"),
    "scenario": N_("Situation"),
    "goals": N_("Goals"),
    "needs": N_("Needs"),
    "frustrations": N_("Frustrations"),
    "quote": N_("In their words"),
}
EMPATHY = {
    "must_do": N_("Must do"),
    "see": N_("Sees"),
    "say": N_("Says"),
    "do": N_("Does"),
    "hear": N_("Hears"),
    "think_feel": N_("Thinks and feels"),
    "pains": N_("Pains"),
    "gains": N_("Gains"),
}
LEVELS = {
    "inform": N_("Inform"),
    "consult": N_("Ask"),
    "involve": N_("Involve"),
    "work_together": N_("Work together"),
    "decide": N_("Let decide"),
    "": N_("How is not said yet"),
}
PLANNED = {
    "message": N_("What we say"),
    "channel": N_("By what way"),
    "language": N_("Language"),
    "how_often": N_("How often"),
    "responsible": N_("Who"),
    "next": N_("Next contact"),
}
WHO = N_("Who")
GUESS = N_("Guess")
NAME = "{name}: {words}"


def as_notes(
    board: Readable,
    register: Readable,
    words: Words,
    method: Method | None = None,
    today: str = "",
) -> State:
    """The same board with an entry for everything its records say. `method`: of a board that opens from its data."""
    match method_of(board.fields):
        case "persona":
            regions = _cards(board, register, words)
        case "empathy":
            regions = _blocks(board, register, words)
        case "engagement-plan":
            regions = _rows(register, words)
        case "impact-effort":
            regions = choosing.grid(board, register, words)
        case "criteria-matrix":
            regions = choosing.ranking(board, register, words)
        case "action-plan":
            regions = choosing.plan(register, words)
        case id if method is not None and id == method.id and is_from_data(board.fields):
            regions = declared.regions(Facts(method, board, register, words, today))
        case _:
            return actors.as_notes(board, register, words)
    fields: Fields = {**board.fields, "layout": "columns"}
    state = State(fields)
    for at, (id, title, notes) in enumerate(regions):
        region = actors.region_id(id)
        state.put({"id": region, "kind": "region", "title": title, "order": f"a{at:05}"})
        for place, note in enumerate(notes):
            state.put({**note, "kind": "note", "region": region, "order": f"a{place:05}"})
    return state


Region = tuple[str, str, list[Item]]


def _cards(board: Readable, register: Readable, words: Words) -> Iterator[Region]:
    lines = list(register.of_kind("line"))
    for persona in actors.shown(board, register):
        read = gathered(persona, lines)
        filled = completeness(read, REQUIRED)
        sure = evidence(read, REQUIRED, grounds(persona))
        share = words.gettext("{share} complete", share=f"{round(filled.share * 100)} %")
        said = f"{round(sure.share * 100)} % {words.gettext(LABELS[sure.label])}"
        notes = [_note(f"{persona['id']}:sure", f"{said}\n{share}", persona)]
        for field, label in SAID.items():
            values = read.get(field) or ()
            for at, value in enumerate((values,) if isinstance(values, str) else values):
                text = NAME.format(name=words.gettext(label), words=value)
                notes.append(_note(f"{persona['id']}:{field}{at}", text, persona))
        yield persona["id"], str(persona["name"]), notes


def _blocks(board: Readable, register: Readable, words: Words) -> Iterator[Region]:
    """The personas one after another, each by name and with all its blocks: an empty one says something, too."""
    personas = list(actors.shown(board, register))
    lines = sorted(register.of_kind("line"), key=lambda one: (one["order"], one["id"]))
    for number, persona in enumerate(personas):
        yield f"who-{number}", words.gettext(WHO), [_note(persona["id"], persona["name"], persona)]
        for block, label in EMPATHY.items():
            title = words.gettext(label)
            if len(personas) > 1:
                title = NAME.format(name=persona["name"], words=title)
            own = [one for one in lines if one["of"] == persona["id"] and one["field"] == block]
            yield f"{block}-{number}", title, [_said(line, words) for line in own]


def _said(line: Item, words: Words) -> Item:
    guess = "" if line.get("confidence") == "known" else f"\n{words.gettext(GUESS)}"
    return _note(line["id"], f"{line['text']}{guess}", line)


def _rows(register: Readable, words: Words) -> Iterator[Region]:
    """By how somebody is worked with, the closest last, as on the ladder."""
    rows = sorted(register.of_kind("engagement"), key=lambda one: (one.get("at", 0), one["id"]))
    for level, label in LEVELS.items():
        own = [row for row in rows if row.get("level", "") == level]
        if own or level:
            yield level, words.gettext(label), [_row(row, register, words) for row in own]


def _row(row: Item, register: Readable, words: Words) -> Item:
    actor = register.get(row["stakeholder"]) or {}
    text = [str(actor.get("name", ""))]
    for field, label in PLANNED.items():
        if said := row.get(field):
            text.append(NAME.format(name=words.gettext(label), words=said))
    colour = actors.PAPERS.get(str(actor.get("sector")), "stone")
    return {**_note(row["id"], "\n".join(text), row), "colour": colour}


def _note(id: str, text: str, of: Item) -> Item:
    by = {"by": of["by"]} if "by" in of else {}
    return {"id": id, "text": text, "colour": "stone", "at": of.get("at", 0), **by}
