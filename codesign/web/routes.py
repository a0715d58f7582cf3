"""Every page and form there is, and who may call it: data, so that a test can try each with everyone.

Sockets, snapshots and what machines ask (`/healthz` and the like) are listed with their own modules.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.routing import Route

from codesign.core.limits import (
    ARCHIVE_BYTES,
    IMAGE_BYTES,
    IMPORT_BYTES,
    POST_BYTES,
    WORKBOOK_BYTES,
)
from codesign.web import sign_in
from codesign.web.access import Page, Who, guard
from codesign.web.pages import (
    agenda,
    archives,
    attendance,
    became,
    board,
    calendars,
    carrying,
    code_door,
    course,
    document_versions,
    document_words,
    documents,
    door,
    exports,
    front,
    groups,
    images,
    imports,
    join,
    library,
    links,
    lobby,
    me,
    new_board,
    new_workshop,
    personas,
    playback,
    playbooks,
    programme,
    records,
    rehearsal,
    report,
    report_logos,
    retention,
    shared_report,
    tables,
    to_translate,
    tokens,
    translations,
    votes,
    wall,
    way,
    workbooks,
    workshop,
)

#: What a form says around a file it carries.
AROUND_FILE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    path: str
    name: str
    who: Who
    get: Page | None = None
    post: Page | None = None
    #: How much may be posted, where it is more than a form.
    body: int = 0


ROUTES = (
    Entry("/", "front", "anyone", get=front.front),
    Entry("/code", "code", "anyone", get=front.show_code, post=front.take_code),
    # After too many wrong codes: who waits to be let in says so by a cookie.
    Entry("/code/knock", "code_knock", "anyone", post=code_door.take),
    Entry("/code/waiting", "code_waiting", "anyone", get=code_door.show),
    Entry("/language", "language", "anyone", post=front.take_language),
    Entry("/privacy", "privacy", "anyone", get=front.privacy),
    Entry("/join/{token}", "join", "anyone", get=join.show, post=join.take),
    # For who waits at the door: the browser's own seat says which person that is.
    Entry("/lobby/{workshop}", "lobby", "anyone", get=lobby.show),
    Entry("/return/{token}", "return", "anyone", get=join.show_return, post=join.take_return),
    Entry("/sign-in", "sign_in", "anyone", get=sign_in.show_sign_in, post=sign_in.take_sign_in),
    Entry("/sign-in/{token}", "link", "anyone", get=sign_in.show_link, post=sign_in.take_link),
    Entry("/sign-out", "sign_out", "anyone", post=sign_in.sign_out),
    Entry(
        "/password", "password", "account", get=sign_in.show_password, post=sign_in.take_password
    ),
    Entry(
        "/workshops/new", "new_workshop", "account", get=new_workshop.show, post=new_workshop.take
    ),
    # Whoever may make a workshop may bring one in; it is theirs then, whoever led it elsewhere.
    Entry(
        "/workshops/bring-in",
        "bring_in",
        "account",
        get=archives.show,
        post=archives.take,
        body=ARCHIVE_BYTES + AROUND_FILE,
    ),
    Entry("/library", "library", "leader", get=library.show),
    Entry("/library/{method}", "method", "leader", get=library.show_method),
    Entry("/playbooks/{playbook}", "playbook", "leader", get=playbooks.show),
    # Whoever may make a workshop may make a programme of them.
    Entry("/playbooks/{playbook}/start", "start_playbook", "account", post=playbooks.start),
    Entry("/programmes/{programme}", "programme", "programme", get=programme.show),
    Entry(
        "/programmes/{programme}/carry",
        "carry",
        "programme",
        get=carrying.show,
        post=carrying.take,
        body=POST_BYTES,
    ),
    Entry("/programmes/{programme}/documents", "documents", "programme", get=documents.show_list),
    Entry(
        "/programmes/{programme}/documents/{document}",
        "document",
        "programme",
        get=documents.show,
    ),
    Entry(
        "/programmes/{programme}/documents/{document}/file.{form}",
        "document_file",
        "programme",
        get=documents.show_file,
    ),
    Entry(
        "/programmes/{programme}/documents/{document}/words",
        "document_words",
        "programme",
        get=document_words.show,
        post=document_words.take,
    ),
    Entry(
        "/programmes/{programme}/documents/{document}/versions",
        "document_versions",
        "programme",
        get=document_versions.show,
        post=document_versions.keep,
    ),
    Entry("/programmes/{programme}/way", "way", "programme", get=way.show),
    Entry("/programmes/{programme}/workshops", "add_gathering", "programme", post=programme.add),
    Entry("/programmes/{programme}/retention", "retention", "programme", post=retention.take),
    # Behind the account that led it, which the pages themselves look at.
    Entry("/endings/{ending}", "ending", "account", post=retention.drop),
    Entry("/endings/{ending}/archive.zip", "ending_archive", "account", get=retention.fetch),
    Entry(
        "/programmes/{programme}/tokens",
        "programme_tokens",
        "programme",
        post=tokens.take_of_programme,
    ),
    Entry(
        "/programmes/{programme}/tokens/{given}",
        "programme_token",
        "programme",
        post=tokens.end_of_programme,
    ),
    Entry("/workshops/{workshop}", "workshop", "lead", get=workshop.show),
    Entry(
        "/workshops/{workshop}/boards",
        "new_board",
        "lead",
        get=new_board.show,
        post=new_board.take,
    ),
    Entry("/workshops/{workshop}/agenda", "agenda", "lead", get=agenda.show),
    Entry("/workshops/{workshop}/agenda.ics", "calendar", "lead", get=calendars.take_home),
    Entry("/workshops/{workshop}/rehearsal", "rehearsal", "lead", post=rehearsal.take),
    Entry("/workshops/{workshop}/rehearsal/end", "end_rehearsal", "lead", post=rehearsal.end),
    Entry("/workshops/{workshop}/people", "people", "lead", get=workshop.show_people),
    Entry("/workshops/{workshop}/people/{person}", "person", "lead", post=workshop.take_person),
    Entry("/workshops/{workshop}/door", "door", "lead", post=door.take_door),
    Entry("/workshops/{workshop}/knocks", "knocks", "lead", get=door.show, post=door.take),
    Entry("/workshops/{workshop}/name", "name", "lead", post=workshop.take_name),
    Entry("/workshops/{workshop}/cities", "cities", "lead", post=workshop.take_city),
    Entry("/workshops/{workshop}/rotate", "rotate", "lead", post=workshop.take_rotate),
    Entry("/workshops/{workshop}/links", "links", "lead", post=links.take),
    Entry("/workshops/{workshop}/links/{link}", "given", "lead", get=links.show, post=links.end),
    Entry("/workshops/{workshop}/tokens", "tokens", "lead", post=tokens.take),
    Entry("/workshops/{workshop}/tokens/{given}", "token", "lead", post=tokens.end),
    Entry("/workshops/{workshop}/archive.zip", "archive", "lead", get=archives.take_home),
    Entry(
        "/workshops/{workshop}/attendance",
        "attendance",
        "lead",
        get=attendance.show,
        post=attendance.correct,
    ),
    Entry(
        "/workshops/{workshop}/attendance.csv",
        "attendance_csv",
        "lead",
        get=attendance.take_home,
    ),
    Entry("/workshops/{workshop}/wall", "wall", "lead", get=wall.show),
    Entry("/workshops/{workshop}/plan", "plan", "person", get=wall.plan),
    Entry("/workshops/{workshop}/tables/{seating}", "outlines", "lead", get=tables.outlines),
    Entry("/workshops/{workshop}/votes/{vote}/mine", "my_ballot", "person", get=votes.mine),
    Entry("/b/{board}", "board", "person", get=board.show),
    Entry("/b/{board}/return-link", "return_link", "person", get=board.return_link),
    Entry("/b/{board}/playback", "playback", "person", get=playback.show),
    Entry("/b/{board}/history", "history", "person", get=playback.history),
    Entry("/b/{board}/restore", "restore", "lead", post=playback.restore),
    Entry("/b/{board}/personas", "personas", "person", get=personas.show),
    Entry(
        "/w/{workshop}/translations",
        "to_translate",
        "person",
        get=to_translate.show,
        post=to_translate.take,
    ),
    Entry("/b/{board}/form", "record_form", "person", get=records.form),
    Entry("/b/{board}/findings", "findings", "person", get=records.found),
    Entry("/b/{board}/translate", "translate", "person", post=translations.take),
    Entry("/b/{board}/leave", "leave", "person", post=board.leave),
    Entry("/b/{board}/export.{form}", "export", "person", get=exports.show),
    Entry("/b/{board}/groups.json", "groups", "person", get=groups.show),
    Entry("/b/{board}/report-picture", "report_picture", "person", get=report.show_picture),
    Entry("/w/{workshop}/course", "course", "person", get=course.show),
    Entry("/w/{workshop}/me", "me", "person", get=me.show),
    Entry("/w/{workshop}/became", "became", "person", get=became.show),
    Entry("/w/{workshop}/me.html", "my_page", "person", get=me.take_page),
    Entry("/w/{workshop}/me.json", "my_data", "person", get=me.take_json),
    Entry("/w/{workshop}/forget-me", "forget_me", "person", post=me.forget),
    Entry("/w/{workshop}/report", "report", "person", get=report.show),
    Entry("/w/{workshop}/report.{form}", "report_file", "person", get=report.show_file),
    Entry(
        "/w/{workshop}/report-plan",
        "report_plan",
        "lead",
        get=report.show_plan,
        post=report.take_plan,
    ),
    Entry("/w/{workshop}/report-link", "report_link", "lead", post=report.take_link),
    Entry(
        "/w/{workshop}/report-logos",
        "report_logos",
        "lead",
        post=report_logos.add,
        body=IMAGE_BYTES + AROUND_FILE,
    ),
    Entry("/w/{workshop}/report-logos/{logo}", "report_logo", "lead", post=report_logos.remove),
    # Behind the link of the report, which the pages themselves look at.
    Entry(
        "/r/{shared}/{token}",
        "shared_report",
        "anyone",
        get=shared_report.show,
        post=shared_report.take,
    ),
    Entry(
        "/r/{shared}/{token}/report.{form}", "shared_file", "anyone", get=shared_report.show_file
    ),
    Entry(
        "/r/{shared}/{token}/boards/{picture}",
        "shared_picture",
        "anyone",
        get=shared_report.show_picture,
    ),
    Entry("/r/{shared}/{token}/logos/{logo}", "shared_logo", "anyone", get=shared_report.show_logo),
    Entry(
        "/workshops/{workshop}/import",
        "import",
        "lead",
        post=imports.take,
        body=IMPORT_BYTES + AROUND_FILE,
    ),
    Entry(
        "/boards/{board}/images",
        "images",
        "person",
        post=images.take,
        body=IMAGE_BYTES + AROUND_FILE,
    ),
    Entry(
        "/boards/{board}/map",
        "map",
        "person",
        post=workbooks.read_map,
        body=WORKBOOK_BYTES + AROUND_FILE,
    ),
    Entry(
        "/boards/{board}/table",
        "table",
        "person",
        post=workbooks.read_table,
        body=WORKBOOK_BYTES + AROUND_FILE,
    ),
    # Behind the door of the workshop the file belongs to, which the page itself looks up.
    Entry("/files/{file}", "file", "anyone", get=images.show),
)


def page_routes() -> list[Route]:
    """The table as Starlette wants it, each page behind its guard."""
    made = []
    for entry in ROUTES:
        if entry.get:
            made.append(Route(entry.path, guard(entry.get, entry.who), name=entry.name))
        if entry.post:
            page = guard(entry.post, entry.who)
            limit = (
                [Middleware(RequestBodyLimitMiddleware, max_body_size=entry.body)]
                if entry.body
                else []
            )
            route = Route(entry.path, page, methods=["POST"], name=entry.name, middleware=limit)
            made.append(route)
    return made
