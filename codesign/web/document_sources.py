"""Which records a document is made of: those that whoever leads may follow now, asked of the one question there is."""

from __future__ import annotations

import asyncio
import gzip
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request

from codesign.core.stream import Item, State
from codesign.core.visibility import may_follow
from codesign.i18n import BY_TAG
from codesign.live.encoded import Snapshot
from codesign.results import system_map
from codesign.results.document_list import BY_ID, DOCUMENTS
from codesign.results.documents import Document
from codesign.web import document_contents as contents
from codesign.web.access import Leads, leads_of, state_of
from codesign.web.errors import unknown
from codesign.web.from_playbook import catalog_of
from codesign.web.house import House, house_of
from codesign.web.past import state_at
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
    #: Which one that was kept; empty: as it is now.
    version: str = ""


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
        version=query.get("version", "")[:40],
    )


async def begin(request: Request, asked: Asked, form: str) -> Job:
    """The job that makes this document in this form; as it was, where a version is asked for."""
    leads = leads_of(request)
    register = await _register(request)
    closed, until = await contents.closed_of(request, leads), None
    if asked.version:
        version = _version(closed, asked)
        register, closed = await _then(request, version)
        until = int(version["at"])
    said = await _said(request, asked, register, closed, until)
    if until is not None:
        said["day"] = datetime.fromtimestamp(until / 1000, UTC).date().isoformat()
    return await _begin(request, form, asked.lang, await _maps_of(request, asked), **said)


async def begin_comparison(request: Request, asked: Asked, version: str) -> Job:
    """What is gone and what is new since that version."""
    closed = await contents.closed_of(request, leads_of(request))
    then, words = await _then(request, _version(closed, replace(asked, version=version)))
    register = await _register(request)
    said = await _said(request, asked, register, closed, None)
    said["writings_then"] = contents.writings_of(words, asked.document.id, asked.record)
    said["snapshots"] = (_packed(then, version), said["snapshots"][0])
    return await _begin(request, "compare", asked.lang, [], **said)


async def _said(
    request: Request, asked: Asked, register: State, closed: State, until: int | None
) -> dict[str, Any]:
    document, gifts = asked.document, await contents.given(request, until)
    leads = leads_of(request)
    if until is None:
        snapshot = await _snapshot(house_of(request), leads, f"register:{leads.programme}")
    else:
        snapshot = _packed(register, asked.version)
    return {
        **{"document": document.id, "record": asked.record, "names": asked.names},
        "writings": contents.writings_of(closed, document.id, asked.record),
        "chosen": contents.chosen_records(gifts, register),
        "taken": await contents.chosen_words(request, gifts, document, register),
        "method_ids": {one.method for one in document.sections if one.method},
        "snapshots": (snapshot,),
    }


async def _register(request: Request) -> State:
    """Raises Unknown where it may not be followed."""
    leads, house = leads_of(request), house_of(request)
    stream = f"register:{leads.programme}"
    if not _may(leads, stream):
        raise unknown()
    return await state_of(house, stream) or State()


def _version(closed: State, asked: Asked) -> Item:
    known = contents.versions_of(closed, asked.document.id, asked.record)
    found = next((one for one in known if one["id"] == asked.version), None)
    if found is None:
        raise unknown()
    return found


async def _then(request: Request, version: Item) -> tuple[State, State]:
    """The register and its closed side as they were when the version was kept."""
    house, programme = house_of(request), leads_of(request).programme
    register = await state_at(house, f"register:{programme}", int(version["seq"]))
    return register, await state_at(house, f"closed:{programme}", int(version["closed_seq"]))


def _packed(register: State, version: str) -> Snapshot:
    # Sorted, as snapshots are: a set reads in the same order in every version.
    told = {"state": {"fields": dict(register.fields), "items": [*register.all()]}}
    packed = gzip.compress(json.dumps(told, sort_keys=True).encode(), mtime=0)
    return Snapshot(f"version {version}", 0, packed)


async def _maps_of(request: Request, asked: Asked) -> list[tuple[str, Snapshot]]:
    shows_maps = any(one.show == "maps" for one in asked.document.sections)
    return await _maps(request) if shows_maps else []


async def begin_list(request: Request) -> Job:
    """How far every document is. Boards are not opened for it: what needs them says nothing of how far it is."""
    methods = {one.method for document in DOCUMENTS for one in document.sections if one.method}
    leads, register = leads_of(request), await _register(request)
    chosen = contents.chosen_records(await contents.given(request), register)
    snapshot = await _snapshot(house_of(request), leads, f"register:{leads.programme}")
    said = {"chosen": chosen, "method_ids": methods, "snapshots": (snapshot,)}
    return await _begin(request, "list", known_visitor(request).words.tag, [], **said)


async def _begin(
    request: Request, form: str, lang: str, maps: list[tuple[str, Snapshot]], **said: Any
) -> Job:
    house, leads = house_of(request), leads_of(request)
    methods, snapshots = said.pop("method_ids"), said.pop("snapshots")
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
    return house.reporting.begin(values, [*snapshots, *(one for _, one in maps)], job="documents")


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
