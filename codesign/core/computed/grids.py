"""Things placed on two axes: quadrants, several people's positions, and where they differ.

Positions are integers from 0 to 100 on each axis, x to the right and y up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from statistics import median

from codesign.core.computed.ranking import ranks

CUT = 50
#: This near to a line, a position is called borderline.
BORDER = 5
#: People further apart than this on an axis should talk.
SPREAD = 25
#: Affected this much or more (0 to 3) with power below the cut: a voice to be strengthened.
AFFECTED = 2

Place = tuple[int, int]


@dataclass(frozen=True)
class Position:
    """Where several people together put one thing."""

    x: float
    y: float
    spread_x: int
    spread_y: int
    people: int

    @property
    def should_be_discussed(self) -> bool:
        return max(self.spread_x, self.spread_y) > SPREAD


def position(places: Sequence[Place]) -> Position | None:
    """The median on each axis, and the widest distance between two people."""
    if not places:
        return None
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return Position(median(xs), median(ys), max(xs) - min(xs), max(ys) - min(ys), len(places))


def is_borderline(x: float, y: float) -> bool:
    return min(abs(x - CUT), abs(y - CUT)) <= BORDER


def power_interest(interest: float, power: float) -> str:
    """How closely to work with an actor. Source: Mendelow's grid of power and interest (1991)."""
    if power >= CUT:
        return "manage_closely" if interest >= CUT else "keep_satisfied"
    return "keep_informed" if interest >= CUT else "monitor"


def has_voice_gap(stakeholder: Mapping[str, object]) -> bool:
    """Much affected and with little power: shown as "give more voice", never as low priority."""
    affected, power = stakeholder.get("affected"), stakeholder.get("power")
    if not isinstance(affected, int) or not isinstance(power, int):
        return False
    return affected >= AFFECTED and power < CUT


def impact_effort(effort: float, impact: float) -> str:
    if impact >= CUT:
        return "big_projects" if effort >= CUT else "quick_wins"
    return "think_again" if effort >= CUT else "fill_ins"


def effect_ranks(places: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """By impact for each piece of effort; `places` are (effort, impact), and what costs none costs one."""
    worth = {
        id: _half_up(1000 * impact / max(effort, 1)) for id, (effort, impact) in places.items()
    }
    return ranks(worth)


def _half_up(number: float) -> int:
    """As browsers round."""
    return floor(number + 0.5)


def salience(has_power: bool, is_legitimate: bool, is_urgent: bool) -> tuple[str, str | None]:
    """The kind of claim somebody has, and its class by how many of the three hold.

    Source: Mitchell, Agle and Wood, Toward a theory of stakeholder identification and salience (1997); their
    "dangerous" is shown as "forceful".
    """
    kinds = {
        (True, False, False): "dormant",
        (False, True, False): "discretionary",
        (False, False, True): "demanding",
        (True, True, False): "dominant",
        (True, False, True): "forceful",
        (False, True, True): "dependent",
        (True, True, True): "definitive",
        (False, False, False): "outside",
    }
    holds = (has_power, is_legitimate, is_urgent)
    return kinds[holds], (None, "latent", "expectant", "definitive")[sum(holds)]


def zone_of(stakeholder: Mapping[str, object]) -> str:
    """Where among the three circles somebody stands: `p`, `l` and `u` joined, `none`, or nothing where nobody has
    said anything yet."""
    said = [stakeholder.get(name) for name in ("has_power", "is_legitimate", "is_urgent")]
    holds = "".join(letter for letter, one in zip("plu", said, strict=True) if one)
    return holds or ("none" if False in said else "")
