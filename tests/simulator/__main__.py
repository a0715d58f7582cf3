"""`python -m tests.simulator SEED [python|mixed [LINES]]`: plays one world and prints what happened in it."""

from __future__ import annotations

import asyncio
import logging
import sys

from tests.simulator.test_simulator import MIXED, PYTHON
from tests.simulator.world import TURNS, World


def main(seed: str, clients: str = "python", lines: str = "0") -> None:
    logging.disable(logging.CRITICAL)
    world = World(int(seed), PYTHON if clients == "python" else MIXED, lines=float(lines))
    try:
        asyncio.run(world.play(TURNS))
    finally:
        print("\n".join(world.log))


if __name__ == "__main__":
    main(*sys.argv[1:])
