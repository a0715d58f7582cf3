"""What a service suggests as the translation of a note. Without one there is no such page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from codesign.core import permissions
from codesign.core.stream import Item
from codesign.core.visibility import may_follow
from codesign.core.whole import LANGUAGE
from codesign.i18n import N_
from codesign.web.access import Place, place_of, state_of
from codesign.web.errors import REFUSALS, unknown
from codesign.web.forms import read_form
from codesign.web.house import house_of
from codesign.web.sessions import known_visitor
from codesign.web.translating import Untranslated

#: By reason, else by code: what is said to whoever asked.
SENTENCES = {
    "busy": N_("Many translations are under way just now. Please try again in a moment."),
    "refused": N_("The translation service takes no more just now. Please write it by hand."),
    "language": N_("The translation service does not know this language. Please write it by hand."),
    "long": N_("This note is too long for the translation service."),
    "slow": N_("The translation service took too long. Please write it by hand."),
    "silent": N_("The translation service gave no answer. Please write it by hand."),
}
STATUS = {"limit": 413, "rate": 429, "unavailable": 503, "forbidden": 403, "stage": 409}


async def take(request: Request) -> Response:
    """Only what is on the board, where everybody there sees it: notes that are hidden are on no board."""
    house, place = house_of(request), place_of(request)
    board = str(request.path_params["board"])
    if not may_follow(place.person, f"board:{board}", place.state):
        raise unknown()
    form = await read_form(request)
    if house.translating is None:
        return _refusal(request, "unknown")
    lang = form.line("lang")
    if not LANGUAGE.fullmatch(lang):
        return _refusal(request, "bad_op")
    state = await state_of(house, f"board:{board}")
    note = state.get(form.line("note")) if state else None
    if note is None or note["kind"] != "note":
        return _refusal(request, "unknown")
    if code := _refused(place, note):
        return _refusal(request, code)
    try:
        words = await house.translating.translate(
            place.person, str(note["text"]), note.get("lang"), lang
        )
    except Untranslated as error:
        return _refusal(request, error.code, error.reason)
    return JSONResponse({"words": words}, headers={"cache-control": "no-store"})


def _refused(place: Place, note: Item) -> str:
    """As the board's room would: asking costs somebody something, and is for those who may keep the answer."""
    stage = str(place.state.fields.get("stage", "open"))
    whose = "own" if note.get("by") == place.person else "other"
    if permissions.may(place.role, "translate", stage, whose):
        return ""
    return permissions.refusal(place.role, "translate", whose)


def _refusal(request: Request, code: str, reason: str = "") -> Response:
    words = known_visitor(request).words
    text = words.gettext(SENTENCES.get(reason) or REFUSALS[code])
    return JSONResponse({"code": code, "text": text}, STATUS.get(code, 422))
