"""A map of actors as a board that can be written down: quarters, rings or circles as regions, an actor as an entry.

What it is made of is the board and the open side of the register; the closed side is never handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codesign.core.computed.engagement import influence_ranks
from codesign.core.computed.grids import has_voice_gap, is_borderline, power_interest, zone_of
from codesign.core.record_boards import method_of
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
ONION = {
    "service": N_("The service"),
    "users": N_("People who use or run it"),
    "organisation": N_("Organisation and partners"),
    "surroundings": N_("Wider surroundings"),
}
SALIENCE = {
    "plu": N_("All three: definitive"),
    "pl": N_("Power and legitimacy: dominant"),
    "pu": N_("Power and urgency: forceful"),
    "lu": N_("Legitimacy and urgency: dependent"),
    "p": N_("Power: dormant"),
    "l": N_("Legitimacy: discretionary"),
    "u": N_("Urgency: demanding"),
    "none": N_("None of them"),
}
NET = {"net": N_("On the map")}
WAITING = N_("Not placed yet")
RELATIONS = {
    "close": N_("works together"),
    "weak": N_("weak"),
    "alliance": N_("alliance"),
    "dominance": N_("decides over"),
    "broken": N_("broken"),
    "unclear": N_("unclear"),
}
FLOWS = {
    "money": N_("money"),
    "information": N_("information"),
    "authority": N_("authority"),
    "service": N_("service"),
    "data": N_("data"),
    "support": N_("support"),
}
TITLES: Mapping[str, Mapping[str, str]] = {
    "power-interest": QUADRANTS,
    "actor-map": RINGS,
    "onion": ONION,
    "salience": SALIENCE,
    "net-map": NET,
}
#: In which of them a record stands; nothing where it waits for a place.
STANDS: Mapping[str, Callable[[Item], str]] = {
    "power-interest": lambda record: _quadrant(record),
    "actor-map": lambda record: str(record.get("class", "")),
    "onion": lambda record: str(record.get("nearness", "")),
    "salience": lambda record: zone_of(record),
    "net-map": lambda _: "net",
}


def as_notes(board: Readable, register: Readable, words: Words) -> State:
    """The same board with an entry for every actor it places, in the region its record says, and their relations."""
    method = method_of(board.fields)
    titles = {**TITLES[method], "": WAITING}
    fields: Fields = {**board.fields, "layout": "columns"}
    state = State(fields)
    for at, (code, title) in enumerate(titles.items()):
        region = {"id": region_id(code), "kind": "region", "title": words.gettext(title)}
        state.put({**region, "order": f"a{at}"})
    records = shown(board, register)
    ranks = influence_ranks(records)
    for at, record in enumerate(records):
        lines = [str(record.get("name", "")), *_said(record, method, ranks, register, words)]
        state.put(_note(record, at, "\n".join(lines), STANDS[method](record)))
    for item in register.all():
        if item["kind"] == "relation" and {item["from"], item["to"]} <= state.items.keys():
            ends = {"from": item["from"], "to": item["to"]}
            label = _label(item, words)
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


def region_id(code: str) -> str:
    return f"region-{code}".ljust(22, "_")


def goals(record: Item) -> list[str]:
    return [str(words) for key, words in record.items() if key.startswith("goals/")]


def _quadrant(record: Item) -> str:
    power, interest = record.get("power"), record.get("interest")
    return "" if power is None or interest is None else power_interest(interest, power)


def _said(
    record: Item, method: str, ranks: Mapping[str, int], register: Readable, words: Words
) -> list[str]:
    """What is known of an actor on a board of this method, a line each."""
    power, interest, said = record.get("power"), record.get("interest"), []
    if method == "power-interest" and power is not None and interest is not None:
        place = {"power": power, "interest": interest}
        said.append(words.gettext("power {power} of 100, interest {interest} of 100", **place))
        said += [words.gettext("on the line")] if is_borderline(interest, power) else []
    if method == "net-map":
        if (rank := ranks.get(record["id"])) is not None:
            tower = {"tower": record["tower"], "rank": rank}
            said.append(words.gettext("influence {tower} of 8, rank {rank}", **tower))
        if wanted := goals(record):
            said.append(words.gettext("wants: {goals}", goals=", ".join(wanted)))
    speaker = register.get(merged(register, str(record.get("surrogate", ""))))
    if method == "onion" and speaker and not record.get("in_the_room"):
        said.append(words.gettext("{name} speaks for them", name=speaker.get("name", "")))
    if has_voice_gap(record):
        said.append(words.gettext("give more voice"))
    return said


def _label(relation: Item, words: Words) -> str:
    """How it is, and what flows."""
    type_ = words.gettext(RELATIONS.get(relation["type"], ""))
    flows = [words.gettext(one) for code, one in FLOWS.items() if relation.get(f"flow/{code}")]
    return f"{type_} ({', '.join(flows)})" if flows else type_


def _note(record: Item, at: int, text: str, code: str) -> Item:
    note = {"id": record["id"], "kind": "note", "text": text, "region": region_id(code)}
    note |= {"order": f"a{at:05}", "at": record.get("at", 0)}
    return {**note, "colour": PAPERS.get(str(record.get("sector")), "stone")}
