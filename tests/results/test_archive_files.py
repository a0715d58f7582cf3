"""A workshop's pictures go in and out of its archive without being in memory."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from codesign.core import limits
from codesign.core.stream import new_id
from codesign.results.archive import FORMAT, VERSION, _write
from codesign.results.archive_reading import _Archive
from codesign.results.worker import WorkError

PICTURES = [new_id(bytes([at]) * 16) for at in range(6)]
ABOUT_IT = {"format": FORMAT, "version": VERSION, "files": [{"id": id} for id in PICTURES]}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than came in before there was room for a gigabyte; holes on the disk, so nothing is written for them."""
    folder = tmp_path_factory.mktemp("archive")
    for id in PICTURES:
        with (folder / id).open("wb") as file:
            file.truncate(limits.IMAGE_BYTES)
    out = folder / "archive.zip"
    tracemalloc.start()
    _write(out, {}, {id: folder / id for id in PICTURES}, ABOUT_IT, "2026-11-22")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert out.stat().st_size > limits.IMPORT_BYTES
    assert peak < 4 * 1024 * 1024
    return out


def test_sixty_megabytes_of_pictures_take_a_few_of_memory_both_ways(
    archive: Path, tmp_path: Path
) -> None:
    (tmp_path / "came").mkdir()
    tracemalloc.start()
    with zipfile.ZipFile(archive) as file:
        reading = _Archive(file, tmp_path / "came")
        came = [reading._picture(one, lambda id: id) for one in reading.about["files"]]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
    assert came == PICTURES
    assert {path.stat().st_size for path in (tmp_path / "came").iterdir()} == {limits.IMAGE_BYTES}


def test_a_picture_that_is_more_than_it_says_is_given_up(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(archive) as file:
        reading = _Archive(file, tmp_path)
        monkeypatch.setattr(limits, "IMAGE_BYTES", 1024 * 1024)
        with pytest.raises(WorkError, match="unpacked"):
            reading._picture({"id": PICTURES[0]}, lambda _: "came")
    assert (tmp_path / "came").stat().st_size < 2 * 1024 * 1024
