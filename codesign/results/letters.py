"""Letters as files of offices take them."""

from __future__ import annotations

import re

#: What XML cannot hold.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
