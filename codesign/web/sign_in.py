"""Signing in: by a one-time link, or by name and password. Passwords are argon2, hashed off the event loop."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from codesign.core.clean import Unclean, clean_name
from codesign.store import people, workshops
from codesign.store.people import Account
from codesign.web.forms import look_at_form, read_form
from codesign.web.house import House, house_of
from codesign.web.links import hash_token
from codesign.web.render import full_url, go, own_path, render
from codesign.web.seats import make_id
from codesign.web.sessions import end_session, known_visitor, start_session, visitor_of

LINK_MS = 24 * 60 * 60 * 1000
#: For this long after signing in a new password may be set without the old one: the way back for who forgot it.
FRESH_MS = 15 * 60 * 1000
SHORTEST, LONGEST = 10, 200

_hasher = PasswordHasher()
#: Two at a time: each takes 64 MiB and half a core.
_AT_ONCE = 2
#: As the workers'.
_NICE = 10


class LinkOver(Exception):
    """The one-time link signs nobody in (any more)."""


@dataclass(frozen=True, slots=True)
class LinkPage:
    token: str
    #: The account has no name yet: ask for one.
    is_first: bool
    name: str = ""
    email: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class SignInPage:
    next: str
    login: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class PasswordPage:
    has_one: bool
    needs_old: bool
    shortest: int = SHORTEST
    wrong: str = ""
    is_done: bool = False


async def make_link(house: House, account: str) -> str:
    """A one-time link's token; whoever uses it is signed in as this account."""
    token = secrets.token_urlsafe(24)
    expires = house.now() + LINK_MS
    await people.add_one_time_link(house.database, hash_token(token), account, expires)
    return token


async def show_link(request: Request) -> Response:
    """Asks for a press of the button: programs that look at links must not use them up."""
    account = await _link_account(request)
    page = LinkPage(str(request.path_params["token"]), is_first=not account.name)
    return await render(request, "sign_in/link.html", page)


async def take_link(request: Request) -> Response:
    form = await read_form(request)
    house, account = house_of(request), await _link_account(request)
    token = str(request.path_params["token"])
    if not account.name:
        wrong = await _name_first(request, account, form.text("name"), form.line("email"))
        if wrong:
            page = LinkPage(token, True, form.text("name")[:400], form.line("email")[:254], wrong)
            return await render(request, "sign_in/link.html", page, status=422)
    if await people.use_link(house.database, hash_token(token), house.now()) is None:
        raise LinkOver
    response = go(request, "front")
    await start_session(request, response, account.id)
    return response


async def show_sign_in(request: Request) -> Response:
    visitor = await visitor_of(request)
    back = own_path(request.query_params.get("next", "")) or ""
    if visitor.account:
        return RedirectResponse(back or full_url(request, "front"), 303)
    return await render(request, "sign_in/sign_in.html", SignInPage(back))


async def take_sign_in(request: Request) -> Response:
    form = await look_at_form(request)
    house, now = house_of(request), house_of(request).now()
    _ = known_visitor(request).words.gettext
    login, back = form.line("login")[:254], own_path(form.line("next")) or ""
    keys = [f"login {login.casefold()}", address_of(request)]
    if any(house.wrong_passwords.too_many(key, now) for key in keys):
        wrong, status = _("That was too often. Please wait ten minutes, then try again."), 429
    elif not form.is_ours:
        wrong = _("This page was open for a long time. Please press the button once more.")
        status = 422
    elif account := await _admitted(house, keys, login, form.text("password")):
        response = RedirectResponse(back, 303) if back else go(request, "front")
        await start_session(request, response, account.id)
        return response
    else:
        wrong, status = _("This name and this password do not belong together."), 422
    page = SignInPage(back, login, wrong)
    return await render(request, "sign_in/sign_in.html", page, status=status)


async def sign_out(request: Request) -> Response:
    await read_form(request)
    response = go(request, "front")
    await end_session(request, response)
    return response


async def show_password(request: Request) -> Response:
    return await render(request, "sign_in/password.html", _password_page(request))


