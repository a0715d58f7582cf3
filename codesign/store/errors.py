"""What can go wrong in the store.

StoreError
 ├─ CannotOpen            the database cannot be used; the message is for the person at the terminal
 │   ├─ AlreadyServed     another process writes to it
 │   ├─ SchemaTooNew      a newer Codesign wrote it
 │   └─ SchemaTooOld      it has to be migrated first
 ├─ Unavailable           could not be saved or read just now; ask again
 ├─ HeadMoved             the stream's head is not where the asker thought
 ├─ OpKnown               this (client, n) is in the journal already
 └─ Corrupt               what is stored cannot be believed; never saved over
"""

from __future__ import annotations


class StoreError(Exception):
    """Anything below."""


class CannotOpen(StoreError):
    pass


class AlreadyServed(CannotOpen):
    pass


class SchemaTooNew(CannotOpen):
    pass


class SchemaTooOld(CannotOpen):
    pass


class Unavailable(StoreError):
    pass


class HeadMoved(StoreError):
    """Somebody else wrote to the stream. `found`: where its head is, if that is known."""

    def __init__(self, stream: str, head: int, found: int | None = None) -> None:
        super().__init__(
            f"the head of {stream} is {'elsewhere' if found is None else found}, not {head}"
        )
        self.stream = stream


class OpKnown(StoreError):
    def __init__(self, stream: str) -> None:
        super().__init__(f"an op for {stream} is in the journal already")
        self.stream = stream


class Corrupt(StoreError):
    def __init__(self, stream: str, what: str) -> None:
        super().__init__(f"{stream}: {what}")
        self.stream = stream
