"""networkx when it is first asked for something.

Importing it takes half a second of CPU, which every server and every worker would pay at its start.
"""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    import networkx

    return getattr(networkx, name)
