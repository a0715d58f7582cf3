"""Where the bench keeps what it builds and installs: one folder outside the repository."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def folder() -> Path:
    given = os.environ.get("CODESIGN_BENCH_CACHE")
    place = Path(given) if given else _caches() / "codesign-bench"
    place.mkdir(parents=True, exist_ok=True)
    return place


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one server's data; on a disk and not in memory, so that commits cost what they cost."""
    place = Path(tempfile.mkdtemp(prefix="run-", dir=folder()))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _caches() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
