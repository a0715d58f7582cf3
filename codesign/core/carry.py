"""The small language in which a playbook says what goes on to where: `link top(3) -> 1.2`, read into typed data.

Carrying itself is elsewhere; here a line is understood or refused with a sentence. `docs/writing-playbooks.md` has the
language for people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Verb = Literal["copy", "link", "merge", "prefill", "update", "output"]
VERBS: tuple[Verb, ...] = ("copy", "link", "merge", "prefill", "update", "output")
#: `picked`: what a person marks; `top`: by votes.
Which = Literal["all", "picked", "top", "region", "computed"]

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_CLAUSE = re.compile(r"^(?P<what>.*?)\s*(?:->|→)\s*(?P<where>.+)$")
_PICK = re.compile(r"^(all|picked|top|region|computed)\b\s*(?:\(([^()]*)\))?\s*(?:of ([a-z ]+?))?$")
_COUNT = re.compile(r"^([1-9]\d?)( per group)?$")
_TARGET = re.compile(rf"^({_NAME})(?:[–…]({_NAME}))?(?: ([a-z ]+?))?(?: \(([^()]+)\))?$")
_AS = re.compile(rf"^(.*?)(?:^|\s)as ({_NAME})$")


@dataclass(frozen=True, slots=True)
class Pick:
    """Which of a step's results."""

    which: Which = "all"
    #: Of regions and of what is worked out.
    names: tuple[str, ...] = ()
    count: int | None = None
    per_group: bool = False
    #: In words: only what belongs to these, such as `chosen ideas`.
    of: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A step, a workshop, a register, `kind.field`, a method's own table or a document; which, the playbook knows."""

    name: str
    #: Of `III.2–III.5`: the last one meant.
    to: str = ""
    #: `group topics` of a workshop.
    part: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Carry:
    verb: Verb
    pick: Pick
    #: What it becomes on the way, where that is another kind.
    kind: str
    targets: tuple[Target, ...]


def read_carry(line: str) -> Carry:
    """One line of a playbook. Raises ValueError, whose message says what is wrong with it."""
    verb, _, rest = line.strip().partition(" ")
    rest = rest.strip()
    known = next((one for one in VERBS if one == verb), None)
    if known is None:
        raise ValueError(f"nobody can {verb or 'carry nothing'}: {', '.join(VERBS)}")
    if known == "output":
        return Carry(known, Pick(), "", _targets(rest))
    if known == "update":
        if not re.fullmatch(_NAME, rest):
            raise ValueError("update needs the kind of record it writes back to")
        return Carry(known, Pick(), rest, ())
    clause = _CLAUSE.match(rest)
    if clause is None:
        raise ValueError(f"{verb} needs to say where to: {verb} all -> 1.2")
    what, kind = _split_kind(clause["what"].strip())
    where, other = _split_kind(clause["where"].strip())
    if kind and other:
        raise ValueError("as is there twice")
    pick, bare = _pick(what)
    if bare and (kind or other):
        raise ValueError(f"{what} is no filter")
    return Carry(known, pick, kind or other or bare, _targets(where))


def _split_kind(words: str) -> tuple[str, str]:
    match = _AS.match(words)
    return (match[1].strip(), match[2]) if match else (words, "")


def _pick(what: str) -> tuple[Pick, str]:
    """The filter; or, of `prefill action`, all of it and what it becomes."""
    match = _PICK.match(what)
    if match is None:
        if re.fullmatch(_NAME, what):
            return Pick(), what
        raise ValueError(
            f"{what or 'nothing'} is no filter: all, picked, top(3), region(…), computed(…)"
        )
    which, inside, of = match.groups()
    inside = inside.strip() if inside is not None else None
    match which:
        case "region" | "computed":
            names = tuple(one.strip() for one in (inside or "").split(",") if one.strip())
            if not names:
                raise ValueError(f"{which} names nothing")
            return Pick(which, names, of=of or ""), ""
        case "all":
            if inside is not None:
                raise ValueError("all takes no number")
            return Pick(of=of or ""), ""
    count = _COUNT.match(inside) if inside else None
    if (inside or which == "top") and count is None:
        raise ValueError(f"{which} needs a number: {which}(3) or {which}(1 per group)")
    number, per_group = (int(count[1]), bool(count[2])) if count else (None, False)
    return Pick("top" if which == "top" else "picked", (), number, per_group, of or ""), ""


def _targets(where: str) -> tuple[Target, ...]:
    found = []
    for one in re.split(r",\s*(?![^()]*\))", where):
        match = _TARGET.match(one.strip())
        if match is None:
            raise ValueError(f"{one.strip() or 'nothing'} is no place to carry to")
        name, to, part, note = match.groups()
        found.append(Target(name, to or "", part or "", note or ""))
    return tuple(found)
