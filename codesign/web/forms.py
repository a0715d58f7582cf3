"""Forms as they come in: bounded, with their token checked before a field is read."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request

from codesign.web import csrf
from codesign.web.house import house_of
from codesign.web.sessions import visitor_of

FIELDS = 200


class Stale(Exception):
    """The form's token is not this browser's: the page was open too long, or cookies are off."""


class Form:
    """The fields of a form. `is_ours` tells whether its token holds."""

    def __init__(self, data: FormData, is_ours: bool) -> None:
        self._data = data
        self.is_ours = is_ours

    @classmethod
    def empty(cls) -> Form:
        """For a page that is shown before anybody has filled its form."""
        return cls(FormData(), is_ours=True)

    def text(self, name: str) -> str:
        """A field's words; empty when it is not there or is a file."""
        value = self._data.get(name)
        return value if isinstance(value, str) else ""

    def line(self, name: str) -> str:
        return self.text(name).strip()

    def lines(self, name: str) -> list[str]:
        """What stands on lines of their own in a field, without the empty ones."""
        lines = (line.strip() for line in self.text(name).splitlines())
        return [line for line in lines if line]

    def all(self, name: str) -> list[str]:
        """Every field of this name, such as boxes that were ticked."""
        return [value for value in self._data.getlist(name) if isinstance(value, str)]

    def has(self, name: str) -> bool:
        return name in self._data


async def read_form(request: Request, most: int = FIELDS) -> Form:
    """The form with its token checked. Raises Stale."""
    form = await look_at_form(request, most)
    if not form.is_ours:
        raise Stale
    return form


async def look_at_form(request: Request, most: int = FIELDS) -> Form:
    """For pages that rather show the form again, filled in, than send somebody away."""
    data = await request.form(max_files=0, max_fields=most)
    visitor = await visitor_of(request)
    given = data.get("form_token") or request.headers.get("x-form-token")
    secret = house_of(request).secret
    return Form(data, isinstance(given, str) and csrf.is_token(secret, visitor.form_key, given))
