"""`python -m tests.simulator SEED [python|mixed [LINES [PRIVATE]]]`: plays one world and prints what happened in it."""

from __future__ import annotations

import asyncio
import logging
import sys

from tests.simulator.test_simulator import MIXED, PYTHON
from tests.simulator.world import TURNS, World


def main(seed: str, clients: str = "python", lines: str = "0", private: str = "1") -> None:
    logging.disable(logging.CRITICAL)
    starts = PYTHON if clients == "python" else MIXED
    world = World(
        int(seed), starts, lines=float(lines), private=private != "0", nameless=private == "2"
    )
    try:
        asyncio.run(world.play(TURNS))
    finally:
        print("\n".join(world.log))


if __name__ == "__main__":
    main(*sys.argv[1:])
