"""Folders for what is made or read on the way. They hold people's words: they go with the work, and what a killed
server left behind goes when the next one starts (P17)."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

PREFIX = "codesign-work-"
BEGAN = time.time()


def prefix() -> str:
    """Of the folders of this process, by which another can tell whether they are still in use."""
    return f"{PREFIX}{os.getpid()}-"


def sweep() -> int:
    """Removes what processes left that are no more. How many there were."""
    left = [path for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if not _in_use(path)]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)


def _in_use(path: Path) -> bool:
    pid = path.name.removeprefix(PREFIX).partition("-")[0]
    if not pid.isdigit():
        return False
    try:
        # In a container every server may have the number that the one before it had.
        if int(pid) == os.getpid():
            return path.stat().st_mtime >= BEGAN
        os.kill(int(pid), 0)
    except (ProcessLookupError, FileNotFoundError):
        return False
    except PermissionError:
        return True
    return True
