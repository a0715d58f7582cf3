"""Names that stay after a loss of power: a file is on disk only when the folder that names it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def created(path: Path) -> Iterator[IO[bytes]]:
    """For us alone, and on disk when it is done."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def make_folder(path: Path) -> None:
    """The folder and those it lies in, each on disk in the one above it."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=0o700, exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """What was put into the folder, renamed or taken away, is so on disk as well."""
    if os.name == "nt":  # no such thing there
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
