"""A room's items as bytes: kept once for snapshots, hashed once for beacons, redone only where changed."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from codesign.core.changes import Change, DropItem, PatchItem, PutItem
from codesign.core.hashing import canonical, item_hash
from codesign.core.stream import State

#: Items encoded or hashed in one go, so that a big board just opened does not hold up everyone else.
ITEMS_AT_ONCE = 1_000
#: From here on compressing happens in a thread: zlib lets the event loop go on.
THREAD_BYTES = 32 * 1024


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What `GET /streams/<stream>` answers (P7.1). `body` is gzip."""

    etag: str
    seq: int
    body: bytes


class Encoded:
    """The state of one stream in bytes, as of its last commit."""

    def __init__(self, state: State, seq: int) -> None:
        self._state = state
        self._seq = seq
        self._bytes: dict[str, bytes] = {}
        self._hashes: dict[str, int] = {}
        self._xor = 0
        #: Items whose bytes, and whose hash, are to be made anew. Dicts, for their order.
        self._unencoded: dict[str, None] = dict.fromkeys(state.items)
        self._unhashed: dict[str, None] = dict.fromkeys(state.items)
        self._snapshot: asyncio.Task[Snapshot] | None = None
        self._snapshot_seq = -1

    def note(self, changes: Iterable[Change], seq: int) -> None:
        """These changes are now part of the state: those of the entry `seq`."""
        self._seq = seq
        for change in changes:
            match change:
                case PutItem(item):
                    item_id = item["id"]
                case PatchItem(item_id) | DropItem(item_id):
                    pass
                case _:
                    continue
            self._unencoded[item_id] = None
            self._unhashed[item_id] = None

    def hash_some(self) -> bool:
        """Brings the beacon up to date, a thousand items at a time. True when it is."""
        for _ in range(min(ITEMS_AT_ONCE, len(self._unhashed))):
            item_id, _none = self._unhashed.popitem()
            self._xor ^= self._hashes.pop(item_id, 0)
            if self._encode(item_id):
                digest = hashlib.sha256(self._bytes[item_id]).digest()
                self._hashes[item_id] = fresh = int.from_bytes(digest[:8])
                self._xor ^= fresh
        return not self._unhashed

    @property
    def xor(self) -> int:
        """The beacon (P6.9); right once `hash_some` has said so."""
        return self._xor ^ item_hash(self._state.fields)

    async def snapshot(self, epoch: str) -> Snapshot:
        """Made once for each seq, however many ask at the same time."""
        while len(self._unencoded) > ITEMS_AT_ONCE:
            for item_id in list(islice(self._unencoded, ITEMS_AT_ONCE)):
                self._encode(item_id)
            await asyncio.sleep(0)
        made, seq = self._snapshot, self._seq
        if made is None or self._snapshot_seq != seq or (made.done() and _failed(made)):
            body = self._body(epoch, seq)
            made = self._snapshot = asyncio.create_task(_compressed(body, epoch, seq))
            self._snapshot_seq = seq
        return await asyncio.shield(made)

    def _body(self, epoch: str, seq: int) -> bytes:
        for item_id in list(self._unencoded):
            self._encode(item_id)
        return b'{"epoch":"%b","seq":%d,"state":{"fields":%b,"items":[%b]}}' % (
            epoch.encode(),
            seq,
            canonical(self._state.fields),
            b",".join(self._bytes.values()),
        )

    def _encode(self, item_id: str) -> bool:
        """The item's bytes as they are now; False when it is no longer there."""
        item = self._state.items.get(item_id)
        if item is None:
            self._bytes.pop(item_id, None)
            self._unencoded.pop(item_id, None)
            return False
        if item_id in self._unencoded or item_id not in self._bytes:
            self._bytes[item_id] = canonical(item)
            self._unencoded.pop(item_id, None)
        return True


def _failed(made: asyncio.Task[Snapshot]) -> bool:
    return made.cancelled() or made.exception() is not None


async def _compressed(body: bytes, epoch: str, seq: int) -> Snapshot:
    if len(body) < THREAD_BYTES:
        packed = _pack(body)
    else:
        packed = await asyncio.to_thread(_pack, body)
    return Snapshot(f'"{epoch}.{seq}"', seq, packed)


def _pack(body: bytes) -> bytes:
    return gzip.compress(body, 1, mtime=0)
