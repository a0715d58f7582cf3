"""Pictures that people bring: checked and made anew in a worker process, served behind the workshop's door."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from codesign.core.limits import IMAGE_BYTES
from codesign.i18n import N_
from codesign.results.worker import Work, WorkError
from codesign.store import files
from codesign.store.files import File
from codesign.web.access import find_place, place_of
from codesign.web.errors import REFUSALS, unknown
from codesign.web.files import keep, path_of
from codesign.web.house import house_of
from codesign.web.seats import make_id
from codesign.web.sent_files import refusal_of
from codesign.web.sessions import known_visitor, visitor_of

MEDIA_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
#: By reason, else by code: what is said to people.
SENTENCES = {
    "image": N_("This file is not a picture that can be read. PNG, JPEG, WebP and GIF can."),
    "image_bytes": N_("The image is too large: 10 MB at most."),
    "image_pixels": N_("The picture has too many pixels. Please make it smaller first."),
    "workshop_images": N_("There is no room for more pictures in this workshop."),
    "seconds": N_("The picture took too long to read. Please try another one."),
    "memory": N_("The picture took too much memory to read. Please try another one."),
    "busy": N_("Many people are sending pictures just now. Please try again in a minute."),
}
STATUS = {"limit": 413, "rate": 429, "unavailable": 503, "forbidden": 403, "stage": 409}


async def take(request: Request) -> Response:
    """The picture itself as the body; its kind is read from it, not from what the browser says."""
    place, house = place_of(request), house_of(request)
    if code := refusal_of(request):
        return _refusal(request, code)
    if request.headers.get("content-type", "").partition(";")[0] not in MEDIA_TYPES:
        return _refusal(request, "bad_op", "image")
    if int(request.headers.get("content-length") or 0) > IMAGE_BYTES:
        return _refusal(request, "limit", "image_bytes")
    try:
        with house.uploads.room_for(request, IMAGE_BYTES):
            made = await house.workers.run("image", Work({}, [await request.body()]))
        picture, size = made.parts[0], made.values
        new = File(
            id=make_id(),
            workshop=place.workshop.id,
            media_type=size["media_type"],
            width=size["width"],
            height=size["height"],
            bytes=len(picture),
            created=house.now(),
        )
        await keep(house, new, picture)
    except WorkError as error:
        return _refusal(request, error.code, error.reason)
    return JSONResponse({"file": new.id, "w": new.width, "h": new.height}, 201)


async def show(request: Request) -> Response:
    """For everyone in the workshop the picture belongs to; for all others there is none."""
    house, visitor = house_of(request), await visitor_of(request)
    found = await files.file(house.database, str(request.path_params["file"]))
    if found is None or await find_place(request, visitor, found.workshop) is None:
        raise unknown()
    return picture_answer(request, found)


def picture_answer(request: Request, found: File) -> Response:
    """For whoever may see it: asked before."""
    path = path_of(house_of(request).settings, found.id)
    if not path.is_file():
        raise unknown()
    headers = {
        # Never changed under this name, and only for this browser: proxies must not keep it.
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "inline",
    }
    return FileResponse(path, 200, headers, found.media_type)


def _refusal(request: Request, code: str, reason: str = "") -> Response:
    words = known_visitor(request).words
    text = words.gettext(SENTENCES.get(reason) or REFUSALS[code])
    return JSONResponse({"code": code, "text": text}, STATUS.get(code, 422))
