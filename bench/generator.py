"""The load generator: bench/load, built once per state of its source, and run on a core of its own."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench import cache, machine

SOURCE = Path(__file__).resolve().parent / "load"


class NoGenerator(Exception):
    """The message is a sentence for whoever runs the bench."""


def build() -> Path:
    """The program, made with the C++ compiler of this machine."""
    if not sys.platform.startswith("linux"):
        raise NoGenerator(
            "The load generator needs Linux (epoll). Run the bench in a container or a VM."
        )
    files = sorted(SOURCE.glob("*.[hc]*"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    program = cache.folder() / f"load-{digest}"
    if program.exists():
        return program
    compiler = next(filter(shutil.which, ("g++", "c++", "clang++")), None)
    if compiler is None:
        raise NoGenerator(
            "There is no C++ compiler here (g++ or clang++), and the load generator is built with one. "
            "A generator in Python would be slower than the servers it measures, so nothing was measured."
        )
    draft = program.with_suffix(".new")
    subprocess.run(
        [compiler, "-O2", "-std=c++17", "-o", draft, SOURCE / "main.cpp"],
        check=True,
    )
    draft.rename(program)
    return program


def run(program: Path, core: int | None, options: Mapping[str, object]) -> dict[str, Any]:
    """One run; what it measured. An empty answer means that it could not even begin."""
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    done = subprocess.run(
        [*machine.pinned(core), str(program), *words],
        stdout=subprocess.PIPE,
        text=True,
        timeout=300,
    )
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if lines else {}
