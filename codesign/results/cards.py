"""What cards say in the reader's words, for files; the same names as static/js/board/cards/kinds.js."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from codesign.core.kinds import FieldType
from codesign.i18n import N_, Words
from codesign.results.board_model import Entry

#: How wide and high a drawing's frame is, in the places its strokes have.
WIDE, HIGH = 1000, 750
CARDS = {
    "idea": N_("Idea"),
    "question": N_("Question"),
    "challenge": N_("Challenge"),
    "opportunity": N_("Opportunity"),
    "action": N_("Action"),
    "pin": N_("Pin"),
    "topic": N_("Topic"),
    "exchange": N_("Offer or need"),
    "case": N_("Case"),
    "participant_card": N_("Who I am"),
    "vision": N_("Vision"),
    "objective": N_("Objective"),
    "document": N_("Document"),
    "domain_rating": N_("Rating"),
    "result": N_("Result"),
}
FIELDS = {
    "need": N_("Need"),
    "because": N_("Although"),
    "first_step": N_("First step"),
    "theme": N_("Theme"),
    "type": N_("Kind"),
    "place": N_("Place in words"),
    "host": N_("Host"),
    "city": N_("City"),
    "who_is_affected": N_("Who is affected"),
    "name": N_("Name"),
    "role": N_("Role"),
    "year": N_("Year"),
    "target": N_("Target"),
    "indicator": N_("How we know"),
    "effort": N_("Effort"),
    "weight": N_("Weight, 1 to 3"),
}
OPTIONS = {
    "problem": N_("Problem"),
    "idea": N_("Idea"),
    "value": N_("What is good"),
    "project": N_("Project"),
}


def tag_of(entry: Entry, words: Words) -> str:
    """Over its words: what sort of card it is, and which of its sort."""
    if not entry.card:
        return ""
    which = next((value for field, value in entry.said if field.type == "enum"), "")
    name = words.gettext(CARDS[entry.card]) if entry.card in CARDS else _spelled(entry.card)
    name = "" if entry.card == "note" else name
    return " · ".join(one for one in (name, option_words(which, words)) if one)


def says_of(entry: Entry, words: Words) -> Iterator[str]:
    for field, value in entry.said:
        name = words.gettext(FIELDS[field.name]) if field.name in FIELDS else _spelled(field.name)
        said = words.gettext("yes") if field.type == "bool" else _value(field, value, words)
        yield words.gettext("{field}: {value}", field=name, value=said)


def told(entry: Entry, words: Words) -> Entry:
    """With what it says beside its words, for a report."""
    n = len(entry.strokes)
    drawn = words.ngettext("drawing of {n} stroke", "drawing of {n} strokes", n) if n else ""
    more = " · ".join(one for one in (*says_of(entry, words), drawn) if one)
    if not more:
        return entry
    return replace(entry, text="\n".join(one for one in (entry.text, more) if one))


def option_words(code: str, words: Words) -> str:
    if not code:
        return ""
    return words.gettext(OPTIONS[code]) if code in OPTIONS else _spelled(code)


def svg_of(entry: Entry) -> str:
    """The drawing as a picture of its own."""
    lines = "".join(f'<path d="{escape(_path(stroke))}"/>' for stroke in entry.strokes)
    style = 'fill="none" stroke="#17211D" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"><g {style}>{lines}</g></svg>'


def _value(field: FieldType, value: str, words: Words) -> str:
    if field.type in ("enum", "multi"):
        return ", ".join(option_words(one, words) for one in value.split(", "))
    return value


def _path(stroke: str) -> str:
    first, _, rest = stroke.partition(" ")
    return f"M{first}L{rest}" if rest else f"M{first}l0 0"


def _spelled(code: str) -> str:
    words = code.replace("_", " ")
    return words[:1].upper() + words[1:]
