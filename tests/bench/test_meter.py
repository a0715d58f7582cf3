"""The generator's own arithmetic (bench/load/meter.h)."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("meter.cpp")
COMPILER = next(filter(shutil.which, ("g++", "c++", "clang++")), None)


@pytest.mark.skipif(COMPILER is None, reason="there is no C++ compiler, and so no generator")
def test_times_are_known_to_two_in_a_hundred_and_markers_wherever_they_stand(
    tmp_path: Path,
) -> None:
    program = tmp_path / "meter"
    subprocess.run([str(COMPILER), "-std=c++17", "-o", program, SOURCE], check=True)
    said = subprocess.run([program], capture_output=True, text=True, check=True).stdout
    empty, quantiles, *markers = said.splitlines()
    assert empty == "-1.000"
    found = [float(word) for word in quantiles.split()]
    assert found == pytest.approx([50.0, 95.0, 99.0], rel=0.02)
    # Kind, microseconds, person; and what stands before, by which a splice's second text is known from its first.
    assert markers == ["E 7 1 ,", "E 123456789 4095 ,", "C 5 2 x"]
