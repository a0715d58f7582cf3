"""Files that people send, as a body or in a form: who may, and the bytes."""

from __future__ import annotations

from starlette.datastructures import UploadFile
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
    visitor, house = known_visitor(request), house_of(request)
    async with request.form(max_files=1, max_fields=10) as form:
        if not csrf.is_token(house.secret, visitor.form_key, str(form.get("form_token", ""))):
            raise Stale
        file = form.get("archive")
        if not isinstance(file, UploadFile) or not file.size:
            raise WorkError("bad_op", "archive")
        return await file.read()