async def take_password(request: Request) -> Response:
    form = await read_form(request)
    visitor = known_visitor(request)
    assert visitor.account is not None  # noqa: S101  the guard saw to it
    _ = visitor.words.gettext
    new, wrong = form.text("new"), ""
    if not SHORTEST <= len(new) <= LONGEST:
        wrong = visitor.words.ngettext(
            "Please take at least {n} letter.", "Please take at least {n} letters.", SHORTEST
        )
    elif _password_page(request).needs_old and not await verify(
        visitor.account.password_hash, form.text("old")
    ):
        wrong = _("This is not your present password.")
    if wrong:
        page = _password_page(request, wrong)
        return await render(request, "sign_in/password.html", page, status=422)
    await _set_password(request, visitor.account.id, await hash_password(new))
    page = _password_page(request, is_done=True)
    return await render(request, "sign_in/password.html", page)


async def _set_password(request: Request, account: str, hashed: str) -> None:
    """Whoever else is signed in with the old one is out at once, open boards included (P13)."""
    house, session = house_of(request), known_visitor(request).session
    keep = session.hash if session else None
    for ended in await people.set_password(house.database, account, hashed, keep=keep):
        house.rooms.close_session(ended)


def _step_back() -> None:
    """Whoever writes goes first: beside a full board a hash would take half of the only core. Other systems than
    Linux have one priority for all threads."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


_hashing = ThreadPoolExecutor(_AT_ONCE, "password", initializer=_step_back)


async def hash_password(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_hashing, _hasher.hash, password)


async def verify(hashed: str | None, password: str) -> bool:
    """As slow for an account that is not there as for one that is."""

    def work() -> bool:
        try:
            if hashed is None:
                _hasher.hash(password)  # the same work as looking at one
                return False
            return _hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    return await asyncio.get_running_loop().run_in_executor(_hashing, work)


def address_of(request: Request) -> str:
    """Where a request comes from; behind a proxy that is configured, where it says."""
    return request.client.host if request.client else ""


async def _admitted(house: House, keys: list[str], login: str, password: str) -> Account | None:
    """Counted before it is looked at: of a thousand guesses sent at once only a few are."""
    for key in keys:
        house.wrong_passwords.wrong(key, house.now())
    account = await _checked(house, login, password)
    for key in keys if account else ():
        house.wrong_passwords.forgive(key)
    return account


async def _checked(house: House, login: str, password: str) -> Account | None:
    found = [a for a in await people.accounts_named(house.database, login) if a.password_hash]
    for account in found[:3]:
        if await verify(account.password_hash, password[:LONGEST]):
            return account
    if not found:
        await verify(None, password[:LONGEST])
    return None


async def _link_account(request: Request) -> Account:
    house = house_of(request)
    hashed = hash_token(str(request.path_params["token"]))
    id = await people.link_account(house.database, hashed, house.now())
    account = await people.account(house.database, id) if id else None
    if account is None:
        raise LinkOver
    return account


async def say_link_over(request: Request, _error: Exception) -> Response:
    """A link that is used, too old or never was: all alike, and what to do now."""
    words = (await visitor_of(request)).words
    wrong = words.gettext("This link has been used, or is too old.")
    return await render(request, "sign_in/sign_in.html", SignInPage("", "", wrong), status=404)


async def _name_first(request: Request, account: Account, name: str, email: str) -> str:
    """Give a new account its name. The answer is what is wrong, if anything."""
    house = house_of(request)
    _ = known_visitor(request).words.gettext
    try:
        name = clean_name(name)
    except Unclean:
        return _("Please write your name.")
    if email and ("@" not in email[1:-1] or len(email) > 254 or not email.isprintable()):
        return _("This is not an e-mail address.")
    if not await people.name_account(house.database, account.id, name, email or None):
        return _("Another account has this e-mail address.")
    first = await people.first_account(house.database)
    if first and first.id == account.id:
        await workshops.adopt(house.database, account.id)
    return ""


async def make_account(house: House) -> Account:
    """One without a name: its first sign-in asks for it."""
    new = Account(make_id(), "", None, None, house.now())
    await people.add_account(house.database, new)
    return new


def _password_page(request: Request, wrong: str = "", is_done: bool = False) -> PasswordPage:
    visitor = known_visitor(request)
    assert visitor.account is not None  # noqa: S101  the guard saw to it
    assert visitor.session is not None  # noqa: S101
    has_one = visitor.account.password_hash is not None
    fresh = house_of(request).now() - visitor.session.created < FRESH_MS
    return PasswordPage(has_one, has_one and not fresh, wrong=wrong, is_done=is_done)
