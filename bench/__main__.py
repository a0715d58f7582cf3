"""`python -m bench`: what to measure is chosen here, and what was measured is printed and kept here."""

from __future__ import annotations

import argparse
import sys
import time

from bench import generator, machine, rows, table
from bench.live import Bench, Codesign, measure
from bench.workloads import LIVE, QUICK


def main() -> int:
    options = _options()
    try:
        program = generator.build()
    except generator.NoGenerator as error:
        print(error, file=sys.stderr)
        return 1
    cores = machine.cores()
    no_ratio = machine.why_no_ratio(cores)
    if no_ratio:
        print(no_ratio, file=sys.stderr)
    bench = Bench(program, cores, options.rounds, options.seconds)
    names = options.only or (list(QUICK) if options.quick else list(LIVE))
    found: list[rows.Row] = []
    for name in names:
        began = time.monotonic()
        row = measure(bench, Codesign(), LIVE[name])
        if row is not None:
            found.append(row)
            print(
                f"  {name}: p99 {row.p99_ms:.0f} ms, {row.cpu_cores:.2f} core, {time.monotonic() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    print(table.table(found))
    if not no_ratio:
        print(*table.ratios(found, Codesign.name), sep="\n")
    if not options.only:
        rows.write(machine.describe(), found, {})
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Measure Codesign and its peers.")
    parser.add_argument(
        "--quick", action="store_true", help="the main rows, in under three minutes"
    )
    parser.add_argument(
        "--only",
        type=lambda text: text.split(","),
        help="these workloads: e800,ec600; nothing is written to results.json",
    )
    parser.add_argument(
        "--rounds", type=int, default=1, help="clean runs of each; the worst is quoted"
    )
    parser.add_argument("--seconds", type=float, default=5.0, help="measured in each run")
    return parser.parse_args()


sys.exit(main())
