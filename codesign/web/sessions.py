"""Browser sessions: opaque tokens in a cookie, hashes in the database, and who is visiting with them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from starlette.requests import HTTPConnection
from starlette.responses import Response

from codesign.i18n import Words, choose
from codesign.store import people
from codesign.store.people import Account, Session
from codesign.web.house import House, house_of
from codesign.web.links import hash_token

LANGUAGE, THEME, FORM = "codesign_lang", "codesign_theme", "codesign_form"
KNOCK = "codesign_knock"
#: Made anew whenever somebody leaves a workshop at this browser.
LEFT = "codesign_left"
DAY = 24 * 60 * 60
#: Guests keep their place as long as a workshop's own things are kept; whoever is signed in, a month.
GUEST_MS, ACCOUNT_MS = 180 * DAY * 1000, 30 * DAY * 1000
#: How long pages wait before they come back under a new session.
COME_BACK_MS = 2_000
#: How old `seen` may grow before it is written again.
SEEN_MS = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends this request: their session, their account if they have one, and their words."""

    session: Session | None
    account: Account | None
    words: Words
    theme: str | None
    #: What their form tokens are made from: the session's token, or a cookie that stands for one.
    form_key: str
    #: The form cookie has yet to be set.
    is_new: bool


async def visitor_of(connection: HTTPConnection) -> Visitor:
    """Found once for each request."""
    known: Visitor | None = getattr(connection.state, "visitor", None)
    if known is None:
        known = connection.state.visitor = await _find(connection)
    return known


def known_visitor(connection: HTTPConnection) -> Visitor:
    """The same where somebody has asked already."""
    found: Visitor = connection.state.visitor
    return found


def nobody(connection: HTTPConnection) -> Visitor:
    """A visitor we could not look up: enough to say so in their language."""
    return Visitor(None, None, _words(connection), _theme(connection), "", False)


async def session_of(connection: HTTPConnection) -> Session | None:
    """The session of a request or a socket's handshake."""
    house = house_of(connection)
    token = connection.cookies.get(cookie_name(connection), "")
    if not token:
        return None
    return await people.session(house.database, hash_token(token), house.now())


async def start_session(
    connection: HTTPConnection, response: Response, account: str | None
) -> Session:
    """A new session in place of the present one: what was known before the login is worth nothing after it."""
    house, now = house_of(connection), house_of(connection).now()
    token = secrets.token_urlsafe(32)
    lasts = ACCOUNT_MS if account else GUEST_MS
    new = Session(hash_token(token), account, now, now, now + lasts)
    old = await session_of(connection)
    await people.open_session(house.database, new, old.hash if old else None)
    if old:
        # The seats have moved over: pages come back as who they were, once the answer has brought the new cookie.
        house.rooms.close_session(old.hash, "restart", delay=COME_BACK_MS)
    _set_cookie(connection, response, cookie_name(connection), token, lasts // 1000)
    response.delete_cookie(FORM, path="/")
    return new


async def end_session(connection: HTTPConnection, response: Response) -> None:
    house = house_of(connection)
    if session := await session_of(connection):
        await people.close_session(house.database, session.hash)
        house.rooms.close_session(session.hash)
    response.delete_cookie(
        cookie_name(connection), path="/", secure=is_secure(connection), httponly=True
    )


def cookie_name(connection: HTTPConnection) -> str:
    """`__Host-` binds the cookie to this very host, but browsers take it over https only."""
    return "__Host-codesign" if is_secure(connection) else "codesign_session"


def is_secure(connection: HTTPConnection) -> bool:
    public = house_of(connection).settings.public_url
    if public:
        return public.startswith("https:")
    return connection.url.scheme in ("https", "wss")


def remember_language(connection: HTTPConnection, response: Response, tag: str) -> None:
    _set_cookie(connection, response, LANGUAGE, tag, 365 * DAY, httponly=False)


def remember_knock(connection: HTTPConnection, response: Response, person: str) -> None:
    """Who this browser will be, should the code it typed be right and somebody let it in."""
    _set_cookie(connection, response, KNOCK, person, DAY)


def remember_leaving(connection: HTTPConnection, response: Response) -> None:
    """Whoever joins at this browser from now on is somebody else than whoever has left."""
    _set_cookie(connection, response, LEFT, secrets.token_urlsafe(16), GUEST_MS // 1000)


def newcomer_key(connection: HTTPConnection) -> str:
    """What stands for whoever joins at this browser: the same in each of its tabs, until somebody leaves."""
    return f"{known_visitor(connection).form_key}|{connection.cookies.get(LEFT, '')[:100]}"


def use_language(connection: HTTPConnection, tag: str) -> None:
    """This request's answer is in that language already."""
    words = house_of(connection).catalogues.words(tag)
    connection.state.visitor = replace(known_visitor(connection), words=words)


def set_form_cookie(connection: HTTPConnection, response: Response, visitor: Visitor) -> None:
    if visitor.is_new:
        _set_cookie(connection, response, FORM, visitor.form_key, None)


async def _find(connection: HTTPConnection) -> Visitor:
    house = house_of(connection)
    session = await session_of(connection)
    account = None
    if session:
        if session.account:
            account = await people.account(house.database, session.account)
        await _keep(house, session)
    token = connection.cookies.get(cookie_name(connection)) if session else None
    waiting = connection.cookies.get(FORM)
    key = token or waiting or secrets.token_urlsafe(16)
    is_new = token is None and waiting is None
    return Visitor(session, account, _words(connection), _theme(connection), key, is_new)


async def _keep(house: House, session: Session) -> None:
    now = house.now()
    if now - session.seen > SEEN_MS:
        lasts = ACCOUNT_MS if session.account else GUEST_MS
        await people.keep_session(house.database, session.hash, now, now + lasts)


def _words(connection: HTTPConnection) -> Words:
    accept = connection.headers.get("accept-language", "")
    tag = choose(connection.cookies.get(LANGUAGE), accept)
    return house_of(connection).catalogues.words(tag)


def _theme(connection: HTTPConnection) -> str | None:
    chosen = connection.cookies.get(THEME)
    return chosen if chosen in ("light", "dark") else None


def _set_cookie(
    connection: HTTPConnection,
    response: Response,
    name: str,
    value: str,
    seconds: int | None,
    httponly: bool = True,
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        secure=is_secure(connection),
        httponly=httponly,
        samesite="lax",
    )
