"""What is said to be on disk is named on disk, all the way up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from codesign.settings import Settings
from codesign.store.disk import make_folder
from codesign.web.files import path_of, write_file


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is synced, by its name at that moment."""
    found: list[str] = []
    sync = os.fsync

    def noting(descriptor: int) -> None:
        found.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    return found


def test_a_picture_is_on_disk_under_its_name(tmp_path: Path, synced: list[str]) -> None:
    settings = Settings(
        data=tmp_path / "data", secret=SecretStr("a secret that only tests have, long enough")
    )
    write_file(settings, "picture", b"of a bus")
    assert synced == [
        str(tmp_path),
        str(tmp_path / "data"),
        str(tmp_path / "data/files/.picture.part"),
        str(tmp_path / "data/files"),
    ]
    assert path_of(settings, "picture").read_bytes() == b"of a bus"
    synced.clear()
    write_file(settings, "other", b"of a tram")
    assert synced[-1] == str(tmp_path / "data/files")


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path, synced: list[str]) -> None:
    make_folder(tmp_path)
    assert synced == []
