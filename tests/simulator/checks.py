"""What must hold: while a world turns (acks, tails, what reaches whom), and when it has come to rest."""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any

from codesign.core.changes import apply_changes
from codesign.core.hashing import state_hash, xor_of
from codesign.core.stream import State
from codesign.store.memory import MemoryJournal
from tests.builders import WORKSHOP
from tests.live.hall import BOARD_STREAM, WORKSHOP_STREAM

if TYPE_CHECKING:
    from tests.simulator.network import Link
    from tests.simulator.pages import Page
    from tests.simulator.world import World

STREAMS = (BOARD_STREAM, WORKSHOP_STREAM)
#: A page asks again by itself after these; nothing is lost yet.
ASKED_AGAIN = ("unavailable", "rate", "too_old")
Message = dict[str, Any]


class Checks:
    def __init__(self, world: World) -> None:
        self.world = world
        #: By (client, n): stream and seq of every ack a server gave.
        self.acks: dict[tuple[str, int], set[tuple[str, int]]] = {}
        #: By letter: who typed it, and into what.
        self.letters: dict[str, tuple[Page, str | None]] = {}
        #: Letters someone took out on purpose, or that were lost with a restored backup.
        self.excused: set[str] = set()
        self.undoers: set[str] = set()
        self.refused: list[tuple[Page, Message]] = []
        self.asked: dict[tuple[str, int], Message] = {}
        #: Those who were to be removed, and those who are in the end: a restored backup brings
        #: people back, but pages that were told they are out stay out until they are opened anew.
        self.removed: set[str] = set()
        self.gone: set[str] = set()
        self.dropped: set[str] = set()
        self.broken: AssertionError | None = None

    # What people did

    def typed(self, page: Page, item: str | None, letters: str) -> None:
        for letter in letters:
            self.letters[letter] = (page, item)

    def took_out(self, letters: str) -> None:
        self.excused |= set(letters)

    def took_back(self, person: str) -> None:
        """Undo takes one's own letters away; whose exactly is not followed here."""
        self.undoers.add(person)

    def said(self, message: Message) -> None:
        if message["type"] == "op":
            self.asked[message["client"], message["n"]] = message["op"]

    def is_out(self, page: Page) -> bool:
        if page.person in self.gone:
            return True
        told = any(event["event"] == "unfollowed" for event in page.events)
        return page.person in self.removed and (told or page.is_over)

    def restored(self, disk: MemoryJournal) -> None:
        self.excused |= self.letters.keys()
        self.acks.clear()
        self.refused.clear()

    # While it turns

    def told(self, link: Link, message: Message) -> None:
        """The server hands a message to a socket."""
        try:
            self._whispered(link, message)
            match message["type"]:
                case "ack":
                    self._acked(message)
                case "changes":
                    self._changed(link, message)
                case "unfollowed":
                    link.told.pop(message["stream"], None)
        except AssertionError as broken:
            # The server shields itself from whatever a socket raises; the world raises it later.
            self.broken = self.broken or broken

    def _whispered(self, link: Link, message: Message) -> None:
        """Of a lane, nobody but its person hears so much as its name."""
        said = json.dumps(message)
        own = said.replace(link.page.person, "")
        own = re.sub(link.page.token + r"\d{6}", "", own)
        if self.world.privacy is not None:
            self.world.privacy.told(link, message, own)
        assert "lane:" not in own or re.search(r"lane:[\w-]+:\d+:[\w-]", own) is None, said

    def heard(self, page: Page, message: Message) -> None:
        is_ballot = (message.get("client"), message.get("n")) not in self.asked
        if message["type"] == "refused" and message["code"] not in ASKED_AGAIN and not is_ballot:
            self.refused.append((page, message))

    def _acked(self, message: Message) -> None:
        """An ack means: on disk. So its seq cannot be ahead of the journal."""
        stream, seq = message["stream"], message["seq"]
        head = self._head(stream)
        privacy = self.world.privacy
        is_erased = (
            privacy is not None and stream in privacy.nameless
        )  # revealed, perhaps, and then said again
        assert seq <= head or is_erased, f"acked {message}, but the journal ends at {head}"
        self.acks.setdefault((message["client"], message["n"]), set()).add((stream, seq))

    def _changed(self, link: Link, message: Message) -> None:
        stream, entries = message["stream"], message["entries"]
        assert [entry["seq"] for entry in entries] == [*range(message["from"], message["to"] + 1)]
        assert all(set(entry) <= {"seq", "by", "at", "changes"} for entry in entries)
        assert message["to"] <= self._head(stream), "told before it was on disk"
        before = link.told.get(stream)
        assert before in (None, message["from"] - 1), f"{before}, then {message['from']}"
        link.told[stream] = message["to"]

    def _head(self, stream: str) -> int:
        disk = self.world.disk
        if not isinstance(disk, MemoryJournal):
            return 2**53
        kept = disk._streams.get(stream)
        return kept.head if kept else 0

    # At rest

    async def at_rest(self) -> None:
        rooms = self.world.server.rooms
        workshop = await rooms.state(WORKSHOP_STREAM)
        assert workshop is not None
        self.gone = {item["id"] for item in workshop[1].all() if item.get("gone")}
        for board in list(workshop[1].of_kind("board")):
            assert await rooms.state(f"board:{board['id']}"), f"{board['id']} was never set up"
        assert await self.world.disk.due(2**53) == []
        for stream in STREAMS:
            rows = await self.world.disk.entries(stream, 0)
            replayed = State()
            for row in rows:
                apply_changes(replayed, row.entry.changes)
            found = await rooms.state(stream)
            assert found is not None
            assert found[0] == len(rows)
            assert state_hash(found[1]) == state_hash(replayed), f"{stream}: live is not replay"
            joined = json.loads(_unpacked(await rooms.snapshot(stream)))
            items = {item["id"]: item for item in joined["state"]["items"]}
            fresh = State(joined["state"]["fields"], items)
            assert state_hash(fresh) == state_hash(replayed), f"{stream}: a fresh join differs"
            assert xor_of(fresh) == xor_of(replayed)
            self._pages_agree(stream, len(rows), state_hash(replayed))
        await self._acks_are_kept()
        self._nothing_was_refused_in_silence()
        self.dropped = await self._dropped_in_lanes()
        if self.world.privacy is not None:
            self.dropped |= self.world.privacy.dropped
            await self.world.privacy.at_rest()
        self._every_letter_is_somewhere(await self._texts())

    def _pages_agree(self, stream: str, seq: int, digest: str) -> None:
        for page in self.world.pages:
            assert self.is_out(page) or not page.is_over, f"{page.client} was shown out"
            if self.is_out(page):
                continue
            diverged = [event for event in page.events if event["event"] == "diverged"]
            assert diverged == [], f"{page.client} had to be healed by a beacon"
            hashes = page.do("hashes", stream)
            expected = {"seq": seq, "confirmed": digest, "view": digest, "unsent": 0}
            assert hashes == expected, f"{page.client}: {stream}"

    async def _acks_are_kept(self) -> None:
        """Each acked op is in the journal once, where the ack said; or it changed nothing."""
        names: dict[tuple[str, int], tuple[str, int]] = {}
        for stream in (*STREAMS, *await self.world.disk.lanes(WORKSHOP)):
            for row in await self.world.disk.entries(stream, 0):
                if row.client is not None and row.n is not None:
                    assert (row.client, row.n) not in names, f"{row.client} {row.n} twice"
                    names[row.client, row.n] = (stream, row.entry.seq)
        for name, places in self.acks.items():
            if name in names:
                assert names[name] in places, f"{name} was acked as {places}, is {names[name]}"

    def _nothing_was_refused_in_silence(self) -> None:
        """The person is told, or the client asks again; ops on what was refused go with it."""
        for page, message in self.refused:
            told = [event for event in page.events if event["event"] == "refused"]
            if page in self.world.closed:
                continue  # whoever takes its queue over hears it again
            if any(event["n"] == message["n"] for event in told) or self.is_out(page):
                continue
            if (message["client"], message["n"]) in self.acks:
                continue
            if self.asked[message["client"], message["n"]]["type"] in ("edit_text", "undo"):
                continue  # the letters are followed one by one; what was refused needs no undo
            never = {made for event in told if event["op"] for made in _made_by(event["op"])}
            op = self.asked[message["client"], message["n"]]
            if any(event["op"] == op for event in told):
                continue  # under another number, which it got because its item might still come to be
            if list(self.asked.values()).count(op) > 1:
                continue  # asked anew under another name
            about = {one.get("id") for one in _ops_of(op)}
            assert about <= set(never), f"{message} was not told: {op}"

    def _every_letter_is_somewhere(self, texts: tuple[State, str]) -> None:
        state, written = texts
        pages = [*self.world.pages, *self.world.closed]
        offered: dict[str, str] = {}
        for page in pages:
            told = "".join(str(event.get("text", "")) for event in page.events)
            offered[page.person] = offered.get(page.person, "") + told
        lost = []
        for letter, (page, item) in self.letters.items():
            if letter in self.excused or letter in written or page.person in self.undoers:
                continue
            if item is not None and (state.was_dropped(item) or item in self.dropped):
                continue
            if letter in offered[page.person]:
                continue
            # Whoever was removed keeps what was not saved: on a page, or in the queue of a tab.
            if self.is_out(page) and letter in self._kept_by(page.person):
                continue
            lost.append((letter, page.client, item))
        assert lost == [], f"letters are lost: {lost}"
        if not self.undoers:
            double = [letter for letter in self.letters if written.count(letter) > 1]
            assert double == [], f"letters are there twice: {double}"

    def _kept_by(self, person: str) -> str:
        """Everything on the pages of this person and in their queues, whoever of them asked it."""
        pages = [page for page in (*self.world.pages, *self.world.closed) if page.person == person]
        looks = [page.look() for page in pages if page not in self.world.closed]
        kept = [page.do("kept") for page in pages]
        return json.dumps(looks, ensure_ascii=False) + "".join(kept)

    async def _dropped_in_lanes(self) -> set[str]:
        """What was taken back before anybody else saw it. All that was not has been revealed."""
        dropped: set[str] = set()
        board = await self.world.server.rooms.state(BOARD_STREAM)
        assert board is not None
        for stream in await self.world.disk.lanes(WORKSHOP):
            loaded = await self.world.disk.load(stream)
            assert loaded is not None
            dropped |= loaded.state.dropped
            for item in loaded.state.items:
                assert board[1].get(item) or board[1].was_dropped(item), f"{item} stays hidden"
        return dropped

    async def _texts(self) -> tuple[State, str]:
        found = await self.world.server.rooms.state(BOARD_STREAM)
        assert found is not None
        state = found[1]
        words = [
            str(item.get(field, ""))
            for item in state.all()
            for field in ("text", "name", "title", "label", "alt")
        ]
        return state, "".join((*words, state.fields["question"]))


def _made_by(op: Message) -> list[str]:
    return [one["id"] for one in _ops_of(op) if one["type"].startswith("create_")]


def _ops_of(op: Message) -> list[Message]:
    return op["ops"] if op["type"] == "all" else [op]


def _unpacked(snapshot: Any) -> bytes:
    assert snapshot is not None
    return gzip.decompress(snapshot.body)
