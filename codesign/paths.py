"""Where the package finds what is shipped beside its code: templates, and what assets.py built.

In a wheel they lie inside the package; in a checkout they lie at its root, where people edit them.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


class NotBuiltError(Exception):
    """The built assets are not there; the message says how to build them."""


def templates() -> Path:
    return _shipped("templates")


def built() -> Path:
    """static/dist, which the server serves as it is."""
    return _shipped("static") / "dist"


@functools.cache
def manifest() -> dict[str, str]:
    """What a page calls an asset (`js/board/main.js`, `icons.svg`, `i18n/ka`) to its hashed path below `built()`."""
    try:
        text = (built() / "manifest.json").read_text("utf-8")
    except FileNotFoundError:
        raise NotBuiltError("static/dist is not built: run `python -m codesign.assets`") from None
    names: dict[str, str] = json.loads(text)
    return names


@functools.cache
def needs() -> dict[str, list[str]]:
    """What a page calls a script to the built files that it imports at once."""
    names: dict[str, list[str]] = json.loads((built() / "needs.json").read_text("utf-8"))
    return names


def _shipped(name: str) -> Path:
    for folder in (_PACKAGE / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise NotBuiltError(f"there is no {name} folder, neither in the package nor beside it")
