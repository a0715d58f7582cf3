"""Who is here and what they are about: told and forgotten (protocol 8). Never journalled, dropped first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from codesign.core import limits
from codesign.core.permissions import LEADS, WRITERS
from codesign.live import frames
from codesign.live.frames import Frame
from codesign.live.messages import ShowPresence

#: Ids of a selection or drag that are told to others: more would only be a blur on their screens.
IDS_TOLD = 40

Shown = dict[str, Any]


class Presence:
    """One stream's. `wake` is called when there is something to tell and nobody knew so yet."""

    def __init__(self, stream: str, wake: Callable[[], None]) -> None:
        self._stream = stream
        self._wake = wake
        self._pages: Counter[str] = Counter()
        #: As `people` says it; made when it is first asked for, which every op of a board does.
        self._people: frozenset[str] | None = None
        #: What each page of a person shows, the one that spoke last at the end; and what that adds up to.
        self._by_page: dict[str, dict[object, Shown]] = {}
        self._shown: dict[str, Shown] = {}
        #: The newest cursor of somebody as it came, and the page it came from: read when it is told, if it ever is.
        self._unread: dict[str, tuple[object, bytes]] = {}
        #: Who moved since the last frame and has not been told; the newest last.
        self._moved: dict[str, None] = {}
        self._news: dict[str, Shown | None] = {}

    @property
    def here(self) -> int:
        return len(self._pages)

    @property
    def people(self) -> frozenset[str] | None:
        """Who has it open; None where nobody has, because then they may have it open at another server."""
        if self._people is None:
            self._people = frozenset(self._pages)
        return self._people or None

    @property
    def interval(self) -> float:
        """Seconds between frames: thinner as the crowd grows (P8.2)."""
        if self.here <= 50:
            return 0.05
        return 0.1 if self.here <= 100 else 0.2

    @property
    def has_news(self) -> bool:
        return bool(self._moved or self._news)

    def everyone(self) -> Frame:
        """For one who just came: all who are here, in one frame."""
        for person in list(self._unread):
            self._read(person)
        people = {person: self._shown.get(person, {}) for person in self._pages}
        return frames.presence(self._stream, self.here, people)

    def come(self, person: str) -> None:
        self._pages[person] += 1
        if self._pages[person] == 1:
            self._people = None
            self._news[person] = self._shown.setdefault(person, {})
            self._wake()

    def leave(self, person: str, page: object = None) -> None:
        """One page of the person has gone, and what it showed with it; with the last one the person has."""
        self._pages[person] -= 1
        self._read(person)
        shown = self._by_page.get(person, {}).pop(page, None)
        if self._pages[person] <= 0:
            del self._pages[person]
            self._people = None
            self._by_page.pop(person, None)
            self._shown.pop(person, None)
            self._moved.pop(person, None)
            self._news[person] = None
            self._wake()
        elif shown:
            self._add_up(person)

    def show(self, person: str, message: ShowPresence, page: object = None) -> None:
        """A page that does not write takes no mark away from another one that does."""
        if person not in self._pages:
            return
        self._read(person)
        pages = self._by_page.setdefault(person, {})
        shown = {**pages.pop(page, {}), **_given(message)}
        pages[page] = {key: value for key, value in shown.items() if value is not None}
        self._add_up(person)

    def point(self, person: str, cursor: bytes, page: object = None) -> None:
        """As `show`, of a cursor alone: `x,y` in digits. A newer one takes its place before anybody has read it."""
        if person not in self._pages:
            return
        if (before := self._unread.get(person)) is not None and before[0] is not page:
            self._read(person)
        self._unread[person] = (page, cursor)
        self._moves(person)

    def hide(self, hidden: Callable[[str], bool]) -> None:
        """Takes back what these people show; that they are here stays known."""
        for person in list(self._unread):
            self._read(person)
        for person, shown in self._shown.items():
            if shown and hidden(person):
                self._by_page.pop(person, None)
                self._add_up(person)

    def _add_up(self, person: str) -> None:
        """All pages of the person together; where they differ, the one that spoke last."""
        self._shown[person] = _together(self._by_page.get(person, {}).values())
        self._moves(person)

    def _read(self, person: str) -> None:
        """The cursor that nobody has looked at yet is shown like any other."""
        page, cursor = self._unread.pop(person, (None, b""))
        if cursor:
            pages = self._by_page.setdefault(person, {})
            x, y = cursor.split(b",")
            shown = {**pages.pop(page, {}), "cursor": [int(x), int(y)]}
            pages[page] = shown
            self._shown[person] = shown if len(pages) == 1 else _together(pages.values())

    def _moves(self, person: str) -> None:
        self._moved.pop(person, None)
        self._moved[person] = None
        self._wake()

    def take_frame(self) -> Frame | None:
        """What is new, at most forty movers and the newest of them; the others wait for the next."""
        people = self._news
        self._news = {}
        for person in list(self._moved)[-limits.PRESENCE_MOVERS :]:
            del self._moved[person]
            self._read(person)
            people[person] = self._shown[person]
        return frames.presence(self._stream, self.here, people) if people else None


#: What is shown to a whole workshop, and what only where one is (P8.4).
OF_WORKSHOP = frozenset({"leads", "at", "follows"})
_ALL = frozenset(ShowPresence.model_fields) - {"type", "stream"}


def not_told(kind: str, role: str, fields: Mapping[str, Any]) -> frozenset[str]:
    """The fields that somebody of this role may not show there; `fields` are the workshop's."""
    away = _ALL - OF_WORKSHOP if kind == "workshop" else OF_WORKSHOP
    if role not in LEADS:
        away |= {"leads"}
    if role not in LEADS | WRITERS or fields.get("cheers_off", False):
        away |= {"cheer"}
    return away


def _together(pages: Iterable[Shown]) -> Shown:
    added: Shown = {}
    for shown in pages:
        added |= shown
    return added


def _given(message: ShowPresence) -> Shown:
    """The fields that were in the message; None where one is taken away."""
    given: Shown = {}
    for key in message.model_fields_set - {"type", "stream"}:
        value = getattr(message, key)
        match key:
            case "selection":
                value = value[:IDS_TOLD] if value else None
            case "writing" if value is not None:
                value = {"id": value.id, "field": value.field}
            case "drag" if value is not None:
                value = {"ids": value.ids[:IDS_TOLD], "x": value.x, "y": value.y}
            case "view" | "cheer" if value is not None:
                value = value.model_dump(exclude_none=True)
        given[key] = value
    return given
