"""A set of personas: whom it leaves out, and what nobody serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]

REQUIRED = (
    *("name", "age_band", "place_type", "digital_skill", "devices", "access_needs"),
    *("channels_trusted", "scenario", "goals", "needs", "frustrations", "quote"),
)
#: On the scale of digital skill, 1 to 9: up to here somebody does not use the internet of their own will.
RARELY_ONLINE = 4
NONE_KNOWN = "none_known"


def set_warnings(personas: Sequence[Record], languages: Iterable[str]) -> list[tuple[str, str]]:
    """What is missing in the set as (code, detail): nobody rarely online, nobody with an access need, a language."""
    found: list[tuple[str, str]] = []
    skills = [one.get("digital_skill") for one in personas]
    if not any(isinstance(skill, int) and skill <= RARELY_ONLINE for skill in skills):
        found.append(("nobody_rarely_online", ""))
    needs = [set(one.get("access_needs") or ()) - {NONE_KNOWN} for one in personas]
    if not any(needs):
        found.append(("nobody_with_access_need", ""))
    spoken = {language for one in personas for language in one.get("languages") or ()}
    return found + [("no_speaker", one) for one in languages if one not in spoken]


def served_by(
    personas: Sequence[Record], records: Sequence[Record], field: str
) -> dict[str, list[str]]:
    """For each persona the actions or ideas that name them in `field`; an empty list is to be said aloud."""
    return {
        persona["id"]: [one["id"] for one in records if persona["id"] in (one.get(field) or ())]
        for persona in personas
    }
