"""A map of actors as a board that can be written down: quarters or rings as regions, an actor as an entry in each.

What it is made of is the board and the open side of the register; the closed side is never handed in.
"""

from __future__ import annotations

from codesign.core.computed.grids import has_voice_gap, is_borderline, power_interest
from codesign.core.stream import Fields, Item, Readable, State
from codesign.i18n import N_, Words

PAPERS = {
    "state": "sky",
    "private": "apricot",
    "civil_society": "leaf",
    "international": "sea",
    "academia": "lilac",
    "media": "stone",
}
QUADRANTS = {
    "manage_closely": N_("Work closely"),
    "keep_satisfied": N_("Keep satisfied"),
    "keep_informed": N_("Keep informed"),
    "monitor": N_("Keep an eye on"),
}
RINGS = {
    "key": N_("Key: without them nothing happens"),
    "primary": N_("Primary: directly concerned"),
    "secondary": N_("Secondary: takes part from outside"),
}
WAITING = N_("Not placed yet")
RELATIONS = {
    "close": N_("works together"),
    "weak": N_("weak"),
    "alliance": N_("alliance"),
    "dominance": N_("decides over"),
    "broken": N_("broken"),
    "unclear": N_("unclear"),
}


def as_notes(board: Readable, register: Readable, words: Words) -> State:
    """The same board with an entry for every actor it places, in the region its record says, and their relations."""
    is_grid = board.fields.get("layout") == "grid2"
    titles = {**(QUADRANTS if is_grid else RINGS), "": WAITING}
    fields: Fields = {**board.fields, "layout": "columns"}
    state = State(fields)
    for at, (code, title) in enumerate(titles.items()):
        region = {"id": region_id(code), "kind": "region", "title": words.gettext(title)}
        state.put({**region, "order": f"a{at}"})
    for at, record in enumerate(shown(board, register)):
        state.put(_note(record, at, is_grid, words))
    for item in register.all():
        if item["kind"] == "relation" and {item["from"], item["to"]} <= state.items.keys():
            label = words.gettext(RELATIONS.get(item["type"], ""))
            ends = {"from": item["from"], "to": item["to"]}
            state.put({"id": item["id"], "kind": "connector", **ends, "label": label})
    return state


def shown(board: Readable, register: Readable) -> list[Item]:
    """The records it places as they came, each once, whatever they were merged into."""
    found: dict[str, Item] = {}
    for placement in board.of_kind("placement"):
        record = register.get(merged(register, placement["record"]))
        if record is not None and "merged" not in record:
            found[record["id"]] = record
    return sorted(found.values(), key=lambda item: (item.get("at", 0), item["id"]))


def merged(register: Readable, id: str) -> str:
    """What a record was merged into; at most so many steps, whatever a journal says."""
    for _ in range(20):
        record = register.get(id)
        if record is None or "merged" not in record:
            break
        id = str(record["merged"])
    return id


def _note(record: Item, at: int, is_grid: bool, words: Words) -> Item:
    power, interest = record.get("power"), record.get("interest")
    text, code = str(record.get("name", "")), str(record.get("class", ""))
    if is_grid:
        code = ""
        if power is not None and interest is not None:
            code = power_interest(interest, power)
            place = {"power": power, "interest": interest}
            said = words.gettext("power {power} of 100, interest {interest} of 100", **place)
            text += f"\n{said}"
            text += f"\n{words.gettext('on the line')}" if is_borderline(interest, power) else ""
    if has_voice_gap(record):
        text += f"\n{words.gettext('give more voice')}"
    note = {"id": record["id"], "kind": "note", "text": text, "region": region_id(code)}
    note |= {"order": f"a{at:05}", "at": record.get("at", 0)}
    return {**note, "colour": PAPERS.get(str(record.get("sector")), "stone")}


def region_id(code: str) -> str:
    return f"region-{code}".ljust(22, "_")
