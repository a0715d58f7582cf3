"""What a method's data says of its board, where it opens from that alone: how it lies, and where its records go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codesign.core.items import FLOWING, Layout
from codesign.core.kinds import ON_BOARDS, Kind
from codesign.core.record_boards import has_board

if TYPE_CHECKING:
    from codesign.core.method import Method

#: An entry of a canvas says its block itself.
BLOCK = "block"


def board_layout(method: Method) -> Layout | None:
    """How a board of a method lies that opens from its data; nothing where it does not."""
    if has_board(method.layout, method.id) or not records_of(method):
        return None
    if method.layout in ("cards", "table", "tree"):
        return method.layout
    if method.layout == "canvas" or method.layout in FLOWING:
        placed = all(place_of(method, one) or _region_of(method, one) for one in method.kinds)
        return "canvas" if placed else None
    return None


def records_of(method: Method) -> tuple[str, ...]:
    return tuple(one for one in method.kinds if one not in ON_BOARDS)


def place_of(method: Method, name: str) -> str:
    """The field in which a record of this kind says its region: the one that has the regions to choose from."""
    if name == "canvas_entry":
        return BLOCK
    known = method.kind(name)
    regions = {one.id for one in method.regions}
    found = (one.name for one in known.fields if {*one.options} == regions) if known else ()
    return next(iter(found), "") if regions else ""


def said_by_each(method: Method, name: str) -> str:
    """What every person says once: of a region (`region`), or of each record of another kind in each region (its name).

    A kind that is named by nothing of its own: its first field is the region, or another record beside the region.
    """
    known, place = method.kind(name), place_of(method, name)
    if known is None or not place:
        return ""
    first = known.fields[0]
    if first.name == place:
        return "region"
    is_other = first.type == "ref" and len(first.options) == 1 and first.options[0] in method.kinds
    return first.options[0] if is_other else ""


def value_of_each(method: Method, name: str) -> str:
    """The number that is said."""
    known = method.kind(name)
    found = (one.name for one in known.fields if one.type == "scale") if known else ()
    return next(iter(found), "")


def between(kind: Kind) -> tuple[str, str] | None:
    """Both ends of what joins two records."""
    return ("from", "to") if kind.field("from") and kind.field("to") and _joins(kind) else None


def _joins(kind: Kind) -> bool:
    return all(one.type == "ref" for one in kind.fields if one.name in ("from", "to"))


def _region_of(method: Method, name: str) -> str:
    return next((one.id for one in method.regions if one.kind == name), "")
