"""Where the bytes of pictures lie: in the data folder under random names, written before the row that names them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from codesign.core.limits import WORKSHOP_IMAGE_BYTES
from codesign.results.worker import WorkError
from codesign.settings import Settings
from codesign.store import files
from codesign.store.disk import created, make_folder, sync_folder
from codesign.store.files import File
from codesign.web.house import House


def folder_of(settings: Settings) -> Path:
    return settings.data / "files"


def path_of(settings: Settings, id: str) -> Path:
    return folder_of(settings) / id


async def keep(house: House, new: File, content: bytes) -> None:
    """The picture on disk, then in the database. Raises WorkError when the workshop has no room left."""
    if await files.bytes_of(house.database, new.workshop) + len(content) > WORKSHOP_IMAGE_BYTES:
        raise WorkError("limit", "workshop_images")
    await asyncio.to_thread(write_file, house.settings, new.id, content)
    await files.add_file(house.database, new)


def write_file(settings: Settings, id: str, content: bytes) -> None:
    """The bytes on disk; until a row names them a sweep may take them again."""
    path = path_of(settings, id)
    make_folder(path.parent)
    draft = path.with_name(f".{path.name}.part")
    with created(draft) as file:
        file.write(content)
    draft.replace(path)
    # Else a loss of power could take the name away from under a row that survives it.
    sync_folder(path.parent)
