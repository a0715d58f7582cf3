"""Reading tables that people bring to a board: what is in one goes back to the page, which draws it as one act.

So it is undone as one, by whoever brought it in. Nothing of the file is kept.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core.limits import WORKBOOK_BYTES
from codesign.i18n import N_
from codesign.results.worker import Work, WorkError
from codesign.web.errors import REFUSALS
from codesign.web.house import house_of
from codesign.web.sent_files import refusal_of
from codesign.web.sessions import known_visitor

#: By reason, else by code: what is said to people.
SENTENCES = {
    "workbook": N_("This file is not an Excel workbook that can be read."),
    "workbook_bytes": N_("The workbook is too large: 5 MB at most."),
    "table": N_("This file is no table that can be read: neither CSV nor Excel."),
    "encoding": N_("The letters of this file cannot be read. Please save it as “CSV UTF-8”."),
    "empty": N_("There is nothing in this table."),
    "rows": N_("This table has more than 500 rows. Please bring it in in parts."),
    "columns": N_("This table has more than 60 columns. Please take out those you do not need."),
    "letters": N_("There are too many words in this table. Please bring it in in parts."),
    "seconds": N_("The workbook took too long to read."),
    "memory": N_("The workbook took too much memory to read."),
    "busy": N_("The server is busy. Please try again in a minute."),
}
STATUS = {"limit": 413, "rate": 429, "unavailable": 503, "forbidden": 403, "stage": 409}


async def read_map(request: Request) -> Response:
    """The workbook of a system map."""
    return await _read(request, "map_import")


async def read_table(request: Request) -> Response:
    """Any table, for notes or records."""
    return await _read(request, "table_import")


async def _read(request: Request, job: str) -> Response:
    """The file itself as the body; whether it is one is read from it."""
    house, visitor = house_of(request), known_visitor(request)
    if code := refusal_of(request):
        return _refusal(request, code)
    if int(request.headers.get("content-length") or 0) > WORKBOOK_BYTES:
        return _refusal(request, "limit", "workbook_bytes")
    try:
        with house.uploads.room_for(request, WORKBOOK_BYTES):
            values = {"lang": visitor.words.tag}
            made = await house.workers.run(job, Work(values, [await request.body()]))
    except WorkError as error:
        return _refusal(request, error.code, error.reason)
    return JSONResponse(dict(made.values), 422 if "wrong" in made.values else 200)


def _refusal(request: Request, code: str, reason: str = "") -> Response:
    sentence = SENTENCES.get(reason) or REFUSALS[code]
    text = known_visitor(request).words.gettext(sentence)
    return JSONResponse({"code": code, "text": text}, STATUS.get(code, 422))
