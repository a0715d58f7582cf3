"""Files that people send, as a body or in a form: who may, and the bytes."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from codesign.core import permissions
from codesign.results.worker import WorkError
from codesign.web import csrf
from codesign.web.access import place_of
from codesign.web.forms import Stale
from codesign.web.house import house_of
from codesign.web.sessions import known_visitor


def refusal_of(request: Request) -> str | None:
    """The code for who may not bring something to a board by a body of their own now; asked before it is read."""
    place, house, visitor = place_of(request), house_of(request), known_visitor(request)
    if not csrf.is_token(house.secret, visitor.form_key, request.headers.get("x-form-token", "")):
        return "forbidden"
    stage = str(place.state.fields.get("stage", "open"))
    step = permissions.step_of(place.state.fields)
    if not permissions.may(place.role, "add", stage, step=step):
        return permissions.refusal(place.role, "add", "own")
    return None


async def archive_of(request: Request) -> bytes:
    """The file `archive` of the form. Raises Stale without its token, WorkError without a file."""
    async with _sent(request, "archive", "archive") as (file, _):
        return await file.read()


async def keep_archive(request: Request, path: Path) -> None:
    """The same, to a file: it may be larger than memory should hold."""
    async with _sent(request, "archive", "archive") as (file, _):
        with path.open("xb") as out:
            await asyncio.to_thread(shutil.copyfileobj, file.file, out)


async def logo_of(request: Request) -> tuple[bytes, str]:
    """The file `logo` of the form, and whose it is. Raises as above."""
    async with _sent(request, "logo", "image") as (file, form):
        return await file.read(), str(form.get("name", ""))


@asynccontextmanager
async def _sent(
    request: Request, field: str, reason: str
) -> AsyncIterator[tuple[UploadFile, FormData]]:
    visitor, house = known_visitor(request), house_of(request)
    async with request.form(max_files=1, max_fields=10) as form:
        if not csrf.is_token(house.secret, visitor.form_key, str(form.get("form_token", ""))):
            raise Stale
        file = form.get(field)
        if not isinstance(file, UploadFile) or not file.size:
            raise WorkError("bad_op", reason)
        yield file, form
