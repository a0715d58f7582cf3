"""An op that was asked and is not confirmed yet. Twin of static/js/board/pending.js."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from codesign.core.changes import Change, PutItem
from codesign.sync.replica import Layer, Spot, touched

Op = dict[str, Any]
#: Stands for "whatever is applied when it goes out".
BASE_AT_SENDING = -1


@dataclass(slots=True, eq=False)
class Pending:
    """Its name, what it is about, what is expected of it, how far it has come."""

    client: str
    n: int
    stream: str
    op: Op
    base: int
    #: What is expected of it.
    changes: Sequence[Change] = ()
    #: The text it edits, and the text its splices speak of.
    spot: Spot | None = None
    text: str = ""
    #: It may have reached the server: its content stays as it is.
    is_sent: bool = False
    #: Its expectation is part of the view.
    is_laid: bool = False
    #: The seq that holds it.
    acked: int | None = None
    #: When to ask again after `unavailable`; 0: not waiting.
    retry_at: int = 0
    tries: int = 0
    #: When it was last put into the queue.
    kept_at: int = 0
    #: The client whose queue keeps it; another one where an op does not say whose it is.
    owner: str = ""
    layers: list[Layer] = field(init=False)

    def __post_init__(self) -> None:
        self.owner = self.owner or self.client
        by_item: dict[str | None, Layer] = {}
        for change in self.changes:
            item_id = touched(change)
            by_item.setdefault(item_id, Layer(item_id, [])).changes.append(change)
        self.layers = list(by_item.values())

    @property
    def name(self) -> tuple[str, int]:
        return self.client, self.n

    @property
    def made(self) -> set[str]:
        """The items it makes."""
        kind = str(self.op["type"])
        if kind != "all" and not kind.startswith("create_"):
            return set()
        return {change.item["id"] for change in self.changes if isinstance(change, PutItem)}

    def is_only_of(self, ids: Collection[str]) -> bool:
        if self.spot is not None:
            return self.spot[0] in ids
        return bool(self.layers) and all(layer.id in ids for layer in self.layers)

    def is_about(self, item_id: str) -> bool:
        about_text = self.spot is not None and self.spot[0] == item_id
        return about_text or any(layer.id == item_id for layer in self.layers)


def text_key(stream: str, spot: Spot) -> str:
    return f"text {stream} {spot[0] or ''} {spot[1]}"
