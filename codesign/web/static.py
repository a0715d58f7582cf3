"""What assets.py built, served from memory: hashed names, so browsers may keep it for ever."""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

#: The names hold a hash of what is in the files.
FOR_EVER = "public, max-age=31536000, immutable"
_PACKED = {".js", ".css", ".svg", ".json", ".map", ".txt"}
#: What the machine's own tables may not know, or know otherwise.
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".map": "application/json",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class _File:
    media_type: str
    body: bytes
    packed: bytes | None


class StaticPage:
    """Only what lies in the folder has an address: a path is looked up, never opened as it comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, Path] = {}
        self._files: dict[str, _File] = {}

    async def show(self, request: Request) -> Response:
        name = str(request.path_params["path"])
        file = self._files.get(name) or await self._read(name)
        headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        body = file.body
        if file.packed and "gzip" in request.headers.get("accept-encoding", ""):
            body, headers["Content-Encoding"] = file.packed, "gzip"
        return Response(body, 200, headers, file.media_type)

    async def _read(self, name: str) -> _File:
        path = self._names.get(name) or self._look().get(name)
        if path is None:
            raise HTTPException(404)
        try:
            file = self._files[name] = await asyncio.to_thread(_load, path)
        except OSError:  # a build has just replaced it
            raise HTTPException(404) from None
        return file

    def _look(self) -> dict[str, Path]:
        """Again for each unknown name: a build may have put new files there."""
        files = (path for path in self._folder.rglob("*") if path.is_file())
        self._names = {
            path.relative_to(self._folder).as_posix(): path
            for path in files
            if not path.name.startswith(".")
        }
        return self._names


def _load(path: Path) -> _File:
    body = path.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if path.suffix in _PACKED else None
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return _File(kind or "application/octet-stream", body, packed)
