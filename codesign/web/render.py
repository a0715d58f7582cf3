"""Templates: the environment, and one way to answer with a page or with one block of it."""

from __future__ import annotations

import asyncio
import functools
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from codesign import i18n, paths
from codesign.web import csrf
from codesign.web.faces import initials
from codesign.web.house import house_of
from codesign.web.sessions import Visitor, set_form_cookie, visitor_of


@functools.cache
def make_environment() -> Environment:
    """One for the process, whatever is served in it: compiling the templates is most of what the first pages cost."""
    return Environment(
        loader=FileSystemLoader(paths.templates()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


async def render(
    request: Request, template: str, page: object, *, status: int = 200, block: str | None = None
) -> Response:
    """The page. htmx is given only `block` of it, when one is named.

    Beside the event loop: a list of hundreds of people takes longer to write than a tick may wait.
    """
    visitor = await visitor_of(request)
    return await asyncio.to_thread(render_for, visitor, request, template, page, status, block)


def render_for(
    visitor: Visitor,
    request: Request,
    template: str,
    page: object,
    status: int = 200,
    block: str | None = None,
) -> Response:
    names = _frame(request, visitor) | {"page": page}
    found = house_of(request).templates.get_template(template)
    part = found.blocks[block] if block and is_htmx(request) else None
    text = "".join(part(found.new_context(names))) if part else found.render(names)
    response = HTMLResponse(text, status)
    set_form_cookie(request, response, visitor)
    return response


def is_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


def go(request: Request, name: str, **path: str) -> Response:
    """After a form was taken: on to a page, so that a reload does not send the form again."""
    return RedirectResponse(url(request, name, **path), 303)


def url(request: Request, name: str, **path: str) -> str:
    """The path of a page, with the prefix a proxy serves us under."""
    return request.url_for(name, **path).path


def full_url(request: Request, name: str, **path: str) -> str:
    """An address for people to pass on: as the operator says it is, else as this request came in."""
    public = house_of(request).settings.public_url
    address = request.url_for(name, **path)
    if not public:
        return str(address)
    return public + address.path.removeprefix(urlsplit(public).path)


def own_path(path: str) -> str | None:
    """A path of this server to go back to; None for anything that could lead elsewhere."""
    parts = urlsplit(path[:500])
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    if not plain or parts.scheme or parts.netloc or any(ord(letter) < 33 for letter in path):
        return None
    return path[:500]


def _frame(request: Request, visitor: Visitor) -> dict[str, Any]:
    """What every template has besides its page's own dataclass."""
    words, house = visitor.words, house_of(request)
    catalogue = i18n.asset_of(words.tag)
    return {
        "_": words.html,
        "ngettext": words.html_plural,
        "words": words,
        "languages": i18n.LANGUAGES,
        "account": visitor.account,
        "theme": visitor.theme,
        "here": request.url.path,
        "rehearsal": getattr(request.state, "rehearsal", None),
        "asset": lambda name: _asset(request, name),
        "needs": lambda name: [_built(request, path) for path in paths.needs().get(name, ())],
        "words_url": _asset(request, catalogue) if catalogue else "",
        "url": lambda name, **path: url(request, name, **path),
        "form_token": csrf.form_token(house.secret, visitor.form_key),
        "bdi": lambda text: Markup("<bdi>{}</bdi>").format(text),
        "initials": initials,
        "strong": lambda text: Markup("<b>{}</b>").format(text),
    }


def assets_below(request: Request, folder: str) -> dict[str, str]:
    """The addresses of all scripts in a folder that was built, by their names."""
    found = (name for name in paths.manifest() if name.startswith(folder))
    return {name.removeprefix(folder).removesuffix(".js"): _asset(request, name) for name in found}


def _asset(request: Request, name: str) -> str:
    return _built(request, paths.manifest()[name])


def _built(request: Request, path: str) -> str:
    return url(request, "static", path=path)
