"""Which records a document is made of: those that whoever leads may follow now, asked of the one question there is."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from codesign.core.stream import State
from codesign.core.visibility import may_follow
from codesign.i18n import BY_TAG
from codesign.live.encoded import Snapshot
from codesign.results import system_map
from codesign.results.document_list import BY_ID, DOCUMENTS
from codesign.results.documents import Document
from codesign.web.access import Leads, leads_of, state_of
from codesign.web.errors import unknown
from codesign.web.from_playbook import catalog_of
from codesign.web.house import House, house_of
from codesign.web.report_sources import Reader, boards_of, today
from codesign.web.reporting import Job
from codesign.web.sessions import known_visitor

#: Boards that are looked through for maps.
MOST_BOARDS = 60
#: A register that nobody has written in.
NOTHING = Snapshot("nothing", 0, gzip.compress(b'{"state":{"fields":{},"items":[]}}', mtime=0))
#: What is always there: the words of projects.
PLAIN_METHOD = "project-fiche"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which document, of which record, with headings in which language, and whether people are named."""

    document: Document
    record: str = ""
    lang: str = ""
    names: bool = True


def asked_for(request: Request) -> Asked:
    """Of the address; what is no document of ours is unknown."""
    document = BY_ID.get(str(request.path_params["document"]))
    query = request.query_params
    if document is None:
        raise unknown()
    lang = query.get("lang", "")
    return Asked(
        document,
        record=query.get("record", "")[:40] if document.per else "",
        lang=lang if lang in BY_TAG else known_visitor(request).words.tag,
        names=query.get("names") != "no",
    )


async def begin(request: Request, asked: Asked, form: str) -> Job:
    """The job that makes this document in this form."""
    shows_maps = any(one.show == "maps" for one in asked.document.sections)
    maps = await _maps(request) if shows_maps else []
    said = {"document": asked.document.id, "record": asked.record, "names": asked.names}
    methods = {one.method for one in asked.document.sections if one.method}
    return await _begin(request, form, asked.lang, methods, maps, **said)


async def begin_list(request: Request) -> Job:
    """How far every document is. Boards are not opened for it: what needs them says nothing of how far it is."""
    methods = {one.method for document in DOCUMENTS for one in document.sections if one.method}
    return await _begin(request, "list", known_visitor(request).words.tag, methods, [])


async def _begin(
    request: Request,
    form: str,
    lang: str,
    methods: Iterable[str],
    maps: list[tuple[str, Snapshot]],
    **said: Any,
) -> Job:
    house, leads = house_of(request), leads_of(request)
    register = await _snapshot(house, leads, f"register:{leads.programme}")
    values = {
        "form": form,
        "lang": lang,
        "day": today(house),
        "programme": leads.title,
        "methods": await _methods(request, {*methods, PLAIN_METHOD}, lang),
        "kept": await _kept(house, leads),
        "maps": [title for title, _ in maps],
        **said,
    }
    snapshots = [register, *(one for _, one in maps)]
    return house.reporting.begin(values, snapshots, job="documents")


async def _snapshot(house: House, leads: Leads, stream: str) -> Snapshot:
    """Raises Unknown where it may not be followed; a programme without records has a register without any."""
    if not _may(leads, stream):
        raise unknown()
    return await house.rooms.snapshot(stream) or NOTHING


def _may(leads: Leads, stream: str) -> bool:
    return any(may_follow(one.person, stream, one.state) for one in leads.places)


async def _kept(house: House, leads: Leads) -> dict[str, list[str]]:
    """Which contacts are there. What they are stays here: it goes into no worker and no document."""
    stream = f"closed:{leads.programme}"
    closed = await state_of(house, stream) if _may(leads, stream) else None
    found = (closed or State()).of_kind("project")
    return {str(one["id"]): ["contact"] for one in found if str(one.get("contact", "")).strip()}


async def _methods(request: Request, ids: set[str], lang: str) -> dict[str, Any]:
    catalog = await catalog_of(house_of(request))
    told = (id for id in sorted(ids) if id in catalog.methods)
    return await asyncio.to_thread(
        lambda: {id: catalog.told(id, [lang])[1].model_dump(mode="json") for id in told}
    )


async def _maps(request: Request) -> list[tuple[str, Snapshot]]:
    """System maps of the workshops that are led, in their order."""
    house, found = house_of(request), []
    boards = [
        (place, board)
        for place in leads_of(request).places
        for board in boards_of(Reader(place.workshop.id, place.state, place.person, names=True))
    ]
    for place, board in boards[:MOST_BOARDS]:
        stream = f"board:{board}"
        state = await state_of(house, stream)
        if state is not None and system_map.is_map(state):
            snapshot = await house.rooms.snapshot(stream)
            title = str((place.state.get(board) or {}).get("title", ""))
            found += [(title, snapshot)] if snapshot is not None else []
    return found
