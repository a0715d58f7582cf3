"""P17: what a killed server left of its work is gone when the next one starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from codesign.results import scratch


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left_by(pid: int, folder: Path) -> Path:
    left = folder / f"{scratch.PREFIX}{pid}-ab12"
    left.mkdir()
    (left / "board.svg").write_text("what people wrote", "utf-8")
    return left


def test_what_a_process_left_that_is_no_more_is_swept(folder: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, same_number = left_by(gone.pid, folder), left_by(os.getpid(), folder)
    os.utime(same_number, (scratch.BEGAN - 60, scratch.BEGAN - 60))
    assert scratch.sweep() == 2
    assert (left.exists(), same_number.exists()) == (False, False)


def test_what_is_being_worked_in_stays(folder: Path) -> None:
    in_use = [left_by(os.getppid(), folder), left_by(os.getpid(), folder)]
    others = folder / "codesign-notes"
    others.mkdir()
    assert scratch.sweep() == 0
    assert all(path.exists() for path in (*in_use, others))


def test_folders_are_named_after_the_process_that_uses_them(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=scratch.prefix()) as made:
        assert Path(made).name.startswith(f"codesign-work-{os.getpid()}-")
